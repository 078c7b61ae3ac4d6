"""Jobs that fit the person who is signed in, for a phone."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow, me
from jobcenter.desks.seeker.blueprint import desk
from jobcenter.kernel.db import db
from jobcenter.matching import queries, rules
from jobcenter.seekers import queries as seekers

FEW, MANY = 10, 50


@desk.get("/jobs")
@allow(Right.OWN_FILE)
def jobs() -> ResponseReturnValue:
    """Show the open vacancies that fit best, pay first, each with its reason."""
    seeker = seekers.own(db.session(), me())
    all_of_them = request.args.get("show") == "all"
    found = queries.vacancies_for(
        db.session(), seeker=seeker, actor=me(), limit=MANY if all_of_them else FEW
    )
    rules.store_offers(found, by=me())
    return render_template("seeker/jobs.html", seeker=seeker, found=found, all_of_them=all_of_them)
