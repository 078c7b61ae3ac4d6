"""The firm's own users: its administrators invite, remove and make administrators."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks import firm_users
from jobcenter.desks.access import allow, me
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.forms import Form
from jobcenter.enterprises import members, queries
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused

PLACES = firm_users.Places(
    template="enterprise/users.html",
    page=lambda firm: url_for("enterprise.users", firm_key=firm.key),
    user=lambda firm, key: url_for("enterprise.user", firm_key=firm.key, user_key=key),
    invitation=lambda firm, key: url_for(
        "enterprise.invitation", firm_key=firm.key, invitation_key=key
    ),
    left=lambda: url_for("public.home"),
)


@desk.route("/firms/<uuid:firm_key>/users", methods=["GET", "POST"])
@allow(Right.OWN_FIRM_USERS)
def users(firm_key: uuid.UUID) -> ResponseReturnValue:
    """List the users of the firm or a branch, invite another."""
    return firm_users.show(PLACES, queries.one(db.session(), firm_key, me()))


@desk.post("/firms/<uuid:firm_key>/users/<uuid:user_key>")
@allow(Right.OWN_FIRM_USERS)
def user(firm_key: uuid.UUID, user_key: uuid.UUID) -> ResponseReturnValue:
    """Remove a user, or change who administers the firm."""
    return firm_users.act_on_user(PLACES, queries.one(db.session(), firm_key, me()), user_key)


@desk.post("/firms/<uuid:firm_key>/invitations/<uuid:invitation_key>")
@allow(Right.OWN_FIRM_USERS)
def invitation(firm_key: uuid.UUID, invitation_key: uuid.UUID) -> ResponseReturnValue:
    """Send an invitation again, or take it back."""
    firm = queries.one(db.session(), firm_key, me())
    return firm_users.act_on_invitation(PLACES, firm, invitation_key)


@desk.route("/leave", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def leave() -> ResponseReturnValue:
    """Stop acting for the firm; asked once more before it is done."""
    firm = queries.own(db.session(), me())
    form, refused = Form(), None
    if form.validate_on_submit():
        try:
            members.remove(db.session(), enterprise=firm, user_id=me().user_id or 0, by=me())
            db.session.commit()
        except Missing:
            raise
        except Refused as error:
            db.session.rollback()
            refused = error
        else:
            flash(_("Đã rời %(name)s.", name=firm.name), "success")
            return redirect(url_for("public.home"))
    page = render_template("enterprise/leave.html", enterprise=firm, form=form, refused=refused)
    return page, 422 if form.is_submitted() else 200
