"""The page of a person's plan and appointments, the counsellor's day, what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.models import User
from jobcenter.advising.choices import AppointmentState
from jobcenter.advising.models import ActionPlan, Appointment, PlanStep, Visit
from jobcenter.kernel import clock
from jobcenter.notices.models import Notice
from tests.support.client import Client

Make = Callable[..., Any]
TOMORROW = clock.today() + dt.timedelta(days=1)
NEXT = f"{TOMORROW:%d/%m/%Y}"


@pytest.fixture
def user(make_user: Make) -> User:
    found: User = make_user("counsellor", name="Trần Thu Hà")
    return found


@pytest.fixture
def desk(client: Client, user: User) -> Client:
    return client.sign_in_as(user)


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def test_a_plan_is_made_step_by_step_on_the_file(
    desk: Client, session: Session, make_seeker: Make, user: User
) -> None:
    seeker = make_seeker(responsible_id=user.id)
    page = f"/counsellor/seekers/{seeker.key}/advice"
    assert desk.submit(page, {"goal": ""}, action="/plan").status_code == 422
    assert desk.submit(page, {"goal": "Làm may ca ngày"}, action="/plan").status_code == 303
    wrong = desk.submit(
        page, {"what": "Khám sức khoẻ", "due_on": "31/02/2026"}, action="/plan/steps"
    )
    assert wrong.status_code == 422
    assert "Khám sức khoẻ" in str(desk.page)
    day = f"{clock.today():%d/%m/%Y}"
    for what in ("Khám sức khoẻ", "Mang bằng nghề"):
        desk.submit(page, {"what": what, "due_on": day}, action="/plan/steps")
    desk.get("/counsellor/day")
    assert "Mang bằng nghề" in text(desk)
    desk.get("/counsellor/due")
    assert "Khám sức khoẻ" in text(desk)
    ended = session.scalars(select(PlanStep).order_by(PlanStep.id)).first()
    assert ended is not None
    desk.submit(page, {"as": "done"}, action=f"/plan/steps/{ended.key}/end")
    session.refresh(ended)
    assert ended.is_done is True
    other = make_seeker()
    end = f"/counsellor/seekers/{other.key}/advice"
    desk.get(end)
    foreign = desk.post(
        f"/counsellor/seekers/{other.key}/plan/steps/{ended.key}/end", {"as": "done"}
    )
    assert foreign.status_code == 404
    desk.submit(page, {"as": "reached"}, action="/plan/close")
    assert session.scalars(select(ActionPlan.is_reached)).one() is True
    desk.get(page)
    assert "Các kế hoạch trước (1)" in text(desk)


def test_an_appointment_is_booked_told_and_becomes_a_calendar_entry(
    desk: Client, session: Session, make_seeker: Make
) -> None:
    seeker = make_seeker(person={"full_name": "Phạm Thị Lụa"})
    page = f"/counsellor/seekers/{seeker.key}/advice"
    values = {"day": NEXT, "time": "9h30", "about": "Xem 3 vị trí kiểm hàng", "place": "Phòng 2"}
    for wrong in ({"time": "25:00"}, {"day": ""}, {"time": ""}, {"channel": ""}):
        assert desk.submit(page, values | wrong, action="/appointments").status_code == 422
        assert "Xem 3 vị trí kiểm hàng" in str(desk.page)
    assert desk.submit(page, values, action="/appointments").status_code == 303
    clash = desk.submit(page, values, action="/appointments")
    assert clash.status_code == 422
    assert "đã có hẹn lúc 09:30" in text(desk)
    row = session.scalars(select(Appointment)).one()
    assert session.scalars(select(Notice.template)).all() == ["appointment"]
    for address, summary, has_about in (
        (f"/counsellor/appointments/{row.key}/calendar", "Phạm Thị Lụa", True),
        (f"/counsellor/appointments/{row.key}/calendar?for=person", "Trần Thu Hà", False),
    ):
        answer = desk.get(address)
        assert answer.mimetype == "text/calendar"
        (event,) = Calendar.from_ical(answer.get_data(as_text=True)).walk("VEVENT")
        assert summary in event["summary"]
        assert event["dtstart"].dt == row.starts_at
        assert event["dtend" if "dtend" in event else "duration"].dt == dt.timedelta(minutes=30)
        assert ("description" in event) == has_about
    assert desk.post("/counsellor/appointments/calendar").mimetype == "text/calendar"
    desk.get("/counsellor/appointments")
    assert "Xem 3 vị trí kiểm hàng" in text(desk)
    move = f"/counsellor/appointments/{row.key}/move"
    assert desk.post(move, {"verb": "dance"}).status_code == 422
    answer = desk.post(move, {"verb": "miss", "next": "//evil.example"})
    assert answer.location == "/counsellor/appointments"
    session.refresh(row)
    assert row.state is AppointmentState.MISSED


def test_who_leaves_the_counter_is_booked_again_in_the_same_act(
    desk: Client, session: Session, make_seeker: Make, user: User
) -> None:
    seeker = make_seeker()
    desk.post("/counsellor/seat", {"desk": "2"})
    desk.submit(f"/counsellor/visits/new?seeker={seeker.key}", {})
    desk.post("/counsellor/visits/call")
    visit = session.scalars(select(Visit)).one()
    path = f"/counsellor/visits/{visit.key}/finish"
    half = desk.submit(path, {"again_day": NEXT, "note": "Hẹn xem việc"})
    assert half.status_code == 422
    assert "Hẹn xem việc" in str(desk.page)
    assert desk.submit(path, {"again_day": NEXT, "again_time": "14:00"}).status_code == 303
    row = session.scalars(select(Appointment)).one()
    assert (row.person_id, row.user_id) == (seeker.person_id, user.id)
    assert clock.local(row.starts_at).hour == 14


def test_the_day_shows_todays_appointments_and_who_is_stuck(
    desk: Client, session: Session, make_seeker: Make, user: User
) -> None:
    old = clock.today() - dt.timedelta(days=90)
    make_seeker(
        responsible_id=user.id, registered_on=old, person={"full_name": "Ngô Thị Bích Liên"}
    )
    seeker = make_seeker(person={"full_name": "Lê Hoàng Nam"})
    for state in (AppointmentState.BOOKED, AppointmentState.KEPT):
        session.add(
            Appointment(
                person_id=seeker.person_id, user_id=user.id, channel="in-person",
                starts_at=clock.now(), state=state, about="Báo kết quả",
                ended_at=clock.now() if state is AppointmentState.KEPT else None,
            )
        )  # fmt: skip
    desk.get("/counsellor/day")
    assert desk.page is not None
    assert "Ngô Thị Bích Liên" in text(desk)
    assert "90 ngày" in text(desk).replace("\xa0", " ")
    assert desk.page.select("tr.now")
    assert "2 hẹn hôm nay" in text(desk)
