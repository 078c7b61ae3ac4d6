"""The job seeker's file and what hangs on it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.kernel.db import Base, Codes, Id, Keyed, Line, Prose, Sealed, Versioned, choice
from jobcenter.kernel.privacy import (
    BASIC,
    BLANKED,
    COUNTED,
    DELETED,
    PLAIN,
    RANDOM,
    SENSITIVE,
    blank_to,
)
from jobcenter.people.models import Person, PersonMerge
from jobcenter.seekers.choices import FileState, Paper


class Seeker(Keyed, Versioned, Base):
    """A file HS-YYYY-nnnnn. NULL means "not asked"; codes are those of the lists named."""

    __tablename__ = "seeker"
    __table_args__ = (
        CheckConstraint("pay_min IS NULL OR pay_min >= 0", name="pay_min_not_negative"),
        CheckConstraint("skill_grade BETWEEN 1 AND 7", name="skill_grade_known"),
        Index("ix_seeker_state_id", "state", "id"),
        {"info": BLANKED},
    )

    number: Mapped[str] = mapped_column(String(20), unique=True, info=BASIC | blank_to(RANDOM))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    registered_on: Mapped[dt.date] = mapped_column(info=BASIC | COUNTED)
    state: Mapped[FileState] = mapped_column(choice(FileState, "state_known"), info=PLAIN)
    general_education: Mapped[str | None] = mapped_column(String(40), info=BASIC)  # list A
    qualification: Mapped[str | None] = mapped_column(String(40), info=BASIC)  # list B, the highest
    skill_grade: Mapped[int | None] = mapped_column(Integer, info=BASIC)
    office_it: Mapped[str | None] = mapped_column(String(40), info=BASIC)  # list C
    other_it: Mapped[str | None] = mapped_column(Line(200), info=BASIC)
    soft_skills: Mapped[tuple[str, ...] | None] = mapped_column(Codes, info=BASIC)  # list D
    skills: Mapped[str | None] = mapped_column(Prose, info=BASIC)
    employment_status: Mapped[str | None] = mapped_column(String(40), info=BASIC)  # list E
    status_since: Mapped[dt.date | None] = mapped_column(info=BASIC)
    job_loss_reason: Mapped[str | None] = mapped_column(Line(200), info=BASIC)
    last_pay: Mapped[int | None] = mapped_column(info=BASIC)
    on_unemployment_benefit: Mapped[bool | None] = mapped_column(info=BASIC)
    services: Mapped[tuple[str, ...] | None] = mapped_column(Codes, info=BASIC)  # list G
    pay_wanted: Mapped[int | None] = mapped_column(info=BASIC)
    pay_min: Mapped[int | None] = mapped_column(info=BASIC)
    mode: Mapped[str | None] = mapped_column(String(40), info=BASIC)  # list I
    purpose: Mapped[str | None] = mapped_column(String(40), info=BASIC)  # list J
    shifts: Mapped[tuple[str, ...] | None] = mapped_column(Codes, info=BASIC)  # list K, accepted
    accepts_overtime: Mapped[bool | None] = mapped_column(info=BASIC)
    needs_dormitory: Mapped[bool | None] = mapped_column(info=BASIC)
    needs_bus: Mapped[bool | None] = mapped_column(info=BASIC)
    employer_types: Mapped[tuple[str, ...] | None] = mapped_column(Codes, info=BASIC)  # list L
    parks: Mapped[tuple[str, ...] | None] = mapped_column(Codes, info=BASIC)
    available_on: Mapped[dt.date | None] = mapped_column(info=BASIC)
    height_cm: Mapped[str | None] = mapped_column(Sealed("seeker.height_cm"), info=SENSITIVE)
    weight_kg: Mapped[str | None] = mapped_column(Sealed("seeker.weight_kg"), info=SENSITIVE)
    health: Mapped[str | None] = mapped_column(Sealed("seeker.health"), info=SENSITIVE)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str | None] = mapped_column(Prose, info=BASIC)

    person: Mapped[Person] = relationship()
    wishes: Mapped[list[Wish]] = relationship(order_by="Wish.rank", cascade="all, delete-orphan")
    qualifications: Mapped[list[Qualification]] = relationship(
        order_by="Qualification.id", cascade="all, delete-orphan"
    )
    certificates: Mapped[list[SkillCertificate]] = relationship(
        order_by="SkillCertificate.id", cascade="all, delete-orphan"
    )
    experiences: Mapped[list[Experience]] = relationship(
        order_by="Experience.started_on.desc(), Experience.id", cascade="all, delete-orphan"
    )
    languages: Mapped[list[LanguageSkill]] = relationship(
        order_by="LanguageSkill.id", cascade="all, delete-orphan"
    )
    target_groups: Mapped[list[TargetGroup]] = relationship(
        order_by="TargetGroup.id", cascade="all, delete-orphan"
    )


class OfSeeker:
    """What every row that hangs on a file has."""

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seeker.id"), index=True)


class Wish(OfSeeker, Base):
    """A job wanted, first to third choice."""

    __tablename__ = "wish"
    __table_args__ = (
        UniqueConstraint("seeker_id", "rank"),
        CheckConstraint("rank BETWEEN 1 AND 3", name="rank_one_to_three"),
        {"info": BASIC | DELETED},
    )

    rank: Mapped[int]
    title: Mapped[str] = mapped_column(Line(120))
    occupation_code: Mapped[str | None] = mapped_column(ForeignKey("occupation.code"))


class Qualification(OfSeeker, Base):
    """A professional-technical level (list B) in a field of study."""

    __tablename__ = "qualification"
    __table_args__ = {"info": BASIC | DELETED}

    level: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(Line(120), default="")
    school: Mapped[str] = mapped_column(Line(160), default="")
    year: Mapped[int | None]


class SkillCertificate(OfSeeker, Base):
    """An occupational certificate or licence (forklift, welding, electrical safety ...)."""

    __tablename__ = "skill_certificate"
    __table_args__ = {"info": BASIC | DELETED}

    name: Mapped[str] = mapped_column(Line(120))
    issued_on: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]


class Experience(OfSeeker, Base):
    """A job held; `ended_on` NULL means it goes on."""

    __tablename__ = "experience"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
        {"info": BASIC | DELETED},
    )

    employer: Mapped[str] = mapped_column(Line(160), default="")
    position: Mapped[str] = mapped_column(Line(120))
    occupation_code: Mapped[str | None] = mapped_column(ForeignKey("occupation.code"))
    started_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None]
    duties: Mapped[str] = mapped_column(Prose, default="")


class LanguageSkill(OfSeeker, Base):
    """A foreign language with ability (list C) and certificate."""

    __tablename__ = "language_skill"
    __table_args__ = (UniqueConstraint("seeker_id", "language"), {"info": BASIC | DELETED})

    language: Mapped[str] = mapped_column(Line(40))
    ability: Mapped[str | None] = mapped_column(String(40))
    certificate: Mapped[str] = mapped_column(Line(80), default="")


class TargetGroup(OfSeeker, Base):
    """A target group (list F) with its proof: sensitive, never a feature of the matcher."""

    __tablename__ = "target_group"
    __table_args__ = (UniqueConstraint("seeker_id", "code"), {"info": SENSITIVE | BLANKED})

    code: Mapped[str] = mapped_column(String(40), info=COUNTED)
    proof_number: Mapped[str] = mapped_column(Line(80), default="")
    issuer: Mapped[str] = mapped_column(Line(160), default="")
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]


class DossierItem(OfSeeker, Base):
    """One paper of the dossier as it was last looked at; the paper itself is not kept.

    `has` NULL means "not asked", as no row does. `valid_to` is the last day on which it counts.
    """

    __tablename__ = "dossier_item"
    __table_args__ = (
        UniqueConstraint("seeker_id", "paper"),
        CheckConstraint("valid_to IS NULL OR valid_to >= dated_on", name="valid_after_dated"),
        {"info": BASIC | DELETED},
    )

    paper: Mapped[Paper] = mapped_column(choice(Paper, "paper_known"))
    has: Mapped[bool | None]
    dated_on: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(Line(200), default="")


class SeekerMerge(Base):
    """What a merge of two people did to the file that stays; the other file is kept as it was."""

    __tablename__ = "seeker_merge"
    __table_args__ = ({"info": DELETED},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("person_merge.id"), unique=True)
    survivor_id: Mapped[int] = mapped_column(ForeignKey("seeker.id"), index=True)
    loser_id: Mapped[int] = mapped_column(ForeignKey("seeker.id"), index=True)
    overwritten: Mapped[str | None] = mapped_column(
        Sealed("seeker_merge.overwritten"), info=SENSITIVE
    )

    merge: Mapped[PersonMerge] = relationship()
    survivor: Mapped[Seeker] = relationship(foreign_keys=survivor_id)
    loser: Mapped[Seeker] = relationship(foreign_keys=loser_id)
