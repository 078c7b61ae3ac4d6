"""The counsellor's candidate pages: list, filters, reckoning, setting aside, introductions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.kernel.actor import system
from jobcenter.matching.models import Recommendation, RecommendationItem, SetAside
from jobcenter.people.choices import Purpose
from jobcenter.referrals import rules
from jobcenter.referrals.choices import ReferralState
from jobcenter.referrals.models import Referral
from tests.support.client import Client

BY = system("test", EVERYTHING)


def names(client: Client) -> list[str]:
    return [link.get_text() for link in client.page.select(".cands .c-who > a")]


@pytest.fixture
def counsellor(client: Client, make_user: Any) -> Client:
    return client.sign_in_as(make_user(Role.COUNSELLOR))


def test_the_list_shows_both_scores_and_reasons_and_is_stored(
    counsellor: Client, session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    make_seeker(wish="Đầu bếp", skills="nấu ăn", shifts=("office",),
                person={"full_name": "Lương Văn Bếp"})  # fmt: skip
    make_seeker(job="May công nghiệp", person={"full_name": "Đỗ Thị Quyên"})
    make_seeker(consents=(), person={"full_name": "Vũ Không Đồng Ý"})
    vacancy = make_vacancy()
    assert counsellor.get(f"/counsellor/vacancies/{vacancy.key}/candidates").status_code == 200
    assert names(counsellor) == ["Đỗ Thị Quyên", "Lương Văn Bếp"]
    text = counsellor.page.get_text()
    assert "Hợp việc" in text
    assert "Hợp ý" in text
    assert "Không nhận ca" in text
    assert "Chưa giới thiệu nơi nào" in text
    row = session.scalars(select(Recommendation)).one()
    assert row.vacancy_id == vacancy.id
    items = session.scalars(select(RecommendationItem).order_by(RecommendationItem.rank)).all()
    assert [item.rank for item in items] == [1, 2]


def test_filters_live_in_the_address(
    counsellor: Client, make_seeker: Any, make_vacancy: Any
) -> None:
    make_seeker(person={"full_name": "Đỗ Thị Quyên"})
    make_seeker(skills="hàn hồ quang", person={"full_name": "Trần Văn Chiến"})
    path = f"/counsellor/vacancies/{make_vacancy().key}/candidates"
    counsellor.get(f"{path}?keyword=han+ho+quang")
    assert names(counsellor) == ["Trần Văn Chiến"]
    assert counsellor.page.find(id="keyword")["value"] == "han ho quang"
    counsellor.get(f"{path}?keyword=khongcoai")
    assert "Không có ai như vậy" in counsellor.page.get_text()
    counsellor.get(f"{path}?available=31/02/2026&place=%00x&shift=zz&education=zz&page=99999999")
    assert "Tháng 2 không có ngày 31" in counsellor.page.get_text()


def test_the_reckoning_adds_up_on_the_page(
    counsellor: Client, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker, vacancy = make_seeker(job="May công nghiệp"), make_vacancy(years_experience=2)
    path = f"/counsellor/vacancies/{vacancy.key}/candidates"
    assert counsellor.get(f"{path}/{seeker.key}").status_code == 200
    tables = counsellor.page.select("table.explain")
    assert len(tables) == 2

    def reckoned(cell: Any) -> tuple[int, int]:
        got, most = cell.get_text().split(" / ")
        return int(got), int(most)

    totals = [reckoned(table.select_one("tfoot td.num")) for table in tables]
    for table, total in zip(tables, totals, strict=True):
        parts = [reckoned(cell) for cell in table.select("tbody td.num")]
        assert (sum(got for got, _ in parts), 100) == total
        assert sum(most for _, most in parts) >= 100
        assert all(0 <= got <= most for got, most in parts)
    shown = [int(dd.get_text()) for dd in counsellor.page.select("aside .score dd.v")]
    assert shown == [got for got, _ in totals]


def test_a_file_without_consent_is_not_reckoned(
    counsellor: Client, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker, vacancy = make_seeker(consents=(Purpose.KEEP,)), make_vacancy()
    path = f"/counsellor/vacancies/{vacancy.key}/candidates/{seeker.key}"
    assert counsellor.get(path).status_code == 422
    counsellor.get(f"/counsellor/seekers/{seeker.key}/vacancies")
    assert "chưa ghép việc được" in counsellor.page.get_text()


def test_setting_aside_with_a_reason_and_undoing_it(
    counsellor: Client, session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker, vacancy = make_seeker(person={"full_name": "Đỗ Thị Quyên"}), make_vacancy()
    path = f"/counsellor/vacancies/{vacancy.key}/candidates"
    sent = counsellor.submit(path, {"reason": "shift", "note": "bận con nhỏ"}, action="set-aside")
    assert sent.status_code == 302
    aside = session.scalars(select(SetAside)).one()
    assert (aside.seeker_id, aside.reason, aside.note) == (seeker.id, "shift", "bận con nhỏ")
    counsellor.get(path)
    assert names(counsellor) == []
    assert "Ca làm không hợp: bận con nhỏ" in counsellor.page.get_text()
    assert counsellor.send(path, {}, action="undo").status_code == 302
    counsellor.get(path)
    assert names(counsellor) == ["Đỗ Thị Quyên"]
    token = {"csrf_token": counsellor.csrf(), "reason": "looks"}
    bad = counsellor.post(f"{path}/{seeker.key}/set-aside", token)
    assert bad.status_code == 422


def test_a_manager_reads_but_sets_nobody_aside(
    client: Client, make_user: Any, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker, vacancy = make_seeker(), make_vacancy()
    client.sign_in_as(make_user(Role.MANAGER))
    path = f"/counsellor/vacancies/{vacancy.key}/candidates"
    assert client.get(path).status_code == 200
    assert not client.page.select("form[action*=set-aside]")
    assert client.post(f"{path}/{seeker.key}/set-aside", {"reason": "pay"}).status_code == 403


def test_vacancies_for_a_seeker(counsellor: Client, make_seeker: Any, make_vacancy: Any) -> None:
    seeker = make_seeker(job="May công nghiệp")
    make_vacancy(title="Thợ may mẫu")
    make_vacancy(title="Đã đóng", state="closed")
    counsellor.get(f"/counsellor/seekers/{seeker.key}/vacancies")
    assert names(counsellor) == ["Thợ may mẫu"]
    assert re.search(r"Hợp ý\s*\d+", counsellor.page.get_text())


def test_asked_introductions_and_a_no(
    counsellor: Client, session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker, vacancy = make_seeker(person={"full_name": "Đỗ Thị Quyên"}), make_vacancy()
    asked = counsellor.get("/counsellor/introductions").headers["Location"]
    counsellor.get(asked)
    assert "Chưa có ai được xin giới thiệu" in counsellor.page.get_text()
    rules.ask(session, vacancy=vacancy, seeker=seeker, by=BY)
    counsellor.get(asked)
    assert "Đỗ Thị Quyên" in counsellor.page.get_text()
    path = counsellor.page.select_one("td.num a")["href"]
    counsellor.get(path)
    no = {"verb": "decline", "way": "", "note": ""}
    assert counsellor.send(path, no, action="/step").status_code == 422
    sent = counsellor.submit(path, no | {"note": "đã nhận việc khác"}, action="/step")
    assert sent.status_code == 302
    referral = session.scalars(select(Referral)).one()
    assert (referral.state, referral.note) == (ReferralState.DECLINED, "đã nhận việc khác")
    counsellor.get(asked)
    assert "Đỗ Thị Quyên" not in counsellor.page.get_text()
