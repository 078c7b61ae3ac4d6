"""The counter on screen: tickets, the queue, calling, handing over, slips."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.advising.choices import VisitState
from jobcenter.advising.models import Visit
from jobcenter.desks import qr
from jobcenter.kernel import clock
from jobcenter.papers.models import Paper
from tests.support.client import Client

Make = Callable[..., Any]
DAY = "/counsellor/day"
NEW = "/counsellor/visits/new"


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    """A counsellor signed in, at desk 2."""
    client.sign_in_as(make_user("counsellor", name="Trần Thu Hà"))
    client.post("/counsellor/seat", {"desk": "2"})
    return client


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def visits(session: Session) -> list[Visit]:
    return list(session.scalars(select(Visit).order_by(Visit.id)))


def button(client: Client, words: str) -> Any:
    """Return the form whose button begins with `words`."""
    assert client.page is not None
    found = [b for b in client.page.select("main form button") if b.get_text().startswith(words)]
    assert found, f"no button {words!r}"
    return found[0].find_parent("form")


def press(client: Client, words: str) -> Any:
    form = button(client, words)
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    answer = client.open(str(form["action"]), method="POST", data=values)
    client.get(DAY)
    return answer


def test_an_empty_day_says_what_to_do(desk: Client) -> None:
    assert desk.get(DAY).status_code == 200
    assert "Không có ai chờ" in text(desk)


def test_a_ticket_for_a_walk_in_and_for_a_known_person(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker(person={"full_name": "Phạm Thị Lụa", "birth_year": 1996})
    first = desk.submit(NEW, {"name": "Cô Lan", "services": ["job"]})
    assert (first.status_code, first.location) == (303, DAY)
    second = desk.submit(f"{NEW}?seeker={seeker.key}", {"about": "xin phiếu", "then": "slip"})
    assert second.status_code == 303
    assert [v.who for v in visits(session)] == ["Cô Lan", "Phạm Thị Lụa"]
    desk.get(second.location)
    assert "A-002" in text(desk)
    assert "Giấy khám" not in text(desk)
    desk.get(DAY)
    for part in ("Cô Lan", "xin phiếu", "chưa có hồ sơ", "1996", "Tư vấn việc làm"):
        assert part in text(desk)
    again = desk.submit(f"{NEW}?seeker={seeker.key}", {})
    assert again.status_code == 422
    assert "A-002" in text(desk)


def test_a_ticket_pressed_twice_is_one(desk: Client, session: Session) -> None:
    desk.get(NEW)
    values = {"form_key": "twice", "csrf_token": desk.csrf(), "name": "Anh Tùng"}
    answers = [desk.post(NEW, values) for _n in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert len(visits(session)) == 1


def test_a_visitor_is_called_served_and_done(desk: Client, session: Session) -> None:
    for name in ("Cô Lan", "Anh Tùng"):
        desk.submit(NEW, {"name": name})
    desk.get(DAY)
    press(desk, "Mời vào")
    assert visits(session)[0].state is VisitState.CALLED
    assert "Mời số A-001 vào quầy 2" in text(desk)
    assert "Ghi xong số A-001" in text(desk)
    press(desk, "Gọi lại")
    assert "gọi lần 2" in text(desk)
    press(desk, "Đã vào")
    press(desk, "Xong, mời người tiếp")
    assert [v.state for v in visits(session)] == [VisitState.DONE, VisitState.CALLED]
    press(desk, "Bỏ về")
    assert visits(session)[1].state is VisitState.LEFT
    assert "Vừa tiếp xong" in text(desk)


def test_calling_twice_by_a_double_click_calls_one(desk: Client, session: Session) -> None:
    for name in ("Cô Lan", "Anh Tùng"):
        desk.submit(NEW, {"name": name})
    desk.get(DAY)
    form = button(desk, "Mời vào")
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    for _n in range(2):
        assert desk.open(str(form["action"]), method="POST", data=values).status_code == 303
    assert [v.state for v in visits(session)] == [VisitState.CALLED, VisitState.WAITING]


def test_a_refusal_is_told_on_the_counter(client: Client, make_user: Make) -> None:
    client.sign_in_as(make_user("counsellor"))
    client.submit(NEW, {"name": "Cô Lan"})
    assert client.post("/counsellor/visits/call", {}).status_code == 303
    client.get(DAY)
    assert client.page is not None
    assert client.page.select(".banner--bad")
    assert "Chọn quầy" in text(client)


def test_a_visitor_is_handed_over(desk: Client, session: Session, make_user: Make) -> None:
    other = make_user("counsellor", name="Lê Minh Đức")
    desk.submit(NEW, {"name": "Cô Lan"})
    desk.get(DAY)
    form = button(desk, "Chuyển, chờ tiếp")
    data = {"verb": "hand-over", "to": str(other.key), "csrf_token": desk.csrf()}
    desk.open(str(form["action"]), method="POST", data=data)
    desk.get(DAY)
    assert "chờ Lê Minh Đức" in text(desk)
    assert not [b for b in desk.page.select("button") if "Mời vào" in b.get_text()]  # type: ignore[union-attr]
    desk.open(str(form["action"]), method="POST", data=data | {"to": "nonsense"})
    assert visits(session)[0].for_user_id == other.id


def test_a_walk_in_is_recognised(desk: Client, session: Session, make_seeker: Make) -> None:
    seeker = make_seeker()
    desk.submit(NEW, {"name": "Cô Lan"})
    path = f"/counsellor/visits/{visits(session)[0].key}/person"
    answer = desk.post(path, {"seeker": str(seeker.key)})
    assert answer.location == f"/counsellor/seekers/{seeker.key}"
    assert visits(session)[0].person_id == seeker.person_id
    assert desk.post(path, {"seeker": ""}).status_code == 404


def test_a_wait_turns_amber_at_ten_minutes(desk: Client, session: Session) -> None:
    desk.submit(NEW, {"name": "Cô Lan"})
    desk.get(DAY)
    assert not desk.page.select(".late")  # type: ignore[union-attr]
    visits(session)[0].waiting_since = clock.now() - dt.timedelta(minutes=10)
    desk.get(DAY)
    assert [cell.get_text() for cell in desk.page.select(".late")] == ["10\xa0phút"]  # type: ignore[union-attr]
    assert "Lâu nhất 10" in text(desk)


def test_a_slip_holds_what_the_visitor_needs(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker(person={"full_name": "Phạm Thị Lụa", "id_number": "031196001234"})
    desk.submit(f"{NEW}?seeker={seeker.key}", {"services": ["referral"]})
    visit = visits(session)[0]
    desk.get(f"/counsellor/visits/{visit.key}/slip")
    assert desk.page is not None
    slip = desk.page.select_one(".slip")
    assert slip is not None
    words = slip.get_text(" ", strip=True)
    for part in (visit.ticket, "Phạm Thị Lụa", "Giới thiệu việc làm", "Giấy khám sức khoẻ"):
        assert part in words
    assert slip.select_one("svg.qr path")["d"] == qr.draw(visit.reference).path  # type: ignore[index]
    assert "1234" not in words.replace(visit.reference, "")


def test_an_idle_browser_is_signed_out_though_the_page_refreshes(app: Flask, desk: Client) -> None:
    with desk.browser.session_transaction() as cookie:
        cookie["seen"] -= 60
        before = cookie["seen"]
    desk.get(DAY, headers={"X-Passive": "1"})
    with desk.browser.session_transaction() as cookie:
        assert cookie["seen"] == before
    desk.get(DAY)
    with desk.browser.session_transaction() as cookie:
        assert cookie["seen"] > before


def test_a_qr_is_drawn_module_by_module() -> None:
    code = qr.draw("V7K3M9QX2T")
    assert code.size == 21 + 2 * qr.QUIET
    assert code.path.startswith(f"M{qr.QUIET} {qr.QUIET}h7v1h-7z")


def test_the_slip_is_one_numbered_paper_however_often_it_is_printed(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker(person={"full_name": "Đỗ Thị Quyên"})
    session.commit()
    desk.submit(f"{NEW}?seeker={seeker.key}", {"then": "slip", "services": ["referral"]})
    visit = visits(session)[0]
    bodies = []
    for _ in range(2):
        desk.get(f"/counsellor/visits/{visit.key}/slip")
        form = button(desk, "Bản PDF có số")
        values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
        answer = desk.open(str(form["action"]), method="POST", data=values)
        assert answer.mimetype == "application/pdf"
        bodies.append(answer.data)
    pages = PdfReader(io.BytesIO(bodies[-1])).pages
    assert (round(pages[0].mediabox.width / 72 * 25.4), len(pages)) == (105, 1)
    said = " ".join(pages[0].extract_text().split())
    session.expire_all()
    paper = session.scalars(select(Paper)).one()
    assert paper.code is not None
    assert paper.shown is not None
    assert (paper.kind, paper.copies, paper.person_id) == ("visitor-slip", 2, seeker.person_id)
    code = "-".join(paper.code[n : n + 4] for n in (0, 4, 8))
    for part in (visit.ticket, "Đỗ Thị Quyên", paper.shown, visit.reference, code,
                 "Giấy khám sức khoẻ còn hạn"):  # fmt: skip
        assert part in said
    fonts: Any = pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert {str(one.get_object()["/BaseFont"]).split("+")[-1] for one in fonts.values()} == {
        "Tinos", "Tinos-Bold",
    }  # fmt: skip
    # A stranger learns number, day and validity of it, not whose it is.
    stranger = desk.get(f"/giay/{paper.code}")
    assert paper.shown in stranger.text
    assert "Quyên" not in stranger.text
    assert visit.reference not in stranger.text
