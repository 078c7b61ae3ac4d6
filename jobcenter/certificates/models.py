"""Blanks, register lines with their events, safety training, orders."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.catalogue.choices import Award
from jobcenter.certificates.choices import BlankState, Entry, OrderState
from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments.models import Enrolment
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Id, Keyed, Line, UtcDateTime, Versioned, choice
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED, PLAIN, kept
from jobcenter.kernel.words import N_
from jobcenter.papers.models import Paper
from jobcenter.people.models import Person

_REGISTER = kept(N_("Sổ cấp chứng chỉ của trường lưu theo quy định, không sửa, không xoá"))


class Blank(Keyed, Base):
    """A numbered blank (phôi) for one kind of certificate."""

    __tablename__ = "blank"
    __table_args__ = (
        UniqueConstraint("award", "serial"),
        CheckConstraint("(ended_on IS NULL) = (state = 'in-stock')", name="ended_when_gone"),
        Index("ix_blank_award_state", "award", "state", "serial"),
        {"info": PLAIN},
    )

    award: Mapped[Award] = mapped_column(choice(Award, "award_known"))
    serial: Mapped[str] = mapped_column(String(20))
    state: Mapped[BlankState] = mapped_column(
        choice(BlankState, "state_known"), default=BlankState.IN_STOCK
    )
    received_on: Mapped[dt.date]
    receipt: Mapped[str] = mapped_column(Line(60), default="")
    ended_on: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(Line(200), default="")


class BlankCount(Base):
    """A count of the blanks in the cupboard, beside what the books said."""

    __tablename__ = "blank_count"
    __table_args__ = (
        CheckConstraint("counted >= 0 AND expected >= 0", name="not_negative"),
        {"info": PLAIN},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    award: Mapped[Award] = mapped_column(choice(Award, "award_known"))
    counted_on: Mapped[dt.date]
    counted: Mapped[int]
    expected: Mapped[int]
    note: Mapped[str] = mapped_column(Line(200), default="")
    counted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Certificate(Keyed, Base):
    """A line of the register; never changed. Number, code and what is printed are the paper's.

    `turn` is 2 where an earlier one of the same enrolment was revoked or cancelled.
    """

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("enrolment_id", "turn"), {"info": PLAIN | _REGISTER})

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    turn: Mapped[int] = mapped_column(default=1)
    award: Mapped[Award] = mapped_column(choice(Award, "award_known"), index=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True)
    issued_on: Mapped[dt.date]

    enrolment: Mapped[Enrolment] = relationship()
    paper: Mapped[Paper] = relationship()
    events: Mapped[list[CertificateEvent]] = relationship(
        order_by="CertificateEvent.id", back_populates="certificate"
    )

    @property
    def blank(self) -> Blank | None:
        """Return the blank on which it now is."""
        return next((one.blank for one in reversed(self.events) if one.blank_id), None)

    @property
    def ended(self) -> CertificateEvent | None:
        """Return the event that ended it."""
        return next((one for one in self.events if one.kind in ("revoked", "cancelled")), None)

    @property
    def receiver(self) -> CertificateEvent | None:
        """Return to whom it was handed over."""
        return next((one for one in reversed(self.events) if one.kind == "handed-over"), None)


class CertificateEvent(Base):
    """What happened to a register line; never changed."""

    __tablename__ = "certificate_event"
    __table_args__ = ({"info": BASIC | _REGISTER},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    kind: Mapped[Entry] = mapped_column(choice(Entry, "kind_known"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    blank_id: Mapped[int | None] = mapped_column(ForeignKey("blank.id"), unique=True)
    reason: Mapped[str] = mapped_column(Line(200), default="")
    decision: Mapped[str] = mapped_column(Line(80), default="")
    receiver: Mapped[str] = mapped_column(Line(120), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    certificate: Mapped[Certificate] = relationship(back_populates="events")
    blank: Mapped[Blank | None] = relationship()


class SafetyRecord(Keyed, Versioned, Base):
    """One person trained in safety once: a line of the follow-up book.

    `card_number` is of the card that the firm itself issues to group 3.
    """

    __tablename__ = "safety_record"
    __table_args__ = (
        CheckConstraint("safety_group BETWEEN 1 AND 6", name="group_one_to_six"),
        CheckConstraint("valid_to IS NULL OR valid_to > trained_on", name="valid_after"),
        Index("ix_safety_record_enterprise_id", "enterprise_id", "valid_to"),
        Index("ix_safety_record_person_id", "person_id", "safety_group", "trained_on"),
        {"info": BASIC | BLANKED},
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"))
    safety_group: Mapped[int] = mapped_column(info=BASIC | COUNTED)
    award: Mapped[Award] = mapped_column(choice(Award, "award_known"), info=BASIC | COUNTED)
    hours: Mapped[int] = mapped_column(info=BASIC | COUNTED)
    is_refresher: Mapped[bool] = mapped_column(info=BASIC | COUNTED)
    trained_on: Mapped[dt.date] = mapped_column(info=BASIC | COUNTED)
    valid_to: Mapped[dt.date | None] = mapped_column(info=BASIC | COUNTED)
    card_number: Mapped[str] = mapped_column(Line(40), default="")
    card_on: Mapped[dt.date | None] = mapped_column(info=BASIC | COUNTED)

    enrolment: Mapped[Enrolment] = relationship()
    person: Mapped[Person] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()


class TrainingOrder(Keyed, Versioned, Base):
    """A firm asks for a safety class for so many of its people."""

    __tablename__ = "training_order"
    __table_args__ = (
        CheckConstraint("headcount BETWEEN 1 AND 2000", name="headcount_plausible"),
        CheckConstraint("state <> 'planned' OR class_id IS NOT NULL", name="planned_names_class"),
        {"info": PLAIN},
    )

    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    type: Mapped[str] = mapped_column(String(40))  # list V
    headcount: Mapped[int]
    wanted_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(Line(300), default="")
    state: Mapped[OrderState] = mapped_column(
        choice(OrderState, "state_known"), default=OrderState.ASKED
    )
    class_id: Mapped[int | None] = mapped_column(ForeignKey("training_class.id"))
    answer: Mapped[str] = mapped_column(Line(300), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    enterprise: Mapped[Enterprise] = relationship()
    course: Mapped[TrainingClass | None] = relationship()
