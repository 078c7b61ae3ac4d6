"""The second step of signing in: a code of the phone, or one of the printed codes."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from jobcenter.accounts import factor, rules
from jobcenter.accounts.choices import SignInOutcome
from jobcenter.accounts.queries import find_half_open
from jobcenter.config import Settings
from jobcenter.desks.access import public
from jobcenter.desks.forms import Form, Needed
from jobcenter.desks.pages import safe_path
from jobcenter.desks.public.views import desk, note
from jobcenter.desks.signin import count_code, enter
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


class CodeForm(Form):
    """Six digits of now, or a recovery code."""

    code = StringField(N_("Mã xác thực"), [Needed()])


@desk.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_step() -> ResponseReturnValue:
    """Take the code; whoever comes without the first step goes back to it."""
    if find_half_open(db.session(), _token()) is None:
        return redirect(url_for("public.sign_in"))
    form, status = CodeForm(), 200
    if form.validate_on_submit():
        try:
            _complete(form.code.data or "")
            return redirect(safe_path(request.args.get("next")) or url_for("public.home"))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            status = 429 if isinstance(refused, rules.TooManyTries) else 422
    elif form.is_submitted():
        status = 422
    page = render_template("public/second_step.html", form=form, form_errors=bool(form.errors))
    return page, status


def _token() -> str:
    return str(session.get("half", ""))


def _complete(code: str) -> None:
    """Count the try, use the code up, and open the session in place of the half one."""
    settings: Settings = current_app.config["SETTINGS"]
    half = find_half_open(db.session(), _token())
    if half is None:
        raise factor.WrongCode
    user = half.user
    count_code(user)
    try:
        actor = Actor(user_id=user.id, name=user.name, role=user.role)
        factor.use(db.session(), user=user, code=code, by=actor)
    except factor.WrongCode:
        db.session.rollback()
        note(user, SignInOutcome.WRONG_CODE)
        raise
    half.ended_at = clock.now()
    note(user, SignInOutcome.OK)
    token = rules.start_session(
        db.session(),
        user=user,
        hours=settings.session_hours,
        browser=half.browser,
        address=request.remote_addr or "",
    )
    locale = session.get("locale", user.locale)
    db.session.commit()
    enter(token, locale)
