"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel.paging import Page, Slice


def entries(session: Session, *, window: Slice) -> Page[LedgerEntry]:
    """Return the ledger, newest first."""
    total = session.scalar(select(func.count()).select_from(LedgerEntry)) or 0
    rows = session.scalars(
        select(LedgerEntry).order_by(LedgerEntry.id.desc()).limit(window.size).offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def history(session: Session, *, kind: str, subject_id: int) -> Sequence[LedgerEntry]:
    """Return the last 50 changes of one record, newest first."""
    return session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.subject_kind == kind, LedgerEntry.subject_id == subject_id)
        .order_by(LedgerEntry.id.desc())
        .limit(50)
    ).all()
