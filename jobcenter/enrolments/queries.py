"""Reading enrolments, scoped to who asks; whose turn it is; how many the year has taken in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from jobcenter.accounts.choices import Right
from jobcenter.courses.choices import LIVE, ClassState, FillRule
from jobcenter.courses.models import ClassSession, Programme, TrainingClass
from jobcenter.courses.queries import plan_types, targets, taught_by
from jobcenter.courses.timetable import overlap
from jobcenter.enrolments.choices import (
    LEARNING,
    QUEUED,
    SEATED,
    STANDING,
    TAKEN_IN,
    EnrolState,
)
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.people.models import Person
from jobcenter.people.queries import conditions, identities, roots, stand_ins
from jobcenter.seekers.models import Seeker


@dataclass(frozen=True)
class EnrolmentFilter:
    """What a list of enrolments is narrowed to; empty means all."""

    text: str = ""
    state: EnrolState | None = None
    funding: str | None = None
    type: str | None = None
    course: uuid.UUID | None = None
    year: int | None = None
    due: bool = False  # offers about to run out


def reads_all(actor: Actor) -> bool:
    """Say whether the actor may read everybody's enrolments."""
    return actor.may(Right.SCHOOL) or (
        actor.may(Right.CLASSES_READ) and actor.may(Right.SEEKERS_READ)
    )


def visible_to(actor: Actor) -> Select[Enrolment]:
    """Return the enrolments that `actor` may read.

    A teacher those of the classes that they teach, a firm those it sent, a person their own.
    """
    found = select(Enrolment).join(Enrolment.person).join(Enrolment.course)
    if reads_all(actor):
        return found
    if actor.may(Right.TEACH):
        return found.where(taught_by(actor))
    if actor.may(Right.OWN_FIRM):
        return found.where(Enrolment.enterprise_id.in_(actor.firm_ids))
    merged = stand_ins()
    mine = actor.person_id or 0
    theirs = select(merged.c.person_id).where(merged.c.root_id == mine)
    return found.where((Enrolment.person_id == mine) | Enrolment.person_id.in_(theirs))


def _whole(found: Select[Enrolment]) -> Select[Enrolment]:
    return found.options(
        contains_eager(Enrolment.person),
        contains_eager(Enrolment.course).joinedload(TrainingClass.programme),
        joinedload(Enrolment.enterprise),
    )


def one(session: Session, key: uuid.UUID, actor: Actor) -> Enrolment:
    """Return one enrolment with person and class, or refuse as if it were not there."""
    found = session.scalar(_whole(visible_to(actor).where(Enrolment.key == key)))
    if found is None:
        raise Missing
    return found


def by_keys(session: Session, keys: Collection[uuid.UUID], actor: Actor) -> Sequence[Enrolment]:
    """Return those of these enrolments that the actor may read."""
    found = visible_to(actor).where(Enrolment.key.in_(keys))
    return session.scalars(_whole(found).order_by(Enrolment.id)).all()


def listed(
    session: Session, actor: Actor, wanted: EnrolmentFilter, window: Slice
) -> Page[Enrolment]:
    """Return one page of enrolments, the latest first; offers by the end of their time."""
    found = visible_to(actor).where(*_conditions(session, wanted))
    ids = found.with_only_columns(Enrolment.id).subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    order = (Enrolment.offer_until, Enrolment.id) if wanted.due else (Enrolment.id.desc(),)
    rows = session.scalars(_whole(found).order_by(*order).limit(window.size).offset(window.offset))
    return Page(rows.all(), window.number, window.size, total)


def _conditions(session: Session, wanted: EnrolmentFilter) -> list[ColumnElement[bool]]:
    text = wanted.text.strip()
    if text.upper().startswith("HV-"):
        found: list[ColumnElement[bool]] = [Enrolment.number == text.upper()]
    else:
        found = conditions(session, text) if text else []
    equal = {
        Enrolment.state: EnrolState.OFFERED if wanted.due else wanted.state,
        Enrolment.funding: wanted.funding or None,
        TrainingClass.key: wanted.course,
    }
    found += [column == value for column, value in equal.items() if value is not None]
    if wanted.type:
        of = select(Programme.id).where(Programme.type == wanted.type)
        found.append(TrainingClass.programme_id.in_(of))
    if wanted.year is not None:
        first, last = dt.date(wanted.year, 1, 1), dt.date(wanted.year, 12, 31)
        found.append(TrainingClass.starts_on.between(first, last))
    return found


def roster(session: Session, actor: Actor, course: TrainingClass) -> Sequence[Enrolment]:
    """Return the learners of a class by name; dropped ones at the end."""
    states = LEARNING | {EnrolState.DROPPED}
    found = visible_to(actor).where(Enrolment.class_id == course.id, Enrolment.state.in_(states))
    gone = case((Enrolment.state == EnrolState.DROPPED, 1), else_=0)
    return session.scalars(_whole(found).order_by(gone, Person.sort, Enrolment.id)).all()


def offered(session: Session, actor: Actor, course: TrainingClass) -> Sequence[Enrolment]:
    """Return who is invited into a class and has not answered, by the end of their time."""
    found = visible_to(actor).where(
        Enrolment.class_id == course.id, Enrolment.state == EnrolState.OFFERED
    )
    return session.scalars(_whole(found).order_by(Enrolment.offer_until, Enrolment.id)).all()


def past(session: Session, actor: Actor, course: TrainingClass) -> Sequence[Enrolment]:
    """Return who applied and is neither in the class nor in its line any more."""
    over = set(EnrolState) - STANDING - {EnrolState.DROPPED}
    found = visible_to(actor).where(Enrolment.class_id == course.id, Enrolment.state.in_(over))
    return session.scalars(_whole(found).order_by(Enrolment.id.desc()).limit(200)).all()


def turn(course: TrainingClass) -> tuple[Any, ...]:
    """Return the written rule of the class as an order: whose turn comes first."""
    proven = (Enrolment.target_group.is_not(None)) & (Enrolment.proof_number != "")
    first: tuple[Any, ...] = ()
    if course.fill_rule is FillRule.PRIORITY:
        first = (case((proven, 0), else_=1),)
    return (*first, Enrolment.applied_at, Enrolment.id)


def line(session: Session, course: TrainingClass) -> Sequence[Enrolment]:
    """Return who wants a place, in their turn: the rule is the same for staff and machine."""
    found = (
        select(Enrolment)
        .join(Enrolment.person)
        .join(Enrolment.course)
        .where(Enrolment.class_id == course.id, Enrolment.state.in_(QUEUED))
    )
    return session.scalars(_whole(found).order_by(*turn(course))).all()


def next_waiting(session: Session, course: TrainingClass) -> Enrolment | None:
    """Return whose turn it is on the waiting list; who has a better place already is passed."""
    better = aliased(Enrolment)
    has_better = exists(
        select(better.id).where(
            better.application_id == Enrolment.application_id,
            better.preference < Enrolment.preference,
            better.state.in_(SEATED),
        )
    )
    return session.scalar(
        select(Enrolment)
        .where(Enrolment.class_id == course.id, Enrolment.state == EnrolState.WAITING, ~has_better)
        .order_by(*turn(course))
        .limit(1)
    )


def standing(session: Session, person_id: int, class_id: int) -> Enrolment | None:
    """Return the standing enrolment of this human in a class, whichever record it hangs on."""
    return session.scalar(
        select(Enrolment).where(
            Enrolment.class_id == class_id,
            Enrolment.person_id.in_(identities(session, person_id)),
            Enrolment.state.in_(STANDING),
        )
    )


def of_person(session: Session, actor: Actor, person_id: int) -> Sequence[Enrolment]:
    """Return every enrolment of a human that the actor may read, the latest class first."""
    found = visible_to(actor).where(Enrolment.person_id.in_(identities(session, person_id)))
    order = (TrainingClass.starts_on.desc(), Enrolment.id.desc())
    return session.scalars(_whole(found).order_by(*order)).all()


def supports(session: Session, person_id: int) -> Sequence[Enrolment]:
    """Return the enrolments that public money paid for this human, the earliest first."""
    return session.scalars(
        select(Enrolment)
        .join(Enrolment.course)
        .where(
            Enrolment.person_id.in_(identities(session, person_id)),
            Enrolment.support_turn.is_not(None),
        )
        .options(contains_eager(Enrolment.course))
        .order_by(Enrolment.support_turn, Enrolment.id)
    ).all()


def meets(session: Session, person_id: int, course: TrainingClass) -> Sequence[TrainingClass]:
    """Return the other classes of this human whose sessions take place at the same hours."""
    mine, other = aliased(ClassSession), aliased(ClassSession)
    theirs = select(Enrolment.class_id).where(
        Enrolment.person_id.in_(identities(session, person_id)),
        Enrolment.state.in_((EnrolState.ENROLLED, EnrolState.OFFERED)),
    )
    busy = (
        select(other.class_id)
        .join(mine, overlap(mine, other))
        .where(mine.class_id == course.id, other.class_id.in_(theirs))
    )
    return session.scalars(
        select(TrainingClass).where(TrainingClass.id.in_(busy)).order_by(TrainingClass.id)
    ).all()


def counts(session: Session, class_ids: Collection[int]) -> dict[int, dict[EnrolState, int]]:
    """Return how many enrolments of each class are in each state."""
    rows = session.execute(
        select(Enrolment.class_id, Enrolment.state, func.count())
        .where(Enrolment.class_id.in_(class_ids))
        .group_by(Enrolment.class_id, Enrolment.state)
    )
    found: dict[int, dict[EnrolState, int]] = {one: {} for one in class_ids}
    for class_id, state, count in rows:
        found[class_id][state] = count
    return found


def due_offers(session: Session, now: dt.datetime) -> Sequence[tuple[int, int]]:
    """Return (enrolment, class) of the offers whose time is over."""
    rows = session.execute(
        select(Enrolment.id, Enrolment.class_id)
        .where(Enrolment.state == EnrolState.OFFERED, Enrolment.offer_until < now)
        .order_by(Enrolment.class_id, Enrolment.offer_until, Enrolment.id)
    )
    return [(row.id, row.class_id) for row in rows]


def queued(session: Session, state: EnrolState) -> int:
    """Return how many enrolments of live classes are in a state."""
    live = (TrainingClass.state.in_(LIVE), Enrolment.state == state)
    found = select(func.count()).select_from(Enrolment).join(Enrolment.course).where(*live)
    return session.scalar(found) or 0


def one_person(session: Session, key: uuid.UUID, actor: Actor) -> Person:
    """Return who is enrolled at the counter, by key; who stands for them, when merged.

    School staff and counsellors enrol anybody who comes; what they open is logged.
    """
    if not (actor.may(Right.SCHOOL) or actor.may(Right.SEEKERS_WRITE)):
        raise Missing
    person = session.scalar(select(Person).where(Person.key == key))
    if person is None:
        raise Missing
    root = roots(session, [person.id])[person.id]
    return person if root == person.id else session.get_one(Person, root)


def own_person(session: Session, actor: Actor) -> Person:
    """Return the person who is signed in, or refuse."""
    root = roots(session, [actor.person_id or 0])[actor.person_id or 0]
    person = session.get(Person, root)
    if person is None:
        raise Missing
    return person


def file_of(session: Session, person_id: int) -> Seeker | None:
    """Return the job seeker's file of a person, None for who only learns."""
    found = select(Seeker).where(Seeker.person_id.in_(identities(session, person_id)))
    return session.scalars(found.order_by(Seeker.id).limit(1)).first()


def sessions_of_person(
    session: Session, actor: Actor, first: dt.date, last: dt.date
) -> Sequence[ClassSession]:
    """Return the sessions that a person attends between two days, for their own timetable."""
    mine = visible_to(actor).where(Enrolment.state.in_(LEARNING))
    classes = mine.with_only_columns(Enrolment.class_id)
    return session.scalars(
        select(ClassSession)
        .where(
            ClassSession.class_id.in_(classes),
            ClassSession.day.between(first, last),
            ClassSession.cancelled_at.is_(None),
        )
        .options(
            joinedload(ClassSession.course),
            joinedload(ClassSession.module),
            joinedload(ClassSession.room),
        )
        .order_by(ClassSession.day, ClassSession.starts_at, ClassSession.id)
        .limit(400)
    ).all()


def people_with_keys(session: Session, keys: Collection[uuid.UUID]) -> Sequence[Person]:
    """Return the people that a page showed before, by their keys."""
    found = select(Person).where(Person.key.in_(keys), Person.merged_into_id.is_(None))
    return session.scalars(found.order_by(Person.sort, Person.id)).all()


@dataclass(frozen=True)
class PlanLine:
    """One programme type in a year: the target, who was taken in, whether it counts."""

    type: str
    target: int | None
    taken_in: int
    classes: int
    counts: bool


def plan_of(session: Session, year: int) -> list[PlanLine]:
    """Return plan and intake of a year by programme type, those that count first.

    A learner counts in the year in which the class begins, whether or not they finish.
    """
    in_year = TrainingClass.starts_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    rows = session.execute(
        select(Programme.type, func.count(Enrolment.id), func.count(TrainingClass.id.distinct()))
        .select_from(TrainingClass)
        .join(TrainingClass.programme)
        .outerjoin(
            Enrolment,
            and_(Enrolment.class_id == TrainingClass.id, Enrolment.state.in_(TAKEN_IN)),
        )
        .where(in_year, TrainingClass.state != ClassState.CANCELLED)
        .group_by(Programme.type)
    ).all()
    taken = {of: (people, classes) for of, people, classes in rows}
    goals, counting = targets(session, year), plan_types(session, year)
    types = sorted(taken.keys() | goals.keys(), key=lambda of: (of not in counting, of))
    return [
        PlanLine(
            of, goals[of].target if of in goals else None, *taken.get(of, (0, 0)), of in counting
        )
        for of in types
    ]


def unbalanced(session: Session) -> Sequence[TrainingClass]:
    """Return the classes whose `taken` is not the number of their seated people: never any."""
    seated = (
        select(func.count())
        .select_from(Enrolment)
        .where(Enrolment.class_id == TrainingClass.id, Enrolment.holds_seat)
        .scalar_subquery()
    )
    return session.scalars(
        select(TrainingClass).where(TrainingClass.taken != seated).order_by(TrainingClass.id)
    ).all()
