"""The ledger speaks words, in both languages."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.audit.models import LedgerEntry
from jobcenter.audit.rules import record
from jobcenter.audit.search import SIZE, Wanted, search
from jobcenter.desks.admin import ledger
from jobcenter.kernel import clock
from jobcenter.kernel.actor import NOBODY, Actor
from tests.support.client import Client


def test_the_ledger_tells_acts_records_and_details_in_words(
    client: Client, session: Session, make_user: Any
) -> None:
    for details in (
        {"action": "change-seeker", "kind": "seeker", "fields": ["pay_min", "shifts"]},
        {"action": "move-seeker", "kind": "seeker", "before": "new", "after": "looking"},
        {"action": "add-member", "kind": "enterprise", "administrator": True, "user": 7},
        {"action": "give-consent", "kind": "person", "purpose": "publish", "way": "phone"},
        {"action": "something-old", "kind": "none", "odd": None, "other": ["x", 2]},
    ):
        record(session, by=NOBODY, subject_id=1, **details)  # type: ignore[arg-type]
    client.sign_in_as(make_user("administrator"))
    client.get("/admin/ledger")
    assert client.page is not None
    text = client.page.get_text(" ", strip=True)
    for words in (
        "Các mục: Lương thấp nhất, Ca làm nhận được",
        "Trước là: Mới",
        "Nay là: Đang tìm việc",
        "Quản trị của công ty: Có",
        "Đồng ý việc gì: Cho doanh nghiệp xem hồ sơ che tên",
        "something-old",  # what an older version recorded still stands there
    ):
        assert words in text, words
    assert not {"change-seeker", "pay_min", "give-consent"} & set(text.split())
    client.get("/language/en?next=/")
    client.get("/admin/ledger")
    english = client.page.get_text(" ", strip=True)
    assert "Fields: Lowest pay, Shifts accepted" in english


def line(session: Session, number: int, at: dt.datetime, **columns: Any) -> None:
    plain = {"actor": "x", "action": "change-seeker", "subject_kind": "seeker", "subject_id": 1,
             "details": {}}  # fmt: skip
    session.add(LedgerEntry(id=number, at=at, **plain | columns))


def test_pages_are_cut_at_line_numbers_and_meet_without_gap_or_repeat(session: Session) -> None:
    noon = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC)
    for number in range(1, 131):
        line(session, number, noon, user_id=number % 2)
    session.flush()
    seen: list[int] = []
    older: int | None = None
    while True:
        found = search(session, Wanted(user_id=1, older_than=older))
        seen += [one.id for one in found.lines]
        if not found.has_older:
            break
        older = found.lines[-1].id
    assert seen == list(range(129, 0, -2))
    middle = search(session, Wanted(user_id=1, older_than=100))
    back = search(session, Wanted(user_id=1, newer_than=middle.lines[0].id))
    assert [one.id for one in back.lines] == list(range(129, 99, -2))
    assert (back.has_newer, back.has_older) == (False, True)
    assert len(search(session, Wanted()).lines) == SIZE


def test_days_are_the_offices_days_also_where_numbers_and_times_cross(session: Session) -> None:
    def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
        return dt.datetime(2026, 3, day, hour, minute, tzinfo=clock.LOCAL)

    times = [at(1, 23, 59), at(2, 0), at(3, 0, 1), at(2, 23, 58), at(3, 2), at(2, 22), at(4, 9)]
    for number, when in enumerate(times, start=1):
        line(session, number, when)
    session.flush()

    def days(first: int | None, last: int | None) -> list[int]:
        given = [dt.date(2026, 3, n) if n else None for n in (first, last)]
        return [
            one.id for one in search(session, Wanted(first_day=given[0], last_day=given[1])).lines
        ]

    assert days(2, 2) == [6, 4, 2]
    assert days(3, None) == [7, 5, 3]
    assert days(None, 1) == [1]
    assert days(10, None) == []
    assert days(None, None) == [7, 6, 5, 4, 3, 2, 1]


@pytest.fixture
def told(client: Client, session: Session, make_user: Any, make_seeker: Any) -> dict[str, Any]:
    hatt = make_user(Role.COUNSELLOR, name="Trần Thu Hà", login="hatt")
    other = make_user(Role.COUNSELLOR, name="Trần Thu Hằng", login="hangtt")
    file = make_seeker(number="HS-2026-00977")
    for user, action, kind, row in (
        (hatt, "change-seeker", "seeker", file.id),
        (other, "give-consent", "person", file.person_id),
        (other, "change-seeker", "seeker", file.id + 1),
        (None, "close-visit", "visit", 3),
    ):
        line(
            session,
            None,
            clock.now(),
            user_id=user.id if user else None,  # type: ignore[arg-type]
            actor=user.name if user else "lệnh",
            action=action,
            subject_kind=kind,
            subject_id=row,
        )
    client.sign_in_as(make_user(Role.ADMINISTRATOR, name="Vũ Thanh Tùng", login="quantri"))
    return {"client": client, "file": file}


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("who=hatt", 1),
        ("who=Tran+Thu+Hang", 2),
        ("who=*&action=close-visit", 1),
        ("action=change-seeker", 2),
        ("kind=person", 1),
        ("record=hs-2026-00977", 2),
        ("record=HS-2026-00977&kind=person", 1),
        ("record=HS-2026-00977&who=hangtt", 1),
        ("record=quantri", 0),
        ("kind=visit&record=3", 1),
        ("first_day=01/01/2027", 0),
        ("who=hatt&last_day=01/01/2100&first_day=01/01/2020", 1),
    ],
)
def test_the_ledger_is_narrowed_from_its_address(
    told: dict[str, Any], query: str, lines: int
) -> None:
    client = told["client"]
    assert client.get(f"/admin/ledger?{query}").status_code == 200
    rows = client.page.select("tbody tr")
    mine = [row for row in rows if "Vũ Thanh Tùng" not in row.get_text()]
    assert len(mine) == lines, [row.get_text(" ") for row in rows]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("who=tran+thu", "Nhiều tài khoản có tên như vậy"),
        ("who=khong-ai", "Không có tài khoản nào tên “khong-ai”"),
        ("record=HS-1999-1", "Không có bản ghi nào như vậy"),
        ("first_day=31/02/2026", "Tháng 2 không có ngày 31"),
        ("action=made-up", "Chọn một giá trị"),
    ],
)
def test_what_cannot_be_looked_for_is_said_and_nothing_else_is_shown(
    told: dict[str, Any], query: str, words: str
) -> None:
    text = told["client"].get(f"/admin/ledger?{query}").get_data(as_text=True)
    assert words in text
    assert not told["client"].page.select("tbody tr")
    if "tran" in query:
        assert "/admin/ledger?who=hatt" in text


def test_filters_go_along_to_older_lines(told: dict[str, Any], session: Session) -> None:
    for _ in range(SIZE + 5):
        line(
            session,
            None,
            clock.now(),
            action="set-day",
            subject_kind="calendar-day",  # type: ignore[arg-type]
            subject_id=None,
        )
    client = told["client"]
    client.get("/admin/ledger?action=set-day")
    older = client.page.select_one("a[rel=next]")["href"]
    assert "action=set-day" in older
    client.get(older)
    assert len(client.page.select("tbody tr")) == 5
    newer = client.page.select_one("a[rel=prev]")["href"]
    client.get(newer)
    assert len(client.page.select("tbody tr")) == SIZE
    assert client.page.select_one("a[rel=prev]") is None


def test_the_ledger_leaves_as_a_file_that_is_filtered_and_safe(
    client: Client, session: Session, make_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = Actor(user_id=None, name="=cmd|' /C calc'!A0", role="system")
    for number in range(120):
        record(session, by=by, action="change-seeker", kind="seeker", subject_id=number + 1)
    record(session, by=by, action="sign-out", kind="user", subject_id=1)
    client.sign_in_as(make_user("administrator"))
    body = client.get("/admin/ledger/export.csv?action=change-seeker").data
    lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(lines) == 121
    assert {line[1] for line in lines[1:]} == {"'=cmd|' /C calc'!A0"}
    assert [line[3] for line in lines[1:3]] == ["Hồ sơ tìm việc 120", "Hồ sơ tìm việc 119"]
    assert client.get("/admin/ledger/export.xlsx?kind=user").status_code == 200
    assert client.get("/admin/ledger/export.pdf").status_code == 404
    monkeypatch.setattr(ledger, "MOST_ROWS", 100)
    refused = client.get("/admin/ledger/export.csv?action=change-seeker")
    assert refused.status_code in (400, 409, 422)
