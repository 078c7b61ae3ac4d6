"""The decisions on a class: numbered with the list, printed by the school, once for two clicks."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.courses.choices import Grade
from jobcenter.kernel import clock
from jobcenter.papers.models import Paper
from jobcenter.teaching.models import Result
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


def test_who_passed_is_recognised_by_a_numbered_paper_and_the_list_leaves_as_word(
    client: Client, session: Session, make_user: Make, make_class: Make, make_enrolment: Make,
    make_person: Make,
) -> None:  # fmt: skip
    client.sign_in_as(make_user(Role.SCHOOL_STAFF))
    course = make_class(name="Điện công nghiệp K12", state="finished")
    page = f"/school/classes/{course.key}/decision"
    people = {name: make_person(full_name=name) for name in ("Trần Hữu An", "Bùi Đức Bình")}
    for name, person in people.items():
        row = make_enrolment(course=course, person=person)
        good = name == "Trần Hữu An"
        session.add(
            Result(enrolment_id=row.id, average=78 if good else 41, lines=[], is_passed=good,
                   grade=Grade.FAIR if good else Grade.FAILED, decided_on=clock.today())
        )  # fmt: skip
    session.commit()
    client.get(page)
    sent = fields(client.form("/recognition"))
    answers = [client.open(page[:-8] + "recognition", method="POST", data=sent) for _n in "ab"]
    assert [one.status_code for one in answers] == [303, 303]
    paper = session.scalars(select(Paper)).one()
    assert (paper.kind, str(paper.shown)[:5]) == ("recognition-decision", "QDCN-")
    there = answers[0].headers["Location"]
    client.get(there)
    body = readable(client.get(f"{there}/look"))
    assert "Trần Hữu An" in body
    assert "7,8" in body
    assert "Bùi Đức Bình" not in body
    printed = client.submit(there, {}, action="/print")
    assert printed.mimetype == "application/pdf"
    client.get(page)
    assert paper.shown in readable(client.get(page))
    word = client.get(f"/school/classes/{course.key}/papers/recognition.docx")
    told = Document(io.BytesIO(word.data))
    cells = [cell.text for row in told.tables[0].rows for cell in row.cells]
    assert "Trần Hữu An" in cells
    assert "Bùi Đức Bình" not in cells
