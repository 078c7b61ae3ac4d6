"""Taking a person in: cards, drafts, visits; nothing typed is lost, no script is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.advising.models import Visit
from jobcenter.drafts.models import Draft
from jobcenter.people.choices import Purpose
from jobcenter.people.queries import agreed
from jobcenter.seekers.models import Seeker
from tests.support.client import Client, fields

KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")

Make = Callable[..., Any]
NEW = "/counsellor/seekers/new"
SCAN = (
    "031198001234|012345678|Nguyễn Thị Thu Hường|14031998|Nữ|"
    "Số 5, Lạch Tray, Ngô Quyền, Hải Phòng|10052021"
)


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def typed(client: Client) -> dict[str, Any]:
    """Return what the intake form on the page holds."""
    return fields(client.form("/seekers/new"))


def send(client: Client, **values: Any) -> Any:
    return client.send(NEW, values, action="/seekers/new")


def test_a_name_and_a_yes_are_enough(desk: Client, session: Session) -> None:
    answer = desk.submit(NEW, {"full_name": "Lê Thị Mai", "consents": ["register"]})
    assert answer.status_code == 303
    seeker = session.scalars(select(Seeker)).one()
    assert answer.location == f"/counsellor/seekers/{seeker.key}"
    assert agreed(session, seeker.person_id) == {Purpose.REGISTER}
    assert session.scalars(select(Visit)).all() == []


def test_saving_and_printing_takes_a_ticket(desk: Client, session: Session) -> None:
    values = {"full_name": "Lê Thị Mai", "consents": ["register"], "then": "slip"}
    answer = desk.submit(NEW, values | {"services": ["job"]})
    visit = session.scalars(select(Visit)).one()
    assert answer.location == f"/counsellor/visits/{visit.key}/slip?print=1"
    assert (visit.who, visit.services) == ("Lê Thị Mai", ("job",))


def test_an_intake_makes_the_walk_in_at_the_desk_known(
    desk: Client, session: Session, make_visit: Make
) -> None:
    visit = make_visit(name="Cô Lan")
    desk.get(f"{NEW}?visit={visit.key}")
    assert typed(desk)["full_name"] == "Cô Lan"
    assert "A-001" in text(desk)
    send(desk, full_name="Trần Thị Lan", consents=["register"], then="slip")
    assert session.scalars(select(Visit)).one().who == "Trần Thị Lan"
    assert desk.get(f"{NEW}?visit=nonsense").status_code == 404


@pytest.mark.parametrize("box", ["full_name", "id_number", "card", "wish"])
def test_a_card_scanned_into_any_box_fills_the_form(
    desk: Client, session: Session, box: str
) -> None:
    desk.get(NEW)
    answer = send(desk, **{"phone": "0912 345 678", box: SCAN, "then": "slip"})
    assert answer.status_code == 200
    assert session.scalars(select(Seeker)).all() == []
    held = typed(desk)
    told = {
        "id_number": "031198001234", "old_id_number": "012345678", "birth": "14/03/1998",
        "full_name": "Nguyễn Thị Thu Hường", "sex": "female", "id_issued_on": "10/05/2021",
        "permanent_detail": "Số 5, Lạch Tray, Ngô Quyền, Hải Phòng", "phone": "0912 345 678",
        "permanent_commune": "Phường Gia Viên",
    }  # fmt: skip
    assert {name: held[name] for name in told} == told
    assert held["card"] == ""
    assert "consents" not in held
    assert desk.page.select_one("#consents-0").has_attr("autofocus")  # type: ignore[union-attr]
    answer = send(desk, consents=["register"], lives_there="y")
    assert answer.status_code == 303
    person = session.scalars(select(Seeker)).one().person
    assert (person.id_number, person.old_id_number) == ("031198001234", "012345678")
    assert person.permanent_commune == person.current_commune == "11359"
    assert f"{person.id_issued_on:%d/%m/%Y}" == "10/05/2021"


def test_a_card_says_what_it_replaced_and_what_to_look_at(desk: Client) -> None:
    desk.get(NEW)
    odd = SCAN.replace("Số 5, Lạch Tray, Ngô Quyền", "Số 5 Lạch Tray, Ngô Quyền") + "|Lạ"
    answer = send(desk, full_name="Ng Thi Huong", id_number="12" + odd)
    assert answer.status_code == 200
    assert "đã gõ “Ng Thi Huong”" in text(desk)
    assert "đã gõ “12”" in text(desk)
    assert "Thẻ còn ghi: Lạ" in text(desk)
    assert "Xem lại phường, xã" in text(desk)
    assert typed(desk)["id_number"] == "031198001234"


def test_broken_pieces_stand_in_their_boxes_with_the_reason(desk: Client) -> None:
    desk.get(NEW)
    broken = SCAN.replace("14031998", "31021998").replace("|Nữ|", "|N?|")
    assert send(desk, card=broken).status_code == 422
    assert typed(desk)["birth"] == "31021998"
    assert "Tháng 2 không có ngày 31" in text(desk)
    assert "Thẻ ghi “N?”" in text(desk)
    assert send(desk, card="1|2|3", act="card").status_code == 422
    assert typed(desk)["card"] == "1|2|3"
    assert "không phải mã QR" in text(desk)


def test_a_known_card_offers_the_file_at_once(desk: Client, make_seeker: Make) -> None:
    seeker = make_seeker(person={"full_name": "Nguyễn Thị Hường", "id_number": "031198001234"})
    desk.get(NEW)
    assert send(desk, full_name=SCAN).status_code == 200
    panel = desk.page.select_one("#lookalikes [data-focus]")  # type: ignore[union-attr]
    assert panel is not None
    assert panel.find("a", href=f"/counsellor/seekers/{seeker.key}")
    assert "031198001234" not in panel.get_text()


def test_a_draft_is_kept_by_a_button_gone_on_with_and_gone_when_saved(
    desk: Client, session: Session
) -> None:
    desk.get(NEW)
    values = {"full_name": "Lê Thị Mai", "shifts": ["office", "night"], "way": "paper"}
    assert send(desk, act="draft", **values).status_code == 303
    desk.get("/counsellor/day")
    link = desk.page.find("a", string="Lê Thị Mai")  # type: ignore[union-attr]
    desk.get(link["href"])  # type: ignore[index,arg-type]
    held = typed(desk)
    assert {name: held[name] for name in values} == values
    assert "consents" not in held
    desk.get("/counsellor/seekers")
    assert "Bản nháp của tôi" in text(desk)
    desk.get(link["href"])  # type: ignore[index,arg-type]
    assert send(desk, consents=["register"]).status_code == 303
    assert session.scalars(select(Draft)).all() == []


def test_a_draft_is_kept_while_typing_but_not_after_saving(desk: Client, session: Session) -> None:
    desk.get(NEW)
    values = typed(desk) | {"full_name": "Lê Thị Mai"}
    answer = desk.post("/counsellor/drafts", values)
    assert "Bản nháp đã lưu lúc" in answer.json["told"]
    desk.post("/counsellor/drafts", values | {"phone": "0912"})
    assert session.scalars(select(Draft)).one().payload["phone"] == ["0912"]
    desk.post(NEW, values | {"consents": ["register"]})
    late = desk.post("/counsellor/drafts", values)
    assert late.json == {"told": ""}
    assert session.scalars(select(Draft)).all() == []


def test_an_untouched_form_leaves_no_draft(desk: Client, session: Session) -> None:
    desk.get(NEW)
    assert desk.post("/counsellor/drafts", typed(desk)).json == {"told": ""}
    assert send(desk, act="draft").status_code == 303
    assert session.scalars(select(Draft)).all() == []


def test_a_draft_is_ones_own(desk: Client, session: Session, make_user: Make) -> None:
    desk.get(NEW)
    values = typed(desk) | {"full_name": "Lê Thị Mai"}
    desk.post("/counsellor/drafts", values)
    key = session.scalars(select(Draft)).one().key
    desk.sign_in_as(make_user("counsellor"))
    assert desk.get(f"{NEW}?draft={key}").status_code == 404
    assert desk.post(f"/counsellor/drafts/{key}/discard", {}).status_code == 404
    assert desk.post("/counsellor/drafts", values).status_code == 404
    desk.get("/counsellor/day")
    assert "Lê Thị Mai" not in text(desk)


def test_a_draft_is_thrown_away(desk: Client, session: Session) -> None:
    for way in ("button", "form"):
        desk.get(NEW)
        desk.post("/counsellor/drafts", typed(desk) | {"full_name": "Lê Thị Mai"})
        key = session.scalars(select(Draft)).one().key
        if way == "button":
            desk.get("/counsellor/day")
            assert desk.send("", {}, action=f"{key}/discard").status_code == 303
        else:
            desk.get(f"{NEW}?draft={key}")
            assert send(desk, act="discard").status_code == 303
        assert session.scalars(select(Draft)).all() == []


@pytest.mark.parametrize(
    ("looked_for", "held"),
    [
        ("nguyen thi huong 1995", {"full_name": "nguyen thi huong", "birth": "1995"}),
        ("0912 345 678", {"phone": "0912 345 678"}),
        ("+84 912 345 678", {"phone": "+84 912 345 678"}),
        ("031198001234", {"id_number": "031198001234"}),
        ("012345678", {"old_id_number": "012345678"}),
        (SCAN, {"id_number": "031198001234", "birth": "14/03/1998"}),
        ("", {"full_name": ""}),
        ("\x00", {"full_name": ""}),
    ],
)
def test_what_was_looked_for_is_carried_over_without_an_address_telling_it(
    desk: Client, looked_for: str, held: dict[str, str]
) -> None:
    answer = desk.post("/counsellor/seekers/begin", {"text": looked_for})
    assert answer.status_code == 303
    told = KEY.sub("", answer.location)  # a random key may hold any four digits
    assert not any(part in told for part in held.values() if part)
    desk.get(answer.location)
    assert {name: typed(desk)[name] for name in held} == held


def test_the_search_leads_on_to_a_ticket_or_to_a_new_file_with_what_was_typed(
    desk: Client, make_seeker: Make, make_visit: Make
) -> None:
    seeker = make_seeker(person={"full_name": "Đỗ Thị Quyên", "birth_year": 1990})
    make_visit(person=seeker.person)
    desk.get("/counsellor/seekers?text=quyen+do")
    assert "đến lần cuối" in text(desk)
    assert desk.page.find("a", href=f"/counsellor/visits/new?seeker={seeker.key}")  # type: ignore[union-attr]
    desk.get("/counsellor/seekers?text=Tran+Thi+Lan")
    answer = desk.send("", {}, action="/seekers/begin")
    desk.get(answer.location)
    assert typed(desk)["full_name"] == "Tran Thi Lan"
    assert desk.page.select_one("[data-search-link]")["href"] == "/counsellor/seekers"  # type: ignore[union-attr,index]
