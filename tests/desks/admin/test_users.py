"""Accounts as the administrator sees them: found, changed, blocked, and who signed in whence."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role, SignInOutcome
from jobcenter.accounts.models import LoginSession, SignIn, User
from jobcenter.audit.models import LedgerEntry
from tests.support.client import Client

PASSWORD = "cảng-biển-xanh-2026"


@pytest.fixture
def admin(client: Client, make_user: Any) -> User:
    user = make_user(Role.ADMINISTRATOR, name="Vũ Thanh Tùng", login="quantri")
    client.sign_in_as(user)
    return user


def test_accounts_are_found_without_marks_by_role_and_by_state(
    client: Client, admin: User, make_user: Any
) -> None:
    make_user(Role.COUNSELLOR, name="Đỗ Thị Quyên", login="quyendt")
    make_user(Role.MANAGER, name="Đỗ Văn Khoá", login="khoadv", is_active=False)
    for query, found, missing in (
        ("text=do+quyen", "quyendt", "khoadv"),
        ("text=QUYEN+Đỗ", "quyendt", "khoadv"),
        ("role=manager", "khoadv", "quyendt"),
        ("state=blocked", "khoadv", "quyendt"),
        ("state=active&text=dt", "quyendt", "khoadv"),
    ):
        text = client.get(f"/admin/users?{query}").get_data(as_text=True)
        assert found in text, query
        assert missing not in text, query


def test_the_history_tells_successes_and_failures_with_address_and_browser(
    app: Flask, client: Client, admin: User, make_user: Any, session: Session
) -> None:
    hashed = app.config["HASHER"].hash(PASSWORD)
    user = make_user(Role.COUNSELLOR, login="hatt", password_hash=hashed)
    door = Client(app, session)
    where = {
        "headers": {"User-Agent": "Trình duyệt thử"},
        "environ_base": {"REMOTE_ADDR": "10.9.8.7"},
    }
    for login, password in (("hatt", "sai-mat-khau"), ("toi-go-mat-khau", "x"), ("hatt", PASSWORD)):
        door.get("/sign-in")
        token = door.csrf()
        data = {"csrf_token": token, "login": login, "password": password}
        door.open("/sign-in", method="POST", data=data, **where)
    rows = session.scalars(select(SignIn).order_by(SignIn.id)).all()
    assert [(row.user_id, row.outcome) for row in rows] == [
        (user.id, SignInOutcome.WRONG),
        (None, SignInOutcome.WRONG),
        (user.id, SignInOutcome.OK),
    ]
    page = client.get(f"/admin/users/{user.key}/sign-ins").get_data(as_text=True)
    assert page.count("10.9.8.7") == 2
    assert "Trình duyệt thử" in page
    assert "Sai mật khẩu" in page
    everybody = client.get("/admin/sign-ins?failed=yes").get_data(as_text=True)
    assert "Tên không có thật" in everybody
    assert "toi-go-mat-khau" not in everybody
    assert "Đã vào" not in everybody
    assert "Chưa lần nào" not in client.get("/admin/users?text=hatt").get_data(as_text=True)


def test_a_throttled_door_leaves_one_line_a_window_and_a_blocked_account_says_so(
    app: Flask, client: Client, make_user: Any, session: Session
) -> None:
    hashed = app.config["HASHER"].hash(PASSWORD)
    make_user(Role.COUNSELLOR, login="hatt", password_hash=hashed, is_active=False)
    with app.test_request_context():
        most = app.config["SETTINGS"].sign_in_tries
    for _ in range(most + 3):
        client.submit("/sign-in", {"login": "hatt", "password": PASSWORD})
    outcomes = session.scalars(select(SignIn.outcome)).all()
    assert outcomes.count(SignInOutcome.BLOCKED) >= most
    # the window may turn over while the test runs: then the count starts afresh
    assert outcomes.count(SignInOutcome.TOO_MANY) <= 2
    assert SignInOutcome.OK not in outcomes


def test_blocking_needs_a_reason_and_ends_every_session(
    client: Client, admin: User, make_user: Any, session: Session
) -> None:
    user = make_user(Role.COUNSELLOR, name="Trần Thu Hà", login="hatt")
    session.add(
        LoginSession(token_hash="a" * 64, user_id=user.id, epoch=user.epoch,
                     expires_at=user.created_at.replace(year=2100))
    )  # fmt: skip
    page = f"/admin/users/{user.key}"
    answer = client.submit(page, {"reason": "  "}, action="/block")
    assert answer.status_code == 422
    assert "Cần điền mục này" in answer.get_data(as_text=True)
    assert client.submit(page, {"reason": "Nghỉ việc"}, action="/block").status_code == 302
    session.refresh(user)
    assert not user.is_active
    assert (
        session.scalars(select(LoginSession.epoch).where(LoginSession.user_id == user.id)).one()
        < user.epoch
    )
    line = session.scalars(select(LedgerEntry).where(LedgerEntry.action == "block-user")).one()
    assert line.details["reason"] == "Nghỉ việc"
    assert "Đã khoá" in client.get(page).get_data(as_text=True)
    assert client.send(page, {}, action="/unblock").status_code == 302
    session.refresh(user)
    assert user.is_active


def test_a_role_is_changed_once_and_never_ones_own(
    client: Client, admin: User, make_user: Any, session: Session
) -> None:
    user = make_user(Role.COUNSELLOR, name="Trần Thu Hà", login="hatt")
    page = f"/admin/users/{user.key}"
    client.get(page)
    first = client.form(page)
    epoch = user.epoch
    assert client.send(page, {"role": "manager"}, action=page).status_code == 302
    session.refresh(user)
    assert (user.role, user.epoch) == (Role.MANAGER, epoch + 1)
    # a second administrator who opened the page before sees both versions, and keeps the typing
    data = {
        str(f["name"]): str(f.get("value", "")) for f in first.find_all("input") if f.get("name")
    }
    late = client.open(
        page, method="POST", data=data | {"name": "Trần Thu Hà Hai", "role": "counsellor"}
    )
    assert late.status_code == 409
    assert "đã lưu trước" in late.get_data(as_text=True)
    assert "Trần Thu Hà Hai" in late.get_data(as_text=True)
    own = f"/admin/users/{admin.key}"
    answer = client.submit(own, {"role": "counsellor"}, action=own)
    assert "Không tự đổi vai trò của mình" in answer.get_data(as_text=True)
    answer = client.submit(own, {"reason": "thử"}, action="/block")
    assert "Không tự khoá tài khoản của mình" in answer.get_data(as_text=True)
