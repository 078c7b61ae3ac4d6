"""The pages of the two units, and the name that every page and paper carries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.catalogue import units
from jobcenter.catalogue.choices import Unit
from jobcenter.kernel import clock
from jobcenter.seekers.models import Seeker
from tests.support.client import Client


@pytest.fixture
def admin(client: Client, make_user: Any) -> Client:
    return client.sign_in_as(make_user(Role.ADMINISTRATOR))


def test_a_new_name_stands_at_the_foot_of_every_page_from_its_day(
    admin: Client, session: Session
) -> None:
    foot = "Trung tâm Dịch vụ việc làm Khu kinh tế – Ban Quản lý Khu kinh tế Hải Phòng"
    assert foot in admin.get("/admin/units").get_data(as_text=True)
    today = clock.today().strftime("%d/%m/%Y")
    tomorrow = (clock.today() + dt.timedelta(days=1)).strftime("%d/%m/%Y")
    name = {"name_vi": "Trung tâm Việc làm Hải Phòng", "source": "quyết định thử"}
    page = "/admin/units/centre"
    assert admin.submit(page, name | {"valid_from": tomorrow}, action=page).status_code == 302
    assert foot in admin.get("/help").get_data(as_text=True)
    assert admin.submit(page, name | {"valid_from": today}, action=page).status_code == 302
    text = admin.get("/help").get_data(as_text=True)
    assert "Trung tâm Việc làm Hải Phòng – Ban Quản lý" in text
    assert foot not in text
    admin.get("/language/en")
    text = admin.get("/help").get_data(as_text=True)
    assert "Economic Zone Employment Service Centre – Hai Phong Economic Zone Authority" in text


def test_who_signs_and_how_numbers_look_are_kept_on_the_page(
    admin: Client, session: Session, make_user: Any
) -> None:
    person = {"name": "Phạm Thị Ký", "title_vi": "Giám đốc", "title_en": "Director",
              "valid_from": "01/01/2026"}  # fmt: skip
    assert admin.submit("/admin/units/centre/signatories/new", person).status_code == 302
    text = admin.get("/admin/units/centre").get_data(as_text=True)
    assert "Phạm Thị Ký" in text
    assert "Đang ký" in text
    found = units.unit_at(session, Unit.CENTRE, clock.today()).signers
    assert [one.name for one in found] == ["Phạm Thị Ký"]
    wrong = admin.send("", {"last_day": "hôm qua"}, action="/end")
    assert wrong.status_code == 422
    admin.get("/admin/units/centre")
    assert admin.send("", {"last_day": "31/10/2026"}, action="/end").status_code == 302
    assert "Đang ký" not in admin.get("/admin/units/centre").get_data(as_text=True)

    new = {"paper": "seeker-file", "pattern": "{number}/{year}/HS", "width": "4",
           "valid_from": clock.today().strftime("%d/%m/%Y")}  # fmt: skip
    assert admin.submit("/admin/units/centre/formats/new", new).status_code == 302
    year = clock.today().year
    assert f"0012/{year}/HS" in admin.get("/admin/units/centre").get_data(as_text=True)
    # the very next file bears the new number
    client = Client(admin.app, session).sign_in_as(make_user(Role.COUNSELLOR))
    intake = {"full_name": "Nguyễn Văn Mới", "birth": "2000", "phone": "0912345678",
              "consents": ["register"]}  # fmt: skip
    client.submit("/counsellor/seekers/new", intake)
    numbers = [one.number for one in session.query(Seeker)]
    assert numbers == [f"0001/{year}/HS"]


@pytest.mark.parametrize("path", ["/admin/units/nobody", "/admin/units/nobody/formats/new"])
def test_there_are_two_units(admin: Client, path: str) -> None:
    assert admin.get(path).status_code == 404
