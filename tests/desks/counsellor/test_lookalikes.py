"""The panel beside the intake form: who may be meant, masked, while one types and on saving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.kernel.db import declare_kind
from jobcenter.people.models import Person
from tests.support.client import Client

Make = Callable[..., Any]
PATH = "/counsellor/seekers/lookalikes"
HUONG = {
    "full_name": "Nguyễn Thị Thu Hường",
    "birth_date": dt.date(1995, 2, 14),
    "birth_year": 1995,
    "phone": "+84372345678",
    "id_number": "031195001234",
    "old_id_number": "142856703",
    "current_commune": "11560",
}


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


def asked(desk: Client, **typed: str) -> str:
    """Return the part of the page that comes back, read as a page of its own."""
    answer = part_of(desk, {"csrf_token": desk.csrf()} | typed)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def part_of(client: Client, data: dict[str, str]) -> Any:
    client.session.commit()
    answer = client.browser.post(PATH, data=data)
    declare_kind(writing=True)  # the request only read; the test's own session writes
    client.session.expire_all()
    return answer


def test_the_panel_shows_both_sides_with_why_and_masks_numbers(
    desk: Client, make_seeker: Make
) -> None:
    seeker = make_seeker(person=HUONG)
    part = asked(desk, full_name="Hường Nguyễn Thị Thu", phone="0167 234 5678", birth="14/2/1995",
                 id_number="031195009999", old_id_number="142856703")  # fmt: skip
    for said in (
        "Có thể đã có hồ sơ", "Cùng số CMND cũ", "Họ và tên viết đảo thứ tự",
        "Đầu số cũ đã đổi năm 2018", "0372 *** 678", "********1234", "*****6703",
        f"/counsellor/seekers/{seeker.key}", "Người khác, ghi tiếp",
    ):  # fmt: skip
        assert said in part, said
    for secret in ("031195001234", "142856703", "0372345678", "0372 345 678"):
        assert secret not in part


def test_half_a_form_and_nonsense_are_no_fault(desk: Client, make_seeker: Make) -> None:
    make_seeker(person=HUONG)
    assert "section" not in asked(desk, full_name="Ng", birth="14/", id_number="0311", sex="x")
    assert "section" not in asked(desk)
    assert "section" not in asked(
        desk, full_name="\x00" * 300, phone="9" * 400, other="a b", seen="c"
    )


def test_a_family_phone_is_a_faint_hint_and_stops_nobody(desk: Client, make_seeker: Make) -> None:
    make_seeker(person=HUONG)
    part = asked(desk, full_name="Nguyễn Văn Khoa", phone="0372345678")
    assert "Có thể liên quan" in part
    assert "có thể người nhà" in part
    assert "Người khác" not in part
    values = {"full_name": "Nguyễn Văn Khoa", "phone": "0372345678", "consents": "register"}
    assert desk.submit("/counsellor/seekers/new", values).status_code == 303


def test_whoever_was_set_aside_is_not_asked_about_again(desk: Client, make_seeker: Make) -> None:
    key = str(make_seeker(person=HUONG).person.key)
    typed = {"full_name": "Nguyễn Thị Thu Hường", "birth": "14/02/1995"}
    assert key in asked(desk, **typed)
    part = asked(desk, other=key, **typed)
    assert "section" not in part
    assert f'name="other" value="{key}"' in part
    same = asked(desk, other=key, id_number="031195001234", **typed)
    assert "Một số CCCD chỉ thuộc về một người" in same
    values = typed | {"consents": "register", "other": key}
    assert desk.submit("/counsellor/seekers/new", values).status_code == 303


def test_each_person_shown_is_one_sight_of_a_form(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker(person=HUONG)
    typed = {"full_name": "Nguyễn Thị Thu Hường", "birth": "14/02/1995"}
    asked(desk, **typed)
    asked(desk, seen=str(seeker.person.key), **typed)
    sight = session.scalars(select(Sight)).one()
    assert (sight.person_id, sight.look) == (seeker.person_id, Look.MASKED)


def test_a_person_without_a_file_gets_one_on_a_click(
    desk: Client, session: Session, make_person: Make
) -> None:
    known = make_person(**HUONG)
    values = {"full_name": "Nguyễn Thị Thu Hường", "birth": "14/02/1995", "consents": "register"}
    assert desk.submit("/counsellor/seekers/new", values).status_code == 422
    assert "Chưa có hồ sơ tìm việc" in str(desk.page)
    answer = desk.send("/counsellor/seekers/new", {"same": str(known.key)})
    assert answer.status_code == 303
    assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_only_who_may_write_files_is_shown_anybody(
    client: Client, make_user: Make, make_seeker: Make
) -> None:
    make_seeker(person=HUONG)
    for role in ("manager", "school-staff", "administrator", "seeker"):
        client.sign_in_as(make_user(role))
        answer = part_of(client, {"csrf_token": client.csrf(), "full_name": "x"})
        assert answer.status_code == 403
    assert part_of(client, {"full_name": "x"}).status_code in (400, 403)
