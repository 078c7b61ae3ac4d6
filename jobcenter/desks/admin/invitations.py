"""Inviting staff: a link for one person and one role, sent again or taken back while it waits."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts import invitations as rules
from jobcenter.accounts import queries
from jobcenter.accounts.choices import (
    INVITATION_DAYS,
    INVITATION_KINDS,
    INVITATION_LABELS,
    ROLE_LABELS,
    STAFF,
    Right,
    Role,
)
from jobcenter.accounts.invitations import InvitationData
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.admin.blueprint import desk
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.invitations import keep_link, take_link
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.settings.queries import setting


class InviteForm(Form):
    """Whom to invite as what."""

    name = LineField(N_("Họ và tên"), needed=True)
    role = SelectField(
        N_("Vai trò"),
        choices=lambda: [(r.value, _(ROLE_LABELS[r])) for r in Role if r in STAFF],
        default=Role.COUNSELLOR.value,
    )
    login = LineField(N_("Tên đăng nhập gợi ý"), most=80)
    email = LineField(N_("Email"))


@desk.get("/invitations")
@allow(Right.USERS_MANAGE)
def invitations() -> ResponseReturnValue:
    """Every invitation, the last sent first; the link of a fresh one is shown once."""
    window = asked(request.args.get("page"), request.args.get("size"))
    return render_template(
        "admin/invitations.html",
        page=queries.invitations(db.session(), window=window),
        link=take_link(),
        roles=ROLE_LABELS,
        labels=INVITATION_LABELS,
        kinds=INVITATION_KINDS,
    )


@desk.route("/invitations/new", methods=["GET", "POST"])
@allow(Right.USERS_MANAGE)
def invite() -> ResponseReturnValue:
    """Invite a member of staff."""
    form = InviteForm()
    if form.validate_on_submit():
        if (led := once.already(form)) is not None:
            return redirect(led)
        try:
            data = InvitationData(
                name=form.name.data or "",
                role=Role(form.role.data),
                login_hint=form.login.data or "",
                email=form.email.data or "",
            )
            days = setting(db.session(), INVITATION_DAYS)
            found, token = rules.invite(db.session(), data=data, days=days, by=me())
            there = once.remember(form, url_for("admin.invitations"))
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            keep_link(found, token)
            return redirect(there)
    page = render_template("admin/invite.html", form=form, form_errors=bool(form.errors))
    return page, 422 if form.is_submitted() else 200


@desk.post("/invitations/<uuid:key>/resend")
@allow(Right.USERS_MANAGE)
def resend_invitation(key: uuid.UUID) -> ResponseReturnValue:
    """Give an invitation a new link; the old one is worth nothing."""
    found = queries.one_invitation(db.session(), key)
    days = setting(db.session(), INVITATION_DAYS)
    token = rules.resend(db.session(), invitation=found, days=days, by=me())
    db.session.commit()
    keep_link(found, token)
    return redirect(url_for("admin.invitations"))


@desk.post("/invitations/<uuid:key>/revoke")
@allow(Right.USERS_MANAGE)
def revoke_invitation(key: uuid.UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    found = queries.one_invitation(db.session(), key)
    rules.revoke(db.session(), invitation=found, by=me())
    db.session.commit()
    flash(_("Đã thu hồi lời mời cho %(name)s.", name=found.name), "success")
    return redirect(url_for("admin.invitations"))
