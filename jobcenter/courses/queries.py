"""Reading programmes, targets, classes and timetables. What is taught is no secret among staff."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from jobcenter.accounts.choices import Right
from jobcenter.catalogue.models import ProgrammeTypeRule
from jobcenter.courses.choices import LIVE, OVER, TAKING, ClassState
from jobcenter.courses.models import (
    ClassSession,
    Curriculum,
    PlanTarget,
    Programme,
    ProgrammeSkill,
    Trainer,
    TrainingClass,
    TrainingRoom,
)
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice

SORTS = {
    "start": (TrainingClass.starts_on, TrainingClass.id),
    "-start": (TrainingClass.starts_on.desc(), TrainingClass.id.desc()),
    "code": (TrainingClass.code, TrainingClass.id),
    "seats": ((TrainingClass.places - TrainingClass.taken).desc(), TrainingClass.id),
}


@dataclass(frozen=True)
class ClassFilter:
    """What a list of classes is narrowed to; empty means all that are not over."""

    text: str = ""
    state: ClassState | None = None
    type: str | None = None
    programme: uuid.UUID | None = None
    trainer: uuid.UUID | None = None
    year: int | None = None
    has_seats: bool = False
    sort: str = "-start"


def may_read(actor: Actor) -> bool:
    """Say whether the actor, of the centre or the school, may read classes."""
    return actor.may(Right.CLASSES_READ)


def visible_to(actor: Actor) -> Select[TrainingClass]:
    """Return the classes that `actor` may read.

    Staff all; a teacher those that they teach, wholly or in one session; a firm those that it
    ordered; a job seeker those that take people.
    """
    found = select(TrainingClass).join(TrainingClass.programme)
    if may_read(actor):
        return found
    if actor.may(Right.TEACH):
        return found.where(taught_by(actor))
    if actor.may(Right.OWN_FIRM):
        return found.where(TrainingClass.enterprise_id.in_(actor.firm_ids))
    open_to_all = (TrainingClass.state.in_(TAKING), TrainingClass.enterprise_id.is_(None))
    return found.where(*open_to_all) if actor.may(Right.OWN_FILE) else found.where(false())


def taught_by(actor: Actor) -> ColumnElement[bool]:
    """Say of a class whether the actor's account is that of one of its trainers."""
    me = select(Trainer.id).where(Trainer.account_id == (actor.user_id or 0))
    held = select(ClassSession.class_id).where(ClassSession.trainer_id.in_(me))
    return or_(TrainingClass.trainer_id.in_(me), TrainingClass.id.in_(held))


def one_class(session: Session, key: uuid.UUID, actor: Actor) -> TrainingClass:
    """Return one class with its programme, or refuse as if it were not there."""
    return _or_missing(session.scalar(_whole(visible_to(actor).where(TrainingClass.key == key))))


def classes_by_keys(
    session: Session, keys: Collection[uuid.UUID], actor: Actor
) -> Sequence[TrainingClass]:
    """Return the classes with these keys that the actor may read, by row number."""
    found = visible_to(actor).where(TrainingClass.key.in_(keys))
    return session.scalars(_whole(found).order_by(TrainingClass.id)).all()


def _whole(found: Select[TrainingClass]) -> Select[TrainingClass]:
    return found.options(
        contains_eager(TrainingClass.programme),
        joinedload(TrainingClass.trainer),
        joinedload(TrainingClass.room),
        joinedload(TrainingClass.enterprise),
    )


def _or_missing(row: TrainingClass | None) -> TrainingClass:
    if row is None:
        raise Missing
    return row


def listed(
    session: Session, actor: Actor, wanted: ClassFilter, window: Slice
) -> Page[TrainingClass]:
    """Return one page of the classes that fit `wanted`."""
    found = visible_to(actor).where(*_conditions(wanted))
    ids = found.with_only_columns(TrainingClass.id).subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    rows = session.scalars(
        _whole(found)
        .order_by(*SORTS.get(wanted.sort, SORTS["-start"]))
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def _conditions(wanted: ClassFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        TrainingClass.folded.contains(word, autoescape=True)
        for word in vietnamese.fold(wanted.text).split()[:6]
    ]
    if wanted.state is not None:
        found.append(TrainingClass.state == wanted.state)
    if wanted.type:
        found.append(Programme.type == wanted.type)
    if wanted.programme is not None:
        found.append(Programme.key == wanted.programme)
    if wanted.trainer is not None:
        teaching = select(Trainer.id).where(Trainer.key == wanted.trainer)
        found.append(TrainingClass.trainer_id.in_(teaching))
    if wanted.year is not None:
        first, last = dt.date(wanted.year, 1, 1), dt.date(wanted.year, 12, 31)
        found.append(TrainingClass.starts_on.between(first, last))
    if wanted.has_seats:
        found += [TrainingClass.state.in_(TAKING), TrainingClass.taken < TrainingClass.places]
    return found


def seats_left(course: TrainingClass) -> int:
    """Return how many places are free."""
    return course.places - course.taken


def takes_people(course: TrainingClass, today: dt.date) -> bool:
    """Say whether people may apply today."""
    late = course.enrol_until is not None and course.enrol_until < today
    return course.state in TAKING and not late


def taking(
    session: Session, actor: Actor, today: dt.date, *, programme_ids: Collection[int] | None = None
) -> Sequence[TrainingClass]:
    """Return the classes that people may apply to today, the first to start first."""
    in_time = or_(TrainingClass.enrol_until.is_(None), TrainingClass.enrol_until >= today)
    found = visible_to(actor).where(TrainingClass.state.in_(TAKING), in_time)
    if programme_ids is not None:
        found = found.where(TrainingClass.programme_id.in_(programme_ids))
    order = (TrainingClass.starts_on, TrainingClass.id)
    return session.scalars(_whole(found).order_by(*order).limit(200)).all()


def rule_of(session: Session, of: str, *, on: dt.date) -> ProgrammeTypeRule | None:
    """Return what held for a programme type on a day; the earliest one before its first day."""
    rules = select(ProgrammeTypeRule).where(ProgrammeTypeRule.type == of)
    found = session.scalar(
        rules.where(ProgrammeTypeRule.valid_from <= on)
        .order_by(ProgrammeTypeRule.valid_from.desc())
        .limit(1)
    )
    return found or session.scalar(rules.order_by(ProgrammeTypeRule.valid_from).limit(1))


def rules_of_types(session: Session) -> dict[str, list[ProgrammeTypeRule]]:
    """Return every rule by type, the latest first."""
    found: dict[str, list[ProgrammeTypeRule]] = {}
    order = (ProgrammeTypeRule.type, ProgrammeTypeRule.valid_from.desc())
    for row in session.scalars(select(ProgrammeTypeRule).order_by(*order)):
        found.setdefault(row.type, []).append(row)
    return found


def plan_types(session: Session, year: int) -> frozenset[str]:
    """Return the programme types whose learners count in the plan of a year."""
    types = rules_of_types(session)
    last = dt.date(year, 12, 31)
    return frozenset(
        code
        for code, rules in types.items()
        if next((r for r in rules if r.valid_from <= last), rules[-1]).counts_in_plan
    )


def programmes(
    session: Session, *, text: str = "", of: str | None = None, is_offered: bool | None = None
) -> Sequence[Programme]:
    """Return programmes by name."""
    found = select(Programme).options(selectinload(Programme.skills))
    for word in vietnamese.fold(text).split()[:6]:
        found = found.where(Programme.folded.contains(word, autoescape=True))
    if of:
        found = found.where(Programme.type == of)
    if is_offered is not None:
        found = found.where(Programme.is_offered.is_(is_offered))
    return session.scalars(found.order_by(Programme.name_vi, Programme.id).limit(500)).all()


def one_programme(session: Session, key: uuid.UUID) -> Programme:
    """Return a programme with its skills and curricula, or refuse."""
    found = session.scalar(
        select(Programme)
        .where(Programme.key == key)
        .options(
            selectinload(Programme.skills),
            selectinload(Programme.curricula).selectinload(Curriculum.modules),
        )
    )
    if found is None:
        raise Missing
    return found


def curriculum_on(session: Session, programme_id: int, on: dt.date) -> Curriculum | None:
    """Return the curriculum of a programme in force on a day."""
    return session.scalar(
        select(Curriculum)
        .where(Curriculum.programme_id == programme_id, Curriculum.valid_from <= on)
        .order_by(Curriculum.valid_from.desc())
        .limit(1)
    )


def programmes_for(session: Session, occupations: Collection[str]) -> Sequence[int]:
    """Return the ids of programmes that teach for one of these occupations, or for a wider one.

    A code of VSCO that begins another is the wider group: a skill linked to 721 serves 7212.
    """
    wider = {code[:length] for code in occupations for length in range(1, len(code) + 1)}
    found = select(ProgrammeSkill.programme_id).where(ProgrammeSkill.occupation_code.in_(wider))
    return session.scalars(found.distinct().order_by(ProgrammeSkill.programme_id)).all()


def targets(session: Session, year: int) -> dict[str, PlanTarget]:
    """Return the plan of a year by programme type."""
    rows = session.scalars(select(PlanTarget).where(PlanTarget.year == year))
    return {row.type: row for row in rows}


def target_years(session: Session) -> Sequence[int]:
    """Return the years that have a plan, the latest first."""
    return session.scalars(
        select(PlanTarget.year).distinct().order_by(PlanTarget.year.desc())
    ).all()


def trainers(session: Session, *, is_active: bool | None = None) -> Sequence[Trainer]:
    """Return trainers by name."""
    found = select(Trainer)
    if is_active is not None:
        found = found.where(Trainer.is_active.is_(is_active))
    return session.scalars(found.order_by(Trainer.name, Trainer.id)).all()


def one_trainer(session: Session, key: uuid.UUID) -> Trainer:
    """Return a trainer, or refuse."""
    found = session.scalar(select(Trainer).where(Trainer.key == key))
    if found is None:
        raise Missing
    return found


def trainer_of_account(session: Session, user_id: int) -> Trainer | None:
    """Return the trainer who signs in with this account."""
    return session.scalar(select(Trainer).where(Trainer.account_id == user_id))


def rooms(session: Session, *, is_active: bool | None = None) -> Sequence[TrainingRoom]:
    """Return rooms by name."""
    found = select(TrainingRoom)
    if is_active is not None:
        found = found.where(TrainingRoom.is_active.is_(is_active))
    return session.scalars(found.order_by(TrainingRoom.name, TrainingRoom.id)).all()


def one_room(session: Session, key: uuid.UUID) -> TrainingRoom:
    """Return a room, or refuse."""
    found = session.scalar(select(TrainingRoom).where(TrainingRoom.key == key))
    if found is None:
        raise Missing
    return found


def sessions_of(session: Session, course: TrainingClass) -> Sequence[ClassSession]:
    """Return every session of a class in time, cancelled ones too."""
    return session.scalars(
        select(ClassSession)
        .where(ClassSession.class_id == course.id)
        .options(
            joinedload(ClassSession.module),
            joinedload(ClassSession.trainer),
            joinedload(ClassSession.room),
        )
        .order_by(ClassSession.day, ClassSession.starts_at, ClassSession.id)
    ).all()


def one_session(session: Session, key: uuid.UUID, course: TrainingClass) -> ClassSession:
    """Return a session of this class, or refuse."""
    found = session.scalar(
        select(ClassSession).where(ClassSession.key == key, ClassSession.class_id == course.id)
    )
    if found is None:
        raise Missing
    return found


def sessions_between(
    session: Session, actor: Actor, first: dt.date, last: dt.date
) -> Sequence[ClassSession]:
    """Return the sessions of the actor's classes from one day to another that take place."""
    mine = visible_to(actor).with_only_columns(TrainingClass.id)
    running = TrainingClass.state.not_in(OVER)
    return session.scalars(
        select(ClassSession)
        .join(ClassSession.course)
        .where(
            ClassSession.day.between(first, last),
            ClassSession.cancelled_at.is_(None),
            ClassSession.class_id.in_(mine),
            running,
        )
        .options(
            contains_eager(ClassSession.course),
            joinedload(ClassSession.module),
            joinedload(ClassSession.trainer),
            joinedload(ClassSession.room),
        )
        .order_by(ClassSession.day, ClassSession.starts_at, ClassSession.id)
    ).all()


def starting(
    session: Session, actor: Actor, first: dt.date, last: dt.date
) -> Sequence[TrainingClass]:
    """Return the live classes that start between two days."""
    found = visible_to(actor).where(
        TrainingClass.starts_on.between(first, last), TrainingClass.state.in_(LIVE)
    )
    order = (TrainingClass.starts_on, TrainingClass.id)
    return session.scalars(_whole(found).order_by(*order).limit(50)).all()


def counted(session: Session, actor: Actor) -> dict[ClassState, int]:
    """Return how many classes the actor may read are in each state."""
    columns = (TrainingClass.state, func.count())
    found = visible_to(actor).with_only_columns(*columns).group_by(TrainingClass.state)
    return dict.fromkeys(ClassState, 0) | dict(session.execute(found).all())
