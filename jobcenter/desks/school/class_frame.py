"""The frame of a class: head, tabs, and the side with places and the waiting list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.courses.choices import CLASS_MOVES, OVER
from jobcenter.courses.classes import curriculum_warnings, size_warnings
from jobcenter.desks.access import me
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.forms import Form
from jobcenter.desks.pages import translate
from jobcenter.desks.sights import saw
from jobcenter.enrolments import queries as enrolments
from jobcenter.enrolments.choices import EnrolState
from jobcenter.enrolments.loop import fed_by
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_

if TYPE_CHECKING:
    from jobcenter.courses.models import TrainingClass

# Name of the page, label, endpoint, the rights of which one opens it. Whatever shows a part of a
# class hangs its tab here.
TABS = (
    ("learners", N_("Học viên"), "school.class_page", (Right.CLASSES_READ,)),
    ("line", N_("Tuyển sinh"), "school.class_line", (Right.CLASSES_READ,)),
    ("timetable", N_("Lịch học"), "school.class_timetable", (Right.CLASSES_READ,)),
    ("decision", N_("Quyết định"), "school.class_decision", (Right.SCHOOL,)),
    ("attendance", N_("Điểm danh"), "school.attendance",
     (Right.SCHOOL, Right.TEACH, Right.OVERVIEW)),
    ("marks", N_("Bảng điểm"), "school.marks", (Right.SCHOOL, Right.TEACH)),
    ("results", N_("Kết quả"), "school.results", (Right.SCHOOL,)),
    ("certificates", N_("Chứng chỉ"), "school.class_certificates", (Right.SCHOOL,)),
    ("money", N_("Thu chi"), "school.class_money", (Right.SCHOOL,)),
    ("papers", N_("Giấy tờ"), "school.class_papers", (Right.SCHOOL,)),
)  # fmt: skip
SHOWN_WAITING, SHOWN_VACANCIES = 5, 4


def tabs(course: TrainingClass, here: str) -> list[dict[str, Any]]:
    """Return the tabs of a class that the reader may open, the page `here` marked."""
    return [
        {
            "label": translate(label),
            "href": url_for(endpoint, class_key=course.key),
            "current": name == here,
        }
        for name, label, endpoint, rights in TABS
        if any(me().may(right) for right in rights)
    ]


def frame(course: TrainingClass, here: str, *, side: bool = True) -> dict[str, Any]:
    """Return what `school/class/_frame.html` shows around the page `here`."""
    may_write = me().may(Right.SCHOOL)
    shown: dict[str, Any] = {
        "course": course,
        "here": here,
        "class_tabs": tabs(course, here),
        "may_write": may_write,
        "is_over": course.state in OVER,
        "verbs": CLASS_MOVES.verbs(course.state) if may_write else [],
        "fresh": lambda: Form(formdata=None),
        "warnings": size_warnings(db.session(), course) + curriculum_warnings(db.session(), course),
        "has_side": side,
        **WORDS,
    }
    return shown | _side(course) if side else shown


def _side(course: TrainingClass) -> dict[str, Any]:
    session = db.session()
    counts = enrolments.counts(session, [course.id])[course.id]
    invited = enrolments.offered(session, me(), course)
    waiting = enrolments.line(session, course)
    fed = fed_by(session, course.programme, clock.today())
    saw([one.person_id for one in (*invited, *waiting[:SHOWN_WAITING])], Look.LIST)
    return {
        "counts": counts,
        "learning": course.taken - counts.get(EnrolState.OFFERED, 0),
        "invited": invited,
        "waiting": waiting[:SHOWN_WAITING],
        "waiting_count": len(waiting),
        "fed": fed[:SHOWN_VACANCIES],
        "fed_count": len(fed),
        "openings": sum(one.headcount - one.filled for one in fed),
    }
