"""Lists as files, shared by the desks that have some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import Response
from flask_babel import get_locale
from flask_babel import gettext as _

from jobcenter.desks.labels import lists
from jobcenter.desks.paper_files import attachment
from jobcenter.exchange import lists as columns
from jobcenter.exchange.lists import Column
from jobcenter.exchange.writer import csv_file, xlsx
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def list_file(
    form: str, title: str, name: str, shape: Sequence[Column],
    fetch: Callable[[Slice], Page[Any]],
) -> Response:  # fmt: skip
    """Return a list as Excel or CSV: every row that `fetch` gives, in the columns of `shape`."""
    if form not in ("xlsx", "csv"):
        raise Missing
    reading = columns.reading_of(db.session(), lists(), str(get_locale()), _)
    heads = columns.headings(shape, _)
    rows: Iterable[Sequence[Any]] = columns.rows(shape, columns.whole(fetch), reading)
    day = clock.today()
    if form == "xlsx":
        body = xlsx(f"{title}, {day:%d/%m/%Y}", heads, rows)
        return attachment(body, f"{name}-{day}.xlsx", EXCEL)
    return attachment(csv_file(heads, rows), f"{name}-{day}.csv", CSV)
