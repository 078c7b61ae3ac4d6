"""The life of a session after the password: half open, renewed, ended."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import update
from sqlalchemy.orm import Session

from jobcenter.accounts.models import LoginSession, User
from jobcenter.accounts.queries import hash_token
from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor

HALF_OPEN_MINUTES = 10


def open_half(session: Session, *, user: User, browser: str, address: str) -> str:
    """Note that the password was right and the code is still to come; return the token."""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            token_hash=hash_token(token),
            user_id=user.id,
            epoch=user.epoch,
            awaits_code=True,
            expires_at=clock.now() + dt.timedelta(minutes=HALF_OPEN_MINUTES),
            browser=browser[:200],
            address=address[:45],
        )
    )
    session.flush()
    return token


def renew(session: Session, row: LoginSession) -> str:
    """Give a session a new token, proved now and true to the account's present epoch.

    The old token is forgotten: whoever copied it has nothing.
    """
    token = secrets.token_urlsafe(32)
    row.token_hash = hash_token(token)
    row.epoch = row.user.epoch
    row.proved_at = clock.now()
    session.flush()
    return token


def end(session: Session, row: LoginSession, *, by: Actor) -> None:
    """End one session for good."""
    if row.ended_at is None:
        row.ended_at = clock.now()
        record(session, by=by, action="end-session", kind="user", subject_id=row.user_id)
        session.flush()


def end_others(session: Session, row: LoginSession, *, by: Actor) -> int:
    """End every other session of the account behind `row`; return how many there were."""
    ended = session.execute(
        update(LoginSession)
        .where(
            LoginSession.user_id == row.user_id,
            LoginSession.id != row.id,
            LoginSession.ended_at.is_(None),
            LoginSession.expires_at > clock.now(),
            LoginSession.epoch == row.epoch,
        )
        .values(ended_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    count = int(getattr(ended, "rowcount", 0))
    record(session, by=by, action="end-sessions", kind="user", subject_id=row.user_id, count=count)
    session.flush()
    return count
