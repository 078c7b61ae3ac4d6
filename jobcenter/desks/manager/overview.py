"""The manager's board: how it stands against plan and pace, and what to look at now."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.counted import counted
from jobcenter.desks.manager.blueprint import desk
from jobcenter.desks.manager.reports import asked_period, choices, named
from jobcenter.desks.pages import number
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.reports import board as room
from jobcenter.reports import rules
from jobcenter.reports.board import STEPS, Board
from jobcenter.seekers.caseload import loads

_TOP = 150.0  # height of the chart's columns


@desk.get("/overview")
@allow(Right.OVERVIEW)
def overview() -> ResponseReturnValue:
    """Show the board of a period; the period stands in the address, so a view can be kept."""
    period = asked_period()
    found = room.board(db.session(), period)
    before = period.before if not period.is_over(clock.today()) else period
    return render_template(
        "manager/overview.html",
        board=found,
        period=period,
        named=named,
        options=choices(period),
        is_over=period.is_over(clock.today()),
        frozen=rules.frozen(db.session(), before),
        before=before,
        steps=_steps(found),
        chart=_chart(found),
        alerts=_alerts(found),
        loads=loads(db.session(), me()),
        most_files=max([one.open for one in loads(db.session(), me())], default=1),
    )


def _steps(found: Board) -> list[dict[str, object]]:
    """Return the funnel: each step with its bar and its share of the step before."""
    values = [(code, int(found.figures[code].period or 0)) for code in STEPS]
    widest = max([value for _code, value in values] + [1])
    lines: list[dict[str, object]] = []
    earlier: int | None = None
    for code, value in values:
        share = round(100 * value / earlier) if earlier else None
        one = found.figures[code].indicator
        lines.append(
            {"label": one.label, "code": code, "value": value, "share": share,
             "width": round(100 * value / widest, 1)}
        )  # fmt: skip
        earlier = value
    due, there = (int(found.figures[code].period or 0) for code in ("due_30", "stayed_30"))
    lines.append(
        {"label": found.figures["stayed_30"].indicator.label, "code": "stayed_30", "value": there,
         "share": round(100 * there / due) if due else None,
         "width": round(100 * there / widest, 1), "of": due}
    )  # fmt: skip
    return lines


def _chart(found: Board) -> dict[str, object]:
    """Return the columns of the year, ready to draw: heights in the chart's own units."""
    plan = found.figures["persons_placed"].plan
    monthly = round(plan / 12) if plan else 0
    highest = max([value for _month, value in found.months] + [monthly, 4])
    step = _nice(highest / 4)
    top = step * 4 if step * 4 >= highest else step * 5
    scale = _TOP / top
    return {
        "columns": [
            {"month": month.number, "value": value, "height": round(value * scale, 1),
             "code": month.code, "is_open": not month.is_over(clock.today())}
            for month, value in found.months
        ],
        "lines": [(n, round(n * scale, 1)) for n in range(step, int(top) + 1, step)],
        "plan": monthly,
        "plan_height": round(monthly * scale, 1),
    }  # fmt: skip


def _nice(value: float) -> int:
    """Return 1, 2 or 5 times a power of ten, at least `value`."""
    power = 1
    while True:
        for one in (1, 2, 5):
            if one * power >= value:
                return one * power
        power *= 10


def _alerts(found: Board) -> list[dict[str, str]]:
    """Return what to look at now, the worst first; nothing that is nothing."""
    told: list[dict[str, str]] = []
    for line in found.plan:
        if line.is_late:
            one = line.figure.indicator
            told.append(
                _alert("m", "alert", _("%(what)s chậm %(n)s so với nhịp kế hoạch",
                                       what=_(one.label), n=number(line.short)),
                       url_for("manager.indicator", code=one.code, period=found.period.code,
                               scope="to-date"),
                       _("Đạt %(share)s%% kế hoạch, năm đã qua %(pace)s%%",
                         share=number(line.percent), pace=number(found.pace)))
            )  # fmt: skip
    if found.silent:
        firms = len(found.silent)
        told.append(
            _alert("m", "clock", _("%(firms)s quá hạn chưa trả lời",
                                   firms=counted(firms, number(firms), _("doanh nghiệp"))),
                   "#silent", _("Giữ %(n)s lượt giới thiệu, nhiều nhất: %(firm)s",
                                n=number(found.waiting_answers), firm=found.silent[0].firm))
        )  # fmt: skip
    empty = [one for one in found.classes if one.taken * 2 < one.places]
    if empty:
        told.append(
            _alert("l", "users", _("%(n)s lớp sắp mở chưa được nửa chỗ", n=number(len(empty))),
                   "#classes", ", ".join(one.name for one in empty[:3]))
        )  # fmt: skip
    if found.vacancies_late or found.vacancies_due:
        told.append(
            _alert("l", "calendar", _("%(n)s vị trí hết hạn trong 7 ngày",
                                      n=number(found.vacancies_due)),
                   url_for("counsellor.vacancies", state="open", due="yes"),
                   _("%(n)s vị trí quá hạn vẫn đang mở", n=number(found.vacancies_late)))
        )  # fmt: skip
    if found.letters_ending:
        told.append(
            _alert("l", "clock", _("%(n)s phiếu giới thiệu hết giá trị trong 7 ngày",
                                   n=number(found.letters_ending)), "#silent",
                   _("Hết giá trị thì doanh nghiệp không còn xem được hồ sơ"))
        )  # fmt: skip
    if found.classes_ending:
        told.append(
            _alert("l", "book", _("%(n)s lớp bế giảng trong 7 ngày",
                                  n=number(found.classes_ending)), "#classes", "")
        )  # fmt: skip
    return told


def _alert(kind: str, sign: str, text: str, href: str, more: str) -> dict[str, str]:
    return {"kind": kind, "sign": sign, "text": text, "href": href, "more": more}
