"""States of a class, kinds of rooms and sessions, how places are filled."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_


class ClassState(StrEnum):
    """The life of a class."""

    PLANNED = "planned"
    ENROLLING = "enrolling"
    RUNNING = "running"
    FINISHED = "finished"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATE_LABELS = {
    ClassState.PLANNED: N_("Dự kiến"),
    ClassState.ENROLLING: N_("Đang tuyển sinh"),
    ClassState.RUNNING: N_("Đang học"),
    ClassState.FINISHED: N_("Đã học xong"),
    ClassState.CLOSED: N_("Đã kết thúc hồ sơ"),
    ClassState.CANCELLED: N_("Đã huỷ"),
}
STATE_KINDS = {
    ClassState.PLANNED: "quiet",
    ClassState.ENROLLING: "sea",
    ClassState.RUNNING: "ok",
    ClassState.FINISHED: "warn",
    ClassState.CLOSED: "quiet",
    ClassState.CANCELLED: "bad",
}
CLASS_MOVES = moves(
    [
        ("open", (ClassState.PLANNED,), ClassState.ENROLLING),
        ("withdraw", (ClassState.ENROLLING,), ClassState.PLANNED),
        ("start", (ClassState.ENROLLING,), ClassState.RUNNING),
        ("finish", (ClassState.RUNNING,), ClassState.FINISHED),
        ("resume", (ClassState.FINISHED,), ClassState.RUNNING),
        ("close", (ClassState.FINISHED,), ClassState.CLOSED),
        (
            "cancel",
            (ClassState.PLANNED, ClassState.ENROLLING, ClassState.RUNNING),
            ClassState.CANCELLED,
        ),
    ]
)
VERB_LABELS = {
    "open": N_("Mở tuyển sinh"),
    "withdraw": N_("Ngừng tuyển, xem lại kế hoạch"),
    "start": N_("Khai giảng"),
    "finish": N_("Ghi học xong"),
    "resume": N_("Học tiếp"),
    "close": N_("Kết thúc hồ sơ lớp"),
    "cancel": N_("Huỷ lớp"),
}
# People may come in now; a running class takes latecomers into a free place.
TAKING = frozenset({ClassState.ENROLLING, ClassState.RUNNING})
# What was fixed when it ended is not changed afterwards.
OVER = frozenset({ClassState.CLOSED, ClassState.CANCELLED})
LIVE = frozenset({ClassState.PLANNED, ClassState.ENROLLING, ClassState.RUNNING})


class RoomKind(StrEnum):
    """What a room is for; the class size that warns follows from it."""

    THEORY = "theory"
    WORKSHOP = "workshop"
    HAZARD = "hazard"
    OUTSIDE = "outside"


ROOM_LABELS = {
    RoomKind.THEORY: N_("Phòng lý thuyết"),
    RoomKind.WORKSHOP: N_("Xưởng thực hành"),
    RoomKind.HAZARD: N_("Xưởng nghề nặng nhọc, nguy hiểm"),
    RoomKind.OUTSIDE: N_("Ngoài trường (tại doanh nghiệp, xã)"),
}


class SessionKind(StrEnum):
    """What a session is; a standard hour is 45 minutes of theory or 60 of practice."""

    THEORY = "theory"
    PRACTICE = "practice"
    EXAM = "exam"


SESSION_LABELS = {
    SessionKind.THEORY: N_("Lý thuyết"),
    SessionKind.PRACTICE: N_("Thực hành"),
    SessionKind.EXAM: N_("Kiểm tra"),
}


class FillRule(StrEnum):
    """In which order people come into a class."""

    FIRST_COME = "first-come"
    PRIORITY = "priority"


FILL_LABELS = {
    FillRule.FIRST_COME: N_("Ai nộp đơn trước vào trước"),
    FillRule.PRIORITY: N_("Đối tượng ưu tiên có giấy tờ, rồi ngày nộp đơn"),
}


class Grade(StrEnum):
    """How a result is called; the bounds stand in the rule of the programme type."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    FAIRLY_AVERAGE = "fairly-average"
    AVERAGE = "average"
    PASSED = "passed"
    FAILED = "failed"


GRADE_LABELS = {
    Grade.EXCELLENT: N_("Xuất sắc"),
    Grade.GOOD: N_("Giỏi"),
    Grade.FAIR: N_("Khá"),
    Grade.FAIRLY_AVERAGE: N_("Trung bình khá"),
    Grade.AVERAGE: N_("Trung bình"),
    Grade.PASSED: N_("Đạt"),
    Grade.FAILED: N_("Không đạt"),
}
# Monday is 0, as Python counts; Codes keep them as text.
WEEKDAYS = ("0", "1", "2", "3", "4", "5", "6")
SHORT_DAYS = (N_("T2"), N_("T3"), N_("T4"), N_("T5"), N_("T6"), N_("T7"), N_("CN"))
PARTNER = "partner"  # the type of list V whose diploma another school issues
MOST_PLACES = 500
MOST_SESSION_HOURS = 12
ACTION_LABELS = {
    "add-programme": N_("Thêm chương trình"),
    "change-programme": N_("Sửa chương trình"),
    "set-curriculum": N_("Ghi chương trình khung"),
    "set-type-rule": N_("Ghi quy định của loại chương trình"),
    "set-target": N_("Ghi chỉ tiêu năm"),
    "add-trainer": N_("Thêm giáo viên"),
    "change-trainer": N_("Sửa giáo viên"),
    "add-room": N_("Thêm phòng học"),
    "change-room": N_("Sửa phòng học"),
    "plan-class": N_("Lập kế hoạch lớp"),
    "change-class": N_("Sửa lớp"),
    "set-places": N_("Đổi số chỗ của lớp"),
    "make-timetable": N_("Lập lịch học"),
    "change-session": N_("Sửa buổi học"),
    "cancel-session": N_("Nghỉ buổi học"),
    "add-session": N_("Thêm buổi học"),
    "import-class": N_("Nhập lớp đã có"),
    **{f"{verb}-class": label for verb, label in VERB_LABELS.items()},
}
