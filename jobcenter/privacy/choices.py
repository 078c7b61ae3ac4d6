"""Kinds of requests, their deadlines and states; why data are erased or a request refused."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.privacy import How
from jobcenter.kernel.words import N_
from jobcenter.settings.choices import Kind, Setting


class Asked(StrEnum):
    """What a person may ask for (Law 91/2025)."""

    VIEW = "view"
    CORRECT = "correct"
    COPY = "copy"
    WITHDRAW = "withdraw"
    RESTRICT = "restrict"
    OBJECT = "object"
    ERASE = "erase"
    COMPLAIN = "complain"


ASKED_LABELS = {
    Asked.VIEW: N_("Xem dữ liệu của mình"),
    Asked.CORRECT: N_("Sửa dữ liệu"),
    Asked.COPY: N_("Nhận bản sao dữ liệu"),
    Asked.WITHDRAW: N_("Rút lại sự đồng ý"),
    Asked.RESTRICT: N_("Hạn chế dùng dữ liệu"),
    Asked.OBJECT: N_("Phản đối một việc dùng dữ liệu"),
    Asked.ERASE: N_("Xoá dữ liệu"),
    Asked.COMPLAIN: N_("Khiếu nại về dữ liệu"),
}
# Requests that are met by ending consents.
ENDING = frozenset({Asked.WITHDRAW, Asked.RESTRICT, Asked.OBJECT})


class Came(StrEnum):
    """How a request reached the centre."""

    COUNTER = "counter"
    LETTER = "letter"
    PHONE = "phone"
    EMAIL = "email"
    ONLINE = "online"


CAME_LABELS = {
    Came.COUNTER: N_("Tại quầy"),
    Came.LETTER: N_("Thư, đơn giấy"),
    Came.PHONE: N_("Điện thoại"),
    Came.EMAIL: N_("Email"),
    Came.ONLINE: N_("Trang cá nhân"),
}


class RequestState(StrEnum):
    """The life of a request."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


REQUEST_LABELS = {
    RequestState.OPEN: N_("Đang giải quyết"),
    RequestState.DONE: N_("Đã xong"),
    RequestState.REFUSED: N_("Từ chối"),
    RequestState.WITHDRAWN: N_("Người hỏi rút lại"),
}
REQUEST_KINDS = {
    RequestState.OPEN: "sea",
    RequestState.DONE: "ok",
    RequestState.REFUSED: "bad",
    RequestState.WITHDRAWN: "quiet",
}
REQUEST_MOVES = moves(
    [
        ("finish", (RequestState.OPEN,), RequestState.DONE),
        ("refuse", (RequestState.OPEN,), RequestState.REFUSED),
        ("take-back", (RequestState.OPEN,), RequestState.WITHDRAWN),
    ]
)


class Ground(StrEnum):
    """Why a request is not met."""

    LAW_KEEPS = "law-keeps"
    STILL_NEEDED = "still-needed"
    NOT_PROVEN = "not-proven"
    NOT_HELD = "not-held"
    HARMS_OTHERS = "harms-others"
    OTHER = "other"


GROUND_LABELS = {
    Ground.LAW_KEEPS: N_("Luật buộc lưu giữ"),
    Ground.STILL_NEEDED: N_("Còn cần để làm việc mà người đó đã đồng ý"),
    Ground.NOT_PROVEN: N_("Không chứng minh được là chính người đó"),
    Ground.NOT_HELD: N_("Trung tâm không giữ dữ liệu này"),
    Ground.HARMS_OTHERS: N_("Ảnh hưởng đến người khác hoặc an ninh, trật tự"),
    Ground.OTHER: N_("Lý do khác, ghi rõ"),
}


class Cause(StrEnum):
    """Why a person was erased."""

    REQUEST = "request"
    RETENTION = "retention"
    AUTHORITY = "authority"
    AGAIN = "again"


CAUSE_LABELS = {
    Cause.REQUEST: N_("Người đó yêu cầu"),
    Cause.RETENTION: N_("Hết thời hạn lưu"),
    Cause.AUTHORITY: N_("Cơ quan có thẩm quyền yêu cầu"),
    Cause.AGAIN: N_("Xoá lại sau khi khôi phục bản sao lưu"),
}

HOW_LABELS = {
    How.DELETE: N_("Xoá hẳn các dòng"),
    How.BLANK: N_("Xoá tên và chữ, giữ dòng để đếm"),
    How.KEEP: N_("Giữ nguyên"),
}
CLASS_LABELS = {"basic": N_("Cơ bản"), "sensitive": N_("Nhạy cảm")}


class DueState(StrEnum):
    """Where a file that falls due for erasure stands."""

    TOLD = "told"
    HELD = "held"
    STAYS = "stays"
    ERASED = "erased"


DUE_LABELS = {
    DueState.TOLD: N_("Đã báo, chờ đến ngày"),
    DueState.HELD: N_("Giữ lại"),
    DueState.STAYS: N_("Có liên hệ lại, vẫn giữ"),
    DueState.ERASED: N_("Đã xoá"),
}

_GROUP = N_("Dữ liệu cá nhân")
REPLY_DAYS = Setting(
    key="privacy-reply-days", kind=Kind.DAYS, group=_GROUP, default=2, least=1, most=30,
    label=N_("Trả lời lần đầu một yêu cầu về dữ liệu, ngày làm việc"),
)  # fmt: skip
EXTENSION_DAYS = Setting(
    key="privacy-extension-days", kind=Kind.DAYS, group=_GROUP, default=15, least=1, most=60,
    label=N_("Gia hạn một lần, nhiều nhất, ngày làm việc"),
)  # fmt: skip
_DAYS = {
    Asked.VIEW: 10, Asked.CORRECT: 10, Asked.COPY: 10, Asked.WITHDRAW: 15, Asked.RESTRICT: 15,
    Asked.OBJECT: 15, Asked.ERASE: 20, Asked.COMPLAIN: 20,
}  # fmt: skip
_DAYS_LABELS = {
    Asked.VIEW: N_("Cho xem dữ liệu, ngày làm việc"),
    Asked.CORRECT: N_("Sửa dữ liệu, ngày làm việc"),
    Asked.COPY: N_("Giao bản sao dữ liệu, ngày làm việc"),
    Asked.WITHDRAW: N_("Ngừng dùng sau khi rút đồng ý, ngày làm việc"),
    Asked.RESTRICT: N_("Hạn chế dùng dữ liệu, ngày làm việc"),
    Asked.OBJECT: N_("Ngừng việc bị phản đối, ngày làm việc"),
    Asked.ERASE: N_("Xoá dữ liệu, ngày làm việc"),
    Asked.COMPLAIN: N_("Trả lời khiếu nại về dữ liệu, ngày làm việc"),
}
KEEP_MONTHS = Setting(
    key="privacy-keep-months", kind=Kind.INTEGER, group=_GROUP, default=24, least=1, most=240,
    label=N_("Giữ hồ sơ sau lần liên hệ cuối, tháng"),
)  # fmt: skip
NOTICE_DAYS = Setting(
    key="privacy-notice-days", kind=Kind.DAYS, group=_GROUP, default=30, least=1, most=180,
    label=N_("Báo trước khi xoá vì hết hạn lưu, ngày"),
)  # fmt: skip
NAME_MONTHS = Setting(
    key="privacy-name-months", kind=Kind.INTEGER, group=_GROUP, default=12, least=1, most=240,
    label=N_("Xoá tên khách không có hồ sơ, sau bao nhiêu tháng"),
)  # fmt: skip
BREACH_HOURS = Setting(
    key="privacy-breach-hours", kind=Kind.INTEGER, group=_GROUP, default=72, least=1, most=240,
    label=N_("Báo cơ quan có thẩm quyền khi có vi phạm, giờ"),
)  # fmt: skip
DAYS_OF: dict[Asked, Setting[int]] = {
    asked: Setting(
        key=f"privacy-days-{asked.value}", kind=Kind.DAYS, group=_GROUP, default=days, least=1,
        most=90, label=_DAYS_LABELS[asked],
    )
    for asked, days in _DAYS.items()
}  # fmt: skip
ACTION_LABELS = {
    "take-request": N_("Nhận yêu cầu về dữ liệu"),
    "reply-request": N_("Trả lời lần đầu yêu cầu về dữ liệu"),
    "extend-request": N_("Gia hạn yêu cầu về dữ liệu"),
    "finish-request": N_("Giải quyết xong yêu cầu về dữ liệu"),
    "refuse-request": N_("Từ chối yêu cầu về dữ liệu"),
    "take-back-request": N_("Ghi người hỏi rút lại yêu cầu"),
    "erase-person": N_("Xoá dữ liệu của một người"),
    "finish-erasure": N_("Xoá xong khỏi chỉ mục và tệp"),
    "copy-data": N_("Lập bản sao dữ liệu của một người"),
    "hold-retention": N_("Giữ lại hồ sơ đến hạn xoá"),
    "report-breach": N_("Ghi một vi phạm dữ liệu"),
    "change-breach": N_("Sửa vi phạm dữ liệu"),
    "note-breach": N_("Ghi việc đã làm về vi phạm"),
    "tell-authority": N_("Báo cơ quan có thẩm quyền về vi phạm"),
    "tell-people": N_("Báo người có dữ liệu về vi phạm"),
    "close-breach": N_("Kết thúc xử lý vi phạm"),
}
