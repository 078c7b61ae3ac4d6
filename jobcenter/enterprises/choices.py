"""States of an enterprise's record."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_


class Standing(StrEnum):
    """Whether the centre works with the firm."""

    PENDING = "pending"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    BANNED = "banned"


STANDING_LABELS = {
    Standing.PENDING: N_("Chờ duyệt"),
    Standing.APPROVED: N_("Đang hợp tác"),
    Standing.SUSPENDED: N_("Tạm dừng hợp tác"),
    Standing.BANNED: N_("Bị cấm"),
}
STANDING_KINDS = {
    Standing.PENDING: "warn",
    Standing.APPROVED: "ok",
    Standing.SUSPENDED: "quiet",
    Standing.BANNED: "bad",
}
STANDING_SIGNS = {
    Standing.PENDING: "clock",
    Standing.APPROVED: "check",
    Standing.SUSPENDED: "clock",
    Standing.BANNED: "lock",
}
# Vacancies of such a firm are on no list; its people see no candidates.
CLOSED = frozenset({Standing.SUSPENDED, Standing.BANNED})
# A ban is lifted to the standing that the firm had before it, which the record knows.
STANDING_MOVES = moves(
    [
        ("approve", (Standing.PENDING, Standing.SUSPENDED), Standing.APPROVED),
        ("suspend", (Standing.PENDING, Standing.APPROVED), Standing.SUSPENDED),
        ("ban", (Standing.PENDING, Standing.APPROVED, Standing.SUSPENDED), Standing.BANNED),
        ("lift", (Standing.BANNED,), Standing.APPROVED),
    ]
)
STANDING_VERBS = {
    "approve": N_("Duyệt hợp tác"),
    "suspend": N_("Tạm dừng hợp tác"),
    "ban": N_("Cấm doanh nghiệp"),
    "lift": N_("Gỡ lệnh cấm"),
}


class RequestState(StrEnum):
    """Where the request for an account of a firm stands; live states come first."""

    WAITING = "waiting"
    ASKED = "asked"
    GRANTED = "granted"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


REQUEST_LABELS = {
    RequestState.WAITING: N_("Chờ trả lời"),
    RequestState.ASKED: N_("Cần bổ sung"),
    RequestState.GRANTED: N_("Đã chấp nhận"),
    RequestState.DENIED: N_("Không chấp nhận"),
    RequestState.WITHDRAWN: N_("Đã rút"),
}
REQUEST_KINDS = {
    RequestState.WAITING: "warn",
    RequestState.ASKED: "ask",
    RequestState.GRANTED: "ok",
    RequestState.DENIED: "bad",
    RequestState.WITHDRAWN: "quiet",
}
LIVE_REQUESTS = (RequestState.WAITING, RequestState.ASKED)
REQUEST_MOVES = moves(
    [
        ("ask-more", LIVE_REQUESTS, RequestState.ASKED),
        ("answer", LIVE_REQUESTS, RequestState.WAITING),
        ("grant", LIVE_REQUESTS, RequestState.GRANTED),
        ("deny", LIVE_REQUESTS, RequestState.DENIED),
        ("withdraw", LIVE_REQUESTS, RequestState.WITHDRAWN),
    ]
)
REQUEST_VERBS = {
    "send": N_("Gửi yêu cầu"),
    "ask-more": N_("Hỏi thêm"),
    "answer": N_("Bổ sung"),
    "grant": N_("Chấp nhận"),
    "deny": N_("Không chấp nhận"),
    "withdraw": N_("Rút yêu cầu"),
}


class Likeness(StrEnum):
    """Why a known firm looks like the one that asks; the surest come first."""

    SAME_NUMBER = "same-number"
    SAME_ROOT = "same-root"
    SAME_NAME = "same-name"
    NEAR_NUMBER = "near-number"
    NEAR_NAME = "near-name"
    SAME_PHONE = "same-phone"
    SAME_MAIL = "same-mail"


LIKENESS_LABELS = {
    Likeness.SAME_NUMBER: N_("Trùng mã số thuế"),
    Likeness.SAME_ROOT: N_("Cùng mã số thuế gốc: công ty mẹ hoặc chi nhánh"),
    Likeness.SAME_NAME: N_("Trùng tên, không kể loại hình công ty"),
    Likeness.NEAR_NUMBER: N_("Mã số thuế chỉ khác một số hoặc đổi chỗ hai số"),
    Likeness.NEAR_NAME: N_("Tên gần giống"),
    Likeness.SAME_PHONE: N_("Trùng số điện thoại"),
    Likeness.SAME_MAIL: N_("Cùng tên miền email"),
}


class Interest(StrEnum):
    """How a person of the centre is tied to a firm."""

    FAMILY = "family"
    REPRESENTS = "represents"
    OWNS = "owns"
    WORKED = "worked"


INTEREST_LABELS = {
    Interest.FAMILY: N_("Có người nhà làm việc hoặc có vốn ở đó"),
    Interest.REPRESENTS: N_("Đại diện hoặc làm thêm cho doanh nghiệp"),
    Interest.OWNS: N_("Có vốn góp, cổ phần"),
    Interest.WORKED: N_("Từng làm việc ở đó trong ba năm gần đây"),
}
ACTION_LABELS = {
    "add-enterprise": N_("Ghi hồ sơ doanh nghiệp"),
    "take-out-enterprise": N_("Gỡ hồ sơ doanh nghiệp nhập nhầm từ tệp"),
    "change-enterprise": N_("Sửa hồ sơ"),
    "set-standing": N_("Đổi tình trạng hợp tác"),
    "approve-enterprise": N_("Duyệt hợp tác"),
    "suspend-enterprise": N_("Tạm dừng hợp tác"),
    "ban-enterprise": N_("Cấm doanh nghiệp"),
    "lift-enterprise": N_("Gỡ lệnh cấm"),
    "replace-contacts": N_("Sửa người liên hệ"),
    "replace-bus-routes": N_("Sửa tuyến xe"),
    "add-member": N_("Gắn tài khoản với công ty"),
    "invite-member": N_("Mời người dùng"),
    "remove-member": N_("Bỏ người dùng"),
    "leave-firm": N_("Tự rời công ty"),
    "make-firm-administrator": N_("Giao quyền quản trị của công ty"),
    "make-firm-user": N_("Thôi quyền quản trị của công ty"),
    "write-workforce": N_("Ghi số lao động"),
    "withdraw-workforce": N_("Bỏ một số liệu lao động"),
    "declare-interest": N_("Khai có liên quan tới doanh nghiệp"),
    "end-interest": N_("Kết thúc lời khai có liên quan"),
    "send-firm-request": N_("Xin mở tài khoản doanh nghiệp"),
    "answer-firm-request": N_("Bổ sung yêu cầu mở tài khoản"),
    "withdraw-firm-request": N_("Rút yêu cầu mở tài khoản"),
    "ask-more-firm-request": N_("Hỏi thêm người xin mở tài khoản"),
    "grant-firm-request": N_("Chấp nhận yêu cầu mở tài khoản"),
    "deny-firm-request": N_("Không chấp nhận yêu cầu mở tài khoản"),
}
