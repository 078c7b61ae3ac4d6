"""What the vacancies ask for."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.catalogue.queries import occupation_names
from jobcenter.desks.access import allow
from jobcenter.desks.school.blueprint import desk
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.vacancies import queries


@desk.get("/demand")
@allow(Right.SCHOOL)
def demand() -> ResponseReturnValue:
    """Show open vacancies and openings by occupation, most openings first."""
    rows = queries.demand(db.session(), clock.today())
    codes = [row.occupation_code for row in rows if row.occupation_code]
    return render_template(
        "school/demand.html",
        rows=rows,
        names=occupation_names(db.session(), codes),
        vacancies=sum(row.vacancies for row in rows),
        openings=sum(row.openings for row in rows),
    )
