"""What was advised to one person: a page of the file."""

from __future__ import annotations

import uuid

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.advising import journal
from jobcenter.advising.choices import OUTCOME_LABELS
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.people.queries import identities
from jobcenter.seekers import queries

MOST = 100


@desk.get("/seekers/<uuid:key>/advice")
@allow(Right.SEEKERS_READ)
def seeker_advice(key: uuid.UUID) -> ResponseReturnValue:
    """Show what was advised, the last first."""
    found = queries.one(db.session(), key, me())
    saw(found.person_id, Look.FILE)
    people = identities(db.session(), found.person_id)
    return render_template(
        "counsellor/file/advice.html",
        **frame(found, "advice"),
        rows=journal.of_people(db.session(), me(), people, MOST),
        outcomes=OUTCOME_LABELS,
    )
