"""Why a job ended, and how soon is early."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_


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
ACTION_LABELS = {
    "hire": N_("Ghi nhận việc"),
    "confirm-placement": N_("Xác nhận đã nhận việc"),
    "end-placement": N_("Ghi nghỉ việc"),
}
