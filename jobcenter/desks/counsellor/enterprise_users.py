"""Who acts for a firm, seen and helped by the centre."""

from __future__ import annotations

import uuid

from flask import url_for
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks import firm_users
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.enterprises import queries
from jobcenter.kernel.db import db

PLACES = firm_users.Places(
    template="counsellor/enterprises_users.html",
    page=lambda firm: url_for("counsellor.enterprise_users", key=firm.key),
    user=lambda firm, key: url_for("counsellor.enterprise_user", key=firm.key, user_key=key),
    invitation=lambda firm, key: url_for(
        "counsellor.enterprise_invitation", key=firm.key, invitation_key=key
    ),
    left=lambda: url_for("counsellor.enterprises"),
)


@desk.route("/enterprises/<uuid:key>/users", methods=["GET", "POST"])
@allow(Right.ENTERPRISES_WRITE)
def enterprise_users(key: uuid.UUID) -> ResponseReturnValue:
    """List the firm's users, invite another."""
    return firm_users.show(PLACES, queries.one(db.session(), key, me()))


@desk.post("/enterprises/<uuid:key>/users/<uuid:user_key>")
@allow(Right.ENTERPRISES_WRITE)
def enterprise_user(key: uuid.UUID, user_key: uuid.UUID) -> ResponseReturnValue:
    """Remove a user of the firm, or change who administers it."""
    return firm_users.act_on_user(PLACES, queries.one(db.session(), key, me()), user_key)


@desk.post("/enterprises/<uuid:key>/invitations/<uuid:invitation_key>")
@allow(Right.ENTERPRISES_WRITE)
def enterprise_invitation(key: uuid.UUID, invitation_key: uuid.UUID) -> ResponseReturnValue:
    """Send an invitation again, or take it back."""
    firm = queries.one(db.session(), key, me())
    return firm_users.act_on_invitation(PLACES, firm, invitation_key)
