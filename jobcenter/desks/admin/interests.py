"""Every declared tie of the centre's people to firms: who manages accounts adds and ends them."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import find_user
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.editing import create
from jobcenter.desks.forms import Form, LineField
from jobcenter.enterprises import interests, queries
from jobcenter.enterprises.choices import INTEREST_LABELS, Interest
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


class DeclareForm(Form):
    """Whose tie to which firm."""

    login = LineField(N_("Tên đăng nhập"), most=80, needed=True)
    firm = LineField(N_("Doanh nghiệp"), most=200, needed=True)
    kind = RadioField(
        N_("Liên quan thế nào"),
        choices=lambda: [(one.value, INTEREST_LABELS[one]) for one in Interest],
    )
    note = LineField(N_("Ghi chú"), most=300)


@desk.route("/interests", methods=["GET", "POST"])
@allow(Right.USERS_MANAGE)
def all_interests() -> ResponseReturnValue:
    """List every declaration, take another."""
    form = DeclareForm()
    return create(
        form,
        act=lambda: _declare(form),
        leads_to=lambda _made: url_for("admin.all_interests"),
        told=lambda made: _("Đã ghi cho %(name)s.", name=made.user.name),
        show=lambda: _page(form),
    )


def _page(form: DeclareForm) -> str:
    return render_template(
        "admin/interests.html",
        form=form,
        declared=interests.declared(db.session()),
        kinds=INTEREST_LABELS,
        end=lambda one: url_for("admin.end_interest", key=one.key),
        form_errors=bool(form.errors),
    )


def _declare(form: DeclareForm) -> Any:
    user = find_user(db.session(), form.login.data or "")
    if user is None:
        raise Refused(N_("Không có tài khoản nào tên như vậy."), field="login")
    firm = queries.read_firm(db.session(), form.firm.data or "", field="firm")
    if firm is None:
        raise Refused(N_("Cần điền mục này."), field="firm")
    return interests.declare(
        db.session(), user=user, enterprise=firm, kind=Interest(form.kind.data),
        note=form.note.data or "", by=me(),
    )  # fmt: skip


@desk.post("/interests/<uuid:key>/end")
@allow(Right.USERS_MANAGE)
def end_interest(key: uuid.UUID) -> ResponseReturnValue:
    """End a declaration, with the reason."""
    found = interests.one(db.session(), key)
    interests.end(db.session(), interest=found, why=request.form.get("why", "")[:300], by=me())
    db.session.commit()
    flash(_("Đã kết thúc lời khai của %(name)s.", name=found.user.name), "success")
    return redirect(url_for("admin.all_interests"))
