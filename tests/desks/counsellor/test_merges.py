"""Merging on the desk: choose, lay side by side, make one, take apart; old addresses lead on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.kernel.actor import Actor
from jobcenter.people.choices import Purpose
from jobcenter.people.models import SuspectedPair
from jobcenter.people.rules import withdraw_consent
from jobcenter.people.suspects import find_suspects
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker
from jobcenter.work.models import Job
from tests.support.client import Client

Make = Callable[..., Any]
BY = Actor(user_id=None, name="Trần Thu Hà", role="counsellor")


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


@pytest.fixture
def two(make_seeker: Make) -> tuple[Seeker, Seeker]:
    born = {"birth_date": dt.date(1995, 2, 14), "birth_year": 1995}
    old = make_seeker(
        person={"full_name": "NGUYEN THI HUONG", "phone": "+84372345678"} | born,
        pay_min=7_000_000, number="HS-2025-00007", job="May áo",
    )  # fmt: skip
    new = make_seeker(
        person={"full_name": "Nguyễn Thị Hương", "id_number": "031195001234",
                "phone": "+84912345678"} | born,
        pay_min=8_000_000, number="HS-2026-00019", job="Đóng gói",
    )  # fmt: skip
    return old, new


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def together(two: tuple[Seeker, Seeker]) -> str:
    return f"/counsellor/seekers/{two[0].key}/merge/{two[1].key}"


def test_the_other_file_is_proposed_or_searched_for(
    desk: Client, two: tuple[Seeker, Seeker], make_seeker: Make
) -> None:
    make_seeker(person={"full_name": "Đỗ Văn An"}, number="HS-2026-00044")
    path = f"/counsellor/seekers/{two[0].key}"
    desk.get(path)
    assert desk.page is not None
    assert desk.page.find("a", href=f"{path}/merge")
    desk.get(f"{path}/merge")
    assert "Một bên viết không dấu" in text(desk)
    assert together(two) in str(desk.page)
    assert "HS-2026-00044" not in text(desk)
    desk.get(f"{path}/merge?text=hs+2026-44")
    assert "HS-2026-00044" in text(desk)
    desk.get(f"{path}/merge?text=huong")  # never the file itself
    assert str(desk.page).count(f"merge/{two[0].key}") == 0


def test_two_files_stand_side_by_side_and_become_one_and_two_again(
    desk: Client, session: Session, two: tuple[Seeker, Seeker]
) -> None:
    old, new = two
    desk.get(together(two))
    for said in ("7.000.000", "8.000.000", "********1234", "0372 345 678", "0912 345 678"):
        assert said in text(desk), said
    assert "031195001234" not in str(desk.page)
    form = desk.form("")
    picked = {one["name"]: one["value"] for one in form.select("input[type=radio][checked]")}
    assert picked["pick-full_name"] == picked["pick-id_number"] == "take"
    assert picked["pick-experiences"] == "both"
    answer = desk.send(together(two), {"pick-pay_min": "take", "pick-phone": "keep"})
    assert answer.status_code == 303
    desk.get(answer.location)
    shown = text(desk)
    assert "Đã gộp hồ sơ HS-2026-00019 vào HS-2025-00007" in shown
    assert "Nguyễn Thị Hương" in shown
    assert "0372 345 678" in shown
    assert (old.pay_min, old.person.id_number) == (8_000_000, "031195001234")
    assert {job.position for job in old.experiences} == {"May áo", "Đóng gói"}
    assert desk.send(answer.location, {}, action="/undo").status_code == 303
    desk.get(f"/counsellor/seekers/{new.key}")
    assert "lại là hai hồ sơ" in text(desk)
    assert (old.pay_min, old.person.id_number, old.person.full_name) == (
        7_000_000, None, "NGUYEN THI HUONG",
    )  # fmt: skip


def test_the_old_address_and_number_lead_to_the_file_that_stays(
    desk: Client, two: tuple[Seeker, Seeker]
) -> None:
    old, new = two
    desk.submit(together(two), {})
    for part in ("", "/edit", "/vacancies", "/merge"):
        answer = desk.get(f"/counsellor/seekers/{str(new.key).upper()}{part}?x=1")
        assert answer.status_code == 302
        assert answer.location == f"/counsellor/seekers/{old.key}{part}?x=1"
    desk.get("/counsellor/seekers?text=HS-2026-00019")
    assert "HS-2025-00007" in text(desk)
    answer = desk.post(f"/counsellor/seekers/{new.key}/move", {"verb": "pause"})
    assert (answer.status_code, answer.location) == (303, f"/counsellor/seekers/{old.key}")
    assert old.state is FileState.LOOKING
    desk.get(answer.location)
    assert "Việc vừa làm chưa được ghi" in text(desk)
    again = desk.get(together(two))
    assert again.status_code in (302, 422)


def test_who_edits_a_file_while_it_is_merged_loses_nothing(
    desk: Client, session: Session, two: tuple[Seeker, Seeker]
) -> None:
    old, new = two
    path = f"/counsellor/seekers/{new.key}/edit"
    desk.get(path)
    typing = desk.page
    desk.submit(together(two), {"pick-pay_min": "keep"})
    desk.page = typing
    stale = desk.send(path, {"skills": "hàn MIG", "pay_min": "9.000.000"})
    assert stale.status_code == 409
    assert "hàn MIG" in text(desk)
    assert "9.000.000" in text(desk)
    assert old.skills != "hàn MIG"
    picks = {
        str(one["name"]): "mine"
        for one in desk.form("").select("input[type=radio]")
        if str(one["name"]) in ("pick-skills", "pick-pay_min")
    }
    others = {
        str(one["name"]): "theirs"
        for one in desk.form("").select("input[type=radio]")
        if str(one["name"]) not in picks
    }
    saved = desk.send(path, picks | others | {"merge": "save"})
    assert (saved.status_code, saved.location) == (302, f"/counsellor/seekers/{old.key}")
    assert (old.skills, old.pay_min) == ("hàn MIG", 9_000_000)


def test_a_merge_of_what_was_changed_meanwhile_is_looked_at_again(
    desk: Client, session: Session, two: tuple[Seeker, Seeker]
) -> None:
    _old, new = two
    desk.get(together(two))
    new.skills = "hàn MIG"
    answer = desk.send(together(two), {"pick-pay_min": "take"})
    assert answer.status_code == 409
    assert new.person.merged_into_id is None
    assert "hàn MIG" in text(desk)
    picked = desk.form("").select_one("input[name=pick-pay_min][checked]")
    assert picked is not None
    assert picked["value"] == "take"
    assert desk.send(together(two), {}).status_code == 303


def test_a_withdrawn_consent_is_told_before_the_merge(
    desk: Client, session: Session, two: tuple[Seeker, Seeker]
) -> None:
    withdraw_consent(session, person=two[1].person, purpose=Purpose.PUBLISH, by=BY)
    desk.get(together(two))
    assert "Một hồ sơ đã rút đồng ý cho: Cho doanh nghiệp xem hồ sơ che tên" in text(desk)


def test_pairs_found_in_the_register_are_looked_at_or_set_apart(
    desk: Client, session: Session, two: tuple[Seeker, Seeker]
) -> None:
    desk.get("/counsellor/seekers/duplicates")
    assert "Không có cặp nào cần xem" in text(desk)
    session.commit()
    find_suspects(session)
    desk.get("/counsellor/seekers/duplicates")
    assert "Rất có thể trùng" in text(desk)
    assert together(two) in str(desk.page)
    assert desk.send("/counsellor/seekers/duplicates", {}, action="/apart").status_code == 303
    desk.get("/counsellor/seekers/duplicates")
    assert "Không có cặp nào cần xem" in text(desk)
    assert session.scalars(select(SuspectedPair)).one().apart_at is not None


def test_a_worker_is_asked_to_compare_the_register_once_for_two_clicks(
    desk: Client, session: Session
) -> None:
    desk.get("/counsellor/seekers/duplicates")
    page = desk.page
    first = desk.send("/counsellor/seekers/duplicates", {}, action="/find")
    desk.page = page
    second = desk.send("/counsellor/seekers/duplicates", {}, action="/find")
    assert (first.status_code, first.location) == (303, second.location)
    assert session.scalars(select(Job)).one().kind == "find-suspects"


def test_only_who_writes_files_merges_them(
    client: Client, make_user: Make, two: tuple[Seeker, Seeker]
) -> None:
    client.sign_in_as(make_user("manager"))
    assert client.get(together(two)).status_code == 403
    assert client.get("/counsellor/seekers/duplicates").status_code == 403
    client.get(f"/counsellor/seekers/{two[0].key}")
    assert "Gộp với hồ sơ khác" not in text(client)
