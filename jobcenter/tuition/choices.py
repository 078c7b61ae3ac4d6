"""Kinds of money lines and of support, states of a payment sheet, amounts by date."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_
from jobcenter.settings.choices import Kind, Setting


class FeeKind(StrEnum):
    """What a line of a learner's account is."""

    DUE = "due"
    PAID = "paid"
    WAIVED = "waived"
    REFUNDED = "refunded"


FEE_LABELS = {
    FeeKind.DUE: N_("Phải nộp"),
    FeeKind.PAID: N_("Đã nộp"),
    FeeKind.WAIVED: N_("Được miễn"),
    FeeKind.REFUNDED: N_("Hoàn trả"),
}


class SupportKind(StrEnum):
    """What public support pays for."""

    TRAINING = "training"
    MEAL = "meal"
    TRAVEL = "travel"


SUPPORT_LABELS = {
    SupportKind.TRAINING: N_("Chi phí đào tạo"),
    SupportKind.MEAL: N_("Tiền ăn"),
    SupportKind.TRAVEL: N_("Tiền đi lại"),
}


class SheetState(StrEnum):
    """Where a payment sheet stands."""

    MADE = "made"
    PAID = "paid"
    CANCELLED = "cancelled"


SHEET_LABELS = {
    SheetState.MADE: N_("Đã lập"),
    SheetState.PAID: N_("Đã chi"),
    SheetState.CANCELLED: N_("Đã huỷ"),
}
SHEET_KINDS = {SheetState.MADE: "warn", SheetState.PAID: "ok", SheetState.CANCELLED: "bad"}
SERIES = "BTT"
MOST_MONEY = 1_000_000_000
_GROUP = N_("Trường nghề")


def _money(key: str, label: str, default: int) -> Setting[int]:
    return Setting(key=key, kind=Kind.MONEY, group=_GROUP, label=label, default=default,
                   most=100_000_000)  # fmt: skip


def _km(key: str, label: str, default: int) -> Setting[int]:
    return Setting(key=key, kind=Kind.INTEGER, group=_GROUP, label=label, default=default, most=500)


# Decision 46/2015/QD-TTg; amounts have a day from which they hold, as every setting.
MEAL = _money("support-meal", N_("Hỗ trợ tiền ăn, mỗi ngày thực học"), 30_000)
TRAVEL = _money("support-travel", N_("Hỗ trợ đi lại, mỗi khoá"), 200_000)
TRAVEL_HARD = _money(
    "support-travel-hard", N_("Hỗ trợ đi lại của người khuyết tật, xã khó khăn"), 300_000
)
TRAVEL_KM = _km("support-travel-km", N_("Hỗ trợ đi lại từ (km)"), 15)
TRAVEL_HARD_KM = _km(
    "support-travel-hard-km", N_("Hỗ trợ đi lại của người khuyết tật, xã khó khăn từ (km)"), 5
)
DISABLED = "KT"
ACTION_LABELS = {
    "write-fee": N_("Ghi học phí"),
    "write-invoice": N_("Ghi hoá đơn của doanh nghiệp"),
    "write-invoice-payment": N_("Ghi doanh nghiệp trả tiền"),
    "set-support-terms": N_("Ghi quãng đường, vùng khó khăn"),
    "make-payment-sheet": N_("Lập bảng thanh toán hỗ trợ"),
    "pay-payment-sheet": N_("Ghi đã chi hỗ trợ"),
    "cancel-payment-sheet": N_("Huỷ bảng thanh toán hỗ trợ"),
}
