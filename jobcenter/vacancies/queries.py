"""Reading vacancies, scoped to who asks."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from jobcenter.accounts.choices import Right
from jobcenter.enterprises.models import Enterprise
from jobcenter.enterprises.queries import closed
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.vacancies.choices import (
    DISCRIMINATING,
    DUE_DAYS,
    FAR_DAYS,
    OFFICIAL,
    VacancyState,
)
from jobcenter.vacancies.data import VacancyData
from jobcenter.vacancies.models import RecruitmentSheet, Vacancy, VacancyChange, WordingFlag
from jobcenter.vacancies.posting import Note

SORTS = {
    "newest": (Vacancy.registered_on.desc(), Vacancy.id.desc()),
    "title": (Vacancy.folded, Vacancy.id),
    "-title": (Vacancy.folded.desc(), Vacancy.id),
    "deadline": (Vacancy.deadline.asc().nulls_last(), Vacancy.id),
    "-deadline": (Vacancy.deadline.desc().nulls_last(), Vacancy.id),
    "pay": (Vacancy.pay_min.asc().nulls_last(), Vacancy.id),
    "-pay": (Vacancy.pay_min.desc().nulls_last(), Vacancy.id),
}
_TRADES = ("so-cap", "trung-hoc-nghe", "trung-cap", "cao-dang", "dai-hoc", "thac-si", "tien-si")
_COLLEGE = _TRADES[3:]


@dataclass(frozen=True)
class VacancyFilter:
    """What a list of vacancies is narrowed to; empty means all."""

    text: str = ""
    state: VacancyState | None = None
    park: str | None = None
    occupation: str = ""
    shift: str | None = None
    enterprise: uuid.UUID | None = None
    deadline_by: dt.date | None = None
    due: bool = False
    round: tuple[dt.date, int] | None = None
    sort: str = "newest"


@dataclass(frozen=True)
class Demand:
    """What the open vacancies ask of one occupation; None is "not coded yet"."""

    occupation_code: str | None
    vacancies: int
    openings: int


@dataclass(frozen=True)
class Piece:
    """A stretch of text, the flags that cover it, and those whose wording ends with it."""

    text: str
    flags: Sequence[WordingFlag]
    ends: Sequence[WordingFlag]


def visible_to(actor: Actor) -> Select[Vacancy]:
    """Return the vacancies that `actor` may see: staff all, a firm's users their own firm's."""
    found = select(Vacancy).outerjoin(Vacancy.enterprise)
    if actor.may(Right.VACANCIES_READ):
        return found
    return found.where(Vacancy.enterprise_id.in_(actor.firm_ids))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Vacancy:
    """Return one vacancy with what hangs on it, or refuse as if it were not there."""
    return _or_missing(session.scalar(_whole(visible_to(actor).where(Vacancy.key == key))))


def by_ids(session: Session, actor: Actor, ids: Collection[int]) -> Sequence[Vacancy]:
    """Return those of these vacancies that `actor` may see, in the order of their numbers."""
    found = _whole(visible_to(actor).where(Vacancy.id.in_(ids)))
    return session.scalars(found.order_by(Vacancy.id)).all()


def by_number(session: Session, number: str, actor: Actor) -> Vacancy:
    """Return the vacancy with this number, or refuse."""
    wanted = vietnamese.clean_line(number).upper()
    return _or_missing(session.scalar(_whole(visible_to(actor).where(Vacancy.number == wanted))))


def row_of_number(session: Session, number: str) -> int | None:
    """Return the row behind a vacancy's number, for searching the ledger."""
    return session.scalar(select(Vacancy.id).where(Vacancy.number == number.strip().upper()))


def _or_missing(row: Vacancy | None) -> Vacancy:
    if row is None:
        raise Missing
    return row


def _whole(found: Select[Vacancy]) -> Select[Vacancy]:
    return found.options(
        contains_eager(Vacancy.enterprise),
        selectinload(Vacancy.certificates),
        selectinload(Vacancy.flags),
    )


def listed(session: Session, actor: Actor, wanted: VacancyFilter, window: Slice) -> Page[Vacancy]:
    """Return one page of the vacancies that fit `wanted`."""
    found = visible_to(actor).where(*_conditions(wanted))
    total = session.scalar(
        select(func.count()).select_from(found.with_only_columns(Vacancy.id).subquery())
    )
    rows = session.scalars(
        found.options(contains_eager(Vacancy.enterprise), selectinload(Vacancy.flags))
        .order_by(*SORTS.get(wanted.sort, SORTS["newest"]))
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total or 0)


def _conditions(wanted: VacancyFilter) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [
        or_(
            Vacancy.folded.contains(word, autoescape=True),
            Enterprise.folded.contains(word, autoescape=True),
        )
        for word in vietnamese.fold(wanted.text).split()[:8]
    ]
    for column, value in (
        (Vacancy.state, wanted.state),
        (Vacancy.park_code, wanted.park),
        (Vacancy.shift, wanted.shift),
        (Enterprise.key, wanted.enterprise),
    ):
        if value:
            asked.append(column == value)
    if wanted.occupation:
        asked.append(Vacancy.occupation_code.startswith(wanted.occupation, autoescape=True))
    if wanted.round is not None:
        month, number = wanted.round
        asked.append((Vacancy.round_month == month) & (Vacancy.round_number == number))
    if wanted.due:
        asked.append(is_due(clock.today()))
    if wanted.deadline_by is not None:
        asked.append(Vacancy.deadline <= wanted.deadline_by)
    return asked


def sheet(session: Session, key: uuid.UUID, actor: Actor) -> RecruitmentSheet:
    """Return one sheet with its firm, or refuse as if it were not there."""
    found = select(RecruitmentSheet).join(RecruitmentSheet.enterprise)
    if not actor.may(Right.VACANCIES_READ):
        found = found.where(RecruitmentSheet.enterprise_id.in_(actor.firm_ids))
    row = session.scalar(
        found.where(RecruitmentSheet.key == key).options(
            contains_eager(RecruitmentSheet.enterprise)
        )
    )
    if row is None:
        raise Missing
    return row


def of_sheet(session: Session, sheet: RecruitmentSheet, actor: Actor) -> Sequence[Vacancy]:
    """Return the vacancies of a sheet in the order in which they stand on it."""
    found = _whole(visible_to(actor).where(Vacancy.sheet_id == sheet.id))
    return session.scalars(found.order_by(Vacancy.id)).all()


def rounds(session: Session, actor: Actor, *, limit: int = 60) -> Sequence[tuple[dt.date, int]]:
    """Return (month, number) of the rounds of vacancies that `actor` may see, the last first."""
    found = (
        visible_to(actor)
        .with_only_columns(Vacancy.round_month, Vacancy.round_number)
        .where(Vacancy.round_month.is_not(None))
        .distinct()
        .order_by(Vacancy.round_month.desc(), Vacancy.round_number.desc())
        .limit(limit)
    )
    return [(month, number) for month, number in session.execute(found) if month and number]


def last_of(session: Session, actor: Actor, enterprise_id: int) -> Vacancy | None:
    """Return the vacancy of a firm that was written down last, None where it has none."""
    found = visible_to(actor).where(Vacancy.enterprise_id == enterprise_id)
    return session.scalar(_whole(found).order_by(Vacancy.id.desc()).limit(1))


def is_open(today: dt.date) -> ColumnElement[bool]:
    """Return the condition of a vacancy that takes candidates on `today`.

    Those of a firm that is banned or paused do not, from the very next list on.
    """
    in_time = or_(Vacancy.deadline.is_(None), Vacancy.deadline >= today)
    return (Vacancy.state == VacancyState.OPEN) & in_time & Vacancy.enterprise_id.not_in(closed())


def takes_candidates(vacancy: Vacancy, today: dt.date) -> bool:
    """Say of one vacancy what `is_open` says in a query, its firm aside."""
    in_time = vacancy.deadline is None or vacancy.deadline >= today
    return vacancy.state is VacancyState.OPEN and in_time


def is_due(today: dt.date) -> ColumnElement[bool]:
    """Return the condition of a vacancy that somebody must extend or close now.

    Its deadline is near or over while it is open, or over while it is on hold.
    """
    near = today + dt.timedelta(days=max(DUE_DAYS))
    return or_(
        and_(Vacancy.state == VacancyState.OPEN, Vacancy.deadline <= near),
        and_(Vacancy.state == VacancyState.ON_HOLD, Vacancy.deadline < today),
    )


def due(session: Session, actor: Actor, today: dt.date) -> Sequence[Vacancy]:
    """Return the vacancies that `actor` must extend or close, the nearest deadline first."""
    found = visible_to(actor).where(is_due(today)).options(contains_eager(Vacancy.enterprise))
    return session.scalars(found.order_by(*SORTS["deadline"])).all()


def open_ones(session: Session, today: dt.date) -> Sequence[Vacancy]:
    """Return every vacancy that takes candidates on `today`, by deadline."""
    found = select(Vacancy).outerjoin(Vacancy.enterprise).where(is_open(today))
    return session.scalars(_whole(found).order_by(*SORTS["deadline"])).all()


def demand(session: Session, today: dt.date) -> list[Demand]:
    """Return what the open vacancies ask for by occupation, most openings first."""
    openings = func.sum(Vacancy.headcount - Vacancy.filled)
    rows = session.execute(
        select(Vacancy.occupation_code, func.count(), openings)
        .where(is_open(today))
        .group_by(Vacancy.occupation_code)
        .order_by(openings.desc(), Vacancy.occupation_code)
    )
    return [Demand(code, count, int(places)) for code, count, places in rows]


def openings_left(vacancy: Vacancy) -> int:
    """Return headcount less those already in the job; those in process are not subtracted."""
    return vacancy.headcount - vacancy.filled


def may_write(vacancy: Vacancy, by: Actor) -> bool:
    """Say whether the vacancy is one that `by` writes: a firm's users their own, staff any but
    those of a firm in which they have an interest.
    """
    if by.may(Right.VACANCIES_WRITE):
        return not by.is_partial_to(vacancy.enterprise_id)
    return by.acts_for(vacancy.enterprise_id)


def unsettled(vacancy: Vacancy) -> list[WordingFlag]:
    """Return the wordings that the law bars and nobody approved as a genuine requirement."""
    return [
        flag for flag in vacancy.flags if flag.kind in DISCRIMINATING and flag.approved_at is None
    ]


def marked(vacancy: Vacancy, field: str) -> list[Piece]:
    """Return the text of `field` cut where flagged wordings begin and end; they may overlap."""
    text: str = getattr(vacancy, field)
    flags = [flag for flag in vacancy.flags if flag.field == field]
    spans = {flag.id: (flag.start, min(flag.stop, len(text))) for flag in flags}
    cuts = sorted({0, len(text), *(cut for span in spans.values() for cut in span)})
    return [
        Piece(
            text[start:stop],
            [f for f in flags if spans[f.id][0] <= start and stop <= spans[f.id][1]],
            [f for f in flags if spans[f.id][1] == stop > spans[f.id][0]],
        )
        for start, stop in pairwise(cuts)
    ]


def history(session: Session, vacancy: Vacancy, *, limit: int = 200) -> Sequence[VacancyChange]:
    """Return what was done to the vacancy, newest first."""
    return session.scalars(
        select(VacancyChange)
        .where(VacancyChange.vacancy_id == vacancy.id)
        .order_by(VacancyChange.id.desc())
        .limit(limit)
    ).all()


def missing(vacancy: Vacancy) -> list[str]:
    """Return the fields that the official form asks for and nobody has stated yet."""
    return [name for name in OFFICIAL if getattr(vacancy, name) in (None, "")]


def doubts(asked: Vacancy | VacancyData, today: dt.date) -> list[str]:
    """Return where statements disagree (codes of DOUBT_LABELS): a warning, never a refusal."""
    found = []
    level, schooling = asked.qualification, asked.general_education
    if level in _TRADES and not asked.field:
        found.append("no-field")
    if level == "trung-cap" and schooling and schooling not in ("thcs", "thpt"):
        found.append("low-schooling")
    if level in _COLLEGE and schooling and schooling != "thpt":
        found.append("college-schooling")
    deadline = asked.deadline
    if isinstance(asked, Vacancy) and deadline is not None and deadline <= asked.registered_on:
        found.append("early-deadline")
    if deadline is not None and (deadline - today).days > FAR_DAYS:
        found.append("far-deadline")
    return found


def import_notes(vacancy: Vacancy) -> list[Note]:
    """Return what reading the posting had to say, each to be worded for its reader."""
    return [Note.read(line) for line in vacancy.import_notes.split("\n") if line]
