"""The words that people agree to: every version, and new ones for a later day."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.widgets import TextArea

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import names
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import DateField, Form, ProseField
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people import texts
from jobcenter.people.choices import PURPOSE_LABELS, Purpose


class TextForm(Form):
    """New words for a purpose."""

    purpose = SelectField(
        N_("Đồng ý việc gì"),
        choices=lambda: [(one.value, _(label)) for one, label in PURPOSE_LABELS.items()],
    )
    valid_from = DateField(N_("Áp dụng từ"), needed=True)
    text_vi = ProseField(N_("Lời văn tiếng Việt"), most=4000, needed=True, widget=TextArea())
    text_en = ProseField(N_("Lời văn tiếng Anh"), most=4000, needed=True, widget=TextArea())


@desk.get("/consent-texts")
@allow(Right.CATALOGUE_READ)
def consent_texts() -> ResponseReturnValue:
    """Every version of the words, by purpose."""
    return _page(TextForm(formdata=None))


@desk.post("/consent-texts")
@allow(Right.CATALOGUE_WRITE)
def add_consent_text() -> ResponseReturnValue:
    """Write down new words, in force from a later day."""
    form = TextForm()
    if before := once.already(form):
        return redirect(before)
    if form.validate_on_submit() and form.valid_from.day:
        try:
            texts.add_text(
                db.session(),
                purpose=Purpose(form.purpose.data),
                valid_from=form.valid_from.day,
                text_vi=form.text_vi.data or "",
                text_en=form.text_en.data or "",
                by=me(),
            )
            target = once.remember(form, url_for("admin.consent_texts"))
            db.session.commit()
            flash(_("Lời văn mới có hiệu lực từ %(day)s.", day=form.valid_from.data), "success")
            return redirect(target)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _page(form), 422


def _page(form: TextForm) -> str:
    rows = texts.every_text(db.session())
    return render_template(
        "admin/consent_texts.html",
        form=form,
        by_purpose={
            purpose: [row for row in rows if row.purpose == purpose] for purpose in Purpose
        },
        now=set(texts.in_force(db.session(), clock.today()).values()),
        purposes=PURPOSE_LABELS,
        writers=names(db.session(), [row.added_by_id for row in rows]),
        may_write=me().may(Right.CATALOGUE_WRITE),
        form_errors=bool(form.errors),
    )
