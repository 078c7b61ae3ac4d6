"""What stands today: files, openings, introductions, each with a way down to its rows."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.catalogue.queries import occupation_names
from jobcenter.desks.access import allow, me
from jobcenter.desks.manager.blueprint import desk
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import Slice
from jobcenter.referrals import queries as referrals
from jobcenter.seekers import queries as seekers
from jobcenter.seekers.choices import STATE_LABELS, FileState
from jobcenter.vacancies import queries as vacancies

_MOST_ASKED = 6  # occupations shown; the school's page has them all


@desk.get("/overview")
@allow(Right.OVERVIEW)
def overview() -> ResponseReturnValue:
    """Show the counts of today; the year's report comes with its own desk."""
    counts = seekers.counted(db.session(), me())
    demand = vacancies.demand(db.session(), clock.today())
    coded = [row for row in demand if row.occupation_code][:_MOST_ASKED]
    return render_template(
        "manager/overview.html",
        counts=counts,
        labels=STATE_LABELS,
        looking=counts[FileState.LOOKING],
        placed=counts[FileState.PLACED],
        openings=sum(row.openings for row in demand),
        open_vacancies=sum(row.vacancies for row in demand),
        asked=referrals.asked(db.session(), me(), Slice(1, 1)).total,
        demand=coded,
        names=occupation_names(db.session(), [row.occupation_code or "" for row in coded]),
    )
