"""The counsellor's day: the search box first, then what came in last."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import Slice
from jobcenter.seekers import queries as seekers


@desk.get("/day")
@allow(Right.SEEKERS_WRITE)
def day() -> ResponseReturnValue:
    """Show the search box, the newest files and the vacancies that close soonest."""
    newest = seekers.listed(db.session(), me(), seekers.SeekerFilter(), Slice(1, 10))
    saw([one.person_id for one in newest.items], Look.LIST)
    counts = seekers.counted(db.session(), me())
    return render_template("counsellor/day.html", newest=newest, counts=counts)
