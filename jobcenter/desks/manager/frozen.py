"""Reports from draft to submitted, their files and differences; plans and printed totals."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal, InvalidOperation

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks import editing, once
from jobcenter.desks.access import allow, me
from jobcenter.desks.forms import CheckField, DateField, Form, LineField, NumberField
from jobcenter.desks.manager.blueprint import desk
from jobcenter.desks.manager.reports import EXCEL, asked_period, choices, named
from jobcenter.desks.paper_files import WORD, attachment, pdf_page
from jobcenter.desks.sights import saw
from jobcenter.documents import annual
from jobcenter.exchange.writer import Heading, Kind, xlsx
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.reports import freezing, periods, queries, rules
from jobcenter.reports.choices import (
    MOST_TARGET,
    REPORT_MOVES,
    STATE_KINDS,
    STATE_LABELS,
    VERB_LABELS,
    ZONE_LABELS,
)
from jobcenter.reports.declaring import GROUP_LABELS, Group
from jobcenter.reports.indicators import ALL, of_group
from jobcenter.reports.rules import PublishedData


class MoveForm(Form):
    """A step of a report; the verb is the button's."""


class PrintedForm(Form):
    """A total that somebody printed."""

    code = SelectField(N_("Số gì"), validate_choice=False)
    first = DateField(N_("Từ ngày"), needed=True)
    last = DateField(N_("Đến ngày"), needed=True)
    value = LineField(N_("Số đã in"), most=20, needed=True)
    is_floor = CheckField(N_("In là trên số này"))
    source = LineField(N_("In ở đâu"), most=200, needed=True)

    def data_of(self) -> PublishedData:
        """Return what was typed: 1.873,2 as offices write it."""
        plain = str(self.value.data or "").replace(".", "").replace(",", ".").replace(" ", "")
        try:
            value = Decimal(plain)
            if not value.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            raise Refused(N_("Ghi bằng chữ số."), field="value") from None
        return PublishedData(
            code=str(self.code.data or ""), first=self.first.day or clock.today(),
            last=self.last.day or clock.today(),
            value=value, source=str(self.source.data or ""), is_floor=bool(self.is_floor.data),
        )  # fmt: skip


class TargetForm(Form):
    """The plan of a year for an indicator."""

    year = NumberField(N_("Năm"), least=2000, most=2200, needed=True)
    code = SelectField(N_("Chỉ tiêu"), validate_choice=False)
    target = NumberField(N_("Kế hoạch năm"), most=MOST_TARGET, needed=True)
    decision = LineField(N_("Căn cứ"), most=120)


@desk.get("/reports/frozen")
@allow(Right.OVERVIEW)
def frozen_reports() -> ResponseReturnValue:
    """List the reports of all periods."""
    period = asked_period()
    return render_template(
        "manager/reports/frozen_list.html", rows=rules.listed(db.session(), me()), period=period,
        options=choices(period), form=MoveForm(formdata=None), **_words(),
    )  # fmt: skip


@desk.post("/reports/frozen")
@allow(Right.OVERVIEW)
def draft_report() -> ResponseReturnValue:
    """Count a period and keep it as a draft."""
    form = MoveForm()
    if before := once.already(form):
        return redirect(before, 303)
    try:
        period = periods.read(request.form.get("period", ""))
        report = rules.draft(db.session(), period=period, by=me())
        target = once.remember(form, url_for("manager.frozen_report", report_key=report.key))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        flash(str(_(refused.message)), "error")
        return redirect(url_for("manager.frozen_reports"), 303)
    flash(_("Đã lập bản thảo."), "success")
    return redirect(target, 303)


@desk.get("/reports/frozen/<uuid:report_key>")
@allow(Right.OVERVIEW)
def frozen_report(report_key: uuid.UUID) -> ResponseReturnValue:
    """Show a report as it was counted, who did what, and what is different today."""
    report = rules.one(db.session(), report_key, me())
    period = periods.read(report.code)
    return render_template(
        "manager/reports/frozen.html",
        report=report,
        period=period,
        groups=[(GROUP_LABELS[one], of_group(one)) for one in Group],
        verbs=REPORT_MOVES.verbs(report.state),
        needs_other=rules.needs_other(db.session(), report, me()),
        changes=freezing.changes(db.session(), report),
        beside=freezing.published(db.session(), period),
        zone=[(ZONE_LABELS[one], report.context["zone"][one.value]) for one in ZONE_LABELS
              if one.value in report.context.get("zone", {})],
        indicators=ALL,
        form=MoveForm(formdata=None),
        **_words(),
    )  # fmt: skip


@desk.post("/reports/frozen/<uuid:report_key>/move")
@allow(Right.OVERVIEW)
def move_report(report_key: uuid.UUID) -> ResponseReturnValue:
    """Take one step with a report."""
    form = MoveForm()
    here = url_for("manager.frozen_report", report_key=report_key)
    if before := once.already(form):
        return redirect(before, 303)
    report = rules.one(db.session(), report_key, me())
    version = request.form.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
    try:
        verb = request.form.get("verb", "")
        rules.move(db.session(), report=report, verb=verb, by=me(), version=number)
        once.remember(form, here)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        flash(str(_(refused.message)), "error")
        return redirect(here, 303)
    flash(_("Đã ghi: %(what)s.", what=_(VERB_LABELS[verb])), "success")
    return redirect(here, 303)


@desk.get("/reports/frozen/<uuid:report_key>/changes/<code>")
@allow(Right.OVERVIEW)
def report_changes(report_key: uuid.UUID, code: str) -> ResponseReturnValue:
    """Show the rows that made one figure another since the report was counted."""
    report = rules.one(db.session(), report_key, me())
    period = periods.read(report.code)
    one = next(
        (each for each in freezing.changes(db.session(), report) if each.indicator.code == code),
        None,
    )
    if one is None:
        raise Missing
    parts = [
        (label, len(ids), queries.by_numbers(db.session(), me(), one.indicator, ids))
        for label, ids in (
            (N_("Dòng mới được đếm"), one.came),
            (N_("Dòng không còn được đếm"), one.went),
            (N_("Dòng nay tính khác"), one.other),
        )
        if ids
    ]
    saw([line.person.id for _l, _n, some in parts for line in some if line.person], Look.LIST)
    return render_template(
        "manager/reports/changes.html", report=report, period=period, one=one, parts=parts,
        most=queries.MOST_SHOWN, **_words(),
    )  # fmt: skip


@desk.get("/reports/frozen/<uuid:report_key>/file.<form>")
@allow(Right.OVERVIEW)
def report_file(report_key: uuid.UUID, form: str) -> ResponseReturnValue:
    """Give a report as PDF, Word or Excel: what was frozen, not what is counted now."""
    report = rules.one(db.session(), report_key, me())
    name = f"bao-cao-{report.code}-{report.edition}"
    if form == "pdf":
        return pdf_page(annual.pdf(db.session(), report), name)
    if form == "docx":
        return attachment(annual.docx(db.session(), report), f"{name}.docx", WORD)
    if form != "xlsx":
        raise Missing
    heads = [
        Heading(_("Chỉ tiêu"), Kind.TEXT, 40), Heading(_("Đơn vị tính"), Kind.TEXT, 14),
        Heading(_("Kỳ báo cáo"), Kind.FIGURE, 12), Heading(_("Luỹ kế"), Kind.FIGURE, 12),
        Heading(_("Kế hoạch"), Kind.FIGURE, 12), Heading(_("Cùng kỳ năm trước"), Kind.FIGURE, 12),
    ]  # fmt: skip
    rows = [
        [_(ALL[code].label), _(ALL[code].unit.value), *figures]
        for code, figures in report.figures.items()
        if code in ALL
    ]
    title = f"{_('Báo cáo')} {report.code}, {_('lần')} {report.edition}"
    return attachment(xlsx(title, heads, rows), f"{name}.xlsx", EXCEL)


@desk.route("/reports/printed", methods=["GET", "POST"])
@allow(Right.OVERVIEW)
def printed_figures() -> ResponseReturnValue:
    """Keep totals that others printed, beside the computed ones."""
    form = PrintedForm()
    names = [(code, str(_(one.label))) for code, one in ALL.items()]
    zone = [(one.value, str(_(label))) for one, label in ZONE_LABELS.items()]
    form.code.choices = [*zone, *names]

    def show() -> str:
        return render_template(
            "manager/reports/printed.html", form=form, period=asked_period(),
            rows=queries.printed(db.session()), labels=dict([*zone, *names]), exact=exact,
        )  # fmt: skip

    if request.method == "GET":
        return show()
    return editing.create(
        form,
        act=lambda: rules.publish(db.session(), data=form.data_of(), by=me()),
        leads_to=lambda _row: url_for("manager.printed_figures"),
        told=lambda _row: _("Đã ghi số đã công bố."),
        show=show,
    )


@desk.route("/reports/targets", methods=["GET", "POST"])
@allow(Right.OVERVIEW)
def year_targets() -> ResponseReturnValue:
    """Keep the plan of each year for the centre's indicators."""
    form = TargetForm()
    year = asked_period().year
    if not form.is_submitted():
        form.year.data = year
    free = [one for one in ALL.values() if one.fact is not None and one.types == ()]
    form.code.choices = [(one.code, _(one.label)) for one in free]

    def show() -> str:
        return render_template(
            "manager/reports/targets.html", form=form, period=asked_period(), year=year,
            rows=rules.year_targets(db.session(), year), indicators=ALL,
        )  # fmt: skip

    def act() -> int:
        of = int(form.year.data or 0)
        rules.set_target(
            db.session(), year=of, code=str(form.code.data or ""),
            target=int(form.target.data or 0), decision=str(form.decision.data or ""), by=me(),
        )  # fmt: skip
        return of

    if request.method == "GET":
        return show()
    return editing.create(
        form,
        act=act,
        leads_to=lambda of: url_for("manager.year_targets", period=of),
        told=lambda _of: _("Đã ghi kế hoạch năm."),
        show=show,
    )


def _words() -> dict[str, object]:
    return {
        "named": named, "states": STATE_LABELS, "kinds": STATE_KINDS, "verb_labels": VERB_LABELS,
        "read": periods.read, "is_over": _is_over, "exact": exact, "dated": dt.date.fromisoformat,
    }  # fmt: skip


def exact(value: Decimal | float) -> str:
    """Return a printed figure with every decimal it was printed with."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text if str(get_locale()) != "vi" else text.translate(str.maketrans(",.", ".,"))


def _is_over(code: str) -> bool:
    return periods.read(code).is_over(clock.today())
