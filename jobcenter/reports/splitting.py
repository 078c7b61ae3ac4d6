"""A figure split by one dimension, and the same cut through its rows.

Groups may overlap (target groups, subjects): their lines are then not to be added, and the page
says so. Who is 24 is 24 on the last day of the window; where only the year of birth is known, by
years alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, String, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import values_of
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel.words import N_
from jobcenter.people.models import Person
from jobcenter.reports import counting
from jobcenter.reports.declaring import Dimension, Group, Indicator, Measure
from jobcenter.reports.periods import Window
from jobcenter.seekers.models import Seeker, TargetGroup
from jobcenter.vacancies.models import Vacancy

AGE_LABELS = {"to-24": N_("Đến 24 tuổi"), "25-40": N_("25 đến 40 tuổi"), "over-40": N_("Trên 40")}
OVERLAPPING = frozenset({Dimension.TARGET, Dimension.SUBJECT})
UNKNOWN = ""


@dataclass(frozen=True)
class Part:
    """One line of a split; `value` is a code, "" where nobody said."""

    value: str
    figure: int


def split(session: Session, indicator: Indicator, window: Window, by: Dimension) -> Sequence[Part]:
    """Return the lines of a split, the largest first, what is unknown last."""
    if by is Dimension.SUBJECT:
        return _by_subject(session, indicator, window)
    rows = counting.rows_of(session, indicator, window).subquery()
    found, value = _cut(rows, indicator, window, by)
    counted = found.with_only_columns(value.label("value"), _measure(rows.c, indicator))
    parts = [Part(str(code or ""), int(n or 0)) for code, n in session.execute(
        counted.group_by(value)
    )]  # fmt: skip
    return sorted(parts, key=lambda part: (part.value == UNKNOWN, -part.figure, part.value))


def narrowed(
    session: Session, indicator: Indicator, window: Window, by: Dimension | None, value: str
) -> Any:
    """Return the rows of an indicator, or those of one line of a split."""
    base = counting.rows_of(session, indicator, window)
    if by is None or by not in indicator.dimensions:
        return base
    rows = base.subquery()
    if by is Dimension.SUBJECT:
        return select(rows).where(_on(rows.c.of, value))
    found, told = _cut(rows, indicator, window, by)
    holds = told.is_(None) if value == UNKNOWN else told == value
    return found.with_only_columns(*rows.c).where(holds)


def _measure(c: Any, indicator: Indicator) -> ColumnElement[Any]:
    if indicator.measure is Measure.AMOUNT:
        return func.sum(c.amount)
    column = {Measure.ROWS: c.id, Measure.PEOPLE: c.human, Measure.FIRMS: c.firm}
    return func.count(column[indicator.measure].distinct())


def _cut(
    rows: Any, indicator: Indicator, window: Window, by: Dimension
) -> tuple[Any, ColumnElement[Any]]:
    """Return the rows joined to where the dimension's value stands, and that value."""
    found = select(rows)
    if by in (Dimension.SEX, Dimension.AGE):
        found = found.outerjoin(Person, Person.id == rows.c.human)
        sex = type_coerce(Person.sex, String)
        return found, sex if by is Dimension.SEX else _age(window.last)
    if by in (Dimension.PARK, Dimension.OCCUPATION):
        found = found.outerjoin(Vacancy, Vacancy.id == rows.c.vacancy)
        if by is Dimension.OCCUPATION:
            return found, func.substr(Vacancy.occupation_code, 1, 1)
        found = found.outerjoin(Enterprise, Enterprise.id == rows.c.firm)
        return found, func.coalesce(Vacancy.park_code, Enterprise.park_code)
    if by is Dimension.TARGET:
        if indicator.group in (Group.SCHOOL, Group.SAFETY):
            return found, rows.c.of
        found = found.outerjoin(Seeker, Seeker.person_id == rows.c.human)
        found = found.outerjoin(TargetGroup, TargetGroup.seeker_id == Seeker.id)
        return found, type_coerce(TargetGroup.code, String)
    return found, rows.c.type if by is Dimension.TYPE else rows.c.of


def _age(on: dt.date) -> ColumnElement[Any]:
    """Return the age band on a day."""

    def at_most(years: int) -> ColumnElement[bool]:
        last = _years_before(on, years + 1)
        by_year = and_(Person.birth_date.is_(None), Person.birth_year > last.year)
        return or_(Person.birth_date > last, by_year)

    known = or_(Person.birth_date.is_not(None), Person.birth_year.is_not(None))
    return case((at_most(24), "to-24"), (at_most(40), "25-40"), (known, "over-40"))


def _years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _on(subjects: Any, code: str) -> ColumnElement[bool]:
    if code == UNKNOWN:
        return or_(subjects.is_(None), subjects == "|")
    return cast("ColumnElement[bool]", subjects.like(f"%|{code}|%"))


def _by_subject(session: Session, indicator: Indicator, window: Window) -> list[Part]:
    rows = counting.rows_of(session, indicator, window).subquery()
    codes = [one.code for one in values_of(session, "G")] + [UNKNOWN]
    sums = [func.count(case((_on(rows.c.of, code), rows.c.id)).distinct()) for code in codes]
    found = session.execute(select(*sums).select_from(rows)).one()
    return [Part(code, int(n)) for code, n in zip(codes, found, strict=True) if n or code]
