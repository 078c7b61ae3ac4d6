"""The own request for an account of a firm, and those that ask a firm's administrator."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField

from jobcenter.accounts.choices import Right
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.firm_request_form import RequestForm, values_of
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.labels import park_names
from jobcenter.enterprises import queries, request_queries, requests
from jobcenter.enterprises.choices import (
    LIVE_REQUESTS,
    REQUEST_KINDS,
    REQUEST_LABELS,
    REQUEST_VERBS,
    RequestState,
)
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

LABELS = {
    "request_labels": REQUEST_LABELS,
    "request_kinds": REQUEST_KINDS,
    "request_verbs": REQUEST_VERBS,
}


class OwnForm(RequestForm):
    """The request with a word to whoever answers."""

    text = LineField(N_("Nhắn thêm"), most=500)


class AnswerForm(Form):
    """What a firm's administrator answers."""

    reason = LineField(N_("Lý do"), most=500)
    is_admin = BooleanField(N_("Quản lý người dùng của công ty"))


@desk.route("/request", methods=["GET", "POST"])
@allow(Right.OWN_REQUEST)
def request_page() -> ResponseReturnValue:
    """Show where the own request stands; send one, or what was asked for."""
    if me().enterprise_id is not None:
        return redirect(url_for("enterprise.firm"))
    sent = request_queries.own(db.session(), me())
    is_live = sent is not None and sent.state in LIVE_REQUESTS
    form = OwnForm(data=values_of(sent) if sent is not None else {"name": me().name})
    if form.validate_on_submit():
        before = once.already(form)
        if before:
            return redirect(before)
        try:
            _write(form, sent if is_live else None)
            once.remember(form, url_for("enterprise.request_page"))
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("Đã gửi. Câu trả lời hiện ở trang này."), "success")
            return redirect(url_for("enterprise.request_page"))
    status = 422 if form.is_submitted() else 200
    return _own_page(form), status


def _write(form: OwnForm, live: Any) -> None:
    data, text = form.read(), form.text.data or ""
    if live is not None:
        requests.answer(
            db.session(), request=live, data=data, text=text, version=form.seen_version(), by=me()
        )
    else:
        requests.send(db.session(), data=data, text=text, by=me())


def _own_page(form: OwnForm) -> str:
    sent = request_queries.own(db.session(), me())
    return render_template(
        "enterprise/request.html",
        sent=sent,
        is_live=sent is not None and sent.state in LIVE_REQUESTS,
        shows_form=sent is None or sent.state is not RequestState.WAITING or form.is_submitted(),
        form=form,
        parks=park_names(),
        form_errors=bool(form.errors),
        **LABELS,
    )


@desk.post("/request/withdraw")
@allow(Right.OWN_REQUEST)
def withdraw_request() -> ResponseReturnValue:
    """Take the own request back."""
    sent = request_queries.own(db.session(), me())
    if sent is not None:
        requests.withdraw(db.session(), request=sent, by=me())
        db.session.commit()
    return redirect(url_for("enterprise.request_page"))


@desk.route("/requests/<uuid:request_key>", methods=["GET", "POST"])
@allow(Right.OWN_FIRM_USERS)
def join_request(request_key: uuid.UUID) -> ResponseReturnValue:
    """Show who asks to act for the firm, and answer."""
    found = request_queries.one(db.session(), request_key, me())
    form = AnswerForm(data={"version": found.version})
    if form.validate_on_submit():
        try:
            _answer(form, found)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("Đã trả lời %(name)s.", name=found.name), "success")
            return redirect(url_for("enterprise.users", firm_key=_firm_of(found).key))
    found = request_queries.one(db.session(), request_key, me())
    page = render_template(
        "enterprise/join_request.html",
        sent=found,
        firm=_firm_of(found),
        is_live=found.state in LIVE_REQUESTS,
        form=form,
        form_errors=bool(form.errors),
        **LABELS,
    )
    return page, 422 if form.is_submitted() else 200


def _firm_of(found: Any) -> Any:
    return queries.one(db.session(), found.enterprise.key, me())


def _answer(form: AnswerForm, found: Any) -> None:
    given: dict[str, Any] = {
        "request": found, "reason": form.reason.data or "", "version": form.seen_version(),
        "by": me(),
    }  # fmt: skip
    verb = request.form.get("verb", "")
    if verb == "grant":
        requests.grant_join(
            db.session(), enterprise=_firm_of(found), is_admin=bool(form.is_admin.data), **given
        )
    elif verb == "deny":
        requests.deny(db.session(), **given)
    elif verb == "ask-more":
        requests.ask_more(db.session(), **given)
    else:
        raise Refused(N_("Không có việc nào như vậy."))
