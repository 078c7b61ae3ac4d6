"""States of a vacancy and the moves between them."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_


class VacancyState(StrEnum):
    """A draft is seen by its makers; only an open one takes candidates."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OPEN = "open"
    ON_HOLD = "on-hold"
    FILLED = "filled"
    CLOSED = "closed"


STATE_LABELS = {
    VacancyState.DRAFT: N_("Bản nháp"),
    VacancyState.SUBMITTED: N_("Chờ duyệt"),
    VacancyState.OPEN: N_("Đang tuyển"),
    VacancyState.ON_HOLD: N_("Tạm dừng"),
    VacancyState.FILLED: N_("Đã đủ người"),
    VacancyState.CLOSED: N_("Đã đóng"),
}
STATE_KINDS = {
    VacancyState.DRAFT: "quiet",
    VacancyState.SUBMITTED: "warn",
    VacancyState.OPEN: "ok",
    VacancyState.ON_HOLD: "warn",
    VacancyState.FILLED: "sea",
    VacancyState.CLOSED: "quiet",
}
_LIVE = (VacancyState.OPEN, VacancyState.ON_HOLD)
VACANCY_MOVES = moves(
    [
        ("submit", (VacancyState.DRAFT,), VacancyState.SUBMITTED),
        ("send-back", (VacancyState.SUBMITTED,), VacancyState.DRAFT),
        ("publish", (VacancyState.DRAFT, VacancyState.SUBMITTED), VacancyState.OPEN),
        ("hold", (VacancyState.OPEN,), VacancyState.ON_HOLD),
        ("resume", (VacancyState.ON_HOLD,), VacancyState.OPEN),
        ("fill", _LIVE, VacancyState.FILLED),
        ("close", (*_LIVE, VacancyState.DRAFT, VacancyState.SUBMITTED), VacancyState.CLOSED),
        ("reopen", (VacancyState.FILLED, VacancyState.CLOSED), VacancyState.OPEN),
    ]
)
VERB_LABELS = {
    "submit": N_("Gửi duyệt"),
    "send-back": N_("Trả lại để sửa"),
    "publish": N_("Đăng tuyển"),
    "hold": N_("Tạm dừng nhận"),
    "resume": N_("Nhận tiếp"),
    "fill": N_("Ghi đã đủ người"),
    "close": N_("Đóng vị trí"),
    "reopen": N_("Mở lại"),
}


class FlagKind(StrEnum):
    """Kinds of demand that Labour Code art. 3(8) calls discrimination, and the lawful age note."""

    SEX = "sex"
    AGE = "age"
    ORIGIN = "origin"
    LOOKS = "looks"
    MARITAL = "marital"
    LEGAL_AGE = "legal-age"


FLAG_LABELS = {
    FlagKind.SEX: N_("Đòi hỏi giới tính"),
    FlagKind.AGE: N_("Đòi hỏi tuổi"),
    FlagKind.ORIGIN: N_("Phân biệt quê quán"),
    FlagKind.LOOKS: N_("Đòi hỏi ngoại hình"),
    FlagKind.MARITAL: N_("Hỏi hôn nhân, gia đình"),
    FlagKind.LEGAL_AGE: N_("Tuổi tối thiểu theo luật"),
}
