"""At an erasure the files that jobs left go: any may hold the person, each can be remade."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from jobcenter.kernel.erasing import Subject, eraser
from jobcenter.work.models import JobFile


@eraser
def drop_files(session: Session, subject: Subject) -> None:
    """Delete every file; they are kept a week at most and nothing else is known of them."""
    session.execute(delete(JobFile).execution_options(synchronize_session=False))
