"""Signs of attendance, places of marks, and the weights that turn marks into a result."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.catalogue.choices import Award
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Field, PaperKind, Unit
from jobcenter.settings.choices import Kind, Setting


class Presence(StrEnum):
    """How somebody was in a session; `MADE_UP`: absent, and made good in another one."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    MADE_UP = "made-up"


PRESENCE_LABELS = {
    Presence.PRESENT: N_("Có mặt"),
    Presence.LATE: N_("Đi muộn, về sớm"),
    Presence.EXCUSED: N_("Có phép"),
    Presence.UNEXCUSED: N_("Không phép"),
    Presence.MADE_UP: N_("Đã học bù"),
}
# One letter each, so that a class is written down in seconds.
LETTERS = {
    Presence.PRESENT: "C",
    Presence.LATE: "M",
    Presence.EXCUSED: "P",
    Presence.UNEXCUSED: "K",
    Presence.MADE_UP: "B",
}
BY_LETTER = {letter: state for state, letter in LETTERS.items()} | {".": Presence.PRESENT}
# Was there on the day: what meal money is paid for.
THERE = frozenset({Presence.PRESENT, Presence.LATE})
ABSENT = frozenset({Presence.EXCUSED, Presence.UNEXCUSED})


class MarkKind(StrEnum):
    """Which mark it is: three within a module, two of the final examination."""

    REGULAR = "regular"
    PERIODIC = "periodic"
    END = "end"
    EXAM_THEORY = "exam-theory"
    EXAM_PRACTICE = "exam-practice"


MARK_LABELS = {
    MarkKind.REGULAR: N_("Thường xuyên"),
    MarkKind.PERIODIC: N_("Định kỳ"),
    MarkKind.END: N_("Kết thúc"),
    MarkKind.EXAM_THEORY: N_("Thi lý thuyết"),
    MarkKind.EXAM_PRACTICE: N_("Thi thực hành"),
}
OF_MODULE = (MarkKind.REGULAR, MarkKind.PERIODIC, MarkKind.END)
OF_EXAM = (MarkKind.EXAM_THEORY, MarkKind.EXAM_PRACTICE)
# How many marks of a kind there may be; of an end or an exam, how often it may be sat.
MOST_TURNS = {
    MarkKind.REGULAR: 6,
    MarkKind.PERIODIC: 6,
    MarkKind.END: 3,
    MarkKind.EXAM_THEORY: 3,
    MarkKind.EXAM_PRACTICE: 3,
}
# Without these parts of the final examination there is no result.
NEEDED = {
    Award.CERTIFICATE: (MarkKind.EXAM_PRACTICE,),
    Award.DIPLOMA: (MarkKind.EXAM_THEORY, MarkKind.EXAM_PRACTICE),
    Award.SHORT_CERTIFICATE: (),
    Award.SAFETY_CERTIFICATE: (MarkKind.EXAM_THEORY,),
    Award.SAFETY_CARD: (MarkKind.EXAM_THEORY,),
    Award.SAFETY_BOOK: (MarkKind.EXAM_THEORY,),
    Award.NONE: (),
}
EXAM = "exam"  # the mark sheet of the final examination; the others bear their module's number
_GROUP = N_("Trường nghề")


def _weight(key: str, label: str, default: int) -> Setting[int]:
    return Setting(
        key=key, kind=Kind.INTEGER, group=_GROUP, label=label, default=default, least=0, most=100
    )


REGULAR_WEIGHT = _weight("mark-weight-regular", N_("Hệ số điểm thường xuyên"), 1)
PERIODIC_WEIGHT = _weight("mark-weight-periodic", N_("Hệ số điểm định kỳ"), 2)
COURSE_SHARE = _weight("mark-share-course", N_("Phần trăm điểm quá trình trong điểm mô đun"), 40)
MODULES_WEIGHT = _weight("result-weight-modules", N_("Hệ số trung bình các mô đun"), 3)
PRACTICE_WEIGHT = _weight("result-weight-practice", N_("Hệ số thi thực hành"), 2)
THEORY_WEIGHT = _weight("result-weight-theory", N_("Hệ số thi lý thuyết"), 1)
ATTENDANCE_DAYS = Setting(
    key="attendance-open-days",
    kind=Kind.DAYS,
    group=_GROUP,
    label=N_("Sổ điểm danh tự khoá sau"),
    default=3,
    least=0,
    most=60,
)
OPEN_DAYS = 2  # how long a day stays open that a manager unlocked
RECOGNITION = PaperKind(
    code="recognition-decision",
    label=N_("Quyết định công nhận tốt nghiệp"),
    prefix="QDCN",
    unit=Unit.SCHOOL,
    subject="class",
    fields=(
        Field("lop", N_("Tên lớp"), "Điện công nghiệp K12"),
        Field("ma_lop", N_("Mã lớp"), "SC-DCN-K12"),
        Field("nghe", N_("Nghề, chương trình"), "Điện công nghiệp"),
        Field("tu_den", N_("Thời gian học"), "từ 05/10/2026 đến 22/01/2027"),
        Field(
            "hoc_vien", N_("Từng người đạt: stt, ho_ten, ngay_sinh, gioi_tinh, diem, xep_loai"),
            "Trần Hữu An", is_list=True,
        ),
    ),
)  # fmt: skip
ACTION_LABELS = {
    "take-attendance": N_("Điểm danh"),
    "lock-attendance": N_("Khoá sổ điểm danh"),
    "unlock-attendance": N_("Mở khoá sổ điểm danh"),
    "write-marks": N_("Ghi điểm"),
    "decide-result": N_("Ghi kết quả học tập"),
}
