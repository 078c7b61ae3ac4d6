"""The page behind an invitation's link."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts import invitations
from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.invitations import InvitationData
from jobcenter.accounts.models import User
from jobcenter.kernel.actor import system
from tests.support.client import Client

BY = system("Trần Thu Hà", EVERYTHING)
PASSWORD = "cảng-biển-xanh-2026"
CHOSEN = {"login": "Đức LM", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def link(session: Session) -> str:
    data = InvitationData(name="Lê Minh Đức", role=Role.COUNSELLOR, login_hint="ducle")
    _invitation, token = invitations.invite(session, data=data, days=7, by=BY)
    return f"/invitation/{token}"


def test_the_invited_person_chooses_and_signs_in(client: Client, link: str) -> None:
    page = client.get(link).text
    assert "Lê Minh Đức" in page
    assert "Trần Thu Hà mời" in page
    assert 'value="ducle"' in page
    answer = client.send(link, CHOSEN)
    assert (answer.status_code, answer.location) == (302, "/sign-in")
    assert "Tài khoản đã sẵn sàng" in client.get("/sign-in").text
    assert client.send("/sign-in", {"login": "duclm", "password": PASSWORD}).status_code == 302
    assert client.get("/").location == "/counsellor/day"


def test_wrong_choices_are_said_and_nothing_is_lost(
    client: Client, link: str, make_user: Any, session: Session
) -> None:
    make_user(login="duclm")
    for wrong, told in (
        ({"again": "khác"}, "Hai lần nhập mật khẩu khác nhau"),
        ({"password": "ngắn", "again": "ngắn"}, "ít nhất"),
        ({}, "đã có người dùng"),
        ({"login": ""}, "Cần điền"),
    ):
        answer = client.submit(link, CHOSEN | wrong)
        assert answer.status_code == 422
        assert told in answer.text
    assert session.scalars(select(User.login)).all() == ["duclm"]
    assert client.submit(link, CHOSEN | {"login": "duc"}).status_code == 302


def test_a_link_that_is_over_says_why_and_a_guess_says_nothing(
    client: Client, link: str, session: Session
) -> None:
    client.get(link)
    form = client.page
    assert client.send(link, CHOSEN).status_code == 302
    client.page = form  # the same form sent twice leads where the first led
    assert client.send(link, CHOSEN | {"login": "second"}).status_code == 302
    assert len(session.scalars(select(User)).all()) == 1
    answer = client.get(link)
    assert answer.status_code == 410
    assert "đã được nhận" in answer.text
    assert client.get("/invitation/guessed").status_code == 404
    assert client.post("/invitation/guessed", CHOSEN).status_code == 404


def test_tries_from_one_place_are_counted(client: Client, link: str, make_user: Any) -> None:
    make_user(login="duclm")
    answers = [client.submit(link, CHOSEN).status_code for _ in range(11)]
    assert 429 in answers
