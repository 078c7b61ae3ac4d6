"""The two logs, and kinds of looks at a person's data."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_


class Log(StrEnum):
    """What is sealed: who did what, and who saw whom."""

    LEDGER = "ledger_entry"
    SIGHT = "sight"


LOG_LABELS = {Log.LEDGER: N_("Nhật ký"), Log.SIGHT: N_("Lượt xem hồ sơ")}


class Look(StrEnum):
    """How much of a person a page showed: from a masked line to sensitive data."""

    MASKED = "masked"
    LIST = "list"
    FILE = "file"
    PAPER = "paper"
    EXPORT = "export"
    SENSITIVE = "sensitive"


LOOK_LABELS = {
    Look.MASKED: N_("Dòng che tên"),
    Look.LIST: N_("Dòng có tên trong danh sách"),
    Look.FILE: N_("Mở hồ sơ"),
    Look.PAPER: N_("In giấy tờ"),
    Look.EXPORT: N_("Xuất ra tệp"),
    Look.SENSITIVE: N_("Thông tin nhạy cảm"),
}
