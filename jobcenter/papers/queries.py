"""Reading the register of papers."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.papers.choices import ISSUED, PaperState
from jobcenter.papers.models import Paper

# Crockford's letters: no I, L, O, U, so that a code can be read aloud and typed.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
_READ_AS = str.maketrans("ILO", "110")


@dataclass(frozen=True, kw_only=True)
class PaperFilter:
    """How the register is narrowed."""

    kinds: Collection[str]
    state: PaperState | None = None
    year: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Confirmation:
    """All that a stranger learns from a code."""

    kind: str
    unit: str
    shown: str
    issued_on: dt.date
    valid_to: dt.date | None
    is_cancelled: bool
    is_over: bool


def one(session: Session, key: uuid.UUID, kinds: Collection[str]) -> Paper:
    """Return a paper of one of `kinds`, or refuse: another kind is as good as absent."""
    found = session.scalar(select(Paper).where(Paper.key == key, Paper.kind.in_(kinds)))
    if found is None:
        raise Missing
    return found


def many(session: Session, ids: Collection[int]) -> Sequence[Paper]:
    """Return papers by their row numbers, in the order of their numbers."""
    return session.scalars(
        select(Paper).where(Paper.id.in_(ids)).order_by(Paper.year, Paper.number, Paper.id)
    ).all()


def listed(session: Session, wanted: PaperFilter, window: Slice) -> Page[Paper]:
    """Return the register, newest first, cancelled papers among the others."""
    found = select(Paper).where(Paper.kind.in_(wanted.kinds))
    if wanted.state is not None:
        found = found.where(Paper.state == wanted.state)
    if wanted.year is not None:
        found = found.where(Paper.year == wanted.year)
    if wanted.text:
        found = found.where(Paper.shown.contains(wanted.text.strip().upper(), autoescape=True))
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(
        found.order_by(Paper.id.desc()).limit(window.size).offset(window.offset)
    ).all()
    return Page(rows, window.number, window.size, total)


def of_subject(session: Session, *, kind: str, subject_ids: Collection[int]) -> Sequence[Paper]:
    """Return the papers of one record, newest first; several ids are those of a merged one."""
    return session.scalars(
        select(Paper)
        .where(Paper.subject_kind == kind, Paper.subject_id.in_(subject_ids))
        .order_by(Paper.id.desc())
        .limit(50)
    ).all()


def read_code(typed: str) -> str | None:
    """Return a confirmation code as it is stored, or None when it cannot be one."""
    plain = re.sub(r"[\s.-]", "", typed).upper().translate(_READ_AS)
    return plain if len(plain) == CODE_LENGTH and set(plain) <= set(LETTERS) else None


def confirm(session: Session, typed: str, today: dt.date) -> Confirmation | None:
    """Return what may be told of the paper behind a code; None when there is no such paper."""
    code = read_code(typed)
    row = session.scalar(select(Paper).where(Paper.code == code)) if code else None
    if row is None or row.issued_on is None or row.shown is None:
        return None
    return Confirmation(
        kind=row.kind,
        unit=row.unit,
        shown=row.shown,
        issued_on=row.issued_on,
        valid_to=row.valid_to,
        is_cancelled=row.state is PaperState.CANCELLED,
        is_over=row.valid_to is not None and row.valid_to < today,
    )


def gaps(session: Session) -> list[tuple[str, str, int, int]]:
    """Return (unit, kind, year, how many numbers are missing) of each series with a gap."""
    rows = session.execute(
        select(Paper.unit, Paper.kind, Paper.year, func.max(Paper.number) - func.count())
        .where(Paper.number.is_not(None))
        .group_by(Paper.unit, Paper.kind, Paper.year)
        .having(func.max(Paper.number) != func.count())
    )
    return [(unit.value, kind, year or 0, missing or 0) for unit, kind, year, missing in rows]


def is_issued(paper: Paper) -> bool:
    """Say whether the paper bears a number and was not cancelled."""
    return paper.state in ISSUED
