"""Visits, who sits at which desk, what was advised, plans, appointments, complaints."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.accounts.models import User
from jobcenter.advising.choices import (
    AppointmentState,
    ComplaintKind,
    ComplaintState,
    ComplaintWay,
    Doer,
    FeedbackAbout,
    FeedbackWay,
    Outcome,
    VisitState,
    ticket,
)
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock
from jobcenter.kernel.db import (
    Base,
    Codes,
    Id,
    Keyed,
    Line,
    Prose,
    SealedData,
    UtcDateTime,
    Versioned,
    choice,
)
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED, DELETED, PLAIN
from jobcenter.people.models import Person

_AT_HAND = text("state IN ('called', 'serving')")
_OPEN = text("state IN ('waiting', 'called', 'serving')")
_RUNS = text("closed_on IS NULL")
_BOOKED = text("state = 'booked'")
# Crockford's letters: none that is mistaken for another when read aloud.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Return a random visit reference: what the QR of a slip holds, and nothing personal."""
    return "V" + "".join(secrets.choice(_LETTERS) for _ in range(9))


class Visit(Keyed, Versioned, Base):
    """One coming to the counter, with a ticket of its day.

    `person_id` is the file's person; a walk-in without a file has a name or nothing.
    `waiting_since` starts anew when a colleague takes over; `for_user_id` is who is waited for.
    """

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("day", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(
            "(state IN ('done', 'left')) = (ended_at IS NOT NULL)", name="over_when_ended"
        ),
        CheckConstraint(
            "state NOT IN ('called', 'serving') OR served_by_id IS NOT NULL", name="served_by_one"
        ),
        Index(
            "uq_visit_at_hand", "served_by_id", unique=True,
            sqlite_where=_AT_HAND, postgresql_where=_AT_HAND,
        ),
        Index(
            "uq_visit_open_person", "person_id", unique=True,
            sqlite_where=_OPEN, postgresql_where=_OPEN,
        ),
        Index("ix_visit_person_id_day", "person_id", "day"),
        Index("ix_visit_day_state", "day", "state"),
        {"info": BASIC | BLANKED},
    )  # fmt: skip

    day: Mapped[dt.date]
    number: Mapped[int] = mapped_column(Integer)
    reference: Mapped[str] = mapped_column(
        String(12), unique=True, default=new_reference, info=COUNTED
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(Line(120), default="")
    services: Mapped[tuple[str, ...] | None] = mapped_column(Codes)  # list G
    about: Mapped[str] = mapped_column(Line(200), default="")
    state: Mapped[VisitState] = mapped_column(choice(VisitState, "state_known"))
    desk: Mapped[int | None] = mapped_column(Integer)
    for_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    served_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    taken_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    waiting_since: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    called_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    calls: Mapped[int] = mapped_column(Integer, default=0)

    person: Mapped[Person | None] = relationship()
    for_user: Mapped[User | None] = relationship(foreign_keys=for_user_id)
    served_by: Mapped[User | None] = relationship(foreign_keys=served_by_id)

    @property
    def ticket(self) -> str:
        """Return the ticket as it is called out."""
        return ticket(self.number)

    @property
    def who(self) -> str:
        """Return the visitor's name, empty when not told."""
        return self.person.full_name if self.person else self.name


class CounterSeat(Base):
    """The desk at which a counsellor sits; a desk is one person's at a time."""

    __tablename__ = "counter_seat"
    __table_args__ = (
        CheckConstraint("desk >= 1", name="desk_from_one"),
        {"info": PLAIN},
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    desk: Mapped[int] = mapped_column(Integer, unique=True)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)

    user: Mapped[User] = relationship()


class JobSession(Keyed, Versioned, Base):
    """One job session (phiên giao dịch, phiên lưu động): when, where, and what was counted there.

    The figures are those that were counted at the place; empty means nobody counted. How many were
    advised is never typed: it is the number of its consultations.
    """

    __tablename__ = "job_session"
    __table_args__ = (
        *(
            CheckConstraint(f"{name} IS NULL OR {name} >= 0", name=f"{name}_counted")
            for name in ("firms", "openings", "attended", "interviewed", "preselected")
        ),
        Index("ix_job_session_day", "day"),
        {"info": PLAIN},
    )

    day: Mapped[dt.date]
    kind: Mapped[str] = mapped_column(String(30))  # list T
    place: Mapped[str] = mapped_column(Line(200))
    organiser: Mapped[str] = mapped_column(Line(200), default="")
    partners: Mapped[str] = mapped_column(Line(300), default="")
    firms: Mapped[int | None] = mapped_column(Integer)
    openings: Mapped[int | None] = mapped_column(Integer)
    attended: Mapped[int | None] = mapped_column(Integer)
    interviewed: Mapped[int | None] = mapped_column(Integer)
    preselected: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Line(300), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Consultation(Keyed, Versioned, Base):
    """One person advised once: what reports count as a "lượt"; so each row is one person's.

    A note to several people is a row for each of them under one `group_key`. Somebody without a
    file has a name and a phone, or nothing, until the row is joined to one. `day` may be long
    past: rows of earlier years are written in later. A struck row stays and is never counted.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("person_id IS NULL OR (name = '' AND phone IS NULL)", name="one_identity"),
        Index("ix_consultation_person_id_day", "person_id", "day"),
        Index("ix_consultation_by_id_day", "by_id", "day"),
        Index("ix_consultation_day", "day"),
        {"info": BASIC | BLANKED},
    )

    day: Mapped[dt.date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(Line(120), default="")
    phone: Mapped[str | None] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(30), info=COUNTED)  # list S
    subjects: Mapped[tuple[str, ...] | None] = mapped_column(Codes)  # list G
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, "outcome_known"))
    next_step: Mapped[str] = mapped_column(Line(200), default="")
    note: Mapped[str] = mapped_column(Prose, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), unique=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("job_session.id"), index=True)
    group_key: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    struck_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    struck_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    struck_because: Mapped[str] = mapped_column(Line(200), default="")

    person: Mapped[Person | None] = relationship()
    by: Mapped[User | None] = relationship(foreign_keys=by_id)
    visit: Mapped[Visit | None] = relationship()
    job_session: Mapped[JobSession | None] = relationship()

    @property
    def who(self) -> str:
        """Return who was advised, empty when nobody asked the name."""
        return self.person.full_name if self.person else self.name


class ActionPlan(Keyed, Versioned, Base):
    """What a person and the centre agreed to do until there is work: a goal, and steps.

    A person has one open plan at most; earlier ones stay with whether the goal was reached.
    """

    __tablename__ = "action_plan"
    __table_args__ = (
        CheckConstraint("(closed_on IS NULL) = (is_reached IS NULL)", name="closed_either_way"),
        Index(
            "uq_action_plan_open", "person_id", unique=True,
            sqlite_where=_RUNS, postgresql_where=_RUNS,
        ),
        Index("ix_action_plan_person_id", "person_id"),
        {"info": BASIC | DELETED},
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    goal: Mapped[str] = mapped_column(Line(300))
    opened_on: Mapped[dt.date]
    closed_on: Mapped[dt.date | None]
    is_reached: Mapped[bool | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    person: Mapped[Person] = relationship()
    by: Mapped[User | None] = relationship()
    steps: Mapped[list[PlanStep]] = relationship(
        back_populates="plan", order_by="PlanStep.due_on.nulls_last(), PlanStep.id"
    )


class PlanStep(Keyed, Versioned, Base):
    """One step: what, until when, who does it; ended as done, or dropped."""

    __tablename__ = "plan_step"
    __table_args__ = (
        CheckConstraint("(ended_on IS NULL) = (is_done IS NULL)", name="ended_either_way"),
        Index("ix_plan_step_due_on_ended_on", "due_on", "ended_on"),
        {"info": BASIC | DELETED},
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"), index=True)
    what: Mapped[str] = mapped_column(Line(200))
    due_on: Mapped[dt.date | None]
    doer: Mapped[Doer] = mapped_column(choice(Doer, "doer_known"))
    ended_on: Mapped[dt.date | None]
    is_done: Mapped[bool | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    plan: Mapped[ActionPlan] = relationship(back_populates="steps")


class Appointment(Keyed, Versioned, Base):
    """A time at which a person and a counsellor meet; nobody is booked twice for one moment."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes_bounded"),
        CheckConstraint("(state = 'booked') = (ended_at IS NULL)", name="ended_when_over"),
        Index(
            "uq_appointment_user", "user_id", "starts_at", unique=True,
            sqlite_where=_BOOKED, postgresql_where=_BOOKED,
        ),
        Index("ix_appointment_user_id_starts_at", "user_id", "starts_at"),
        Index("ix_appointment_starts_at", "starts_at"),
        {"info": BASIC | DELETED},
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    starts_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int] = mapped_column(Integer, default=30)
    channel: Mapped[str] = mapped_column(String(30))  # list S
    place: Mapped[str] = mapped_column(Line(200), default="")
    about: Mapped[str] = mapped_column(Line(200), default="")
    state: Mapped[AppointmentState] = mapped_column(choice(AppointmentState, "state_known"))
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    user: Mapped[User] = relationship(foreign_keys=user_id)


class Complaint(Keyed, Versioned, Base):
    """Something that went wrong: a fee, work unlike the offer, discrimination, ourselves.

    `number` is of a gap-free series per year. Whoever complains may stay without a name. What was
    told is sealed; `owner_id` is who looks into it, until `due_on`.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('settled', 'unfounded', 'passed-on')) = (closed_on IS NOT NULL)",
            name="closed_when_ended",
        ),
        CheckConstraint("person_id IS NULL OR name = ''", name="one_identity"),
        Index("ix_complaint_state_due_on", "state", "due_on"),
        {"info": BASIC | BLANKED},
    )

    number: Mapped[str] = mapped_column(String(20), unique=True, info=COUNTED)
    received_on: Mapped[dt.date]
    kind: Mapped[ComplaintKind] = mapped_column(choice(ComplaintKind, "kind_known"))
    way: Mapped[ComplaintWay] = mapped_column(choice(ComplaintWay, "way_known"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(Line(120), default="")
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    told: Mapped[dict[str, Any]] = mapped_column(SealedData("complaint.told"))
    state: Mapped[ComplaintState] = mapped_column(choice(ComplaintState, "state_known"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    due_on: Mapped[dt.date]
    closed_on: Mapped[dt.date | None]
    outcome: Mapped[dict[str, Any]] = mapped_column(SealedData("complaint.outcome"))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    person: Mapped[Person | None] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)


class ComplaintNote(Keyed, Base):
    """What was done about a complaint, line by line."""

    __tablename__ = "complaint_note"
    __table_args__ = ({"info": BASIC | BLANKED},)

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    text: Mapped[dict[str, Any]] = mapped_column(SealedData("complaint_note.text"))


class FeedbackInvite(Base):
    """A link by which somebody says once how it was; it names nobody, and goes when it is used."""

    __tablename__ = "feedback_invite"
    __table_args__ = ({"info": PLAIN},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    about: Mapped[FeedbackAbout] = mapped_column(choice(FeedbackAbout, "about_known"))
    way: Mapped[FeedbackWay] = mapped_column(choice(FeedbackWay, "way_known"))
    expires_on: Mapped[dt.date] = mapped_column(index=True)


class FeedbackAnswer(Base):
    """How it was, 1 to 5. Only the month is kept: no day, no hour and no link to a person."""

    __tablename__ = "feedback_answer"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score_bounded"),
        Index("ix_feedback_answer_month", "month"),
        {"info": PLAIN},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    about: Mapped[FeedbackAbout] = mapped_column(choice(FeedbackAbout, "about_known"))
    way: Mapped[FeedbackWay] = mapped_column(choice(FeedbackWay, "way_known"))
    month: Mapped[dt.date]
    score: Mapped[int] = mapped_column(Integer)
    words: Mapped[str] = mapped_column(Line(300), default="")
