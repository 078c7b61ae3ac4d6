"""Accounts: list, add, change, block, set a password, sign-in history."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import PasswordField, SelectField

from jobcenter.accounts import passwords, queries, rules
from jobcenter.accounts.choices import ROLE_LABELS, SIGN_IN_LABELS, Right, Role
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.editing import Editing, edit, fresh
from jobcenter.desks.forms import Form, LineField, Needed
from jobcenter.desks.proof import proved
from jobcenter.desks.signin import role_needs_factor
from jobcenter.enterprises.interests import require_no_firm
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Slice, asked
from jobcenter.kernel.words import N_

if TYPE_CHECKING:
    from jobcenter.accounts.models import User

RECENT = Slice(1, 5)
STATES = {"active": N_("Được đăng nhập"), "blocked": N_("Đã khoá")}


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


class BlockForm(Form):
    """Why an account is closed."""

    reason = LineField(N_("Lý do khoá"), most=200, needed=True)


class PasswordForm(Form):
    """A new password for an account."""

    password = PasswordField(N_("Mật khẩu mới"), [Needed()])


@desk.get("/users")
@allow(Right.USERS_MANAGE)
def users() -> ResponseReturnValue:
    """List accounts, narrowed by name, role and state."""
    role, state = request.args.get("role", ""), request.args.get("state", "")
    text = vietnamese.clean_line(request.args.get("text", ""))[:80]
    found = queries.users(
        db.session(),
        text=text,
        role=Role(role) if role in set(Role) else None,
        active={"active": True, "blocked": False}.get(state),
        window=asked(request.args.get("page"), request.args.get("size")),
    )
    return render_template(
        "admin/users.html",
        page=found,
        text=text,
        role=role,
        state=state,
        roles=ROLE_LABELS,
        states=STATES,
        last=queries.last_sign_ins(db.session(), [user.id for user in found.items]),
    )


@desk.route("/users/new", methods=["GET", "POST"])
@allow(Right.USERS_MANAGE)
@proved
def add_user() -> ResponseReturnValue:
    """Create an account."""
    form = AddForm()
    if form.validate_on_submit():
        try:
            hashed = _hashed(
                form.password.data,
                login=form.login.data or "",
                name=form.name.data or "",
                role=Role(form.role.data),
            )
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
@proved
def user(key: uuid.UUID) -> ResponseReturnValue:
    """Show and change one account."""
    return edit(
        Editing(
            kind="user",
            read=lambda: queries.one_user(db.session(), key),
            form=lambda found, **kw: ChangeForm(data=_shown(found), **kw),
            save=_save,
            show=lambda form, _found: _page(key, form),
            told=lambda found: _("Đã lưu tài khoản %(login)s.", login=found.login),
            title=lambda found: found.login,
            back=url_for("admin.user", key=key),
        )
    )


def _save(found: User, form: Form) -> None:
    if Role(form["role"].data) is not Role.ENTERPRISE_USER:
        require_no_firm(db.session(), user=found)
    rules.change_user(
        db.session(),
        user=found,
        name=form["name"].data or "",
        role=Role(form["role"].data),
        version=form.seen_version() or 0,
        by=me(),
    )


@desk.post("/users/<uuid:key>/block")
@allow(Right.USERS_MANAGE)
@proved
def block_user(key: uuid.UUID) -> ResponseReturnValue:
    """Close an account, with a reason; every session of it ends."""
    found = queries.one_user(db.session(), key)
    form = BlockForm()
    if (led := once.already(form)) is not None:
        return redirect(led)
    if form.validate_on_submit():
        try:
            rules.block_user(
                db.session(),
                user=found,
                reason=form.reason.data or "",
                version=form.seen_version() or 0,
                by=me(),
            )
            there = once.remember(form, url_for("admin.user", key=key))
            db.session.commit()
            flash(
                _("Đã khoá %(login)s; mọi nơi đã đăng nhập đều thoát.", login=found.login),
                "success",
            )
            return redirect(there)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    return _page(key, block=form), 422


@desk.post("/users/<uuid:key>/unblock")
@allow(Right.USERS_MANAGE)
@proved
def unblock_user(key: uuid.UUID) -> ResponseReturnValue:
    """Open a blocked account again."""
    found = queries.one_user(db.session(), key)
    rules.unblock_user(db.session(), user=found, version=Form().seen_version() or 0, by=me())
    db.session.commit()
    flash(_("Đã mở lại tài khoản %(login)s.", login=found.login), "success")
    return redirect(url_for("admin.user", key=key))


@desk.post("/users/<uuid:key>/password")
@allow(Right.USERS_MANAGE)
@proved
def set_password(key: uuid.UUID) -> ResponseReturnValue:
    """Set a password; every session of the account ends."""
    found = queries.one_user(db.session(), key)
    form = PasswordForm()
    try:
        hashed = _hashed(form.password.data, login=found.login, name=found.name, role=found.role)
    except Refused as refused:
        form.refuse(refused)
        return _page(key, password=form), 422
    rules.set_password(db.session(), user=found, password_hash=hashed, by=me())
    db.session.commit()
    flash(_("Đã đổi mật khẩu của %(login)s; mọi nơi đã đăng nhập đều thoát.", login=found.login),
          "success")  # fmt: skip
    return redirect(url_for("admin.user", key=key))


@desk.get("/users/<uuid:key>/sign-ins")
@allow(Right.USERS_MANAGE)
def user_sign_ins(key: uuid.UUID) -> ResponseReturnValue:
    """Every try to sign in to one account."""
    return _sign_ins(queries.one_user(db.session(), key))


@desk.get("/sign-ins")
@allow(Right.USERS_MANAGE)
def sign_ins() -> ResponseReturnValue:
    """Every try to sign in, whoever it was, unknown logins too."""
    return _sign_ins(None)


def _sign_ins(user: User | None) -> ResponseReturnValue:
    failed = request.args.get("failed") == "yes"
    window = asked(request.args.get("page"), request.args.get("size"))
    return render_template(
        "admin/sign_ins.html",
        user=user,
        failed=failed,
        page=queries.sign_ins(db.session(), user=user, failed=failed, window=window),
        outcomes=SIGN_IN_LABELS,
    )


def _page(
    key: uuid.UUID,
    form: ChangeForm | None = None,
    *,
    block: BlockForm | None = None,
    password: PasswordForm | None = None,
) -> str:
    found = queries.one_user(db.session(), key)
    forms = [one for one in (form, block, password) if one is not None]
    fault = next((one for one in forms if one.errors), None)
    version = {"version": found.version}
    return render_template(
        "admin/user.html",
        user=found,
        roles=ROLE_LABELS,
        form=form or fresh(ChangeForm(formdata=None, data=_shown(found)), found),
        block=block or BlockForm(formdata=None, data=version),
        password=password or PasswordForm(formdata=None),
        least=passwords.least(has_factor=role_needs_factor(found.role)),
        tries=queries.sign_ins(db.session(), user=found, window=RECENT),
        outcomes=SIGN_IN_LABELS,
        fault=fault,
        form_errors=fault is not None,
    )


def _shown(user: User) -> dict[str, object]:
    return {"name": user.name, "role": user.role}


def _hashed(password: str | None, *, login: str, name: str, role: Role) -> str:
    """Hash a new password; no transaction is open, because a hash takes its time."""
    db.session.rollback()
    plain = passwords.check(
        password or "", login=login, name=name, has_factor=role_needs_factor(role)
    )
    return str(current_app.config["HASHER"].hash(plain))
