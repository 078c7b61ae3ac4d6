"""The first-run page: a code from the machine, one administrator, and then no page at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts import setup
from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.models import User
from jobcenter.catalogue import units
from jobcenter.catalogue.choices import Unit
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from tests.support.client import Client
from tests.support.together import together

BY = system("test", EVERYTHING)
PASSWORD = "mười hai con thuyền giấy"


def answers(code: str, **more: str) -> dict[str, str]:
    return {
        "code": code, "name": "Vũ Thanh Tùng", "login": "tungvt", "password": PASSWORD,
        "again": PASSWORD, "centre_vi": "Trung tâm Việc làm Hải Phòng",
    } | more  # fmt: skip


@pytest.fixture
def code(session: Session) -> str:
    made = setup.new_code(session, by=BY)
    session.commit()
    return made


def test_an_empty_installation_leads_there_and_a_used_one_has_no_such_page(
    client: Client, make_user: Any
) -> None:
    assert client.get("/").location == "/setup"
    assert "/setup" in client.get("/sign-in").get_data(as_text=True)
    assert client.get("/setup").status_code == 200
    make_user(Role.COUNSELLOR)
    assert client.get("/").location == "/sign-in"
    assert "/setup" not in client.get("/sign-in").get_data(as_text=True)
    assert client.get("/setup").status_code == 404
    assert client.post("/setup", answers("x")).status_code == 404


def test_the_first_administrator_names_the_units_and_signs_in(
    client: Client, session: Session, code: str
) -> None:
    client.get("/language/en")
    assert "First set-up" in client.get("/setup").get_data(as_text=True)
    answer = client.send("/setup", answers(code.lower(), locale="en"))
    assert answer.location == "/sign-in"
    user = session.scalars(select(User)).one()
    assert (user.role, user.login, user.locale) == (Role.ADMINISTRATOR, "tungvt", "en")
    now = units.unit_at(session, Unit.CENTRE, clock.today())
    assert now.name_vi == "Trung tâm Việc làm Hải Phòng"
    assert client.submit("/sign-in", {"login": "tungvt", "password": PASSWORD}).status_code == 302
    assert client.get("/setup").status_code == 404


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"code": "AAAA-AAAA-AAAA-AAAA"}, "Mã cài đặt không đúng"),
        ({"code": ""}, "Cần điền mục này"),
        ({"again": "khác"}, "Hai lần nhập mật khẩu khác nhau"),
        ({"password": "ngắn", "again": "ngắn"}, "Mật khẩu cần ít nhất"),
        ({"login": " "}, "Cần điền mục này"),
        ({"superior_vi": ""}, "Cần điền mục này"),
    ],
)
def test_what_is_wrong_is_said_nothing_is_made_and_the_code_still_works(
    client: Client, session: Session, code: str, given: dict[str, str], words: str
) -> None:
    answer = client.submit("/setup", answers(code) | given)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert words in text
    assert "Trung tâm Việc làm Hải Phòng" in text
    assert session.scalar(select(func.count()).select_from(User)) == 0
    assert client.submit("/setup", answers(code)).status_code == 302


def test_a_code_works_once_for_a_day_and_only_the_last_one(session: Session) -> None:
    def take(code: str) -> User:
        return setup.make_first(
            session, code=code, login="tungvt", name="Vũ Thanh Tùng", locale="vi",
            password_hash="-",
        )  # fmt: skip

    first = setup.new_code(session, by=BY)
    second = setup.new_code(session, by=BY)
    with pytest.raises(Refused, match="Mã cài đặt"):
        take(first)
    with clock.frozen(clock.now() + dt.timedelta(hours=25)), pytest.raises(Refused):
        take(second)
    assert take(second.replace("-", " ").lower()).role is Role.ADMINISTRATOR
    with pytest.raises(Missing):
        take(second)
    with pytest.raises(Refused, match="Đã có tài khoản"):
        setup.new_code(session, by=BY)


def test_guesses_are_counted(client: Client, code: str) -> None:
    tried = [client.submit("/setup", answers("AAAA", login=f"a{n}")).status_code for n in range(12)]
    assert 429 in tried


def test_of_many_at_the_same_moment_one_becomes_administrator(
    app: Flask, session: Session, code: str
) -> None:
    def attempt(number: int) -> Any:
        return lambda own: setup.make_first(
            own, code=code, login=f"admin{number}", name=f"Người {number}", locale="vi",
            password_hash="-",
        )  # fmt: skip

    with app.app_context():
        engine = db.engine
    answers = together(engine, [attempt(number) for number in range(6)])
    assert sum(isinstance(one, User) for one in answers) == 1
    assert sum(isinstance(one, Refused) for one in answers) == 5
    assert session.scalar(select(func.count()).select_from(User)) == 1


def test_the_command_prints_a_code_until_somebody_is_there(app: Flask, make_user: Any) -> None:
    runner = app.test_cli_runner()
    printed = runner.invoke(args=["setup-code"]).output.strip()
    assert len(printed.replace("-", "")) == setup.LENGTH
    assert set(printed.replace("-", "")) <= set(setup.LETTERS)


def test_the_command_refuses_once_somebody_has_an_account(
    app: Flask, session: Session, make_user: Any
) -> None:
    make_user(Role.COUNSELLOR)
    session.commit()
    result = app.test_cli_runner().invoke(args=["setup-code"])
    assert result.exit_code != 0
    assert "Đã có tài khoản" in result.output
