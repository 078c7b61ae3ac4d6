"""Applications and enrolments."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments.choices import SEATED, STANDING, EnrolState, Source
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Keyed, Line, UtcDateTime, Versioned, choice
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED, PLAIN, RANDOM, SENSITIVE, blank_to
from jobcenter.people.models import Person


def _among(states: frozenset[EnrolState]) -> str:
    return "state IN (" + ", ".join(f"'{one.value}'" for one in EnrolState if one in states) + ")"


_IS_STANDING = text(_among(STANDING))
_IS_SUPPORTED = text("support_turn IS NOT NULL")


class Application(Keyed, Base):
    """One application of one person for one to three classes in the order of their wish."""

    __tablename__ = "application"
    __table_args__ = ({"info": BASIC | BLANKED},)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    source: Mapped[Source] = mapped_column(choice(Source, "source_known"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(Line(300), default="")

    person: Mapped[Person] = relationship()


class Enrolment(Keyed, Versioned, Base):
    """One person in one class, HV-YYYY-nnnnn. `holds_seat`: counted in the class's `taken`.

    Funding (list W) and target group (list F) belong to the enrolment, with number, issuer and
    day of the proof. `support_turn` is 1 where public money pays, 2 or 3 by a decision of the
    city (`support_grounds`): the database lets nobody have the same turn twice.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint(f"holds_seat = ({_among(SEATED)})", name="seat_follows_state"),
        CheckConstraint("state <> 'offered' OR offer_until IS NOT NULL", name="offer_has_an_end"),
        CheckConstraint("preference BETWEEN 1 AND 3", name="preference_one_to_three"),
        CheckConstraint("support_turn BETWEEN 1 AND 3", name="turn_one_to_three"),
        CheckConstraint("support_turn IS NULL OR support_turn = 1 OR support_grounds <> ''",
                        name="again_by_decision"),
        Index(
            "uq_enrolment_standing", "class_id", "person_id", unique=True,
            sqlite_where=_IS_STANDING, postgresql_where=_IS_STANDING,
        ),
        Index(
            "uq_enrolment_support", "person_id", "support_turn", unique=True,
            sqlite_where=_IS_SUPPORTED, postgresql_where=_IS_SUPPORTED,
        ),
        Index("ix_enrolment_class_id_state", "class_id", "state"),
        Index("ix_enrolment_state_offer_until", "state", "offer_until"),
        {"info": BLANKED},
    )  # fmt: skip

    number: Mapped[str] = mapped_column(String(20), unique=True, info=BASIC | blank_to(RANDOM))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    preference: Mapped[int] = mapped_column(default=1, info=PLAIN)
    state: Mapped[EnrolState] = mapped_column(
        choice(EnrolState, "state_known"), info=BASIC | COUNTED
    )
    holds_seat: Mapped[bool] = mapped_column(info=PLAIN)
    source: Mapped[Source] = mapped_column(choice(Source, "source_known"), info=PLAIN)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    job_title: Mapped[str] = mapped_column(Line(120), default="", info=BASIC)
    applied_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    offer_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    enrolled_on: Mapped[dt.date | None] = mapped_column(info=BASIC | COUNTED)
    ended_on: Mapped[dt.date | None] = mapped_column(info=BASIC | COUNTED)
    end_reason: Mapped[str] = mapped_column(Line(300), default="", info=BASIC)
    funding: Mapped[str] = mapped_column(String(40), info=BASIC | COUNTED)  # list W
    # list F
    target_group: Mapped[str | None] = mapped_column(String(40), info=SENSITIVE | COUNTED)
    proof_number: Mapped[str] = mapped_column(Line(80), default="", info=SENSITIVE)
    proof_issuer: Mapped[str] = mapped_column(Line(160), default="", info=SENSITIVE)
    proof_on: Mapped[dt.date | None] = mapped_column(info=SENSITIVE)
    earlier_support: Mapped[bool | None] = mapped_column(info=BASIC)  # None: not asked
    support_turn: Mapped[int | None] = mapped_column(info=BASIC)
    support_grounds: Mapped[str] = mapped_column(Line(160), default="", info=BASIC)
    came_from_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    note: Mapped[str] = mapped_column(Line(300), default="", info=BASIC)

    person: Mapped[Person] = relationship()
    course: Mapped[TrainingClass] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()
    application: Mapped[Application | None] = relationship()
