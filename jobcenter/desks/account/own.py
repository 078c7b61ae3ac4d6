"""One's own name, language, password and sessions."""

from __future__ import annotations

import uuid

from flask import current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import PasswordField, SelectField

from jobcenter.accounts import factor, passwords, queries, rules, sessions
from jobcenter.desks.access import me, signed_in
from jobcenter.desks.account.blueprint import desk
from jobcenter.desks.browsers import browser_name
from jobcenter.desks.forms import Form, LineField, Needed
from jobcenter.desks.proof import prove
from jobcenter.desks.signin import hold, needs_factor, this_session
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.kernel.words import N_


def languages() -> list[tuple[str, str]]:
    """Return the languages of the pages, each in its own words."""
    return [("vi", "Tiếng Việt"), ("en", "English")]


class OwnForm(Form):
    """What people may change of their account by themselves."""

    name = LineField(N_("Họ và tên"), needed=True)
    locale = SelectField(N_("Ngôn ngữ"), choices=languages)
    email = LineField(N_("Email nhận tin"), most=120)


class PasswordForm(Form):
    """The password of now and the one to be."""

    current = PasswordField(N_("Mật khẩu hiện tại"), [Needed()])
    password = PasswordField(N_("Mật khẩu mới"), [Needed()])
    again = PasswordField(N_("Nhập lại mật khẩu mới"), [Needed()])


@desk.route("/", methods=["GET", "POST"], strict_slashes=False)
@signed_in
def account() -> ResponseReturnValue:
    """Show one's account and change name and language."""
    user = this_session().user
    form = OwnForm(
        data={
            "name": user.name,
            "locale": user.locale,
            "email": user.email,
            "version": user.version,
        }
    )
    if form.validate_on_submit():
        try:
            rules.change_own(
                db.session(),
                user=user,
                name=form.name.data or "",
                locale=str(form.locale.data),
                email=form.email.data or "",
                version=form.seen_version(),
                by=me(),
            )
            db.session.commit()
            session["locale"] = user.locale
            flash(_("Đã lưu tài khoản của bạn."), "success")
            return redirect(url_for("account.account"), 303)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            if isinstance(refused, Stale):
                form.version.data = str(this_session().user.version)
    return _page(form), 422 if form.is_submitted() else 200


def _page(form: OwnForm) -> str:
    here = this_session()
    found = queries.own_sessions(db.session(), here.user_id)
    return render_template(
        "account/own.html",
        form=form,
        form_errors=bool(form.errors),
        user=here.user,
        here=here.key,
        places=[(one, browser_name(one.browser)) for one in found],
        codes_left=factor.codes_left(db.session(), here.user),
        is_required=needs_factor(here.user),
    )


@desk.route("/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    """Change one's password; every other place where one is signed in is signed out."""
    form, status = PasswordForm(), 200
    if form.validate_on_submit():
        try:
            _change(form)
            flash(_("Đã đổi mật khẩu. Mọi nơi khác đã đăng nhập đều thoát."), "success")
            return redirect(url_for("account.account"), 303)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            status = 429 if isinstance(refused, rules.TooManyTries) else 422
    elif form.is_submitted():
        status = 422
    least = passwords.least(has_factor=needs_factor(this_session().user))
    page = render_template(
        "account/password.html", form=form, form_errors=bool(form.errors), least=least
    )
    return page, status


def _change(form: PasswordForm) -> None:
    user = this_session().user
    plain = passwords.check(
        form.password.data or "", login=user.login, name=user.name, has_factor=needs_factor(user)
    )
    if form.password.data != form.again.data:
        raise Refused(N_("Hai lần nhập mật khẩu khác nhau."), field="again")
    if plain == form.current.data:
        raise Refused(N_("Mật khẩu mới phải khác mật khẩu hiện tại."), field="password")
    prove(form.current.data or "")
    db.session.rollback()  # hashing holds nothing
    hashed = current_app.config["HASHER"].hash(plain)
    here = this_session()
    rules.set_password(db.session(), user=here.user, password_hash=hashed, by=me())
    token = sessions.renew(db.session(), here)
    db.session.commit()
    hold(token)


@desk.post("/sessions/<uuid:key>/end")
@signed_in
def end_session(key: uuid.UUID) -> ResponseReturnValue:
    """Sign out somewhere else."""
    found = queries.own_session(db.session(), key, me().user_id or 0)
    sessions.end(db.session(), found, by=me())
    db.session.commit()
    flash(_("Đã đăng xuất ở nơi đó."), "success")
    return redirect(url_for("account.account"), 303)


@desk.post("/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """Sign out everywhere else."""
    count = sessions.end_others(db.session(), this_session(), by=me())
    db.session.commit()
    flash(_("Đã đăng xuất ở %(count)s nơi khác.", count=count), "success")
    return redirect(url_for("account.account"), 303)
