"""Erasing the person of a request: what goes, what stays and why, then one act that is proved."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.privacy.blueprint import desk
from jobcenter.desks.proof import proved
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.privacy import erasing, queries, rules
from jobcenter.privacy.choices import Asked, Cause, RequestState
from jobcenter.privacy.labels import table_label


class EraseForm(Form):
    """Why the data go although they are still needed; asked where they are."""

    despite = LineField(N_("Vì sao vẫn xoá"), most=300)
    outcome = LineField(N_("Trả lời người hỏi"), most=300)


@desk.route("/data-requests/<uuid:key>/erase", methods=["GET", "POST"])
@allow(Right.PRIVACY)
@proved
def erase(key: uuid.UUID) -> ResponseReturnValue:
    """Show what an erasure would do, and do it."""
    session, form = db.session(), EraseForm()
    found = queries.one(session, key)
    if found.asked is not Asked.ERASE or found.state is not RequestState.OPEN:
        raise Missing
    person_id = found.person_id
    if person_id is None:
        flash(_("Ghi yêu cầu này của ai trước."), "warning")
        return redirect(url_for("privacy.one_request", key=key), 303)
    if form.validate_on_submit():
        try:
            erasing.erase_person(
                session, person_id=person_id, cause=Cause.REQUEST, by=me(),
                despite=form.despite.data or "", request_id=found.id,
            )  # fmt: skip
            rules.finish_erased(session, key=key, outcome=form.outcome.data or "", by=me())
            session.commit()
        except Refused as refused:
            session.rollback()
            form.refuse(refused)
        else:
            flash(_("Đã xoá khỏi mọi bảng. Chỉ mục và tệp xoá xong trong vài phút."), "success")
            return redirect(url_for("privacy.one_request", key=key), 303)
    page = render_template(
        "privacy/erase.html",
        request=queries.one(session, key),
        form=form,
        form_errors=bool(form.errors),
        holds=queries.holds_on(session, person_id),
        plan=queries.plan(session, person_id),
        table_label=table_label,
    )
    return page, 422 if form.errors else 200
