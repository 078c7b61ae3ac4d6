"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry


def history(session: Session, *, kind: str, subject_id: int) -> Sequence[LedgerEntry]:
    """Return the last 50 changes of one record, newest first."""
    return histories(session, {kind: [subject_id]})


def histories(
    session: Session, subjects: Mapping[str, Collection[int]], *, limit: int = 50
) -> Sequence[LedgerEntry]:
    """Return the last changes of several records, named by kind, newest first."""
    of = [
        and_(LedgerEntry.subject_kind == kind, LedgerEntry.subject_id.in_(ids))
        for kind, ids in subjects.items()
    ]
    found = select(LedgerEntry).where(or_(*of)).order_by(LedgerEntry.id.desc()).limit(limit)
    return session.scalars(found).all()
