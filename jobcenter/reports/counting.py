"""Counting: one pass through each fact gives all its indicators for a window.

The rows behind a figure are the same query narrowed by the same condition: see `rows_of`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from jobcenter.courses.queries import plan_types, targets
from jobcenter.kernel import clock
from jobcenter.reports.declaring import Indicator, Measure, Values
from jobcenter.reports.facts import Fact
from jobcenter.reports.indicators import ALL
from jobcenter.reports.models import YearTarget
from jobcenter.reports.periods import Period, Window


@dataclass(frozen=True)
class Figure:
    """An indicator in a period: in it, from New Year to its end, and the plan of the year."""

    indicator: Indicator
    period: float | None
    year_to_date: float | None
    plan: float | None
    last_year: float | None = None
    last_year_to_date: float | None = None


def rows_of(session: Session, indicator: Indicator, window: Window) -> Any:
    """Return the very rows that an indicator counts in a window."""
    if indicator.fact is None:
        raise ValueError(f"{indicator.code} is made of other figures: it has no rows of its own")
    rows = indicator.fact.rows(session, window).subquery()
    found = select(rows).where(indicator.where(rows.c))
    needed = {Measure.PEOPLE: rows.c.human, Measure.FIRMS: rows.c.firm}.get(indicator.measure)
    return found if needed is None else found.where(needed.is_not(None))


def _measured(indicator: Indicator, c: Any) -> ColumnElement[Any]:
    holds = indicator.where(c)
    if indicator.measure is Measure.AMOUNT:
        return func.coalesce(func.sum(case((holds, c.amount))), 0)
    column = {Measure.ROWS: c.id, Measure.PEOPLE: c.human, Measure.FIRMS: c.firm}
    return func.count(case((holds, column[indicator.measure])).distinct())


def count(session: Session, window: Window, codes: Collection[str] | None = None) -> Values:
    """Return every indicator in a window, or those asked for; a window that has not begun is 0."""
    wanted = [one for one in ALL.values() if codes is None or one.code in codes]
    values: Values = {}
    by_fact: dict[Fact, list[Indicator]] = {}
    for one in wanted:
        if one.fact is not None:
            by_fact.setdefault(one.fact, []).append(one)
    for fact, some in by_fact.items():
        rows = fact.rows(session, window).subquery()
        medians = [one for one in some if one.measure is Measure.MEDIAN]
        values |= {one.code: _median(session, rows_of(session, one, window)) for one in medians}
        sums = [one for one in some if one not in medians]
        if not sums:
            continue
        columns = [_measured(one, rows.c).label(f"n{n}") for n, one in enumerate(sums)]
        found = session.execute(select(*columns).select_from(rows)).one()
        values |= {one.code: int(value) for one, value in zip(sums, found, strict=True)}
    return values


def _median(session: Session, rows: Any) -> float | None:
    """Return the amount in the middle; the database counts how often each amount occurs."""
    c = rows.subquery().c
    often = session.execute(select(c.amount, func.count()).group_by(c.amount).order_by(c.amount))
    amounts = [(int(amount), int(n)) for amount, n in often]
    total = sum(n for _amount, n in amounts)
    if not total:
        return None

    def at(place: int) -> int:
        for amount, n in amounts:
            place -= n
            if place < 0:
                return amount
        raise AssertionError("a place beyond the rows")

    return (at((total - 1) // 2) + at(total // 2)) / 2


def plan_of(session: Session, year: int) -> Values:
    """Return the plan of each indicator that has one in a year; the rest are left out."""
    goals = {of: row.target for of, row in targets(session, year).items()}
    counting = plan_types(session, year)
    plans: Values = {}
    for one in ALL.values():
        types = counting if one.types is None else set(one.types) & counting
        told = [goals[of] for of in sorted(types) if of in goals]
        if told:
            plans[one.code] = sum(told)
    own = session.execute(select(YearTarget.code, YearTarget.target).where(YearTarget.year == year))
    return plans | {code: target for code, target in own if code in ALL}


def _complete(values: Values, plan: float | None) -> Values:
    """Add the plan's own figure and what is made of others, where these were counted."""
    made = dict(values) | {"intake_plan": plan}
    for one in ALL.values():
        if one.made_of is not None and made.keys() >= set(one.parts):
            made[one.code] = one.made_of(made)
    return made


def figures(
    session: Session,
    period: Period,
    *,
    today: dt.date | None = None,
    compare: bool = False,
    codes: Collection[str] | None = None,
) -> dict[str, Figure]:
    """Return the indicators of a period, all or those asked for and what is made of these.

    With `compare` also of the same period last year.
    """
    today = today or clock.today()
    plans = plan_of(session, period.year)
    now = _both(session, period, today, plans.get("intake"), codes)
    then = ({}, {}) if not compare else _both(
        session, period.last_year, today, plan_of(session, period.year - 1).get("intake"), codes
    )  # fmt: skip
    return {
        code: Figure(
            one, now[0][code], now[1][code], plans.get(code), then[0].get(code), then[1].get(code)
        )
        for code, one in ALL.items()
        if code in now[0]
    }


def _both(
    session: Session,
    period: Period,
    today: dt.date,
    plan: float | None,
    codes: Collection[str] | None,
) -> tuple[Values, Values]:
    """Return the values in the period and to date; a year is its own to-date."""
    window, to_date = period.window(today), period.to_date(today)
    whole = _complete(count(session, to_date, codes), plan)
    part = whole if window == to_date else _complete(count(session, window, codes), plan)
    return part, whole


def as_data(period: Period, found: Iterable[Figure]) -> dict[str, Any]:
    """Return the figures as other programs read them."""
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "indicators": {
            one.indicator.code: {
                "period": one.period,
                "year_to_date": one.year_to_date,
                "plan": one.plan,
                "unit": one.indicator.unit.value,
            }
            for one in found
        },
    }
