"""A firm's people ask for an account by themselves; the answer comes later, in the account."""

from __future__ import annotations

import secrets

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from jobcenter.accounts import passwords
from jobcenter.accounts.choices import Role
from jobcenter.accounts.queries import find_user, login_form
from jobcenter.accounts.rules import TooManyTries, add_user, count_guess
from jobcenter.config import Settings
from jobcenter.desks import once
from jobcenter.desks.access import public
from jobcenter.desks.firm_request_form import RequestForm
from jobcenter.desks.forms import LineField, Needed
from jobcenter.desks.labels import park_names
from jobcenter.desks.public.views import desk
from jobcenter.desks.signin import role_needs_factor
from jobcenter.enterprises import requests
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

KEPT = "signed_up"


class SignUpForm(RequestForm):
    """The request, and the account that it is to open."""

    login = LineField(N_("Tên đăng nhập mong muốn"), most=40, needed=True)
    password = PasswordField(N_("Mật khẩu"), [Needed()])
    again = PasswordField(N_("Nhập lại mật khẩu"), [Needed()])


@desk.route("/enterprise-sign-up", methods=["GET", "POST"])
@public
def sign_up() -> ResponseReturnValue:
    """Take a request with the account that waits for its answer."""
    form = SignUpForm()
    status = 200
    if form.is_submitted():
        status = 422
        before = once.already(form)
        if before:  # a second click: the answer of the first, its login, may not have arrived
            session[KEPT] = before
            return redirect(url_for("public.signed_up"))
    if form.validate_on_submit():
        try:
            session[KEPT] = _sign_up(form)
            return redirect(url_for("public.signed_up"))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            status = 429 if isinstance(refused, TooManyTries) else 422
    page = render_template(
        "public/sign_up.html",
        form=form,
        parks=park_names(),
        least=passwords.least(has_factor=role_needs_factor(Role.ENTERPRISE_USER)),
        form_errors=bool(form.errors),
    )
    return page, status


def _sign_up(form: SignUpForm) -> str:
    """Make account and request, and return the login; the throttle counts before the hash."""
    data = form.read()
    if form.password.data != form.again.data:
        raise Refused(N_("Hai lần nhập mật khẩu khác nhau."), field="again")
    wanted = login_form(form.login.data or "")
    plain = passwords.check(
        form.password.data or "",
        login=wanted,
        name=data.name,
        has_factor=role_needs_factor(Role.ENTERPRISE_USER),
    )
    if not wanted:
        raise Refused(N_("Cần tên đăng nhập."), field="login")
    settings: Settings = current_app.config["SETTINGS"]
    count_guess(
        db.session(),
        login="enterprise-sign-up",
        address=request.remote_addr or "",
        tries=settings.sign_up_tries,
        seconds=settings.sign_up_window_seconds,
    )
    db.session.commit()  # the try counts whatever follows, and no lock is held while hashing
    hashed = current_app.config["HASHER"].hash(plain)
    user = add_user(
        db.session(),
        login=_own_login(wanted),
        name=data.name,
        role=Role.ENTERPRISE_USER,
        password_hash=hashed,
        by=Actor(user_id=None, name=data.name, role=Role.ENTERPRISE_USER.value),
    )
    by = Actor(user_id=user.id, name=user.name, role=user.role.value)
    requests.send(db.session(), data=data, by=by)
    once.remember(form, user.login)
    db.session.commit()
    return user.login


def _own_login(wanted: str) -> str:
    """Return the wanted login with digits drawn behind it.

    Everybody gets digits, so nobody can learn from the form which logins exist.
    """
    while True:
        login = f"{wanted[:70]}-{secrets.randbelow(9000) + 1000}"
        if find_user(db.session(), login) is None:
            return login


@desk.get("/enterprise-sign-up/sent")
@public
def signed_up() -> ResponseReturnValue:
    """Tell the login, once: it stands in this browser's cookie until the page is opened."""
    login = session.pop(KEPT, None)
    if not isinstance(login, str):
        return redirect(url_for("public.sign_in"))
    return render_template("public/signed_up.html", login=login)
