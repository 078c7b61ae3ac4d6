"""Lists of people for classes by Excel: previewed, enrolled, undone; a firm learns no name."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.enrolments import queries, workers
from jobcenter.enrolments.choices import EnrolState, Source
from jobcenter.enrolments.models import Enrolment
from jobcenter.exchange import rules
from jobcenter.exchange.check import check
from jobcenter.exchange.kinds import KINDS, kinds_for
from jobcenter.exchange.reading import read
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Refused
from jobcenter.people.models import Person
from jobcenter.people.rules import Identity
from tests.support.sheets import LEARNER, filled

BY = system("tests", EVERYTHING)
KIND = KINDS["enrolments"]
KNOWN = "031198001234"


@pytest.fixture
def firm(make_user: Any, make_enterprise: Any) -> Actor:
    enterprise = make_enterprise()
    user = make_user(Role.ENTERPRISE_USER, enterprise=enterprise)
    return Actor(user.id, "x", Role.ENTERPRISE_USER.value, RIGHTS[Role.ENTERPRISE_USER],
                 enterprise_id=enterprise.id)  # fmt: skip


def lines(course: Any, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [LEARNER | {"course": course.code} | row for row in rows]


def other(n: int) -> dict[str, Any]:
    names = ("Phạm Văn Long", "Đỗ Thị Mai", "Hoàng Đình Trung")
    return {"full_name": names[n], "id_number": f"03109900{n:04d}", "phone": f"09871234{n:02d}",
            "birth": f"0{n + 1}/02/1999", "sex": ""}  # fmt: skip


def test_a_list_is_previewed_enrolled_and_undone(
    session: Session, make_class: Any, make_enrolment: Any, make_person: Any
) -> None:
    course, closed = make_class(places=2), make_class(state="closed")
    there = make_person(full_name="Vũ Thị Lan", id_number="031195007777")
    make_enrolment(course=course, person=there)
    rows = [
        *lines(course, other(0), other(1), other(0)),
        *lines(course, {"full_name": "Vũ Thị Lan", "id_number": "031195007777",
                        "birth": "1995", "sex": "", "phone": ""}),
        *lines(closed, other(2)), *lines(course, {"course": "KHONG-CO"}),
        *lines(course, {"id_number": "", "phone": ""}),
    ]  # fmt: skip
    data = filled(session, KIND, rows)
    batch = rules.take(session, kind="enrolments", file_name="ds.xlsx", table=read(data), by=BY)
    session.commit()
    rules.judge(session, batch=batch, by=BY)
    session.commit()
    assert (batch.good, batch.bad, batch.known) == (2, 3, 2)
    rules.begin(session, batch=batch, verb="write", by=BY)
    assert rules.write(session, batch=batch, by=BY) == 2
    session.commit()
    made = session.scalars(select(Enrolment).where(Enrolment.source == Source.ENTERPRISE)).all()
    assert [one.state for one in made] == [EnrolState.ENROLLED, EnrolState.WAITING]
    assert (course.taken, made[0].job_title) == (2, "Thợ hàn")
    rules.begin(session, batch=batch, verb="undo", by=BY)
    rules.undo(session, batch=batch, by=BY)
    session.commit()
    session.expire_all()
    # whoever waited was withdrawn too, or was invited into the place that fell free
    assert made[0].state is EnrolState.WITHDRAWN
    assert list(queries.unbalanced(session)) == []


def test_a_firm_brings_its_own_classes_and_learns_no_name(
    session: Session, make_class: Any, make_person: Any, firm: Actor
) -> None:
    assert {one.code for one in kinds_for(firm)} == {"workforce", "enrolments", "answers"}
    mine, foreign = make_class(enterprise_id=firm.enterprise_id), make_class()
    known = make_person(full_name="Lê Hoàng Yến", id_number=KNOWN)
    same = {"id_number": KNOWN, "full_name": "le hoang yen", "sex": ""}
    rows = [*lines(mine, {"full_name": "Trần Văn Ba", "sex": ""}, other(1)),
            *lines(foreign, other(0))]  # fmt: skip
    found = check(session, kind=KIND, table=read(filled(session, KIND, rows)), by=firm,
                  known=set()).rows  # fmt: skip
    assert [row.state for row in found] == ["bad", "good", "bad"]
    told = " ".join(f"{one.message} {one.params}" for row in found for one in row.problems)
    assert "không khớp" in told
    assert "Yến" not in told
    assert not any(row.twins for row in found)
    people = select(func.count()).select_from(Person)
    before = session.scalar(people)
    wrong = Identity(full_name="Trần Văn Ba", birth_year=1998, id_number=KNOWN)
    with pytest.raises(Refused, match="không khớp") as refused:
        workers.send(session, course=mine, identity=wrong, job="", by=firm)
    assert "Yến" not in str(refused.value.params)
    assert session.scalar(people) == before
    right = Identity(full_name="le hoang yen", birth_year=1998, id_number=KNOWN)
    assert workers.send(session, course=mine, identity=right, job="", by=firm).person is known
    again = check(session, kind=KIND, table=read(filled(session, KIND, lines(mine, same))),
                  by=firm, known=set()).rows  # fmt: skip
    assert [row.state for row in again] == ["known"]
