"""How figures, days and codes are written on papers: in Vietnamese, whoever prints them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jobcenter.catalogue.queries import Lists

NOTHING = "…………"


def day(value: dt.date | None) -> str:
    """Return 24/11/2026, or dots to fill in by hand."""
    return f"{value:%d/%m/%Y}" if value else NOTHING


def long_day(place: str, value: dt.date) -> str:
    """Return a day as Decree 30/2020 writes it: days under 10 and months under 3 with a nought."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{place}, ngày {value.day:02d} tháng {month} năm {value.year}"


def number(value: float) -> str:
    """Return 1.873,2."""
    text = f"{value:,.1f}" if value % 1 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,"))


def money(low: int | None, high: int | None = None) -> str:
    """Return an amount or a range in VND."""
    known = [number(one) for one in (low, high) if one]
    return " – ".join(dict.fromkeys(known)) + "\u00a0đ" if known else ""


class Names:
    """Names of codes in Vietnamese."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def one(self, of: str, code: str | None) -> str:
        """Return the name of a code, "" for none."""
        return self.lists.name(of, code, "vi") if code else ""

    def all(self, of: str, codes: Iterable[str] | None) -> str:
        """Return the names of several codes with commas."""
        return ", ".join(self.one(of, code) for code in codes or ())


def said(rows: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return rows as a form reads them: {"ten", "tri"}; rows without a value are left out."""
    return [{"ten": name, "tri": value} for name, value in rows if value]


def joined(*parts: str) -> str:
    """Return the parts that say something, with commas."""
    return ", ".join(filter(None, parts))
