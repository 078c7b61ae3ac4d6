"""Appointments: booking without a clash, what became of them, telling the day before."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.choices import Right
from jobcenter.accounts.models import User
from jobcenter.advising.choices import APPOINTMENT_MOVES, AppointmentState
from jobcenter.advising.models import Appointment
from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.rules import To, tell
from jobcenter.people.models import Person

FARTHEST = 366
LONGEST = 480
AT_OFFICE = "Trung tâm Dịch vụ việc làm"


def visible_to(actor: Actor) -> Select[Appointment]:
    """Return the appointments that `actor` may see: staff all, a seeker their own."""
    found = select(Appointment)
    if actor.may(Right.SEEKERS_READ):
        return found
    return found.where(Appointment.person_id == (actor.person_id or 0))


def _told(found: Select[Appointment]) -> Select[Appointment]:
    return found.options(joinedload(Appointment.person), joinedload(Appointment.user))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Appointment:
    """Return one appointment, or refuse as if it were not there."""
    row = session.scalar(_told(visible_to(actor)).where(Appointment.key == key))
    if row is None:
        raise Missing
    return row


def of_people(
    session: Session, actor: Actor, person_ids: Sequence[int], limit: int
) -> Sequence[Appointment]:
    """Return the appointments of a human, those still booked first, then the latest."""
    found = select(Appointment) if actor.person_id in person_ids else visible_to(actor)
    return session.scalars(
        _told(found)
        .where(Appointment.person_id.in_(person_ids))
        .order_by(
            Appointment.state != AppointmentState.BOOKED, Appointment.starts_at.desc(),
            Appointment.id,
        )
        .limit(limit)
    ).all()  # fmt: skip


def of_days(
    session: Session, actor: Actor, first: dt.date, last: dt.date, *, user_id: int | None = None
) -> Sequence[Appointment]:
    """Return the appointments of these days in their order, cancelled ones left out."""
    found = visible_to(actor).where(
        Appointment.starts_at >= midnight(first),
        Appointment.starts_at < midnight(last + dt.timedelta(days=1)),
        Appointment.state != AppointmentState.CANCELLED,
    )
    if user_id is not None:
        found = found.where(Appointment.user_id == user_id)
    return session.scalars(_told(found).order_by(Appointment.starts_at, Appointment.id)).all()


def forgotten(session: Session, actor: Actor, user_id: int) -> Sequence[Appointment]:
    """Return booked appointments of earlier days of which nobody said what became of them."""
    found = visible_to(actor).where(
        Appointment.user_id == user_id,
        Appointment.state == AppointmentState.BOOKED,
        Appointment.starts_at < midnight(clock.today()),
    )
    return session.scalars(_told(found).order_by(Appointment.starts_at).limit(50)).all()


def midnight(day: dt.date) -> dt.datetime:
    """Return the instant at which a day begins in Hải Phòng."""
    return dt.datetime.combine(day, dt.time(), clock.LOCAL).astimezone(dt.UTC)


def book(
    session: Session,
    *,
    person: Person,
    user_id: int,
    day: dt.date,
    time: dt.time,
    channel: str,
    by: Actor,
    minutes: int = 30,
    place: str = "",
    about: str = "",
    phone: str = "",
) -> Appointment:
    """Book a time with a counsellor and tell the person.

    Refuses a time that is over, and one at which the counsellor meets somebody else. `phone` is
    where the person calls to change it; without one nobody is told.
    """
    check_code(session, "S", channel, field="channel")
    starts = dt.datetime.combine(day, time, clock.LOCAL).astimezone(dt.UTC)
    _require_sensible(starts, minutes)
    user = session.scalar(select(User).where(User.id == user_id).with_for_update())
    if user is None or not user.is_active:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="user")
    _refuse_clash(session, user, starts, minutes)
    row = Appointment(
        person_id=person.id, user_id=user_id, starts_at=starts, minutes=minutes, channel=channel,
        place=place, about=about, state=AppointmentState.BOOKED, booked_by_id=by.user_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _note(session, row, "book-appointment", by)
    if phone:
        _tell(session, row, user, f"appointment/{row.id}", phone)
    return row


def _require_sensible(starts: dt.datetime, minutes: int) -> None:
    now = clock.now()
    if starts < now:
        raise Refused(N_("Giờ hẹn đã qua."), field="day")
    if starts > now + dt.timedelta(days=FARTHEST):
        raise Refused(N_("Hẹn trong vòng một năm."), field="day")
    if not 5 <= minutes <= LONGEST:
        raise Refused(N_("Từ %(least)s đến %(most)s."), field="minutes", least=5, most=LONGEST)


def _refuse_clash(session: Session, user: User, starts: dt.datetime, minutes: int) -> None:
    """Refuse a time that overlaps another; the counsellor's row is locked, so two of us queue."""
    ends = starts + dt.timedelta(minutes=minutes)
    near = select(Appointment).where(
        Appointment.user_id == user.id,
        Appointment.state == AppointmentState.BOOKED,
        Appointment.starts_at < ends,
        Appointment.starts_at > starts - dt.timedelta(minutes=LONGEST),
    )
    for other in session.scalars(near.order_by(Appointment.starts_at)):
        if other.starts_at + dt.timedelta(minutes=other.minutes) > starts:
            raise Refused(
                N_("%(name)s đã có hẹn lúc %(time)s."), field="time", name=user.name,
                time=f"{clock.local(other.starts_at):%H:%M}",
            )  # fmt: skip


def _tell(session: Session, row: Appointment, user: User, key: str, phone: str) -> bool:
    local = clock.local(row.starts_at)
    return tell(
        session,
        key=key,
        template="appointment",
        to=To(person_id=row.person_id),
        params={
            "time": f"{local:%H:%M}", "day": f"{local:%d/%m/%Y}", "place": row.place or AT_OFFICE,
            "counsellor": user.name, "phone": phone,
        },
    )  # fmt: skip


def remind(session: Session, *, today: dt.date, phone: str) -> int:
    """Tell everybody who has an appointment on the next day, once; return how many were told."""
    tomorrow = today + dt.timedelta(days=1)
    found = select(Appointment).where(
        Appointment.state == AppointmentState.BOOKED,
        Appointment.starts_at >= midnight(tomorrow),
        Appointment.starts_at < midnight(tomorrow + dt.timedelta(days=1)),
    )
    rows = session.scalars(_told(found).order_by(Appointment.id)).all()
    return sum(_tell(session, row, row.user, f"appointment-near/{row.id}", phone) for row in rows)


def move(session: Session, *, appointment: Appointment, verb: str, by: Actor) -> None:
    """Say what became of an appointment: `keep`, `miss` or `cancel`."""
    if verb not in APPOINTMENT_MOVES.table:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="verb")
    session.refresh(appointment, with_for_update={"of": Appointment})
    appointment.state = APPOINTMENT_MOVES.after(verb, appointment.state)
    appointment.ended_at = clock.now()
    session.flush()
    _note(session, appointment, f"{verb}-appointment", by)


def _note(session: Session, row: Appointment, action: str, by: Actor) -> None:
    local = clock.local(row.starts_at)
    record(session, by=by, action=action, kind="person", subject_id=row.person_id,
           day=f"{local:%H:%M %d/%m/%Y}")  # fmt: skip
