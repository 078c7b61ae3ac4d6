"""The decisions on a class: the one that opens it, and the one that recognises who passed."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import lists
from jobcenter.courses.choices import GRADE_LABELS
from jobcenter.courses.classes import set_decision
from jobcenter.courses.models import TrainingClass
from jobcenter.courses.rules import require_school
from jobcenter.documents import writing
from jobcenter.documents.writing import Names
from jobcenter.enrolments.choices import OPENING_DECISION
from jobcenter.enrolments.models import Enrolment
from jobcenter.enrolments.queries import roster
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.papers import rules as register
from jobcenter.papers.models import Paper
from jobcenter.people.choices import SEX_LABELS
from jobcenter.teaching.choices import RECOGNITION
from jobcenter.teaching.models import Result
from jobcenter.teaching.queries import results


def content(session: Session, course: TrainingClass, by: Actor) -> dict[str, Any]:
    """Return what the decision says, with everybody who learns in the class now."""
    names, plan, programme = Names(lists(session)), course.curriculum, course.programme
    learners = [one for one in roster(session, by, course) if one.holds_seat]
    hours = ""
    if plan is not None:
        rest = plan.hours - plan.theory_hours
        hours = f"{plan.hours} (lý thuyết {plan.theory_hours}, thực hành và kiểm tra {rest})"
    firm = course.enterprise
    return {
        "lop": course.name,
        "ma_lop": course.code,
        "thong_tin": writing.said(
            [
                ("Chương trình", programme.name_vi),
                ("Trình độ", names.one("V", programme.type)),
                ("Khoá, đợt tuyển sinh", writing.joined(course.course, course.intake)),
                ("Khai giảng", writing.day(course.starts_on)),
                ("Bế giảng", writing.day(course.ends_on)),
                ("Số giờ", hours),
                ("Địa điểm", course.room.name if course.room else course.place),
                ("Số học viên", writing.number(len(learners))),
                ("Nguồn kinh phí", names.one("W", course.funding)),
                ("Giáo viên chủ nhiệm", course.trainer.name if course.trainer else ""),
                ("Đơn vị đặt lớp", firm.name if firm else ""),
                ("Hợp đồng", course.contract_number),
                ("Trường cấp bằng", programme.partner),
            ]
        ),
        "hoc_vien": [_learner(n, one, names) for n, one in enumerate(learners, 1)],
    }


def _learner(number: int, row: Enrolment, names: Names) -> dict[str, str]:
    person = row.person
    born = writing.day(person.birth_date) if person.birth_date else str(person.birth_year or "")
    return {
        "stt": str(number),
        "ho_ten": person.full_name,
        "ngay_sinh": born,
        "gioi_tinh": SEX_LABELS[person.sex] if person.sex else "",
        "noi_o": names.one("commune", person.current_commune),
        "kinh_phi": names.one("W", row.funding),
    }


def opening_decision(session: Session, *, course: TrainingClass, by: Actor) -> Paper:
    """Number the decision that opens a class; the class bears its number from now on."""
    require_school(by)
    made = content(session, course, by)
    if not made["hoc_vien"]:
        raise Refused(N_("Lớp chưa có học viên nào. Ghi danh trước, rồi lập quyết định."))
    paper = register.issue(
        session, kind=OPENING_DECISION, subject_id=course.id,
        title=f"{course.code} {course.name}"[:200], content=made, by=by,
    )  # fmt: skip
    if paper.shown is None or paper.issued_on is None:
        raise AssertionError("an issued paper has a number")
    set_decision(
        session, course=course, number=paper.shown, on=paper.issued_on, by=by, paper_id=paper.id
    )
    return paper


def passed(session: Session, course: TrainingClass, by: Actor) -> dict[str, Any]:
    """Return what the recognition decision says: everybody whose result is decided and passed."""
    rows = roster(session, by, course)
    decided = results(session, [one.id for one in rows])
    found = [one for one in rows if one.id in decided and decided[one.id].is_passed]
    return {
        "lop": course.name,
        "ma_lop": course.code,
        "nghe": course.programme.name_vi,
        "tu_den": f"từ {writing.day(course.starts_on)} đến {writing.day(course.ends_on)}",
        "hoc_vien": [_passed(n, one, decided[one.id]) for n, one in enumerate(found, 1)],
    }


def _passed(number: int, row: Enrolment, result: Result) -> dict[str, str]:
    person, average = row.person, result.average
    born = writing.day(person.birth_date) if person.birth_date else str(person.birth_year or "")
    return {
        "stt": str(number),
        "ho_ten": person.full_name,
        "ngay_sinh": born,
        "gioi_tinh": SEX_LABELS[person.sex] if person.sex else "",
        "diem": "" if average is None else f"{average // 10},{average % 10}",
        "xep_loai": GRADE_LABELS[result.grade],
    }


def recognition_decision(session: Session, *, course: TrainingClass, by: Actor) -> Paper:
    """Number the decision that recognises who passed; it may follow again for later ones."""
    require_school(by)
    made = passed(session, course, by)
    if not made["hoc_vien"]:
        raise Refused(N_("Lớp chưa có ai được ghi kết quả đạt. Ghi kết quả trước."))
    return register.issue(
        session, kind=RECOGNITION, subject_id=course.id,
        title=f"{course.code} {course.name}"[:200], content=made, by=by,
    )  # fmt: skip
