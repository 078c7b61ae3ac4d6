"""Figures of a period, the rows behind each, and what each means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.advising.choices import COMPLAINT_KIND_LABELS, ComplaintKind
from jobcenter.audit.choices import Look
from jobcenter.catalogue.queries import occupation_names
from jobcenter.desks.access import allow, me
from jobcenter.desks.labels import code_label, own_name
from jobcenter.desks.manager.blueprint import desk
from jobcenter.desks.pages import date
from jobcenter.desks.paper_files import attachment
from jobcenter.desks.proof import proved
from jobcenter.desks.sights import saw
from jobcenter.exchange.lists import whole
from jobcenter.exchange.writer import Heading, Kind, csv_file, xlsx
from jobcenter.kernel import clock, paging
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.people.choices import SEX_LABELS, Sex
from jobcenter.reports import counting, periods, queries, splitting
from jobcenter.reports.declaring import (
    DIMENSION_LABELS,
    GROUP_LABELS,
    Dimension,
    Group,
    Indicator,
    Unit,
)
from jobcenter.reports.indicators import ALL, VERSION, of_group
from jobcenter.reports.periods import KIND_LABELS, Period, PeriodKind
from jobcenter.reports.queries import Line

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_BACK = {PeriodKind.MONTH: 24, PeriodKind.QUARTER: 8, PeriodKind.HALF: 4, PeriodKind.YEAR: 8}
_LISTS = {Dimension.PARK: "park", Dimension.TARGET: "F", Dimension.TYPE: "V",
          Dimension.SUBJECT: "G", Dimension.KIND: "T"}  # fmt: skip


def asked_period() -> Period:
    """Return the period in the address; this month where there is none or it cannot be read."""
    try:
        return periods.read(request.args.get("period", ""))
    except Refused:
        return periods.current(PeriodKind.MONTH, clock.today())


def named(period: Period) -> str:
    """Return a period as people say it: "Tháng 11/2026", "Quý 4/2026", "Năm 2026"."""
    if period.kind is PeriodKind.YEAR:
        return f"{_(KIND_LABELS[period.kind])} {period.year}"
    if period.kind is PeriodKind.HALF:
        first = _("6 tháng đầu năm %(year)s", year=period.year)
        second = _("6 tháng cuối năm %(year)s", year=period.year)
        return str(first if period.number == 1 else second)
    return f"{_(KIND_LABELS[period.kind])} {period.number}/{period.year}"


def choices(asked: Period) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the periods to choose from, by kind, the latest first; the asked one is among them."""
    found = []
    for kind, back in _BACK.items():
        one, options = periods.current(kind, clock.today()), []
        for _n in range(back):
            options.append(one)
            one = one.before
        if asked.kind is kind and asked not in options:
            options.append(asked)
        found.append((_(KIND_LABELS[kind]), [(one.code, named(one)) for one in options]))
    return found


@desk.get("/reports")
@allow(Right.OVERVIEW)
def reports() -> ResponseReturnValue:
    """Show every indicator of a period with plan and last year."""
    period = asked_period()
    found = counting.figures(db.session(), period, compare=True)
    return render_template(
        "manager/reports/figures.html",
        period=period,
        named=named,
        options=choices(period),
        groups=[(GROUP_LABELS[one], [found[i.code] for i in of_group(one)]) for one in Group],
        is_over=period.is_over(clock.today()),
        has_rows={code for code, one in ALL.items() if one.fact is not None},
        percent=Unit.PERCENT,
    )


@desk.get("/reports/definitions")
@allow(Right.OVERVIEW)
def definitions() -> ResponseReturnValue:
    """Show what each indicator means, how overlaps are treated, and the rules of counting."""
    return render_template(
        "manager/reports/definitions.html",
        groups=[(GROUP_LABELS[one], of_group(one)) for one in Group],
        dimensions=DIMENSION_LABELS,
        version=VERSION,
        period=asked_period(),
    )


@desk.get("/reports/indicators/<code>")
@allow(Right.OVERVIEW)
def indicator(code: str) -> ResponseReturnValue:
    """Show one indicator: its figure, a split, and the very rows it counts."""
    one, period = _indicator(code), asked_period()
    window, is_to_date = _window(period)
    by, value = _cut(one)
    window_of_page = paging.asked(request.args.get("page"), request.args.get("size"))
    page = queries.rows(
        db.session(), me(), one, window, window_of_page, by=by if value is not None else None,
        value=value or "",
    )  # fmt: skip
    saw([line.person.id for line in page.items if line.person], Look.LIST)
    parts = splitting.split(db.session(), one, window, by) if by else []
    return render_template(
        "manager/reports/indicator.html",
        one=one,
        period=period,
        named=named,
        options=choices(period),
        window=window,
        is_to_date=is_to_date,
        figure=counting.count(db.session(), window, {code})[code],
        page=page,
        by=by,
        value=value,
        parts=[(part, name_of(by, part.value)) for part in parts] if by else [],
        overlapping=by in splitting.OVERLAPPING,
        dimensions=DIMENSION_LABELS,
        most=max([part.figure for part in parts], default=0),
    )


@desk.get("/reports/export.<form>")
@allow(Right.OVERVIEW)
def export_figures(form: str) -> ResponseReturnValue:
    """Give the table of a period as a file."""
    period = asked_period()
    found = counting.figures(db.session(), period, compare=True)
    heads = [
        Heading(_("Chỉ tiêu"), Kind.TEXT, 40), Heading(_("Đơn vị tính"), Kind.TEXT, 14),
        Heading(_("Kỳ báo cáo"), Kind.FIGURE, 12), Heading(_("Luỹ kế"), Kind.FIGURE, 12),
        Heading(_("Kế hoạch"), Kind.FIGURE, 12), Heading(_("Cùng kỳ năm trước"), Kind.FIGURE, 12),
        Heading(_("Cách tính"), Kind.TEXT, 70),
    ]  # fmt: skip
    rows = [
        [_(one.indicator.label), _(one.indicator.unit.value), one.period, one.year_to_date,
         one.plan, one.last_year, _(one.indicator.definition)]
        for one in found.values()
    ]  # fmt: skip
    return _file(form, f"{_('Chỉ tiêu')}, {named(period)}", f"chi-tieu-{period.code}", heads, rows)


@desk.get("/reports/indicators/<code>/export.<form>")
@allow(Right.OVERVIEW)
@proved
def export_rows(code: str, form: str) -> ResponseReturnValue:
    """Give the rows behind a figure as a file."""
    one, period = _indicator(code), asked_period()
    window, _is_to_date = _window(period)
    by, value = _cut(one)
    seen: list[int] = []

    def fetch(part: paging.Slice) -> paging.Page[Line]:
        page = queries.rows(
            db.session(), me(), one, window, part, by=by if value is not None else None,
            value=value or "",
        )  # fmt: skip
        seen.extend(line.person.id for line in page.items if line.person)
        return page

    heads = [
        Heading(_("Ngày"), Kind.DAY, 12), Heading(_("Họ và tên"), Kind.TEXT, 26),
        Heading(_("Số hồ sơ"), Kind.TEXT, 15), Heading(_("Doanh nghiệp"), Kind.TEXT, 32),
        Heading(_("Vị trí tuyển"), Kind.TEXT, 30), Heading(_("Lớp"), Kind.TEXT, 26),
        Heading(_("Số lượng"), Kind.FIGURE, 10),
    ]  # fmt: skip
    rows = [_cells(line) for line in whole(fetch)]
    title = f"{_(one.label)}, {named(period)}"
    answer = _file(form, title, f"{code}-{period.code}", heads, rows)
    saw(seen, Look.EXPORT)
    return answer


def _cells(line: Line) -> list[Any]:
    return [
        line.day,
        line.person.full_name if line.person else "",
        line.file.number if line.file else "",
        line.firm.name if line.firm else "",
        line.vacancy.title if line.vacancy else "",
        line.course.name if line.course else "",
        line.amount,
    ]


def _file(
    form: str, title: str, name: str, heads: Sequence[Heading], rows: Iterable[Sequence[Any]]
) -> Response:
    if form not in ("xlsx", "csv"):
        raise Missing
    if form == "xlsx":
        head = f"{title}, {date(clock.today())}"
        return attachment(xlsx(head, heads, rows), f"{name}.xlsx", EXCEL)
    return attachment(csv_file(heads, rows), f"{name}.csv", CSV)


def _indicator(code: str) -> Indicator:
    one = ALL.get(code)
    if one is None or one.fact is None:
        raise Missing
    return one


def _window(period: Period) -> tuple[periods.Window, bool]:
    is_to_date = request.args.get("scope") == "to-date"
    today = clock.today()
    return (period.to_date(today) if is_to_date else period.window(today)), is_to_date


def _cut(one: Indicator) -> tuple[Dimension | None, str | None]:
    """Return the dimension asked for and, where one line was chosen, its value."""
    asked = request.args.get("by", "")
    by = next((each for each in one.dimensions if each.value == asked), None)
    value = request.args.get("value")
    return by, value[:40] if by is not None and value is not None else None


def name_of(by: Dimension, value: str) -> str:
    """Return the name of one line of a split in the reader's language."""
    if value == splitting.UNKNOWN:
        return str(_("Chưa ghi"))
    if by is Dimension.SEX:
        return str(_(SEX_LABELS[Sex(value)]))
    if by is Dimension.AGE:
        return str(_(splitting.AGE_LABELS[value]))
    if by is Dimension.OCCUPATION:
        found = occupation_names(db.session(), [value]).get(value)
        return f"{value} – {own_name(found)}" if found else value
    if by is Dimension.COMPLAINT:
        return str(_(COMPLAINT_KIND_LABELS[ComplaintKind(value)]))
    return code_label(value, _LISTS[by])
