"""What a person of the centre may learn: classes that would open vacancies, classes they joined."""

from __future__ import annotations

import uuid

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.sights import saw
from jobcenter.enrolments import loop
from jobcenter.enrolments import queries as enrolments
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.seekers import queries

MOST = 20


@desk.get("/seekers/<uuid:key>/learning")
@allow(Right.SEEKERS_READ)
def seeker_learning(key: uuid.UUID) -> ResponseReturnValue:
    """Show the classes that would open vacancies to this person, and those that they joined."""
    found = queries.one(db.session(), key, me())
    saw(found.person_id, Look.FILE)
    return render_template(
        "counsellor/file/learning.html",
        doors=loop.doors(db.session(), found, me(), clock.today())[:MOST],
        rows=enrolments.of_person(db.session(), me(), found.person_id),
        supports=enrolments.supports(db.session(), found.person_id),
        may_enrol=me().may(Right.SEEKERS_WRITE),
        **frame(found, "learning"),
        **WORDS,
    )
