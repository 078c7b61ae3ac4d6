"""Consultations on screen: after a visit, by phone, several at once, a paper batch, the journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.advising.choices import Outcome, VisitState
from jobcenter.advising.models import Consultation, JobSession, Visit
from jobcenter.kernel import clock
from tests.support.client import Client

Make = Callable[..., Any]
NEW = "/counsellor/consultations/new"
BOOK = "/counsellor/consultations"
DAY = f"{clock.today():%d/%m/%Y}"


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    """A counsellor signed in, at desk 2."""
    client.sign_in_as(make_user("counsellor", name="Trần Thu Hà"))
    client.post("/counsellor/seat", {"desk": "2"})
    return client


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def rows(session: Session) -> list[Consultation]:
    return list(session.scalars(select(Consultation).order_by(Consultation.id)))


def test_a_visit_is_ended_with_a_note_and_the_next_one_called(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker()
    for path in (f"/counsellor/visits/new?seeker={seeker.key}", "/counsellor/visits/new"):
        desk.submit(path, {"services": ["referral"]})
    desk.post("/counsellor/visits/call")
    first = session.scalars(select(Visit).order_by(Visit.id)).first()
    assert first is not None
    path = f"/counsellor/visits/{first.key}/finish"
    wrong = desk.submit(path, {"note": "x" * 4_001, "next_step": "mang bằng nghề"})
    assert wrong.status_code == 422
    assert "mang bằng nghề" in str(desk.page)
    assert rows(session) == []
    values = {"subjects": ["referral", "job"], "outcome": "to-referral", "note": "Đã xem 3 việc",
              "then": "next"}  # fmt: skip
    assert desk.submit(path, values).location == "/counsellor/day"
    (row,) = rows(session)
    assert (row.person_id, row.outcome, row.subjects) == (
        seeker.person_id, Outcome.TO_REFERRAL, ("referral", "job"),
    )  # fmt: skip
    states = session.scalars(select(Visit.state).order_by(Visit.id)).all()
    assert states == [VisitState.DONE, VisitState.CALLED]
    assert desk.get(path).location == "/counsellor/day"
    desk.get(f"/counsellor/seekers/{seeker.key}/advice")
    assert "Đã xem 3 việc" in text(desk)
    assert "Sẽ giới thiệu việc" in text(desk)


def test_a_call_is_written_for_one_and_a_talk_for_several(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    first, second = make_seeker(), make_seeker(person={"id_number": "031198001234"})
    once = desk.submit(f"{NEW}?seeker={first.key}", {"subjects": ["job"], "form_key": "one"})
    assert once.location == f"/counsellor/seekers/{first.key}/advice"
    twice = desk.post(NEW, {"people": first.number, "channel": "phone", "form_key": "one"})
    assert twice.location == once.location
    lines = f"{first.number}\n031198001234\nChị Hoa, 0912 345 678\n\nAnh Tùng"
    desk.submit(NEW, {"people": lines, "channel": "online", "subjects": ["policy-law"]})
    made = rows(session)
    assert [(r.person_id, r.name, r.phone) for r in made] == [
        (first.person_id, "", None), (first.person_id, "", None), (second.person_id, "", None),
        (None, "Chị Hoa", "+84912345678"), (None, "Anh Tùng", None),
    ]  # fmt: skip
    desk.get(BOOK)
    assert "5 lượt" in text(desk)
    assert "2 người" in text(desk)


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ("HS-2026-99999", "Không có hồ sơ số HS-2026-99999"),
        ("0999999999", "Không có hồ sơ nào mang số"),
        ("12", "Không có hồ sơ nào mang số"),
        ("Hoa, 12", "số"),
        ("", "Cần điền"),
    ],
)
def test_who_cannot_be_found_is_told_and_nothing_is_lost(
    desk: Client, session: Session, people: str, why: str
) -> None:
    answer = desk.submit(NEW, {"people": people, "note": "Nói về hợp đồng"})
    assert answer.status_code == 422
    assert why in text(desk)
    assert "Nói về hợp đồng" in str(desk.page)
    assert rows(session) == []


def test_chosen_files_of_a_caseload_get_one_note(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    files = [make_seeker() for _n in range(2)]
    answer = desk.post(f"{BOOK}/chosen", {"file": [str(one.key) for one in files]})
    assert answer.status_code == 303
    desk.submit(answer.location, {"subjects": ["job"], "note": "Nhắc phiên thứ Sáu"})
    assert {row.person_id for row in rows(session)} == {one.person_id for one in files}
    assert len({row.group_key for row in rows(session)}) == 1


def test_a_consultation_is_corrected_joined_and_struck(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker()
    desk.submit(NEW, {"people": "Cô Lan", "channel": "phone"})
    (row,) = rows(session)
    path = f"{BOOK}/{row.key}"
    assert desk.submit(path, {"note": "Hỏi lại ca đêm"}).status_code == 302
    stale = desk.post(path, {"note": "Khác", "channel": "phone", "day": DAY, "version": "1"})
    assert stale.status_code in (409, 422)
    assert desk.submit(path, {"number": "HS-2026-88888"}, action="/person").status_code == 422
    assert desk.submit(path, {"number": "Cô Lan"}, action="/person").status_code == 422
    assert desk.submit(path, {"number": seeker.number}, action="/person").status_code == 303
    session.refresh(row)
    assert (row.note, row.person_id) == ("Hỏi lại ca đêm", seeker.person_id)
    assert desk.submit(path, {"because": ""}, action="/strike").status_code == 422
    assert desk.submit(path, {"because": "Ghi hai lần"}, action="/strike").status_code == 303
    desk.get(path)
    assert "Ghi hai lần" in text(desk)
    desk.get(BOOK)
    assert "Đã gạch" in text(desk)
    assert "0 lượt" in text(desk)


def test_a_paper_batch_of_a_mobile_session(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    known = make_seeker(person={"full_name": "Phạm Thị Lụa", "phone": "+84912345678"})
    numbered = make_seeker()
    desk.get("/counsellor/sessions/new")
    head = {"day": DAY, "kind": "mobile", "place": "Nhà văn hoá X. An Lão", "attended": "80"}
    lines = {
        "people-0-name": "phạm thị lụa", "people-0-phone": "0912345678",
        "people-0-subject": "job", "people-1-name": numbered.number,
        "people-1-outcome": "to-class", "people-3-name": "Bác Tư", "people-3-note": "hẹn gọi lại",
    }  # fmt: skip
    wrong = desk.submit("/counsellor/sessions/new", head | lines | {"people-3-phone": "12"})
    assert wrong.status_code == 422
    assert "Dòng 3 chưa đúng" in text(desk)
    assert "hẹn gọi lại" in str(desk.page)
    assert session.scalar(select(JobSession)) is None
    more = desk.send("/counsellor/sessions/new", {"more": "yes"})
    assert more.status_code == 200
    assert "hẹn gọi lại" in str(desk.page)
    answer = desk.send("/counsellor/sessions/new", {"people-3-phone": "0987654321"})
    held = session.scalars(select(JobSession)).one()
    assert answer.location == f"/counsellor/sessions/{held.key}"
    assert [(r.person_id, r.name, r.channel, r.session_id) for r in rows(session)] == [
        (known.person_id, "", "mobile", held.id), (numbered.person_id, "", "mobile", held.id),
        (None, "Bác Tư", "mobile", held.id),
    ]  # fmt: skip
    desk.submit(f"/counsellor/sessions/{held.key}", {"firms": "6"})
    desk.submit(f"/counsellor/sessions/{held.key}/people", {"people-0-name": "Cô Năm"})
    desk.submit(f"/counsellor/sessions/{held.key}/people", {"people-1-note": "không tên"})
    session.refresh(held)
    assert (held.firms, len(rows(session))) == (6, 4)
    assert desk.submit(f"/counsellor/sessions/{held.key}/people", {}).status_code == 422
    desk.get("/counsellor/sessions")
    assert "Nhà văn hoá X. An Lão" in text(desk)


def test_the_code_of_a_slip_read_into_the_search_box_opens_the_file(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker()
    desk.submit(f"/counsellor/visits/new?seeker={seeker.key}", {})
    desk.submit("/counsellor/visits/new", {"name": "Cô Lan"})
    first, second = session.scalars(select(Visit).order_by(Visit.id)).all()
    answer = desk.get("/counsellor/seekers", query_string={"text": first.reference.lower()})
    assert answer.location == f"/counsellor/seekers/{seeker.key}"
    answer = desk.get("/counsellor/seekers", query_string={"text": second.reference})
    assert answer.location == f"/counsellor/visits/{second.key}/slip"
    assert desk.get("/counsellor/seekers", query_string={"text": "V000000000"}).status_code == 200


def test_the_manager_reads_the_journal_and_writes_nothing(
    client: Client, make_user: Make, session: Session
) -> None:
    session.add(Consultation(day=clock.today(), channel="phone", name="Cô Lan"))
    client.sign_in_as(make_user("manager"))
    assert client.get(BOOK).status_code == 200
    assert "Cô Lan" in text(client)
    assert client.get(NEW).status_code == 403
