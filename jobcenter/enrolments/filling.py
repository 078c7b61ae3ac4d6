"""Sharing out the places of a class by its written rule: first shown, then done, by one function.

People who named several classes are shared out over all of them at once (see `allocation`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.courses import seats
from jobcenter.courses.choices import ClassState
from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments import rules
from jobcenter.enrolments.allocation import allocate
from jobcenter.enrolments.choices import ENROL_MOVES, QUEUED, SEATED, EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.enrolments.queries import line, next_waiting
from jobcenter.kernel.actor import Actor


@dataclass(frozen=True)
class Turn:
    """One person of the line: number in it, and whether this sharing gives them a place here.

    `instead` is the class that they get by a better wish, where it is another one.
    """

    number: int
    enrolment: Enrolment
    gets_place: bool
    instead: TrainingClass | None


@dataclass(frozen=True)
class Sharing:
    """What pressing the button would do: the line of the class, and the classes shared with it."""

    turns: Sequence[Turn]
    others: Sequence[TrainingClass]

    @property
    def placed(self) -> int:
        """Return how many of this line get a place in this class."""
        return sum(one.gets_place for one in self.turns)


def share(session: Session, course: TrainingClass) -> Sharing:
    """Return who gets a place by the rule, without changing anything."""
    group = _together(session, course)
    lines, given = _given(session, group)
    by_id = {one.id: one for one in group}
    turns = []
    for number, row in enumerate(lines[course.id], 1):
        got = given.get(row.person_id)
        instead = by_id[got] if got is not None and got != course.id else None
        turns.append(Turn(number, row, got == course.id, instead))
    return Sharing(turns, [one for one in group if one.id != course.id])


def _given(
    session: Session, group: Sequence[TrainingClass]
) -> tuple[dict[int, Sequence[Enrolment]], dict[int, int]]:
    """Return the line of each class, and the class that each person gets."""
    lines = {one.id: line(session, one) for one in group}
    given = allocate(
        _wishes(session, [row for rows in lines.values() for row in rows]),
        {class_id: [row.person_id for row in rows] for class_id, rows in lines.items()},
        {one.id: one.places - one.taken for one in group},
    )
    return lines, given


def _together(session: Session, course: TrainingClass) -> list[TrainingClass]:
    """Return the class and those that its people named too, and theirs, that are enrolling."""
    known: set[int] = {course.id}
    while True:
        people = select(Enrolment.application_id).where(
            Enrolment.class_id.in_(known), Enrolment.state.in_(QUEUED)
        )
        named = set(
            session.scalars(
                select(Enrolment.class_id)
                .join(Enrolment.course)
                .where(
                    Enrolment.application_id.in_(people),
                    Enrolment.state.in_(QUEUED),
                    TrainingClass.state == ClassState.ENROLLING,
                )
            )
        )
        if named <= known:
            break
        known |= named
    found = select(TrainingClass).where(TrainingClass.id.in_(known)).order_by(TrainingClass.id)
    return list(session.scalars(found))


def _wishes(session: Session, rows: Sequence[Enrolment]) -> dict[int, list[int]]:
    """Return what each person still asks for; nothing that is worse than a place they have."""
    applications = {row.application_id for row in rows if row.application_id is not None}
    seated = session.execute(
        select(Enrolment.application_id, Enrolment.preference).where(
            Enrolment.application_id.in_(applications), Enrolment.state.in_(SEATED)
        )
    )
    has = dict(seated.all())
    wishes: dict[int, list[int]] = {}
    for row in sorted(rows, key=lambda row: (row.preference, row.id)):
        mine = has.get(row.application_id or 0)
        if mine is None or row.preference < mine:
            wishes.setdefault(row.person_id, []).append(row.class_id)
    return wishes


def fill(session: Session, *, course: TrainingClass, by: Actor) -> int:
    """Share out: whoever gets a place is invited, the others wait; return how many are invited."""
    rules.require_school(by)
    group = _together(session, course)
    seats.lock(session, [one.id for one in group])
    lines, given = _given(session, group)
    invited = 0
    for class_id, rows in lines.items():
        for row in rows:
            if given.get(row.person_id) == class_id:
                rules.invite(session, row, by)
                invited += class_id == course.id
            elif row.state is EnrolState.APPLIED:
                row.state = ENROL_MOVES.after("queue", row.state)
    session.flush()
    return invited


def invite_next(session: Session, *, course: TrainingClass, by: Actor) -> int:
    """Offer every free place down the waiting list, also in a class that has begun."""
    rules.require_school(by)
    seats.lock(session, [course.id])
    count = 0
    while course.taken < course.places:
        row = next_waiting(session, course)
        if row is None:
            break
        rules.invite(session, row, by)
        count += 1
    return count
