"""The link of an invitation: shown to whoever sent it once, on the next page they open.

It travels in the inviter's own signed cookie in between; the database keeps a hash alone.
"""

from __future__ import annotations

from typing import Any

from flask import session, url_for

KEPT = "invitation_link"


def keep_link(invitation: Any, token: str) -> None:
    """Remember the link of a fresh invitation for the next page of this browser."""
    session[KEPT] = {"name": invitation.name, "email": invitation.email, "token": token}


def take_link() -> dict[str, str] | None:
    """Return {name, email, href} of the link to show now, and forget it."""
    kept = session.pop(KEPT, None)
    if not isinstance(kept, dict) or not kept.keys() >= {"name", "email", "token"}:
        return None
    href = url_for("public.invitation", token=kept["token"], _external=True)
    return {"name": str(kept["name"]), "email": str(kept["email"]), "href": href}
