"""What comes of the work, declared: who stays, how long people wait, complaints, satisfaction."""

from __future__ import annotations

from jobcenter.kernel.words import N_
from jobcenter.reports import facts, quality, rounding
from jobcenter.reports.declaring import (
    LEARNER,
    ONCE,
    Dimension,
    Group,
    Indicator,
    Measure,
    Unit,
    Values,
    is_so,
)
from jobcenter.reports.facts import Fact

_PARK = (Dimension.PARK,)
_COMPLAINT = N_("Một người khiếu nại hai việc là hai khiếu nại.")
_MIDDLE = N_("Số ở giữa khi xếp các số ngày theo thứ tự; không có dòng nào thì không có số.")


def _due(days: int, fact: Fact, label: str, definition: str) -> Indicator:
    return Indicator(
        code=f"due_{days}", group=Group.WORK, label=label, unit=Unit.PEOPLE, definition=definition,
        overlap=ONCE, fact=fact, measure=Measure.PEOPLE, dimensions=_PARK,
    )  # fmt: skip


def _there(days: int, fact: Fact, label: str, definition: str) -> Indicator:
    return Indicator(
        code=f"stayed_{days}", group=Group.WORK, label=label, unit=Unit.PEOPLE,
        definition=definition, overlap=ONCE, fact=fact, measure=Measure.PEOPLE, where=is_so,
        dimensions=_PARK,
    )  # fmt: skip


STAYED = (
    _due(30, facts.STAYED_30, N_("Người đủ 1 tháng từ ngày nhận việc"),
         N_("Số người có ngày thứ 30 sau khi nhận việc rơi vào kỳ.")),
    _there(30, facts.STAYED_30, N_("Còn làm sau 1 tháng"),
           N_("Trong số người đủ 1 tháng, số người chưa nghỉ vào ngày thứ 30.")),
    _due(90, facts.STAYED_90, N_("Người đủ 3 tháng từ ngày nhận việc"),
         N_("Số người có ngày thứ 90 sau khi nhận việc rơi vào kỳ.")),
    _there(90, facts.STAYED_90, N_("Còn làm sau 3 tháng"),
           N_("Trong số người đủ 3 tháng, số người chưa nghỉ vào ngày thứ 90.")),
    _due(180, facts.STAYED_180, N_("Người đủ 6 tháng từ ngày nhận việc"),
         N_("Số người có ngày thứ 180 sau khi nhận việc rơi vào kỳ.")),
    _there(180, facts.STAYED_180, N_("Còn làm sau 6 tháng"),
           N_("Trong số người đủ 6 tháng, số người chưa nghỉ vào ngày thứ 180.")),
    _due(365, facts.STAYED_365, N_("Người đủ 1 năm từ ngày nhận việc"),
         N_("Số người có ngày thứ 365 sau khi nhận việc rơi vào kỳ.")),
    _there(365, facts.STAYED_365, N_("Còn làm sau 1 năm"),
           N_("Trong số người đủ 1 năm, số người chưa nghỉ vào ngày thứ 365.")),
)  # fmt: skip
AFTER = (
    Indicator(
        code="placed_after_training_3m", group=Group.SCHOOL,
        label=N_("Có việc trong 3 tháng sau đào tạo"), unit=Unit.PEOPLE,
        definition=N_(
            "Trong người học xong trong kỳ, số người bắt đầu một việc làm trong 92 ngày kể từ "
            "ngày học xong. Số này còn tăng khi chưa đủ 92 ngày."
        ),
        overlap=ONCE, fact=facts.JOBS_AFTER_3M, measure=Measure.PEOPLE, where=is_so,
        dimensions=LEARNER,
    ),
)  # fmt: skip


def _days(code: str, fact: Fact, label: str, definition: str) -> Indicator:
    return Indicator(
        code=code, group=Group.QUALITY, label=label, unit=Unit.DAYS, definition=definition,
        overlap=_MIDDLE, fact=fact, measure=Measure.MEDIAN,
    )  # fmt: skip


def _content(values: Values) -> float | None:
    """Return how many of a hundred were content; nothing while nobody may be told."""
    return rounding.percent(values["satisfied"], values["feedback_told"])


QUALITY = (
    _days("days_to_first_referral", quality.FIRST_REFERRALS,
          N_("Từ đăng ký vị trí đến lượt giới thiệu đầu tiên"),
          N_("Số ngày, trung vị, từ ngày đăng ký vị trí tuyển đến ngày gửi lượt giới thiệu đầu "
             "tiên, của các vị trí có lượt đầu tiên gửi trong kỳ. Gửi trước ngày đăng ký là 0.")),
    _days("days_to_answer", quality.ANSWERS, N_("Từ giới thiệu đến khi doanh nghiệp trả lời"),
          N_("Số ngày, trung vị, từ ngày gửi đến ngày doanh nghiệp trả lời, của các lượt được trả "
             "lời trong kỳ. Trả lời ghi trước ngày gửi là 0.")),
    _days("days_to_hire", quality.HIRES, N_("Từ giới thiệu đến ngày nhận việc"),
          N_("Số ngày, trung vị, từ ngày gửi lượt giới thiệu đến ngày bắt đầu làm, của người nhận "
             "việc qua giới thiệu trong kỳ. Bắt đầu trước ngày gửi là 0.")),
    Indicator(
        code="complaints", group=Group.QUALITY, label=N_("Khiếu nại nhận được"),
        unit=Unit.COMPLAINTS,
        definition=N_("Số khiếu nại nhận trong kỳ, theo ngày nhận. Ở đây không nêu ai khiếu nại."),
        overlap=_COMPLAINT, fact=quality.COMPLAINTS,
        dimensions=(Dimension.COMPLAINT, Dimension.PARK),
    ),
    Indicator(
        code="complaints_ended", group=Group.QUALITY, label=N_("Khiếu nại đã kết thúc"),
        unit=Unit.COMPLAINTS,
        definition=N_(
            "Số khiếu nại kết thúc trong kỳ, nhận từ bất kỳ lúc nào: đã giải quyết, không có cơ "
            "sở hoặc đã chuyển cơ quan khác."
        ),
        overlap=_COMPLAINT, fact=quality.COMPLAINTS_ENDED,
        dimensions=(Dimension.COMPLAINT, Dimension.PARK),
    ),
    Indicator(
        code="complaints_settled", group=Group.QUALITY, label=N_("Khiếu nại đã giải quyết"),
        unit=Unit.COMPLAINTS,
        definition=N_("Trong khiếu nại kết thúc trong kỳ, số đã giải quyết cho người khiếu nại."),
        overlap=_COMPLAINT, fact=quality.COMPLAINTS_ENDED, where=is_so,
        dimensions=(Dimension.COMPLAINT, Dimension.PARK),
    ),
    Indicator(
        code="feedback_answers", group=Group.QUALITY, label=N_("Lượt chấm điểm phục vụ"),
        unit=Unit.TIMES,
        definition=N_("Số lượt chấm điểm trong các tháng của kỳ; không biết ai đã chấm."),
        fact=quality.FEEDBACK,
    ),
    Indicator(
        code="feedback_told", group=Group.QUALITY, label=N_("Lượt chấm điểm đủ để nói"),
        unit=Unit.TIMES,
        definition=N_(
            "Lượt chấm điểm trong kỳ khi đủ số ghi ở thiết lập; ít hơn thì là 0, để không đoán ra "
            "ai đã chấm."
        ),
        fact=quality.FEEDBACK, where=is_so,
    ),
    Indicator(
        code="satisfied", group=Group.QUALITY, label=N_("Lượt hài lòng"), unit=Unit.TIMES,
        definition=N_("Trong lượt chấm điểm đủ để nói, số lượt cho 4 hoặc 5 điểm."),
        fact=quality.CONTENT,
    ),
    Indicator(
        code="satisfied_percent", group=Group.QUALITY, label=N_("Tỷ lệ hài lòng"),
        unit=Unit.PERCENT,
        definition=N_("Lượt hài lòng trên lượt chấm điểm đủ để nói."), made_of=_content,
        parts=("satisfied", "feedback_told"),
    ),
)  # fmt: skip
