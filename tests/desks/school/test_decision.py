"""The opening decision: numbered with the list, printed by the school, once for two clicks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.papers.models import Paper
from tests.support.client import Client, fields
from tests.support.realm import readable

Make = Callable[..., Any]


def test_a_decision_is_numbered_with_its_list_and_printed(
    client: Client, session: Session, make_user: Make, make_class: Make, make_enrolment: Make,
    make_person: Make,
) -> None:  # fmt: skip
    client.sign_in_as(make_user(Role.SCHOOL_STAFF))
    course = make_class(name="Điện công nghiệp K12")
    page = f"/school/classes/{course.key}/decision"
    assert client.submit(page, {}, action="/decision").status_code == 422
    make_enrolment(course=course, person=make_person(full_name="Trần Hữu An"))
    make_enrolment(course=course, person=make_person(full_name="Bùi Đức Bình"), state="waiting")
    client.get(page)
    sent = fields(client.form("/decision"))
    answers = [client.open(page, method="POST", data=sent) for _click in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    paper = session.scalars(select(Paper)).one()
    session.expire_all()
    assert course.decision_number == paper.shown
    assert course.decision_paper_id == paper.id
    there = answers[0].headers["Location"]
    client.get(there)
    body = readable(client.get(f"{there}/look"))
    assert "Trần Hữu An" in body
    assert "Bùi Đức Bình" not in body
    assert "SC-DCN" in body or course.code in body
    printed = client.submit(there, {}, action="/print")
    assert printed.mimetype == "application/pdf"
