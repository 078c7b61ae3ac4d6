from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.enterprises.models import Enterprise
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def firm(make_enterprise: Make) -> Enterprise:
    return make_enterprise(name="Công ty TNHH Cơ khí Hàm Rồng")


@pytest.fixture
def boss(client: Client, make_user: Make, firm: Enterprise) -> Client:
    return client.sign_in_as(make_user("enterprise-user", enterprise=firm))


def test_a_firm_sees_its_own_vacancies_and_no_other(
    boss: Client, make_vacancy: Make, firm: Enterprise
) -> None:
    own = make_vacancy(title="Thợ hàn", enterprise=firm)
    other = make_vacancy(title="Thợ may")
    page = boss.get("/enterprise/vacancies").text
    assert "Thợ hàn" in page
    assert "Thợ may" not in page
    assert boss.get(f"/enterprise/vacancies/{own.key}").status_code == 200
    for path in ("", "/edit"):
        assert boss.get(f"/enterprise/vacancies/{other.key}{path}").status_code == 404
    boss.get("/enterprise/vacancies")
    move = boss.post(f"/enterprise/vacancies/{other.key}/move", {"verb": "close"})
    assert move.status_code == 404
    assert boss.get(f"/counsellor/vacancies/{own.key}").status_code == 403


def test_a_firm_drafts_edits_and_submits(boss: Client, session: Session, firm: Enterprise) -> None:
    answer = boss.submit("/enterprise/vacancies/new", {"title": "Thợ hàn", "headcount": "5"})
    assert answer.status_code == 302
    vacancy = session.scalars(select(Vacancy)).one()
    assert vacancy.enterprise_id == firm.id
    path = f"/enterprise/vacancies/{vacancy.key}"
    assert boss.submit(f"{path}/edit", {"headcount": "6"}).status_code == 302
    boss.get(path)
    assert boss.post(f"{path}/move", {"verb": "submit"}).status_code == 302
    session.expire_all()
    saved = session.get(Vacancy, vacancy.id)
    assert saved is not None
    assert saved.state is VacancyState.SUBMITTED
    assert saved.headcount == 6
    assert boss.submit(f"{path}/edit", {"headcount": "7"}).status_code == 422
    boss.get(path)
    assert "Chờ duyệt" in boss.get(path).text


def test_only_the_centre_publishes(
    boss: Client, session: Session, make_vacancy: Make, firm: Enterprise
) -> None:
    vacancy = make_vacancy(enterprise=firm, state=VacancyState.SUBMITTED)
    path = f"/enterprise/vacancies/{vacancy.key}"
    boss.get(path)
    boss.post(f"{path}/move", {"verb": "publish"})
    session.expire_all()
    saved = session.get(Vacancy, vacancy.id)
    assert saved is not None
    assert saved.state is VacancyState.SUBMITTED


def test_the_second_editor_of_the_firm_is_told(
    boss: Client, make_vacancy: Make, firm: Enterprise
) -> None:
    vacancy = make_vacancy(enterprise=firm, state=VacancyState.DRAFT)
    path = f"/enterprise/vacancies/{vacancy.key}/edit"
    boss.get(path)
    stale = boss.page
    assert boss.submit(path, {"headcount": "50"}).status_code == 302
    boss.page = stale
    assert boss.send(path, {"headcount": "45"}).status_code == 409
    assert boss.send(path, {"pick-headcount": "mine"}).status_code == 302


def test_a_firm_sees_its_own_record(boss: Client, firm: Enterprise) -> None:
    page = boss.get("/enterprise/firm").text
    assert "Cơ khí Hàm Rồng" in page
    assert firm.tax_number in page


def test_an_account_without_a_firm_sees_nothing(
    client: Client, make_user: Make, make_vacancy: Make
) -> None:
    make_vacancy(title="Thợ may")
    client.sign_in_as(make_user("enterprise-user"))
    assert client.get("/enterprise/vacancies").status_code == 403
    assert client.get("/enterprise/firm").status_code == 403
    assert client.get("/enterprise/vacancies/new").status_code == 403


def test_the_school_sees_demand_by_occupation(
    client: Client, make_user: Make, make_vacancy: Make
) -> None:
    make_vacancy(occupation_code="7212", headcount=10, filled=4)
    make_vacancy(occupation_code="7212", headcount=5)
    make_vacancy(occupation_code="8153", headcount=30, state=VacancyState.DRAFT)
    client.sign_in_as(make_user("school-staff"))
    client.get("/school/demand")
    assert client.page is not None
    row = client.page.find("tbody").find("tr")
    assert [td.get_text(strip=True) for td in row.find_all("td")][:2] == ["2", "11"]
    assert "8153" not in client.page.get_text()
    link = row.find("a")["href"]
    assert "occupation=7212" in link
    assert client.get(link).status_code == 200


def test_a_parent_drafts_for_its_branches_and_for_nobody_else(
    boss: Client, client: Client, session: Session, make_enterprise: Make, make_user: Make,
    firm: Enterprise,
) -> None:  # fmt: skip
    other = make_enterprise(name="Công ty Khác")
    boss.get("/enterprise/vacancies/new")
    assert boss.page.find(attrs={"name": "for_firm"}) is None  # nothing to choose from
    branch = make_enterprise(name="Chi nhánh Cát Hải", parent_id=firm.id)
    job = {"title": "Thợ hàn", "headcount": "5"}
    boss.get("/enterprise/vacancies/new")
    offered = [one["value"] for one in boss.page.find(attrs={"name": "for_firm"})("option")]
    assert offered == [str(firm.key), str(branch.key)]
    for chosen, status in ((branch, 302), (firm, 302), (other, 422)):
        answer = boss.submit("/enterprise/vacancies/new", job | {"for_firm": str(chosen.key)})
        assert answer.status_code == status
    assert boss.submit(
        "/enterprise/sheets/new",
        {"contact_name": "Chị Lan", "contact_phone": "0912345678", "for_firm": str(branch.key),
         "jobs-0-title": "Thợ may", "jobs-0-headcount": "3"},
    ).status_code == 302  # fmt: skip
    made = session.scalars(select(Vacancy).order_by(Vacancy.id)).all()
    assert [one.enterprise_id for one in made] == [branch.id, firm.id, branch.id]
    copy = f"/enterprise/vacancies/new?copy={made[0].key}"
    boss.get(copy)
    picked = boss.page.find(attrs={"name": "for_firm"}).find(selected=True)
    assert picked["value"] == str(branch.key)
    assert boss.submit(f"/enterprise/vacancies/{made[0].key}/edit", {"headcount": "6"}).location
    session.expire_all()
    assert session.scalars(select(Vacancy.enterprise_id).order_by(Vacancy.id)).first() == branch.id
    client.sign_in_as(make_user("enterprise-user", enterprise=branch))
    client.get("/enterprise/vacancies/new")
    assert client.page.find(attrs={"name": "for_firm"}) is None
