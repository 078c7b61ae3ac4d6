"""At an erasure a person's own account is closed; what it holds goes as its tables declare."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from jobcenter.accounts.models import User
from jobcenter.kernel.erasing import Subject, eraser


@eraser
def close_accounts(session: Session, subject: Subject) -> None:
    """Let nobody sign in as the person any more."""
    session.execute(
        update(User)
        .where(User.id.in_(subject.user_ids))
        .values(is_active=False, epoch=User.epoch + 1)
        .execution_options(synchronize_session=False)
    )
