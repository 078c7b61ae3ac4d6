"""Setting up, renewing and leaving the second factor."""

from __future__ import annotations

import io

import segno
from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from jobcenter.accounts import factor, rules, sessions
from jobcenter.desks.access import early, me, signed_in
from jobcenter.desks.account.blueprint import desk
from jobcenter.desks.forms import Form, Needed
from jobcenter.desks.proof import proved
from jobcenter.desks.signin import count_code, hold, needs_factor, this_session
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_


class CodeForm(Form):
    """The code that the phone shows."""

    code = StringField(N_("Mã sáu số trên điện thoại"), [Needed()])


@desk.get("/factor")
@early
@signed_in
@proved
def second_factor() -> ResponseReturnValue:
    """Say whether the factor is on, or lead through setting it up."""
    return _page(CodeForm(formdata=None)), 200


def _page(form: CodeForm) -> str:
    user = this_session().user
    is_begun = user.totp_since is None and user.totp_secret is not None
    secret = user.totp_secret or ""
    return render_template(
        "account/factor.html",
        form=form,
        form_errors=bool(form.errors),
        user=user,
        is_begun=is_begun,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) if is_begun else "",
        is_required=needs_factor(user),
        codes_left=factor.codes_left(db.session(), user),
    )


@desk.get("/factor/qr.svg")
@early
@signed_in
@proved
def factor_picture() -> ResponseReturnValue:
    """Draw the QR code while the factor is being set up; afterwards it is never shown again."""
    user = this_session().user
    if user.totp_since is not None or user.totp_secret is None:
        raise Missing
    drawn = io.BytesIO()
    segno.make(factor.address(user), error="m").save(drawn, kind="svg", scale=5, border=2)
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@desk.post("/factor/begin")
@early
@signed_in
@proved
def begin_factor() -> ResponseReturnValue:
    """Make a new secret for the phone."""
    factor.begin(db.session(), user=this_session().user)
    db.session.commit()
    return redirect(url_for("account.second_factor"), 303)


@desk.post("/factor/confirm")
@early
@signed_in
@proved
def confirm_factor() -> ResponseReturnValue:
    """Turn the factor on with the first code; show the recovery codes, this once."""
    form, status = CodeForm(), 422
    if form.validate():
        try:
            count_code(this_session().user)
            here = this_session()
            codes = factor.confirm(db.session(), user=here.user, code=form.code.data or "", by=me())
            token = sessions.renew(db.session(), here)
            db.session.commit()
            hold(token)
            return render_template("account/codes.html", codes=codes)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            status = 429 if isinstance(refused, rules.TooManyTries) else 422
    return _page(form), status


@desk.post("/factor/codes")
@signed_in
@proved
def new_recovery_codes() -> ResponseReturnValue:
    """Replace the recovery codes and show them, this once."""
    codes = factor.new_codes(db.session(), user=this_session().user, by=me())
    db.session.commit()
    return render_template("account/codes.html", codes=codes)


@desk.post("/factor/remove")
@signed_in
@proved
def remove_factor() -> ResponseReturnValue:
    """Turn the factor off, where it is not required."""
    here = this_session()
    if needs_factor(here.user):
        raise Refused(N_("Vai trò của bạn phải có mã xác thực. Mất máy thì nhờ người quản trị."))
    factor.remove(db.session(), user=here.user, by=me())
    token = sessions.renew(db.session(), here)
    db.session.commit()
    hold(token)
    flash(_("Đã tắt mã xác thực. Mọi nơi khác đã đăng nhập đều thoát."), "success")
    return redirect(url_for("account.account"), 303)
