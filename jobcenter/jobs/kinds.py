"""What each kind of job does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from jobcenter.audit.choices import Look
from jobcenter.audit.rules import Glance, log_sights
from jobcenter.catalogue.queries import lists
from jobcenter.documents import rules as documents
from jobcenter.exchange import lists as columns
from jobcenter.exchange import long_lists
from jobcenter.exchange import queries as imports
from jobcenter.exchange import rules as importing
from jobcenter.exchange.writer import csv_file, xlsx
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_
from jobcenter.matching import rules as matching
from jobcenter.papers import queries as papers
from jobcenter.papers import rules as register
from jobcenter.people import suspects as people
from jobcenter.work.queries import File

PDF = "application/pdf"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
CHUNK = 25


class Step(Protocol):
    """Says how far a job is and commits; raises `Stopped` when it should end."""

    def __call__(self, percent: int, message: str, **params: object) -> None:
        """Commit what was done so far together with the percent."""


@dataclass(frozen=True)
class Outcome:
    """What a job says at its end and leaves for its owner."""

    message: str
    params: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)
    file: File | None = None


Handler = Callable[[Session, dict[str, Any], Actor, Step], Outcome]


def print_papers(session: Session, params: dict[str, Any], by: Actor, step: Step) -> Outcome:
    """Set many papers in one PDF and count a print of each; params: papers, address."""
    chosen = papers.many(session, params["papers"])
    total = len(chosen)
    for start in range(0, total, CHUNK):
        for paper in chosen[start : start + CHUNK]:
            register.record_print(session, paper=paper, by=by)
        done = min(start + CHUNK, total)
        step(done * 70 // total, N_("Ghi sổ in %(done)s trên %(total)s giấy"), done=done,
             total=total)  # fmt: skip
    body = documents.pdf(session, chosen, address=params["address"])
    step(95, N_("Đã xếp trang, đang cất tệp"))
    file = File(f"{chosen[0].shown}-{chosen[-1].shown}.pdf", PDF, body)
    return Outcome(N_("Đã in %(total)s giấy vào một tệp"), {"total": total}, file=file)


def rebuild_index(session: Session, params: dict[str, Any], by: Actor, step: Step) -> Outcome:
    """Build the match index anew."""
    step(5, N_("Đang đọc hồ sơ"))
    matching.rebuild(session)
    return Outcome(N_("Đã lập lại chỉ mục"))


def find_suspects(session: Session, params: dict[str, Any], by: Actor, step: Step) -> Outcome:
    """Compare the whole register for people who are in it twice."""
    step(2, N_("Đang đọc cả sổ"))

    def tell(done: int, total: int) -> None:
        step(5 + done * 90 // total, N_("Đã so %(done)s trên %(total)s cặp"), done=done,
             total=total)  # fmt: skip

    count = people.find_suspects(session, tell)
    return Outcome(N_("Có %(count)s cặp cần xem"), {"count": count})


def _told(step: Step, message: str) -> Callable[[int, int], None]:
    """Return what an import tells a job: done of so many, as a percent below the last."""

    def tell(done: int, total: int) -> None:
        step(min(95, 1 + done * 94 // max(total, 1)), message)

    return tell


def check_import(session: Session, params: dict[str, Any], by: Actor, step: Step) -> Outcome:
    """Judge the rows of a file; params: batch."""
    batch = imports.by_id(session, params["batch"], by)
    importing.judge(session, batch=batch, by=by, tell=_told(step, N_("Đang kiểm tra từng dòng")))
    return Outcome(
        N_("Tốt %(good)s, hỏng %(bad)s, có thể trùng %(doubtful)s, đã có %(known)s"),
        importing.counts(batch),
    )


def write_import(session: Session, params: dict[str, Any], by: Actor, step: Step) -> Outcome:
    """Write the good rows of a file; params: batch."""
    batch = imports.by_id(session, params["batch"], by)
    tell = _told(step, N_("Đang ghi từng dòng vào sổ"))
    count = importing.write(session, batch=batch, by=by, tell=tell)
    return Outcome(N_("Đã ghi %(count)s dòng vào sổ"), {"count": count})


def undo_import(session: Session, params: dict[str, Any], by: Actor, step: Step) -> Outcome:
    """Take out again what a file brought; params: batch."""
    batch = imports.by_id(session, params["batch"], by)
    tell = _told(step, N_("Đang hoàn tác từng dòng"))
    count = importing.undo(session, batch=batch, by=by, tell=tell)
    return Outcome(N_("Đã hoàn tác %(count)s dòng"), {"count": count})


def export_list(session: Session, params: dict[str, Any], by: Actor, step: Step) -> Outcome:
    """Write a long list to a file, and who of its people was shown; params: list, form, wanted."""
    kind, locale = long_lists.LONG_LISTS[params["list"]], params["locale"]
    wanted = long_lists.unpacked(kind.wanted, params["wanted"])
    count = 0

    def fetch(window: Slice) -> Page[Any]:
        nonlocal count
        page = kind.listed(session, by, wanted, window)
        count = page.total
        done = min(window.offset + len(page.items), page.total)
        step(done * 90 // max(page.total, 1), N_("Đã ghi %(done)s trên %(total)s dòng"),
             done=done, total=page.total)  # fmt: skip
        if kind.people and page.items:  # nothing is held here: the step was committed
            look = [Glance(row.person_id, Look.EXPORT, kind.fields) for row in page.items]
            log_sights(look, by=by)
        return page

    with force_locale(locale):
        reading = columns.reading_of(session, lists(session), locale, gettext)
        heads = columns.headings(kind.shape, gettext)
        found = columns.whole(fetch, most=long_lists.MOST_IN_EXCEL)
        rows = columns.rows(kind.shape, found, reading)
        day, form = clock.today(), params["form"]
        title = f"{gettext(kind.title)}, {day:%d/%m/%Y}"
        body = xlsx(title, heads, rows) if form == "xlsx" else csv_file(heads, rows)
    file = File(f"{kind.name}-{day}.{form}", EXCEL if form == "xlsx" else CSV, body)
    return Outcome(N_("Tệp có %(count)s dòng"), {"count": count}, file=file)


HANDLERS: dict[str, Handler] = {
    "export-list": export_list,
    "check-import": check_import,
    "write-import": write_import,
    "undo-import": undo_import,
    "print-papers": print_papers,
    "rebuild-index": rebuild_index,
    "find-suspects": find_suspects,
}
