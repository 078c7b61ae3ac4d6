"""The firm's own record."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.enterprises import queries
from jobcenter.enterprises.choices import STANDING_KINDS, STANDING_LABELS
from jobcenter.kernel.db import db


@desk.get("/firm")
@allow(Right.OWN_FIRM)
def firm() -> ResponseReturnValue:
    """Show what the centre keeps of the firm; the centre changes it on the firm's word."""
    enterprise = queries.own(db.session(), me())
    return render_template(
        "enterprise/firm.html",
        enterprise=enterprise,
        members=queries.members(db.session(), enterprise),
        standing_labels=STANDING_LABELS,
        standing_kinds=STANDING_KINDS,
    )
