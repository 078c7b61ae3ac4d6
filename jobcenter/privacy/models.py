"""Requests about data, and the list of erasures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.kernel import clock
from jobcenter.kernel.db import (
    Base,
    Id,
    Keyed,
    Line,
    Prose,
    SealedData,
    UtcDateTime,
    Versioned,
    choice,
)
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED, PLAIN, kept
from jobcenter.kernel.words import N_
from jobcenter.people.models import Person
from jobcenter.privacy.choices import Asked, Came, Cause, DueState, Ground, RequestState


class DataRequest(Keyed, Versioned, Base):
    """What somebody asked about their data, QL-YYYY-nnnnn, with its last days.

    `person_id` is empty while nobody knows whose data are meant; `name` is as it was written.
    """

    __tablename__ = "data_request"
    __table_args__ = (
        CheckConstraint("due_on >= received_on", name="due_after_received"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="over_when_ended"),
        CheckConstraint("state <> 'refused' OR ground IS NOT NULL", name="refused_on_a_ground"),
        Index("ix_data_request_state_due_on", "state", "due_on"),
        {"info": BASIC | BLANKED},
    )

    number: Mapped[str] = mapped_column(String(20), unique=True, info=COUNTED)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(Line(120), default="")
    contact: Mapped[str] = mapped_column(Line(120), default="")
    asked: Mapped[Asked] = mapped_column(choice(Asked, "asked_known"))
    came: Mapped[Came] = mapped_column(choice(Came, "came_known"))
    said: Mapped[str] = mapped_column(Prose, default="")
    proof: Mapped[str] = mapped_column(Line(200), default="")
    received_on: Mapped[dt.date]
    reply_by: Mapped[dt.date]
    due_on: Mapped[dt.date]
    replied_on: Mapped[dt.date | None]
    extended_on: Mapped[dt.date | None]
    extended_why: Mapped[str] = mapped_column(Line(300), default="")
    state: Mapped[RequestState] = mapped_column(choice(RequestState, "state_known"))
    ground: Mapped[Ground | None] = mapped_column(choice(Ground, "ground_known"))
    outcome: Mapped[str] = mapped_column(Prose, default="")
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person | None] = relationship()


class Erasure(Keyed, Base):
    """One person erased: hashes of their keys, so that a restored backup is erased again.

    `traces` hold what the files outside the database are searched for, sealed, until that is done.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        Index("ix_erasure_finished_at", "finished_at"),
        {"info": BASIC | kept(N_("Danh sách đã xoá: chỉ có mã băm, để xoá lại sau khi khôi phục"))},
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("data_request.id"))
    cause: Mapped[Cause] = mapped_column(choice(Cause, "cause_known"))
    why: Mapped[str] = mapped_column(Line(300), default="")
    hashes: Mapped[list[str]] = mapped_column(JSON)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    traces: Mapped[dict[str, Any] | None] = mapped_column(SealedData("erasure.traces"))
    erased_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    erased_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


_STANDS = text("state IN ('told', 'held')")


class RetentionDue(Keyed, Base):
    """A person whose data fall due for erasure: since when no contact, told when, decided how."""

    __tablename__ = "retention_due"
    __table_args__ = (
        Index(
            "uq_retention_due_standing", "person_id", unique=True,
            sqlite_where=_STANDS, postgresql_where=_STANDS,
        ),
        Index("ix_retention_due_state_due_on", "state", "due_on"),
        {"info": BASIC | BLANKED},
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    last_contact: Mapped[dt.date]
    due_on: Mapped[dt.date]
    state: Mapped[DueState] = mapped_column(choice(DueState, "state_known"))
    told_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(Line(300), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class Breach(Keyed, Versioned, Base):
    """Something that happened to people's data, SC-YYYY-nnnnn, and whom it was told by when.

    Names nobody: who is concerned is counted and said by the kind of their data.
    """

    __tablename__ = "breach"
    __table_args__ = (
        CheckConstraint("people IS NULL OR people >= 0", name="people_not_negative"),
        Index("ix_breach_closed_at_found_at", "closed_at", "found_at"),
        {"info": PLAIN},
    )

    number: Mapped[str] = mapped_column(String(20), unique=True)
    found_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    happened: Mapped[str] = mapped_column(Line(200), default="")
    what: Mapped[str] = mapped_column(Prose)
    kinds: Mapped[str] = mapped_column(Line(300), default="")
    people: Mapped[int | None]
    harm: Mapped[str] = mapped_column(Prose, default="")
    measures: Mapped[str] = mapped_column(Prose, default="")
    tell_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    authority_told_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    people_told_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    found_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    steps: Mapped[list[BreachStep]] = relationship(order_by="BreachStep.id")


class BreachStep(Base):
    """What was done about a breach, or who was told how. Rows are only added."""

    __tablename__ = "breach_step"
    __table_args__ = ({"info": PLAIN},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    verb: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Line(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
