"""Signing in, out, and what a copied cookie is worth."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import GuessCounter, LoginSession
from tests.support.client import Client

PASSWORD = "cảng-biển-2026"


@pytest.fixture
def user(app: Flask, make_user: Any) -> Any:
    hashed = app.config["HASHER"].hash(PASSWORD)
    return make_user(Role.ADMINISTRATOR, login="hatt", password_hash=hashed)


def sign_in(client: Client, login: str = "hatt", password: str = PASSWORD) -> Any:
    return client.submit("/sign-in", {"login": login, "password": password})


def test_a_person_signs_in_and_lands_on_their_desk(client: Client, user: Any) -> None:
    response = sign_in(client, login=" HaTT ")
    assert response.status_code == 302
    assert client.get("/").location == "/admin/users"
    assert "Quản trị" in client.get("/admin/users").get_data(as_text=True)


@pytest.mark.parametrize(("login", "password"), [("hatt", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_sign_in_never_says_which(
    client: Client, user: Any, login: str, password: str
) -> None:
    response = sign_in(client, login, password)
    assert response.status_code == 422
    text = response.get_data(as_text=True)
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in text
    assert client.page.title.get_text().startswith("Lỗi:")
    assert client.get("/admin/users").status_code == 302


def test_a_cookie_copied_before_signing_out_is_worth_nothing(client: Client, user: Any) -> None:
    sign_in(client)
    cookie = client.browser.get_cookie("jobcenter")
    assert client.get("/admin/users").status_code == 200
    assert client.send("/admin/users", {}, action="/sign-out").status_code == 302
    client.browser.set_cookie("jobcenter", cookie.value)
    assert client.get("/admin/users").status_code == 302


def test_an_idle_browser_is_signed_out(client: Client, user: Any) -> None:
    client.sign_in_as(user)
    assert client.get("/admin/users").status_code == 200
    with client.browser.session_transaction() as cookie:
        cookie["seen"] -= 31 * 60
    assert client.get("/admin/users").status_code == 302


def test_a_raised_epoch_or_a_block_ends_every_session(
    client: Client, user: Any, session: Session
) -> None:
    client.sign_in_as(user)
    assert client.get("/admin/users").status_code == 200
    user.epoch += 1
    assert client.get("/admin/users").status_code == 302
    client.sign_in_as(user)
    user.is_active = False
    assert client.get("/admin/users").status_code == 302


def test_guesses_are_counted_and_the_right_password_waits_too(
    client: Client, user: Any, session: Session
) -> None:
    answers = [sign_in(client, password="wrong").status_code for _ in range(6)]
    assert answers[:5].count(422) + answers.count(429) == 6 - answers[5:].count(422)
    assert 429 in answers
    assert session.scalars(select(GuessCounter.tries)).one() >= 5
    # another account from the same place is not held up
    assert sign_in(client, login="someone", password="x").status_code == 422


def test_only_the_hash_of_a_token_is_stored(client: Client, user: Any, session: Session) -> None:
    client.sign_in_as(user)
    stored = session.scalars(select(LoginSession.token_hash)).all()
    assert client.token not in stored
    assert len(stored[0]) == 64


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_nobody_is_sent_to_another_site(client: Client, target: str) -> None:
    assert client.get("/language/en", query_string={"next": target}).location == "/"


def test_the_switch_changes_the_whole_page(client: Client) -> None:
    assert client.get("/sign-in").status_code == 200
    assert client.page.html["lang"] == "vi"
    assert client.get("/language/en", query_string={"next": "/sign-in"}).location == "/sign-in"
    client.get("/sign-in")
    assert client.page.html["lang"] == "en"


@pytest.mark.parametrize(
    "path",
    [
        "/counsellor/seekers?page=99999999999999999999999",
        "/counsellor/seekers?page=-1&text=%00",
        "/counsellor/seekers?text=%ED%A0%80&size=1000000",
        "/counsellor/seekers/not-a-key",
        "/counsellor/seekers/00000000-0000-0000-0000-000000000000",
    ],
)
def test_odd_addresses_are_a_clear_answer_never_a_crash(
    client: Client, make_user: Any, path: str
) -> None:
    client.sign_in_as(make_user(Role.COUNSELLOR))
    assert client.get(path).status_code in (200, 404)


def test_every_answer_carries_the_headers(client: Client, user: Any) -> None:
    client.sign_in_as(user)
    for path in ("/admin/users", "/nowhere", "/sign-in", "/static/css/app.css"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == (
            "no-store" if "static" not in path else "public, max-age=86400"
        )
