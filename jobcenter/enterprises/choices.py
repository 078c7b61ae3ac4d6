"""States of an enterprise's record."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_


class Standing(StrEnum):
    """Whether the centre works with the firm."""

    PENDING = "pending"
    APPROVED = "approved"
    SUSPENDED = "suspended"


STANDING_LABELS = {
    Standing.PENDING: N_("Chờ duyệt"),
    Standing.APPROVED: N_("Đang hợp tác"),
    Standing.SUSPENDED: N_("Tạm dừng hợp tác"),
}
STANDING_KINDS = {Standing.PENDING: "warn", Standing.APPROVED: "ok", Standing.SUSPENDED: "bad"}
ACTION_LABELS = {
    "add-enterprise": N_("Ghi hồ sơ doanh nghiệp"),
    "change-enterprise": N_("Sửa hồ sơ"),
    "set-standing": N_("Đổi tình trạng hợp tác"),
    "replace-contacts": N_("Sửa người liên hệ"),
    "replace-bus-routes": N_("Sửa tuyến xe"),
    "add-member": N_("Gắn tài khoản với công ty"),
}
