"""States of a referral known so far: a firm asks, the centre takes it up or says no."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_


class ReferralState(StrEnum):
    """Live states come first."""

    ASKED = "asked"
    DECLINED = "declined"


REFERRAL_LABELS = {
    ReferralState.ASKED: N_("Doanh nghiệp xin giới thiệu"),
    ReferralState.DECLINED: N_("Không giới thiệu"),
}
LIVE = frozenset({ReferralState.ASKED})
