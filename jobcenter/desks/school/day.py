"""The school's day: sessions of today, classes about to start, offers about to run out."""

from __future__ import annotations

import datetime as dt

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.certificates import queries as certificates
from jobcenter.courses import queries as courses
from jobcenter.courses.choices import TAKING
from jobcenter.desks.access import allow, me
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.pages import WEEKDAYS
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.certificates import types_with_paper
from jobcenter.desks.sights import saw
from jobcenter.enrolments import queries
from jobcenter.enrolments.choices import EnrolState
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import Slice

DAYS_AHEAD = 21
MOST_OFFERS = 8


@desk.get("/day")
@allow(Right.SCHOOL)
def day() -> ResponseReturnValue:
    """Show what must be done today."""
    session, today = db.session(), clock.today()
    offers = queries.listed(session, me(), queries.EnrolmentFilter(due=True), Slice(1, 25))
    saw([one.person_id for one in offers.items[:MOST_OFFERS]], Look.LIST)
    starting = courses.starting(session, me(), today, today + dt.timedelta(days=DAYS_AHEAD))
    open_ones = courses.taking(session, me(), today)
    ids = [one.id for one in {*starting, *open_ones}]
    expiring = certificates.running_out(session, me(), today)
    return render_template(
        "school/day.html",
        weekday=WEEKDAYS[today.weekday()],
        sessions=courses.sessions_between(session, me(), today, today),
        tomorrow=courses.sessions_between(
            session, me(), today + dt.timedelta(days=1), today + dt.timedelta(days=1)
        ),
        starting=starting,
        open_ones=[one for one in open_ones if one.taken < one.places][:10],
        seats=sum(one.places - one.taken for one in open_ones),
        taking=len(open_ones),
        counts=queries.counts(session, ids),
        offers=offers,
        shown_offers=offers.items[:MOST_OFFERS],
        soon=clock.now() + dt.timedelta(hours=24),
        plan=[one for one in queries.plan_of(session, today.year) if one.counts],
        applied=queries.queued(session, EnrolState.APPLIED),
        waiting=queries.queued(session, EnrolState.WAITING),
        states_taking=TAKING,
        to_issue=certificates.to_issue(session, types_with_paper())[:8],
        expiring=certificates.by_firm(expiring, today)[:6],
        expiring_count=len(expiring),
        **WORDS,
    )
