"""Lists as files, shared by the desks that have some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from jobcenter.desks.access import me
from jobcenter.desks.labels import lists
from jobcenter.desks.paper_files import attachment
from jobcenter.exchange import lists as columns
from jobcenter.exchange.lists import Column
from jobcenter.exchange.long_lists import packed
from jobcenter.exchange.writer import csv_file, xlsx
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_
from jobcenter.work import rules as work
from jobcenter.work.queue import ring

TITLE = N_("Xuất danh sách dài ra tệp")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def list_file(
    form: str, title: str, name: str, shape: Sequence[Column],
    fetch: Callable[[Slice], Page[Any]], later: tuple[str, Any] | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """Return a list as Excel or CSV: every row that `fetch` gives, in the columns of `shape`.

    `later` names the list and its filter for a worker, who makes files that are too long to wait
    for; a page says so and asks first.
    """
    if form not in ("xlsx", "csv"):
        raise Missing
    if later is not None and (total := fetch(Slice(1, 1)).total) > columns.MOST_ROWS:
        return _later(form, title, total, *later)
    reading = columns.reading_of(db.session(), lists(), str(get_locale()), _)
    heads = columns.headings(shape, _)
    rows: Iterable[Sequence[Any]] = columns.rows(shape, columns.whole(fetch), reading)
    day = clock.today()
    if form == "xlsx":
        body = xlsx(f"{title}, {day:%d/%m/%Y}", heads, rows)
        return attachment(body, f"{name}-{day}.xlsx", EXCEL)
    return attachment(csv_file(heads, rows), f"{name}-{day}.csv", CSV)


def _later(form: str, title: str, total: int, name: str, wanted: Any) -> ResponseReturnValue:
    """Ask whether a worker shall make the file; when that was said, let it."""
    if request.method != "POST":
        return render_template(
            "work/later.html", title=title, total=total, most=columns.MOST_ROWS, form=form
        )
    params = {"list": name, "form": form, "wanted": packed(wanted), "locale": str(get_locale())}
    job = work.ask(db.session(), kind="export-list", title=TITLE, params=params, by=me())
    db.session.commit()
    ring(job.key)
    return redirect(url_for("work.job", key=job.key), 303)
