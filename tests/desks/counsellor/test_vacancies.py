from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.referrals import rules as referrals
from jobcenter.referrals.queries import in_process
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.imports import import_postings
from jobcenter.vacancies.models import Vacancy
from tests.support.client import Client

Make = Callable[..., Any]
SOON = clock.today() + dt.timedelta(days=30)


@pytest.fixture
def staff(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


def test_list_filters_by_words_without_accents_and_says_so_in_the_address(
    staff: Client, make_vacancy: Make
) -> None:
    make_vacancy(title="Thợ hàn TIG")
    make_vacancy(title="Công nhân đóng gói")
    page = staff.get("/counsellor/vacancies?text=tho+han&state=open").text
    assert "Thợ hàn TIG" in page
    assert "Công nhân đóng gói" not in page


def test_list_finds_by_the_name_of_the_firm(
    staff: Client, make_vacancy: Make, make_enterprise: Make
) -> None:
    firm = make_enterprise(name="Công ty TNHH Cơ khí Hàm Rồng")
    make_vacancy(title="Thợ hàn", enterprise=firm)
    make_vacancy(title="Thợ may")
    page = staff.get("/counsellor/vacancies?text=ham+rong").text
    assert "Thợ hàn" in page
    assert "Thợ may" not in page
    assert "Thợ may" not in staff.get(f"/counsellor/vacancies?enterprise={firm.key}").text


@pytest.mark.parametrize(
    "query", ["state=nothing", "deadline_by=31/02/2026", "page=99999999", "sort=x", "text=%00"]
)
def test_a_list_survives_odd_addresses(staff: Client, make_vacancy: Make, query: str) -> None:
    make_vacancy()
    assert staff.get(f"/counsellor/vacancies?{query}").status_code == 200


def test_an_unreadable_firm_key_is_not_there(staff: Client) -> None:
    assert staff.get("/counsellor/vacancies?enterprise=abc").status_code == 404


def test_a_new_vacancy_is_a_draft_with_the_next_number(
    staff: Client, session: Session, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    answer = staff.submit(
        f"/counsellor/vacancies/new?enterprise={firm.key}",
        {
            "title": "Thợ hàn TIG",
            "headcount": "12",
            "occupation_code": "7212",
            "commune_code": "Phường Lê Chân",
            "pay_min": "9.000.000",
            "deadline": f"{SOON:%d/%m/%Y}",
            "certificates": "Hàn 6G\nHàn 6G\nThẻ an toàn",
            "has_bus": "yes",
        },
    )
    assert answer.status_code == 302
    vacancy = session.scalars(select(Vacancy)).one()
    assert vacancy.number == f"YC-{vacancy.registered_on.year}-0001"
    assert vacancy.state is VacancyState.DRAFT
    assert vacancy.enterprise_id == firm.id
    assert vacancy.pay_min == 9_000_000
    assert vacancy.occupation_code == "7212"
    assert vacancy.deadline == SOON
    assert [one.name for one in vacancy.certificates] == ["Hàn 6G", "Thẻ an toàn"]
    assert vacancy.has_bus is True
    assert vacancy.has_dormitory is None
    assert "Thợ hàn TIG" in staff.get(answer.location).text


def test_sending_the_form_twice_writes_one(staff: Client, session: Session) -> None:
    staff.get("/counsellor/vacancies/new")
    values = {"title": "Thợ may", "headcount": "3"}
    first = staff.send("/counsellor/vacancies/new", values)
    staff.get("/counsellor/vacancies/new")
    key = "tests-one-time-key"
    places = {
        staff.submit("/counsellor/vacancies/new", values | {"form_key": key}).location
        for _ in range(2)
    }
    assert len(places) == 1
    assert first.location not in places
    assert len(session.scalars(select(Vacancy)).all()) == 2


def test_bad_input_is_said_at_the_fields_and_kept(staff: Client, session: Session) -> None:
    answer = staff.submit(
        "/counsellor/vacancies/new",
        {"title": "", "headcount": "không", "deadline": "31/02/2026", "firm": "Không có đâu"},
    )
    assert answer.status_code == 422
    page = staff.page
    assert page is not None
    assert "Tháng 2 không có ngày 31" in page.get_text()
    assert page.find(id="headcount")["value"] == "không"
    assert page.title.get_text().startswith("Lỗi:")
    answer = staff.submit(
        "/counsellor/vacancies/new",
        {"title": "Thợ may", "headcount": "1", "pay_min": "9000000", "pay_max": "8000000"},
    )
    assert answer.status_code == 422
    assert "Lương đến phải từ mức thấp trở lên" in answer.text
    assert session.scalars(select(Vacancy)).all() == []


def test_there_is_no_box_for_sex_or_age(staff: Client) -> None:
    staff.get("/counsellor/vacancies/new")
    assert staff.page is not None
    names = {f.get("name", "") for f in staff.page.find_all(["input", "select", "textarea"])}
    assert not {n for n in names if any(w in n for w in ("sex", "gender", "age_", "birth"))}


def test_the_second_editor_sees_both_versions_and_can_send_again(
    staff: Client, session: Session, make_vacancy: Make
) -> None:
    vacancy = make_vacancy(title="Thợ may")
    path = f"/counsellor/vacancies/{vacancy.key}/edit"
    staff.get(path)
    stale = staff.page
    assert staff.submit(path, {"headcount": "50"}).status_code == 302
    staff.page = stale
    answer = staff.send(path, {"title": "Thợ may áo vest", "headcount": "45"})
    assert answer.status_code == 409
    page = staff.page
    assert page is not None
    both = page.find(class_="merge").get_text(" ")
    assert "Thợ may áo vest" in both
    assert "45" in both
    assert "50" in both
    assert staff.send(path, {"pick-headcount": "mine"}).status_code == 302
    session.expire_all()
    saved = session.get(Vacancy, vacancy.id)
    assert saved is not None
    assert (saved.title, saved.headcount) == ("Thợ may áo vest", 45)


def test_an_untouched_edit_changes_nothing(
    staff: Client, session: Session, make_vacancy: Make
) -> None:
    vacancy = make_vacancy(certificates=("Thẻ an toàn",), benefits=("insurance", "meal-1"))
    version = vacancy.version
    path = f"/counsellor/vacancies/{vacancy.key}/edit"
    assert staff.submit(path, {}).status_code == 302
    session.expire_all()
    saved = session.get(Vacancy, vacancy.id)
    assert saved is not None
    assert saved.version == version, [e.details for e in session.scalars(select(LedgerEntry))]
    assert saved.benefits == ("insurance", "meal-1")


def test_publishing_is_refused_in_words_that_help(
    staff: Client, session: Session, make_vacancy: Make
) -> None:
    vacancy = make_vacancy(state=VacancyState.DRAFT, pay_min=4_000_000, pay_max=None)
    path = f"/counsellor/vacancies/{vacancy.key}"
    staff.get(path)
    answer = staff.post(f"{path}/move", {"verb": "publish"})
    assert answer.status_code == 422
    assert "Thấp hơn lương tối thiểu vùng I: 5.310.000" in answer.text
    vacancy.pay_min = 9_000_000
    assert staff.post(f"{path}/move", {"verb": "publish"}).status_code == 302
    assert "Đang tuyển" in staff.get(path).text
    session.expire_all()
    assert session.get(Vacancy, vacancy.id).state is VacancyState.OPEN
    assert staff.post(f"{path}/move", {"verb": "publish"}).status_code == 422
    assert staff.post(f"{path}/move", {"verb": "dance"}).status_code == 422


def test_flagged_wording_is_marked_with_the_law(staff: Client, session: Session) -> None:
    answer = staff.submit(
        "/counsellor/vacancies/new",
        {"title": "Thợ may", "headcount": "3", "requirement": "Chỉ tuyển nữ.\nBiết may."},
    )
    page = staff.get(answer.location).text
    assert staff.page is not None
    assert "nữ" in staff.page.find("mark").get_text()
    assert "điều 3 khoản 8" in page
    assert "Còn 1 chỗ phân biệt đối xử chưa xử lý" in page


def test_a_copy_begins_with_the_former_one_but_its_dates(staff: Client, make_vacancy: Make) -> None:
    former = make_vacancy(title="Thợ hàn", requirement="Hàn TIG")
    staff.get(f"/counsellor/vacancies/new?copy={former.key}")
    assert staff.page is not None
    assert staff.page.find(id="title")["value"] == "Thợ hàn"
    assert "Hàn TIG" in staff.page.find(id="requirement").get_text()
    assert staff.page.find(id="deadline")["value"] == ""


@pytest.mark.parametrize("role", ["manager", "school-staff"])
def test_readers_see_no_buttons_and_cannot_write(
    client: Client, make_user: Make, make_vacancy: Make, role: str
) -> None:
    vacancy = make_vacancy()
    client.sign_in_as(make_user(role))
    client.get(f"/counsellor/vacancies/{vacancy.key}")
    assert client.page is not None
    assert not client.page.find("button", {"name": "verb"})
    assert client.get("/counsellor/vacancies/new").status_code == 403
    answer = client.post(f"/counsellor/vacancies/{vacancy.key}/move", {"verb": "close"})
    assert answer.status_code == 403


def test_an_unknown_vacancy_is_not_there(staff: Client) -> None:
    assert staff.get(f"/counsellor/vacancies/{uuid.uuid4()}").status_code == 404


def test_what_reading_a_posting_had_to_say_is_told_in_the_readers_language(
    staff: Client, session: Session
) -> None:
    line = {"title": "Thợ hàn", "id": "A1", "pay": "500 - 800 USD", "places": ["Sao Hoả"]}
    import_postings(session, [json.dumps(line).encode()], source="t", by=system("t", EVERYTHING))
    vacancy = session.scalars(select(Vacancy)).one()
    path = f"/counsellor/vacancies/{vacancy.key}"
    page = staff.get(path).text
    assert "1 USD = 25000 đồng" in page
    assert "Không biết nơi “Sao Hoả”." in page
    staff.get("/language/en")
    page = staff.get(path).text
    assert "1 USD = 25000 VND" in page
    assert "Place not known: “Sao Hoả”." in page
    # what an earlier version stored was Vietnamese prose: it still shows, and nothing breaks
    vacancy.import_notes = "Lương lấy từ phần mô tả.\nKhông biết nơi “100% Mộc Tinh”."
    page = staff.get(path).text
    assert "Pay taken from the description." in page
    assert "Không biết nơi “100% Mộc Tinh”." in page


def test_a_colleague_approves_what_the_firm_explains_and_it_is_published(
    client: Client, session: Session, make_user: Make, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    boss, staff = make_user("enterprise-user", enterprise=firm), make_user("counsellor")
    client.sign_in_as(boss)
    words = {"title": "Nhân viên an ninh", "headcount": "2", "requirement": "Chỉ tuyển nữ."}
    client.submit("/enterprise/vacancies/new", words)
    key = session.scalars(select(Vacancy)).one().key
    own, path = f"/enterprise/vacancies/{key}", f"/counsellor/vacancies/{key}"
    client.submit(own, {"verb": "submit"}, action="/move")
    client.sign_in_as(staff)
    client.get(f"{path}/check")
    assert client.page is not None
    assert client.page.find("mark").get_text() == "tuyển nữ"
    assert "điều 3 khoản 8" in client.page.get_text()
    assert client.send(path, {"verb": "publish"}, action="/move").status_code == 422
    answer = client.submit(
        f"{path}/check", {"act": "remark", "text": "Nêu rõ việc khám xét"}, action="/wording"
    )
    assert answer.status_code == 302
    client.get(f"{path}/check")
    empty = client.send(path, {"verb": "send-back", "note": ""}, action="/move")
    assert empty.status_code == 422
    reason = "Xem câu về giới tính."
    client.get(f"{path}/check")
    assert client.post(f"{path}/move", {"verb": "send-back", "note": reason}).status_code == 302
    client.sign_in_as(boss)
    page = client.get(own).text
    assert reason in page
    assert "Nêu rõ việc khám xét" in page
    client.send(own, {"act": "grounds", "text": "Khám xét công nhân nữ."}, action="/wording")
    client.submit(own, {"verb": "submit"}, action="/move")
    client.get(own)
    refused = client.post(f"{own}/wording", {"act": "approve", "flag": "1"})
    assert refused.status_code == 422
    client.sign_in_as(staff)
    answer = client.submit(f"{path}/check", {"act": "approve"}, action="/wording")
    assert answer.status_code == 302
    assert client.submit(path, {"verb": "publish"}, action="/move").status_code == 302
    assert session.scalars(select(Vacancy.state)).one() is VacancyState.OPEN
    history = client.get(f"{path}/history").text
    for words in ("Bản nháp → Chờ duyệt", reason, "Khám xét công nhân nữ."):
        assert words in history


def test_the_history_tells_before_and_after_in_words(staff: Client, make_vacancy: Make) -> None:
    vacancy = make_vacancy(shift="office", pay_min=8_000_000, contact_name="Chị Lan")
    path = f"/counsellor/vacancies/{vacancy.key}"
    values = {"shift": "night", "pay_min": "9000000", "deadline": "", "contact_name": "Anh Bình"}
    assert staff.submit(f"{path}/edit", values).status_code == 302
    staff.get(f"{path}/history")
    assert staff.page is not None
    text = " ".join(staff.page.find("main").get_text(" ").split())
    assert "Ca làm: Hành chính → Ca đêm" in text
    assert "Lương từ: 8.000.000\xa0đ → 9.000.000\xa0đ".replace("\xa0", " ") in text
    assert "→ Chưa nêu" in text
    assert "Chị Lan" not in text
    assert "Đã đổi: Người liên hệ" in text


def test_what_looks_odd_is_asked_once_and_never_blocks(staff: Client, session: Session) -> None:
    path = "/counsellor/vacancies/new"
    odd = {
        "title": "Thợ hàn",
        "headcount": "2",
        "qualification": "so-cap",
        "deadline": "31/12/2099",
    }
    answer = staff.submit(path, odd)
    assert answer.status_code == 422
    assert "Từ sơ cấp trở lên cần ghi chuyên ngành." in answer.text
    assert "xa hơn 3 tháng" in answer.text
    assert session.scalars(select(Vacancy)).all() == []
    answer = staff.send(path, {})
    assert answer.status_code == 302
    edit = f"{answer.location}/edit"
    assert staff.submit(edit, {"headcount": "3"}).status_code == 302  # asked before: not again
    odder = {"qualification": "cao-dang", "general_education": "thcs"}
    assert staff.submit(edit, odder).status_code == 422
    assert staff.send(edit, {}).status_code == 302


def test_pay_under_the_minimum_is_said_at_its_field_in_the_readers_language(
    staff: Client, session: Session
) -> None:
    low = {"title": "Thợ may", "headcount": "2", "pay_min": "5.000.000", "commune_code": "Lê Chân"}
    answer = staff.submit("/counsellor/vacancies/new", low)
    assert answer.status_code == 422
    assert "vùng I: 5.310.000 đ, áp dụng từ 01/01/2026" in answer.text
    staff.get("/language/en")
    answer = staff.submit("/counsellor/vacancies/new", low)
    assert "5,310,000" in answer.text
    assert session.scalars(select(Vacancy)).all() == []


def test_a_step_tells_how_many_are_under_way_and_releases_them(
    staff: Client, session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(headcount=10)
    for _n in range(2):
        by = system("t", EVERYTHING)
        referrals.ask(session, vacancy=vacancy, seeker=make_seeker(), by=by)
    path = f"/counsellor/vacancies/{vacancy.key}/steps"
    assert "2 người đang được xét" in staff.get(path).text
    answer = staff.post(f"/counsellor/vacancies/{vacancy.key}/move", {"verb": "close"})
    assert answer.status_code == 422
    assert "Chọn lý do đóng" in answer.text
    staff.get(path)
    values = {"verb": "close", "reason": "not-needed", "under_way": "release"}
    values["note"] = "Dừng dây chuyền"
    assert staff.post(f"/counsellor/vacancies/{vacancy.key}/move", values).status_code == 302
    session.expire_all()
    assert session.get(Vacancy, vacancy.id).state is VacancyState.CLOSED
    assert in_process(session, vacancy.id) == []
    page = staff.get(f"/counsellor/vacancies/{vacancy.key}/history").text
    for words in ("Dừng dây chuyền", "2 người đang xét", "Dừng, trung tâm tìm nơi khác cho họ"):
        assert words in page


def test_what_ends_soon_stands_above_the_list_with_its_steps(
    staff: Client, make_vacancy: Make
) -> None:
    make_vacancy(title="Thợ hàn", deadline=clock.today() + dt.timedelta(days=2))
    make_vacancy(title="Thợ may", deadline=clock.today() - dt.timedelta(days=1))
    make_vacancy(title="Thợ tiện")
    page = staff.get("/counsellor/vacancies").text
    assert "Hết hạn trong 2 ngày" in page
    assert "Quá hạn từ" in page
    page = staff.get("/counsellor/vacancies?due=yes").text
    assert "Thợ hàn" in page
    assert "Thợ tiện" not in page


def test_a_round_is_a_number_in_a_month_and_narrows_the_list(
    staff: Client, session: Session, make_vacancy: Make
) -> None:
    november = dt.date(2026, 11, 1)
    make_vacancy(title="Thợ hàn", round_number=2, round_month=november)
    make_vacancy(title="Thợ may", round_number=1, round_month=november)
    answer = staff.submit(
        "/counsellor/vacancies/new",
        {"title": "Thợ tiện", "headcount": "2", "round_number": "2", "round_month": "11/2026"},
    )
    assert answer.status_code == 302
    assert "Đợt 2 tháng 11/2026" in staff.get(answer.location).text
    assert staff.submit(f"{answer.location}/edit", {}).status_code == 302
    page = staff.get("/counsellor/vacancies?round=2026-11/2").text
    assert "Thợ hàn" in page
    assert "Thợ tiện" in page
    assert "Thợ may" not in page
    assert staff.get("/counsellor/vacancies?round=2026-13/x").status_code == 200
    for wrong in ({"round_month": "13/2026"}, {"round_month": "tháng này"}, {"round_number": "0"}):
        values = {"title": "Thợ", "headcount": "1", "round_number": "2", "round_month": "11/2026"}
        assert staff.submit("/counsellor/vacancies/new", values | wrong).status_code == 422


def test_the_last_one_of_a_firm_is_copied_by_one_link(
    client: Client, make_user: Make, make_vacancy: Make, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    make_vacancy(title="Thợ may", enterprise=firm)
    make_vacancy(title="Thợ hàn", enterprise=firm, round_number=1, round_month=dt.date(2026, 11, 1))
    make_vacancy(title="Thợ tiện")

    def begins(path: str, link: str) -> dict[str, str]:
        client.get(path)
        assert client.page is not None
        href = client.page.find("a", string=link)["href"]
        assert client.get(href).status_code == 200
        ids = ("title", "deadline", "round_number", "round_month")
        return {name: client.page.find(id=name).get("value", "") for name in ids}

    copy = {"title": "Thợ hàn", "deadline": "", "round_number": "", "round_month": ""}
    client.sign_in_as(make_user("enterprise-user", enterprise=firm))
    assert begins("/enterprise/vacancies", "Chép yêu cầu gần nhất") == copy
    client.sign_in_as(make_user("counsellor"))
    listed = f"/counsellor/vacancies?enterprise={firm.key}"
    assert begins(listed, "Chép yêu cầu gần nhất") == copy
    blank = f"/counsellor/vacancies/new?enterprise={make_enterprise().key}&copy=last"
    assert client.get(blank).status_code == 200
