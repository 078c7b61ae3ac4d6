"""The settings page, and a setting at work the moment it is saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jobcenter.accounts.choices import Role
from jobcenter.kernel import clock
from jobcenter.settings.choices import REGISTER
from tests.support.client import Client


@pytest.fixture
def admin(client: Client, make_user: Any) -> Client:
    return client.sign_in_as(make_user(Role.ADMINISTRATOR, name="Vũ Thanh Tùng"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_setting_has_its_page(admin: Client, language: str) -> None:
    admin.get(f"/language/{language}")
    text = admin.get("/admin/settings").get_data(as_text=True)
    for key in REGISTER:
        assert f"/admin/settings/{key}" in text
        assert admin.get(f"/admin/settings/{key}").status_code == 200
    assert admin.get("/admin/settings/nothing").status_code == 404


def test_a_setting_counts_when_saved_and_a_later_one_can_be_taken_back(
    admin: Client, make_user: Any
) -> None:
    page = "/admin/settings/legal-age"
    wrong = admin.submit(page, {"value": "99"})
    assert wrong.status_code == 422
    assert "Từ 13 đến 21" in wrong.get_data(as_text=True)
    assert admin.submit(page, {"value": "18"}).status_code == 302
    text = admin.get("/admin/settings").get_data(as_text=True)
    assert "18\u00a0tuổi" in text
    assert "Vũ Thanh Tùng" in text
    counter = Client(admin.app, admin.session).sign_in_as(make_user(Role.COUNSELLOR))
    year = clock.today().year - 16
    intake = {"full_name": "Nguyễn Văn Trẻ", "birth": f"01/01/{year}", "phone": "0912345678",
              "consents": ["register"]}  # fmt: skip
    refused = counter.submit("/counsellor/seekers/new", intake)
    assert refused.status_code == 422
    assert "Chưa đủ 18 tuổi" in refused.get_data(as_text=True)

    later = (clock.today() + dt.timedelta(days=30)).strftime("%d/%m/%Y")
    assert admin.submit(page, {"value": "15", "valid_from": later}).status_code == 302
    assert "Chưa đến ngày" in admin.get(page).get_data(as_text=True)
    assert admin.send(page, {}, action="/withdraw").status_code == 302
    assert "Chưa đến ngày" not in admin.get(page).get_data(as_text=True)
    assert admin.post(f"{page}/withdraw", {"valid_from": "31/02"}).status_code == 404


def test_staff_are_invited_by_a_link_shown_once(admin: Client) -> None:
    data = {"name": "Lê Thị Mới", "role": "counsellor", "login": "moilt"}
    assert admin.submit("/admin/invitations/new", data).status_code == 302
    shown = admin.get("/admin/invitations").get_data(as_text=True)
    link = str(admin.page.select_one("#invitation-link")["value"])
    assert "Lê Thị Mới" in shown
    assert admin.get("/admin/invitations").get_data(as_text=True).count("/invitation/") == 0
    # a firm's or a seeker's role is not for staff invitations
    assert admin.submit("/admin/invitations/new", data | {"role": "seeker"}).status_code == 422
    path = link.rsplit("localhost", maxsplit=1)[-1]
    new = Client(admin.app, admin.session)
    assert new.get(path).status_code == 200
    admin.get("/admin/invitations")
    assert admin.send("", {}, action="/resend").status_code == 302
    admin.get("/admin/invitations")
    assert new.get(path).status_code == 404
    admin.get("/admin/invitations")
    assert admin.send("", {}, action="/revoke").status_code == 302
    assert "Đã thu hồi" in admin.get("/admin/invitations").get_data(as_text=True)
