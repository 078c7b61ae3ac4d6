"""Vacancies, the certificates they demand and the wordings flagged in them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel.db import Base, Codes, Id, Keyed, Line, Prose, Versioned, choice
from jobcenter.kernel.privacy import BASIC
from jobcenter.vacancies.choices import FlagKind, VacancyState


class Vacancy(Keyed, Versioned, Base):
    """A job order YC-YYYY-nnnn. NULL means "not stated"; codes are those of the lists named."""

    __tablename__ = "vacancy"
    __table_args__ = (
        CheckConstraint("headcount >= 1", name="headcount_at_least_one"),
        CheckConstraint("filled BETWEEN 0 AND headcount", name="filled_within_headcount"),
        CheckConstraint("pay_max IS NULL OR pay_max >= pay_min", name="pay_in_order"),
        CheckConstraint("state <> 'open' OR enterprise_id IS NOT NULL", name="open_names_firm"),
        Index("ix_vacancy_state_deadline_id", "state", "deadline", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), unique=True)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
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
    round: Mapped[str] = mapped_column(Line(40), default="")
    deadline: Mapped[dt.date | None]
    start_on: Mapped[dt.date | None]
    genuine_requirement: Mapped[str] = mapped_column(Prose, default="")
    contact_name: Mapped[str] = mapped_column(Line(120), default="", info=BASIC)
    contact_phone: Mapped[str | None] = mapped_column(String(16), info=BASIC)
    contact_email: Mapped[str | None] = mapped_column(Line(120), info=BASIC)
    firm_as_written: Mapped[str] = mapped_column(Line(200), default="")
    source: Mapped[str] = mapped_column(Line(60), default="")
    source_ref: Mapped[str | None] = mapped_column(String(120), unique=True)
    import_notes: Mapped[str] = mapped_column(Prose, default="")

    enterprise: Mapped[Enterprise | None] = relationship()
    certificates: Mapped[list[RequiredCertificate]] = relationship(
        order_by="RequiredCertificate.id", cascade="all, delete-orphan"
    )
    flags: Mapped[list[WordingFlag]] = relationship(
        order_by="WordingFlag.id", cascade="all, delete-orphan"
    )


class RequiredCertificate(Base):
    """A certificate or licence that the job demands: a gate, not a score."""

    __tablename__ = "required_certificate"
    __table_args__ = (UniqueConstraint("vacancy_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    name: Mapped[str] = mapped_column(Line(120))


class WordingFlag(Base):
    """A wording that may discriminate, where it stands and what was said about it."""

    __tablename__ = "wording_flag"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    kind: Mapped[FlagKind] = mapped_column(choice(FlagKind, "kind_known"))
    field: Mapped[str] = mapped_column(String(20))
    excerpt: Mapped[str] = mapped_column(Line(300))
