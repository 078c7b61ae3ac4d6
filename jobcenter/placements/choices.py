"""Why a job ended, and how soon is early."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_
from jobcenter.settings.choices import Kind, Setting


class EndReason(StrEnum):
    """Why somebody is no longer in the job."""

    QUIT = "quit"
    DISMISSED = "dismissed"
    CONTRACT_OVER = "contract-over"
    NEVER_CAME = "never-came"
    MISTAKE = "mistake"
    OTHER = "other"


END_LABELS = {
    EndReason.QUIT: N_("Tự nghỉ"),
    EndReason.DISMISSED: N_("Doanh nghiệp cho nghỉ"),
    EndReason.CONTRACT_OVER: N_("Hết hợp đồng"),
    EndReason.NEVER_CAME: N_("Không đến nhận việc"),
    EndReason.MISTAKE: N_("Ghi nhầm"),
    EndReason.OTHER: N_("Lý do khác"),
}
# The person was never in the job: the place is free whenever that is said.
NEVER_WORKED = frozenset({EndReason.NEVER_CAME, EndReason.MISTAKE})
# Who leaves within so many days gives the place back: the longest ordinary probation
# (Labour Code art. 25). Later, the order was fulfilled and the place stays counted.
EARLY_DAYS = 60
# A start further away than this, before or after today, is a slip of the pen.
FURTHEST_DAYS = 366
LONGEST_PROBATION = 180  # days: managers of firms, Labour Code art. 25


class CheckAnswer(StrEnum):
    """What was learned when somebody asked whether a person is still in the job."""

    THERE = "there"
    LEFT = "left"
    UNKNOWN = "unknown"


ANSWER_LABELS = {
    CheckAnswer.THERE: N_("Còn làm"),
    CheckAnswer.LEFT: N_("Đã nghỉ"),
    CheckAnswer.UNKNOWN: N_("Không hỏi được"),
}
ANSWER_KINDS = {CheckAnswer.THERE: "ok", CheckAnswer.LEFT: "warn", CheckAnswer.UNKNOWN: "quiet"}


class CheckWay(StrEnum):
    """How the answer came."""

    PHONE = "phone"
    MESSAGE = "message"
    COUNTER = "counter"
    FIRM_LIST = "firm-list"
    OWN_PAGE = "own-page"


WAY_LABELS = {
    CheckWay.PHONE: N_("Gọi điện"),
    CheckWay.MESSAGE: N_("Tin nhắn"),
    CheckWay.COUNTER: N_("Tại quầy"),
    CheckWay.FIRM_LIST: N_("Danh sách của doanh nghiệp"),
    CheckWay.OWN_PAGE: N_("Trang của người đó"),
}
MARKS = Setting(
    key="placement-checks",
    kind=Kind.TEXT,
    group=N_("Sau khi nhận việc"),
    label=N_("Hỏi thăm sau bao nhiêu ngày đi làm"),
    hint=N_("Các số ngày, cách nhau bằng dấu phẩy"),
    default="30, 90, 180, 365",
)
ASKS_BY_MESSAGE = Setting(
    key="placement-checks-message",
    kind=Kind.YES_NO,
    group=N_("Sau khi nhận việc"),
    label=N_("Tự nhắn tin hỏi người đi làm khi đến hạn hỏi thăm"),
    default=True,
)
SAMPLE = Setting(
    key="retention-sample",
    kind=Kind.INTEGER,
    group=N_("Sau khi nhận việc"),
    label=N_("Ít nhất bao nhiêu người mới nêu tỷ lệ còn làm"),
    default=10,
    least=2,
    most=1_000,
)
DEFAULT_MARKS = (30, 90, 180, 365)
# So many days after the last mark nobody is asked any more.
FOLLOWED_ON = 90
ACTION_LABELS = {
    "write-terms": N_("Ghi hợp đồng, lương, thử việc"),
    "record-job": N_("Ghi việc làm không qua vị trí tuyển"),
    "check-placement": N_("Ghi kết quả hỏi thăm"),
    "hire": N_("Ghi nhận việc"),
    "confirm-placement": N_("Xác nhận đã nhận việc"),
    "end-placement": N_("Ghi nghỉ việc"),
}
