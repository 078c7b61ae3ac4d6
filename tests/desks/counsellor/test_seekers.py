"""The register on the counsellor's desk: find, take in, change, agree, look with a purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.people.choices import Purpose
from jobcenter.people.queries import agreed
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker
from tests.support.client import Client

Make = Callable[..., Any]
NEW = {
    "full_name": "Nguyễn Thị Hương",
    "birth": "14/02/1995",
    "phone": "0912 345 678",
    "sex": "female",
    "current_commune": "Phường Thiên Hương",
    "wish": "May công nghiệp",
    "pay_min": "8.500.000",
    "shifts": ["office", "three-shift-8h"],
    "needs_bus": "yes",
    "consents": ["register", "publish"],
    "way": "paper",
    "evidence": "Phiếu 12",
}


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def only(session: Session) -> Seeker:
    return session.scalars(select(Seeker)).one()


def test_an_empty_register_says_what_to_do(desk: Client) -> None:
    assert desk.get("/counsellor/seekers").status_code == 200
    assert "Chưa có hồ sơ nào" in text(desk)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Đào Thị Ánh", "Bùi Văn Minh"]),
        ("sort=name", ["Đào Thị Ánh", "Bùi Văn Minh"]),
        ("text=anh+dao", ["Đào Thị Ánh"]),
        ("text=0987", ["Bùi Văn Minh"]),
        ("state=paused", ["Bùi Văn Minh"]),
        ("commune=11557", ["Đào Thị Ánh"]),
        ("education=thpt", ["Bùi Văn Minh"]),
        ("shift=office", ["Đào Thị Ánh"]),
        ("available_by=30/11/2026", []),
        ("available_by=1/12/2026&shift=office", ["Đào Thị Ánh"]),
        ("state=nonsense&page=999999999999999999999", []),
    ],
)
def test_filters_stand_in_the_address(
    desk: Client, make_seeker: Make, query: str, names: list[str]
) -> None:
    make_seeker(
        person={"full_name": "Bùi Văn Minh", "phone": "+84987654321", "current_commune": "11560"},
        state=FileState.PAUSED,
        general_education="thpt",
        shifts=("night",),
    )
    ward = {"current_commune": "11557"}
    make_seeker(person={"full_name": "Đào Thị Ánh", "phone": "+84912345678"} | ward)
    assert desk.get(f"/counsellor/seekers?{query}").status_code == 200
    assert desk.page is not None
    assert [cell.a.get_text() for cell in desk.page.select("tbody th")] == names


def test_intake_opens_a_file_with_its_consents(desk: Client, session: Session) -> None:
    assert desk.submit("/counsellor/seekers/new", NEW).status_code == 303
    seeker = only(session)
    assert seeker.person.current_commune == "11557"
    assert (seeker.pay_min, seeker.shifts) == (8_500_000, ("office", "three-shift-8h"))
    assert (seeker.needs_bus, seeker.needs_dormitory) == (True, None)
    assert [wish.title for wish in seeker.wishes] == ["May công nghiệp"]
    assert agreed(session, seeker.person_id) == {Purpose.REGISTER, Purpose.PUBLISH}
    desk.get(f"/counsellor/seekers/{seeker.key}/consents")
    assert "0912 345 678" in text(desk)
    assert "Phiếu 12" in text(desk)


def test_intake_can_lead_straight_to_the_matches(desk: Client, session: Session) -> None:
    answer = desk.submit("/counsellor/seekers/new", NEW | {"then": "match"})
    assert answer.location == f"/counsellor/seekers/{only(session).key}/vacancies"


def test_no_consent_is_ticked_beforehand(desk: Client) -> None:
    desk.get("/counsellor/seekers/new")
    assert desk.page is not None
    assert not desk.page.select("input[name=consents][checked]")


def test_intake_says_every_fault_at_once_and_keeps_what_was_typed(
    desk: Client, session: Session
) -> None:
    wrong = NEW | {"phone": "0912 345 67", "birth": "31/02/1995", "full_name": ""}
    assert desk.submit("/counsellor/seekers/new", wrong).status_code == 422
    assert desk.page is not None
    assert desk.page.title is not None
    assert desk.page.title.get_text().startswith("Lỗi:")
    assert {link["href"] for link in desk.page.select(".error-summary a")} == {
        "#phone", "#birth", "#full_name",
    }  # fmt: skip
    assert desk.page.select_one("#phone")["value"] == "0912 345 67"  # type: ignore[index]
    assert session.scalar(select(func.count()).select_from(Seeker)) == 0


def test_intake_without_the_yes_is_refused(desk: Client) -> None:
    values = NEW | {"consents": ["publish"]}
    assert desk.submit("/counsellor/seekers/new", values).status_code == 422
    assert "Cần sự đồng ý lưu hồ sơ" in text(desk)


def test_the_second_click_gets_the_first_answer(desk: Client, session: Session) -> None:
    desk.get("/counsellor/seekers/new")
    values = NEW | {
        "form_key": "abc", "csrf_token": desk.csrf(),
    }  # fmt: skip
    first = desk.post("/counsellor/seekers/new", values)
    second = desk.post("/counsellor/seekers/new", values)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert session.scalar(select(func.count()).select_from(Seeker)) == 1


def test_a_lookalike_is_asked_about(desk: Client, session: Session) -> None:
    desk.submit("/counsellor/seekers/new", NEW)
    again = NEW | {"full_name": "Nguyễn Thị Hường"}
    assert desk.submit("/counsellor/seekers/new", again).status_code == 422
    assert "Có thể đã có hồ sơ" in text(desk)
    assert str(only(session).key) in str(desk.page)
    assert "Tên chỉ khác dấu" in text(desk)
    assert "0912 *** 678" in text(desk)
    assert desk.send("/counsellor/seekers/new", {}).status_code == 422
    button = desk.page.select_one("button[name=other]")
    assert button is not None
    said = {"other": str(button["value"])}
    assert desk.send("/counsellor/seekers/new", said).status_code == 303
    assert session.scalar(select(func.count()).select_from(Seeker)) == 2


def test_one_id_is_never_two_people(desk: Client, session: Session) -> None:
    values = NEW | {"id_number": "031195001234"}
    desk.submit("/counsellor/seekers/new", values)
    other = values | {"full_name": "Đỗ Văn An", "phone": "0987654321", "other": "1"}
    assert desk.submit("/counsellor/seekers/new", other).status_code == 422
    assert "Người khác, tạo mới" not in text(desk)
    assert "Một số CCCD chỉ thuộc về một người" in text(desk)
    assert session.scalar(select(func.count()).select_from(Seeker)) == 1


def test_the_id_is_masked_everywhere(desk: Client, make_seeker: Make) -> None:
    seeker = make_seeker(person={"id_number": "031198001234", "old_id_number": "142856703"})
    for page in ("", "/edit"):
        desk.get(f"/counsellor/seekers/{seeker.key}{page}")
        assert "********1234" in text(desk)
        assert "*****6703" in text(desk)
        assert "031198001234" not in str(desk.page)
        assert "142856703" not in str(desk.page)


def test_the_old_number_is_kept_until_another_is_typed(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker(person={'old_id_number': '142856703'}).key}/edit"
    assert desk.submit(path, {"pay_min": "9.000.000"}).status_code == 302
    assert only(session).person.old_id_number == "142856703"
    assert desk.submit(path, {"old_id_number": "14285670"}).status_code == 422
    assert "Cần 9 số, đang có 8" in text(desk)
    assert desk.submit(path, {"old_id_number": "１42 856 704"}).status_code == 302
    assert only(session).person.old_id_number == "142856704"
    desk.get(desk.get("/counsellor/seekers?text=142856704").headers["Location"])
    assert desk.page is not None
    assert len(desk.page.select("tbody th")) == 1


def test_an_edit_that_changes_nothing_changes_nothing(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker(job="May áo", certificates=("Lái xe nâng",),
                         person={"id_number": "031198001234"})  # fmt: skip
    before = seeker.version
    assert desk.submit(f"/counsellor/seekers/{seeker.key}/edit", {}).status_code == 302
    assert only(session).version == before
    assert only(session).person.id_number == "031198001234"


def test_an_edit_writes_fields_and_lines(desk: Client, session: Session, make_seeker: Make) -> None:
    seeker = make_seeker()
    values = {
        "available_on": "5/1/2027",
        "wishes-1-title": "Đóng gói",
        "wishes-1-occupation_code": "8153 – Thợ vận hành máy may",
        "experiences-0-position": "Công nhân may",
        "experiences-0-started_on": "1/3/2020",
        "experiences-0-ended_on": "1/3/2024",
        "qualifications-0-level": "so-cap",
        "qualifications-0-year": "2019",
        "accepts_overtime": "no",
    }
    assert desk.submit(f"/counsellor/seekers/{seeker.key}/edit", values).status_code == 302
    saved = only(session)
    assert [wish.title for wish in saved.wishes] == ["Công nhân may công nghiệp", "Đóng gói"]
    assert saved.wishes[1].occupation_code == "8153"
    assert saved.experiences[0].ended_on is not None
    assert [(one.level, one.year) for one in saved.qualifications] == [("so-cap", 2019)]
    assert saved.accepts_overtime is False
    desk.get(f"/counsellor/seekers/{seeker.key}")
    assert "Sửa hồ sơ" in text(desk)


def test_a_wrong_line_is_named_in_place(desk: Client, make_seeker: Make) -> None:
    path = f"/counsellor/seekers/{make_seeker().key}/edit"
    values = {
        "experiences-0-started_on": "31/02/2020",
        "qualifications-0-school": "THPT Thái Phiên",
    }
    assert desk.submit(path, values).status_code == 422
    assert desk.page is not None
    links = {link["href"] for link in desk.page.select(".error-summary a")}
    assert {"#experiences-0-started_on", "#qualifications-0-level"} <= links


def test_a_file_moves_and_says_what_it_is_now(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker().key}"
    assert desk.post(f"{path}/move", {"verb": "pause"}).status_code == 303
    assert only(session).state is FileState.PAUSED
    assert desk.post(f"{path}/move", {"verb": "pause"}).status_code == 422
    assert desk.post(f"{path}/move", {"verb": "nonsense"}).status_code == 422


def test_consents_are_given_and_withdrawn(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker(consents=(Purpose.REGISTER,))
    path = f"/counsellor/seekers/{seeker.key}/consents"
    given = {"purpose": "publish", "way": "phone", "evidence": "9:05", "act": "give"}
    assert desk.post(path, given).status_code == 303
    assert Purpose.PUBLISH in agreed(session, seeker.person_id)
    withdrawn = {"purpose": "register", "way": "counter", "act": "withdraw"}
    assert desk.post(path, withdrawn).status_code == 303
    assert agreed(session, seeker.person_id) == {Purpose.PUBLISH}
    assert desk.post(path, {"purpose": "all", "way": "counter"}).status_code == 422
    assert desk.post(path, given | {"way": "online"}).status_code == 422


def test_sensitive_data_open_for_a_purpose_and_the_sight_is_logged(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker(
        consents=(Purpose.REGISTER, Purpose.SENSITIVE), person={"ethnicity": "Tày"}, health="Tốt"
    )
    path = f"/counsellor/seekers/{seeker.key}/sensitive"
    desk.get(f"/counsellor/seekers/{seeker.key}")
    assert "Tày" not in str(desk.page)
    desk.get(path)
    assert "Tày" not in str(desk.page)
    sensitive = select(Sight).where(Sight.look == Look.SENSITIVE)
    assert session.scalars(sensitive).all() == []
    desk.get(f"{path}?purpose=xét+hỗ+trợ")
    assert "Tày" in str(desk.page)
    sight = session.scalars(sensitive).one()
    assert (sight.person_id, sight.purpose) == (seeker.person_id, "xét hỗ trợ")
    values = {"height_cm": "155", "target_groups-0-code": "HN", "target_groups-0-proof_number": "7"}
    assert desk.send(f"{path}?purpose=xét+hỗ+trợ", values).status_code == 302
    saved = only(session)
    assert (saved.height_cm, [group.code for group in saved.target_groups]) == ("155", ["HN"])


def test_sensitive_data_without_consent_are_not_kept(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker().key}/sensitive?purpose=xét"
    assert desk.submit(path, {"ethnicity": "Tày"}).status_code == 422
    assert only(session).person.ethnicity is None


def test_managers_read_but_do_not_write(client: Client, make_user: Make, make_seeker: Make) -> None:
    seeker = make_seeker()
    client.sign_in_as(make_user("manager"))
    assert client.get(f"/counsellor/seekers/{seeker.key}").status_code == 200
    assert "Sửa hồ sơ" not in text(client)
    for part in ("/edit", "/sensitive?purpose=x"):
        assert client.get(f"/counsellor/seekers/{seeker.key}{part}").status_code == 403


def test_each_consent_shows_its_words_its_evidence_and_who_wrote_it(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker(consents=(Purpose.REGISTER,))
    path = f"/counsellor/seekers/{seeker.key}/consents"
    desk.get(path)
    assert "ghi và lưu họ tên, ngày sinh" in text(desk)
    assert "không có tên, tuổi, giới tính" in text(desk)
    desk.get(f"{path}?give=publish")
    without = {"way": "paper", "act": "give"}
    assert desk.send(path, without, action="/consents").status_code == 422
    assert "Ghi số phiếu đã ký, hoặc giờ gọi." in text(desk)
    desk.send(path, without | {"evidence": "Phiếu 31/2026"}, action="/consents")
    desk.get(path)
    assert "Phiếu 31/2026 · ghi bởi Trần Thu Hà" in text(desk)
    assert desk.post(path, {"purpose": "publish", "act": "withdraw"}).status_code == 303
    desk.get(path)
    assert "Các lần trước (1)" in text(desk)
    stale = {"purpose": "publish", "way": "counter", "act": "give", "text": "2020-01"}
    assert desk.post(path, stale).status_code == 422
    assert "Lời văn đồng ý vừa đổi" in text(desk)
