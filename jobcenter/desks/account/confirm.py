"""The page that asks for the password again before something weighty."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from jobcenter.accounts import rules
from jobcenter.desks.access import early, signed_in
from jobcenter.desks.account.blueprint import desk
from jobcenter.desks.forms import Form, Needed
from jobcenter.desks.pages import safe_path
from jobcenter.desks.proof import prove
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


class ProofForm(Form):
    """The password, typed again."""

    current = PasswordField(N_("Mật khẩu hiện tại"), [Needed()])


@desk.route("/confirm", methods=["GET", "POST"])
@early
@signed_in
def confirm() -> ResponseReturnValue:
    """Ask for the password and go on to the page that needs it."""
    form, status = ProofForm(), 200
    if form.validate_on_submit():
        try:
            prove(form.current.data or "")
            there = safe_path(request.args.get("next"))
            return redirect(there or url_for("account.account"), 303)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            status = 429 if isinstance(refused, rules.TooManyTries) else 422
    elif form.is_submitted():
        status = 422
    page = render_template("account/confirm.html", form=form, form_errors=bool(form.errors))
    return page, status
