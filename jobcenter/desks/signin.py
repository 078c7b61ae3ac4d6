"""Ties Flask-Login to our session rows: the cookie carries a token, the database decides."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app, session
from flask_login import LoginManager, UserMixin

from jobcenter.accounts import queries
from jobcenter.accounts.choices import RIGHTS, ROLE_LABELS, WAITING_RIGHTS, Role, firm_rights
from jobcenter.accounts.queries import find_session
from jobcenter.config import Settings
from jobcenter.desks.passive import is_passive
from jobcenter.enterprises.queries import affiliation
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db
from jobcenter.people.queries import person_of_account

manager = LoginManager()


class SignedIn(UserMixin):  # type: ignore[misc]
    """Who Flask-Login takes as the current user; its id is the session token."""

    def __init__(self, token: str, actor: Actor, role_label: str) -> None:
        self.token = token
        self.actor = actor
        self.role_label = role_label

    def get_id(self) -> str:
        """Return what the signed cookie keeps."""
        return self.token


@manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> SignedIn | None:
    """Return who holds a live session with this token; an idle browser is signed out.

    The time of the last request travels in the signed cookie, so that a GET writes nothing.
    """
    settings: Settings = current_app.config["SETTINGS"]
    seen = session.get("seen")
    if not isinstance(seen, int) or seen < queries.idle_since(settings.idle_minutes).timestamp():
        return None
    row = find_session(db.session(), token)
    if row is None:
        return None
    if not is_passive():
        session["seen"] = int(clock.now().timestamp())
    user = row.user
    actor = Actor(
        user_id=user.id,
        name=user.name,
        role=user.role.value,
        rights=RIGHTS[user.role],
        person_id=person_of_account(db.session(), user.id),
    )
    if user.role is Role.ENTERPRISE_USER:
        actor = _for_firm(actor, user.id)
    return SignedIn(token, actor, ROLE_LABELS[user.role])


def _for_firm(actor: Actor, user_id: int) -> Actor:
    """Narrow an enterprise's user to the firm they act for now; the firm's state counts at once."""
    firm = affiliation(db.session(), user_id)
    if firm is None:
        return replace(actor, rights=WAITING_RIGHTS)
    return replace(
        actor,
        rights=firm_rights(is_closed=firm.is_closed, is_admin=firm.is_admin),
        enterprise_id=firm.enterprise_id,
        branch_ids=firm.branch_ids,
    )
