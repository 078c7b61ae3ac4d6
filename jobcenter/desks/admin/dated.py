"""Figures and days by date: minimum wages, target groups, the calendar of the office."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.catalogue import queries, registers
from jobcenter.catalogue import register_queries as held
from jobcenter.catalogue.choices import (
    DAY_KINDS,
    DAY_LABELS,
    IN_SURVEY_LABELS,
    ON_FORM_LABELS,
    REGIONS,
)
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.admin.places import ROMAN
from jobcenter.desks.forms import DateField, Form, LineField, NumberField
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

MOST_PAY = 100_000_000


class WageForm(Form):
    """One decree: four regions from a date on."""

    valid_from = DateField(N_("Từ ngày"), needed=True)
    source = LineField(N_("Nghị định"), needed=True)
    monthly_1 = NumberField(N_("Vùng I, tháng"), least=1, most=MOST_PAY, needed=True)
    hourly_1 = NumberField(N_("Vùng I, giờ"), least=1, most=MOST_PAY, needed=True)
    monthly_2 = NumberField(N_("Vùng II, tháng"), least=1, most=MOST_PAY, needed=True)
    hourly_2 = NumberField(N_("Vùng II, giờ"), least=1, most=MOST_PAY, needed=True)
    monthly_3 = NumberField(N_("Vùng III, tháng"), least=1, most=MOST_PAY, needed=True)
    hourly_3 = NumberField(N_("Vùng III, giờ"), least=1, most=MOST_PAY, needed=True)
    monthly_4 = NumberField(N_("Vùng IV, tháng"), least=1, most=MOST_PAY, needed=True)
    hourly_4 = NumberField(N_("Vùng IV, giờ"), least=1, most=MOST_PAY, needed=True)


class GroupForm(Form):
    """What a target group means from a date on."""

    valid_from = DateField(N_("Từ ngày"), needed=True)
    on_form = SelectField(
        N_("Trên phiếu đăng ký"),
        choices=lambda: [(k.value, _(v)) for k, v in ON_FORM_LABELS.items()],
    )
    survey = SelectField(
        N_("Trong điều tra cung lao động"),
        choices=lambda: [(k.value, _(v)) for k, v in IN_SURVEY_LABELS.items()],
    )
    support = NumberField(N_("Hỗ trợ đào tạo nhiều nhất"), most=MOST_PAY)
    support_special = NumberField(N_("Mức đặc biệt"), most=MOST_PAY)
    note = LineField(N_("Ghi chú"), most=200)
    source = LineField(N_("Căn cứ"), needed=True)


class DayForm(Form):
    """A day that is not what its weekday says."""

    day = DateField(N_("Ngày"), needed=True)
    kind = SelectField(
        N_("Là ngày gì"), choices=lambda: [(k.value, _(v)) for k, v in DAY_LABELS.items()]
    )
    name_vi = LineField(N_("Tên tiếng Việt"), needed=True)
    name_en = LineField(N_("Tên tiếng Anh"), needed=True)
    source = LineField(N_("Căn cứ"), needed=True)


@desk.get("/wages")
@allow(Right.CATALOGUE_READ)
def wages() -> ResponseReturnValue:
    """Minimum wages by region and date."""
    return _wages(WageForm(formdata=None))


@desk.post("/wages")
@allow(Right.CATALOGUE_WRITE)
def set_wages() -> ResponseReturnValue:
    """Write a decree down as a whole."""
    form = WageForm()
    if form.validate_on_submit() and form.valid_from.day:
        data = registers.WageData(
            valid_from=form.valid_from.day,
            monthly={region: form[f"monthly_{region}"].data for region in REGIONS},
            hourly={region: form[f"hourly_{region}"].data for region in REGIONS},
            source=form.source.data or "",
        )
        try:
            registers.set_wages(db.session(), data=data, by=me())
            db.session.commit()
            flash(_("Đã ghi lương tối thiểu từ %(day)s.", day=form.valid_from.data), "success")
            return redirect(url_for("admin.wages"))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _wages(form), 422


def _wages(form: WageForm) -> str:
    return render_template(
        "admin/wages.html",
        form=form,
        wages=held.all_wages(db.session()),
        now=[queries.wage(db.session(), region=region, on=clock.today()) for region in REGIONS],
        roman=ROMAN,
        regions=REGIONS,
        may_write=me().may(Right.CATALOGUE_WRITE),
    )


@desk.get("/target-groups")
@allow(Right.CATALOGUE_READ)
def target_groups() -> ResponseReturnValue:
    """What each target group of list F means today."""
    today = clock.today()
    values = [v for v in queries.values_of(db.session(), "F") if v.is_valid(today)]
    rules = {
        v.code: queries.target_group_rule(db.session(), v.code, on=today) for v in values
    }  # fmt: skip
    return render_template(
        "admin/target_groups.html",
        values=values,
        rules=rules,
        on_form=ON_FORM_LABELS,
        survey=IN_SURVEY_LABELS,
        may_write=me().may(Right.CATALOGUE_WRITE),
    )


@desk.route("/target-groups/<code>", methods=["GET", "POST"])
@allow(Right.CATALOGUE_WRITE)
def target_group(code: str) -> ResponseReturnValue:
    """One target group by date; a new date is a new line."""
    value = queries.one_value(db.session(), "F", code)
    now = queries.target_group_rule(db.session(), code, on=clock.today())
    names = ("on_form", "survey", "support", "support_special", "note")
    known = {name: getattr(now, name) for name in names} if now else {}
    form = GroupForm(data=known | {"valid_from": clock.today()})
    if form.validate_on_submit() and form.valid_from.day:
        data = registers.GroupData(
            valid_from=form.valid_from.day,
            on_form=form.on_form.data,
            support=form.support.data,
            support_special=form.support_special.data,
            survey=form.survey.data,
            note=form.note.data or "",
            source=form.source.data or "",
        )
        try:
            registers.set_target_group(db.session(), code=code, data=data, by=me())
            db.session.commit()
            flash(_("Đã lưu “%(name)s”.", name=value.name_vi), "success")
            return redirect(url_for("admin.target_groups"))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    page = render_template(
        "admin/target_group.html",
        value=value,
        form=form,
        rules=held.group_rules(db.session(), code),
        on_form=ON_FORM_LABELS,
        survey=IN_SURVEY_LABELS,
    )
    return page, 422 if form.is_submitted() else 200


@desk.get("/calendar")
@allow(Right.CATALOGUE_READ)
def calendar() -> ResponseReturnValue:
    """Holidays, days off in lieu and made-up working days of a year."""
    return _calendar(DayForm(formdata=None))


@desk.post("/calendar")
@allow(Right.CATALOGUE_WRITE)
def set_day() -> ResponseReturnValue:
    """Say what a day is."""
    form = DayForm()
    if form.validate_on_submit() and form.day.day:
        try:
            registers.set_day(
                db.session(),
                day=form.day.day,
                kind=form.kind.data,
                name_vi=form.name_vi.data or "",
                name_en=form.name_en.data or "",
                source=form.source.data or "",
                by=me(),
            )
            db.session.commit()
            flash(_("Đã ghi ngày %(day)s.", day=form.day.data), "success")
            return redirect(url_for("admin.calendar", year=form.day.day.year))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _calendar(form), 422


def _calendar(form: DayForm) -> str:
    year = _year(request.args.get("year", ""))
    return render_template(
        "admin/calendar.html",
        form=form,
        year=year,
        days=held.calendar_days(db.session(), year),
        kinds=DAY_KINDS,
        labels=DAY_LABELS,
        may_write=me().may(Right.CATALOGUE_WRITE),
    )


def _year(raw: str) -> int:
    this = clock.today().year
    year = int(raw) if raw.isascii() and raw.isdigit() and len(raw) == 4 else this
    return year if abs(year - this) <= 30 else this
