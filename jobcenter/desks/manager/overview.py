"""How many files, firms and openings there are, each with a way down to its rows."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.manager.blueprint import desk
from jobcenter.kernel.db import db
from jobcenter.seekers import queries as seekers
from jobcenter.seekers.choices import STATE_LABELS


@desk.get("/overview")
@allow(Right.OVERVIEW)
def overview() -> ResponseReturnValue:
    """Show the counts of today; the year's report comes with its own desk."""
    counts = seekers.counted(db.session(), me())
    return render_template("manager/overview.html", counts=counts, labels=STATE_LABELS)
