"""The school's lists: learners, class book, grade book, recognition, register, payments, safety.

Each is one table, set as PDF by the engine or written as a workbook that the office edits. They are
printed from the records as often as needed and bear no number of ours; what leaves the house under
a number gets it from the office's own book of outgoing papers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import lists
from jobcenter.catalogue.units import unit_at
from jobcenter.certificates import queries as certificates
from jobcenter.courses.choices import GRADE_LABELS
from jobcenter.courses.models import TrainingClass
from jobcenter.documents import typesetting, writing
from jobcenter.documents.writing import Names
from jobcenter.enrolments.choices import EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.enrolments.queries import roster
from jobcenter.kernel import clock, training, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Unit
from jobcenter.people.choices import SEX_LABELS
from jobcenter.teaching import queries as teaching
from jobcenter.teaching.choices import EXAM, LETTERS, OF_EXAM
from jobcenter.teaching.grading import module_average
from jobcenter.tuition.choices import SUPPORT_LABELS, SheetState, SupportKind
from jobcenter.tuition.models import PaymentSheet

SCHOOL_LISTS = {
    "learners": N_("Danh sách học viên"),
    "class-book": N_("Sổ lên lớp"),
    "grade-book": N_("Bảng điểm"),
    "recognition": N_("Quyết định công nhận tốt nghiệp"),
    "register": N_("Sổ cấp chứng chỉ"),
    "safety": N_("Sổ theo dõi huấn luyện an toàn"),
}


@dataclass(frozen=True)
class TableOf:
    """A list as a table: heads with their share of the width, rows of text."""

    title: str
    sub: str
    heads: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]
    facts: Sequence[tuple[str, str]] = ()
    words: Sequence[str] = ()
    note: str = ""
    across: bool = True


def pdf(session: Session, table: TableOf) -> bytes:
    """Return the list as PDF under the school's letterhead of today."""
    today = clock.today()
    unit = unit_at(session, Unit.SCHOOL, today)
    signer = unit.signers[0] if unit.signers else None
    head = typesetting.Head(
        so="…………", noi_ngay=writing.long_day(unit.place, today),
        cap_tren=unit.superior_vi.upper(), don_vi=unit.name_vi.upper(),
        chuc_vu_ky=signer.title_vi.upper() if signer else "HIỆU TRƯỞNG",
        nguoi_ky=signer.name if signer else "", gia_tri_den="", ma_xac_nhan="",
        ten_giay=table.title, trang_thai="BẢN TẬP HUẤN" if training.is_training() else "",
    )  # fmt: skip
    content: dict[str, Any] = {
        "phu_de": table.sub,
        "dong": writing.said(table.facts),
        "doan": list(table.words),
        "cot": [name for name, _share in table.heads],
        "rong": [share for _name, share in table.heads],
        "hang": [list(row) for row in table.rows],
        "ghi_chu": table.note,
        "ngang": table.across,
    }
    return typesetting.pdf([typesetting.Sheet("school-table", head, content)])


def make(session: Session, what: str, course: TrainingClass, actor: Actor) -> TableOf:
    """Return one of the lists of a class."""
    rows = [row for row in roster(session, actor, course) if row.state is not EnrolState.DROPPED]
    return _MAKERS[what](session, course, rows, actor)


def _facts(course: TrainingClass) -> list[tuple[str, str]]:
    return [
        ("Lớp", f"{course.code} {course.name}"),
        ("Nghề, chương trình", course.programme.name_vi),
        ("Thời gian", f"{writing.day(course.starts_on)} – {writing.day(course.ends_on)}"),
        ("Giáo viên", course.trainer.name if course.trainer else ""),
        ("Quyết định mở lớp", course.decision_number),
    ]


def _born(row: Enrolment) -> str:
    person = row.person
    return writing.day(person.birth_date) if person.birth_date else str(person.birth_year or "")


def _sex(row: Enrolment) -> str:
    return SEX_LABELS[row.person.sex] if row.person.sex else ""


def _learners(
    session: Session, course: TrainingClass, rows: Sequence[Enrolment], _actor: Actor
) -> TableOf:
    names = Names(lists(session))
    return TableOf(
        SCHOOL_LISTS["learners"], course.name,
        [("STT", 1), ("Họ và tên", 5), ("Ngày sinh", 2.4), ("Giới tính", 1.6), ("Nơi ở", 4),
         ("Điện thoại", 2.6), ("Nguồn kinh phí", 3), ("Ghi chú", 3)],
        [
            [str(n), row.person.full_name, _born(row), _sex(row),
             names.one("commune", row.person.current_commune),
             vietnamese.show_phone(row.person.phone) if row.person.phone else "",
             names.one("W", row.funding), ""]
            for n, row in enumerate(rows, 1)
        ],
        _facts(course),
        note=f"Danh sách có {len(rows)} người.",
    )  # fmt: skip


def _class_book(
    session: Session, course: TrainingClass, rows: Sequence[Enrolment], _actor: Actor
) -> TableOf:
    written = teaching.attendance(session, course)
    found = []
    for n, held in enumerate(teaching.sessions_held(session, course), 1):
        signs = {row.id: written.get((held.id, row.id)) for row in rows}
        away = [
            f"{row.person.full_name} ({LETTERS[line.state]}{line.missed or ''})"
            for row in rows
            if (line := signs[row.id]) is not None and line.state.value != "present"
        ]
        there = sum(1 for one in signs.values() if one is not None)
        found.append(
            [str(n), writing.day(held.day),
             f"{held.starts_at:%H:%M}–{held.ends_at:%H:%M}",
             held.module.name if held.module else held.topic,
             {"theory": "LT", "practice": "TH", "exam": "KT"}[held.kind.value], str(held.hours),
             held.trainer.name if held.trainer else "", f"{there}/{len(rows)}",
             "; ".join(away), ""]
        )  # fmt: skip
    return TableOf(
        SCHOOL_LISTS["class-book"], course.name,
        [("Buổi", 1.1), ("Ngày", 2.2), ("Giờ", 2.2), ("Mô đun, bài học", 4.5), ("Loại", 1.1),
         ("Số giờ", 1.1), ("Giáo viên", 3), ("Đã ghi", 1.4), ("Vắng (P, K), muộn (M)", 5),
         ("Ký", 1.6)],
        found, _facts(course),
        note="P có phép, K không phép, M muộn kèm số phút, B vắng đã học bù.",
    )  # fmt: skip


def mark(tenths: int | None) -> str:
    """Return 7,5."""
    return "" if tenths is None else f"{tenths // 10},{tenths % 10}"


def _grade_book(
    session: Session, course: TrainingClass, rows: Sequence[Enrolment], _actor: Actor
) -> TableOf:
    weights, written = teaching.weights_on(session, course.starts_on), teaching.marks(session, rows)
    modules = teaching.modules_of(course)
    outcomes = teaching.outcomes(session, course, rows)
    decided = teaching.results(session, [row.id for row in rows])
    found = []
    for n, row in enumerate(rows, 1):
        sheets = written[row.id]
        cells = [
            mark(module_average(sheets.get(teaching.sheet_code(one), {}), weights))
            for one in modules
        ]
        cells += [mark(max(sheets.get(EXAM, {}).get(kind, ()), default=None)) for kind in OF_EXAM]
        result = decided.get(row.id)
        found.append(
            [str(n), row.person.full_name, _born(row), *cells, mark(outcomes[row.id].average),
             GRADE_LABELS[result.grade] if result else ""]
        )  # fmt: skip
    return TableOf(
        SCHOOL_LISTS["grade-book"], course.name,
        [("STT", 1), ("Họ và tên", 5), ("Ngày sinh", 2.4), *((one.code, 1.6) for one in modules),
         ("Thi LT", 1.6), ("Thi TH", 1.6), ("Tổng kết", 1.8), ("Xếp loại", 2.6)],
        found, _facts(course),
        note="; ".join(f"{one.code}: {one.name}" for one in modules),
    )  # fmt: skip


def _recognition(
    session: Session, course: TrainingClass, rows: Sequence[Enrolment], _actor: Actor
) -> TableOf:
    decided = teaching.results(session, [row.id for row in rows])
    passed = [row for row in rows if row.id in decided and decided[row.id].is_passed]
    return TableOf(
        SCHOOL_LISTS["recognition"], f"Lớp {course.code} {course.name}",
        [("STT", 1), ("Họ và tên", 5), ("Ngày sinh", 2.6), ("Giới tính", 1.8), ("Điểm", 1.6),
         ("Xếp loại", 3)],
        [
            [str(n), row.person.full_name, _born(row), _sex(row), mark(decided[row.id].average),
             GRADE_LABELS[decided[row.id].grade]]
            for n, row in enumerate(passed, 1)
        ],
        words=[
            (
                f"Điều 1. Công nhận {len(passed)} học viên lớp {course.name}, "
                f"chương trình {course.programme.name_vi}, học từ {writing.day(course.starts_on)} "
                f"đến {writing.day(course.ends_on)}, hoàn thành khoá học (danh sách dưới đây)."
            ),
            "Điều 2. Bộ phận giáo vụ cấp giấy cho học viên theo quy định.",
            "Điều 3. Các bộ phận liên quan và học viên có tên chịu trách nhiệm thi hành.",
        ],
        across=False,
    )  # fmt: skip


def _register(
    session: Session, course: TrainingClass, rows: Sequence[Enrolment], _actor: Actor
) -> TableOf:
    held = certificates.of_enrolments(session, [row.id for row in rows])
    decided = teaching.results(session, list(held))
    found: list[list[str]] = []
    for row in rows:
        one = held.get(row.id)
        if one is None:
            continue
        result = decided.get(row.id)
        ended = one.ended
        found.append(
            [str(len(found) + 1), row.person.full_name, _born(row), _sex(row),
             GRADE_LABELS[result.grade] if result else "",
             one.blank.serial if one.blank else "", one.paper.shown or "",
             writing.day(one.issued_on), one.receiver.receiver if one.receiver else "",
             f"{'Thu hồi' if ended.kind == 'revoked' else 'Huỷ'}: {ended.reason}" if ended else ""]
        )  # fmt: skip
    return TableOf(
        SCHOOL_LISTS["register"], course.name,
        [("STT", 1), ("Họ và tên", 4.4), ("Ngày sinh", 2.4), ("Giới tính", 1.5), ("Xếp loại", 2),
         ("Số hiệu phôi", 2.4), ("Số vào sổ", 3), ("Ngày cấp", 2.4), ("Người nhận", 3),
         ("Ghi chú", 3)],
        found, _facts(course),
    )  # fmt: skip


def _safety(
    session: Session, course: TrainingClass, _rows: Sequence[Enrolment], actor: Actor
) -> TableOf:
    entries = certificates.follow_up(session, actor, course)
    return TableOf(
        SCHOOL_LISTS["safety"], course.name,
        [("STT", 1), ("Họ và tên", 4.4), ("Năm sinh", 1.6), ("Đơn vị", 4), ("Nhóm", 1.2),
         ("Lần", 1.8), ("Số giờ", 1.3), ("Ngày học xong", 2.4), ("Số thẻ", 2.2),
         ("Có giá trị đến", 2.4), ("Ký", 1.8)],
        [
            [str(n), one.person.full_name, str(one.person.birth_year or ""),
             one.enterprise.name if one.enterprise else "", str(one.safety_group),
             "Định kỳ" if one.is_refresher else "Lần đầu", str(one.hours),
             writing.day(one.trained_on), one.card_number,
             writing.day(one.valid_to) if one.valid_to else "", ""]
            for n, one in enumerate(entries, 1)
        ],
        _facts(course),
    )  # fmt: skip


def payment_sheet(session: Session, sheet: PaymentSheet) -> TableOf:
    """Return a payment sheet: a line for each learner, days attended times the meal, travel."""
    names = Names(lists(session))
    by_learner: dict[int, list[Any]] = {}
    for item in sheet.items:
        by_learner.setdefault(item.enrolment_id, []).append(item)
    found = []
    for n, items in enumerate(by_learner.values(), 1):
        sums = {kind: sum(i.amount for i in items if i.kind is kind) for kind in SupportKind}
        days = sum(1 for i in items if i.kind is SupportKind.MEAL)
        found.append(
            [str(n), items[0].enrolment.person.full_name, names.one("F", items[0].target_group),
             str(days), *(writing.number(sums[kind]) for kind in
                          (SupportKind.MEAL, SupportKind.TRAVEL, SupportKind.TRAINING)),
             writing.number(sum(sums.values())), ""]
        )  # fmt: skip
    words = "ĐÃ HUỶ. " if sheet.state is SheetState.CANCELLED else ""
    return TableOf(
        "Bảng thanh toán hỗ trợ học nghề", f"Số {sheet.number}",
        [("STT", 1), ("Họ và tên", 4.6), ("Đối tượng", 3.6), ("Ngày học", 1.6),
         *((SUPPORT_LABELS[kind], 2.4)
           for kind in (SupportKind.MEAL, SupportKind.TRAVEL, SupportKind.TRAINING)),
         ("Cộng", 2.6), ("Ký nhận", 2.6)],
        found,
        [*_facts(sheet.course),
         ("Từ ngày", f"{writing.day(sheet.first_day)} đến {writing.day(sheet.last_day)}")],
        note=f"{words}Tổng cộng {writing.number(sheet.total)} đồng. Mức hỗ trợ theo Quyết định "
             "46/2015/QĐ-TTg; tiền ăn theo ngày thực học.",
    )  # fmt: skip


Maker = Callable[[Session, TrainingClass, Sequence[Enrolment], Actor], TableOf]
_MAKERS: dict[str, Maker] = {
    "learners": _learners,
    "class-book": _class_book,
    "grade-book": _grade_book,
    "recognition": _recognition,
    "register": _register,
    "safety": _safety,
}
