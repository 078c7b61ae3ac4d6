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
ACTION_LABELS = {
    "add-enterprise": N_("Ghi hồ sơ doanh nghiệp"),
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
    "set-parent": N_("Đổi công ty mẹ"),
}
