"""Accounts: list, add, change, set a password."""

from __future__ import annotations

import uuid

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField, PasswordField, SelectField

from jobcenter.accounts import queries, rules
from jobcenter.accounts.choices import ROLE_LABELS, Right, Role
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import Form, LineField, Needed
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_


def role_choices() -> list[tuple[str, str]]:
    """Return every role with its name."""
    return [(role.value, _(ROLE_LABELS[role])) for role in Role]


class AddForm(Form):
    """A new account."""

    login = LineField(N_("Tên đăng nhập"), most=80, needed=True)
    name = LineField(N_("Họ và tên"), needed=True)
    role = SelectField(N_("Vai trò"), choices=role_choices)
    password = PasswordField(N_("Mật khẩu đầu tiên"), [Needed()])


class ChangeForm(Form):
    """An existing account."""

    name = LineField(N_("Họ và tên"), needed=True)
    role = SelectField(N_("Vai trò"), choices=role_choices)
    active = BooleanField(N_("Được đăng nhập"))


class PasswordForm(Form):
    """A new password for an account."""

    password = PasswordField(N_("Mật khẩu mới"), [Needed()])


@desk.get("/users")
@allow(Right.USERS_MANAGE)
def users() -> ResponseReturnValue:
    """List accounts, narrowed by login and role."""
    role = request.args.get("role", "")
    text = request.args.get("text", "")[:80]
    found = queries.users(
        db.session(),
        text=text,
        role=Role(role) if role in set(Role) else None,
        window=asked(request.args.get("page"), request.args.get("size")),
    )
    return render_template("admin/users.html", page=found, text=text, role=role, roles=ROLE_LABELS)


@desk.route("/users/new", methods=["GET", "POST"])
@allow(Right.USERS_MANAGE)
def add_user() -> ResponseReturnValue:
    """Create an account."""
    form = AddForm()
    if form.validate_on_submit():
        try:
            hashed = _hashed(form.password.data)
            user = rules.add_user(
                db.session(),
                login=form.login.data or "",
                name=form.name.data or "",
                role=Role(form.role.data),
                password_hash=hashed,
                by=me(),
            )
            db.session.commit()
            flash(_("Đã thêm tài khoản %(login)s.", login=user.login), "success")
            return redirect(url_for("admin.users"))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    status = 422 if form.is_submitted() else 200
    page = render_template("admin/add_user.html", form=form, form_errors=bool(form.errors))
    return page, status


@desk.route("/users/<uuid:key>", methods=["GET", "POST"])
@allow(Right.USERS_MANAGE)
def user(key: uuid.UUID) -> ResponseReturnValue:
    """Show and change one account."""
    found = queries.one_user(db.session(), key)
    form = ChangeForm(data={"name": found.name, "role": found.role, "active": found.is_active,
                            "version": found.version})  # fmt: skip
    if form.validate_on_submit():
        try:
            rules.change_user(
                db.session(),
                user=found,
                name=form.name.data or "",
                role=Role(form.role.data),
                active=bool(form.active.data),
                version=form.seen_version() or 0,
                by=me(),
            )
            db.session.commit()
            flash(_("Đã lưu tài khoản %(login)s.", login=found.login), "success")
            return redirect(url_for("admin.users"))
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    status = 422 if form.is_submitted() else 200
    found = queries.one_user(db.session(), key)
    page = render_template(
        "admin/user.html", form=form, user=found, password=PasswordForm(formdata=None),
        form_errors=bool(form.errors),
    )  # fmt: skip
    return page, status


@desk.post("/users/<uuid:key>/password")
@allow(Right.USERS_MANAGE)
def set_password(key: uuid.UUID) -> ResponseReturnValue:
    """Set a password; every session of the account ends."""
    found = queries.one_user(db.session(), key)
    form = PasswordForm()
    hashed = _hashed(form.password.data)
    rules.set_password(db.session(), user=found, password_hash=hashed, by=me())
    db.session.commit()
    flash(_("Đã đổi mật khẩu của %(login)s; mọi nơi đã đăng nhập đều thoát.", login=found.login),
          "success")  # fmt: skip
    return redirect(url_for("admin.user", key=key))


def _hashed(password: str | None) -> str:
    """Hash a new password; no transaction is open, because a hash takes its time."""
    db.session.rollback()
    plain = rules.check_new_password(password or "")
    return str(current_app.config["HASHER"].hash(plain))
