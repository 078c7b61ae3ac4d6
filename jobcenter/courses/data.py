"""What is said of a programme, a curriculum and a class when they are written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jobcenter.courses.choices import FillRule


@dataclass(frozen=True, kw_only=True)
class SkillData:
    """A skill that a programme teaches; the occupation may be unknown."""

    name: str
    occupation_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProgrammeData:
    """A programme; `type` is a code of list V, `least_education` of list A."""

    code: str
    type: str
    name_vi: str
    name_en: str = ""
    partner: str = ""
    certificate: str = ""
    least_age: int = 15
    least_education: str | None = None
    is_hazardous: bool = False
    is_offered: bool = True
    description: str = ""
    skills: Sequence[SkillData] = ()


@dataclass(frozen=True, kw_only=True)
class ModuleData:
    """A module with its standard hours."""

    code: str
    name: str
    theory_hours: int = 0
    practice_hours: int = 0
    exam_hours: int = 0


@dataclass(frozen=True, kw_only=True)
class ClassData:
    """A class as it is planned; `funding` is a code of list W, `weekdays` "0" (Monday) to "6"."""

    code: str
    name: str
    starts_on: dt.date
    ends_on: dt.date
    places: int
    funding: str
    course: str = ""
    intake: str = ""
    enrol_until: dt.date | None = None
    fill_rule: FillRule = FillRule.FIRST_COME
    trainer_id: int | None = None
    room_id: int | None = None
    place: str = ""
    commune_code: str | None = None
    weekdays: Sequence[str] = ()
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    session_hours: int = 4
    cost: int | None = None
    fee: int | None = None
    enterprise_id: int | None = None
    contract_number: str = ""
    contract_on: dt.date | None = None
    ordered: int | None = None
    note: str = ""
