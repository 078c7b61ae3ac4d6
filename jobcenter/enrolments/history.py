"""Classes that are over, brought in as they were: from old books, from a sheet, for the demo.

The numbers are those of the year in which the class began; what the database holds of a class and
its people (places, one enrolment each, support once) holds for these too.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.catalogue.units import file_number
from jobcenter.courses import classes
from jobcenter.courses.choices import ClassState
from jobcenter.courses.data import ClassData
from jobcenter.courses.models import Programme, TrainingClass
from jobcenter.enrolments.choices import PUBLIC_FUNDING, SEATED, SERIES, EnrolState, Source
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock, series
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

MORNING = dt.time(8)


@dataclass(frozen=True, kw_only=True)
class PastLearner:
    """One person of a past class; `funding` None: as the class."""

    person_id: int
    state: EnrolState = EnrolState.COMPLETED
    funding: str | None = None
    target_group: str | None = None
    proof_number: str = ""
    enterprise_id: int | None = None
    job_title: str = ""


def bring_in(
    session: Session,
    *,
    programme: Programme,
    data: ClassData,
    learners: Sequence[PastLearner],
    by: Actor,
    state: ClassState = ClassState.CLOSED,
    decision: tuple[str, dt.date] | None = None,
    source: Source = Source.IMPORT,
) -> TrainingClass:
    """Write down a class with everybody in it, in a few statements; return the class."""
    course = classes.plan(session, programme=programme, data=data, by=by)
    for funding in {one.funding for one in learners if one.funding}:
        check_code(session, "W", funding, field="funding")
    seated = sum(one.state in SEATED for one in learners)
    if seated > data.places:
        raise Refused(N_("Lớp %(code)s đã hết chỗ."), code=course.code)
    course.state, course.taken = state, seated
    if decision is not None:
        course.decision_number, course.decision_on = decision
    session.flush()
    if learners:
        first = series.take(session, SERIES, data.starts_on.year, len(learners))
        rows = [_row(session, course, one, first + n, source) for n, one in enumerate(learners)]
        try:
            with session.begin_nested():
                session.execute(insert(Enrolment), rows)
        except IntegrityError as error:
            raise Refused(
                N_("Lớp %(code)s: có người ghi hai lần, hoặc đã được hỗ trợ ở lớp khác."),
                code=course.code,
            ) from error
    record(
        session, by=by, action="import-class", kind="class", subject_id=course.id,
        count=len(learners),
    )  # fmt: skip
    return course


def _row(
    session: Session, course: TrainingClass, one: PastLearner, number: int, source: Source
) -> dict[str, object]:
    now, funding = clock.now(), one.funding or course.funding
    applied = dt.datetime.combine(course.starts_on - dt.timedelta(days=14), MORNING, clock.LOCAL)
    learnt = one.state is not EnrolState.WAITING
    return {
        "key": uuid.uuid4(), "created_at": now, "changed_at": now, "version": 1,
        "number": file_number(session, "learner", number=number, on=course.starts_on),
        "person_id": one.person_id, "class_id": course.id, "preference": 1, "state": one.state,
        "holds_seat": one.state in SEATED, "source": source, "enterprise_id": one.enterprise_id,
        "job_title": one.job_title, "applied_at": applied,
        "enrolled_on": course.starts_on if learnt else None,
        "ended_on": course.ends_on if one.state is not EnrolState.ENROLLED and learnt else None,
        "funding": funding, "target_group": one.target_group, "proof_number": one.proof_number,
        "support_turn": 1 if funding in PUBLIC_FUNDING and learnt else None,
    }  # fmt: skip
