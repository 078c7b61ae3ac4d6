"""Learning from the phone: apply, answer an offer, withdraw; the counsellor sees what it opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.catalogue.choices import Award
from jobcenter.certificates import blanks
from jobcenter.certificates.rules import issue
from jobcenter.courses.choices import Grade
from jobcenter.courses.timetable import make
from jobcenter.enrolments import queries
from jobcenter.enrolments.choices import EnrolState, Source
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.teaching.choices import MarkKind
from jobcenter.teaching.models import Mark, Result
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def seeker(client: Client, make_user: Make, make_seeker: Make) -> Any:
    found = make_seeker(wish="Thợ điện")
    found.wishes[0].occupation_code = "7412"
    client.sign_in_as(make_user(Role.SEEKER, person=found.person))
    return found


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True).replace("\xa0", " ")


def test_a_person_applies_waits_and_answers_an_offer(
    client: Client, session: Session, seeker: Any, make_class: Make, make_enrolment: Make,
    make_vacancy: Make,
) -> None:  # fmt: skip
    make_vacancy(title="Bảo trì điện", occupation_code="7412", headcount=5)
    course = make_class(places=1, name="Điện K1")
    make(session, course=course, by=system("tests", frozenset({"school"})))
    sitting = make_enrolment(course=course)
    client.get("/me/classes")
    assert "Hết chỗ, vào danh sách chờ" in text(client)
    page = f"/me/classes/{course.key}"
    client.get(page)
    assert "Đang có 1 vị trí cần nghề này" in text(client)
    assert client.send(page, {}).status_code == 303
    row = session.scalars(select(Enrolment).where(Enrolment.person_id == seeker.person_id)).one()
    assert (row.state, row.source) == (EnrolState.WAITING, Source.ONLINE)
    client.get(page)
    assert "Đã có đơn" in text(client)
    assert client.post(page, {"form_key": "x" * 20}).status_code == 422
    sitting.state, sitting.holds_seat, course.taken = EnrolState.WITHDRAWN, False, 0
    session.flush()
    row.offer_until = sitting.applied_at.replace(year=2099)
    row.state, row.holds_seat, course.taken = EnrolState.OFFERED, True, 1
    client.get("/me/classes")
    assert "Giữ chỗ đến" in text(client)
    there = f"/me/enrolments/{row.key}"
    client.submit("/me/classes", {"answer": "enrol"}, action=there)
    session.expire_all()
    assert row.state is EnrolState.ENROLLED
    client.get("/me/classes")
    assert "Buổi học sắp tới" not in text(client) or "18:00" in text(client)
    body = client.get("/me/classes/timetable.ics").get_data(as_text=True)
    assert body.count("BEGIN:VEVENT") > 90
    client.submit("/me/classes", {"answer": "withdraw"}, action=there)
    session.expire_all()
    assert (row.state, course.taken) == (EnrolState.WITHDRAWN, 0)
    assert list(queries.unbalanced(session)) == []
    assert client.post(there, {"answer": "drop"}).status_code == 404


def test_own_marks_result_and_certificate_are_shown(
    client: Client, session: Session, seeker: Any, make_class: Make, make_enrolment: Make
) -> None:
    course = make_class(name="Điện K2", state="running")
    row = make_enrolment(course=course, person=seeker.person)
    module = course.curriculum.modules[0]
    session.add(Mark(enrolment_id=row.id, module_id=module.id, kind=MarkKind.END, tenths=84))
    session.add(
        Result(enrolment_id=row.id, average=79, grade=Grade.FAIR, is_passed=True, lines=[],
               decided_on=clock.today())
    )  # fmt: skip
    session.flush()
    by = system("tests", EVERYTHING)
    blanks.receive(session, award=Award.CERTIFICATE, first="A 000123", count=2, on=clock.today(),
                   receipt="", by=by)  # fmt: skip
    made = issue(session, enrolment=row, by=by)
    session.commit()
    client.get("/me/classes")
    shown = text(client)
    assert "Kết quả: Khá" in shown
    assert f"{module.name}: 8,4" in shown
    assert "chưa có điểm" in shown
    assert f"Chứng chỉ số {made.paper.shown}" in shown


def test_others_enrolments_and_a_firms_classes_are_not_there(
    client: Client, seeker: Any, make_enrolment: Make, make_class: Make, make_enterprise: Make
) -> None:
    other, ordered = make_enrolment(), make_class(enterprise_id=make_enterprise().id)
    assert client.post(f"/me/enrolments/{other.key}", {"answer": "withdraw"}).status_code == 404
    assert client.get(f"/me/classes/{ordered.key}").status_code == 404
    client.get("/me/classes")
    assert ordered.name not in text(client)


def test_the_counsellor_sees_which_class_opens_which_vacancies(
    client: Client, make_user: Make, make_seeker: Make, make_class: Make, make_vacancy: Make,
    make_programme: Make,
) -> None:  # fmt: skip
    found = make_seeker(wish="Thợ hàn")
    found.wishes[0].occupation_code = "7212"
    welding = make_programme(name_vi="Hàn", skills={"Hàn": "7212"}, certificate="Chứng chỉ hàn 3G")
    make_class(programme=welding, name="Hàn K5", places=12)
    make_class(programme=welding, name="Hàn đầy", places=1, taken=1)
    make_class(name="Điện K9")
    make_vacancy(title="Thợ hàn 3G", occupation_code="72121", headcount=6,
                 certificates=("Chứng chỉ hàn 3G",))  # fmt: skip
    make_vacancy(title="Thợ may", occupation_code="8153")
    client.sign_in_as(make_user(Role.COUNSELLOR))
    client.get(f"/counsellor/seekers/{found.key}/learning")
    page = text(client)
    assert "Hàn K5" in page
    assert "Mở ra 6 chỗ ở 1 vị trí" in page
    assert "Cấp Chứng chỉ hàn 3G" in page
    assert "Hàn đầy" not in page
    assert "Điện K9" not in page
    assert "Thợ may" not in page
