"""After the hire on screen: the list, an answer, a firm's whole list, terms, another job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.accounts.models import User
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.placements.choices import CheckAnswer, CheckWay
from jobcenter.placements.models import Placement, PlacementCheck
from jobcenter.placements.rules import hire
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
LIST = "/counsellor/aftercare"


def day(ago: int) -> str:
    return f"{clock.today() - dt.timedelta(days=ago):%d/%m/%Y}"


@pytest.fixture
def user(make_user: Make) -> User:
    found: User = make_user("counsellor", name="Trần Thu Hà")
    return found


@pytest.fixture
def desk(client: Client, user: User) -> Client:
    return client.sign_in_as(user)


@pytest.fixture
def placed(session: Session, make_vacancy: Make, make_seeker: Make, user: User) -> list[Placement]:
    """Three people who started 40 days ago in one vacancy, one of them somebody else's."""
    vacancy = make_vacancy(headcount=3)
    start = clock.today() - dt.timedelta(days=40)
    names = ("Phạm Thị Lụa", "Đoàn Văn Tùng", "Bùi Thị Nhung")
    return [
        hire(
            session, vacancy=vacancy, started_on=start, by=BY,
            seeker=make_seeker(
                person={"full_name": name}, responsible_id=user.id if n < 2 else None
            ),
        )
        for n, name in enumerate(names)
    ]  # fmt: skip


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True).replace("\xa0", " ")


def answers(session: Session) -> list[tuple[int, CheckAnswer, CheckWay]]:
    rows = session.scalars(select(PlacementCheck).order_by(PlacementCheck.id))
    return [(row.placement_id, row.answer, row.way) for row in rows]


def test_one_click_says_that_somebody_is_still_there(
    desk: Client, session: Session, placed: list[Placement]
) -> None:
    desk.get("/counsellor/day")
    assert "Hỏi thăm sau 30 ngày đi làm" in text(desk)
    desk.get(LIST)
    assert "Phạm Thị Lụa" in text(desk)
    assert "Bùi Thị Nhung" not in text(desk)
    form = desk.form(f"/placements/{placed[0].key}/check")
    data = {f["name"]: f["value"] for f in form.select("input")} | {"answer": "there"}
    for _n in range(2):
        assert desk.open(str(form["action"]), method="POST", data=data).location == LIST
    assert answers(session) == [(placed[0].id, CheckAnswer.THERE, CheckWay.PHONE)]
    desk.get("/counsellor/day")  # where it is told
    desk.get(f"{LIST}?who=all")
    assert "Bùi Thị Nhung" in text(desk)
    assert "Phạm Thị Lụa" not in text(desk)


def test_who_left_is_ended_in_the_same_act_and_the_place_is_free(
    desk: Client, session: Session, placed: list[Placement]
) -> None:
    path = f"/counsellor/placements/{placed[1].key}"
    wrong = desk.submit(path, {"answer": "left", "note": "nói qua điện thoại"}, action="/check")
    assert wrong.status_code == 422
    assert "nói qua điện thoại" in str(desk.page)
    assert answers(session) == []
    values = {"answer": "left", "ended_on": day(20), "reason": "quit", "said_by": "mẹ"}
    assert desk.submit(path, values, action="/check").status_code == 303
    session.refresh(placed[1])
    assert placed[1].ended_on is not None
    vacancy = placed[1].vacancy
    assert vacancy is not None
    session.refresh(vacancy)
    assert (vacancy.filled, vacancy.state.value) == (2, "open")
    assert answers(session)[0][1] is CheckAnswer.LEFT
    desk.get(path)
    assert "Tự nghỉ" in text(desk)


def test_a_firm_answers_for_all_its_people_at_once(
    desk: Client, session: Session, placed: list[Placement]
) -> None:
    path = f"/counsellor/enterprises/{placed[0].enterprise.key}/still-there"
    values = {
        f"answer-{placed[0].key}": "there", f"answer-{placed[1].key}": "left",
        f"ended-{placed[1].key}": "31/02/2026", f"reason-{placed[1].key}": "quit",
        "said_by": "chị Lan, nhân sự",
    }  # fmt: skip
    assert desk.submit(path, values).status_code == 422
    assert "31/02/2026" in str(desk.page)
    assert answers(session) == []
    values[f"ended-{placed[1].key}"] = day(10)
    assert desk.submit(path, values).status_code == 303
    assert answers(session) == [
        (placed[0].id, CheckAnswer.THERE, CheckWay.FIRM_LIST),
        (placed[1].id, CheckAnswer.LEFT, CheckWay.FIRM_LIST),
    ]
    desk.get(path)
    assert "Bùi Thị Nhung" in text(desk)
    assert "Phạm Thị Lụa" not in text(desk)


def test_terms_and_a_job_without_a_vacancy(
    desk: Client,
    session: Session,
    placed: list[Placement],
    make_seeker: Make,
    make_enterprise: Make,
) -> None:
    path = f"/counsellor/placements/{placed[0].key}"
    late = desk.submit(path, {"pay": "8500000", "probation_until": day(400)}, action="/terms")
    assert late.status_code == 422
    assert "8500000" in str(desk.page)
    desk.submit(path, {"contract": "indefinite", "pay": "8.500.000"}, action="/terms")
    session.refresh(placed[0])
    assert (placed[0].contract, placed[0].pay) == ("indefinite", 8_500_000)
    firm, seeker = make_enterprise(), make_seeker()
    job = f"/counsellor/seekers/{seeker.key}/job"
    assert desk.submit(job, {"firm": "Không có hãng này"}).status_code == 422
    assert "Không có hãng này" in str(desk.page)
    done = desk.submit(job, {"firm": firm.tax_number, "started_on": day(3), "found": ["own"]})
    assert done.status_code == 302
    row = session.scalars(select(Placement).where(Placement.seeker_id == seeker.id)).one()
    assert (row.is_own_find, row.vacancy_id, row.enterprise_id) == (True, None, firm.id)
    desk.get(f"/counsellor/seekers/{seeker.key}/advice")
    assert "Không qua vị trí tuyển" in text(desk)
