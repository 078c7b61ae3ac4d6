"""Programmes, targets, trainers, rooms, classes and their sessions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Time,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.courses.choices import ClassState, FillRule, RoomKind, SessionKind
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel.db import Base, Codes, Id, Keyed, Line, Prose, UtcDateTime, Versioned, choice
from jobcenter.kernel.privacy import BASIC, PLAIN, kept
from jobcenter.kernel.words import N_


class Programme(Keyed, Versioned, Base):
    """What is taught, of a type of list V. `certificate` is what it opens at a firm's gate.

    `partner` names the school that issues the diploma of a partner programme.
    """

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("least_age BETWEEN 13 AND 60", name="age_plausible"),
        # A partner programme names its partner, and no other does.
        CheckConstraint("(type = 'partner') = (partner <> '')", name="partner_is_named"),
    )

    code: Mapped[str] = mapped_column(String(20), unique=True)
    type: Mapped[str] = mapped_column(String(40), index=True)  # list V
    name_vi: Mapped[str] = mapped_column(Line(160))
    name_en: Mapped[str] = mapped_column(Line(160), default="")
    folded: Mapped[str] = mapped_column(String(400))
    partner: Mapped[str] = mapped_column(Line(160), default="")
    certificate: Mapped[str] = mapped_column(Line(120), default="")
    least_age: Mapped[int] = mapped_column(Integer, default=15)
    least_education: Mapped[str | None] = mapped_column(String(40))  # list A
    is_hazardous: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_offered: Mapped[bool] = mapped_column(default=True, server_default=true())
    description: Mapped[str] = mapped_column(Prose, default="")

    skills: Mapped[list[ProgrammeSkill]] = relationship(
        order_by="ProgrammeSkill.position, ProgrammeSkill.id", cascade="all, delete-orphan"
    )
    curricula: Mapped[list[Curriculum]] = relationship(
        order_by="Curriculum.valid_from.desc()",
        cascade="all, delete-orphan",
        back_populates="programme",
    )


class ProgrammeSkill(Base):
    """A skill that a programme teaches, and the occupation of VSCO that it serves."""

    __tablename__ = "programme_skill"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(Line(120))
    occupation_code: Mapped[str | None] = mapped_column(ForeignKey("occupation.code"), index=True)


class Curriculum(Keyed, Versioned, Base):
    """The modules of a programme from a day on, by a decision; a later one leaves it as it was."""

    __tablename__ = "curriculum"
    __table_args__ = (UniqueConstraint("programme_id", "valid_from"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    valid_from: Mapped[dt.date]
    decision: Mapped[str] = mapped_column(Line(120), default="")

    programme: Mapped[Programme] = relationship(back_populates="curricula")
    modules: Mapped[list[Module]] = relationship(
        order_by="Module.position, Module.id", cascade="all, delete-orphan"
    )

    @property
    def theory_hours(self) -> int:
        """Return the standard hours of theory."""
        return sum(one.theory_hours for one in self.modules)

    @property
    def hours(self) -> int:
        """Return all standard hours."""
        return sum(one.hours for one in self.modules)


class Module(Keyed, Base):
    """A module (mô đun) with its standard hours."""

    __tablename__ = "module"
    __table_args__ = (
        UniqueConstraint("curriculum_id", "code"),
        CheckConstraint(
            "theory_hours >= 0 AND practice_hours >= 0 AND exam_hours >= 0",
            name="hours_not_negative",
        ),
    )

    curriculum_id: Mapped[int] = mapped_column(ForeignKey("curriculum.id"), index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(Line(20))
    name: Mapped[str] = mapped_column(Line(160))
    theory_hours: Mapped[int] = mapped_column(default=0)
    practice_hours: Mapped[int] = mapped_column(default=0)
    exam_hours: Mapped[int] = mapped_column(default=0)

    @property
    def hours(self) -> int:
        """Return its standard hours."""
        return self.theory_hours + self.practice_hours + self.exam_hours


class PlanTarget(Keyed, Versioned, Base):
    """How many learners of a programme type the year's plan sets."""

    __tablename__ = "plan_target"
    __table_args__ = (
        UniqueConstraint("year", "type"),
        CheckConstraint("target BETWEEN 0 AND 100000", name="target_plausible"),
        CheckConstraint("year BETWEEN 2000 AND 2200", name="year_plausible"),
    )

    year: Mapped[int]
    type: Mapped[str] = mapped_column(String(40))  # list V
    target: Mapped[int]
    decision: Mapped[str] = mapped_column(Line(120), default="")


class Trainer(Keyed, Versioned, Base):
    """Who teaches; `account_id` is the account with which they see their own classes."""

    __tablename__ = "trainer"
    __table_args__ = ({"info": kept(N_("Giáo viên của trường, sửa ngay trong sổ giáo viên"))},)

    name: Mapped[str] = mapped_column(Line(120), info=BASIC)
    phone: Mapped[str | None] = mapped_column(String(16), info=BASIC)
    subject: Mapped[str] = mapped_column(Line(160), default="")
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    account_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)


class TrainingRoom(Keyed, Versioned, Base):
    """A room or workshop."""

    __tablename__ = "training_room"
    __table_args__ = (CheckConstraint("seats BETWEEN 1 AND 1000", name="seats_plausible"),)

    name: Mapped[str] = mapped_column(Line(80), unique=True)
    kind: Mapped[RoomKind] = mapped_column(choice(RoomKind, "kind_known"))
    seats: Mapped[int]
    place: Mapped[str] = mapped_column(Line(160), default="")
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())


class TrainingClass(Keyed, Versioned, Base):
    """A class (lớp): course K12 of a programme. `taken` counts who holds one of its places.

    A firm's class names the firm, its contract and how many people were ordered. `funding` is what
    learners get unless their own enrolment says otherwise. Cost and fee in VND, whole class and
    one learner.
    """

    __tablename__ = "training_class"
    __table_args__ = (
        CheckConstraint("places BETWEEN 1 AND 500", name="places_plausible"),
        # The last place is sold once: whoever takes a place raises `taken` under this.
        CheckConstraint("taken BETWEEN 0 AND places", name="taken_within_places"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="hours_in_order"),
        CheckConstraint("enterprise_id IS NOT NULL OR (contract_number = '' AND ordered IS NULL)",
                        name="order_names_firm"),
        CheckConstraint("(state = 'cancelled') = (cancel_reason <> '')",
                        name="reason_when_cancelled"),
        CheckConstraint("cost >= 0 AND fee >= 0", name="money_not_negative"),
        Index("ix_training_class_state_starts_on_id", "state", "starts_on", "id"),
        {"info": PLAIN},
    )  # fmt: skip

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(Line(160))
    folded: Mapped[str] = mapped_column(String(400))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    curriculum_id: Mapped[int | None] = mapped_column(ForeignKey("curriculum.id"))
    state: Mapped[ClassState] = mapped_column(choice(ClassState, "state_known"))
    course: Mapped[str] = mapped_column(Line(20), default="")  # khoá
    intake: Mapped[str] = mapped_column(Line(60), default="")  # đợt tuyển sinh
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    enrol_until: Mapped[dt.date | None]
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0, server_default="0")
    fill_rule: Mapped[FillRule] = mapped_column(
        choice(FillRule, "fill_rule_known"), default=FillRule.FIRST_COME
    )
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("trainer.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("training_room.id"), index=True)
    place: Mapped[str] = mapped_column(Line(160), default="")
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("commune.code"))
    weekdays: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    starts_at: Mapped[dt.time | None] = mapped_column(Time)
    ends_at: Mapped[dt.time | None] = mapped_column(Time)
    session_hours: Mapped[int] = mapped_column(default=4, server_default="4")
    funding: Mapped[str] = mapped_column(String(40))  # list W
    cost: Mapped[int | None]
    fee: Mapped[int | None]
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    contract_number: Mapped[str] = mapped_column(Line(60), default="")
    contract_on: Mapped[dt.date | None]
    ordered: Mapped[int | None]
    decision_number: Mapped[str] = mapped_column(Line(60), default="")
    decision_on: Mapped[dt.date | None]
    decision_paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    cancel_reason: Mapped[str] = mapped_column(Line(300), default="")
    note: Mapped[str] = mapped_column(Prose, default="")

    programme: Mapped[Programme] = relationship()
    curriculum: Mapped[Curriculum | None] = relationship()
    trainer: Mapped[Trainer | None] = relationship()
    room: Mapped[TrainingRoom | None] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()


class ClassSession(Keyed, Versioned, Base):
    """A session (buổi) of a class; `hours` are standard hours. A make-up names what it makes up.

    A cancelled one stays listed with its reason and has no number among the others.
    """

    __tablename__ = "class_session"
    __table_args__ = (
        CheckConstraint("hours BETWEEN 1 AND 12", name="hours_plausible"),
        CheckConstraint("ends_at > starts_at", name="hours_in_order"),
        CheckConstraint("(cancelled_at IS NULL) = (cancel_reason = '')",
                        name="reason_when_cancelled"),
        Index("ix_class_session_day_class_id", "day", "class_id"),
        Index("ix_class_session_class_id_day", "class_id", "day", "starts_at"),
        {"info": PLAIN},
    )  # fmt: skip

    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    day: Mapped[dt.date]
    starts_at: Mapped[dt.time] = mapped_column(Time)
    ends_at: Mapped[dt.time] = mapped_column(Time)
    kind: Mapped[SessionKind] = mapped_column(choice(SessionKind, "kind_known"))
    hours: Mapped[int]
    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"))
    topic: Mapped[str] = mapped_column(Line(160), default="")
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("trainer.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("training_room.id"), index=True)
    makes_up_id: Mapped[int | None] = mapped_column(ForeignKey("class_session.id"), unique=True)
    cancelled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str] = mapped_column(Line(200), default="")

    course: Mapped[TrainingClass] = relationship()
    module: Mapped[Module | None] = relationship()
    trainer: Mapped[Trainer | None] = relationship()
    room: Mapped[TrainingRoom | None] = relationship()
