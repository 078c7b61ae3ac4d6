"""Reading blanks, the register, safety papers that run out, orders."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, extract, func, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from jobcenter.accounts.choices import Right
from jobcenter.catalogue.choices import Award
from jobcenter.certificates.choices import ENDS, ON_BLANKS, BlankState, OrderState
from jobcenter.certificates.models import (
    Blank,
    BlankCount,
    Certificate,
    CertificateEvent,
    SafetyRecord,
    TrainingOrder,
)
from jobcenter.courses.models import Programme, TrainingClass
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, NotAllowed
from jobcenter.kernel.paging import Page, Slice
from jobcenter.people.models import Person
from jobcenter.people.queries import conditions
from jobcenter.teaching.models import Result


def require_school(by: Actor) -> None:
    """Refuse whoever does not keep the school's books."""
    if not by.may(Right.SCHOOL):
        raise NotAllowed


def stock(session: Session) -> dict[Award, dict[BlankState, int]]:
    """Return how many blanks of each kind are in each state."""
    rows = session.execute(
        select(Blank.award, Blank.state, func.count()).group_by(Blank.award, Blank.state)
    )
    found: dict[Award, dict[BlankState, int]] = {
        award: dict.fromkeys(BlankState, 0) for award in ON_BLANKS
    }
    for award, state, count in rows:
        found.setdefault(award, dict.fromkeys(BlankState, 0))[state] = count
    return found


def last_counts(session: Session) -> dict[Award, BlankCount]:
    """Return the last count of each kind of blanks."""
    rows = session.scalars(select(BlankCount).order_by(BlankCount.counted_on, BlankCount.id))
    return {one.award: one for one in rows}


def next_blanks(session: Session) -> dict[Award, str]:
    """Return the serial that comes next of each kind."""
    rows = session.execute(
        select(Blank.award, func.min(Blank.serial))
        .where(Blank.state == BlankState.IN_STOCK)
        .group_by(Blank.award)
    )
    return dict(rows.all())


def _whole(found: Select[Certificate]) -> Select[Certificate]:
    return found.options(
        contains_eager(Certificate.enrolment).contains_eager(Enrolment.person),
        contains_eager(Certificate.enrolment)
        .contains_eager(Enrolment.course)
        .joinedload(TrainingClass.programme),
        joinedload(Certificate.paper),
        selectinload(Certificate.events).joinedload(CertificateEvent.blank),
    )


def register(actor: Actor) -> Select[Certificate]:
    """Return the register for who keeps it; nobody else reads it."""
    require_school(actor)
    return (
        select(Certificate)
        .join(Certificate.enrolment)
        .join(Enrolment.person)
        .join(Enrolment.course)
    )


def one(session: Session, key: uuid.UUID, actor: Actor) -> Certificate:
    """Return a line of the register, or refuse."""
    found = session.scalar(_whole(register(actor).where(Certificate.key == key)))
    if found is None:
        raise Missing
    return found


def by_keys(session: Session, actor: Actor, keys: Collection[uuid.UUID]) -> Sequence[Certificate]:
    """Return lines of the register in their order."""
    found = register(actor).where(Certificate.key.in_(keys))
    return session.scalars(_whole(found).order_by(Certificate.id)).all()


def listed(
    session: Session, actor: Actor, window: Slice, *, award: Award | None = None,
    year: int | None = None, text: str = "",
) -> Page[Certificate]:  # fmt: skip
    """Return one page of the register, the latest first, ended ones among the others."""
    found = register(actor)
    if award is not None:
        found = found.where(Certificate.award == award)
    if year is not None:
        found = found.where(extract("year", Certificate.issued_on) == year)
    if text.strip():
        found = found.where(*conditions(session, text))
    ids = found.with_only_columns(Certificate.id).subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    rows = session.scalars(
        _whole(found).order_by(Certificate.id.desc()).limit(window.size).offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def of_enrolments(session: Session, ids: Collection[int]) -> dict[int, Certificate]:
    """Return the last certificate of each enrolment, standing or ended."""
    rows = session.scalars(
        select(Certificate)
        .where(Certificate.enrolment_id.in_(ids))
        .options(
            joinedload(Certificate.paper),
            selectinload(Certificate.events).joinedload(CertificateEvent.blank),
        )
        .order_by(Certificate.turn)
    )
    return {one.enrolment_id: one for one in rows}


def _has_standing() -> ColumnElement[bool]:
    ended = exists(
        select(CertificateEvent.id).where(
            CertificateEvent.certificate_id == Certificate.id, CertificateEvent.kind.in_(ENDS)
        )
    )
    return exists(
        select(Certificate.id).where(Certificate.enrolment_id == Result.enrolment_id, ~ended)
    )


def to_issue(session: Session, types: Collection[str]) -> list[tuple[TrainingClass, int]]:
    """Return (class, how many passed and hold no certificate) for these programme types."""
    waiting = (
        select(Enrolment.class_id, func.count(Result.id).label("people"))
        .join(Result, Result.enrolment_id == Enrolment.id)
        .where(Result.is_passed.is_(True), ~_has_standing())
        .group_by(Enrolment.class_id)
        .subquery()
    )
    rows = session.execute(
        select(TrainingClass, waiting.c.people)
        .join(waiting, waiting.c.class_id == TrainingClass.id)
        .join(Programme, Programme.id == TrainingClass.programme_id)
        .where(Programme.type.in_(types))
        .order_by(TrainingClass.ends_on, TrainingClass.id)
        .limit(100)
    )
    return [(course, count) for course, count in rows]


def records(session: Session, ids: Collection[int]) -> dict[int, SafetyRecord]:
    """Return the safety line of each enrolment."""
    rows = session.scalars(select(SafetyRecord).where(SafetyRecord.enrolment_id.in_(ids)))
    return {one.enrolment_id: one for one in rows}


def visible_records(actor: Actor) -> Select[SafetyRecord]:
    """Return the safety lines that the actor may read: the school all, a firm its own people's."""
    found = select(SafetyRecord).join(SafetyRecord.person)
    if actor.may(Right.SCHOOL):
        return found
    return found.where(SafetyRecord.enterprise_id.in_(actor.firm_ids))


def one_record(session: Session, key: uuid.UUID, actor: Actor) -> SafetyRecord:
    """Return a safety line, or refuse as if it were not there."""
    found = session.scalar(visible_records(actor).where(SafetyRecord.key == key))
    if found is None:
        raise Missing
    return found


def running_out(
    session: Session, actor: Actor, today: dt.date, *, days: int = 60,
    firm: uuid.UUID | None = None,
) -> Sequence[SafetyRecord]:  # fmt: skip
    """Return the papers that end within `days` or have ended, nobody who was trained again since.

    Those that ended more than a year ago are history.
    """
    later = aliased(SafetyRecord)
    again = exists(
        select(later.id).where(
            later.person_id == SafetyRecord.person_id,
            later.safety_group == SafetyRecord.safety_group,
            later.trained_on > SafetyRecord.trained_on,
        )
    )
    found = visible_records(actor).where(
        SafetyRecord.valid_to <= today + dt.timedelta(days=days),
        SafetyRecord.valid_to > today - dt.timedelta(days=365),
        ~again,
    )
    if firm is not None:
        found = found.where(SafetyRecord.enterprise.has(key=firm))
    return session.scalars(
        found.options(contains_eager(SafetyRecord.person), joinedload(SafetyRecord.enterprise))
        .order_by(SafetyRecord.enterprise_id, SafetyRecord.valid_to, Person.sort, SafetyRecord.id)
        .limit(1000)
    ).all()


@dataclass(frozen=True)
class RunningOut:
    """How many papers of a firm end: already, within 30 days, within 60."""

    name: str
    key: uuid.UUID | None
    counts: Mapping[int, int]


def by_firm(rows: Sequence[SafetyRecord], today: dt.date) -> list[RunningOut]:
    """Count papers that run out by firm and window (0: over, 30, 60 days)."""
    found: dict[int | None, tuple[str, uuid.UUID | None, dict[int, int]]] = {}
    for row in rows:
        firm = row.enterprise
        entry = found.setdefault(
            row.enterprise_id,
            (firm.name if firm else "", firm.key if firm else None, {0: 0, 30: 0, 60: 0}),
        )
        entry[2][window_of(row, today)] += 1
    return [RunningOut(*entry) for entry in found.values()]


def window_of(row: SafetyRecord, today: dt.date) -> int:
    """Return 0 for a paper that is over, 30 or 60 for one that soon will be."""
    left = ((row.valid_to or today) - today).days
    return 0 if left < 0 else 30 if left <= 30 else 60


def follow_up(session: Session, actor: Actor, course: TrainingClass) -> Sequence[SafetyRecord]:
    """Return the lines of the follow-up book that a class made."""
    found = visible_records(actor).join(SafetyRecord.enrolment)
    return session.scalars(
        found.where(Enrolment.class_id == course.id)
        .options(contains_eager(SafetyRecord.person), joinedload(SafetyRecord.enterprise))
        .order_by(Person.sort, SafetyRecord.id)
    ).all()


def without_card(session: Session, actor: Actor) -> Sequence[SafetyRecord]:
    """Return whose card the firm has not reported yet."""
    found = visible_records(actor).where(
        SafetyRecord.award == Award.SAFETY_CARD, SafetyRecord.card_number == ""
    )
    return session.scalars(
        found.options(contains_eager(SafetyRecord.person), joinedload(SafetyRecord.enterprise))
        .order_by(SafetyRecord.trained_on.desc(), Person.sort)
        .limit(200)
    ).all()


def trained_in(session: Session, year: int) -> tuple[int, int]:
    """Return (firms, people) trained in safety in a year; they are no part of the plan."""
    firms, people = session.execute(
        select(func.count(SafetyRecord.enterprise_id.distinct()), func.count()).where(
            SafetyRecord.trained_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
        )
    ).one()
    return firms, people


def orders(session: Session, actor: Actor) -> Sequence[TrainingOrder]:
    """Return the orders that the actor may read, those without an answer first."""
    found = select(TrainingOrder)
    if not actor.may(Right.SCHOOL):
        found = found.where(TrainingOrder.enterprise_id.in_(actor.firm_ids))
    return session.scalars(
        found.options(joinedload(TrainingOrder.enterprise), joinedload(TrainingOrder.course))
        .order_by((TrainingOrder.state != OrderState.ASKED), TrainingOrder.id.desc())
        .limit(200)
    ).all()


def one_order(session: Session, key: uuid.UUID, actor: Actor) -> TrainingOrder:
    """Return an order, or refuse as if it were not there."""
    found = select(TrainingOrder).where(TrainingOrder.key == key)
    if not actor.may(Right.SCHOOL):
        found = found.where(TrainingOrder.enterprise_id.in_(actor.firm_ids))
    row = session.scalar(found)
    if row is None:
        raise Missing
    return row
