"""Who saw whom, asked by person, account, day, kind and purpose."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.audit import sights as queries
from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.audit.sights import SightFilter
from jobcenter.kernel import clock
from jobcenter.kernel.paging import Slice
from tests.support.client import Client

NOON = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)  # noon in Hải Phòng


@pytest.fixture
def boss(client: Client, make_user: Any) -> Client:
    return client.sign_in_as(make_user(Role.ADMINISTRATOR))


def see(session: Session, user: Any, seeker: Any, at: dt.datetime, **more: Any) -> None:
    row = {"look": Look.FILE, "fields": "", "purpose": ""} | more
    session.execute(insert(Sight).values(user_id=user.id, person_id=seeker.person_id, at=at, **row))


def rows(client: Client, **asked: str) -> list[str]:
    page = client.get("/admin/sights", query_string=asked)
    assert page.status_code == 200
    assert client.page
    body = client.page.find("tbody")
    return [row.get_text(" ", strip=True) for row in body.find_all("tr")] if body else []


def test_each_question_narrows(
    boss: Client, session: Session, make_user: Any, make_seeker: Any
) -> None:
    one, other = make_seeker(), make_seeker()
    quyen, giang = make_user(login="quyen"), make_user(login="giang")
    see(session, quyen, one, NOON)
    see(session, quyen, other, NOON + dt.timedelta(days=1), look=Look.LIST)
    see(session, giang, one, NOON + dt.timedelta(days=2), look=Look.SENSITIVE, purpose="xét hỗ trợ")
    assert len(rows(boss)) == 3
    assert len(rows(boss, number=one.number.lower())) == 2
    assert len(rows(boss, login="QUYEN")) == 2
    assert len(rows(boss, number=one.number, login="giang")) == 1
    assert len(rows(boss, since="23/11/2026", until="23/11/2026")) == 1
    assert len(rows(boss, since="24/11/2026")) == 2
    assert len(rows(boss, look="list")) == 1
    last = rows(boss, purpose="hỗ trợ")
    assert len(last) == 1
    assert all(part in last[0] for part in (giang.name, one.number, "xét hỗ trợ", "12:00"))


def test_a_day_is_a_day_of_hai_phong(
    boss: Client, session: Session, make_user: Any, make_seeker: Any
) -> None:
    user, seeker = make_user(), make_seeker()
    late = dt.datetime(2026, 11, 23, 23, 59, tzinfo=clock.LOCAL)
    see(session, user, seeker, late)
    see(session, user, seeker, late + dt.timedelta(minutes=1))
    assert len(rows(boss, until="23/11/2026")) == 1
    assert len(rows(boss, since="24/11/2026")) == 1


def test_names_stay_out_and_merged_people_are_one(
    boss: Client, session: Session, make_user: Any, make_seeker: Any
) -> None:
    stays, goes = make_seeker(person={"full_name": "Đỗ Thị Quyên"}), make_seeker()
    see(session, make_user(), stays, NOON)
    see(session, make_user(), goes, NOON)
    goes.person.merged_into_id = stays.person_id
    assert len(rows(boss, number=stays.number)) == 2
    assert "Đỗ Thị Quyên" not in boss.get("/admin/sights").text


def test_a_question_that_cannot_be_read_is_said(boss: Client) -> None:
    answer = boss.get("/admin/sights?number=HS-1&login=khong&since=99/99/2026&look=x")
    assert answer.status_code == 200
    for words in ("Không có hồ sơ số này", "Không có tài khoản này", "Chưa đọc được câu hỏi"):
        assert words in answer.text


def test_the_count_stops_where_nobody_leafs(
    session: Session, make_user: Any, make_seeker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, seeker = make_user(), make_seeker()
    for _ in range(5):
        see(session, user, seeker, NOON)
    monkeypatch.setattr(queries, "COUNTED", 3)
    assert queries.sights(session, SightFilter(), Slice()).total == 4
