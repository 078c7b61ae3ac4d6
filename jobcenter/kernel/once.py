"""One-time form keys: the second click on "Lưu" gets the answer of the first."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.kernel.models import Submission

LONGEST = 64


def already(session: Session, *, form_key: str, user_id: int | None) -> str | None:
    """Return where the form with this key led when this user sent it before, else None.

    Two clicks at the same moment queue here: SQLite's writer lock does it by itself, PostgreSQL
    takes a lock on the key until the caller's transaction ends.
    """
    if not 0 < len(form_key) <= LONGEST:
        return None
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(form_key))))
    return session.scalar(
        select(Submission.location).where(
            Submission.form_key == form_key, Submission.user_id == user_id
        )
    )


def remember(session: Session, *, form_key: str, user_id: int | None, location: str) -> None:
    """Keep where the form led; without a usable key nothing is kept."""
    if 0 < len(form_key) <= LONGEST:
        session.add(Submission(form_key=form_key, user_id=user_id, location=location))
        session.flush()
