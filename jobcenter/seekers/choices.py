"""States of a job seeker's file (list M) and the lists it is written in."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_


class FileState(StrEnum):
    """List M."""

    NEW = "new"
    LOOKING = "looking"
    REFERRED = "referred"
    PLACED = "placed"
    FOUND_ALONE = "found-alone"
    PAUSED = "paused"
    CLOSED = "closed"
    ANONYMISED = "anonymised"


STATE_LABELS = {
    FileState.NEW: N_("Mới"),
    FileState.LOOKING: N_("Đang tìm việc"),
    FileState.REFERRED: N_("Đã giới thiệu"),
    FileState.PLACED: N_("Đã có việc (do trung tâm)"),
    FileState.FOUND_ALONE: N_("Đã có việc (tự tìm)"),
    FileState.PAUSED: N_("Tạm ngừng"),
    FileState.CLOSED: N_("Đóng"),
    FileState.ANONYMISED: N_("Đã ẩn danh"),
}
STATE_KINDS = {
    FileState.NEW: "sea",
    FileState.LOOKING: "sea",
    FileState.REFERRED: "warn",
    FileState.PLACED: "ok",
    FileState.FOUND_ALONE: "ok",
}
# Who is offered to firms: whoever still wants work.
AVAILABLE = frozenset({FileState.NEW, FileState.LOOKING, FileState.REFERRED})

_OPEN = (FileState.NEW, FileState.LOOKING, FileState.REFERRED)
_ENDED = (FileState.PLACED, FileState.FOUND_ALONE, FileState.PAUSED, FileState.CLOSED)
FILE_MOVES = moves(
    [
        ("start-search", (FileState.NEW,), FileState.LOOKING),
        ("pause", _OPEN, FileState.PAUSED),
        ("found-work", (*_OPEN, FileState.PAUSED), FileState.FOUND_ALONE),
        ("close", (*_OPEN, FileState.PAUSED), FileState.CLOSED),
        ("reopen", _ENDED, FileState.LOOKING),
    ]
)
VERB_LABELS = {
    "start-search": N_("Bắt đầu tìm việc"),
    "pause": N_("Tạm ngừng"),
    "found-work": N_("Ghi đã tự tìm được việc"),
    "close": N_("Đóng hồ sơ"),
    "reopen": N_("Mở lại hồ sơ"),
}
