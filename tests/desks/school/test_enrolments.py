"""Enrolling at the counter, the line of a class, acts on many people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.courses.choices import FillRule
from jobcenter.enrolments import queries
from jobcenter.enrolments.choices import EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.people.models import Person
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def school(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user(Role.SCHOOL_STAFF))


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True).replace("\xa0", " ")


def test_somebody_new_is_written_down_and_applies(
    school: Client, session: Session, make_class: Make
) -> None:
    dear, plain = make_class(places=1, name="Hàn K1"), make_class(name="Điện K2")
    assert school.submit("/school/learners/new", {"full_name": ""}).status_code == 422
    sent = {
        "full_name": "Bùi Đức Bình", "birth_date": "2005", "phone": "0912 345 678",
        "id_number": "031205001234",
    }  # fmt: skip
    for _click in range(2):
        answer = school.submit(f"/school/learners/new?course={dear.key}", sent)
        assert answer.status_code == 303  # a known ID is the same person
    person = session.scalars(select(Person).where(Person.full_name == "Bùi Đức Bình")).one()
    path = answer.headers["Location"]
    school.get(path)
    assert "Đủ 15 tuổi" in text(school)
    school.send(path, {"second": str(plain.key), "target_group": "HN", "proof_number": "15/HN"})
    row = session.scalars(select(Enrolment)).one()
    assert (row.person_id, row.class_id, row.state) == (person.id, dear.id, EnrolState.ENROLLED)
    assert (row.target_group, row.proof_number) == ("HN", "15/HN")
    again = school.submit(f"/school/learners/{person.key}/apply", {"first": str(dear.key)})
    assert again.status_code == 422
    assert "Đã có đơn" in text(school)
    school.get(f"/school/enrolments/{row.key}")
    assert "Hàn K1" in text(school)


def test_a_lookalike_is_asked_about_and_nothing_typed_is_lost(
    school: Client, session: Session, make_person: Make, make_class: Make
) -> None:
    known = make_person(full_name="Trần Hữu An", birth_year=1998)
    sent = {"full_name": "Trần Hữu An", "birth_date": "14/03/1998"}
    assert school.submit("/school/learners/new", sent).status_code == 422
    assert "Có thể là Trần Hữu An" in text(school)
    answer = school.send("/school/learners/new", {"same": str(known.key)})
    assert str(known.key) in answer.headers["Location"]
    school.submit("/school/learners/new", sent)
    answer = school.send("/school/learners/new", {"same": "new"})
    assert answer.status_code == 303
    assert str(known.key) not in answer.headers["Location"]
    named = select(Person).where(Person.full_name == "Trần Hữu An")
    assert len(session.scalars(named).all()) == 2


def test_places_are_shared_out_by_the_rule_that_the_page_shows(
    school: Client, session: Session, make_class: Make, make_enrolment: Make
) -> None:
    course = make_class(places=2, fill_rule=FillRule.PRIORITY)
    plain = [make_enrolment(course=course, state="applied") for _n in range(2)]
    poor = make_enrolment(course=course, state="applied", target_group="HN", proof_number="1/HN")
    page = f"/school/classes/{course.key}/line"
    school.get(page)
    assert "Xếp chỗ, mời 2 người" in text(school)
    assert text(school).count("Có chỗ") == 2
    school.send(page, {}, action="/fill")
    session.expire_all()
    assert [row.state for row in (poor, *plain)] == ["offered", "offered", "waiting"]
    school.submit(page, {"verb": "decline"}, action=f"/enrolments/{poor.key}/move")
    session.expire_all()
    assert plain[1].state is EnrolState.OFFERED
    assert list(queries.unbalanced(session)) == []
    assert school.post(f"/school/classes/{course.key}/invite").status_code == 303


def test_one_act_for_many_names_whom_it_is_refused_for(
    school: Client, session: Session, make_class: Make, make_enrolment: Make
) -> None:
    course = make_class(places=1)
    rows = [make_enrolment(course=course, state="waiting") for _n in range(2)]
    keys = [str(row.key) for row in rows]
    school.get("/school/enrolments?state=waiting")
    answer = school.send(
        "/school/enrolments", {"enrolment": keys, "verb": "enrol"}, action="/enrolments/act"
    )
    assert answer.status_code == 303
    school.get("/school/enrolments")
    assert "Đã ghi 1 người" in text(school)
    assert "đã hết chỗ" in text(school)
    session.expire_all()
    assert sorted(row.state for row in rows) == ["enrolled", "waiting"]
    seated = next(row for row in rows if row.state is EnrolState.ENROLLED)
    school.submit(f"/school/enrolments/{seated.key}", {"verb": "withdraw"}, action="/move")
    assert "Cần ghi lý do" in text(school)
    school.submit(
        f"/school/enrolments/{seated.key}", {"verb": "withdraw", "reason": "Bận"}, action="/move"
    )
    session.expire_all()
    assert seated.state is EnrolState.WITHDRAWN
    csv = school.get("/school/enrolments/export.csv").get_data(as_text=True)
    assert seated.number in csv


def test_funding_and_transfer_from_the_learners_page(
    school: Client, session: Session, make_class: Make, make_enrolment: Make
) -> None:
    row, other = make_enrolment(), make_class(name="Lớp khác")
    page = f"/school/enrolments/{row.key}"
    school.submit(page, {"funding": "city-budget", "target_group": "HN"}, action="/funding")
    session.expire_all()
    assert (row.funding, row.support_turn) == ("city-budget", 1)
    stale = school.post(f"{page}/funding", {"funding": "other", "version": "1"})
    assert stale.status_code == 422
    answer = school.submit(page, {"to": str(other.key)}, action="/transfer")
    assert answer.status_code == 303
    session.expire_all()
    assert row.state is EnrolState.TRANSFERRED
    moved = session.scalars(select(Enrolment).where(Enrolment.class_id == other.id)).one()
    assert (moved.funding, moved.support_turn) == ("city-budget", 1)
    assert list(queries.unbalanced(session)) == []
