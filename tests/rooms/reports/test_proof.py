"""Every indicator against an independent naive calculator, on random histories full of edges.

`JOBCENTER_REPORTS` sets how many histories: a sample here, 10,000 in `python -m tests.proof
reports`, on either database. No difference is allowed.
"""

from __future__ import annotations

import os
import random
import statistics
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.reports import counting, periods, splitting
from jobcenter.reports.declaring import Dimension, Indicator, Measure
from jobcenter.reports.indicators import ALL
from tests.rooms.reports.histories import EDGES, History
from tests.rooms.reports.naive import Naive

COUNT = int(os.environ.get("JOBCENTER_REPORTS", "12"))
SEED = os.environ.get("JOBCENTER_SEED", "1")
CODES = [f"{year}{part}" for year in (2019, 2020, 2021)
         for part in ("", "-H1", "-H2", "-Q1", "-Q4", "-01", "-02", "-03", "-12")]  # fmt: skip


def counted(indicator: Indicator, rows: list[Any]) -> float | None:
    """Count the rows that a reader would be shown."""
    if indicator.measure is Measure.MEDIAN:
        return float(statistics.median(row.amount for row in rows)) if rows else None
    column = {Measure.ROWS: "id", Measure.PEOPLE: "human", Measure.FIRMS: "firm"}
    if indicator.measure is Measure.AMOUNT:
        return sum(row.amount for row in rows)
    return len({getattr(row, column[indicator.measure]) for row in rows})


def test_no_indicator_differs_from_the_naive_calculator(session: Session) -> None:
    something: set[str] = set()
    for number in range(COUNT):
        draw = random.Random(f"{SEED}-{number}")
        with session.begin_nested() as nested:
            history = History(session, draw)
            history.write()
            check(session, history, draw, something, f"{SEED}-{number}")
            nested.rollback()
        session.expunge_all()
    if COUNT >= 200:  # every indicator was more than nothing at least once
        assert something >= set(ALL) - {"seat_percent", "answer_percent"}, set(ALL) - something


def check(
    session: Session, history: History, draw: random.Random, something: set[str], name: str
) -> None:
    today = draw.choice([*EDGES[-12:], EDGES[30], EDGES[-1].replace(year=2026)])
    naive = Naive(history.read(), today)
    for code in draw.sample(CODES, 3):
        period = periods.read(code)
        found = counting.figures(session, period, today=today)
        expected = naive.figures(code)
        assert set(found) == set(expected)
        told = {one: (figure.period, figure.year_to_date) for one, figure in found.items()}
        wrong = {one: (told[one], expected[one]) for one in told if told[one] != expected[one]}
        assert not wrong, (name, code, today, wrong)
        something |= {one for one, values in told.items() if values[0]}
    some = set(draw.sample(sorted(ALL), 4))
    part = counting.figures(session, period, today=today, codes=some)
    assert all(told[one] == (figure.period, figure.year_to_date) for one, figure in part.items())
    assert part.keys() >= {one for one in some if ALL[one].fact is not None}
    window = period.window(today)
    for one in draw.sample([each for each in ALL.values() if each.fact], 6):
        rows = session.execute(counting.rows_of(session, one, window)).all()
        assert counted(one, list(rows)) == told[one.code][0], (name, code, one.code)
    for by in (Dimension.SEX, Dimension.AGE):
        parts = splitting.split(session, ALL["consultations"], window, by)
        assert {p.value: p.figure for p in parts} == naive.advised_by(code, by.value), (name, code)
