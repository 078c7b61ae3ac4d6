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
