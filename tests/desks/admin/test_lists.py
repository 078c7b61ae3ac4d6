"""The pages of the value lists, and an ended value on old and new records."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.catalogue import editing, queries
from jobcenter.catalogue.models import CodeValue
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from tests.support.client import Client

BY = system("test", EVERYTHING)


@pytest.fixture
def admin(client: Client, make_user: Any) -> Client:
    return client.sign_in_as(make_user(Role.ADMINISTRATOR))


def end(session: Session, of: str, code: str) -> None:
    """End a value as of yesterday."""
    day = clock.today() - dt.timedelta(days=1)
    found = queries.one_value(session, of, code)
    editing.end_value(session, value=found, last_day=day, version=None, by=BY)


def test_a_value_is_added_renamed_moved_ended_and_taken_up_again(
    admin: Client, session: Session
) -> None:
    assert "Ca làm" in admin.get("/admin/lists").get_data(as_text=True)
    new = {"code": "weekend", "name_vi": "Cuối tuần", "name_en": "Weekends", "valid_from": ""}
    assert admin.submit("/admin/lists/K/new", new).status_code == 302
    page = admin.get("/admin/lists/K").get_data(as_text=True)
    assert "Cuối tuần" in page
    assert (
        admin.submit("/admin/lists/K/weekend", {"name_vi": "Thứ Bảy, Chủ nhật"}).status_code == 302
    )
    # without script: the button of a row is a form of its own
    admin.get("/admin/lists/K")
    assert admin.send("", {"to": "1"}, action="/K/weekend/move").status_code == 302
    assert queries.values_of(session, "K")[0].code == "weekend"
    wrong = admin.submit("/admin/lists/K/weekend", {"last_day": "31/02/2026"}, action="/end")
    assert wrong.status_code == 422
    assert "Tháng 2 không có ngày 31" in wrong.get_data(as_text=True)
    assert "31/02/2026" in wrong.get_data(as_text=True)
    yesterday = (clock.today() - dt.timedelta(days=1)).strftime("%d/%m/%Y")
    ended = admin.submit("/admin/lists/K/weekend", {"last_day": yesterday}, action="/end")
    assert ended.status_code == 302
    assert "Ngừng hoặc chưa dùng" in admin.get("/admin/lists/K").get_data(as_text=True)
    assert admin.submit("/admin/lists/K/weekend", {}, action="/reinstate").status_code == 302
    assert "Ngừng hoặc chưa dùng" not in admin.get("/admin/lists/K").get_data(as_text=True)


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(
    admin: Client, session: Session
) -> None:
    admin.get("/admin/lists/K/night")
    page = admin.page
    session.get(CodeValue, ("K", "night")).name_en = "Nights"
    session.commit()
    admin.page = page
    late = admin.send("/admin/lists/K/night", {"name_vi": "Ca khuya"})
    assert late.status_code == 422
    text = late.get_data(as_text=True)
    assert "Người khác vừa sửa" in text
    assert "Ca khuya" in text


def test_staff_read_the_lists_and_change_nothing(client: Client, make_user: Any) -> None:
    client.sign_in_as(make_user(Role.COUNSELLOR))
    assert "Thêm giá trị" not in client.get("/admin/lists/K").get_data(as_text=True)
    for path in ("/admin/lists/K/new", "/admin/lists/K/night"):
        assert client.get(path).status_code == 403
    assert client.post("/admin/lists/K/night/move", {"to": "1"}).status_code == 403


def test_an_ended_value_stays_on_an_old_file_and_is_not_offered_for_a_new_one(
    client: Client, make_user: Any, make_seeker: Any, session: Session
) -> None:
    seeker = make_seeker(general_education="thcs", shifts=("night", "office"))
    end(session, "A", "thcs")
    end(session, "K", "night")
    client.sign_in_as(make_user(Role.COUNSELLOR))
    page = client.get(f"/counsellor/seekers/{seeker.key}").get_data(as_text=True)
    assert "Tốt nghiệp THCS" in page
    fresh = client.get("/counsellor/seekers/new").get_data(as_text=True)
    assert "Tốt nghiệp THCS" not in fresh
    assert "Ca đêm cố định" not in fresh
    edit = f"/counsellor/seekers/{seeker.key}/edit"
    assert "Tốt nghiệp THCS (ngừng dùng)" in client.get(edit).get_data(as_text=True)
    assert client.send(edit, {"note": "Gọi lại buổi chiều"}).status_code in (302, 303)
    session.refresh(seeker)
    assert (seeker.note, seeker.general_education) == ("Gọi lại buổi chiều", "thcs")
    assert seeker.shifts == ("night", "office")
    # once left, an ended value does not come back, whoever forges the form
    assert client.submit(edit, {"general_education": "thpt"}).status_code in (302, 303)
    client.get(edit)
    assert client.send(edit, {"general_education": "thcs"}).status_code == 422


def test_an_ended_value_stays_on_an_old_vacancy_and_is_not_offered_for_a_new_one(
    client: Client, make_user: Any, make_vacancy: Any, session: Session
) -> None:
    vacancy = make_vacancy(shift="night", benefits=("bus", "nursery"))
    end(session, "K", "night")
    end(session, "P", "nursery")
    client.sign_in_as(make_user(Role.COUNSELLOR))
    assert "Ca đêm cố định" in client.get(f"/counsellor/vacancies/{vacancy.key}").get_data(
        as_text=True
    )
    assert "Ca đêm cố định" not in client.get("/counsellor/vacancies/new").get_data(as_text=True)
    edit = f"/counsellor/vacancies/{vacancy.key}/edit"
    assert client.submit(edit, {"headcount": "41"}).status_code in (302, 303)
    session.refresh(vacancy)
    assert (vacancy.headcount, vacancy.shift) == (41, "night")
    assert set(vacancy.benefits) == {"bus", "nursery"}
    refused = client.submit("/counsellor/vacancies/new", {"title": "Thợ may", "shift": "night"})
    assert refused.status_code == 422
