"""Kinds of papers as the rooms declare them, their states and the moves between these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobcenter.catalogue import choices as catalogue
from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_

Unit = catalogue.Unit
UNIT_LABELS = catalogue.UNIT_LABELS


class PaperState(StrEnum):
    """The life of a paper; a number comes after approval and stays for good."""

    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    NUMBERED = "numbered"
    PRINTED = "printed"
    SIGNED = "signed"
    CANCELLED = "cancelled"


STATE_LABELS = {
    PaperState.DRAFT: N_("Bản nháp"),
    PaperState.CHECKED: N_("Đã kiểm tra"),
    PaperState.APPROVED: N_("Đã duyệt"),
    PaperState.NUMBERED: N_("Đã cấp số"),
    PaperState.PRINTED: N_("Đã in"),
    PaperState.SIGNED: N_("Đã ký"),
    PaperState.CANCELLED: N_("Đã huỷ"),
}
STATE_KINDS = {
    PaperState.DRAFT: "quiet",
    PaperState.CHECKED: "warn",
    PaperState.APPROVED: "warn",
    PaperState.NUMBERED: "ok",
    PaperState.PRINTED: "ok",
    PaperState.SIGNED: "ok",
    PaperState.CANCELLED: "bad",
}
UNNUMBERED = frozenset({PaperState.DRAFT, PaperState.CHECKED, PaperState.APPROVED})
ISSUED = frozenset({PaperState.NUMBERED, PaperState.PRINTED, PaperState.SIGNED})
PAPER_MOVES = moves(
    [
        ("check", (PaperState.DRAFT,), PaperState.CHECKED),
        ("send-back", (PaperState.CHECKED, PaperState.APPROVED), PaperState.DRAFT),
        ("approve", (PaperState.CHECKED,), PaperState.APPROVED),
        ("number", (PaperState.APPROVED,), PaperState.NUMBERED),
        ("print", tuple(ISSUED), PaperState.PRINTED),
        ("sign", (PaperState.PRINTED,), PaperState.SIGNED),
        ("cancel", tuple(UNNUMBERED | ISSUED), PaperState.CANCELLED),
    ]
)
VERB_LABELS = {
    "check": N_("Ghi đã kiểm tra"),
    "send-back": N_("Trả lại để sửa"),
    "approve": N_("Duyệt"),
    "number": N_("Cấp số"),
    "print": N_("In"),
    "sign": N_("Ghi đã ký, đóng dấu"),
    "cancel": N_("Huỷ giấy"),
}


@dataclass(frozen=True)
class Field:
    """A named place in a paper: what it holds and an example for whoever edits the form."""

    name: str
    label: str
    example: str
    is_list: bool = False


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A kind of paper, declared by the room that owns its records.

    `prefix` stands in the number, "{prefix}" followed by year and number; `is_simple` papers are
    numbered at once, the others are checked and approved first; `valid_days` None: no end.
    """

    code: str
    label: str
    prefix: str
    unit: Unit
    subject: str
    fields: tuple[Field, ...]
    is_simple: bool = True
    valid_days: int | None = None
    width: int = 5


ACTION_LABELS = {
    "draft-paper": N_("Lập giấy"),
    "revise-paper": N_("Sửa nội dung giấy"),
    "check-paper": N_("Kiểm tra giấy"),
    "approve-paper": N_("Duyệt giấy"),
    "send-back-paper": N_("Trả giấy lại để sửa"),
    "number-paper": N_("Cấp số"),
    "print-paper": N_("In lần đầu"),
    "reprint-paper": N_("In lại"),
    "sign-paper": N_("Ghi đã ký, đóng dấu"),
    "cancel-paper": N_("Huỷ giấy"),
}
