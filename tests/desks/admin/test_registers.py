"""The pages of occupations, communes, parks, wages, target groups and the calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.catalogue import queries
from jobcenter.catalogue.models import Commune, Occupation, Park
from tests.support.client import Client

READ = (
    "/admin/lists", "/admin/lists/K", "/admin/occupations", "/admin/occupations?text=tho+may",
    "/admin/occupations/8", "/admin/occupations/8153", "/admin/communes",
    "/admin/communes?text=huyện An Dương", "/admin/communes/11581", "/admin/parks",
    "/admin/wages", "/admin/target-groups", "/admin/calendar", "/admin/calendar?year=2027",
    "/admin/calendar?year=2099",
)  # fmt: skip
WRITE = (
    "/admin/lists/K/new", "/admin/lists/K/night", "/admin/parks/new", "/admin/parks/nomura",
    "/admin/target-groups/HN",
)  # fmt: skip


@pytest.fixture
def admin(client: Client, make_user: Any) -> Client:
    return client.sign_in_as(make_user(Role.ADMINISTRATOR))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_register_reads_in_both_languages(admin: Client, language: str) -> None:
    admin.get(f"/language/{language}")
    for path in (*READ, *WRITE):
        assert admin.get(path).status_code == 200, path


def test_staff_read_every_register_and_write_none(client: Client, make_user: Any) -> None:
    client.sign_in_as(make_user(Role.SCHOOL_STAFF))
    for path in READ:
        assert client.get(path).status_code == 200, path
        assert "Ghi ngày" not in client.page.get_text()
    for path in WRITE:
        assert client.get(path).status_code == 403, path
    for path in ("/admin/occupations/8153", "/admin/communes/11581", "/admin/wages",
                 "/admin/calendar"):  # fmt: skip
        assert client.post(path, {"name_en": "x", "aliases": "x"}).status_code == 403, path


def test_a_district_that_is_no_more_is_found(admin: Client) -> None:
    text = admin.get("/admin/communes?text=huyen+an+duong").get_data(as_text=True)
    assert "Phường An Dương" in text
    assert "Phường Hồng An" in text
    assert "Phường Lê Chân" not in text


def test_aliases_regions_parks_and_phrases_are_kept_on_their_pages(
    admin: Client, session: Session
) -> None:
    page = "/admin/communes/11560"
    names = {"aliases": "huyện Thuỷ Nguyên\nNúi Đèo"}
    admin.get(page)
    assert admin.post(page, names).status_code == 302
    assert session.get(Commune, "11560").aliases == ("huyện Thuỷ Nguyên", "Núi Đèo")
    admin.get(page)
    sent = {"region": "2", "valid_from": "01/01/2028", "source": "thử"}
    assert admin.send(page, sent, action="/region").status_code == 302
    assert queries.region_of_commune(session, "11560", on=dt.date(2028, 2, 1)) == 2

    park = "/admin/parks/nomura"
    shown = admin.get(park).get_data(as_text=True)
    assert "Nomura" in shown
    wrong = admin.send(park, {"communes": "Nơi không có"})
    assert wrong.status_code == 422
    assert "Nơi không có" in wrong.get_data(as_text=True)
    assert admin.send(park, {"communes": "11602 Phường Hồng An\nAn Phong"}).status_code == 302
    assert session.get(Park, "nomura").communes == ("11602", "11593")
    new = {"code": "khu-thu", "name_vi": "KCN Thử", "name_en": "Trial Park", "communes": "11560"}
    assert admin.submit("/admin/parks/new", new).status_code == 302
    assert "KCN Thử" in admin.get("/admin/parks").get_data(as_text=True)

    job = "/admin/occupations/8153"
    assert admin.submit(job, {"phrase": "thợ chạy chuyền"}, action="/phrases").status_code == 302
    assert (
        "thợ chạy chuyền"
        in admin.get("/admin/occupations?text=tho chay chuyen").get_data(as_text=True)
        or "8153" in admin.page.get_text()
    )
    admin.get(job)
    assert admin.post(job, {"name_en": "Sewers"}).status_code == 302
    assert session.get(Occupation, "8153").name_en == "Sewers"


def test_wages_groups_and_days_are_written_by_date(admin: Client, session: Session) -> None:
    sent = {"valid_from": "01/07/2027", "source": "nghị định thử"}
    for region, (month, hour) in enumerate(
        [("5.700.000", "27.400"), ("5.080.000", "24.400"), ("4.450.000", "21.400"), ("3.980.000",
         "19.100")], start=1,
    ):  # fmt: skip
        sent |= {f"monthly_{region}": month, f"hourly_{region}": hour}
    wrong = admin.submit("/admin/wages", sent | {"monthly_2": "6.000.000"})
    assert wrong.status_code == 422
    assert "cao hơn vùng trên nó" in wrong.get_data(as_text=True)
    assert "27.400" in wrong.get_data(as_text=True)
    assert admin.submit("/admin/wages", sent).status_code == 302
    assert queries.minimum_wage(session, region=1, on=dt.date(2027, 7, 1)) == 5_700_000

    group = {
        "valid_from": "01/01/2027",
        "support": "5.000.000",
        "support_special": "",
        "source": "quyết định thử",
    }
    assert admin.submit("/admin/target-groups/HN", group).status_code == 302
    day = {"day": "10/09/2027", "kind": "off", "name_vi": "Nghỉ", "name_en": "Off", "source": "tb"}
    assert admin.submit("/admin/calendar", day).status_code == 302
    assert "10/09/2027" in admin.get("/admin/calendar?year=2027").get_data(as_text=True)
    assert not queries.is_working_day(session, dt.date(2027, 9, 10))
