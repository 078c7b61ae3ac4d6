"""Two people edit one record: the second is asked, and nothing that either typed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.enterprises.models import Enterprise
from jobcenter.people.choices import Purpose
from jobcenter.seekers.models import Seeker
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


def only(session: Session, kind: type[Any]) -> Any:
    session.expire_all()
    return session.scalars(select(kind)).one()


def two(desk: Client, path: str, first: dict[str, Any], second: dict[str, Any]) -> Any:
    """Let two people open one page; the first saves, then the second; return the answer."""
    desk.get(path)
    opened = desk.page
    assert desk.send(path, first).status_code == 302
    desk.page = opened
    return desk.send(path, second)


def shown(desk: Client) -> dict[str, tuple[str, str, str, str]]:
    """Return {label: (opened, theirs, mine, what is ticked)} of the merge page."""
    assert desk.page is not None
    found = {}
    for one in desk.page.select("form.merge fieldset"):
        texts = [label.get_text(" ", strip=True).split(": ", 1)[1] for label in one.select("label")]
        ticked = one.find("input", checked=True)
        opened = one.select_one(".hint").get_text(" ", strip=True).split(": ", 1)[1]
        label = one.legend.get_text()
        found[label] = (opened, *texts, str(ticked["value"]) if ticked else "")
    return found


def test_each_side_is_shown_and_only_what_both_changed_must_be_chosen(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker(pay_min=8_000_000).key}/edit"
    first = {"pay_min": "9.000.000", "note": "Gọi buổi tối"}
    second = {"pay_min": "7.000.000", "skills": "hàn MIG", "note": ""}
    assert two(desk, path, first, second).status_code == 409
    assert shown(desk) == {
        "Lương thấp nhất": ("8.000.000", "9.000.000", "7.000.000", ""),
        "Ghi chú": ("Để trống", "Gọi buổi tối", "Để trống", "theirs"),
        "Việc làm được, máy đã dùng": (
            "may 1 kim, 2 kim, vắt sổ", "may 1 kim, 2 kim, vắt sổ", "hàn MIG", "mine",
        ),
    }  # fmt: skip
    assert only(session, Seeker).pay_min == 9_000_000
    assert desk.send(path, {}).status_code == 422
    assert "Còn 1 chỗ cần chọn" in desk.page.get_text()  # type: ignore[union-attr]
    assert desk.send(path, {"pick-pay_min": "mine"}).status_code == 302
    saved = only(session, Seeker)
    assert (saved.pay_min, saved.skills, saved.note) == (7_000_000, "hàn MIG", "Gọi buổi tối")


def test_the_choice_can_be_theirs_and_the_writer_can_go_on_typing(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker(pay_min=8_000_000).key}/edit"
    two(desk, path, {"pay_min": "9000000"}, {"pay_min": "7.000.000", "zalo": "thu.huong"})
    choice = {"pick-pay_min": "theirs", "merge": "edit"}
    assert desk.send(path, choice).status_code == 200
    assert only(session, Seeker).person.zalo is None
    assert desk.page is not None
    assert desk.page.find(id="pay_min")["value"] == "9.000.000"  # type: ignore[index]
    assert desk.page.find(id="zalo")["value"] == "thu.huong"  # type: ignore[index]
    assert desk.send(path, {"zalo": "thuhuong95"}).status_code == 302
    saved = only(session, Seeker)
    assert (saved.pay_min, saved.person.zalo) == (9_000_000, "thuhuong95")


def test_a_third_editor_in_between_is_told_again(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker(pay_min=8_000_000).key}/edit"
    assert two(desk, path, {"pay_min": "9000000"}, {"pay_min": "7000000"}).status_code == 409
    merge = desk.page
    desk.submit(path, {"pay_min": "6000000", "zalo": "ba"})
    desk.page = merge
    assert desk.send(path, {"pick-pay_min": "mine"}).status_code == 409
    assert shown(desk) == {
        "Lương thấp nhất": ("9.000.000", "6.000.000", "7000000", ""),
        "Zalo": ("Để trống", "ba", "Để trống", "theirs"),
    }
    assert desk.send(path, {"pick-pay_min": "mine"}).status_code == 302
    saved = only(session, Seeker)
    assert (saved.pay_min, saved.person.zalo) == (7_000_000, "ba")


def test_a_change_that_the_form_does_not_show_stands_in_nobodys_way(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    key = make_seeker().key
    path = f"/counsellor/seekers/{key}/edit"
    desk.get(path)
    opened = desk.page
    desk.post(f"/counsellor/seekers/{key}/move", {"verb": "pause"})
    desk.page = opened
    assert desk.send(path, {"zalo": "huong"}).status_code == 302
    assert (only(session, Seeker).person.zalo, only(session, Seeker).state) == ("huong", "paused")


def test_both_typing_the_same_is_no_conflict(desk: Client, make_seeker: Make) -> None:
    path = f"/counsellor/seekers/{make_seeker(pay_min=8_000_000).key}/edit"
    assert two(desk, path, {"pay_min": "9.000.000"}, {"pay_min": "9000000"}).status_code == 302


def test_an_id_number_that_nobody_sees_is_not_overwritten_unseen(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker(person={'id_number': '031198001234'}).key}/edit"
    second = {"id_number": "031198007777"}
    assert two(desk, path, {"id_number": "031198005678"}, second).status_code == 409
    assert shown(desk)["Số CCCD"] == ("********1234", "********5678", "031198007777", "")
    assert desk.send(path, {"pick-id_number": "theirs"}).status_code == 302
    assert only(session, Seeker).person.id_number == "031198005678"
    # who does not touch it keeps whatever the other one wrote
    third = {"zalo": "huong"}
    assert two(desk, path, {"id_number": "031198009999", "zalo": "thu"}, third).status_code == 409
    assert set(shown(desk)) == {"Zalo"}
    assert desk.send(path, {"pick-zalo": "mine"}).status_code == 302
    assert only(session, Seeker).person.id_number == "031198009999"


def test_two_people_change_different_jobs_of_one_history(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker(job='May áo').key}/edit"
    first = {"experiences-0-employer": "Sao Biển", "experiences-1-position": "Đóng gói"}
    second = {"experiences-0-duties": "vắt sổ", "experiences-1-position": "Phụ bếp"}
    assert two(desk, path, first, second).status_code == 409
    kinds = {label: row[-1] for label, row in shown(desk).items()}
    assert sorted(kinds.values()) == ["mine", "mine", "theirs", "theirs"]
    assert desk.send(path, {}).status_code == 302
    saved = {job.position: (job.employer, job.duties) for job in only(session, Seeker).experiences}
    assert saved == {"May áo": ("Sao Biển", "vắt sổ"), "Đóng gói": ("", ""), "Phụ bếp": ("", "")}


def test_a_line_taken_out_by_one_and_changed_by_the_other_must_be_chosen(
    desk: Client, session: Session, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    path = f"/counsellor/enterprises/{firm.key}/contacts"
    desk.submit(path, {"contacts-0-name": "Lê Minh Đức"})
    desk.submit(path, {"contacts-1-name": "Vũ Kim Oanh", "contacts-1-phone": "0912 345 678"})
    second = {"contacts-0-position": "Trưởng phòng"}
    assert two(desk, path, {"contacts-0-name": ""}, second).status_code == 409
    (row,) = shown(desk).values()
    assert row == ("Lê Minh Đức", "Để trống", "Lê Minh Đức · Trưởng phòng", "")
    (radio, *_rest) = desk.page.select("form.merge input[type=radio]")  # type: ignore[union-attr]
    assert desk.send(path, {radio["name"]: "mine"}).status_code == 302
    contacts = {one.name: one.position for one in only(session, Enterprise).contacts}
    assert contacts == {"Lê Minh Đức": "Trưởng phòng", "Vũ Kim Oanh": ""}


def test_contacts_and_buses_know_their_version(
    desk: Client, session: Session, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    for part, line in (("contacts", "contacts-0-name"), ("buses", "routes-0-name")):
        path = f"/counsellor/enterprises/{firm.key}/{part}"
        assert two(desk, path, {line: "Một"}, {line: "Hai"}).status_code == 409
        assert desk.send(path, {}).status_code == 302
    saved = only(session, Enterprise)
    assert {one.name for one in saved.contacts} == {"Một", "Hai"}
    assert {one.name for one in saved.bus_routes} == {"Một", "Hai"}
    # a change of the contacts does not disturb who edits the record, but is no free pass either
    path = f"/counsellor/enterprises/{firm.key}/edit"
    desk.get(path)
    opened = desk.page
    desk.submit(f"/counsellor/enterprises/{firm.key}/contacts", {"contacts-0-name": "Ba"})
    desk.page = opened
    assert desk.send(path, {"sector": "May mặc"}).status_code == 302


def test_ten_contacts_can_be_edited(desk: Client, make_enterprise: Make) -> None:
    path = f"/counsellor/enterprises/{make_enterprise().key}/contacts"
    for n in range(10):
        assert desk.submit(path, {f"contacts-{n}-name": f"Người {n}"}).status_code == 302
    assert desk.submit(path, {"contacts-9-position": "Nhân sự"}).status_code == 302
    answer = desk.submit(path, {"contacts-10-name": "Người thứ mười một"})
    assert answer.status_code == 422
    assert "nhiều nhất 10 dòng" in answer.text


def test_wishes_are_compared_in_their_order(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker(wish='May').key}/edit"
    first = {"wishes-0-title": "Hàn", "wishes-1-title": "May"}
    assert two(desk, path, first, {"wishes-1-title": "Đóng gói"}).status_code == 409
    assert shown(desk) == {"Việc mong muốn": ("May", "Hàn; May", "May; Đóng gói", "")}
    assert desk.send(path, {"pick-wishes": "mine"}).status_code == 302
    assert [wish.title for wish in only(session, Seeker).wishes] == ["May", "Đóng gói"]


def test_sensitive_data_merge_too(desk: Client, session: Session, make_seeker: Make) -> None:
    seeker = make_seeker(consents=(Purpose.REGISTER, Purpose.SENSITIVE))
    path = f"/counsellor/seekers/{seeker.key}/sensitive?purpose=xét"
    first = {"target_groups-0-code": "HN", "health": "Tốt"}
    assert two(desk, path, first, {"target_groups-0-code": "KT"}).status_code == 409
    assert desk.send(path, {}).status_code == 302
    saved = only(session, Seeker)
    assert ({group.code for group in saved.target_groups}, saved.health) == ({"HN", "KT"}, "Tốt")


@pytest.mark.parametrize("opened", ["", "{", "[]", '{"pay_min": 7}'])
def test_without_what_was_opened_every_difference_must_be_chosen(
    desk: Client, session: Session, make_seeker: Make, opened: str
) -> None:
    path = f"/counsellor/seekers/{make_seeker(job='May áo').key}/edit"
    first = {"experiences-0-employer": "Sao Biển", "zalo": "mot"}
    second = {"note": "hai", "opened": opened}
    assert two(desk, path, first, second).status_code == 409
    assert {row[-1] for row in shown(desk).values()} == {""}
    assert len(shown(desk)) == 3
    picks = {f"pick-{name}": "theirs" for name in ("zalo", "experiences")}
    assert desk.send(path, picks | {"pick-note": "mine"}).status_code == 302
    saved = only(session, Seeker)
    assert (saved.person.zalo, saved.note) == ("mot", "hai")
    assert [job.employer for job in saved.experiences] == ["Sao Biển"]


def test_a_merge_page_that_is_not_ours_changes_nothing(desk: Client, make_seeker: Make) -> None:
    path = f"/counsellor/seekers/{make_seeker().key}/edit"
    for broken in ({"theirs": "{"}, {"theirs": "{}", "mine": "x"}):
        assert desk.post(path, broken).status_code == 302
    assert desk.post(path, {"theirs": "{}", "mine": "{}", "version": "1"}).status_code in (409, 422)


def test_half_letters_in_what_was_opened_are_no_crash(desk: Client, make_seeker: Make) -> None:
    path = f"/counsellor/seekers/{make_seeker().key}/edit"
    opened = json.dumps({"note": ["\ud800\u0000"], "wishes-²-title": ["a"]})
    assert two(desk, path, {"zalo": "mot"}, {"note": "hai", "opened": opened}).status_code == 409
    assert desk.send(path, {"pick-zalo": "mine", "pick-note": "mine"}).status_code in (302, 422)


def test_what_the_rules_refuse_after_merging_is_said_in_the_form(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker(pay_min=5_000_000).key}/edit"
    first = {"pay_min": "9.000.000"}
    assert two(desk, path, first, {"pay_wanted": "8.000.000"}).status_code == 409
    assert desk.send(path, {}).status_code == 422
    assert "thấp hơn lương thấp nhất" in desk.page.get_text()  # type: ignore[union-attr]
    assert desk.send(path, {"pay_wanted": "10.000.000"}).status_code == 302
    saved = only(session, Seeker)
    assert (saved.pay_min, saved.pay_wanted) == (9_000_000, 10_000_000)
