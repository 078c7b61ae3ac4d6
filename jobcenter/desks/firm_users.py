"""The users of a firm: one page for the firm's administrator and for the centre alike."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField

from jobcenter.accounts.choices import INVITATION_DAYS, INVITATION_KINDS, INVITATION_LABELS, Role
from jobcenter.accounts.invitations import InvitationData
from jobcenter.desks import once
from jobcenter.desks.access import me
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.invitations import keep_link, mail_link, take_link
from jobcenter.enterprises import members, queries, request_queries
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.settings.queries import setting


class InviteForm(Form):
    """Whom to invite to the firm."""

    name = LineField(N_("Họ và tên"), needed=True)
    email = LineField(N_("Email"))
    login = LineField(N_("Tên đăng nhập gợi ý"), most=80)
    is_admin = BooleanField(N_("Quản lý người dùng của công ty"))


@dataclass(frozen=True)
class Places:
    """Where the page of one desk lives; each takes the firm (and the row) it is about."""

    template: str
    page: Callable[[Any], str]
    user: Callable[[Any, uuid.UUID], str]
    invitation: Callable[[Any, uuid.UUID], str]
    left: Callable[[], str]


def show(places: Places, enterprise: Any) -> ResponseReturnValue:
    """Show the users and invitations; take an invitation."""
    form = InviteForm()
    if form.validate_on_submit():
        before = once.already(form)
        if before:
            return redirect(before)
        try:
            invitation, token = members.invite(
                db.session(),
                enterprise=enterprise,
                data=InvitationData(
                    name=form.name.data or "",
                    role=Role.ENTERPRISE_USER,
                    login_hint=form.login.data or "",
                    email=form.email.data or "",
                ),
                is_admin=bool(form.is_admin.data),
                days=_days(),
                by=me(),
            )
            once.remember(form, places.page(enterprise))
            mail_link(invitation, token)
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            keep_link(invitation, token)
            return redirect(places.page(enterprise))
    return page(places, enterprise, form), 422 if form.is_submitted() else 200


def page(places: Places, enterprise: Any, form: InviteForm, refused: Refused | None = None) -> str:
    """Return the page as it stands."""
    return render_template(
        places.template,
        enterprise=enterprise,
        form=form,
        members=queries.members(db.session(), enterprise),
        invitations=queries.invitations(db.session(), enterprise),
        asking=request_queries.waiting_for(db.session(), enterprise),
        link=take_link(),
        places=places,
        refused=refused,
        invitation_labels=INVITATION_LABELS,
        invitation_kinds=INVITATION_KINDS,
        form_errors=bool(form.errors),
    )


def act_on_user(places: Places, enterprise: Any, user_key: uuid.UUID) -> ResponseReturnValue:
    """Remove a user of the firm, or change who administers it."""
    user, _member = queries.member(db.session(), enterprise, user_key)
    verb, is_me = request.form.get("verb", ""), user.id == me().user_id
    done = {
        "remove": _("Đã bỏ %(name)s khỏi công ty; mọi nơi đã đăng nhập đều thoát.", name=user.name),
        "make-admin": _("%(name)s nay là quản trị của công ty.", name=user.name),
        "make-user": _("%(name)s nay là người dùng thường.", name=user.name),
    }
    try:
        _apply(verb, enterprise, user.id)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return page(places, enterprise, InviteForm(formdata=None), refused), 422
    flash(done[verb], "success")
    return redirect(places.left() if verb == "remove" and is_me else places.page(enterprise))


def _apply(verb: str, enterprise: Any, user_id: int) -> None:
    if verb == "remove":
        members.remove(db.session(), enterprise=enterprise, user_id=user_id, by=me())
    elif verb in ("make-admin", "make-user"):
        members.set_administrator(
            db.session(),
            enterprise=enterprise,
            user_id=user_id,
            is_admin=verb == "make-admin",
            by=me(),
        )
    else:
        raise Refused(N_("Không có việc nào như vậy."))


def act_on_invitation(
    places: Places, enterprise: Any, invitation_key: uuid.UUID
) -> ResponseReturnValue:
    """Send an invitation again with a new link, or take it back."""
    found = queries.invitation(db.session(), enterprise, invitation_key)
    try:
        if request.form.get("verb") == "resend":
            token = members.resend(
                db.session(), enterprise=enterprise, invitation=found, days=_days(), by=me()
            )
            mail_link(found, token)
            keep_link(found, token)
        elif request.form.get("verb") == "revoke":
            members.revoke(db.session(), enterprise=enterprise, invitation=found, by=me())
            flash(_("Đã thu hồi lời mời cho %(name)s.", name=found.name), "success")
        else:
            raise Refused(N_("Không có việc nào như vậy."))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return page(places, enterprise, InviteForm(formdata=None), refused), 422
    return redirect(places.page(enterprise))


def _days() -> int:
    return setting(db.session(), INVITATION_DAYS)
