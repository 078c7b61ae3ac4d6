"""States of a job and what a schedule is."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_
from jobcenter.settings.choices import Kind, Setting


class JobState(StrEnum):
    """The life of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATE_LABELS = {
    JobState.WAITING: N_("Đang chờ"),
    JobState.RUNNING: N_("Đang chạy"),
    JobState.DONE: N_("Xong"),
    JobState.FAILED: N_("Không xong"),
    JobState.CANCELLED: N_("Đã dừng"),
}
STATE_KINDS = {
    JobState.WAITING: "quiet",
    JobState.RUNNING: "sea",
    JobState.DONE: "ok",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "quiet",
}
OPEN = frozenset({JobState.WAITING, JobState.RUNNING})
ACTION_LABELS = {
    "ask-job": N_("Giao việc chạy nền"),
    "cancel-job": N_("Dừng việc chạy nền"),
    "repeat-job": N_("Chạy lại việc nền"),
}

KEEP_FILES = Setting(
    key="work-keep-files",
    kind=Kind.DAYS,
    group=N_("Việc chạy nền"),
    label=N_("Giữ tệp kết quả"),
    default=7,
    least=1,
    most=90,
)
