"""What is said of a vacancy when it is written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class VacancyData:
    """What a firm asks for; None means "not stated". Pay in VND, hours a month, days."""

    title: str
    headcount: int = 1
    description: str = ""
    requirement: str = ""
    occupation_code: str | None = None
    position: str | None = None
    general_education: str | None = None
    qualification: str | None = None
    field: str = ""
    skill_grade: int | None = None
    certificates: Sequence[str] = ()
    languages: Sequence[str] | None = None
    office_it: str | None = None
    soft_skills: Sequence[str] | None = None
    skills: str = ""
    experience: str | None = None
    years_experience: int | None = None
    park_code: str | None = None
    commune_code: str | None = None
    place: str = ""
    contract: str | None = None
    extra_demands: Sequence[str] | None = None
    mode: str | None = None
    purpose: str | None = None
    pay_kind: str | None = None
    pay_min: int | None = None
    pay_max: int | None = None
    shift: str | None = None
    overtime_hours: int | None = None
    benefits: Sequence[str] | None = None
    conditions: Sequence[str] | None = None
    priority_groups: Sequence[str] | None = None
    apply_ways: Sequence[str] | None = None
    services: Sequence[str] | None = None
    has_dormitory: bool | None = None
    has_bus: bool | None = None
    probation_days: int | None = None
    safety_group: int | None = None
    round_number: int | None = None
    round_month: dt.date | None = None  # its first day
    deadline: dt.date | None = None
    start_on: dt.date | None = None
    contact_name: str = ""
    contact_phone: str | None = None
    contact_email: str | None = None


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an imported vacancy comes from; `ref` is unique, so nothing comes twice."""

    source: str
    ref: str
    firm_as_written: str = ""
    notes: str = ""
