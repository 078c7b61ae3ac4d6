"""One sheet, several jobs: entered on one page without script, kept whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock
from jobcenter.vacancies.models import RecruitmentSheet, Vacancy
from tests.support.client import Client

Make = Callable[..., Any]
NEW = "/enterprise/sheets/new"
CONTACT = {
    "contact_name": "Chị Lan",
    "contact_position": "Nhân sự",
    "contact_phone": "0912 345 678",
}


@pytest.fixture
def firm(make_enterprise: Make) -> Enterprise:
    return make_enterprise(name="Công ty TNHH Cơ khí Hàm Rồng")


@pytest.fixture
def boss(client: Client, make_user: Make, firm: Enterprise) -> Client:
    return client.sign_in_as(make_user("enterprise-user", enterprise=firm))


def job(place: int, title: str, headcount: str = "5", **more: str) -> dict[str, str]:
    parts = {"title": title, "headcount": headcount} | more
    return {f"jobs-{place}-{name}": value for name, value in parts.items()}


def test_a_sheet_makes_a_draft_of_each_job_with_the_contact_written_once(
    boss: Client, session: Session, firm: Enterprise
) -> None:
    round_ = {"round_number": "1", "round_month": "11/2026"}
    sent = CONTACT | round_ | job(0, "Thợ hàn", "12", pay_min="9.000.000") | job(2, "Thợ tiện")
    boss.get(NEW)
    page = boss.page
    answer = boss.send(NEW, sent)
    assert answer.status_code == 302
    boss.page = page
    assert boss.send(NEW, sent).location == answer.location  # the same form once more
    sheet = session.scalars(select(RecruitmentSheet)).one()
    assert sheet.number == f"PN-{clock.today().year}-0001"
    made = session.scalars(select(Vacancy).order_by(Vacancy.id)).all()
    assert [(v.title, v.headcount, v.pay_min) for v in made] == [
        ("Thợ hàn", 12, 9_000_000), ("Thợ tiện", 5, None),
    ]  # fmt: skip
    for vacancy in made:
        assert (vacancy.sheet_id, vacancy.enterprise_id) == (sheet.id, firm.id)
        assert (vacancy.contact_name, vacancy.contact_phone) == ("Chị Lan", "+84912345678")
        assert vacancy.round_number == 1
    shown = boss.get(answer.location).text
    for words in (sheet.number, "Hàm Rồng", "Chị Lan", "Thợ hàn", "Thợ tiện"):
        assert words in shown
    assert sheet.number in boss.get(f"/enterprise/vacancies/{made[0].key}").text


def test_more_lines_come_without_script_and_nothing_typed_is_lost(boss: Client) -> None:
    sent = CONTACT | job(0, "Thợ hàn") | job(1, "Thợ tiện") | job(2, "Thợ may", "không rõ")
    answer = boss.submit(NEW, sent | {"more": "yes"})
    assert answer.status_code == 200
    assert boss.page is not None
    titles = [f["value"] for f in boss.page.find_all(id=lambda i: i and i.endswith("-title")) if f]
    assert titles == ["Thợ hàn", "Thợ tiện", "Thợ may", "", "", ""]
    assert boss.page.find(id="jobs-2-headcount")["value"] == "không rõ"
    assert boss.page.find(id="contact_name")["value"] == "Chị Lan"


def test_what_one_job_refuses_is_said_there_and_nothing_is_kept(
    boss: Client, session: Session
) -> None:
    low = job(1, "Thợ tiện", pay_min="3.000.000")
    for wrong, words in (
        (low, "Thấp hơn lương tối thiểu vùng I"),
        (job(1, "", "5"), "Cần điền mục này."),
        (job(1, "Thợ tiện", ""), "Cần điền mục này."),
        (job(1, "Thợ tiện") | {"deadline": "01/01/2020"}, "Hạn nhận hồ sơ phải từ hôm nay"),
        (job(1, "Thợ tiện") | {"contact_phone": "123"}, "Cần 10 số"),
    ):
        answer = boss.submit(NEW, job(0, "Thợ hàn") | wrong)
        assert answer.status_code == 422
        assert words in answer.text, words
    assert boss.submit(NEW, CONTACT).status_code == 422
    odd = job(0, "Thợ hàn", qualification="so-cap")
    assert "Công việc 1: Từ sơ cấp trở lên" in boss.submit(NEW, odd).text
    assert session.scalars(select(RecruitmentSheet)).all() == []
    assert session.scalars(select(Vacancy)).all() == []
    assert boss.send(NEW, {}).status_code == 302
    assert session.scalars(select(RecruitmentSheet)).one().number.endswith("-0001")


def test_staff_name_the_firm_and_a_stranger_meets_404(
    client: Client, session: Session, make_user: Make, make_enterprise: Make, firm: Enterprise
) -> None:
    client.sign_in_as(make_user("counsellor"))
    path = f"/counsellor/sheets/new?enterprise={firm.key}"
    assert client.submit(path, job(0, "Thợ hàn") | {"firm": ""}).status_code == 422
    answer = client.submit(path, job(0, "Thợ hàn"))
    assert answer.status_code == 302
    assert "Thợ hàn" in client.get(answer.location).text
    key = session.scalars(select(RecruitmentSheet)).one().key
    client.sign_in_as(make_user("enterprise-user", enterprise=make_enterprise()))
    assert client.get(f"/enterprise/sheets/{key}").status_code == 404
    client.sign_in_as(make_user("enterprise-user"))
    assert client.get(NEW).status_code == 403
