"""The ledger: searched by who, what, which record and when; newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts import queries as accounts
from jobcenter.accounts.choices import Right
from jobcenter.audit.search import Wanted, search
from jobcenter.desks import deeds
from jobcenter.desks.access import allow
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.deeds import ACTIONS, SUBJECTS
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.desks.list_files import CSV, EXCEL
from jobcenter.desks.pages import translate
from jobcenter.desks.paper_files import attachment
from jobcenter.exchange.lists import MOST_ROWS
from jobcenter.exchange.writer import Heading, Kind, csv_file, xlsx
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import Slice
from jobcenter.kernel.words import N_
from jobcenter.seekers import queries as seekers
from jobcenter.vacancies import queries as vacancies

COMMANDS = "*"  # in place of an account: what commands and background work did
MOST_PEOPLE = 8


def _named(table: dict[str, str]) -> list[tuple[str, str]]:
    names = ((code, translate(label)) for code, label in table.items())
    return [("", _("Tất cả")), *sorted(names, key=lambda pair: pair[1])]


class FilterForm(Form):
    """What the ledger is narrowed to; its state stands in the address."""

    class Meta(Form.Meta):
        """Reading needs no token."""

        csrf = False

    who = LineField(N_("Ai làm"), most=80)
    action = SelectField(N_("Việc"), default="", choices=lambda: _named(ACTIONS))
    kind = SelectField(N_("Loại bản ghi"), default="", choices=lambda: _named(SUBJECTS))
    record = LineField(N_("Số bản ghi"), most=40)
    first_day = DateField(N_("Từ ngày"))
    last_day = DateField(N_("Đến ngày"))


@desk.get("/ledger")
@allow(Right.LEDGER_READ)
def ledger() -> ResponseReturnValue:
    """Search what was done; filters stand in the address, pages are cut at line numbers."""
    form = FilterForm(request.args)
    form.validate()
    people = _people(form.who.data or "")
    unknown: list[str] = []
    wanted = _wanted(form, people, unknown)
    found = search(db.session(), wanted) if wanted is not None else None
    page = render_template(
        "admin/ledger.html",
        form=form,
        found=found,
        people=people if len(people) > 1 else [],
        unknown=unknown,
        older=_href(older_than=found.lines[-1].id) if found and found.has_older else None,
        newer=_href(newer_than=found.lines[0].id)
        if found and found.has_newer and found.lines
        else None,
        first=_href(),
        with_who=lambda who: _href(who=who),
        commands=COMMANDS,
    )
    return page, 200


HEADINGS = (
    Heading(N_("Lúc"), Kind.MOMENT, 18), Heading(N_("Ai làm"), Kind.TEXT, 24),
    Heading(N_("Việc"), Kind.TEXT, 30), Heading(N_("Loại bản ghi"), Kind.TEXT, 30),
    Heading(N_("Nội dung"), Kind.TEXT, 60),
)  # fmt: skip


@desk.get("/ledger/export.<form>")
@allow(Right.LEDGER_READ)
def export_ledger(form: str) -> ResponseReturnValue:
    """Give the lines that the filters in the address find, as Excel or CSV."""
    if form not in ("xlsx", "csv"):
        raise Missing
    typed, unknown = FilterForm(request.args), list[str]()
    typed.validate()
    wanted = _wanted(typed, _people(typed.who.data or ""), unknown)
    if wanted is None:
        raise Refused(N_("Bộ lọc chưa rõ. Xem lại rồi xuất."))
    heads = [replace(one, name=translate(one.name)) for one in HEADINGS]
    rows = [_cells(line) for line in _lines(wanted)]
    name = f"nhat-ky-{clock.today()}.{form}"
    if form == "csv":
        return attachment(csv_file(heads, rows), name, CSV)
    return attachment(xlsx(_("Nhật ký"), heads, rows), name, EXCEL)


def _cells(line: Any) -> list[Any]:
    told = "; ".join(f"{label}: {value}" for label, value in deeds.details(line))
    return [clock.local(line.at), line.actor, deeds.action(line), deeds.subject(line), told]


def _lines(wanted: Wanted) -> Iterator[Any]:
    """Yield every line that fits, newest first; refuses more than one file may hold."""
    count, wanted = 0, replace(wanted, older_than=None, newer_than=None)
    while True:
        found = search(db.session(), wanted)
        count += len(found.lines)
        if count > MOST_ROWS:
            raise Refused(
                N_("Nhật ký có hơn %(most)s dòng như vậy. Chọn ít ngày hơn rồi xuất."),
                most=MOST_ROWS,
            )
        yield from found.lines
        if not found.has_older:
            return
        wanted = replace(wanted, older_than=found.lines[-1].id)


def _people(text: str) -> Sequence[Any]:
    """Return the accounts that were meant: one by its whole login, else all that fit."""
    if not text or text == COMMANDS:
        return []
    exact = accounts.find_user(db.session(), text)
    if exact is not None:
        return [exact]
    return accounts.users(db.session(), text=text, window=Slice(1, 25)).items[:MOST_PEOPLE]


def _wanted(form: FilterForm, people: Sequence[Any], unknown: list[str]) -> Wanted | None:
    """Return what to look for; None while it is not clear, with why in `unknown`."""
    who = form.who.data or ""
    if who and who != COMMANDS and len(people) != 1:
        unknown.append(
            _("Nhiều tài khoản có tên như vậy, chọn một.")
            if people
            else _("Không có tài khoản nào tên “%(who)s”.", who=who)
        )
    records = _records(form, unknown)
    if form.errors or unknown:
        return None
    action = form.action.data or ""
    return Wanted(
        user_id=people[0].id if people else None,
        is_command=who == COMMANDS,
        actions=(action,) if action else (),
        kind=form.kind.data or "",
        records=records,
        first_day=form.first_day.day,
        last_day=form.last_day.day,
        older_than=_line(request.args.get("older_than")),
        newer_than=_line(request.args.get("newer_than")),
    )


def _records(form: FilterForm, unknown: list[str]) -> list[tuple[str, int]]:
    """Return the records meant: "HS-2026-00012", "YC-2026-0003", a login, or kind and number."""
    text, kind = form.record.data or "", form.kind.data or ""
    if not text:
        return []
    found = seekers.rows_of_number(db.session(), text)
    if not found and (row := vacancies.row_of_number(db.session(), text)) is not None:
        found = [("vacancy", row)]
    if not found and kind and _line(text) is not None:
        found = [(kind, _line(text) or 0)]
    if not found and (user := accounts.find_user(db.session(), text)) is not None:
        found = [("user", user.id)]
    if kind:
        found = [one for one in found if one[0] == kind]
    if not found:
        unknown.append(
            _(
                "Không có bản ghi nào như vậy. Ghi số hồ sơ (HS-…), số yêu cầu (YC-…), tên đăng "
                "nhập, hoặc chọn loại bản ghi và ghi số của nó."
            )
        )
    return found


def _line(raw: str | None) -> int | None:
    fits = raw and raw.isascii() and raw.isdigit() and len(raw) <= 18
    return int(raw) if raw and fits else None


def _href(**more: object) -> str:
    kept = [
        (key, value)
        for key, value in request.args.items()
        if value and key not in ("older_than", "newer_than", *more)
    ]
    query = urlencode([*kept, *more.items()])
    return url_for("admin.ledger") + (f"?{query}" if query else "")
