"""A firm keeps its own everyday facts; the centre sees the zone added up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.enterprises.models import Enterprise, WorkforceFigure
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def firm(make_enterprise: Make) -> Enterprise:
    return make_enterprise(name="Công ty TNHH Sao Biển", park_code="nomura")


@pytest.fixture
def people(client: Client, firm: Enterprise, make_user: Make) -> Client:
    return client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=firm, is_admin=False))


def test_record_contacts_and_buses_are_the_firms_own(
    people: Client, session: Session, firm: Enterprise
) -> None:
    path = f"/enterprise/firms/{firm.key}"
    assert people.submit(f"{path}/edit", {"phone": "12"}).status_code == 422
    assert people.send(f"{path}/edit", {"phone": "0912 345 678"}).status_code == 302
    contact = {"contacts-0-name": "Lê Minh Đức", "contacts-0-phone": "0912 345 679"}
    assert people.submit(f"{path}/contacts", contact).status_code == 302
    stops = "6h10 Ngã tư Quán Mau | Phường Lê Chân\nChợ Hàng"
    bus = {"routes-0-name": "Tuyến 3", "routes-0-stops": stops}
    assert people.submit(f"{path}/buses", bus).status_code == 302
    page = people.get(path).text
    for told in ("0912 345 678", "Lê Minh Đức", "06:10", "Ngã tư Quán Mau"):
        assert told in page
    wrong = {"routes-0-stops": "26:10 Chợ Hàng"}
    answer = people.submit(f"{path}/buses", wrong)
    assert answer.status_code == 422
    assert "26:10" in answer.text


def test_the_second_of_two_who_edit_the_buses_is_told(
    people: Client, session: Session, firm: Enterprise
) -> None:
    path = f"/enterprise/firms/{firm.key}/buses"
    people.submit(path, {"routes-0-name": "Tuyến 1", "routes-0-stops": "6:10 Chợ Hàng"})
    people.get(path)
    opened = people.page
    people.submit(path, {"routes-0-stops": "6:10 Chợ Hàng\n6:20 Cầu Rào"})
    people.page = opened
    answer = people.send(path, {"routes-0-stops": "6:30 Chợ Đổ"})
    assert answer.status_code == 409
    assert "Cầu Rào" in answer.text
    assert "Chợ Đổ" in answer.text


def test_workforce_is_written_corrected_and_withdrawn(
    people: Client, session: Session, firm: Enterprise
) -> None:
    path = f"/enterprise/firms/{firm.key}/workforce"
    told = {"as_of": "31/12/2025", "vietnamese": "1.200", "foreign": "0", "source": "report"}
    for wrong, field in (
        ({"vietnamese": ""}, "vietnamese"), ({"foreign": ""}, "foreign"),
        ({"source": ""}, "source"), ({"as_of": "31/12/2099"}, "as_of"),
        ({"female": "5.000"}, "female"), ({"source": "zone"}, "source"),
    ):  # fmt: skip
        answer = people.submit(path, told | wrong)
        assert answer.status_code == 422, wrong
        assert people.page.find(id=f"{field}-error"), wrong
    assert people.submit(path, told).status_code == 302
    assert people.submit(path, told | {"vietnamese": "1.250"}).status_code == 302
    page = people.get(path).text
    assert "Đã thay" in page
    assert "1.250" in people.get(f"/enterprise/firms/{firm.key}").text
    session.expire_all()
    assert firm.size_band == "over-1000"
    current = select(WorkforceFigure.key).where(WorkforceFigure.replaced_at.is_(None))
    action = f"{path}/{session.scalars(current).one()}/withdraw"
    people.get(path)
    assert people.post(action, {"why": ""}).status_code == 422
    assert people.post(action, {"why": "Nhầm"}).status_code == 302
    assert people.post(action, {"why": "Nhầm"}).status_code == 404


def test_the_centre_adds_the_zone_up_to_a_day(
    client: Client, session: Session, firm: Enterprise, make_user: Make
) -> None:
    client.sign_in_as(make_user(Role.COUNSELLOR))
    path = f"/counsellor/enterprises/{firm.key}/workforce"
    told = {"vietnamese": "1.200", "foreign": "30", "female": "800", "source": "zone"}
    for day in ("31/12/2020", "31/12/2025"):
        assert client.submit(path, told | {"as_of": day}).status_code == 302
    assert "1.200" in client.get("/counsellor/enterprises/workforce?on=31/12/2020").text
    assert "1.200" not in client.get("/counsellor/enterprises/workforce?on=01/01/2020").text
    for odd in ("?on=x", "?on=31/02/2026", ""):
        assert client.get(f"/counsellor/enterprises/workforce{odd}").status_code == 200
    assert "theo số ngày" in client.get(f"/counsellor/enterprises/{firm.key}/edit").text


def test_nomura_finds_the_firms_of_the_park_by_its_other_name(
    client: Client, firm: Enterprise, make_enterprise: Make, make_user: Make
) -> None:
    make_enterprise(name="Cơ khí Hàm Rồng", park_code="vsip", tax_number="0209876543")
    client.sign_in_as(make_user(Role.COUNSELLOR))
    for text in ("nomura", "Nhật Bản", "nomura sao bien"):
        page = client.get("/counsellor/enterprises", query_string={"text": text}).text
        assert "Sao Biển" in page, text
        assert "Hàm Rồng" not in page, text
    assert "Hàm Rồng" in client.get("/counsellor/enterprises?text=0209876543").text
    assert "(Nomura)" in client.get("/counsellor/enterprises/new").text
    answer = client.submit(
        "/counsellor/enterprises/new",
        {"name": "Chi nhánh Cát Hải", "tax_number": f"{firm.tax_number}-001",
         "parent": firm.name, "park_code": "deep-c-3"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert "Chi nhánh Cát Hải" in client.get(f"/counsellor/enterprises/{firm.key}").text
