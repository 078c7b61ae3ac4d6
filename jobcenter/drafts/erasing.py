"""At an erasure forms begun about the person go, whoever began them."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.drafts.models import Draft
from jobcenter.kernel.erasing import Subject, eraser


@eraser
def drop_drafts(session: Session, subject: Subject) -> None:
    """Delete the drafts that name the person."""
    for draft in session.scalars(select(Draft).order_by(Draft.id)):
        typed = json.dumps(draft.payload, ensure_ascii=False)
        if subject.is_in(draft.title) or subject.is_in(typed):
            session.delete(draft)
