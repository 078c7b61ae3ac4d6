"""The pages of attendance, marks and results: written in one go, nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.courses.models import Trainer
from jobcenter.enrolments.choices import EnrolState
from jobcenter.kernel import clock
from jobcenter.teaching import queries
from jobcenter.teaching.choices import Presence
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def course(session: Session, make_class: Make, make_enrolment: Make, make_session: Make) -> Any:
    course = make_class(starts_on=clock.today() - dt.timedelta(days=9))
    for _n in range(2):
        make_enrolment(course=course)
    make_session(course)
    return course


def cells(client: Client, word: str) -> list[str]:
    assert client.page is not None
    return [str(one["name"]) for one in client.page.select(f"input[name^={word}-]")]


def test_attendance_in_one_post(
    client: Client, session: Session, make_user: Make, course: Any
) -> None:
    client.sign_in_as(make_user(Role.SCHOOL_STAFF))
    path = f"/school/classes/{course.key}/attendance"
    assert client.get(path).status_code == 200
    first, second = cells(client, "mark")
    wrong = client.send(path, {first: "C", second: "hỏng"}, action="/attendance/")
    assert wrong.status_code == 422
    assert 'value="hỏng"' in wrong.get_data(as_text=True)
    done = client.send(path, {first: "M20", second: "", "rest": "present"}, action="/attendance/")
    assert done.status_code == 303
    states = {one.state for one in queries.attendance(session, course).values()}
    assert states == {Presence.LATE, Presence.PRESENT}
    client.get(path)
    client.send(path, {"verb": "lock"}, action="/lock")
    client.get(path)
    assert cells(client, "mark") == []
    manager = Client(client.app, session).sign_in_as(make_user(Role.MANAGER))
    manager.get(path)
    manager.send(path, {"verb": "unlock", "reason": "Ghi sai tên"}, action="/lock")
    client.get(path)
    assert len(cells(client, "mark")) == 2


def test_marks_to_a_result(client: Client, session: Session, make_user: Make, course: Any) -> None:
    client.sign_in_as(make_user(Role.SCHOOL_STAFF))
    path = f"/school/classes/{course.key}/marks"
    client.get(path)
    sheets = [str(a["href"]) for a in client.page.select("nav ul.tags a")]  # type: ignore[union-attr]
    for sheet in sheets:
        client.get(sheet)
        typed = dict.fromkeys(cells(client, "end") + cells(client, "exam-practice"), "8,5")
        assert typed
        if "sheet=exam" in sheet:
            bad = client.send(sheet, typed | {next(iter(typed)): "12"}, action="/marks/")
            assert bad.status_code == 422
        assert client.send(sheet, typed, action="/marks/").status_code == 303
    results = f"/school/classes/{course.key}/results"
    page = client.get(results).get_data(as_text=True)
    assert "8,5" in page
    client.send(results, {}, action="/results")
    session.expire_all()
    learners = queries.results(session, [1, 2, *range(3, 200)])
    assert [one.is_passed for one in learners.values()] == [True, True]
    assert {one.enrolment.state for one in learners.values()} == {EnrolState.COMPLETED}


def test_a_teacher_meets_404_elsewhere(
    client: Client, session: Session, make_user: Make, make_class: Make, course: Any
) -> None:
    user = make_user(Role.TEACHER)
    trainer = Trainer(name="Ngô Đình Phúc", account_id=user.id)
    session.add(trainer)
    session.flush()
    course.trainer_id = trainer.id
    other = make_class()
    client.sign_in_as(user)
    assert course.name in client.get("/school/teaching").get_data(as_text=True)
    assert client.get(f"/school/classes/{course.key}/marks").status_code == 200
    assert client.get(f"/school/classes/{other.key}/marks").status_code == 404
    assert client.get(f"/school/classes/{course.key}/results").status_code == 403
