"""The stock of blanks: received, spoiled, returned, counted."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.catalogue.choices import AWARD_LABELS, Award
from jobcenter.certificates import blanks as rules
from jobcenter.certificates import queries
from jobcenter.certificates.choices import BLANK_LABELS, ON_BLANKS, BlankState
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.forms import DateField, Form, LineField, NumberField
from jobcenter.desks.school.blueprint import desk
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


def _kinds() -> list[tuple[str, str]]:
    return [(one.value, _(AWARD_LABELS[one])) for one in ON_BLANKS]


class BlankForm(Form):
    """One act on the stock: `act` says which fields count."""

    award = SelectField(N_("Loại phôi"), choices=_kinds)


class ReceiveForm(BlankForm):
    """Blanks that came."""

    first = LineField(N_("Số hiệu đầu"), most=20, needed=True)
    count = NumberField(N_("Số tờ"), least=1, most=2000, needed=True)
    on = DateField(N_("Ngày nhận"))
    receipt = LineField(N_("Số phiếu giao"), most=60)


class EndForm(BlankForm):
    """A blank that goes out without a certificate."""

    state = SelectField(
        N_("Vì sao"),
        choices=lambda: [
            (one.value, _(BLANK_LABELS[one])) for one in (BlankState.SPOILED, BlankState.RETURNED)
        ],
    )
    serial = LineField(N_("Số hiệu"), most=20, needed=True)
    reason = LineField(N_("Lý do"), most=200, needed=True)


class CountForm(BlankForm):
    """What lies in the cupboard."""

    counted = NumberField(N_("Đếm được"), least=0, most=100_000, needed=True)
    note = LineField(N_("Ghi chú khi lệch sổ"), most=200)


FORMS = {"receive": ReceiveForm, "end": EndForm, "count": CountForm}


@desk.get("/blanks")
@allow(Right.SCHOOL)
def blanks() -> ResponseReturnValue:
    """Show the stock by kind and the forms of what is done with it."""
    return _page(None)


@desk.post("/blanks/<act>")
@allow(Right.SCHOOL)
def act_on_blanks(act: str) -> ResponseReturnValue:
    """Receive, take out or count."""
    kind = FORMS.get(act)
    here = url_for("school.blanks")
    if kind is None:
        return redirect(here, 303)
    form = kind()
    if before := once.already(form):
        return redirect(before, 303)
    if not form.validate():
        return _page(form), 422
    try:
        told = _done(form)
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(form), 422
    once.remember(form, here)
    db.session.commit()
    flash(told, "success")
    return redirect(here, 303)


def _done(form: Form) -> str:
    session, award = db.session(), Award(form.award.data)
    if isinstance(form, ReceiveForm):
        count = rules.receive(
            session, award=award, first=form.first.data or "", count=form.count.data or 0,
            on=form.on.day or clock.today(), receipt=form.receipt.data or "", by=me(),
        )  # fmt: skip
        return str(_("Đã nhập %(count)s phôi.", count=count))
    if isinstance(form, EndForm):
        rules.end(
            session, award=award, serial=form.serial.data or "",
            state=BlankState(form.state.data), reason=form.reason.data or "", by=me(),
        )  # fmt: skip
        return str(_("Đã ghi phôi %(serial)s.", serial=form.serial.data))
    row = rules.count(
        session, award=award, counted=form.counted.data or 0, note=form.note.data or "", by=me()
    )
    return str(_("Đếm %(counted)s, sổ %(expected)s.", counted=row.counted, expected=row.expected))


def _page(sent: Form | None) -> str:
    forms = {
        name: sent if isinstance(sent, kind) else kind(formdata=None, prefix="")
        for name, kind in FORMS.items()
    }
    return render_template(
        "school/certificates/blanks.html",
        forms=forms,
        sent=sent,
        stock=queries.stock(db.session()),
        counts=queries.last_counts(db.session()),
        next_blanks=queries.next_blanks(db.session()),
        states=BLANK_LABELS,
        award_labels=AWARD_LABELS,
    )
