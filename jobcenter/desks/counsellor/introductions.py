"""Introductions that firms asked for and wait for."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import asked
from jobcenter.referrals import queries, rules


class DeclineForm(Form):
    """A no, with what the firm is told."""

    note = LineField(most=300, needed=True)


@desk.get("/introductions")
@allow(Right.MATCHES_READ)
def introductions() -> ResponseReturnValue:
    """Show the asks, the longest wait first."""
    page = queries.asked(db.session(), me(), asked(request.args.get("page")))
    saw([one.seeker.person_id for one in page.items], Look.LIST)
    may_write = me().may(Right.VACANCIES_WRITE)
    return render_template("counsellor/introductions.html", page=page, may_write=may_write)


@desk.post("/introductions/<uuid:key>/decline")
@allow(Right.VACANCIES_WRITE)
def decline_introduction(key: uuid.UUID) -> ResponseReturnValue:
    """Say no to a firm's ask."""
    referral = queries.one(db.session(), key, me())
    form = DeclineForm()
    if not form.validate():
        raise Refused(_("Ghi lý do cho doanh nghiệp biết."))
    rules.decline(
        db.session(), referral=referral, note=form.note.data or "", by=me(),
        version=form.seen_version(),
    )  # fmt: skip
    db.session.commit()
    flash(_("Đã trả lời doanh nghiệp: không giới thiệu."), "success")
    return redirect(url_for("counsellor.introductions"))
