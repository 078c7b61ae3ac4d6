"""The firm's own record, and those of its branches."""

from __future__ import annotations

import uuid
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.enterprises import queries, workforce
from jobcenter.enterprises.choices import STANDING_KINDS, STANDING_LABELS, STANDING_SIGNS
from jobcenter.kernel.db import db


@desk.get("/firm")
@allow(Right.OWN_FIRM_VIEW)
def firm() -> ResponseReturnValue:
    """Show what the centre keeps of the firm; a closed firm reads why here."""
    return _show(queries.own(db.session(), me()))


@desk.get("/firms/<uuid:firm_key>")
@allow(Right.OWN_FIRM)
def branch(firm_key: uuid.UUID) -> ResponseReturnValue:
    """Show the firm or one of its branches."""
    return _show(queries.one(db.session(), firm_key, me()))


def _show(enterprise: Any) -> str:
    return render_template(
        "enterprise/firm.html",
        enterprise=enterprise,
        is_own=enterprise.id == me().enterprise_id,
        members=queries.members(db.session(), enterprise),
        branches=queries.branches(db.session(), enterprise),
        is_closed=queries.is_closed(enterprise),
        figure=workforce.latest(db.session(), enterprise),
        closed=queries.closed_by(db.session(), enterprise),
        may_manage=me().may(Right.OWN_FIRM_USERS),
        may_work=me().may(Right.OWN_FIRM),
        standing_labels=STANDING_LABELS,
        standing_kinds=STANDING_KINDS,
        standing_signs=STANDING_SIGNS,
    )
