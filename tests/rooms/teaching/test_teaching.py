"""Attendance by day with its lock, marks, results written on the enrolment, own classes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.courses import queries as courses
from jobcenter.courses.choices import Grade, SessionKind
from jobcenter.courses.models import Trainer
from jobcenter.enrolments.choices import EnrolState
from jobcenter.enrolments.queries import roster
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Missing, NotAllowed, Refused, Stale
from jobcenter.placements.choices import EndReason
from jobcenter.placements.models import Placement
from jobcenter.teaching import attendance, marks, queries
from jobcenter.teaching.choices import MarkKind, Presence

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
SCHOOL = Actor(None, "Bảo", "school-staff", RIGHTS[Role.SCHOOL_STAFF])
MANAGER = Actor(None, "Tùng", "manager", RIGHTS[Role.MANAGER])
THEORY, PRACTICE = SessionKind.THEORY, SessionKind.PRACTICE


def day(back: int) -> dt.date:
    return clock.today() - dt.timedelta(days=back)


def sign(letter: str) -> attendance.Sign | None:
    return attendance.read_sign(letter)


@pytest.fixture
def course(make_class: Make) -> Any:
    return make_class(starts_on=day(30))


def test_a_session_is_written_and_the_second_writer_is_told(
    session: Session, course: Any, make_enrolment: Make, make_session: Make
) -> None:
    rows = [make_enrolment(course=course) for _n in range(3)]
    held = make_session(course, kind=THEORY)
    signs = {rows[0].id: sign("C"), rows[1].id: sign("M20"), rows[2].id: None}
    seen = {"course": course, "held": held, "by": SCHOOL}
    assert attendance.take(session, signs=signs, version=0, **seen) == 2
    with pytest.raises(Stale):
        attendance.take(session, signs=signs, version=0, **seen)
    sheet = queries.day_of(session, course, held.day)
    assert sheet is not None
    attendance.take(session, signs={rows[2].id: sign("K")}, version=sheet.version, **seen)
    found = queries.attendance(session, course)
    assert found[held.id, rows[1].id].missed == 20
    assert found[held.id, rows[2].id].state is Presence.UNEXCUSED
    assert queries.days_attended(session, [one.id for one in rows]) == {
        rows[0].id: [held.day], rows[1].id: [held.day], rows[2].id: [],
    }  # fmt: skip
    time = queries.tallies(session, course, rows)
    assert [time[one.id].theory.missed for one in rows] == [0, 20, 150]
    # nobody of another class is written here, and nobody who left
    stranger = make_enrolment()
    attendance.take(session, signs={stranger.id: sign("C")}, version=None, **seen)
    assert (held.id, stranger.id) not in queries.attendance(session, course)


def test_days_lock_and_only_a_manager_opens_them(
    session: Session, course: Any, make_enrolment: Make, make_session: Make
) -> None:
    row = make_enrolment(course=course)
    held, old = make_session(course), make_session(course, day=day(9))
    write: dict[str, Any] = {"course": course, "signs": {row.id: sign("C")}, "version": None}
    attendance.lock(session, course=course, day=held.day, version=None, by=SCHOOL)
    for one in (held, old):  # by hand; by the calendar
        with pytest.raises(Refused):
            attendance.take(session, held=one, by=SCHOOL, **write)
        with pytest.raises(NotAllowed):
            attendance.unlock(session, course=course, day=one.day, reason="Sai", by=SCHOOL)
        with pytest.raises(Refused):
            attendance.unlock(session, course=course, day=one.day, reason=" ", by=MANAGER)
        attendance.unlock(session, course=course, day=one.day, reason="Ghi sai", by=MANAGER)
        assert attendance.take(session, held=one, by=SCHOOL, **write) == 1
    with pytest.raises(Refused):
        attendance.take(session, held=make_session(course, day=day(-1)), by=SCHOOL, **write)
    with pytest.raises(NotAllowed):
        attendance.take(session, held=held, by=MANAGER, **write)


def test_a_held_session_stays_in_the_timetable(
    session: Session, course: Any, make_enrolment: Make, make_session: Make
) -> None:
    row, held = make_enrolment(course=course), make_session(course)
    attendance.take(
        session, course=course, held=held, signs={row.id: sign("C")}, version=0, by=SCHOOL
    )
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("DELETE FROM class_session WHERE id = :id"), {"id": held.id})


def test_who_is_about_to_miss_the_floor_is_told(
    session: Session, course: Any, make_enrolment: Make, make_session: Make
) -> None:
    good, near, over, bench = (make_enrolment(course=course) for _n in range(4))
    held = [make_session(course, day=day(n), kind=THEORY) for n in range(10)]  # may miss two
    work = make_session(course, kind=PRACTICE)
    missed = {good.id: 0, near.id: 1, over.id: 3, bench.id: 0}
    for n, one in enumerate(held):
        attendance.unlock(session, course=course, day=one.day, reason="x", by=BY)
        signs = {who: sign("K" if n < many else "C") for who, many in missed.items()}
        attendance.take(session, course=course, held=one, signs=signs, version=None, by=BY)
    attendance.take(
        session, course=course, held=work, signs={bench.id: sign("P")}, version=None, by=BY
    )
    found = queries.tallies(session, course, [good, near, over, bench])
    warnings = [found[one.id].warning for one in (good, near, over, bench)]
    assert warnings == ["", "near", "over", "over"]  # practice is to be there wholly
    attendance.take(
        session, course=course, held=work, signs={bench.id: sign("B")}, version=None, by=BY
    )
    assert queries.tallies(session, course, [bench])[bench.id].warning == ""


def all_marks(session: Session, course: Any, rows: list[Any], tenths: int) -> None:
    for module in queries.modules_of(course):
        cells = {MarkKind.REGULAR: [tenths], MarkKind.END: [tenths]}
        marks.write(
            session, course=course, module=module, rows={row.id: cells for row in rows},
            version=None, by=SCHOOL,
        )  # fmt: skip


def test_results_are_reckoned_kept_and_move_the_enrolment(
    session: Session, course: Any, make_enrolment: Make
) -> None:
    good, bad, open_ = (make_enrolment(course=course) for _n in range(3))
    all_marks(session, course, [good, open_], 82)
    all_marks(session, course, [bad], 49)
    exam = {good.id: {MarkKind.EXAM_PRACTICE: [40, 85]}, bad.id: {MarkKind.EXAM_PRACTICE: [90]}}
    marks.write(session, course=course, module=None, rows=exam, version=0, by=SCHOOL)
    learners = [good, bad, open_]
    assert marks.decide(session, course=course, learners=learners, by=SCHOOL) == 2
    found = queries.results(session, [one.id for one in learners])
    assert (found[good.id].grade, found[good.id].average) == (Grade.GOOD, 83)
    assert [one.state for one in learners] == [
        EnrolState.COMPLETED, EnrolState.FAILED, EnrolState.ENROLLED,
    ]  # fmt: skip
    texts = [line["state"] for line in found[bad.id].lines]
    assert texts.count("fail") == 2
    assert found[good.id].rule_from == dt.date(2016, 1, 1)
    # sat again: the marks change, the result follows when it is decided again
    all_marks(session, course, [bad], 70)
    marks.decide(session, course=course, learners=[bad], by=SCHOOL)
    assert bad.state is EnrolState.COMPLETED
    found[good.id].is_sealed = True
    session.flush()
    with pytest.raises(Refused):
        all_marks(session, course, [good], 90)
    teacher = Actor(1, "Phúc", "teacher", RIGHTS[Role.TEACHER])
    with pytest.raises(NotAllowed):
        marks.decide(session, course=course, learners=[bad], by=teacher)


def test_a_teacher_sees_own_classes_only(
    session: Session, make_user: Make, make_class: Make, make_enrolment: Make, make_session: Make
) -> None:
    user = make_user(Role.TEACHER)
    trainer = Trainer(name="Ngô Đình Phúc", account_id=user.id)
    session.add(trainer)
    session.flush()
    mine, one_session, other = make_class(trainer_id=trainer.id), make_class(), make_class()
    make_session(one_session, trainer_id=trainer.id)
    for course in (mine, one_session, other):
        make_enrolment(course=course)
    me = Actor(user.id, user.name, "teacher", RIGHTS[Role.TEACHER])
    assert {one.id for one in queries.own_classes(session, me)} == {mine.id, one_session.id}
    assert len(roster(session, me, mine)) == 1
    assert len(roster(session, me, other)) == 0
    with pytest.raises(Missing):
        courses.one_class(session, other.key, me)


def test_who_has_work_three_and_six_months_after(
    session: Session, make_class: Make, make_enrolment: Make, make_seeker: Make, make_vacancy: Make
) -> None:
    course = make_class(starts_on=day(400), ends_on=day(300))
    rows = []
    for start, end in ((280, None), (280, 150), (150, None), (None, None)):
        seeker = make_seeker()
        rows.append(make_enrolment(course=course, person=seeker.person, state="completed"))
        if start is None:
            continue
        session.add(
            Placement(
                seeker_id=seeker.id, enterprise_id=make_vacancy().enterprise_id,
                started_on=day(start), ended_on=day(end) if end else None,
                end_reason=next(iter(EndReason)) if end else None,
            )
        )  # fmt: skip
    session.flush()
    found = [queries.in_work(session, course, rows, months=months) for months in (3, 6)]
    assert found == [{rows[0].id, rows[1].id}, {rows[0].id, rows[2].id}]
