"""Months, quarters, halves and years on Hải Phòng's calendar, and the instants they begin and end.

A period lies within one year, so that the year to date is always that year's. What is dated after
today has not happened: a window ends today at the latest.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

from jobcenter.kernel import clock
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

YEARS = range(2000, 2201)


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


KIND_LABELS = {
    PeriodKind.MONTH: N_("Tháng"),
    PeriodKind.QUARTER: N_("Quý"),
    PeriodKind.HALF: N_("6 tháng"),
    PeriodKind.YEAR: N_("Năm"),
}
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_PATTERNS = {
    PeriodKind.MONTH: r"(\d{4})-(0[1-9]|1[0-2])",
    PeriodKind.QUARTER: r"(\d{4})-[Qq]([1-4])",
    PeriodKind.HALF: r"(\d{4})-[Hh]([12])",
    PeriodKind.YEAR: r"(\d{4})()",
}


@dataclass(frozen=True)
class Window:
    """The days counted, both inclusive, and the instants [begin, end) that they span."""

    first: dt.date
    last: dt.date

    @property
    def begin(self) -> dt.datetime:
        """Return the first instant."""
        return _midnight(self.first)

    @property
    def end(self) -> dt.datetime:
        """Return the instant at which the last day is over."""
        return _midnight(self.last + dt.timedelta(days=1))

    def earlier(self, days: int) -> Window:
        """Return the same number of days so many days before."""
        back = dt.timedelta(days=days)
        return Window(self.first - back, self.last - back)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.LOCAL)


@dataclass(frozen=True)
class Period:
    """A month, quarter, half or year; `number` counts within the year from 1."""

    kind: PeriodKind
    year: int
    number: int = 1

    @property
    def first(self) -> dt.date:
        """Return the first day."""
        return dt.date(self.year, (self.number - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def last(self) -> dt.date:
        """Return the last day."""
        month = self.number * _MONTHS[self.kind]
        return dt.date(self.year, month, monthrange(self.year, month)[1])

    @property
    def code(self) -> str:
        """Return 2020, 2020-H1, 2020-Q4 or 2020-12."""
        return {
            PeriodKind.MONTH: f"{self.year}-{self.number:02d}",
            PeriodKind.QUARTER: f"{self.year}-Q{self.number}",
            PeriodKind.HALF: f"{self.year}-H{self.number}",
            PeriodKind.YEAR: f"{self.year}",
        }[self.kind]

    @property
    def last_year(self) -> Period:
        """Return the same period a year before."""
        return Period(self.kind, self.year - 1, self.number)

    @property
    def before(self) -> Period:
        """Return the period just before."""
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        return Period(self.kind, self.year - 1, 12 // _MONTHS[self.kind])

    def window(self, today: dt.date) -> Window:
        """Return the days of the period that have come."""
        return Window(self.first, min(self.last, today))

    def to_date(self, today: dt.date) -> Window:
        """Return the days from New Year to the end of the period, as far as they have come."""
        return Window(dt.date(self.year, 1, 1), min(self.last, today))

    def is_over(self, today: dt.date) -> bool:
        """Say whether its last day has passed."""
        return self.last < today


def read(text: str, kind: PeriodKind | None = None) -> Period:
    """Return the period of a code, or refuse in words."""
    for one in PeriodKind if kind is None else (kind,):
        found = re.fullmatch(_PATTERNS[one], text.strip(), re.ASCII)
        if found and int(found[1]) in YEARS:
            return Period(one, int(found[1]), int(found[2] or 1))
    raise Refused(
        N_("Ghi kỳ như 2026, 2026-H1, 2026-Q4 hoặc 2026-11."), field="period"
    )  # fmt: skip


def current(kind: PeriodKind, today: dt.date) -> Period:
    """Return the period of a kind that a day lies in."""
    return Period(kind, today.year, (today.month - 1) // _MONTHS[kind] + 1)


def months(year: int) -> list[Period]:
    """Return the months of a year."""
    return [Period(PeriodKind.MONTH, year, number) for number in range(1, 13)]
