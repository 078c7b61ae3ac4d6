"""My files on the desk: filter, review, hand over."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.seekers.choices import FileState
from tests.support.client import Client

Make = Callable[..., Any]


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def test_one_several_or_all_files_go_after_a_review(
    client: Client, session: Session, make_user: Make, make_seeker: Make
) -> None:
    me, colleague = make_user(), make_user(name="Lê Minh Đức")
    files = [make_seeker(responsible_id=me.id, state=FileState.LOOKING) for _n in range(4)]
    make_seeker(responsible_id=me.id, state=FileState.PAUSED)
    client.sign_in_as(me)
    client.get("/counsellor/caseload?state=looking")
    assert len(client.page.select("tbody tr")) == 4  # type: ignore[union-attr]
    values = {"file": [str(files[0].key), "x", str(uuid.uuid4())]}
    assert client.send("", values, action="/review").status_code == 200
    assert "Bàn giao 1 hồ sơ" in text(client).replace("\xa0", " ")
    assert client.send("", {"to": str(colleague.key)}, action="/hand-over").status_code == 422
    assert "Ghi lý do bàn giao." in text(client)
    answer = client.send("", {"reason": "nghỉ phép"}, action="/hand-over")
    assert answer.status_code == 303
    client.get(answer.location)
    assert "Đã chuyển 1 hồ sơ cho Lê Minh Đức." in text(client)
    client.get("/counsellor/caseload?state=looking")
    client.send("", {"all": "yes"}, action="/review")
    assert "Bàn giao 3 hồ sơ" in text(client).replace("\xa0", " ")
    values = {"to": str(colleague.key), "reason": "chuyển quầy"}
    sent = client.page
    client.send("", values, action="/hand-over")
    client.page = sent
    assert client.send("", values, action="/hand-over").status_code == 303  # the second click
    session.expire_all()
    assert [one.responsible_id for one in files] == [colleague.id] * 4
    client.get(f"/counsellor/seekers/{files[0].key}/timeline")
    assert "Người phụ trách mới: Lê Minh Đức" in text(client)


def test_what_a_colleague_took_meanwhile_is_told(
    client: Client, session: Session, make_user: Make, make_seeker: Make
) -> None:
    me, colleague, third = make_user(), make_user(), make_user()
    files = [make_seeker(responsible_id=me.id) for _n in range(2)]
    client.sign_in_as(me)
    client.get("/counsellor/caseload")
    client.send("", {"file": [str(one.key) for one in files]}, action="/review")
    files[0].responsible_id = third.id
    session.commit()
    values = {"to": str(colleague.key), "reason": "nghỉ phép"}
    answer = client.send("", values, action="/hand-over")
    client.get(answer.location)
    assert "1 hồ sơ vừa có người khác nhận nên để nguyên." in text(client)


def test_who_leads_sees_all_loads_and_hands_over_for_others(
    client: Client, session: Session, make_user: Make, make_seeker: Make
) -> None:
    gone, colleague = make_user(name="Vũ Kim Oanh", is_active=False), make_user()
    seeker = make_seeker(responsible_id=gone.id)
    client.sign_in_as(make_user("manager"))
    client.get("/counsellor/caseload")
    assert "Vũ Kim Oanh" in text(client)
    assert "Tài khoản đã khoá" in text(client)
    client.get(f"/counsellor/seekers/{seeker.key}")
    assert client.send("", {"file": str(seeker.key)}, action="/review").status_code == 200
    values = {"to": str(colleague.key), "reason": "nghỉ việc"}
    assert client.send("", values, action="/hand-over").status_code == 303
    session.expire_all()
    assert seeker.responsible_id == colleague.id


@pytest.mark.parametrize("query", ["whose=x", f"whose={uuid.UUID(int=7)}"])
def test_an_unknown_person_has_no_caseload(client: Client, make_user: Make, query: str) -> None:
    client.sign_in_as(make_user("manager"))
    assert client.get(f"/counsellor/caseload?{query}").status_code == 404


def test_a_colleagues_caseload_is_not_mine_to_see(
    client: Client, make_user: Make, make_seeker: Make
) -> None:
    other = make_user()
    seeker = make_seeker(responsible_id=other.id)
    client.sign_in_as(make_user())
    assert client.get(f"/counsellor/caseload?whose={other.key}").status_code == 403
    data = {"whose": str(other.key), "file": str(seeker.key)}
    for path in ("review", "hand-over"):
        assert client.post(f"/counsellor/caseload/{path}", data).status_code == 403
    assert client.get("/counsellor/caseload?whose=nobody&state=x&stuck=%00").status_code == 200
