"""One's own account: password, second factor, sessions, and the password asked again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import LoginSession, SignIn, User
from jobcenter.accounts.rules import start_session
from jobcenter.desks.browsers import browser_name
from jobcenter.kernel import clock
from tests.building.test_access import address, routes
from tests.support.client import Client

PASSWORD = "cảng-biển-xanh-2026"
NEW = "tàu về bến lúc sáu giờ"


@pytest.fixture
def user(app: Flask, make_user: Any) -> User:
    hashed = app.config["HASHER"].hash(PASSWORD)
    return make_user(Role.ADMINISTRATOR, login="hatt", password_hash=hashed)


@pytest.fixture
def strict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A centre where staff and firms' administrators need a second factor."""
    roles = "administrator,manager,counsellor,school-staff,firm-administrator"
    settings = app.config["SETTINGS"].model_copy(update={"require_totp": roles})
    monkeypatch.setitem(app.config, "SETTINGS", settings)


def sign_in(client: Client, password: str = PASSWORD) -> Any:
    return client.submit("/sign-in", {"login": "hatt", "password": password})


def enrol(client: Client, user: User) -> list[str]:
    """Set the factor up as a person does; return the recovery codes."""
    assert client.submit("/account/factor", {}, action="/factor/begin").status_code == 303
    page = client.get("/account/factor")
    assert client.get("/account/factor/qr.svg").mimetype == "image/svg+xml"
    secret = user.totp_secret or ""
    assert secret[:4] in page.text
    client.get("/account/factor")
    code = pyotp.TOTP(secret).at(clock.now())
    answer = client.send("/account/factor", {"code": code}, action="/factor/confirm")
    assert answer.status_code == 200, answer.text
    assert client.page
    return [str(one.get_text()) for one in client.page.find_all("code")]


def forget(client: Client) -> None:
    """Go to another browser."""
    client.browser = client.app.test_client()
    client.page = None


def test_a_required_factor_comes_before_everything_else(
    app: Flask, client: Client, user: User, session: Session, strict: None
) -> None:
    assert sign_in(client).status_code == 302
    client.page, reached = None, []
    for rule in routes(app):
        view = app.view_functions[rule.endpoint]
        if getattr(view, "policy", "") == "public" or getattr(view, "early", False):
            continue
        for method in {"GET", "POST"} & (rule.methods or set()):
            data = {"csrf_token": client.csrf()} if method == "POST" else None
            answer = client.open(address(app, rule, {}), method=method, data=data)
            if (answer.status_code, answer.location) != (303, "/account/factor"):
                reached.append((method, rule.rule, answer.status_code))
    assert not reached
    codes = enrol(client, user)
    assert client.get("/admin/users").status_code == 200
    forget(client)
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (302, "/sign-in/code")
    assert client.get("/admin/users").status_code == 302  # half a session opens nothing
    client.get("/sign-in/code")
    assert client.send("/sign-in/code", {"code": codes[0]}).status_code == 302
    assert client.get("/admin/users").status_code == 200


def test_firm_administrators_need_it_other_users_of_a_firm_and_seekers_do_not(
    app: Flask, client: Client, make_user: Any, make_enterprise: Any, make_seeker: Any,
    session: Session, strict: None,
) -> None:  # fmt: skip
    boss = make_user(Role.ENTERPRISE_USER, enterprise=make_enterprise())
    client.sign_in_as(boss)
    assert client.get("/enterprise/vacancies").location == "/account/factor"
    client.sign_in_as(make_user(Role.SEEKER, person=make_seeker().person))
    assert client.get("/me/file").status_code == 200
    assert "Chưa bật" in client.get("/account/").text


def test_the_second_step_is_throttled_noted_and_bound_to_the_first(
    app: Flask, client: Client, user: User, session: Session
) -> None:
    client.sign_in_as(user)
    codes = enrol(client, user)
    assert client.get("/sign-in/code").location == "/" if False else True
    forget(client)
    assert client.get("/sign-in/code").location == "/sign-in"
    with clock.frozen(clock.now()):
        sign_in(client)
        client.get("/sign-in/code")
        answers = [client.send("/sign-in/code", {"code": "999999"}) for _ in range(11)]
        assert [a.status_code for a in answers] == [422] * 9 + [429] * 2  # one try was enrolment
        # the right code waits as well, from wherever it comes
        assert client.send("/sign-in/code", {"code": codes[0]}).status_code == 429
    wrong = session.scalars(select(SignIn).where(SignIn.outcome == "wrong-code")).all()
    assert len(wrong) == 9
    with clock.frozen(clock.now() + dt.timedelta(minutes=11)):
        assert client.get("/sign-in/code").location == "/sign-in"  # the half session is over


def test_people_change_name_language_and_password(
    client: Client, user: User, session: Session
) -> None:
    sign_in(client)
    changed = {"name": "Trần Thị Thu Hà", "locale": "en"}
    assert client.submit("/account/", changed).status_code == 303
    assert user.name == "Trần Thị Thu Hà"
    assert "My account" in client.get("/account/").text
    client.get("/language/vi?next=/account/")
    stale = {"name": "X", "version": "1"}
    assert client.submit("/account/", stale).status_code == 422
    page = "/account/password"
    wrong = {"current": "sai", "password": NEW, "again": NEW}
    assert "hiện tại chưa đúng" in client.submit(page, wrong).text
    assert "khác nhau" in client.submit(page, wrong | {"again": "khác"}).text
    assert "15" in client.submit(page, {"current": PASSWORD, "password": "x", "again": "x"}).text
    right = {"current": PASSWORD, "password": NEW, "again": NEW}
    assert client.submit(page, right).status_code == 303
    assert client.get("/admin/users").status_code == 200  # this browser stays
    forget(client)
    assert sign_in(client).status_code == 422
    assert sign_in(client, NEW).status_code == 302


def test_sessions_are_listed_and_ended(
    client: Client, user: User, make_user: Any, session: Session
) -> None:
    there = start_session(
        session, user=user, hours=1, browser="Mozilla/5.0 (Windows NT 10.0) Chrome/140 Edg/140",
        address="10.1.2.3",
    )  # fmt: skip
    third = start_session(session, user=user, hours=1, browser="")
    foreign = start_session(session, user=make_user(Role.MANAGER), hours=1, browser="")
    client.sign_in_as(user)
    page = client.get("/account/").text
    assert "Edge, Windows" in page
    assert "10.1.2.3" in page
    rows = session.scalars(select(LoginSession).order_by(LoginSession.id)).all()
    assert client.post(f"/account/sessions/{rows[2].key}/end").status_code == 404
    assert client.post(f"/account/sessions/{rows[0].key}/end").status_code == 303
    assert replay(client, there, user) == 302
    client.get("/account/")
    assert client.post("/account/sessions/end-others").status_code == 303
    assert replay(client, third, user) == 302
    assert client.get("/account/").status_code == 200
    assert session.get(LoginSession, rows[2].id).ended_at is None
    assert foreign


def replay(client: Client, token: str, user: User) -> int:
    """Open a page with a copied cookie in another browser."""
    other = Client(client.app, client.session)
    with other.browser.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["seen"] = int(clock.now().timestamp())
    return other.get("/account/").status_code


def test_weighty_acts_ask_for_the_password_again_and_lose_nothing(
    client: Client, user: User, make_user: Any, session: Session
) -> None:
    other = make_user(Role.COUNSELLOR, login="quen")
    client.sign_in_as(user)
    path = f"/admin/users/{other.key}"
    client.get(path)
    session.scalars(select(LoginSession)).one().proved_at -= dt.timedelta(minutes=16)
    token = client.token
    answer = client.send(path, {"name": "Đỗ Thị Quyên", "role": "manager"}, action=path)
    assert answer.status_code == 403
    assert session.get(User, other.id).role == Role.COUNSELLOR
    assert client.send(path, {"proof": "sai"}).status_code == 422
    assert client.send(path, {"proof": PASSWORD}).status_code == 302
    saved = session.get(User, other.id)
    assert (saved.name, saved.role) == ("Đỗ Thị Quyên", Role.MANAGER)
    assert replay(client, token, user) == 302  # the session goes on under a new token
    assert client.get(path).status_code == 200
    # a page that only shows leads over the small form and back
    session.scalars(select(LoginSession)).one().proved_at -= dt.timedelta(minutes=16)
    there = client.get("/account/factor").location
    assert there == "/account/confirm?next=/account/factor"
    assert client.submit(there, {"current": "sai"}).status_code == 422
    assert client.submit(there, {"current": PASSWORD}).location == "/account/factor"
    assert client.get("/account/factor").status_code == 200


def _change_password(client: Client, _desk: Client, _user: User) -> None:
    client.submit("/account/password", {"current": PASSWORD, "password": NEW, "again": NEW})


def _by_administrator(values: dict[str, str], part: str) -> Any:
    def act(_client: Client, desk: Client, user: User) -> None:
        page = f"/admin/users/{user.key}"
        assert desk.submit(page, values, action=page + part).status_code in (302, 303)

    return act


def _reset_factor(_client: Client, desk: Client, user: User) -> None:
    user.totp_since = clock.now()
    _by_administrator({}, "/factor/reset")(_client, desk, user)
    assert user.totp_since is None


REPLAYS = {
    "sign-out": lambda client, _desk, _user: client.send("/account/", {}, action="/sign-out"),
    "password": _change_password,
    "role": _by_administrator({"role": "manager"}, ""),
    "block": _by_administrator({"reason": "nghỉ việc"}, "/block"),
    "password set by another": _by_administrator({"password": NEW}, "/password"),
    "factor": lambda client, _desk, user: enrol(client, user),
    "factor reset": _reset_factor,
    "step-up": lambda client, _d, _u: client.submit("/account/confirm", {"current": PASSWORD}),
}
LATER = {"expiry": dt.timedelta(hours=12, minutes=1), "idle": dt.timedelta(minutes=31)}


@pytest.mark.parametrize("end", [*REPLAYS, *LATER])
def test_no_replayed_cookie_is_accepted(
    app: Flask, client: Client, user: User, make_user: Any, session: Session, end: str
) -> None:
    boss = make_user(Role.ADMINISTRATOR, password_hash=user.password_hash)
    sign_in(client)
    assert client.get("/account/").status_code == 200
    copied = client.browser.get_cookie("jobcenter")
    assert copied
    desk = Client(app, session).sign_in_as(boss)
    REPLAYS.get(end, lambda *_: None)(client, desk, user)
    session.expire_all()
    thief = app.test_client()
    thief.set_cookie("jobcenter", copied.value)
    with clock.frozen(clock.now() + LATER.get(end, dt.timedelta())):
        answer = thief.get("/account/")
        assert (answer.status_code, answer.location) == (302, "/sign-in?next=/account/")


def test_signing_in_never_goes_on_with_the_session_before(client: Client, user: User) -> None:
    with client.browser.session_transaction() as cookie:
        cookie["_user_id"] = "chosen-by-somebody-else"
        cookie["mark"] = "kept?"
    sign_in(client)
    with client.browser.session_transaction() as cookie:
        assert cookie["_user_id"] != "chosen-by-somebody-else"
        assert "mark" not in cookie


def test_browsers_have_names() -> None:
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    assert browser_name(iphone) == "Safari, iPhone"
    assert browser_name("curl/8.0") == "curl/8.0"
    assert browser_name("") == "–"
