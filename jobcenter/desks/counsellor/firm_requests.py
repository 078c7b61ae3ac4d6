"""The queue of firms' people who ask for an account: who asks, who looks alike, the answer."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField, RadioField

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.forms import Form, LineField
from jobcenter.enterprises import queries, request_queries, requests
from jobcenter.enterprises.choices import (
    LIKENESS_LABELS,
    LIVE_REQUESTS,
    REQUEST_KINDS,
    REQUEST_LABELS,
    REQUEST_VERBS,
    STANDING_KINDS,
    STANDING_LABELS,
    STANDING_SIGNS,
    Likeness,
    RequestState,
)
from jobcenter.enterprises.names import tax_number_doubt
from jobcenter.enterprises.request_queries import LookAlike
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_

LABELS = {
    "request_labels": REQUEST_LABELS,
    "request_kinds": REQUEST_KINDS,
    "request_verbs": REQUEST_VERBS,
    "likeness_labels": LIKENESS_LABELS,
    "standing_labels": STANDING_LABELS,
    "standing_kinds": STANDING_KINDS,
    "standing_signs": STANDING_SIGNS,
}


class DecisionForm(Form):
    """The answer, with why. `into` says what a yes makes: a new firm, a branch, or a joining."""

    into = RadioField(N_("Chấp nhận là"), validate_choice=False)
    reason = LineField(N_("Lý do"), most=500)
    is_admin = BooleanField(N_("Quản lý người dùng của công ty"))

    def offer(self, found: Any, alike: list[LookAlike]) -> None:
        """Offer what a yes can make, the likeliest ticked."""
        offered = [] if _is_known(alike) else [("new", _("Doanh nghiệp mới"))]
        for one in alike:
            key, name = one.enterprise.key, one.enterprise.name
            if one.reasons[0] is Likeness.SAME_ROOT and one.enterprise.parent is None:
                offered.append((f"branch:{key}", _("Chi nhánh mới của %(name)s", name=name)))
            offered.append((f"join:{key}", _("Người dùng của %(name)s", name=name)))
        self.into.choices = offered
        if not self.into.data:
            joins = found.enterprise is not None
            self.into.data = f"join:{found.enterprise.key}" if joins else offered[0][0]


def _is_known(alike: list[LookAlike]) -> bool:
    return any(Likeness.SAME_NUMBER in one.reasons for one in alike)


@desk.get("/firm-requests")
@allow(Right.ENTERPRISES_WRITE, Right.OVERVIEW)
def firm_requests() -> ResponseReturnValue:
    """List requests by state; the longest wait comes first."""
    wanted = request.args.get("state", RequestState.WAITING.value)
    state = RequestState(wanted) if wanted in set(RequestState) else RequestState.WAITING
    window = asked(request.args.get("page"), request.args.get("size"))
    return render_template(
        "counsellor/firm_requests.html",
        page=request_queries.listed(db.session(), me(), state=state, window=window),
        counts=request_queries.counted(db.session(), me()),
        state=state,
        **LABELS,
    )


@desk.get("/firm-requests/<uuid:request_key>")
@allow(Right.ENTERPRISES_WRITE, Right.OVERVIEW)
def firm_request(request_key: uuid.UUID) -> ResponseReturnValue:
    """Show a request beside the known firms that look alike."""
    return _page(request_key, DecisionForm(formdata=None)), 200


@desk.post("/firm-requests/<uuid:request_key>")
@allow(Right.ENTERPRISES_WRITE)
def decide_firm_request(request_key: uuid.UUID) -> ResponseReturnValue:
    """Grant, deny or ask for more."""
    found = request_queries.one(db.session(), request_key, me())
    form = DecisionForm()
    if form.validate():
        try:
            _decide(form, found)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("Đã trả lời %(name)s.", name=found.name), "success")
            return redirect(url_for("counsellor.firm_request", request_key=request_key))
    return _page(request_key, form), 422


def _decide(form: DecisionForm, found: Any) -> None:
    given: dict[str, Any] = {
        "request": found, "reason": form.reason.data or "", "version": form.seen_version(),
        "by": me(),
    }  # fmt: skip
    verb = request.form.get("verb", "")
    if verb == "deny":
        requests.deny(db.session(), **given)
    elif verb == "ask-more":
        requests.ask_more(db.session(), **given)
    elif verb == "grant":
        _grant(form, given)
    else:
        raise Refused(N_("Không có việc nào như vậy."))


def _grant(form: DecisionForm, given: dict[str, Any]) -> None:
    kind, _colon, key = (form.into.data or "").partition(":")
    if kind == "new":
        requests.grant_new(db.session(), parent=None, **given)
        return
    try:
        firm = queries.one(db.session(), uuid.UUID(key), me())
    except ValueError:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="into") from None
    if kind == "branch":
        requests.grant_new(db.session(), parent=firm, **given)
    else:
        is_admin = bool(form.is_admin.data)
        requests.grant_join(db.session(), enterprise=firm, is_admin=is_admin, **given)


def _page(request_key: uuid.UUID, form: DecisionForm) -> str:
    found = request_queries.one(db.session(), request_key, me())
    alike = request_queries.look_alikes(db.session(), found)
    form.offer(found, alike)
    if not form.is_submitted():
        form.version.data = str(found.version)
    return render_template(
        "counsellor/firm_request.html",
        sent=found,
        alike=alike,
        form=form,
        is_live=found.state in LIVE_REQUESTS,
        doubt=tax_number_doubt(found.tax_number),
        may_write=me().may(Right.ENTERPRISES_WRITE) and not me().is_partial_to(found.enterprise_id),
        form_errors=bool(form.errors),
        **LABELS,
    )
