"""The life of an import, and what is said of its rows."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_


class BatchState(StrEnum):
    """From a file that is being checked to rows that stand, or were taken out again."""

    CHECKING = "checking"
    CHECKED = "checked"
    WRITING = "writing"
    WRITTEN = "written"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"


STATE_LABELS = {
    BatchState.CHECKING: N_("Đang kiểm tra"),
    BatchState.CHECKED: N_("Chờ quyết định"),
    BatchState.WRITING: N_("Đang ghi vào sổ"),
    BatchState.WRITTEN: N_("Đã ghi vào sổ"),
    BatchState.UNDOING: N_("Đang hoàn tác"),
    BatchState.UNDONE: N_("Đã hoàn tác"),
    BatchState.DROPPED: N_("Đã bỏ, không ghi"),
}
STATE_KINDS = {
    BatchState.CHECKING: "sea",
    BatchState.CHECKED: "warn",
    BatchState.WRITING: "sea",
    BatchState.WRITTEN: "ok",
    BatchState.UNDOING: "sea",
    BatchState.UNDONE: "quiet",
    BatchState.DROPPED: "quiet",
}
BUSY = frozenset({BatchState.CHECKING, BatchState.WRITING, BatchState.UNDOING})
BATCH_MOVES = moves(
    [
        ("check", (BatchState.CHECKING, BatchState.CHECKED), BatchState.CHECKED),
        ("check-again", (BatchState.CHECKING, BatchState.CHECKED), BatchState.CHECKING),
        (
            "write",
            (BatchState.CHECKING, BatchState.CHECKED, BatchState.WRITING),
            BatchState.WRITING,
        ),
        ("end-write", (BatchState.WRITING,), BatchState.WRITTEN),
        ("undo", (BatchState.WRITTEN, BatchState.WRITING, BatchState.UNDOING), BatchState.UNDOING),
        ("end-undo", (BatchState.UNDOING,), BatchState.UNDONE),
        ("drop", (BatchState.CHECKING, BatchState.CHECKED), BatchState.DROPPED),
    ]
)


class RowState(StrEnum):
    """What a row of a file is found to be."""

    GOOD = "good"
    BAD = "bad"
    DOUBTFUL = "doubtful"
    KNOWN = "known"


ROW_LABELS = {
    RowState.GOOD: N_("Tốt"),
    RowState.BAD: N_("Hỏng"),
    RowState.DOUBTFUL: N_("Có thể trùng"),
    RowState.KNOWN: N_("Đã có"),
}
ROW_KINDS = {
    RowState.GOOD: "ok",
    RowState.BAD: "bad",
    RowState.DOUBTFUL: "ask",
    RowState.KNOWN: "quiet",
}
ACTION_LABELS = {
    "take-import": N_("Tải tệp lên để nhập"),
    "write-import": N_("Ghi các dòng của tệp vào sổ"),
    "undo-import": N_("Hoàn tác lần nhập tệp"),
    "drop-import": N_("Bỏ tệp đã tải lên"),
}
