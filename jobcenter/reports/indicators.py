"""Every indicator, declared once: name, unit, definition, overlaps, and what it counts of a fact.

`VERSION` is raised whenever a definition or a query changes; a frozen report keeps the one it was
computed with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, literal

from jobcenter.kernel.words import N_
from jobcenter.reports import facts, rounding
from jobcenter.reports.facts import Fact

VERSION = "2026-11"


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


UNIT_LABELS = {
    Unit.TIMES: N_("lượt"),
    Unit.PEOPLE: N_("người"),
    Unit.FILES: N_("hồ sơ"),
    Unit.FIRMS: N_("doanh nghiệp"),
    Unit.OPENINGS: N_("chỗ"),
    Unit.SESSIONS: N_("phiên"),
    Unit.CLASSES: N_("lớp"),
    Unit.PERCENT: "%",
}


class Measure(StrEnum):
    """How the rows of a fact make a figure."""

    ROWS = "rows"  # each row once
    PEOPLE = "people"  # humans, each once; rows without a file are of nobody known
    FIRMS = "firms"  # firms, each once
    AMOUNT = "amount"  # the sum of the amounts


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


DIMENSION_LABELS = {
    Dimension.SEX: N_("Giới tính"),
    Dimension.AGE: N_("Nhóm tuổi"),
    Dimension.PARK: N_("Khu công nghiệp"),
    Dimension.OCCUPATION: N_("Nhóm nghề"),
    Dimension.TARGET: N_("Đối tượng ưu tiên"),
    Dimension.TYPE: N_("Loại chương trình"),
    Dimension.SUBJECT: N_("Nội dung tư vấn"),
    Dimension.KIND: N_("Loại phiên"),
}


class Group(StrEnum):
    """The part of the report an indicator stands in."""

    ADVICE = "advice"
    WORK = "work"
    FIRMS = "firms"
    SCHOOL = "school"
    SAFETY = "safety"


GROUP_LABELS = {
    Group.ADVICE: N_("Tư vấn"),
    Group.WORK: N_("Giới thiệu và việc làm"),
    Group.FIRMS: N_("Doanh nghiệp và chỗ việc làm"),
    Group.SCHOOL: N_("Đào tạo nghề"),
    Group.SAFETY: N_("Huấn luyện an toàn, ngoài chỉ tiêu tuyển sinh"),
}
Where = Callable[[Any], ColumnElement[bool]]
Values = dict[str, float | None]


def _all(_c: Any) -> ColumnElement[bool]:
    return literal(True)


def _so(c: Any) -> ColumnElement[bool]:
    made: ColumnElement[bool] = c.is_so
    return made


def _counting(*types: str) -> Where:
    return lambda c: c.is_so & c.type.in_(types)


def _safety(c: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = c.type.like("safety-%")
    return found


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
    dimensions: tuple[Dimension, ...] = ()
    types: tuple[str, ...] | None = ()
    is_plan: bool = False


_BODY = (Dimension.SEX, Dimension.AGE, Dimension.TARGET)
_JOB = (*_BODY, Dimension.PARK, Dimension.OCCUPATION)
_LEARNER = (Dimension.TYPE, *_BODY)
_ONCE = N_("Một người tính một lần trong kỳ, dù có mấy lượt; hồ sơ đã gộp là một người.")
_EACH = N_("Một người nhiều lượt tính nhiều lượt.")
_SUBSETS = N_("Một phần của tuyển sinh, không cộng thêm.")
ELEMENTARY = ("so-cap-1", "so-cap-2", "so-cap-3")
_ADVICE = (
    Indicator(
        code="consultations", group=Group.ADVICE, label=N_("Lượt tư vấn"), unit=Unit.TIMES,
        definition=N_(
            "Số lượt tư vấn ghi theo ngày tư vấn; mỗi người mỗi lần là một lượt. "
            "Lượt đã gạch không tính."
        ),
        overlap=N_("Một lượt có hai nội dung là một lượt, nhưng có mặt ở cả hai dòng nội dung."),
        fact=facts.CONSULTATIONS, dimensions=(Dimension.SUBJECT, *_BODY),
    ),
    Indicator(
        code="persons_advised", group=Group.ADVICE, label=N_("Người được tư vấn"),
        unit=Unit.PEOPLE,
        definition=N_(
            "Số người có hồ sơ được tư vấn. Lượt của người chưa có hồ sơ không biết là của ai, "
            "nên không tính vào đây."
        ),
        overlap=_ONCE, fact=facts.CONSULTATIONS, measure=Measure.PEOPLE, dimensions=_BODY,
    ),
    Indicator(
        code="files_received", group=Group.ADVICE, label=N_("Hồ sơ tiếp nhận"), unit=Unit.FILES,
        definition=N_("Số hồ sơ người tìm việc đăng ký trong kỳ, theo ngày đăng ký."),
        overlap=N_("Hai hồ sơ của một người đã gộp, mở trong cùng kỳ, là một hồ sơ."),
        fact=facts.FILES, measure=Measure.PEOPLE, dimensions=_BODY,
    ),
    Indicator(
        code="job_sessions", group=Group.ADVICE, label=N_("Phiên giao dịch việc làm"),
        unit=Unit.SESSIONS,
        definition=N_("Số phiên đã tổ chức, theo ngày tổ chức. Phiên chưa đến ngày không tính."),
        fact=facts.SESSIONS, dimensions=(Dimension.KIND,),
    ),
    Indicator(
        code="session_visitors", group=Group.ADVICE, label=N_("Lượt người đến phiên"),
        unit=Unit.TIMES,
        definition=N_("Số lượt người đếm được tại các phiên; phiên không ai đếm coi là 0."),
        overlap=_EACH, fact=facts.SESSIONS, measure=Measure.AMOUNT, dimensions=(Dimension.KIND,),
    ),
)  # fmt: skip
_WORK = (
    Indicator(
        code="referrals", group=Group.WORK, label=N_("Lượt giới thiệu việc làm"), unit=Unit.TIMES,
        definition=N_(
            "Số hồ sơ giới thiệu đã gửi doanh nghiệp, theo lúc gửi. Một người được giới thiệu tới "
            "hai vị trí là hai lượt."
        ),
        overlap=_EACH, fact=facts.REFERRALS, dimensions=_JOB,
    ),
    Indicator(
        code="persons_referred", group=Group.WORK, label=N_("Người được giới thiệu"),
        unit=Unit.PEOPLE, definition=N_("Số người có ít nhất một lượt giới thiệu gửi trong kỳ."),
        overlap=_ONCE, fact=facts.REFERRALS, measure=Measure.PEOPLE, dimensions=_JOB,
    ),
    Indicator(
        code="referrals_answered", group=Group.WORK, label=N_("Lượt được doanh nghiệp trả lời"),
        unit=Unit.TIMES,
        definition=N_(
            "Trong các lượt giới thiệu gửi trong kỳ, số lượt doanh nghiệp đã trả lời đến nay: "
            "hẹn, phỏng vấn, nhận, từ chối hoặc báo không đến."
        ),
        overlap=_EACH, fact=facts.REFERRALS, where=_so,
        dimensions=(Dimension.PARK, Dimension.OCCUPATION),
    ),
    Indicator(
        code="answer_percent", group=Group.WORK, label=N_("Tỷ lệ doanh nghiệp trả lời"),
        unit=Unit.PERCENT,
        definition=N_("Lượt được trả lời trên lượt giới thiệu gửi trong kỳ."),
        made_of=lambda v: rounding.percent(v["referrals_answered"], v["referrals"]),
    ),
    Indicator(
        code="selections", group=Group.WORK, label=N_("Lượt dự tuyển"), unit=Unit.TIMES,
        definition=N_(
            "Số lượt giới thiệu mà người lao động đã dự tuyển: lần đầu ghi đã phỏng vấn, không "
            "trúng tuyển hoặc trúng tuyển. Không đến và chưa phản hồi không tính."
        ),
        overlap=_EACH, fact=facts.SELECTIONS, dimensions=_JOB,
    ),
    Indicator(
        code="persons_attended_selection", group=Group.WORK, label=N_("Người dự tuyển"),
        unit=Unit.PEOPLE, definition=N_("Số người có ít nhất một lượt dự tuyển trong kỳ."),
        overlap=_ONCE, fact=facts.SELECTIONS, measure=Measure.PEOPLE, dimensions=_JOB,
    ),
    Indicator(
        code="persons_placed", group=Group.WORK, label=N_("Người nhận việc"), unit=Unit.PEOPLE,
        definition=N_(
            "Số người bắt đầu làm việc trong kỳ, theo ngày bắt đầu. Người không đến nhận việc và "
            "việc ghi nhầm không tính."
        ),
        overlap=_ONCE, fact=facts.PLACEMENTS, measure=Measure.PEOPLE, dimensions=_JOB,
    ),
    Indicator(
        code="placed_by_referral", group=Group.WORK, label=N_("Nhận việc qua phiếu giới thiệu"),
        unit=Unit.PEOPLE,
        definition=N_("Trong người nhận việc, số người có lượt giới thiệu của trung tâm."),
        overlap=N_("Một phần của người nhận việc, không cộng thêm."), fact=facts.PLACEMENTS,
        measure=Measure.PEOPLE, where=_so, dimensions=_JOB,
    ),
    Indicator(
        code="due_30", group=Group.WORK, label=N_("Người đủ 1 tháng từ ngày nhận việc"),
        unit=Unit.PEOPLE, definition=N_("Số người có ngày thứ 30 sau khi nhận việc rơi vào kỳ."),
        overlap=_ONCE, fact=facts.STAYED_30, measure=Measure.PEOPLE, dimensions=(Dimension.PARK,),
    ),
    Indicator(
        code="stayed_30", group=Group.WORK, label=N_("Còn làm sau 1 tháng"), unit=Unit.PEOPLE,
        definition=N_("Trong số người đủ 1 tháng, số người chưa nghỉ vào ngày thứ 30."),
        overlap=_ONCE, fact=facts.STAYED_30, measure=Measure.PEOPLE, where=_so,
        dimensions=(Dimension.PARK,),
    ),
    Indicator(
        code="due_90", group=Group.WORK, label=N_("Người đủ 3 tháng từ ngày nhận việc"),
        unit=Unit.PEOPLE, definition=N_("Số người có ngày thứ 90 sau khi nhận việc rơi vào kỳ."),
        overlap=_ONCE, fact=facts.STAYED_90, measure=Measure.PEOPLE, dimensions=(Dimension.PARK,),
    ),
    Indicator(
        code="stayed_90", group=Group.WORK, label=N_("Còn làm sau 3 tháng"), unit=Unit.PEOPLE,
        definition=N_("Trong số người đủ 3 tháng, số người chưa nghỉ vào ngày thứ 90."),
        overlap=_ONCE, fact=facts.STAYED_90, measure=Measure.PEOPLE, where=_so,
        dimensions=(Dimension.PARK,),
    ),
)  # fmt: skip
_VACANCY = (Dimension.PARK, Dimension.OCCUPATION)
_FIRMS = (
    Indicator(
        code="employers_recruiting", group=Group.FIRMS, label=N_("Doanh nghiệp đăng ký tuyển"),
        unit=Unit.FIRMS,
        definition=N_("Số doanh nghiệp có vị trí tuyển đăng ký trong kỳ. Bản nháp không tính."),
        overlap=N_("Một doanh nghiệp tính một lần; chi nhánh là doanh nghiệp riêng."),
        fact=facts.VACANCIES, measure=Measure.FIRMS, dimensions=_VACANCY,
    ),
    Indicator(
        code="openings", group=Group.FIRMS, label=N_("Chỗ việc làm đăng ký"), unit=Unit.OPENINGS,
        definition=N_("Tổng số lượng cần tuyển của các vị trí đăng ký trong kỳ."),
        fact=facts.VACANCIES, measure=Measure.AMOUNT, dimensions=_VACANCY,
    ),
    Indicator(
        code="openings_left", group=Group.FIRMS, label=N_("Chỗ việc làm còn tuyển"),
        unit=Unit.OPENINGS,
        definition=N_(
            "Số chỗ chưa có người của các vị trí còn nhận người vào ngày cuối kỳ, đăng ký từ bất "
            "kỳ lúc nào. Là số tồn: kỳ và luỹ kế như nhau, không cộng các kỳ."
        ),
        fact=facts.OPENINGS, measure=Measure.AMOUNT, dimensions=_VACANCY,
    ),
)  # fmt: skip


def _intake(code: str, label: str, *types: str) -> Indicator:
    return Indicator(
        code=code, group=Group.SCHOOL, label=label, unit=Unit.PEOPLE,
        definition=N_("Số học viên của loại chương trình này trong số tuyển sinh."),
        overlap=_SUBSETS, fact=facts.INTAKE, where=_counting(*types), dimensions=_LEARNER,
        types=types,
    )  # fmt: skip


_SCHOOL = (
    Indicator(
        code="intake", group=Group.SCHOOL, label=N_("Tuyển sinh học nghề"), unit=Unit.PEOPLE,
        definition=N_(
            "Số học viên vào các lớp có tính chỉ tiêu, theo ngày khai giảng, kể cả người sau đó bỏ "
            "học. Huấn luyện an toàn ở ngoài. Lớp đã huỷ không tính."
        ),
        overlap=N_("Một người học hai lớp là hai lượt tuyển sinh, như khi giao chỉ tiêu."),
        fact=facts.INTAKE, where=_so, dimensions=_LEARNER, types=None,
    ),
    Indicator(
        code="intake_plan", group=Group.SCHOOL, label=N_("Chỉ tiêu tuyển sinh cả năm"),
        unit=Unit.PEOPLE,
        definition=N_("Tổng chỉ tiêu năm của các loại chương trình có tính chỉ tiêu."),
        is_plan=True,
    ),
    Indicator(
        code="intake_plan_percent", group=Group.SCHOOL, label=N_("Đạt chỉ tiêu tuyển sinh"),
        unit=Unit.PERCENT,
        definition=N_(
            "Tuyển sinh trên chỉ tiêu cả năm, làm tròn nửa lên một chữ số. Chưa giao chỉ tiêu thì "
            "không có tỷ lệ."
        ),
        made_of=lambda v: rounding.percent(v["intake"], v["intake_plan"]),
    ),
    _intake("intake_short", N_("Tuyển sinh dưới 3 tháng"), "under-3-months"),
    _intake("intake_elementary", N_("Tuyển sinh sơ cấp"), *ELEMENTARY),
    _intake("intake_intermediate", N_("Tuyển sinh trung cấp"), "trung-cap"),
    _intake("intake_partner", N_("Phối hợp tuyển sinh (liên kết)"), "partner"),
    _intake("intake_upgrading", N_("Bồi dưỡng nâng bậc"), "upgrading"),
    Indicator(
        code="classes", group=Group.SCHOOL, label=N_("Lớp khai giảng"), unit=Unit.CLASSES,
        definition=N_("Số lớp khai giảng trong kỳ, không kể huấn luyện an toàn và lớp đã huỷ."),
        fact=facts.CLASSES, where=lambda c: ~_safety(c), dimensions=(Dimension.TYPE,),
    ),
    Indicator(
        code="class_places", group=Group.SCHOOL, label=N_("Chỗ của các lớp khai giảng"),
        unit=Unit.OPENINGS,
        definition=N_("Tổng số chỗ của các lớp khai giảng, không kể huấn luyện an toàn."),
        fact=facts.CLASSES, measure=Measure.AMOUNT, where=lambda c: ~_safety(c),
        dimensions=(Dimension.TYPE,),
    ),
    Indicator(
        code="seat_percent", group=Group.SCHOOL, label=N_("Lấp đầy chỗ học"), unit=Unit.PERCENT,
        definition=N_("Tuyển sinh trên tổng số chỗ của các lớp khai giảng trong kỳ."),
        made_of=lambda v: rounding.percent(v["intake"], v["class_places"]),
    ),
    Indicator(
        code="completed", group=Group.SCHOOL, label=N_("Học xong"), unit=Unit.PEOPLE,
        definition=N_(
            "Số học viên hoàn thành khoá học có tính chỉ tiêu, theo ngày hoàn thành; không ghi "
            "ngày thì theo ngày bế giảng."
        ),
        overlap=N_("Một người xong hai lớp là hai lượt."), fact=facts.COMPLETIONS, where=_so,
        dimensions=_LEARNER,
    ),
    Indicator(
        code="placed_after_training", group=Group.SCHOOL, label=N_("Có việc sau đào tạo"),
        unit=Unit.PEOPLE,
        definition=N_(
            "Trong người học xong trong kỳ, số người bắt đầu một việc làm trong 183 ngày kể từ "
            "ngày học xong. Số này còn tăng khi chưa đủ 183 ngày."
        ),
        overlap=_ONCE, fact=facts.JOBS_AFTER, measure=Measure.PEOPLE, where=_so,
        dimensions=_LEARNER,
    ),
)  # fmt: skip
_SAFETY = (
    Indicator(
        code="safety_trainees", group=Group.SAFETY, label=N_("Huấn luyện an toàn"),
        unit=Unit.TIMES,
        definition=N_(
            "Số lượt người vào các lớp huấn luyện an toàn, vệ sinh lao động, theo ngày khai giảng. "
            "Không nằm trong tuyển sinh."
        ),
        overlap=_EACH, fact=facts.INTAKE, where=_safety, dimensions=_LEARNER,
    ),
    Indicator(
        code="safety_enterprises", group=Group.SAFETY, label=N_("Doanh nghiệp được huấn luyện"),
        unit=Unit.FIRMS,
        definition=N_("Số doanh nghiệp có người học các lớp huấn luyện an toàn trong kỳ."),
        overlap=N_("Một doanh nghiệp tính một lần; chi nhánh là doanh nghiệp riêng."),
        fact=facts.INTAKE, measure=Measure.FIRMS, where=_safety,
    ),
)  # fmt: skip
ALL: dict[str, Indicator] = {
    one.code: one for one in (*_ADVICE, *_WORK, *_FIRMS, *_SCHOOL, *_SAFETY)
}


def of_group(group: Group) -> list[Indicator]:
    """Return the indicators of a part of the report, in its order."""
    return [one for one in ALL.values() if one.group is group]
