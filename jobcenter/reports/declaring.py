"""What an indicator is: its unit, how rows make a figure, by what it may be split, its group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, literal

from jobcenter.kernel.words import N_
from jobcenter.reports.facts import Fact


class Unit(StrEnum):
    """What is counted."""

    TIMES = "lượt"
    PEOPLE = "người"
    FILES = "hồ sơ"
    FIRMS = "doanh nghiệp"
    OPENINGS = "chỗ"
    SESSIONS = "phiên"
    CLASSES = "lớp"
    PERCENT = "%"
    COMPLAINTS = "khiếu nại"
    DAYS = "ngày"


UNIT_LABELS = {
    Unit.TIMES: N_("lượt"),
    Unit.PEOPLE: N_("người"),
    Unit.FILES: N_("hồ sơ"),
    Unit.FIRMS: N_("doanh nghiệp"),
    Unit.OPENINGS: N_("chỗ"),
    Unit.SESSIONS: N_("phiên"),
    Unit.CLASSES: N_("lớp"),
    Unit.PERCENT: "%",
    Unit.COMPLAINTS: N_("khiếu nại"),
    Unit.DAYS: N_("ngày"),
}


class Measure(StrEnum):
    """How the rows of a fact make a figure."""

    ROWS = "rows"  # each row once
    PEOPLE = "people"  # humans, each once; rows without a file are of nobody known
    FIRMS = "firms"  # firms, each once
    AMOUNT = "amount"  # the sum of the amounts
    MEDIAN = "median"  # the amount in the middle; of two, half of their sum


class Dimension(StrEnum):
    """By what a figure may be split."""

    SEX = "sex"
    AGE = "age"
    PARK = "park"
    OCCUPATION = "occupation"
    TARGET = "target"
    TYPE = "type"
    SUBJECT = "subject"
    KIND = "kind"
    COMPLAINT = "complaint"


DIMENSION_LABELS = {
    Dimension.SEX: N_("Giới tính"),
    Dimension.AGE: N_("Nhóm tuổi"),
    Dimension.PARK: N_("Khu công nghiệp"),
    Dimension.OCCUPATION: N_("Nhóm nghề"),
    Dimension.TARGET: N_("Đối tượng ưu tiên"),
    Dimension.TYPE: N_("Loại chương trình"),
    Dimension.SUBJECT: N_("Nội dung tư vấn"),
    Dimension.KIND: N_("Loại phiên"),
    Dimension.COMPLAINT: N_("Loại khiếu nại"),
}


class Group(StrEnum):
    """The part of the report an indicator stands in."""

    ADVICE = "advice"
    WORK = "work"
    FIRMS = "firms"
    SCHOOL = "school"
    SAFETY = "safety"
    QUALITY = "quality"


GROUP_LABELS = {
    Group.ADVICE: N_("Tư vấn"),
    Group.WORK: N_("Giới thiệu và việc làm"),
    Group.FIRMS: N_("Doanh nghiệp và chỗ việc làm"),
    Group.SCHOOL: N_("Đào tạo nghề"),
    Group.SAFETY: N_("Huấn luyện an toàn, ngoài chỉ tiêu tuyển sinh"),
    Group.QUALITY: N_("Thời gian chờ, khiếu nại, mức hài lòng"),
}
Where = Callable[[Any], ColumnElement[bool]]
Values = dict[str, float | None]


def _all(_c: Any) -> ColumnElement[bool]:
    return literal(True)


def is_so(c: Any) -> ColumnElement[bool]:
    """Narrow to the rows of which the fact's own question holds."""
    made: ColumnElement[bool] = c.is_so
    return made


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure: counted of a fact, the plan of the school, or made of others.

    `types` are the programme types whose targets are its plan (empty: none; None with `is_intake`:
    all that count).
    """

    code: str
    group: Group
    label: str
    unit: Unit
    definition: str
    overlap: str = ""
    fact: Fact | None = None
    measure: Measure = Measure.ROWS
    where: Where = _all
    made_of: Callable[[Values], float | None] | None = None
    parts: tuple[str, ...] = ()  # the codes it is made of
    dimensions: tuple[Dimension, ...] = ()
    types: tuple[str, ...] | None = ()
    is_plan: bool = False


BODY = (Dimension.SEX, Dimension.AGE, Dimension.TARGET)
JOB = (*BODY, Dimension.PARK, Dimension.OCCUPATION)
LEARNER = (Dimension.TYPE, *BODY)
VACANCY = (Dimension.PARK, Dimension.OCCUPATION)
ONCE = N_("Một người tính một lần trong kỳ, dù có mấy lượt; hồ sơ đã gộp là một người.")
EACH = N_("Một người nhiều lượt tính nhiều lượt.")
