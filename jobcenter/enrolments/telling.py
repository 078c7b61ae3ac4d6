"""Telling who learns in a class, or waits for it, that something of it changes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.courses.models import ClassSession, TrainingClass
from jobcenter.enrolments.choices import QUEUED, EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock
from jobcenter.notices.rules import To, tell

_COMING = frozenset({EnrolState.ENROLLED, EnrolState.OFFERED})
When = tuple[dt.date, dt.time, dt.time, str]


def when(one: ClassSession) -> When:
    """Return what a learner has to know of a session: day, hours, where."""
    return one.day, one.starts_at, one.ends_at, one.room.name if one.room else ""


def session_cancelled(session: Session, course: TrainingClass, one: ClassSession) -> int:
    """Tell the learners that a session to come does not take place; return how many."""
    if one.day < clock.today():
        return 0
    values = {
        "course": course.name, "day": f"{one.day:%d/%m/%Y}", "from": f"{one.starts_at:%H:%M}",
        "why": one.cancel_reason,
    }  # fmt: skip
    return _tell(session, course, "class-session-cancelled", f"{one.key}/{one.version}", values)


def session_moved(session: Session, course: TrainingClass, one: ClassSession, before: When) -> int:
    """Tell the learners that a session has another day, hour or place; return how many."""
    after = when(one)
    if after == before or max(one.day, before[0]) < clock.today():
        return 0
    values = {
        "course": course.name, "before": f"{before[1]:%H:%M} {before[0]:%d/%m/%Y}",
        "after": f"{one.starts_at:%H:%M} {one.day:%d/%m/%Y}",
        "place": after[3] or course.place or "–",
    }  # fmt: skip
    return _tell(session, course, "class-session-moved", f"{one.key}/{one.version}", values)


def start_moved(session: Session, course: TrainingClass, before: dt.date) -> int:
    """Tell learners and who waits that the class begins on another day; return how many."""
    if course.starts_on == before or max(course.starts_on, before) < clock.today():
        return 0
    values = {
        "course": course.name, "before": f"{before:%d/%m/%Y}",
        "after": f"{course.starts_on:%d/%m/%Y}",
    }  # fmt: skip
    return _tell(
        session, course, "class-moved", f"{course.key}/{course.version}", values,
        with_queue=True,
    )  # fmt: skip


def class_cancelled(session: Session, course: TrainingClass) -> int:
    """Tell who waits for a class that it does not take place; return how many.

    A class in which somebody holds a place is not cancelled: they are moved or let go before.
    """
    values = {
        "course": course.name, "starts": f"{course.starts_on:%d/%m/%Y}",
        "why": course.cancel_reason,
    }  # fmt: skip
    return _tell(session, course, "class-cancelled", f"{course.key}", values, with_queue=True)


def _tell(
    session: Session, course: TrainingClass, template: str, mark: str, values: dict[str, str], *,
    with_queue: bool = False,
) -> int:  # fmt: skip
    states = _COMING | QUEUED if with_queue else _COMING
    people = session.scalars(
        select(Enrolment.person_id)
        .where(Enrolment.class_id == course.id, Enrolment.state.in_(states))
        .order_by(Enrolment.id)
    ).all()
    for person_id in people:
        tell(
            session, key=f"{template}/{mark}/{person_id}", template=template,
            to=To(person_id=person_id), href="/me/classes", params=dict(values),
        )  # fmt: skip
    return len(people)
