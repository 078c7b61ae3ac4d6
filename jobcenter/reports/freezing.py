"""Freezing: the figures of a period with the rows counted, and what has changed since.

A row is kept as its number and what it added: itself, the person, the firm or the amount. So a
difference can name every row that came, went or counts otherwise now.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import lists
from jobcenter.enterprises.models import Enterprise
from jobcenter.enterprises.workforce import zone_by_park
from jobcenter.kernel import clock
from jobcenter.reports import counting, periods, splitting
from jobcenter.reports.choices import ZoneFigure
from jobcenter.reports.declaring import Dimension, Indicator, Measure
from jobcenter.reports.indicators import ALL
from jobcenter.reports.models import PublishedFigure, Report, ReportRows
from jobcenter.reports.periods import Period, Window


@dataclass(frozen=True)
class Change:
    """A figure that counts otherwise now, with the numbers of the rows that made it so."""

    indicator: Indicator
    then: float | None
    now: float | None
    came: Sequence[int]
    went: Sequence[int]
    other: Sequence[int]


def take(session: Session, report: Report) -> None:
    """Count a report's period now and keep figures, rows and context."""
    period = periods.read(report.code)
    found = counting.figures(session, period, compare=True)
    report.figures = {
        code: [one.period, one.year_to_date, one.plan, one.last_year]
        for code, one in found.items()
    }  # fmt: skip
    report.context = _context(session, period)
    session.flush()
    window = period.window(clock.today())
    for one in _with_rows():
        packed = _pack(rows_now(session, one, window))
        session.merge(ReportRows(report_id=report.id, code=one.code, packed=packed))
    session.flush()


def _with_rows() -> Iterator[Indicator]:
    return (one for one in ALL.values() if one.fact is not None)


def rows_now(session: Session, one: Indicator, window: Window) -> dict[int, int]:
    """Return {row: what it adds} of an indicator."""
    rows = counting.rows_of(session, one, window).subquery()
    adds = {Measure.AMOUNT: rows.c.amount, Measure.MEDIAN: rows.c.amount,
            Measure.PEOPLE: rows.c.human,
            Measure.FIRMS: rows.c.firm, Measure.ROWS: rows.c.id}[one.measure]  # fmt: skip
    return {int(number): int(what) for number, what in session.execute(select(rows.c.id, adds))}


def _pack(rows: dict[int, int]) -> bytes:
    return zlib.compress(json.dumps(sorted(rows.items()), separators=(",", ":")).encode(), 6)


def unpack(packed: bytes) -> dict[int, int]:
    """Return what `_pack` kept."""
    return {int(number): int(what) for number, what in json.loads(zlib.decompress(packed))}


def changes(session: Session, report: Report) -> list[Change]:
    """Return the figures of a report that would be others today, and by which rows."""
    period = periods.read(report.code)
    window = period.window(clock.local(report.counted_at).date())
    now = counting.count(session, window)
    kept = {
        row.code: row.packed
        for row in session.scalars(select(ReportRows).where(ReportRows.report_id == report.id))
    }
    found = []
    for one in _with_rows():
        if one.code not in kept:
            continue  # an indicator that was not declared then
        before, today = unpack(kept[one.code]), rows_now(session, one, window)
        came = sorted(today.keys() - before.keys())
        went = sorted(before.keys() - today.keys())
        other = sorted(n for n in before.keys() & today.keys() if before[n] != today[n])
        then = report.figures[one.code][0]
        if came or went or other or then != now[one.code]:
            found.append(Change(one, then, now[one.code], came, went, other))
    return found


def _context(session: Session, period: Period) -> dict[str, Any]:
    window = period.window(clock.today())
    classes = splitting.split(session, ALL["classes"], window, Dimension.TYPE)
    return {
        "classes": {part.value: part.figure for part in classes},
        "zone": zone_figures(session, period),
        "parks": _parks(session, window),
        "capital": _capital(session),
    }


def zone_figures(session: Session, period: Period) -> dict[str, Any]:
    """Return the last figure of each kind that was published of the zone up to the period's end.

    A figure older than a year tells nothing of the period and is left out.
    """
    codes = [one.value for one in ZoneFigure]
    rows = session.scalars(
        select(PublishedFigure)
        .where(
            PublishedFigure.code.in_(codes), PublishedFigure.last <= period.last,
            PublishedFigure.last >= period.last_year.last,
        )
        .order_by(PublishedFigure.last, PublishedFigure.id)
    )  # fmt: skip
    return {
        row.code: {"value": float(row.value), "on": row.last.isoformat(), "source": row.source}
        for row in rows
    }


def _parks(session: Session, window: Window) -> list[list[Any]]:
    """Return (park, firms, Vietnamese, foreign) by the firms' last figures up to the end."""
    names = lists(session)
    return [
        [names.name("park", park, "vi") if park else "", one.firms + one.firms_without,
         one.vietnamese, one.foreign]
        for park, one in zone_by_park(session, on=window.last)
    ]  # fmt: skip


def _capital(session: Session) -> list[list[Any]]:
    names = lists(session)
    rows = session.execute(
        select(Enterprise.capital_country, func.count())
        .group_by(Enterprise.capital_country)
        .order_by(func.count().desc(), Enterprise.capital_country)
    )
    return [[names.name("country", code, "vi") if code else "", count] for code, count in rows]


def published(session: Session, period: Period) -> list[PublishedFigure]:
    """Return what others printed for exactly this period, by the order of the indicators."""
    rows = session.scalars(
        select(PublishedFigure).where(
            PublishedFigure.first == period.first, PublishedFigure.last == period.last,
            PublishedFigure.code.in_(list(ALL)),
        )
    ).all()  # fmt: skip
    order = list(ALL)
    return sorted(rows, key=lambda row: (order.index(row.code), row.id))
