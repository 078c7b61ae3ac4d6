"""From the public page to the first vacancy: a firm signs up by itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import User
from jobcenter.enterprises.models import Enterprise, FirmRequest
from tests.support.client import Client

PASSWORD = "cảng-biển-xanh-2026"
ASKED = {
    "firm_name": "Công ty TNHH Dệt may Sao Biển", "tax_number": "0100109106", "park": "nomura",
    "address": "Lô A1", "name": "Lê Minh Đức", "position": "Trưởng phòng nhân sự",
    "phone": "0912 345 678", "email": "duc@saobien.example", "login": "saobien",
    "password": PASSWORD, "again": PASSWORD,
}  # fmt: skip
UP = "/enterprise-sign-up"


@pytest.fixture
def staff(app: Flask, session: Session, make_user: Any) -> Client:
    return Client(app, session).sign_in_as(make_user(Role.COUNSELLOR, name="Trần Thu Hà"))


def sign_up(client: Client, **changes: str) -> str:
    """Sign up and in, as the page tells; return the login."""
    answer = client.submit(UP, ASKED | changes)
    assert answer.status_code == 302, answer.text
    told = client.get(answer.location).text
    login = re.search(r"saobien-\d{4}", told)
    assert login is not None, told
    answer = client.submit("/sign-in", {"login": login.group(), "password": PASSWORD})
    assert answer.status_code == 302
    return login.group()


def decide(staff: Client, session: Session, verb: str, **values: str) -> Any:
    key = session.scalars(select(FirmRequest.key).order_by(FirmRequest.id.desc())).first()
    path = f"/counsellor/firm-requests/{key}"
    staff.get(path)
    return staff.send(path, {"verb": verb} | values)


def test_a_new_firm_waits_sees_nothing_and_then_works(
    client: Client, staff: Client, session: Session
) -> None:
    sign_up(client)
    assert client.get("/").location == "/enterprise/request"
    page = client.get("/enterprise/request").text
    assert "Chờ trả lời" in page
    assert "Nhật Bản - Hải Phòng" in page
    for closed in ("/enterprise/vacancies", "/enterprise/firm", "/enterprise/vacancies/new"):
        assert client.get(closed).status_code == 403
    listed = staff.get("/counsellor/firm-requests").text
    assert "Lê Minh Đức" in listed
    answer = decide(staff, session, "grant")
    assert answer.status_code == 422
    assert "Ghi lý do" in answer.text
    assert decide(staff, session, "grant", reason="Đã gọi công ty").status_code == 302
    assert client.get("/enterprise/request").status_code == 302  # rights changed: sign in again
    login = session.scalars(select(User.login).where(User.login.startswith("saobien"))).one()
    client.submit("/sign-in", {"login": login, "password": PASSWORD})
    assert client.get("/").location == "/enterprise/vacancies"
    assert "Dệt may Sao Biển" in client.get("/enterprise/firm").text


def test_asked_for_more_the_applicant_answers_and_a_no_says_why(
    client: Client, staff: Client, session: Session
) -> None:
    sign_up(client)
    assert decide(staff, session, "ask-more", reason="Ghi chức vụ đầy đủ").status_code == 302
    page = client.get("/enterprise/request").text
    assert "Ghi chức vụ đầy đủ" in page
    assert "Trần Thu Hà" not in page  # the centre answers, not a person
    answer = client.send("/enterprise/request", {"position": "Giám đốc", "text": "Đã sửa"})
    assert answer.status_code == 302
    assert "Giám đốc" in client.get("/enterprise/request").text
    assert decide(staff, session, "nonsense", reason="x").status_code == 422
    assert decide(staff, session, "deny", reason="Số máy không đúng").status_code == 302
    assert "Số máy không đúng" in client.get("/enterprise/request").text
    client.get("/enterprise/request")
    assert client.send("/enterprise/request", {"phone": "0912 345 679"}).status_code == 302
    client.get("/enterprise/request")
    assert client.send("/enterprise/request", {}, action="withdraw").status_code == 302
    assert "Đã rút" in client.get("/enterprise/request").text


def test_a_known_firms_administrator_answers(
    app: Flask, client: Client, session: Session, make_enterprise: Any, make_user: Any
) -> None:
    firm = make_enterprise(name="Công ty Cổ phần Sao Biển", tax_number="0100109106")
    sign_up(client)
    page = client.get("/enterprise/request").text
    assert "người quản trị của công ty" in page
    assert "Cổ phần" not in page  # what is known of the firm is not told to whoever asks
    boss = Client(app, session).sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=firm))
    users = f"/enterprise/firms/{firm.key}/users"
    assert "Lê Minh Đức" in boss.get(users).text
    path = boss.page.find("a", string="Lê Minh Đức")["href"]
    assert "0912 345 678" in boss.get(path).text
    assert boss.send(path, {"verb": "grant"}).status_code == 422
    assert boss.send(path, {"verb": "grant", "reason": "Nhân viên của tôi"}).status_code == 302
    assert "Lê Minh Đức" in boss.get(users).text
    stranger = make_user(Role.ENTERPRISE_USER, enterprise=make_enterprise())
    assert client.sign_in_as(stranger).get(path).status_code == 404


def test_the_queue_shows_who_looks_alike_and_a_branch_is_made(
    client: Client, staff: Client, session: Session, make_enterprise: Any
) -> None:
    parent = make_enterprise(name="Công ty TNHH Dệt may Sao Biển", tax_number="0100109106")
    sign_up(client, tax_number="0100109106-001")
    key = session.scalars(select(FirmRequest.key)).one()
    page = staff.get(f"/counsellor/firm-requests/{key}").text
    assert "Cùng mã số thuế gốc" in page
    assert "Trùng tên" in page
    answer = decide(staff, session, "grant", reason="x", into="join:nonsense")
    assert answer.status_code == 422
    answer = decide(staff, session, "grant", reason="Đúng", into=f"branch:{parent.key}")
    assert answer.status_code == 302
    branch = session.scalars(select(Enterprise).where(Enterprise.parent_id == parent.id)).one()
    assert branch.tax_number == "0100109106-001"


def test_a_wrong_check_digit_is_asked_about_once_and_nothing_typed_is_lost(
    client: Client, session: Session
) -> None:
    answer = client.submit(UP, ASKED | {"tax_number": "0100109107"})
    assert answer.status_code == 422
    assert "không khớp chín số đầu" in answer.text
    assert 'value="Lê Minh Đức"' in answer.text
    retyped = {"number_is_right": "y", "password": PASSWORD, "again": PASSWORD}
    assert client.send(UP, retyped).status_code == 302
    assert session.scalars(select(FirmRequest.tax_number)).one() == "0100109107"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"tax_number": "12"}, "10 số"), ({"park": "Vô Danh"}, "Vô Danh"),
        ({"phone": "12"}, "Cần 10 số"), ({"again": "khác"}, "khác nhau"),
        ({"password": "ngắn", "again": "ngắn"}, "ít nhất"), ({"firm_name": ""}, "Cần điền"),
        ({"login": "  ", "name": "a" * 200}, "Cần điền"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_makes_nothing(
    client: Client, session: Session, changes: dict[str, str], told: str
) -> None:
    answer = client.submit(UP, ASKED | changes)
    assert answer.status_code == 422
    assert told in answer.text
    assert session.scalars(select(User)).all() == []


def test_nobody_learns_who_has_an_account_and_a_second_click_makes_none(
    client: Client, session: Session, make_user: Any
) -> None:
    make_user(login="saobien")
    client.get(UP)
    form = client.page
    assert client.send(UP, ASKED).status_code == 302
    client.page = form
    answer = client.send(UP, ASKED)
    login = session.scalars(select(User.login).where(User.login.startswith("saobien-"))).one()
    assert login in client.get(answer.location).text
    assert client.get(f"{UP}/sent").status_code == 302  # told once


def test_one_address_cannot_send_without_end(client: Client, session: Session) -> None:
    answers = [client.submit(UP, ASKED).status_code for _ in range(11)]
    assert 429 in answers
    assert answers.count(302) <= 10
