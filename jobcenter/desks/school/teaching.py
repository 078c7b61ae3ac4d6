"""What the teaching pages share, and a teacher's own classes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.courses import queries as courses
from jobcenter.courses.choices import OVER, STATE_KINDS, STATE_LABELS
from jobcenter.desks.access import allow, me
from jobcenter.desks.forms import Form
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.class_frame import tabs
from jobcenter.desks.sights import saw
from jobcenter.enrolments import queries as enrolments
from jobcenter.enrolments.choices import EnrolState
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.teaching import queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcenter.courses.models import TrainingClass
    from jobcenter.enrolments.models import Enrolment


class ActForm(Form):
    """A button whose second press gets the answer of the first."""


def course_of(key: uuid.UUID) -> TrainingClass:
    """Return a class that the reader may see."""
    return courses.one_class(db.session(), key, me())


def learners_of(course: TrainingClass) -> Sequence[Enrolment]:
    """Return who learns in a class, and note that they are seen."""
    rows = [
        one
        for one in enrolments.roster(db.session(), me(), course)
        if one.state is not EnrolState.DROPPED
    ]
    saw([one.person_id for one in rows], Look.LIST)
    return rows


def frame(course: TrainingClass, here: str) -> dict[str, Any]:
    """Return what stands around a teaching page: head, tabs, what the reader may do."""
    return {
        "course": course,
        "here": here,
        "teach_tabs": tabs(course, here),
        "may_write": queries.may_teach(me()) and course.state not in OVER,
        "may_decide": me().may(Right.SCHOOL) and course.state not in OVER,
        "may_unlock": me().may(Right.OVERVIEW),
        "own_only": me().may(Right.TEACH),
        "fresh": lambda: ActForm(formdata=None),
    }


@desk.get("/teaching")
@allow(Right.TEACH)
def teaching() -> ResponseReturnValue:
    """Show a teacher the classes that they teach, today's sessions first."""
    session, today = db.session(), clock.today()
    return render_template(
        "school/teach/own.html",
        today_sessions=courses.sessions_between(session, me(), today, today),
        classes=queries.own_classes(session, me()),
        states=STATE_LABELS,
        state_kinds=STATE_KINDS,
    )
