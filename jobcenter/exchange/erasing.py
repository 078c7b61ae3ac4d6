"""At an erasure the cells of files that name the person go, and what tells which row they were."""

from __future__ import annotations

import json

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jobcenter.exchange.models import ImportBatch, ImportedRow
from jobcenter.kernel import clock
from jobcenter.kernel.erasing import Subject, eraser


@eraser
def drop_files(session: Session, subject: Subject) -> None:
    """Clear every file that names the person, whoever brought it."""
    kept = select(ImportBatch).where(ImportBatch.cleared_at.is_(None)).order_by(ImportBatch.id)
    for batch in session.scalars(kept):
        held = json.dumps([batch.cells, batch.findings], ensure_ascii=False)
        if subject.is_in(held):
            batch.cells = batch.findings = None
            batch.cleared_at = clock.now()
    session.execute(
        delete(ImportedRow).where(
            ImportedRow.subject_kind == "seeker", ImportedRow.subject_id.in_(subject.seeker_ids)
        )
    )
