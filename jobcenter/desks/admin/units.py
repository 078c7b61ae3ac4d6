"""The two units: how they are called, who signs, how their papers are numbered, by date."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.catalogue import units as rules
from jobcenter.catalogue.choices import FILE_NUMBERS, UNIT_LABELS, Unit
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import DateField, Form, LineField, NumberField
from jobcenter.documents.choices import KINDS
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

if TYPE_CHECKING:
    from jobcenter.catalogue.models import Signatory

TEXTS = (
    "name_vi", "name_en", "superior_vi", "superior_en", "place", "address", "phone", "email",
    "stamp_note",
)  # fmt: skip


class ProfileForm(Form):
    """A unit from a date on."""

    valid_from = DateField(N_("Từ ngày"), needed=True)
    source = LineField(N_("Căn cứ"), most=160)
    name_vi = LineField(N_("Tên tiếng Việt"), most=160, needed=True)
    name_en = LineField(N_("Tên tiếng Anh"), most=160, needed=True)
    superior_vi = LineField(N_("Cơ quan cấp trên"), most=160, needed=True)
    superior_en = LineField(N_("Cơ quan cấp trên, tiếng Anh"), most=160, needed=True)
    place = LineField(N_("Nơi ghi trên giấy"), most=60, needed=True)
    address = LineField(N_("Địa chỉ"), most=200)
    phone = LineField(N_("Điện thoại"), most=40)
    email = LineField(N_("Thư điện tử"))
    stamp_note = LineField(N_("Ghi chú về con dấu"), most=200)


class SignatoryForm(Form):
    """Somebody who signs."""

    name = LineField(N_("Họ và tên"), needed=True)
    title_vi = LineField(N_("Chức vụ"), most=80, needed=True)
    title_en = LineField(N_("Chức vụ, tiếng Anh"), most=80, needed=True)
    position = NumberField(N_("Thứ tự"), least=1, most=99, needed=True)
    valid_from = DateField(N_("Ký từ ngày"), needed=True)


class EndSignatoryForm(Form):
    """The last day on which somebody signs."""

    last_day = DateField(N_("Ngày ký cuối cùng"), needed=True)


class FormatForm(Form):
    """How numbers of a paper are written."""

    paper = SelectField(N_("Loại giấy"))
    pattern = LineField(N_("Mẫu số"), most=50, needed=True)
    width = NumberField(N_("Số chữ số ít nhất"), least=1, most=8, needed=True)
    valid_from = DateField(N_("Từ ngày"), needed=True)
    source = LineField(N_("Căn cứ"))


@desk.get("/units")
@allow(Right.CATALOGUE_READ)
def units() -> ResponseReturnValue:
    """Both units as they are today."""
    today = clock.today()
    found = [rules.unit_at(db.session(), unit, today) for unit in Unit]
    return render_template("admin/units.html", units=found, labels=UNIT_LABELS)


@desk.get("/units/<code>")
@allow(Right.CATALOGUE_WRITE)
def unit(code: str) -> ResponseReturnValue:
    """One unit by date, with who signs and how its papers are numbered."""
    return _page(_unit(code))


@desk.post("/units/<code>")
@allow(Right.CATALOGUE_WRITE)
def set_unit(code: str) -> ResponseReturnValue:
    """Write down how a unit is called and reached from a date on."""
    which = _unit(code)
    form = ProfileForm()
    if form.validate_on_submit() and form.valid_from.day:
        texts = {name: form[name].data or "" for name in (*TEXTS, "source")}
        data = rules.ProfileData(valid_from=form.valid_from.day, **texts)
        try:
            rules.set_profile(db.session(), unit=which, data=data, by=me())
            db.session.commit()
            flash(_("Đã ghi tên đơn vị từ %(day)s.", day=form.valid_from.data), "success")
            return redirect(url_for("admin.unit", code=code))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _page(which, form), 422


@desk.route("/units/<code>/signatories/new", methods=["GET", "POST"])
@allow(Right.CATALOGUE_WRITE)
def add_signatory(code: str) -> ResponseReturnValue:
    """Let somebody sign for a unit."""
    which = _unit(code)
    form = SignatoryForm(data={"valid_from": clock.today(), "position": 1})
    if form.validate_on_submit() and form.valid_from.day:
        if (led := once.already(form)) is not None:
            return redirect(led)
        try:
            rules.add_signatory(
                db.session(),
                unit=which,
                title_vi=form.title_vi.data or "",
                title_en=form.title_en.data or "",
                name=form.name.data or "",
                position=form.position.data or 1,
                valid_from=form.valid_from.day,
                by=me(),
            )
            there = once.remember(form, url_for("admin.unit", code=code))
            db.session.commit()
            flash(_("Đã thêm người ký %(name)s.", name=form.name.data), "success")
            return redirect(there)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    page = render_template(
        "admin/unit_signatory.html", code=code, label=UNIT_LABELS[which], form=form
    )
    return page, 422 if form.is_submitted() else 200


@desk.post("/units/<code>/signatories/<uuid:key>/end")
@allow(Right.CATALOGUE_WRITE)
def end_signatory(code: str, key: uuid.UUID) -> ResponseReturnValue:
    """Somebody signs no more after a day."""
    which = _unit(code)
    found: Signatory = rules.one_signatory(db.session(), which, key)
    form = EndSignatoryForm()
    if not (form.validate_on_submit() and form.last_day.day):
        errors = form.last_day.errors or form.form_errors or [_("Cần điền mục này.")]
        raise Refused(str(errors[0]))
    rules.end_signatory(
        db.session(), signatory=found, last_day=form.last_day.day, version=form.seen_version(),
        by=me(),
    )  # fmt: skip
    db.session.commit()
    flash(_("%(name)s thôi ký từ sau %(day)s.", name=found.name, day=form.last_day.data), "success")
    return redirect(url_for("admin.unit", code=code))


@desk.route("/units/<code>/formats/new", methods=["GET", "POST"])
@allow(Right.CATALOGUE_WRITE)
def set_format(code: str) -> ResponseReturnValue:
    """Say how numbers of a paper are written from a date on."""
    which = _unit(code)
    form = FormatForm(data={"valid_from": clock.today(), "width": 5})
    form.paper.choices = list(_papers(which).items())
    if form.validate_on_submit() and form.valid_from.day:
        try:
            rules.set_format(
                db.session(),
                unit=which,
                paper=form.paper.data,
                valid_from=form.valid_from.day,
                pattern=form.pattern.data or "",
                width=form.width.data or 1,
                source=form.source.data or "",
                by=me(),
            )
            db.session.commit()
            flash(_("Đã ghi mẫu số từ %(day)s.", day=form.valid_from.data), "success")
            return redirect(url_for("admin.unit", code=code))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    page = render_template("admin/unit_format.html", code=code, label=UNIT_LABELS[which], form=form)
    return page, 422 if form.is_submitted() else 200


def _unit(code: str) -> Unit:
    if code not in set(Unit):
        raise Missing
    return Unit(code)


def _papers(which: Unit) -> dict[str, str]:
    """Return every kind of number that a unit gives: of papers, and of records."""
    found = {code: _(kind.label) for code, kind in KINDS.items() if kind.unit == which}
    return found | {
        code: _(label) for code, (unit, _p, _w, label) in FILE_NUMBERS.items() if unit == which
    }


def _page(which: Unit, form: ProfileForm | None = None) -> str:
    today = clock.today()
    session = db.session()
    now = rules.unit_at(session, which, today)
    papers = _papers(which)
    signing = rules.signatories(session, which)
    known = {name: getattr(now, name) for name in TEXTS}
    return render_template(
        "admin/unit.html",
        unit=now,
        label=UNIT_LABELS[which],
        form=form or ProfileForm(formdata=None, data=known | {"valid_from": today}),
        profiles=rules.profiles(session, which),
        signatories=signing,
        signs={one.id: rules.signs(one, today) for one in signing},
        formats=rules.formats(session, which),
        papers=papers,
        samples={code: _sample(which, code) for code in papers},
    )


def _sample(which: Unit, paper: str) -> str:
    """Return what the twelfth number of today looks like."""
    if paper in FILE_NUMBERS:
        return rules.file_number(db.session(), paper, number=12, on=clock.today())
    kind = KINDS[paper]
    return rules.written(
        db.session(), unit=which, paper=paper, number=12, on=clock.today(), prefix=kind.prefix,
        width=kind.width,
    )  # fmt: skip
