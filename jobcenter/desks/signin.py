"""Ties Flask-Login to our session rows: the cookie carries a token, the database decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import current_app, session
from flask_login import LoginManager, UserMixin, login_user

from jobcenter.accounts import queries
from jobcenter.accounts.choices import ROLE_LABELS, Role
from jobcenter.accounts.queries import find_session
from jobcenter.accounts.rules import count_guess
from jobcenter.config import Settings
from jobcenter.desks.access import writes
from jobcenter.desks.passive import is_passive
from jobcenter.enterprises.queries import actor_of, affiliation
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db

if TYPE_CHECKING:
    from jobcenter.accounts.models import LoginSession, User

manager = LoginManager()
# How old "last acted" may be before a form that is sent writes it anew.
ACT_AGAIN = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """Who Flask-Login takes as the current user; its id is the session token."""

    token: str
    actor: Actor
    role_label: str
    proved_at: dt.datetime
    must_enrol: bool

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
    if writes() and row.acted_at < clock.now() - ACT_AGAIN:
        row.acted_at = clock.now()
    user = row.user
    actor = actor_of(db.session(), user)
    must_enrol = user.totp_since is None and needs_factor(user)
    if must_enrol:  # before the second factor is set up there is nothing else to do here
        actor = replace(actor, rights=frozenset())
    return SignedIn(token, actor, ROLE_LABELS[user.role], row.proved_at, must_enrol)


def needs_factor(user: User) -> bool:
    """Say whether an account may only be used with a second factor."""
    if role_needs_factor(user.role):
        return True
    settings: Settings = current_app.config["SETTINGS"]
    if user.role is not Role.ENTERPRISE_USER or "firm-administrator" not in settings.factor_roles:
        return False
    firm = affiliation(db.session(), user.id)
    return firm is not None and firm.is_admin


def role_needs_factor(role: Role) -> bool:
    """Say whether every account of a role may only be used with a second factor."""
    settings: Settings = current_app.config["SETTINGS"]
    return role.value in settings.factor_roles


def count_code(user: User) -> None:
    """Count a try at the second factor of an account, wherever it comes from, and let it stand."""
    settings: Settings = current_app.config["SETTINGS"]
    count_guess(
        db.session(),
        login=f"second step of {user.id}",
        address="",
        tries=settings.factor_tries,
        seconds=settings.factor_window_seconds,
    )
    db.session.commit()


def enter(token: str, locale: str) -> None:
    """Let this browser hold a session that was just opened; nothing it held before stays."""
    session.clear()
    session["locale"] = locale
    hold(token)


def hold(token: str) -> None:
    """Keep a session's new token in the cookie."""
    session["seen"] = int(clock.now().timestamp())
    login_user(load(token))


def this_session() -> LoginSession:
    """Return the row of the session that this request came with."""
    found = find_session(db.session(), str(session.get("_user_id", "")))
    if found is None:
        raise RuntimeError("only for views behind the guard")
    return found
