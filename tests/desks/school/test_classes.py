"""The school's desk: planning a class, its timetable, its steps; programmes and the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.courses.choices import ClassState, RoomKind
from jobcenter.courses.models import (
    ClassSession,
    PlanTarget,
    Programme,
    Trainer,
    TrainingClass,
    TrainingRoom,
)
from jobcenter.courses.queries import rule_of, sessions_of
from jobcenter.courses.timetable import make
from jobcenter.enrolments.choices import EnrolState
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.notices.models import Notice
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def school(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user(Role.SCHOOL_STAFF))


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True).replace("\xa0", " ")


def test_a_class_from_plan_to_timetable_and_start(school: Client, session: Session) -> None:
    school.submit(
        "/school/programmes/new",
        {
            "code": "sc-han", "type": "so-cap-1", "name_vi": "Hàn", "least_age": "16",
            "skills": "Hàn MAG; 7212\nĐọc bản vẽ",
        },
    )  # fmt: skip
    programme = session.scalars(select(Programme)).one()
    assert [(s.name, s.occupation_code) for s in programme.skills] == [
        ("Hàn MAG", "7212"), ("Đọc bản vẽ", None),
    ]  # fmt: skip
    there = f"/school/programmes/{programme.key}"
    wrong = school.submit(f"{there}/curriculum", {"modules": "MD01; Hàn; hai mươi"})
    assert wrong.status_code == 422
    assert "Dòng 1" in text(school)
    school.submit(
        f"{there}/curriculum",
        {"valid_from": "01/01/2026", "modules": "MD01\tAn toàn\t20\t40\t4\nMD02; Hàn; 40; 180; 16"},
    )
    school.get(there)
    assert "300" in text(school)
    assert school.get("/school/classes/new").status_code == 200
    path = f"/school/classes/new?programme={programme.key}"
    values = {
        "code": "sc-han-k5", "name": "Sơ cấp Hàn K5", "starts_on": "05/10/2026",
        "ends_on": "22/01/2027", "places": "36", "weekdays": ["0", "2", "4"], "starts_at": "18h",
        "ends_at": "20.30", "session_hours": "3", "funding": "self-paid", "fee": "2.500.000",
    }  # fmt: skip
    refused = school.submit(path, values | {"ends_on": "01/10/2026"})
    assert refused.status_code == 422
    assert "Ngày bế giảng phải từ" in text(school)
    made = school.send(path, values)
    assert made.status_code == 302
    course = session.scalars(select(TrainingClass)).one()
    assert (course.code, course.starts_at, course.fee) == ("SC-HAN-K5", dt.time(18), 2_500_000)
    page = f"/school/classes/{course.key}"
    school.get(page)
    assert "Quá sĩ số lý thuyết 35 người" in text(school)
    school.submit(f"{page}/timetable", {}, action="/timetable")
    rows = session.scalars(select(ClassSession).order_by(ClassSession.day)).all()
    assert sum(one.hours for one in rows) == 300
    school.get(f"{page}/timetable")
    assert "Đã xếp 300 trên 300" in text(school)
    one = f"{page}/sessions/{rows[0].key}"
    school.submit(one, {"reason": "Mất điện"}, action="/cancel")
    session.expire_all()
    assert rows[0].cancel_reason == "Mất điện"
    school.submit(f"{page}/sessions/new?makes_up={rows[0].key}", {})
    made_up = session.scalars(
        select(ClassSession).where(ClassSession.makes_up_id == rows[0].id)
    ).one()
    school.submit(f"{page}/sessions/{made_up.key}", {"starts_at": "08:00", "ends_at": "11:00"})
    session.expire_all()
    assert made_up.starts_at == dt.time(8)
    calendar = school.get(f"{page}/timetable.ics")
    body = calendar.get_data(as_text=True)
    assert calendar.mimetype == "text/calendar"
    assert body.count("BEGIN:VEVENT") == len(rows) + 1
    assert "STATUS:CANCELLED" in body
    assert "DTSTART:20261007T110000Z" in body
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    for verb in ("open", "start"):
        school.get(page)
        form = next(
            f for f in school.page.find_all("form")  # type: ignore[union-attr]
            if f.find("input", {"name": "verb", "value": verb})
        )  # fmt: skip
        sent = {i["name"]: i.get("value", "") for i in form.find_all("input")}
        assert school.open(form["action"], method="POST", data=sent).status_code == 303
    session.expire_all()
    assert course.state is ClassState.RUNNING


def test_lists_are_narrowed_and_leave_as_files(
    school: Client, session: Session, make_class: Make, make_enrolment: Make
) -> None:
    full = make_class(name="Hàn K1", places=1)
    make_enrolment(course=full)
    make_class(name="Điện K2", state=ClassState.PLANNED)
    for query, seen, hidden in (
        ("?text=han", "Hàn K1", "Điện K2"), ("?state=planned", "Điện K2", "Hàn K1"),
        ("?seats=yes", "Không có lớp nào như vậy", "Hàn K1"), ("?year=1999", "Hàn K1", "-"),
        ("?type=so-cap-1&sort=code", "Hàn K1", "-"),
    ):  # fmt: skip
        school.get(f"/school/classes{query}")
        assert seen in text(school), query
        assert hidden not in text(school).replace("–", "") or hidden == "-", query
    csv = school.get("/school/classes/export.csv?text=han").get_data(as_text=True)
    assert "Hàn K1" in csv
    assert "Điện K2" not in csv
    assert school.get("/school/classes?programme=nonsense").status_code == 404


def test_the_day_shows_what_waits(
    school: Client, make_class: Make, make_enrolment: Make, session: Session
) -> None:
    school.get("/school/day")
    assert "Hôm nay không có buổi học" in text(school)
    course = make_class(starts_on=clock.today() + dt.timedelta(days=3), name="Lớp sắp mở")
    row = make_enrolment(course=course, state="offered")
    session.add(
        ClassSession(class_id=course.id, day=clock.today(), starts_at=dt.time(18),
                     ends_at=dt.time(20), kind="theory", hours=2)
    )  # fmt: skip
    session.flush()
    school.get("/school/day")
    page = text(school)
    assert "18:00–20:00" in page
    assert row.person.full_name in page
    assert "chưa có quyết định mở lớp" in page


def test_targets_trainers_rooms_and_rules_are_kept_by_forms(
    school: Client, session: Session, make_user: Make
) -> None:
    school.submit("/school/plan?year=2026", {"target-so-cap-1": "300", "decision": "9/QĐ"})
    assert session.scalars(select(PlanTarget)).one().target == 300
    wrong = school.submit("/school/plan?year=2026", {"target-so-cap-1": "nhiều"})
    assert wrong.status_code == 422
    assert school.page.find("input", {"name": "target-so-cap-1"})["value"] == "nhiều"  # type: ignore[union-attr,index]
    user = make_user(Role.SCHOOL_STAFF, login="giaovien1")
    values = {"name": "Ngô Đình Phúc", "phone": "0912 345 678", "login": "nobody"}
    assert school.submit("/school/trainers/new", values).status_code == 422
    school.send("/school/trainers/new", values | {"login": "giaovien1"})
    trainer = session.scalars(select(Trainer)).one()
    assert (trainer.account_id, trainer.phone) == (user.id, "+84912345678")
    school.submit(f"/school/trainers/{trainer.key}", {"subject": "Điện"})
    school.submit("/school/rooms/new", {"name": "Xưởng 2", "kind": "workshop", "seats": "18"})
    room = session.scalars(select(TrainingRoom)).one()
    assert room.kind is RoomKind.WORKSHOP
    school.submit(f"/school/rooms/{room.key}", {"seats": "20"})
    session.expire_all()
    assert (trainer.subject, room.seats) == ("Điện", 20)
    day = "01/01/2027"
    values = {"valid_from": day, "hours_least": "320", "pass_mark": "5,5", "module_mark": "55"}
    assert school.submit("/school/types/so-cap-1", values).status_code == 422
    school.send("/school/types/so-cap-1", values | {"module_mark": "5"})
    before = rule_of(session, "so-cap-1", on=dt.date(2026, 12, 31))
    after = rule_of(session, "so-cap-1", on=dt.date(2027, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.hours_least, after.hours_least, after.pass_mark) == (300, 320, 55)
    assert after.grades == before.grades
    for path in ("/school/types", "/school/plan", "/school/resources", "/school/programmes"):
        assert school.get(path).status_code == 200
    assert school.get("/school/types/gold").status_code == 404


def test_a_counsellor_reads_and_does_not_write(
    client: Client, make_user: Make, make_class: Make, make_enrolment: Make
) -> None:
    row = make_enrolment()
    client.sign_in_as(make_user(Role.COUNSELLOR))
    for path in (
        "/school/classes", f"/school/classes/{row.course.key}",
        f"/school/classes/{row.course.key}/line", f"/school/classes/{row.course.key}/timetable",
        "/school/enrolments", f"/school/enrolments/{row.key}", "/school/programmes",
        f"/school/programmes/{row.course.programme.key}",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path
        assert client.page is not None
        assert not client.page.find("input", {"name": "verb"}), path
    assert client.get(f"/school/classes/{row.course.key}/edit").status_code == 403
    assert client.post("/school/enrolments/act", {"verb": "enrol"}).status_code == 403


def test_learners_are_told_what_changes(
    school: Client, session: Session, make_class: Make, make_enrolment: Make
) -> None:
    today = clock.today()
    starts = today + dt.timedelta(days=20)
    course = make_class(starts_on=starts, ends_on=starts + dt.timedelta(days=200), places=9)
    make(session, course=course, by=system("tests", frozenset({"school"})))
    sits = make_enrolment(course=course)
    waits = make_enrolment(course=course, state="waiting")
    gone = make_enrolment(course=course, state="withdrawn")
    first, second = sessions_of(session, course)[:2]
    there = f"/school/classes/{course.key}"

    def told(template: str) -> list[int | None]:
        session.expire_all()
        return list(
            session.scalars(
                select(Notice.person_id).where(Notice.template == template).order_by(Notice.id)
            )
        )

    school.submit(f"{there}/sessions/{first.key}", {"reason": "Mất điện"}, action="/cancel")
    assert told("class-session-cancelled") == [sits.person_id]
    moved = f"{there}/sessions/{second.key}"
    school.submit(moved, {"topic": "An toàn"})
    assert told("class-session-moved") == []
    school.submit(moved, {"starts_at": "08:00", "ends_at": "10:30"})
    assert told("class-session-moved") == [sits.person_id]
    later = starts + dt.timedelta(days=7)
    school.submit(f"{there}/edit", {"starts_on": f"{later:%d/%m/%Y}"})
    assert told("class-moved") == [sits.person_id, waits.person_id]
    sits.state, sits.holds_seat, course.taken = EnrolState.WITHDRAWN, False, 0
    session.commit()
    school.get(there)
    form = next(
        f for f in school.page.find_all("form")  # type: ignore[union-attr]
        if f.find("input", {"name": "verb", "value": "cancel"})
    )  # fmt: skip
    sent = {i["name"]: i.get("value", "") for i in form.find_all("input")}
    school.open(form["action"], method="POST", data=sent | {"reason": "Không đủ người"})
    assert told("class-cancelled") == [waits.person_id]
    assert gone.person_id not in told("class-moved")
