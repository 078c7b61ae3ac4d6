"""Every indicator, declared once: name, unit, definition, overlaps, and what it counts of a fact.

`VERSION` is raised whenever a definition or a query changes; a frozen report keeps the one it was
computed with. What comes of the work (staying, waiting, complaints) is declared in `outcomes`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from jobcenter.kernel.words import N_
from jobcenter.reports import facts, outcomes, rounding
from jobcenter.reports.declaring import (
    BODY,
    EACH,
    JOB,
    LEARNER,
    ONCE,
    VACANCY,
    Dimension,
    Group,
    Indicator,
    Measure,
    Unit,
    Where,
    is_so,
)

VERSION = "2026-11b"


def _counting(*types: str) -> Where:
    return lambda c: c.is_so & c.type.in_(types)


def _safety(c: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = c.type.like("safety-%")
    return found


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
        fact=facts.CONSULTATIONS, dimensions=(Dimension.SUBJECT, *BODY),
    ),
    Indicator(
        code="persons_advised", group=Group.ADVICE, label=N_("Người được tư vấn"),
        unit=Unit.PEOPLE,
        definition=N_(
            "Số người có hồ sơ được tư vấn. Lượt của người chưa có hồ sơ không biết là của ai, "
            "nên không tính vào đây."
        ),
        overlap=ONCE, fact=facts.CONSULTATIONS, measure=Measure.PEOPLE, dimensions=BODY,
    ),
    Indicator(
        code="files_received", group=Group.ADVICE, label=N_("Hồ sơ tiếp nhận"), unit=Unit.FILES,
        definition=N_("Số hồ sơ người tìm việc đăng ký trong kỳ, theo ngày đăng ký."),
        overlap=N_("Hai hồ sơ của một người đã gộp, mở trong cùng kỳ, là một hồ sơ."),
        fact=facts.FILES, measure=Measure.PEOPLE, dimensions=BODY,
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
        overlap=EACH, fact=facts.SESSIONS, measure=Measure.AMOUNT, dimensions=(Dimension.KIND,),
    ),
)  # fmt: skip
_WORK = (
    Indicator(
        code="referrals", group=Group.WORK, label=N_("Lượt giới thiệu việc làm"), unit=Unit.TIMES,
        definition=N_(
            "Số hồ sơ giới thiệu đã gửi doanh nghiệp, theo lúc gửi. Một người được giới thiệu tới "
            "hai vị trí là hai lượt."
        ),
        overlap=EACH, fact=facts.REFERRALS, dimensions=JOB,
    ),
    Indicator(
        code="persons_referred", group=Group.WORK, label=N_("Người được giới thiệu"),
        unit=Unit.PEOPLE, definition=N_("Số người có ít nhất một lượt giới thiệu gửi trong kỳ."),
        overlap=ONCE, fact=facts.REFERRALS, measure=Measure.PEOPLE, dimensions=JOB,
    ),
    Indicator(
        code="referrals_answered", group=Group.WORK, label=N_("Lượt được doanh nghiệp trả lời"),
        unit=Unit.TIMES,
        definition=N_(
            "Trong các lượt giới thiệu gửi trong kỳ, số lượt doanh nghiệp đã trả lời đến nay: "
            "hẹn, phỏng vấn, nhận, từ chối hoặc báo không đến."
        ),
        overlap=EACH, fact=facts.REFERRALS, where=is_so,
        dimensions=(Dimension.PARK, Dimension.OCCUPATION),
    ),
    Indicator(
        code="answer_percent", group=Group.WORK, label=N_("Tỷ lệ doanh nghiệp trả lời"),
        unit=Unit.PERCENT,
        definition=N_("Lượt được trả lời trên lượt giới thiệu gửi trong kỳ."),
        made_of=lambda v: rounding.percent(v["referrals_answered"], v["referrals"]),
        parts=("referrals_answered", "referrals"),
    ),
    Indicator(
        code="selections", group=Group.WORK, label=N_("Lượt dự tuyển"), unit=Unit.TIMES,
        definition=N_(
            "Số lượt giới thiệu mà người lao động đã dự tuyển: lần đầu ghi đã phỏng vấn, không "
            "trúng tuyển hoặc trúng tuyển. Không đến và chưa phản hồi không tính."
        ),
        overlap=EACH, fact=facts.SELECTIONS, dimensions=JOB,
    ),
    Indicator(
        code="persons_attended_selection", group=Group.WORK, label=N_("Người dự tuyển"),
        unit=Unit.PEOPLE, definition=N_("Số người có ít nhất một lượt dự tuyển trong kỳ."),
        overlap=ONCE, fact=facts.SELECTIONS, measure=Measure.PEOPLE, dimensions=JOB,
    ),
    Indicator(
        code="persons_placed", group=Group.WORK, label=N_("Người nhận việc"), unit=Unit.PEOPLE,
        definition=N_(
            "Số người bắt đầu làm việc trong kỳ, theo ngày bắt đầu. Người không đến nhận việc và "
            "việc ghi nhầm không tính."
        ),
        overlap=ONCE, fact=facts.PLACEMENTS, measure=Measure.PEOPLE, dimensions=JOB,
    ),
    Indicator(
        code="placed_by_referral", group=Group.WORK, label=N_("Nhận việc qua phiếu giới thiệu"),
        unit=Unit.PEOPLE,
        definition=N_("Trong người nhận việc, số người có lượt giới thiệu của trung tâm."),
        overlap=N_("Một phần của người nhận việc, không cộng thêm."), fact=facts.PLACEMENTS,
        measure=Measure.PEOPLE, where=is_so, dimensions=JOB,
    ),
    *outcomes.STAYED,
)  # fmt: skip
_FIRMS = (
    Indicator(
        code="employers_recruiting", group=Group.FIRMS, label=N_("Doanh nghiệp đăng ký tuyển"),
        unit=Unit.FIRMS,
        definition=N_("Số doanh nghiệp có vị trí tuyển đăng ký trong kỳ. Bản nháp không tính."),
        overlap=N_("Một doanh nghiệp tính một lần; chi nhánh là doanh nghiệp riêng."),
        fact=facts.VACANCIES, measure=Measure.FIRMS, dimensions=VACANCY,
    ),
    Indicator(
        code="openings", group=Group.FIRMS, label=N_("Chỗ việc làm đăng ký"), unit=Unit.OPENINGS,
        definition=N_("Tổng số lượng cần tuyển của các vị trí đăng ký trong kỳ."),
        fact=facts.VACANCIES, measure=Measure.AMOUNT, dimensions=VACANCY,
    ),
    Indicator(
        code="openings_left", group=Group.FIRMS, label=N_("Chỗ việc làm còn tuyển"),
        unit=Unit.OPENINGS,
        definition=N_(
            "Số chỗ chưa có người của các vị trí còn nhận người vào ngày cuối kỳ, đăng ký từ bất "
            "kỳ lúc nào. Là số tồn: kỳ và luỹ kế như nhau, không cộng các kỳ."
        ),
        fact=facts.OPENINGS, measure=Measure.AMOUNT, dimensions=VACANCY,
    ),
)  # fmt: skip


def _intake(code: str, label: str, *types: str) -> Indicator:
    return Indicator(
        code=code, group=Group.SCHOOL, label=label, unit=Unit.PEOPLE,
        definition=N_("Số học viên của loại chương trình này trong số tuyển sinh."),
        overlap=_SUBSETS, fact=facts.INTAKE, where=_counting(*types), dimensions=LEARNER,
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
        fact=facts.INTAKE, where=is_so, dimensions=LEARNER, types=None,
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
        parts=("intake", "intake_plan"),
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
        parts=("intake", "class_places"),
    ),
    Indicator(
        code="completed", group=Group.SCHOOL, label=N_("Học xong"), unit=Unit.PEOPLE,
        definition=N_(
            "Số học viên hoàn thành khoá học có tính chỉ tiêu, theo ngày hoàn thành; không ghi "
            "ngày thì theo ngày bế giảng."
        ),
        overlap=N_("Một người xong hai lớp là hai lượt."), fact=facts.COMPLETIONS, where=is_so,
        dimensions=LEARNER,
    ),
    Indicator(
        code="placed_after_training", group=Group.SCHOOL, label=N_("Có việc sau đào tạo"),
        unit=Unit.PEOPLE,
        definition=N_(
            "Trong người học xong trong kỳ, số người bắt đầu một việc làm trong 183 ngày kể từ "
            "ngày học xong. Số này còn tăng khi chưa đủ 183 ngày."
        ),
        overlap=ONCE, fact=facts.JOBS_AFTER, measure=Measure.PEOPLE, where=is_so,
        dimensions=LEARNER,
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
        overlap=EACH, fact=facts.INTAKE, where=_safety, dimensions=LEARNER,
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
    one.code: one
    for one in (*_ADVICE, *_WORK, *_FIRMS, *_SCHOOL, *outcomes.AFTER, *_SAFETY, *outcomes.QUALITY)
}


def of_group(group: Group) -> list[Indicator]:
    """Return the indicators of a part of the report, in its order."""
    return [one for one in ALL.values() if one.group is group]
