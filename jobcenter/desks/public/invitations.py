"""Taking up an invitation: choose a login and a password."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import PasswordField

from jobcenter.accounts import invitations, passwords
from jobcenter.accounts.choices import ROLE_LABELS
from jobcenter.accounts.queries import invitation_of
from jobcenter.accounts.rules import TooManyTries, count_guess
from jobcenter.config import Settings
from jobcenter.desks import once
from jobcenter.desks.access import public
from jobcenter.desks.forms import Form, LineField, Needed
from jobcenter.desks.public.views import desk
from jobcenter.desks.signin import role_needs_factor
from jobcenter.enterprises.members import join_invited
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


class AcceptForm(Form):
    """What the invited person chooses."""

    login = LineField(N_("Tên đăng nhập"), most=80, needed=True)
    password = PasswordField(N_("Mật khẩu"), [Needed()])
    again = PasswordField(N_("Nhập lại mật khẩu"), [Needed()])


@desk.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """Show what the invitation is to, and make the account."""
    found = invitation_of(db.session(), token)
    form = AcceptForm(data={"login": found.login_hint})
    before = once.already(form) if form.is_submitted() else None
    if before:
        return redirect(before)
    try:
        invitations.require_waiting(found)
    except invitations.InvitationOver as over:
        return render_template("public/invitation_over.html", why=over), 410
    status = 200
    if form.validate_on_submit():
        try:
            _accept(form, token)
            flash(_("Tài khoản đã sẵn sàng. Đăng nhập bằng tên và mật khẩu vừa chọn."), "success")
            return redirect(url_for("public.sign_in"))
        except invitations.InvitationOver as over:
            db.session.rollback()
            return render_template("public/invitation_over.html", why=over), 410
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            status = 429 if isinstance(refused, TooManyTries) else 422
    elif form.is_submitted():
        status = 422
    return _page(form, token), status


def _accept(form: AcceptForm, token: str) -> None:
    found = invitation_of(db.session(), token)
    if form.password.data != form.again.data:
        raise Refused(N_("Hai lần nhập mật khẩu khác nhau."), field="again")
    plain = passwords.check(
        form.password.data or "",
        login=form.login.data or "",
        name=found.name,
        has_factor=role_needs_factor(found.role),
    )
    settings: Settings = current_app.config["SETTINGS"]
    count_guess(
        db.session(),
        login="invitation",
        address=request.remote_addr or "",
        tries=settings.sign_in_tries,
        seconds=settings.sign_in_window_seconds,
    )
    db.session.commit()  # the try counts whatever follows, and no lock is held while hashing
    hashed = current_app.config["HASHER"].hash(plain)
    found = invitation_of(db.session(), token)
    user = invitations.accept(
        db.session(),
        invitation=found,
        token=token,
        login=form.login.data or "",
        password_hash=hashed,
    )
    join_invited(db.session(), invitation=found, user=user)
    once.remember(form, url_for("public.sign_in"))
    db.session.commit()


def _page(form: AcceptForm, token: str) -> str:
    found = invitation_of(db.session(), token)
    return render_template(
        "public/invitation.html",
        form=form,
        invitation=found,
        role_labels=ROLE_LABELS,
        form_errors=bool(form.errors),
        least=passwords.least(has_factor=role_needs_factor(found.role)),
    )
