"""At an erasure a file becomes a nameless one that is only counted."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.kernel.erasing import Subject, eraser
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker


@eraser
def anonymise_files(session: Session, subject: Subject) -> None:
    """Close the files; no list, search or address finds them from now on."""
    for file in session.scalars(select(Seeker).where(Seeker.id.in_(subject.seeker_ids))):
        file.state, file.key, file.responsible_id = FileState.ANONYMISED, uuid.uuid4(), None
