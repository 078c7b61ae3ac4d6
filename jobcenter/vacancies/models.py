"""Vacancies, the certificates they demand and the wordings flagged in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.accounts.models import User
from jobcenter.enterprises.models import OF_FIRM, Enterprise
from jobcenter.kernel import clock
from jobcenter.kernel.db import (
    Base,
    Codes,
    Id,
    Keyed,
    Line,
    Prose,
    UtcDateTime,
    Versioned,
    choice,
)
from jobcenter.kernel.privacy import BASIC, PLAIN
from jobcenter.vacancies.choices import CloseReason, FlagKind, UnderWay, VacancyState


class Vacancy(Keyed, Versioned, Base):
    """A job order YC-YYYY-nnnn. NULL means "not stated"; codes are those of the lists named."""

    __tablename__ = "vacancy"
    __table_args__ = (
        CheckConstraint("headcount >= 1", name="headcount_at_least_one"),
        CheckConstraint("filled BETWEEN 0 AND headcount", name="filled_within_headcount"),
        CheckConstraint("pay_max IS NULL OR pay_max >= pay_min", name="pay_in_order"),
        CheckConstraint("state <> 'open' OR enterprise_id IS NOT NULL", name="open_names_firm"),
        # Openings left are headcount less filled: the state follows the count.
        CheckConstraint("state <> 'open' OR filled < headcount", name="open_has_room"),
        CheckConstraint("state <> 'filled' OR filled = headcount", name="filled_is_full"),
        CheckConstraint("(round_number IS NULL) = (round_month IS NULL)", name="round_is_whole"),
        CheckConstraint("close_reason IS NULL OR state = 'closed'", name="reason_when_closed"),
        Index("ix_vacancy_state_deadline_id", "state", "deadline", "id"),
        Index("ix_vacancy_round_month_round_number", "round_month", "round_number"),
        {"info": OF_FIRM},
    )

    number: Mapped[str] = mapped_column(String(20), unique=True)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("recruitment_sheet.id"), index=True)
    state: Mapped[VacancyState] = mapped_column(choice(VacancyState, "state_known"))
    registered_on: Mapped[dt.date]
    title: Mapped[str] = mapped_column(Line(200))
    folded: Mapped[str] = mapped_column(String(500))
    headcount: Mapped[int] = mapped_column(Integer, default=1)
    filled: Mapped[int] = mapped_column(Integer, default=0)
    description: Mapped[str] = mapped_column(Prose, default="")
    requirement: Mapped[str] = mapped_column(Prose, default="")
    occupation_code: Mapped[str | None] = mapped_column(ForeignKey("occupation.code"))
    position: Mapped[str | None] = mapped_column(String(40))  # chức vụ
    general_education: Mapped[str | None] = mapped_column(String(40))  # list A
    qualification: Mapped[str | None] = mapped_column(String(40))  # list B
    field: Mapped[str] = mapped_column(Line(120), default="")
    skill_grade: Mapped[int | None]
    languages: Mapped[tuple[str, ...] | None] = mapped_column(Codes)
    office_it: Mapped[str | None] = mapped_column(String(40))  # list C
    soft_skills: Mapped[tuple[str, ...] | None] = mapped_column(Codes)  # list D
    skills: Mapped[str] = mapped_column(Prose, default="")
    experience: Mapped[str | None] = mapped_column(String(40))  # list N
    years_experience: Mapped[int | None]
    park_code: Mapped[str | None] = mapped_column(ForeignKey("park.code"), index=True)
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("commune.code"))
    place: Mapped[str] = mapped_column(Line(200), default="")
    contract: Mapped[str | None] = mapped_column(String(40))  # list O
    extra_demands: Mapped[tuple[str, ...] | None] = mapped_column(Codes)
    mode: Mapped[str | None] = mapped_column(String(40))  # list I
    purpose: Mapped[str | None] = mapped_column(String(40))  # list J
    pay_kind: Mapped[str | None] = mapped_column(String(40))  # list H
    pay_min: Mapped[int | None]
    pay_max: Mapped[int | None]
    shift: Mapped[str | None] = mapped_column(String(40))  # list K
    overtime_hours: Mapped[int | None]
    benefits: Mapped[tuple[str, ...] | None] = mapped_column(Codes)  # list P
    conditions: Mapped[tuple[str, ...] | None] = mapped_column(Codes)  # list Q
    priority_groups: Mapped[tuple[str, ...] | None] = mapped_column(Codes)  # list F
    apply_ways: Mapped[tuple[str, ...] | None] = mapped_column(Codes)
    services: Mapped[tuple[str, ...] | None] = mapped_column(Codes)
    has_dormitory: Mapped[bool | None]
    has_bus: Mapped[bool | None]
    probation_days: Mapped[int | None]
    safety_group: Mapped[int | None]
    round_number: Mapped[int | None]  # "Đợt 2 tháng 11/2026"
    round_month: Mapped[dt.date | None]
    deadline: Mapped[dt.date | None]
    start_on: Mapped[dt.date | None]
    contact_name: Mapped[str] = mapped_column(Line(120), default="", info=BASIC)
    contact_phone: Mapped[str | None] = mapped_column(String(16), info=BASIC)
    contact_email: Mapped[str | None] = mapped_column(Line(120), info=BASIC)
    firm_as_written: Mapped[str] = mapped_column(Line(200), default="")
    source: Mapped[str] = mapped_column(Line(60), default="")
    source_ref: Mapped[str | None] = mapped_column(String(120), unique=True)
    import_notes: Mapped[str] = mapped_column(Prose, default="")
    close_reason: Mapped[CloseReason | None] = mapped_column(choice(CloseReason, "reason_known"))
    # Why the centre sent it back last; empty once it is submitted again.
    sent_back_for: Mapped[str] = mapped_column(Prose, default="")

    enterprise: Mapped[Enterprise | None] = relationship()
    sheet: Mapped[RecruitmentSheet | None] = relationship()
    certificates: Mapped[list[RequiredCertificate]] = relationship(
        order_by="RequiredCertificate.id", cascade="all, delete-orphan"
    )
    flags: Mapped[list[WordingFlag]] = relationship(
        order_by="WordingFlag.field, WordingFlag.start, WordingFlag.id",
        cascade="all, delete-orphan",
    )


class RecruitmentSheet(Keyed, Versioned, Base):
    """A sheet PN-YYYY-nnnn: one firm, one contact, several jobs."""

    __tablename__ = "recruitment_sheet"
    __table_args__ = ({"info": OF_FIRM},)

    number: Mapped[str] = mapped_column(String(20), unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    received_on: Mapped[dt.date]
    contact_name: Mapped[str] = mapped_column(Line(120), default="", info=BASIC)
    contact_position: Mapped[str] = mapped_column(Line(80), default="", info=BASIC)
    contact_phone: Mapped[str | None] = mapped_column(String(16), info=BASIC)
    contact_email: Mapped[str | None] = mapped_column(Line(120), info=BASIC)
    services: Mapped[tuple[str, ...] | None] = mapped_column(Codes)

    enterprise: Mapped[Enterprise] = relationship()


class RequiredCertificate(Base):
    """A certificate or licence that the job demands: a gate, not a score."""

    __tablename__ = "required_certificate"
    __table_args__ = (UniqueConstraint("vacancy_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    name: Mapped[str] = mapped_column(Line(120))


class WordingFlag(Base):
    """A wording that may discriminate, where it stands and what was said about it.

    It is settled by changing the text (the row goes) or as a genuine requirement: `grounds` by
    whoever asks for it, approved by a member of staff who did not write them.
    """

    __tablename__ = "wording_flag"
    __table_args__ = (
        CheckConstraint(
            "approved_at IS NULL OR (grounds <> '' AND approved_by_id IS NOT NULL AND "
            "(grounds_by_id IS NULL OR grounds_by_id <> approved_by_id))",
            name="approved_by_another",
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    kind: Mapped[FlagKind] = mapped_column(choice(FlagKind, "kind_known"))
    field: Mapped[str] = mapped_column(String(20))
    start: Mapped[int] = mapped_column(Integer, default=0)
    stop: Mapped[int] = mapped_column(Integer, default=0)
    excerpt: Mapped[str] = mapped_column(Line(300))
    grounds: Mapped[str] = mapped_column(Prose, default="")
    grounds_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    grounds_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    remark: Mapped[str] = mapped_column(Prose, default="")  # what the centre asks to be changed
    remark_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    grounds_by: Mapped[User | None] = relationship(foreign_keys=[grounds_by_id], lazy="joined")
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id], lazy="joined")


class VacancyChange(Base):
    """One field of one change, before and after as they are kept (codes, figures, ISO days).

    Words are made of them when they are read. Contact data stands as "changed" without its value.
    """

    __tablename__ = "vacancy_change"
    __table_args__ = (
        Index("ix_vacancy_change_vacancy_id_id", "vacancy_id", "id"),
        {"info": PLAIN | OF_FIRM},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    user_id: Mapped[int | None] = mapped_column(Id)
    actor: Mapped[str] = mapped_column(Line(120), info=BASIC)
    action: Mapped[str] = mapped_column(String(60))
    field: Mapped[str] = mapped_column(String(40), default="")
    before: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    after: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    note: Mapped[str] = mapped_column(Prose, default="")
    # How many people were under way, and what becomes of them: they are told `note`.
    people: Mapped[int | None]
    under_way: Mapped[UnderWay | None] = mapped_column(choice(UnderWay, "under_way_known"))
