"""The firm's users on the firm's own desk and on the centre's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.enterprises.models import Enterprise, Member
from tests.support.client import Client

Make = Callable[..., Any]
PASSWORD = "cảng-biển-xanh-2026"


@pytest.fixture
def firm(make_enterprise: Make) -> Enterprise:
    return make_enterprise(name="Công ty TNHH Sao Biển")


def link_on(client: Client) -> str:
    assert client.page is not None
    return re.sub(r"^https?://[^/]+", "", client.page.find(id="invitation-link")["value"])


@pytest.mark.parametrize("desk", ["enterprise", "counsellor"])
def test_a_colleague_is_invited_joins_and_is_removed(
    app: Flask, client: Client, session: Session, firm: Enterprise, make_user: Make, desk: str
) -> None:
    boss = make_user(Role.ENTERPRISE_USER, enterprise=firm)
    client.sign_in_as(boss if desk == "enterprise" else make_user(Role.COUNSELLOR))
    way = "firms" if desk == "enterprise" else "enterprises"
    path = f"/{desk}/{way}/{firm.key}/users"
    assert client.submit(path, {"name": ""}).status_code == 422
    answer = client.send(path, {"name": "Vũ Kim Oanh", "login": "oanhvk"})
    assert answer.location == path
    client.get(path)
    link = link_on(client)
    assert "Vũ Kim Oanh" in client.page.get_text()
    client.get(path)
    assert client.page.find(id="invitation-link") is None  # shown once
    guest = Client(app, session)
    chosen = {"login": "oanhvk", "password": PASSWORD, "again": PASSWORD}
    assert guest.submit(link, chosen).status_code == 302
    assert guest.submit("/sign-in", {"login": "oanhvk", "password": PASSWORD}).status_code == 302
    assert guest.get("/").location == "/enterprise/vacancies"
    assert guest.get(path).status_code == 403  # a plain user of the firm
    client.get(path)
    rows = [row for row in client.page.find_all("tr") if "Vũ Kim Oanh" in row.get_text()]
    action = rows[0].find("form")["action"]
    assert client.post(action, {"verb": "make-admin"}).status_code == 302
    assert guest.get("/enterprise/vacancies").status_code == 302  # the role changed: sign in again
    assert client.post(action, {"verb": "nonsense"}).status_code == 422
    assert client.post(action, {"verb": "remove"}).status_code == 302
    assert client.post(action, {"verb": "remove"}).status_code == 404
    assert session.scalars(select(Member.user_id)).all() == [boss.id]


def test_a_link_is_renewed_or_taken_back(
    app: Flask, client: Client, session: Session, firm: Enterprise, make_user: Make
) -> None:
    client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=firm))
    path = f"/enterprise/firms/{firm.key}/users"
    client.submit(path, {"name": "Vũ Kim Oanh"})
    client.get(path)
    first = link_on(client)
    action = client.page.find("form", action=re.compile("/invitations/"))["action"]
    assert client.post(action, {"verb": "resend"}).status_code == 302
    client.get(path)
    second = link_on(client)
    guest = Client(app, session)
    assert (guest.get(first).status_code, guest.get(second).status_code) == (404, 200)
    assert client.post(action, {"verb": "x"}).status_code == 422
    assert client.post(action, {"verb": "revoke"}).status_code == 302
    assert "chưa nhận" not in client.get(path).text
    answer = guest.get(second)
    assert (answer.status_code, "thu hồi" in answer.text) == (410, True)


def test_the_last_administrator_is_told_to_hand_over_first(
    client: Client, firm: Enterprise, make_user: Make
) -> None:
    boss = make_user(Role.ENTERPRISE_USER, enterprise=firm)
    client.sign_in_as(boss)
    answer = client.submit("/enterprise/leave", {})
    assert answer.status_code == 422
    assert "ít nhất một quản trị" in answer.text
    path = f"/enterprise/firms/{firm.key}/users/{boss.key}"
    for verb in ("remove", "make-user"):
        answer = client.post(path, {"verb": verb})
        assert answer.status_code == 422
        assert "ít nhất một quản trị" in answer.text
    user = make_user(Role.ENTERPRISE_USER, enterprise=firm, is_admin=False)
    client.sign_in_as(user)
    assert client.submit("/enterprise/leave", {}).status_code == 302
    assert client.get("/enterprise/vacancies").status_code == 302


def test_two_firms_and_a_branch_see_what_is_theirs(
    client: Client, make_enterprise: Make, make_user: Make, make_vacancy: Make
) -> None:
    parent, other = make_enterprise(name="Công ty Mẹ"), make_enterprise(name="Công ty Khác")
    branch = make_enterprise(name="Chi nhánh Cát Hải", parent_id=parent.id)
    jobs = {
        firm.id: make_vacancy(enterprise=firm, title=f"Thợ của {firm.name}")
        for firm in (parent, branch, other)
    }
    sees = {parent.id: {parent.id, branch.id}, branch.id: {branch.id}, other.id: {other.id}}
    for firm in (parent, branch, other):
        client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=firm))
        listed = client.get("/enterprise/vacancies").text
        for target in (parent, branch, other):
            job, shown = jobs[target.id], target.id in sees[firm.id]
            assert (job.title in listed) is shown
            for path in (
                f"/enterprise/vacancies/{job.key}",
                f"/enterprise/vacancies/{job.key}/candidates",
                f"/enterprise/firms/{target.key}",
                f"/enterprise/firms/{target.key}/users",
            ):
                assert client.get(path).status_code == (200 if shown else 404), path
            action = f"/enterprise/firms/{target.key}/users/{target.key}"
            assert client.post(action, {"verb": "remove"}).status_code == 404


def test_a_banned_firm_reads_why_and_sees_nobody(
    client: Client, firm: Enterprise, make_user: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    job = make_vacancy(enterprise=firm)
    make_seeker()
    boss, staff = make_user(Role.ENTERPRISE_USER, enterprise=firm), make_user(Role.COUNSELLOR)
    client.sign_in_as(staff)
    path = f"/counsellor/enterprises/{firm.key}"
    client.get(path)
    client.send(path, {"verb": "ban", "reason": "Thu tiền người lao động"}, action="standing")
    client.sign_in_as(boss)
    assert client.get("/").location == "/enterprise/firm"
    page = client.get("/enterprise/firm").text
    assert "Thu tiền người lao động" in page
    assert staff.name not in page
    for closed in ("/enterprise/vacancies", f"/enterprise/vacancies/{job.key}/candidates"):
        assert client.get(closed).status_code == 403
    assert client.post(f"/enterprise/vacancies/{job.key}/candidates/ask", {}).status_code == 403
