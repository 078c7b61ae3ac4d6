"""Reading accounts of learners, invoices, support that is due, sheets."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from jobcenter.accounts.choices import Right
from jobcenter.catalogue.queries import target_group_rule
from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, NotAllowed
from jobcenter.people.queries import families, identities
from jobcenter.seekers.models import Seeker, TargetGroup
from jobcenter.settings.queries import setting
from jobcenter.teaching.models import AttendanceDay
from jobcenter.teaching.queries import days_attended, is_locked
from jobcenter.tuition import choices
from jobcenter.tuition.choices import FeeKind, SupportKind
from jobcenter.tuition.models import (
    FeeLine,
    Invoice,
    PaymentSheet,
    SupportItem,
    SupportTerms,
)


def require_school(by: Actor) -> None:
    """Refuse whoever does not keep the school's books."""
    if not by.may(Right.SCHOOL):
        raise NotAllowed


@dataclass(frozen=True)
class Account:
    """What one learner's lines come to."""

    sums: dict[FeeKind, int] = field(default_factory=lambda: dict.fromkeys(FeeKind, 0))

    @property
    def owed(self) -> int:
        """Return what is still to be paid."""
        paid = self.sums[FeeKind.PAID] - self.sums[FeeKind.REFUNDED]
        return self.sums[FeeKind.DUE] - self.sums[FeeKind.WAIVED] - paid


def accounts(session: Session, ids: Collection[int]) -> dict[int, Account]:
    """Return the account of each enrolment."""
    found = {one: Account() for one in ids}
    rows = session.execute(
        select(FeeLine.enrolment_id, FeeLine.kind, func.sum(FeeLine.amount))
        .where(FeeLine.enrolment_id.in_(ids))
        .group_by(FeeLine.enrolment_id, FeeLine.kind)
    )
    for enrolment_id, kind, amount in rows:
        found[enrolment_id].sums[kind] = int(amount)
    return found


def lines(session: Session, ids: Collection[int]) -> Sequence[FeeLine]:
    """Return every line of these enrolments, the latest first."""
    return session.scalars(
        select(FeeLine).where(FeeLine.enrolment_id.in_(ids)).order_by(FeeLine.id.desc()).limit(200)
    ).all()


def invoices(session: Session, course: TrainingClass) -> Sequence[Invoice]:
    """Return the invoices of a class."""
    return session.scalars(
        select(Invoice)
        .where(Invoice.class_id == course.id)
        .options(selectinload(Invoice.payments))
        .order_by(Invoice.id)
    ).all()


def one_invoice(session: Session, key: uuid.UUID, course: TrainingClass) -> Invoice:
    """Return an invoice of this class, or refuse."""
    found = session.scalar(select(Invoice).where(Invoice.key == key, Invoice.class_id == course.id))
    if found is None:
        raise Missing
    return found


def sheets(session: Session, course: TrainingClass) -> Sequence[PaymentSheet]:
    """Return the payment sheets of a class."""
    return session.scalars(
        select(PaymentSheet)
        .where(PaymentSheet.class_id == course.id)
        .options(selectinload(PaymentSheet.items))
        .order_by(PaymentSheet.id)
    ).all()


def one_sheet(session: Session, key: uuid.UUID, course: TrainingClass) -> PaymentSheet:
    """Return a payment sheet of this class with its items, or refuse."""
    found = session.scalar(
        select(PaymentSheet)
        .where(PaymentSheet.key == key, PaymentSheet.class_id == course.id)
        .options(
            selectinload(PaymentSheet.items)
            .joinedload(SupportItem.enrolment)
            .joinedload(Enrolment.person)
        )
    )
    if found is None:
        raise Missing
    return found


def terms(session: Session, ids: Collection[int]) -> dict[int, SupportTerms]:
    """Return how far each learner lives."""
    rows = session.scalars(select(SupportTerms).where(SupportTerms.enrolment_id.in_(ids)))
    return {one.enrolment_id: one for one in rows}


def proven(session: Session, row: Enrolment) -> set[str]:
    """Return the target groups that a learner proves on the first day of the class."""
    on = row.course.starts_on
    found = {row.target_group} if row.target_group and row.proof_number else set()
    rows = session.scalars(
        select(TargetGroup)
        .join(Seeker, Seeker.id == TargetGroup.seeker_id)
        .where(
            Seeker.person_id.in_(identities(session, row.person_id)),
            TargetGroup.proof_number != "",
        )
    )
    for one in rows:
        begun = one.valid_from is None or one.valid_from <= on
        if begun and (one.valid_to is None or one.valid_to >= on):
            found.add(one.code)
    return found


def best_group(session: Session, row: Enrolment, *, is_hard_area: bool) -> tuple[str, int]:
    """Return (group, ceiling) of the best group that a learner proves; ("", 0) without any."""
    best = ("", 0)
    for code in sorted(proven(session, row)):
        rule = target_group_rule(session, code, on=row.course.starts_on)
        if rule is None:
            continue
        ceiling = (rule.support_special if is_hard_area else None) or rule.support or 0
        if ceiling > best[1]:
            best = (code, ceiling)
    return best


@dataclass(frozen=True)
class Due:
    """An amount of support that is due and was not paid."""

    enrolment_id: int
    person_id: int
    kind: SupportKind
    day: dt.date
    amount: int
    group: str


def due(
    session: Session, course: TrainingClass, learners: Sequence[Enrolment], first: dt.date,
    last: dt.date,
) -> list[Due]:  # fmt: skip
    """Return what public support owes these learners between two days and did not pay yet.

    Training up to the ceiling of the best group; a meal for each day really attended whose sheet
    is locked; travel by the distance. Nobody without support of their own gets any.
    """
    rows = [row for row in learners if row.support_turn is not None]
    ids = [row.id for row in rows]
    far, there = terms(session, ids), days_attended(session, ids)
    locked = _locked(session, course)
    same = families(session, [row.person_id for row in rows])
    paid = _paid(session, ids, {one for people in same.values() for one in people})
    found: list[Due] = []
    for row in rows:
        term = far.get(row.id)
        hard = term is not None and term.is_hard_area
        group, ceiling = best_group(session, row, is_hard_area=hard)
        if not group:
            continue
        once = [
            (SupportKind.TRAINING, min(ceiling, course.fee or 0)),
            (SupportKind.TRAVEL, _travel(session, course, term, hard, group)),
        ]
        amounts = [(kind, course.starts_on, amount) for kind, amount in once]
        meal = setting(session, choices.MEAL, on=course.starts_on)
        days = [day for day in there[row.id] if first <= day <= last and locked(day)]
        amounts += [(SupportKind.MEAL, day, meal) for day in days]
        for kind, day, amount in amounts:
            keys = {("person", one, kind, day) for one in same[row.person_id]}
            keys.add(("enrolment", row.id, kind, day))
            if amount and not keys & paid:
                paid |= keys  # somebody written twice in one class is paid once too
                found.append(Due(row.id, row.person_id, kind, day, amount, group))
    return found


def _travel(
    session: Session, course: TrainingClass, term: SupportTerms | None, is_hard: bool, group: str
) -> int:
    if term is None or term.distance_km is None:
        return 0
    on = course.starts_on
    eased = is_hard or group == choices.DISABLED
    if eased and term.distance_km >= setting(session, choices.TRAVEL_HARD_KM, on=on):
        return setting(session, choices.TRAVEL_HARD, on=on)
    if term.distance_km >= setting(session, choices.TRAVEL_KM, on=on):
        return setting(session, choices.TRAVEL, on=on)
    return 0


def _locked(session: Session, course: TrainingClass) -> Callable[[dt.date], bool]:
    rows = session.scalars(select(AttendanceDay).where(AttendanceDay.class_id == course.id))
    by_day = {one.day: one for one in rows}
    return lambda day: is_locked(session, by_day.get(day), day)


def _paid(session: Session, ids: Collection[int], people: Collection[int]) -> set[object]:
    rows = session.scalars(
        select(SupportItem).where(
            SupportItem.stands,
            SupportItem.enrolment_id.in_(ids) | SupportItem.person_id.in_(people),
        )
    )
    found: set[object] = set()
    for one in rows:
        found.add(("enrolment", one.enrolment_id, one.kind, one.day))
        found.add(("person", one.person_id, one.kind, one.day))
    return found


def owing(session: Session, actor: Actor) -> list[tuple[TrainingClass, int, int]]:
    """Return (class, learners that owe, money owed), the most money first."""
    require_school(actor)
    sign = func.sum(FeeLine.amount)
    rows = session.execute(
        select(FeeLine.enrolment_id, FeeLine.kind, sign).group_by(
            FeeLine.enrolment_id, FeeLine.kind
        )
    )
    found: dict[int, Account] = {}
    for enrolment_id, kind, amount in rows:
        found.setdefault(enrolment_id, Account()).sums[kind] = int(amount)
    owed = {one: account.owed for one, account in found.items() if account.owed > 0}
    of = session.execute(
        select(Enrolment.id, TrainingClass)
        .join(Enrolment.course)
        .where(Enrolment.id.in_(list(owed)))
    )
    by_class: dict[int, tuple[TrainingClass, int, int]] = {}
    for enrolment_id, course in of:
        _c, people, money = by_class.get(course.id, (course, 0, 0))
        by_class[course.id] = (course, people + 1, money + owed[enrolment_id])
    return sorted(by_class.values(), key=lambda one: (-one[2], one[0].id))


def unpaid_invoices(session: Session, actor: Actor) -> list[tuple[Invoice, TrainingClass]]:
    """Return the invoices that firms have not paid in full, the oldest first."""
    require_school(actor)
    rows = session.execute(
        select(Invoice, TrainingClass)
        .join(TrainingClass, TrainingClass.id == Invoice.class_id)
        .options(selectinload(Invoice.payments), joinedload(Invoice.enterprise))
        .order_by(Invoice.issued_on, Invoice.id)
        .limit(500)
    )
    return [(one, course) for one, course in rows if one.paid < one.amount]
