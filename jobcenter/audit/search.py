"""Searching the ledger: by who, what, which record and when; quick at millions of lines.

Pages are cut at line numbers ("older than line 812"), never by counting off: the last page costs
what the first does. Nothing is counted, because counting reads everything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import clock

# Lines are dated as they are made and numbered as they are written: a long transaction may lie
# between, so numbers bound the days with this much room on both sides.
_ROOM = dt.timedelta(hours=6)
SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked of the ledger; None and empty ask for nothing. Days are Hải Phòng's."""

    user_id: int | None = None
    is_command: bool = False
    actions: Sequence[str] = ()
    kind: str = ""
    records: Sequence[tuple[str, int]] = ()
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    older_than: int | None = None
    newer_than: int | None = None


@dataclass(frozen=True)
class Found:
    """Some lines, newest first, and whether there are more on either side."""

    lines: Sequence[LedgerEntry]
    has_newer: bool
    has_older: bool


def search(session: Session, wanted: Wanted) -> Found:
    """Return the lines asked for, newest first, `SIZE` at a time."""
    conditions = _conditions(session, wanted)
    if wanted.newer_than is not None:
        found = select(LedgerEntry).where(*conditions, LedgerEntry.id > wanted.newer_than)
        rows = session.scalars(found.order_by(LedgerEntry.id).limit(SIZE + 1)).all()
        lines = list(reversed(rows[:SIZE]))
        return Found(lines, has_newer=len(rows) > SIZE, has_older=True)
    found = select(LedgerEntry).where(*conditions)
    if wanted.older_than is not None:
        found = found.where(LedgerEntry.id < wanted.older_than)
    rows = session.scalars(found.order_by(LedgerEntry.id.desc()).limit(SIZE + 1)).all()
    has_newer = wanted.older_than is not None
    return Found(rows[:SIZE], has_newer=has_newer, has_older=len(rows) > SIZE)


def _conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.user_id is not None:
        found.append(LedgerEntry.user_id == wanted.user_id)
    if wanted.is_command:
        found.append(LedgerEntry.user_id.is_(None))
    if wanted.actions:
        found.append(LedgerEntry.action.in_(wanted.actions))
    if wanted.records:
        found.append(
            or_(
                *(
                    and_(LedgerEntry.subject_kind == kind, LedgerEntry.subject_id == row_id)
                    for kind, row_id in wanted.records
                )
            )
        )
    elif wanted.kind:
        found.append(LedgerEntry.subject_kind == wanted.kind)
    return found + _days(session, wanted)


def _days(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the days as instants, and as line numbers so that no index is walked for nothing."""
    found: list[ColumnElement[bool]] = []
    number, at = LedgerEntry.id, LedgerEntry.at
    if wanted.first_day is not None:
        start = _midnight(wanted.first_day)
        found.append(at >= start)
        before = select(number).where(at < start - _ROOM).order_by(at.desc()).limit(1)
        if (last_before := session.scalar(before)) is not None:
            found.append(number > last_before)
    if wanted.last_day is not None:
        end = _midnight(wanted.last_day + dt.timedelta(days=1))
        found.append(at < end)
        after = select(number).where(at >= end + _ROOM).order_by(at).limit(1)
        if (first_after := session.scalar(after)) is not None:
            found.append(number < first_after)
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.LOCAL)
