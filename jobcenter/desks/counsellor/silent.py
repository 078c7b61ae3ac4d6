"""The call list: firms that owe answers past their day, how they usually do, what they promise."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.desks.pages import date
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.referrals import responses


class PromiseForm(Form):
    """By which day a firm that was called will answer."""

    until = DateField(N_("Hẹn trả lời ngày"))
    note = LineField(N_("Ghi cuộc gọi"), most=200)


@desk.get("/silent-firms")
@allow(Right.VACANCIES_WRITE)
def silent_firms() -> ResponseReturnValue:
    """List the firms to call, who is late the longest first."""
    return _page(None, None)


def _page(key: uuid.UUID | None, form: PromiseForm | None) -> str:
    session, today = db.session(), clock.today()
    firms = responses.silent(session, me(), today=today)
    known = responses.responses(session, [one.firm.id for one in firms], today=today)
    return render_template(
        "counsellor/silent_firms.html",
        firms=firms,
        responses=known,
        tried={"key": key, "form": form},
        blank=PromiseForm(formdata=None),
    )


@desk.post("/silent-firms/<uuid:key>")
@allow(Right.VACANCIES_WRITE)
def promise_answers(key: uuid.UUID) -> ResponseReturnValue:
    """Write down the day on which a firm promised to answer."""
    session, form = db.session(), PromiseForm()
    target = url_for("counsellor.silent_firms")
    if before := once.already(form):
        return redirect(before)
    found = responses.one_silent(session, key, me(), today=clock.today())
    try:
        if not form.validate():
            return _page(key, form), 422
        until = form.until.day
        count = responses.promise(
            session, firm=found.firm, until=until, note=form.note.data or "", by=me()
        )
    except Refused as refused:
        form.refuse(refused)
        return _page(key, form), 422
    once.remember(form, target)
    session.commit()
    flash(_("%(firm)s hẹn trả lời %(count)s người trước %(day)s.", firm=found.firm.name,
            count=count, day=date(until)), "ok")  # fmt: skip
    return redirect(target)
