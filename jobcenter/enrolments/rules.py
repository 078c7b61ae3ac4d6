"""Applying, coming in, waiting, offers, leaving.

Every verb locks its classes first, in the order of their row numbers, then the enrolment. A place
is taken and given back by a conditional UPDATE of the class in the same transaction, so of many at
once exactly as many get in as there are places; a place that falls free goes to whose turn it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.catalogue.units import file_number
from jobcenter.courses import seats
from jobcenter.courses.choices import ClassState, FillRule
from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments import support
from jobcenter.enrolments.choices import (
    ENROL_MOVES,
    MOST_CHOICES,
    OFFER_DAYS,
    QUEUED,
    REASONED,
    SEATED,
    SERIES,
    EnrolState,
    Source,
)
from jobcenter.enrolments.eligibility import blocking, grounds
from jobcenter.enrolments.models import Application, Enrolment
from jobcenter.enrolments.queries import due_offers, next_waiting
from jobcenter.enrolments.support import NO_PROOF, Proof
from jobcenter.kernel import clock, series, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.rules import To, tell
from jobcenter.people.models import Person
from jobcenter.settings.queries import setting

LATE_DAYS = 7  # after the first day nobody is invited by the machine any more
_BETTER = N_("Đã vào lớp nguyện vọng cao hơn")
_FULL = N_("Lớp %(code)s đã hết chỗ.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How an application came and what was said with it."""

    source: Source = Source.COUNTER
    proof: Proof = NO_PROOF
    funding: str | None = None
    enterprise_id: int | None = None
    job_title: str = ""
    note: str = ""


AT_COUNTER = Asked()


def may_act(by: Actor, *, person_id: int, enterprise_id: int | None) -> bool:
    """Say whether the actor may apply, answer and withdraw for this person."""
    if by.may(Right.SCHOOL) or by.may(Right.SEEKERS_WRITE):
        return True
    if by.may(Right.OWN_FIRM):
        return by.acts_for(enterprise_id)
    return by.may(Right.OWN_FILE) and by.person_id == person_id


def apply(
    session: Session,
    *,
    person: Person,
    courses: Sequence[TrainingClass],
    by: Actor,
    asked: Asked = AT_COUNTER,
) -> list[Enrolment]:
    """Apply for one to three classes, the dearest first.

    In a class where the first come first sits, a free place is taken at once and wishes after it
    are not needed; otherwise the application waits until the places are shared out.
    """
    if not may_act(by, person_id=person.id, enterprise_id=asked.enterprise_id):
        raise NotAllowed
    unique = list({course.id: course for course in courses}.values())
    if not 1 <= len(unique) <= MOST_CHOICES:
        raise Refused(N_("Chọn từ một đến %(most)s lớp."), field="courses", most=MOST_CHOICES)
    seats.lock(session, [course.id for course in unique])
    for course in unique:
        _require_eligible(session, person, course)
    application = Application(
        person_id=person.id, source=asked.source, made_by_id=by.user_id, note=asked.note
    )
    session.add(application)
    session.flush()
    made = []
    for rank, course in enumerate(unique, 1):
        row = _new(session, person, course, rank, application, asked)
        made.append(row)
        _note(session, row, "apply", by)
        if course.fill_rule is FillRule.PRIORITY and course.state is ClassState.ENROLLING:
            continue
        if _may_sit_at_once(session, row, course) and seats.take(session, course):
            _sit(session, row, EnrolState.ENROLLED, by)
            _release_worse(session, row, by)
            break
        row.state = EnrolState.WAITING
        session.flush()
    return made


def _may_sit_at_once(session: Session, row: Enrolment, course: TrainingClass) -> bool:
    """A free place belongs to whoever waits already; it is not for the latest to come."""
    waiting = next_waiting(session, course)
    return waiting is None or waiting.id == row.id


def _require_eligible(session: Session, person: Person, course: TrainingClass) -> None:
    against = blocking(grounds(session, person, course))
    if against:
        first = against[0]
        raise Refused(first.message, field="courses", **first.params)


def _new(
    session: Session, person: Person, course: TrainingClass, rank: int,
    application: Application, asked: Asked,
) -> Enrolment:  # fmt: skip
    today = clock.today()
    number = series.take(session, SERIES, today.year)
    funding = support.funding_for(session, person.id, asked.funding or course.funding)
    check_code(session, "W", funding, field="funding", kept=(course.funding,))
    row = Enrolment(
        number=file_number(session, "learner", number=number, on=today),
        person=person, course=course, application_id=application.id, preference=rank,
        state=EnrolState.APPLIED, holds_seat=False, source=asked.source,
        enterprise_id=asked.enterprise_id, job_title=asked.job_title, funding=funding,
        note=asked.note,
    )  # fmt: skip
    support.write_proof(session, row, asked.proof)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise Refused(N_("Người này đã có đơn vào lớp %(code)s."), field="courses",
                      code=course.code) from error  # fmt: skip
    return row


def enrol(session: Session, *, enrolment: Enrolment, by: Actor) -> None:
    """Bring a person into the class: out of the line into a free place, or from an offer."""
    _require(by, enrolment)
    if enrolment.state is not EnrolState.OFFERED and not by.may(Right.SCHOOL):
        raise NotAllowed
    _lock_all(session, enrolment)
    ENROL_MOVES.after("enrol", enrolment.state)
    if enrolment.state is EnrolState.OFFERED and _is_over(enrolment):
        raise Refused(N_("Lời mời đã hết hạn giữ chỗ."))
    if not enrolment.holds_seat and not seats.take(session, enrolment.course):
        raise Refused(_FULL, code=enrolment.course.code)
    _sit(session, enrolment, EnrolState.ENROLLED, by)
    _release_worse(session, enrolment, by)


def _is_over(enrolment: Enrolment) -> bool:
    return enrolment.offer_until is not None and enrolment.offer_until < clock.now()


def offer(session: Session, *, enrolment: Enrolment, by: Actor) -> None:
    """Hold a free place for a person until a day; they are told."""
    require_school(by)
    _lock_all(session, enrolment)
    invite(session, enrolment, by)


def invite(session: Session, row: Enrolment, by: Actor) -> None:
    """Hold a place for whoever it is the turn of; the class is locked by the caller."""
    ENROL_MOVES.after("offer", row.state)
    if not seats.take(session, row.course):
        raise Refused(_FULL, code=row.course.code)
    days = setting(session, OFFER_DAYS)
    evening = dt.datetime.combine(clock.today() + dt.timedelta(days=days), dt.time(17), clock.LOCAL)
    row.offer_until = evening.astimezone(dt.UTC)
    _sit(session, row, EnrolState.OFFERED, by)
    tell(
        session, key=f"class-offer/{row.key}/{row.version}", template="class-offer",
        to=To(person_id=row.person_id), href="/me/classes",
        params={
            "course": row.course.name, "starts": f"{row.course.starts_on:%d/%m/%Y}",
            "until": f"{clock.local(row.offer_until):%H:%M %d/%m/%Y}",
        },
    )  # fmt: skip


def _sit(session: Session, row: Enrolment, state: EnrolState, by: Actor) -> None:
    """Let a row hold the place that was just taken for it."""
    row.state, row.holds_seat = state, True
    if state is EnrolState.ENROLLED:
        row.enrolled_on = row.enrolled_on or clock.today()
        support.use(session, row)
    session.flush()
    _note(session, row, "offer-enrolment" if state is EnrolState.OFFERED else "enrol-enrolment", by)


def _release_worse(session: Session, row: Enrolment, by: Actor) -> None:
    """Give up the later wishes of the same application: their places go to who waits."""
    if row.application_id is None:
        return
    worse = session.scalars(
        select(Enrolment)
        .where(
            Enrolment.application_id == row.application_id,
            Enrolment.preference > row.preference,
            Enrolment.state.in_(QUEUED | {EnrolState.OFFERED, EnrolState.ENROLLED}),
        )
        .order_by(Enrolment.class_id)
    ).all()
    for one in worse:
        verb = "transfer" if one.state is EnrolState.ENROLLED else "withdraw"
        _leave(session, one, verb, _BETTER, by)


def leave(
    session: Session, *, enrolment: Enrolment, verb: str, by: Actor, reason: str = "",
    version: int | None = None,
) -> None:  # fmt: skip
    """Decline an offer, withdraw, refuse or drop; a place that falls free is offered on."""
    _require(by, enrolment)
    if verb not in ("decline", "withdraw", "refuse", "drop"):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="verb")
    if verb in ("refuse", "drop"):
        require_school(by)
    reason = vietnamese.clean_line(reason)[:300]
    if verb in REASONED and not reason and by.person_id is None:
        raise Refused(N_("Cần ghi lý do."), field="reason")
    _lock_all(session, enrolment, version)
    running = enrolment.course.state not in (ClassState.PLANNED, ClassState.ENROLLING)
    if verb == "withdraw" and enrolment.state is EnrolState.ENROLLED and running:
        raise Refused(N_("Lớp đã học. Báo nhà trường để ghi thôi học."))
    _leave(session, enrolment, verb, reason, by)


def _leave(session: Session, row: Enrolment, verb: str, reason: str, by: Actor) -> None:
    before = row.state
    row.state = ENROL_MOVES.after(verb, before)
    had_seat, row.holds_seat = row.holds_seat, row.state in SEATED
    row.ended_on, row.end_reason = clock.today(), reason
    if verb != "drop":
        support.give_back(row)
    session.flush()
    record(
        session, by=by, action=f"{verb}-enrolment", kind="enrolment", subject_id=row.id,
        before=before.value, after=row.state.value, reason=reason or None,
    )  # fmt: skip
    if had_seat and not row.holds_seat:
        seats.give_back(session, row.course)
        promote(session, row.course, by=by)


def come_back(session: Session, *, enrolment: Enrolment, by: Actor) -> None:
    """Take back somebody who had dropped out, into a free place."""
    require_school(by)
    _lock_all(session, enrolment)
    ENROL_MOVES.after("return", enrolment.state)
    if not seats.take(session, enrolment.course):
        raise Refused(_FULL, code=enrolment.course.code)
    enrolment.state, enrolment.holds_seat = EnrolState.ENROLLED, True
    enrolment.ended_on, enrolment.end_reason = None, ""
    try:
        session.flush()
    except IntegrityError as error:
        raise Refused(N_("Người này đã có đơn khác vào lớp này.")) from error
    _note(session, enrolment, "return-enrolment", by)


def transfer(
    session: Session, *, enrolment: Enrolment, to: TrainingClass, by: Actor, reason: str = ""
) -> Enrolment:
    """Move somebody into another class; funding, proof and support go with them."""
    require_school(by)
    if to.id == enrolment.class_id:
        raise Refused(N_("Chọn một lớp khác."), field="to")
    _lock_all(session, enrolment, also=(to.id,))
    ENROL_MOVES.after("transfer", enrolment.state)
    _require_eligible(session, enrolment.person, to)
    if not seats.take(session, to):
        raise Refused(_FULL, field="to", code=to.code)
    asked = Asked(
        source=enrolment.source, funding=enrolment.funding,
        enterprise_id=enrolment.enterprise_id, job_title=enrolment.job_title,
    )  # fmt: skip
    application = Application(
        person_id=enrolment.person_id, source=enrolment.source, made_by_id=by.user_id
    )
    session.add(application)
    session.flush()
    turn, groundwork = enrolment.support_turn, enrolment.support_grounds
    _leave(session, enrolment, "transfer", reason or to.code, by)
    row = _new(session, enrolment.person, to, 1, application, asked)
    row.came_from_id, row.funding = enrolment.id, enrolment.funding
    row.support_grounds = groundwork
    for name in ("target_group", "proof_number", "proof_issuer", "proof_on", "earlier_support"):
        setattr(row, name, getattr(enrolment, name))
    if turn is not None:
        row.support_turn = turn
    _sit(session, row, EnrolState.ENROLLED, by)
    return row


def promote(session: Session, course: TrainingClass, *, by: Actor) -> int:
    """Offer the free places of a class to whose turn it is; return how many were offered.

    The class is locked by the caller. Nobody is invited by the machine into a class that has run
    for a week.
    """
    late = clock.today() > course.starts_on + dt.timedelta(days=LATE_DAYS)
    if course.state not in (ClassState.ENROLLING, ClassState.RUNNING) or late:
        return 0
    count = 0
    while course.taken < course.places:
        row = next_waiting(session, course)
        if row is None:
            break
        invite(session, row, by)
        count += 1
    return count


def expire_offers(session: Session, *, by: Actor) -> int:
    """End the offers whose time is over and offer their places on; return how many ended."""
    due = due_offers(session, clock.now())
    ended = 0
    for class_id in sorted({one[1] for one in due}):
        seats.lock(session, [class_id])
        for enrolment_id in (one[0] for one in due if one[1] == class_id):
            row = session.get_one(Enrolment, enrolment_id, populate_existing=True)
            if row.state is EnrolState.OFFERED and _is_over(row):
                _leave(session, row, "expire", "", by)
                ended += 1
    return ended


def cancel_line(session: Session, *, course: TrainingClass, reason: str, by: Actor) -> int:
    """Tell everybody in the line of a class that will not take place; return how many."""
    require_school(by)
    seats.lock(session, [course.id])
    rows = session.scalars(
        select(Enrolment)
        .where(Enrolment.class_id == course.id, Enrolment.state.in_(QUEUED))
        .order_by(Enrolment.id)
    ).all()
    for row in rows:
        _leave(session, row, "refuse", reason, by)
    return len(rows)


def _require(by: Actor, enrolment: Enrolment) -> None:
    if not may_act(by, person_id=enrolment.person_id, enterprise_id=enrolment.enterprise_id):
        raise NotAllowed


def require_school(by: Actor) -> None:
    """Refuse whoever does not keep the school's books."""
    if not by.may(Right.SCHOOL):
        raise NotAllowed


def _lock_all(
    session: Session, enrolment: Enrolment, version: int | None = None,
    *, also: Collection[int] = (),
) -> None:  # fmt: skip
    """Lock every class that the application names, then the enrolment, and read them afresh."""
    classes = {enrolment.class_id, *also}
    if enrolment.application_id is not None:
        same = select(Enrolment.class_id).where(
            Enrolment.application_id == enrolment.application_id
        )
        classes |= set(session.scalars(same))
    seats.lock(session, classes)
    hold(session, enrolment, version)


def _note(session: Session, row: Enrolment, action: str, by: Actor) -> None:
    record(
        session, by=by, action=action, kind="enrolment", subject_id=row.id,
        number=row.number, code=row.course.code,
    )  # fmt: skip
