"""A firm's own people: whose safety paper runs out, cards it issued, classes it orders."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.catalogue.choices import AWARD_LABELS
from jobcenter.certificates import queries
from jobcenter.certificates import safety as rules
from jobcenter.certificates.choices import ORDER_KINDS, ORDER_LABELS, SAFETY
from jobcenter.courses import queries as courses
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.errors import words
from jobcenter.desks.forms import DateField, Form, LineField, NumberField
from jobcenter.desks.labels import code_label
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


def _types() -> list[tuple[str, str]]:
    rules_of = courses.rules_of_types(db.session())
    return [
        (of, code_label(of, "V")) for of, rows in sorted(rules_of.items())
        if rows[0].award in SAFETY
    ]  # fmt: skip


class OrderForm(Form):
    """A class that a firm wants."""

    type = SelectField(N_("Nhóm huấn luyện"), choices=_types)
    headcount = NumberField(N_("Số người"), least=1, most=2000, needed=True)
    wanted_on = DateField(N_("Muốn học từ ngày"))
    note = LineField(N_("Ghi chú"), most=300)


class CardForm(Form):
    """The card that the firm issued to somebody."""

    number = LineField(N_("Số thẻ"), most=40, needed=True)
    on = DateField(N_("Ngày cấp"), needed=True)


@desk.get("/safety")
@allow(Right.OWN_FIRM)
def safety() -> ResponseReturnValue:
    """Show the firm's people whose paper runs out within 60 days, and the form to order a class."""
    return _page(OrderForm(formdata=None))


def _page(form: OrderForm) -> str:
    session, today = db.session(), clock.today()
    rows = queries.running_out(session, me(), today)
    cards = queries.without_card(session, me())
    saw([row.person_id for row in (*rows, *cards)], Look.LIST)
    return render_template(
        "enterprise/safety.html",
        form=form,
        rows=rows,
        cards=cards,
        window_of=queries.window_of,
        award_labels=AWARD_LABELS,
        orders=queries.orders(session, me()),
        order_labels=ORDER_LABELS,
        order_kinds=ORDER_KINDS,
        fresh=lambda: CardForm(formdata=None),
    )


@desk.post("/safety")
@allow(Right.OWN_FIRM)
def order_safety() -> ResponseReturnValue:
    """Order a class."""
    form = OrderForm()
    here = url_for("enterprise.safety")
    if before := once.already(form):
        return redirect(before, 303)
    if not form.validate():
        return _page(form), 422
    try:
        rules.order(
            db.session(), enterprise_id=me().enterprise_id or 0, of=form.type.data,
            headcount=form.headcount.data or 1, wanted_on=form.wanted_on.day,
            note=form.note.data or "", by=me(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(form), 422
    once.remember(form, here)
    db.session.commit()
    flash(_("Đã gửi, nhà trường sẽ trả lời ở trang này."), "success")
    return redirect(here, 303)


@desk.post("/safety/<uuid:record_key>/card")
@allow(Right.OWN_FIRM)
def write_card(record_key: uuid.UUID) -> ResponseReturnValue:
    """Write the card that the firm issued."""
    entry = queries.one_record(db.session(), record_key, me())
    form = CardForm()
    here = url_for("enterprise.safety")
    if before := once.already(form):
        return redirect(before, 303)
    try:
        if not form.validate() or form.on.day is None:
            raise Refused(N_("Ghi số thẻ và ngày cấp."))
        rules.write_card(
            db.session(), entry=entry, number=form.number.data or "", on=form.on.day,
            version=form.seen_version(), by=me(),
        )  # fmt: skip
        once.remember(form, here)
        db.session.commit()
        flash(_("Đã ghi thẻ."), "success")
    except Refused as refused:
        db.session.rollback()
        flash(words(refused), "error")
    return redirect(here, 303)
