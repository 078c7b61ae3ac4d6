from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.enterprises.models import Enterprise, Member
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def staff(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


def test_a_firm_is_written_down_found_and_shown(staff: Client, session: Session) -> None:
    answer = staff.submit(
        "/counsellor/enterprises/new",
        {
            "name": "Công ty TNHH Điện tử Cát Bi",
            "tax_number": "0201234567",
            "type": "foreign",
            "phone": "0225 3 812 345",
            "commune_code": "Phường Lê Chân",
            "size_band": "501-1000",
        },
    )
    assert answer.status_code == 302
    firm = session.scalars(select(Enterprise)).one()
    assert firm.phone == "+842253812345"
    assert firm.commune_code
    assert "Điện tử Cát Bi" in staff.get(answer.location).text
    assert "Điện tử Cát Bi" in staff.get("/counsellor/enterprises?text=dien+tu+cat").text
    assert "Điện tử Cát Bi" not in staff.get("/counsellor/enterprises?standing=approved").text


def test_wrong_numbers_are_said_at_their_fields(staff: Client, session: Session) -> None:
    answer = staff.submit(
        "/counsellor/enterprises/new", {"name": "Công ty Sao Biển", "tax_number": "123"}
    )
    assert answer.status_code == 422
    assert staff.page is not None
    assert "10 số" in staff.page.find(id="tax_number-error").get_text()
    answer = staff.send(
        "/counsellor/enterprises/new", {"tax_number": "0201234567-001", "phone": "091234567"}
    )
    assert answer.status_code == 422
    assert "Cần 10 số, đang có 9" in answer.text
    assert staff.send("/counsellor/enterprises/new", {"phone": ""}).status_code == 302


def test_the_second_editor_is_told(staff: Client, make_enterprise: Make) -> None:
    firm = make_enterprise(name="Công ty Sao Biển")
    path = f"/counsellor/enterprises/{firm.key}/edit"
    staff.get(path)
    stale = staff.page
    assert staff.submit(path, {"sector": "May mặc"}).status_code == 302
    staff.page = stale
    answer = staff.send(path, {"sector": "Giày da"})
    assert answer.status_code == 409
    assert staff.page is not None
    both = staff.page.find(class_="merge").get_text(" ")
    assert "May mặc" in both
    assert "Giày da" in both
    assert staff.send(path, {"pick-sector": "mine"}).status_code == 302


def test_contacts_and_buses_are_replaced_as_a_whole(
    staff: Client, session: Session, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    path = f"/counsellor/enterprises/{firm.key}"
    for name in ("Lê Minh Đức", "Vũ Kim Oanh"):
        answer = staff.submit(
            f"{path}/contacts", {"contacts-0-name": name, "contacts-0-phone": "0912 345 678"}
        )
        assert answer.status_code == 302
    stops = "06:10 Ngã tư Quán Mau | Phường Lê Chân\n06:25 Chợ Hàng"
    for _ in range(2):
        answer = staff.submit(
            f"{path}/buses", {"routes-0-name": "Tuyến 3", "routes-0-stops": stops}
        )
        assert answer.status_code == 302
    session.expire_all()
    saved = session.get(Enterprise, firm.id)
    assert saved is not None
    assert [one.name for one in saved.contacts] == ["Vũ Kim Oanh"]
    (route,) = saved.bus_routes
    assert [(s.position, s.at, s.name) for s in route.stops] == [
        (1, "06:10", "Ngã tư Quán Mau"),
        (2, "06:25", "Chợ Hàng"),
    ]
    assert route.stops[0].commune_code
    page = staff.get(path).text
    assert "Ngã tư Quán Mau" in page
    assert "0912 345 678" in page


def test_a_stop_in_no_known_place_is_refused_in_words(staff: Client, make_enterprise: Make) -> None:
    path = f"/counsellor/enterprises/{make_enterprise().key}/buses"
    answer = staff.submit(path, {"routes-0-name": "Tuyến 3", "routes-0-stops": "Chợ | Xã Vô Danh"})
    assert answer.status_code == 422
    assert staff.page is not None
    told = staff.page.find(class_="error-summary").get_text(" ")
    assert "Sửa giúp 1 chỗ" in told
    assert "Xã Vô Danh" in told


def test_only_an_enterprise_account_acts_for_one_firm(
    staff: Client, session: Session, make_enterprise: Make, make_user: Make
) -> None:
    one, other = make_enterprise(), make_enterprise()
    make_user("enterprise-user", login="dungle")
    make_user("manager", login="quanly")
    path = f"/counsellor/enterprises/{one.key}/members"
    assert staff.submit(path, {"login": "quanly"}).status_code == 422
    assert staff.submit(path, {"login": "dungle"}).status_code == 302
    assert session.scalars(select(Member.enterprise_id)).all() == [one.id]
    answer = staff.submit(f"/counsellor/enterprises/{other.key}/members", {"login": "dungle"})
    assert answer.status_code == 422
    assert "đã làm việc cho một công ty khác" in answer.text


def test_working_with_a_firm_is_decided_with_a_reason(staff: Client, make_enterprise: Make) -> None:
    firm = make_enterprise(standing="pending")
    path = f"/counsellor/enterprises/{firm.key}"
    staff.get(path)
    assert staff.send(path, {"verb": "approve"}, action="standing").status_code == 302
    assert "Đang hợp tác" in staff.get(path).text
    answer = staff.send(path, {"verb": "ban"}, action="standing")
    assert answer.status_code == 422
    assert "Ghi lý do" in answer.text
    assert staff.page.find(id="reason-error")
    told = {"verb": "ban", "reason": "Thu tiền của người lao động"}
    assert staff.send(path, told, action="standing").status_code == 302
    page = staff.get(path).text
    assert "Bị cấm" in page
    assert "Thu tiền của người lao động" in page
    assert staff.send(path, {"verb": "ban", "reason": "x"}, action="standing").status_code == 422
    assert staff.send(path, {"verb": "x", "reason": "x"}, action="standing").status_code == 422
    told = {"verb": "lift", "reason": "Đã hoàn tiền"}
    assert staff.send(path, told, action="standing").status_code == 302
    assert "Đang hợp tác" in staff.get(path).text


def test_vacancies_of_a_banned_firm_are_said_to_be_held_with_it(
    staff: Client, make_enterprise: Make, make_vacancy: Make
) -> None:
    for standing, says in (("approved", "Đang tuyển"), ("banned", "Dừng cùng doanh nghiệp")):
        firm = make_enterprise(standing=standing)
        vacancy = make_vacancy(enterprise=firm)
        for path in (f"enterprises/{firm.key}", f"vacancies/{vacancy.key}"):
            staff.get(f"/counsellor/{path}")
            assert staff.page is not None
            tags = {tag.get_text(" ", strip=True) for tag in staff.page.select("main .tag")}
            assert says in tags
            assert len(tags & {"Đang tuyển", "Dừng cùng doanh nghiệp"}) == 1
