"""The firm's list: masked, its own vacancies only, asking by list and line."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.kernel.actor import system
from jobcenter.people.choices import Purpose
from jobcenter.people.rules import withdraw_consent
from jobcenter.referrals.models import Referral
from jobcenter.seekers.models import Experience, Seeker
from jobcenter.vacancies.models import Vacancy
from tests.support.client import Client

BY = system("test", EVERYTHING)


@pytest.fixture
def vacancy(client: Client, make_user: Any, make_enterprise: Any, make_vacancy: Any) -> Vacancy:
    firm = make_enterprise()
    client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=firm))
    return make_vacancy(enterprise=firm)


@pytest.fixture
def person(make_seeker: Any) -> Seeker:
    seeker = make_seeker(
        certificates=("Chứng chỉ may công nghiệp",),
        person={"full_name": "Đặng Thị Quỳnh Trang", "email": "trang@example.vn",
                "current_detail": "số 8 ngõ 12 Lê Lợi", "id_number": "031198004417",
                "phone": "+84936512987"},
    )  # fmt: skip
    for position in ("Quỳnh Trang may mẫu", "Gọi 0912345678 gặp em", "Thợ may mẫu"):
        seeker.experiences.append(
            Experience(
                employer="Dệt may Hoa Phượng",
                position=position,
                duties="đứng chuyền cạnh chị Đặng Thị Quỳnh Trang",
            )
        )
    seeker.experiences[0].position = "Đặng Thị Quỳnh Trang may mẫu"
    return seeker


def test_nothing_on_the_page_tells_who_the_person_is(
    client: Client, vacancy: Vacancy, person: Seeker
) -> None:
    response = client.get(f"/enterprise/vacancies/{vacancy.key}/candidates")
    html = response.get_data(as_text=True)
    # random tokens and keys may hold any few digits: short secrets are looked for in what is shown
    shown = re.sub(r'(?:value|href|action)="[^"]*"', "", html)
    assert response.status_code == 200
    who = person.person
    for secret in ("Trang", "Đặng", who.phone[3:], "0" + who.phone[3:], person.number,
                   str(person.key), str(who.key), "ngõ 12", "trang@", "031198004417",
                   "Hoa Phượng", "8.000.000", "Nữ"):  # fmt: skip
        assert secret not in html, secret
    for secret in (who.phone[-3:] + "<", "1998", "0912"):
        assert secret not in shown, secret
    cells = client.page.select("table.answers tbody tr")
    assert len(cells) == 1
    assert cells[0].th.get_text().startswith("UV-")
    assert "Thợ may mẫu" in html


def test_only_people_who_agreed_to_be_shown(
    client: Client, session: Session, vacancy: Vacancy, person: Seeker, make_seeker: Any
) -> None:
    make_seeker(consents=(Purpose.REGISTER, Purpose.INTRODUCE))
    path = f"/enterprise/vacancies/{vacancy.key}/candidates"
    client.get(path)
    assert len(client.page.select("table.answers tbody tr")) == 1
    withdraw_consent(session, person=person.person, purpose=Purpose.PUBLISH, by=BY)
    client.get(path)
    assert not client.page.select("table.answers")
    assert "Chưa có ứng viên nào đồng ý cho xem" in client.page.get_text()


def test_another_firms_vacancy_is_not_there(
    client: Client, vacancy: Vacancy, make_vacancy: Any, person: Seeker
) -> None:
    other = make_vacancy()
    assert client.get(f"/enterprise/vacancies/{other.key}/candidates").status_code == 404
    assert client.post(f"/enterprise/vacancies/{other.key}/candidates/ask").status_code == 404
    client.get(f"/enterprise/vacancies/{vacancy.key}/candidates")
    line = client.page.find("button", {"name": "line"})["value"]
    client.post(f"/enterprise/vacancies/{other.key}/candidates/ask", {"line": line})
    assert client.get(f"/counsellor/vacancies/{vacancy.key}/candidates").status_code == 403


def test_asking_twice_has_one_effect(
    client: Client, session: Session, vacancy: Vacancy, person: Seeker
) -> None:
    path = f"/enterprise/vacancies/{vacancy.key}/candidates"
    client.get(path)
    line = client.page.find("button", {"name": "line"})["value"]
    for _ in range(2):
        assert client.post(f"{path}/ask", {"line": line}).status_code == 302
    referral = session.scalars(select(Referral)).one()
    assert (referral.seeker_id, referral.vacancy_id) == (person.id, vacancy.id)
    client.get(path)
    assert not client.page.select("table.answers"), "in process: not offered again"


def test_a_line_of_the_second_page_leads_to_its_own_person(
    client: Client, session: Session, vacancy: Vacancy, make_seeker: Any
) -> None:
    people = [make_seeker() for _ in range(27)]
    path = f"/enterprise/vacancies/{vacancy.key}/candidates"
    client.get(f"{path}?page=2")
    lines = [button["value"] for button in client.page.find_all("button", {"name": "line"})]
    assert len(lines) == 2
    assert client.post(f"{path}/ask", {"line": lines[1]}).status_code == 302
    last = max(str(p.id) for p in people)
    assert str(session.scalars(select(Referral)).one().seeker_id) == last


@pytest.mark.parametrize("line", ["", "x", "x:1", "{key}:1", "{rec}:99", "{rec}:-1", "{rec}:1e3"])
def test_an_ask_for_something_else_finds_nobody(
    client: Client, session: Session, vacancy: Vacancy, person: Seeker, line: str
) -> None:
    path = f"/enterprise/vacancies/{vacancy.key}/candidates"
    client.get(path)
    real = client.page.find("button", {"name": "line"})["value"].split(":")[0]
    sent = line.format(key=person.key, rec=real)
    assert client.post(f"{path}/ask", {"line": sent}).status_code in (400, 404)
    assert session.scalars(select(Referral)).all() == []


def test_a_code_is_the_firms_own(
    client: Client, session: Session, vacancy: Vacancy, person: Seeker,
    make_enterprise: Any, make_vacancy: Any, make_user: Any,
) -> None:  # fmt: skip
    def code(one: Vacancy) -> str:
        client.get(f"/enterprise/vacancies/{one.key}/candidates")
        return str(client.page.select_one("table.answers tbody th").get_text())

    first = code(vacancy)
    assert code(vacancy) == first
    firm = make_enterprise()
    other = make_vacancy(enterprise=firm)
    client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=firm))
    assert code(other) != first
