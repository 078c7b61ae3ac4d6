"""Occupation fields: words are typed, an occupation is kept; with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.vacancies.models import Vacancy
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def boss(client: Client, make_user: Make, make_enterprise: Make) -> Client:
    firm = make_enterprise(name="Công ty TNHH Cơ khí Hàm Rồng")
    return client.sign_in_as(make_user("enterprise-user", enterprise=firm))


def offered(client: Client, name: str) -> dict[str, str]:
    """Return {words of a choice: value} of the choices below a field."""
    assert client.page is not None
    boxes = client.page.find_all("input", {"name": name, "type": "radio"})
    return {text_of(client.page, box): str(box["value"]) for box in boxes}


def text_of(page: BeautifulSoup, box: Tag) -> str:
    label = page.find("label", attrs={"for": box["id"]})
    return " ".join(label.get_text().split()) if label else ""


def test_words_that_fit_several_are_offered_as_choices_and_nothing_is_lost(
    boss: Client, session: Session
) -> None:
    typed = {
        "title": "Thợ may",
        "headcount": "5",
        "occupation_code": "thợ may",
        "pay_min": "9000000",
    }
    assert boss.submit("/enterprise/vacancies/new", typed).status_code == 422
    assert boss.page is not None
    assert "Có nhiều nghề gần giống" in boss.page.get_text()
    box = boss.page.find("input", {"name": "occupation_code", "type": "text"})
    assert isinstance(box, Tag)
    assert box["value"] == "thợ may"
    choices = offered(boss, "occupation_code")
    assert "Thợ may, thợ may lông thú và thợ làm mũ 7531" in choices
    picked = choices["Thợ vận hành máy may 8153"]
    sent = boss.send("/enterprise/vacancies/new", {"occupation_code": ["thợ may", picked]})
    assert sent.status_code == 302
    vacancy = session.scalars(select(Vacancy)).one()
    assert (vacancy.occupation_code, vacancy.pay_min) == ("8153", 9_000_000)
    assert "8153 – Thợ vận hành máy may" in boss.get(f"/enterprise/vacancies/{vacancy.key}").text
    boss.get(f"/enterprise/vacancies/{vacancy.key}/edit")
    box = boss.page.find("input", {"name": "occupation_code"})
    assert isinstance(box, Tag)
    assert box["value"] == "8153 – Thợ vận hành máy may"


def test_a_choice_counts_only_for_the_words_that_it_was_offered_for(
    boss: Client, session: Session
) -> None:
    boss.submit("/enterprise/vacancies/new", {"title": "Thợ", "headcount": "1",
                                              "occupation_code": "thợ may"})  # fmt: skip
    picked = next(iter(offered(boss, "occupation_code").values()))
    boss.send("/enterprise/vacancies/new", {"occupation_code": ["thợ hàn", picked]})
    assert session.scalars(select(Vacancy)).one().occupation_code == "7212"


@pytest.mark.parametrize("picked", ["=", "9z=thợ may", "8153", "\x00=tho may", "8153=tho may" * 99])
def test_a_forged_choice_is_no_choice(boss: Client, session: Session, picked: str) -> None:
    typed = {"title": "Thợ may", "headcount": "1", "occupation_code": ["thợ may", picked]}
    assert boss.submit("/enterprise/vacancies/new", typed).status_code == 422
    assert not session.scalars(select(Vacancy)).all()


def test_words_that_mean_one_are_taken_and_shown_even_where_another_field_is_wrong(
    boss: Client,
) -> None:
    typed = {"title": "Thợ hàn", "headcount": "năm", "occupation_code": "tho han"}
    assert boss.submit("/enterprise/vacancies/new", typed).status_code == 422
    assert boss.page is not None
    box = boss.page.find("input", {"name": "occupation_code"})
    assert isinstance(box, Tag)
    assert box["value"] == "7212 – Thợ hàn và thợ cắt kim loại bằng nhiệt"


def test_a_seekers_wish_and_job_take_words_too(
    client: Client, session: Session, make_user: Make, make_seeker: Make
) -> None:
    client.sign_in_as(make_user("counsellor"))
    seeker = make_seeker(wish="Hàn")
    path = f"/counsellor/seekers/{seeker.key}/edit"
    typed = {
        "wishes-0-occupation_code": "thợ may",
        "experiences-0-position": "Lái xe nâng",
        "experiences-0-occupation_code": "lai xe nang",
    }
    assert client.submit(path, typed).status_code == 422
    picked = offered(client, "wishes-0-occupation_code")["Thợ vận hành máy may 8153"]
    sent = client.send(path, {"wishes-0-occupation_code": ["thợ may", picked]})
    assert sent.status_code in (302, 303)
    session.expire_all()
    assert seeker.wishes[0].occupation_code == "8153"
    assert seeker.experiences[0].occupation_code == "8344"


def part(client: Client, query: dict[str, str]) -> BeautifulSoup:
    answer = client.browser.get("/occupations", query_string=query, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def test_while_typing_the_nearest_are_offered(client: Client, make_user: Make) -> None:
    assert client.get("/occupations?for=x&x=may").status_code == 302  # signed in only
    client.sign_in_as(make_user("counsellor"))
    client.get("/counsellor")
    page = part(client, {"for": "wishes-0-occupation_code", "wishes-0-occupation_code": "tho han"})
    first = page.find("input")
    assert isinstance(first, Tag)
    assert (first["name"], first["value"]) == ("wishes-0-occupation_code", "7212=tho han")
    assert text_of(page, first) == "Thợ hàn và thợ cắt kim loại bằng nhiệt 7212"
    assert len(page.find_all("input")) == 1
    assert not part(client, {"for": "x", "x": "m"}).get_text(strip=True)
    assert not part(client, {}).get_text(strip=True)
    assert "Không có nghề nào" in part(client, {"for": "x", "x": "zzzz"}).get_text()
    client.get("/language/en")
    page = part(client, {"for": "x", "x": "tho h"})
    assert "Welders and flamecutters" in page.get_text()


def test_the_list_can_be_looked_through(client: Client, make_user: Make) -> None:
    client.sign_in_as(make_user("enterprise-user"))
    assert "Gõ từ hai chữ cái trở lên" in client.get("/occupations").text
    page = client.get("/occupations?q=tho+may").text
    assert "Tailors, dressmakers" in page
    assert "Không có nghề nào tên như vậy" in client.get("/occupations?q=zzzz").text
