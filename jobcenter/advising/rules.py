"""What happens at the counter: a ticket is taken, a visitor called, served, handed over, gone."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import Update, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import User
from jobcenter.advising import consultations
from jobcenter.advising.choices import AT_HAND, DESKS, OPEN, VISIT_MOVES, VisitState
from jobcenter.advising.models import CounterSeat, Visit
from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.series import take
from jobcenter.kernel.words import N_
from jobcenter.people.models import Person
from jobcenter.people.queries import identities


def take_ticket(
    session: Session,
    *,
    by: Actor,
    person: Person | None = None,
    name: str = "",
    services: Sequence[str] = (),
    about: str = "",
) -> Visit:
    """Give the next ticket of today to a person with a file, a name, or nobody in particular.

    Refuses a second ticket to a person who is still here. The first ticket of a day closes what
    an earlier day left open.
    """
    for code in services:
        check_code(session, "G", code, field="services")
    day = clock.today()
    number = take(session, f"visit {day:%m-%d}", day.year)
    if number == 1:
        close_before(session, day, by=by)
    if person is not None:
        _refuse_second(session, person)
    visit = Visit(
        day=day,
        number=number,
        person_id=person.id if person else None,
        name="" if person else name,
        services=tuple(services) or None,
        about=about,
        state=VisitState.WAITING,
        taken_by_id=by.user_id,
    )
    session.add(visit)
    session.flush()
    _note(session, visit, "take-ticket", by)
    return visit


def _refuse_second(session: Session, person: Person) -> None:
    """Refuse a second open visit; the counter is locked by now, so two tickets at once queue."""
    people = identities(session, person.id)
    open_ones = select(Visit).where(Visit.person_id.in_(people), Visit.state.in_(OPEN))
    found = session.scalars(open_ones.order_by(Visit.id)).first()
    if found is not None:
        raise Refused(
            N_("%(name)s đang ở đây với số %(ticket)s."),
            name=person.full_name,
            ticket=found.ticket,
        )


def close_before(session: Session, day: dt.date, *, by: Actor) -> int:
    """End what earlier days left open: who waited has left, who was served is done."""
    now, closed = clock.now(), 0
    for states, end in (
        ((VisitState.WAITING, VisitState.CALLED), VisitState.LEFT),
        ((VisitState.SERVING,), VisitState.DONE),
    ):
        rows = session.scalars(
            _change(state=end, ended_at=now)
            .where(Visit.day < day, Visit.state.in_(states))
            .returning(Visit.id)
        )
        for visit_id in rows.all():
            closed += 1
            visit = session.get_one(Visit, visit_id, populate_existing=True)
            if end is VisitState.DONE:
                consultations.of_visit(session, visit=visit)
            record(session, by=by, action="close-visit", kind="visit", subject_id=visit_id,
                   after=end.value)  # fmt: skip
    return closed


def sit(session: Session, *, desk: int, by: Actor) -> str | None:
    """Take a desk; whoever had it before leaves it and is named."""
    if desk not in DESKS or by.user_id is None:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="desk")
    before = session.scalar(
        select(User.name)
        .join(CounterSeat, CounterSeat.user_id == User.id)
        .where(CounterSeat.desk == desk, CounterSeat.user_id != by.user_id)
    )
    session.execute(
        delete(CounterSeat).where(or_(CounterSeat.desk == desk, CounterSeat.user_id == by.user_id))
    )
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    values = {"user_id": by.user_id, "desk": desk, "since": clock.now()}
    session.execute(insert(CounterSeat).values(values).on_conflict_do_nothing())
    record(session, by=by, action="sit-at-desk", kind="user", subject_id=by.user_id, desk=desk)
    session.flush()
    return before


def call_next(session: Session, *, by: Actor) -> Visit | None:
    """Call the visitor who has waited longest for `by` or for anybody; None when nobody waits.

    Two counsellors at once get two visitors: on PostgreSQL the row that one is taking is passed
    over by the other, on SQLite writers queue.
    """
    desk = _free_desk(session, by)
    first = (
        select(Visit.id)
        .where(
            Visit.day == clock.today(),
            Visit.state == VisitState.WAITING,
            or_(Visit.for_user_id.is_(None), Visit.for_user_id == by.user_id),
        )
        .order_by(Visit.waiting_since, Visit.number)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return _call(session, _called(by, desk).where(Visit.id == first), by)


def call_one(session: Session, *, visit: Visit, by: Actor) -> Visit:
    """Call this very visitor; refused when a colleague was quicker or is the one waited for."""
    desk = _free_desk(session, by)
    if visit.for_user_id not in (None, by.user_id):
        name = visit.for_user.name if visit.for_user else ""
        raise Refused(N_("Số này đang chờ %(name)s."), name=name)
    one = _called(by, desk).where(Visit.id == visit.id, Visit.state == VisitState.WAITING)
    called = _call(session, one, by)
    if called is None:
        raise Refused(N_("Số %(ticket)s vừa được quầy khác mời vào."), ticket=visit.ticket)
    return called


def _free_desk(session: Session, by: Actor) -> int:
    """Return the desk of `by`, who must have nobody at hand; the lock queues double clicks."""
    desk = session.scalar(
        select(CounterSeat.desk).where(CounterSeat.user_id == (by.user_id or 0)).with_for_update()
    )
    if desk is None:
        raise Refused(N_("Chọn quầy đang ngồi rồi mời người vào."), field="desk")
    at_hand = session.scalar(
        select(Visit).where(Visit.served_by_id == by.user_id, Visit.state.in_(AT_HAND))
    )
    if at_hand is not None:
        raise Refused(
            N_("Đang có số %(ticket)s ở quầy. Ghi xong hoặc chuyển trước khi mời người tiếp."),
            ticket=at_hand.ticket,
        )
    return desk


def _change(**values: object) -> Update:
    """Return an UPDATE of visits that raises the version as a saved row would."""
    raised = {"version": Visit.version + 1, "changed_at": clock.now()}
    return update(Visit).values(**values, **raised).execution_options(synchronize_session=False)


def _called(by: Actor, desk: int) -> Update:
    return _change(
        state=VisitState.CALLED,
        desk=desk,
        served_by_id=by.user_id,
        for_user_id=None,
        called_at=clock.now(),
        calls=1,
    )


def _call(session: Session, called: Update, by: Actor) -> Visit | None:
    """Run a conditional UPDATE to `called` and return the visitor it caught."""
    visit_id = session.scalar(called.returning(Visit.id))
    if visit_id is None:
        return None
    visit = session.get(Visit, visit_id, populate_existing=True)
    if visit is not None:
        _note(session, visit, "call-visitor", by, desk=visit.desk)
        session.flush()
    return visit


def move(
    session: Session, *, visit: Visit, verb: str, by: Actor,
    told: consultations.Told | None = None,
) -> None:  # fmt: skip
    """Lead a visit on by `recall`, `start`, `finish` or `leave`; calling has verbs of its own.

    A visit that is finished is a consultation; `told` says what it was about.
    """
    if verb not in ("recall", "start", "finish", "leave"):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="verb")
    session.refresh(visit, with_for_update={"of": Visit})
    visit.state = VISIT_MOVES.after(verb, visit.state)
    now = clock.now()
    if verb == "recall":
        visit.calls += 1
    elif verb == "start":
        visit.started_at = now
    else:
        visit.ended_at = now
    session.flush()
    if visit.state is VisitState.DONE:
        consultations.of_visit(session, visit=visit, told=told)
    _note(session, visit, f"{verb}-visit", by)


def hand_over(session: Session, *, visit: Visit, to: uuid.UUID | None, by: Actor) -> None:
    """Let the visitor wait again: for one colleague, or with `to` None for whoever is free."""
    session.refresh(visit, with_for_update={"of": Visit})
    state = VISIT_MOVES.after("hand-over", visit.state)
    colleague = None
    if to is not None:
        colleague = session.scalar(
            select(User).where(User.key == to, User.role == Role.COUNSELLOR, User.is_active)
        )
        if colleague is None:
            raise Refused(N_("Chọn một giá trị trong danh sách."), field="to")
    visit.state = state
    visit.for_user_id = colleague.id if colleague else None
    visit.served_by_id = visit.desk = visit.called_at = visit.started_at = None
    visit.waiting_since = clock.now()
    visit.calls = 0
    session.flush()
    _note(session, visit, "hand-over-visit", by, to=colleague.name if colleague else "")


def recognise(session: Session, *, visit: Visit, person: Person, by: Actor) -> None:
    """Say whose visit this is, once the file is found or opened."""
    session.refresh(visit, with_for_update={"of": Visit})
    if visit.person_id == person.id:
        return
    if visit.person_id is not None:
        raise Refused(N_("Số %(ticket)s đã là của người khác."), ticket=visit.ticket)
    if visit.state in OPEN:
        _refuse_second(session, person)
    visit.person_id = person.id
    visit.name = ""
    session.flush()
    session.refresh(visit, ["person"])
    consultations.follow_visit(session, visit, by)
    _note(session, visit, "recognise-visitor", by)


def _note(session: Session, visit: Visit, action: str, by: Actor, **more: object) -> None:
    record(session, by=by, action=action, kind="visit", subject_id=visit.id,
           ticket=visit.ticket, **more)  # fmt: skip
