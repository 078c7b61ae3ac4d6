"""Value lists: what they hold, and how an administrator keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.catalogue import editing, queries
from jobcenter.catalogue.choices import FIXED_LISTS, LIST_NAMES
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

if TYPE_CHECKING:
    from jobcenter.catalogue.models import CodeValue


class ValueForm(Form):
    """Names and dates of a value."""

    name_vi = LineField(N_("Tên tiếng Việt"), most=160, needed=True)
    name_en = LineField(N_("Tên tiếng Anh"), most=160, needed=True)
    source = LineField(N_("Căn cứ"))
    valid_from = DateField(N_("Dùng từ ngày"))


class AddValueForm(ValueForm):
    """A value that is not there yet."""

    code = LineField(N_("Mã"), most=40, needed=True)


class EndForm(Form):
    """The last day on which forms offer a value."""

    last_day = DateField(N_("Ngày cuối cùng còn dùng"), needed=True)


@desk.get("/lists")
@allow(Right.CATALOGUE_READ)
def lists() -> ResponseReturnValue:
    """Every list, with how many values are in force."""
    return render_template(
        "admin/lists.html", names=LIST_NAMES, sizes=queries.sizes(db.session(), on=clock.today())
    )


@desk.get("/lists/<of>")
@allow(Right.CATALOGUE_READ)
def code_list(of: str) -> ResponseReturnValue:
    """The values of one list, ended ones below."""
    _known(of)
    values = queries.values_of(db.session(), of)
    day = clock.today()
    return render_template(
        "admin/list.html",
        of=of,
        name=LIST_NAMES[of],
        offered=[value for value in values if value.is_valid(day)],
        others=[value for value in values if not value.is_valid(day)],
        is_fixed=of in FIXED_LISTS,
        may_write=me().may(Right.CATALOGUE_WRITE),
    )


@desk.route("/lists/<of>/new", methods=["GET", "POST"])
@allow(Right.CATALOGUE_WRITE)
def add_value(of: str) -> ResponseReturnValue:
    """Add a value to a list."""
    _known(of)
    form = AddValueForm(data={"valid_from": clock.today()})
    if form.validate_on_submit():
        if (led := once.already(form)) is not None:
            return redirect(led)
        try:
            value = editing.add_value(
                db.session(), of=of, code=form.code.data or "", data=_read(form), by=me()
            )
            there = once.remember(form, url_for("admin.code_list", of=of))
            db.session.commit()
            flash(_("Đã thêm “%(name)s”.", name=value.name_vi), "success")
            return redirect(there)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    page = render_template("admin/list_add.html", of=of, name=LIST_NAMES[of], form=form)
    return page, 422 if form.is_submitted() else 200


@desk.route("/lists/<of>/<code>", methods=["GET", "POST"])
@allow(Right.CATALOGUE_WRITE)
def value(of: str, code: str) -> ResponseReturnValue:
    """Show and rename one value."""
    found = queries.one_value(db.session(), of, code)
    form = ValueForm(data=_shown(found))
    if form.validate_on_submit():
        try:
            editing.change_value(
                db.session(), value=found, version=form.seen_version(), data=_read(form), by=me()
            )
            db.session.commit()
            flash(_("Đã lưu “%(name)s”.", name=found.name_vi), "success")
            return redirect(url_for("admin.code_list", of=of))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _value_page(of, code, form=form), 422 if form.is_submitted() else 200


@desk.post("/lists/<of>/<code>/end")
@allow(Right.CATALOGUE_WRITE)
def end_value(of: str, code: str) -> ResponseReturnValue:
    """Stop offering a value after a day."""
    found = queries.one_value(db.session(), of, code)
    form = EndForm()
    if form.validate_on_submit():
        try:
            editing.end_value(
                db.session(),
                value=found,
                last_day=form.last_day.day or clock.today(),
                version=form.seen_version(),
                by=me(),
            )
            db.session.commit()
            flash(_("“%(name)s” ngừng dùng; hồ sơ cũ giữ nguyên.", name=found.name_vi), "success")
            return redirect(url_for("admin.code_list", of=of))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _value_page(of, code, end=form), 422


@desk.post("/lists/<of>/<code>/reinstate")
@allow(Right.CATALOGUE_WRITE)
def reinstate_value(of: str, code: str) -> ResponseReturnValue:
    """Offer an ended value again."""
    found = queries.one_value(db.session(), of, code)
    version = Form().seen_version()
    editing.reinstate_value(db.session(), value=found, version=version, by=me())
    db.session.commit()
    flash(_("“%(name)s” dùng lại được.", name=found.name_vi), "success")
    return redirect(url_for("admin.code_list", of=of))


@desk.post("/lists/<of>/<code>/move")
@allow(Right.CATALOGUE_WRITE)
def move_value(of: str, code: str) -> ResponseReturnValue:
    """Put a value at another place of its list."""
    found = queries.one_value(db.session(), of, code)
    raw = request.form.get("to", "")
    if not (raw.isascii() and raw.isdigit() and len(raw) < 5):
        raise Refused(N_("Ghi bằng chữ số."))
    editing.move_value(db.session(), value=found, to=int(raw), by=me())
    db.session.commit()
    return redirect(url_for("admin.code_list", of=of, _anchor=f"v-{code}"))


def _value_page(
    of: str, code: str, *, form: ValueForm | None = None, end: EndForm | None = None
) -> str:
    found = queries.one_value(db.session(), of, code)
    fault = next((one for one in (form, end) if one is not None and one.errors), None)
    last = {"last_day": clock.today(), "version": found.version}
    return render_template(
        "admin/list_value.html",
        of=of,
        name=LIST_NAMES.get(of, of),
        value=found,
        form=form or ValueForm(formdata=None, data=_shown(found)),
        end=end or EndForm(formdata=None, data=last),
        fault=fault,
        form_errors=fault is not None,
        is_fixed=of in FIXED_LISTS,
    )


def _shown(found: CodeValue) -> dict[str, object]:
    names = ("name_vi", "name_en", "source", "valid_from", "version")
    return {name: getattr(found, name) for name in names}


def _read(form: ValueForm) -> editing.ValueData:
    return editing.ValueData(
        name_vi=form.name_vi.data or "",
        name_en=form.name_en.data or "",
        source=form.source.data or "",
        valid_from=form.valid_from.day,
    )


def _known(of: str) -> None:
    if of not in LIST_NAMES:
        raise Missing
