"""For whom a list is made, and why someone was set aside."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_


class Audience(StrEnum):
    """Who sees a list: the firm's is masked and holds only people who agreed to be shown."""

    COUNSELLOR = "counsellor"
    ENTERPRISE = "enterprise"
    SEEKER = "seeker"


class Unsuitable(StrEnum):
    """Why a person is not suitable for a vacancy, as the counsellor sees it."""

    SKILL = "skill"
    PLACE = "place"
    SHIFT = "shift"
    PAY = "pay"
    UNREACHABLE = "unreachable"
    NOT_WANTED = "not-wanted"
    OTHER = "other"


UNSUITABLE_LABELS = {
    Unsuitable.SKILL: N_("Tay nghề chưa hợp"),
    Unsuitable.PLACE: N_("Đi lại không tiện"),
    Unsuitable.SHIFT: N_("Ca làm không hợp"),
    Unsuitable.PAY: N_("Lương không hợp"),
    Unsuitable.UNREACHABLE: N_("Chưa liên lạc được"),
    Unsuitable.NOT_WANTED: N_("Người lao động không muốn"),
    Unsuitable.OTHER: N_("Lý do khác"),
}
