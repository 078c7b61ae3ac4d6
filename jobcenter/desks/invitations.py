"""The link of an invitation: shown to whoever sent it once, on the next page they open.

It travels in the inviter's own signed cookie in between; the database keeps a hash alone.
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import session, url_for

from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.notices.rules import To, tell

KEPT = "invitation_link"


def keep_link(invitation: Any, token: str) -> None:
    """Remember the link of a fresh invitation for the next page of this browser."""
    session[KEPT] = {"name": invitation.name, "email": invitation.email, "token": token}


def mail_link(invitation: Any, token: str) -> None:
    """Send the link by mail too, where an address is known; in the caller's transaction."""
    if not invitation.email:
        return
    tell(
        db.session(),
        key=f"invitation/{hashlib.sha256(token.encode()).hexdigest()[:40]}",
        template="invitation",
        to=To(address=invitation.email),
        params={
            "name": invitation.name,
            "link": url_for("public.invitation", token=token, _external=True),
            "until": f"{clock.local(invitation.expires_at):%d/%m/%Y}",
        },
    )


def take_link() -> dict[str, str] | None:
    """Return {name, email, href} of the link to show now, and forget it."""
    kept = session.pop(KEPT, None)
    if not isinstance(kept, dict) or not kept.keys() >= {"name", "email", "token"}:
        return None
    href = url_for("public.invitation", token=kept["token"], _external=True)
    return {"name": str(kept["name"]), "email": str(kept["email"]), "href": href}
