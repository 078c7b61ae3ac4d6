"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry


def history(session: Session, *, kind: str, subject_id: int) -> Sequence[LedgerEntry]:
    """Return the last 50 changes of one record, newest first."""
    return session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.subject_kind == kind, LedgerEntry.subject_id == subject_id)
        .order_by(LedgerEntry.id.desc())
        .limit(50)
    ).all()
