"""The rows behind a figure, as a reader of the centre may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, nulls_last, select
from sqlalchemy.orm import Session

from jobcenter.courses.models import TrainingClass
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.paging import Page, Slice
from jobcenter.people.models import Person
from jobcenter.reports.declaring import Dimension, Indicator
from jobcenter.reports.models import PublishedFigure
from jobcenter.reports.periods import YEARS, Window
from jobcenter.reports.splitting import narrowed
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import of_people
from jobcenter.vacancies.models import Vacancy

MOST_SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One row that was counted. `is_closed`: of a firm that the reader must stay out of."""

    id: int
    day: dt.date | None
    amount: int
    person: Person | None
    file: Seeker | None
    firm: Enterprise | None
    vacancy: Vacancy | None
    course: TrainingClass | None
    is_closed: bool = False


def rows(
    session: Session, actor: Actor, indicator: Indicator, window: Window, window_of_page: Slice,
    *, by: Dimension | None = None, value: str = "",
) -> Page[Line]:  # fmt: skip
    """Return one page of the rows that an indicator counts, the latest first."""
    found = narrowed(session, indicator, window, by, value).subquery()
    total = session.scalar(select(func.count()).select_from(found)) or 0
    order = (nulls_last(found.c.day.desc()), nulls_last(found.c.at.desc()), found.c.id.desc())
    page = session.execute(
        select(found).order_by(*order).limit(window_of_page.size).offset(window_of_page.offset)
    ).all()
    return Page(
        _lines(session, actor, page), window_of_page.number, window_of_page.size, total
    )  # fmt: skip


def _lines(session: Session, actor: Actor, found: Sequence[Any]) -> list[Line]:
    people = _by_id(session, Person, {row.human for row in found})
    files = of_people(session, actor, list(people))
    firms = _by_id(session, Enterprise, {row.firm for row in found})
    vacancies = _by_id(session, Vacancy, {row.vacancy for row in found})
    courses = _by_id(session, TrainingClass, {row.course for row in found})
    lines = []
    for row in found:
        closed = actor.is_partial_to(row.firm)
        lines.append(
            Line(
                row.id, _day(row), int(row.amount or 0),
                None if closed else people.get(row.human), None if closed else files.get(row.human),
                firms.get(row.firm), vacancies.get(row.vacancy), courses.get(row.course), closed,
            )
        )  # fmt: skip
    return lines


def _day(row: Any) -> dt.date | None:
    if row.day is not None:
        day: dt.date = row.day
        return day
    return clock.local(row.at).date() if isinstance(row.at, dt.datetime) else None


def _by_id(session: Session, table: Any, ids: set[int | None]) -> dict[int, Any]:
    wanted = select(table).where(table.id.in_([one for one in ids if one is not None]))
    return {row.id: row for row in session.scalars(wanted)}


def by_numbers(
    session: Session, actor: Actor, indicator: Indicator, ids: Sequence[int]
) -> list[Line]:
    """Return rows of an indicator's fact by their numbers, whenever they happened.

    What was struck, deleted or changed its state is told by its number alone.
    """
    if indicator.fact is None:
        return []
    some = list(ids)[:MOST_SHOWN]
    ever = Window(dt.date(YEARS[0], 1, 1), dt.date(YEARS[-1] - 1, 12, 31))
    rows = indicator.fact.rows(session, ever).subquery()
    found = session.execute(select(rows).where(rows.c.id.in_(some)).order_by(rows.c.id)).all()
    lines = {line.id: line for line in _lines(session, actor, found)}
    return [lines.get(one) or Line(one, None, 0, None, None, None, None, None) for one in some]


def printed(session: Session) -> Sequence[PublishedFigure]:
    """Return the totals that others printed, the latest first."""
    order = (PublishedFigure.last.desc(), PublishedFigure.code, PublishedFigure.id)
    return session.scalars(select(PublishedFigure).order_by(*order).limit(300)).all()
