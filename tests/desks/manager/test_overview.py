"""The manager's board: against plan and pace, down to rows, and what to look at now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import Tag
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.advising.models import Consultation
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.referrals.choices import ReferralState
from jobcenter.referrals.models import Referral
from jobcenter.reports import board, rules
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.frozen(dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)):
        yield


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True).replace("\u00a0", " ")


def test_the_board_tells_plan_pace_and_what_waits(
    client: Client, session: Session, make_user: Make, make_seeker: Make, make_vacancy: Make,
    make_class: Make,
) -> None:  # fmt: skip
    seeker = make_seeker(registered_on=dt.date(2026, 11, 2))
    vacancy = make_vacancy(headcount=10, deadline=dt.date(2026, 11, 25))
    session.add_all(
        Consultation(day=dt.date(2026, 11, day), person_id=seeker.person_id, channel="phone")
        for day in (2, 3)
    )
    session.add(
        Referral(
            vacancy_id=vacancy.id, seeker_id=seeker.id, state=ReferralState.SENT,
            agreed_at=clock.now(), agreed_way="counter", sent_at=clock.now(),
            answer_by=dt.date(2026, 11, 20), valid_to=dt.date(2026, 11, 28),
        )
    )  # fmt: skip
    make_class(name="May công nghiệp K9", starts_on=dt.date(2026, 12, 1), places=30, taken=3)
    rules.set_target(session, year=2026, code="consultations", target=100, decision="", by=BY)
    client.sign_in_as(make_user("manager"))
    client.get("/manager/overview")
    told = text(client)
    assert "Tạm tính đến 23/11/2026" in told
    assert "Lượt tư vấn 2 2 100 2%" in told
    # 327 of 365 days are over: 89.6 % of 100 are due, 2 are there
    assert "Lượt tư vấn chậm 88 so với nhịp kế hoạch" in told
    assert "1 doanh nghiệp quá hạn chưa trả lời" in told
    assert "1 vị trí hết hạn trong 7 ngày" in told
    assert "1 phiếu giới thiệu hết giá trị trong 7 ngày" in told
    assert "May công nghiệp K9" in told
    assert "1 lớp sắp mở chưa được nửa chỗ" in told
    assert "Chưa đủ 30 người" in told
    main = client.page.find("main") if client.page else None
    assert isinstance(main, Tag)
    links = {a["href"] for a in main.find_all("a") if a["href"].startswith("/")}
    for link in sorted(links):
        assert client.open(link, method="GET", look=False).status_code in (200, 302), link
    assert client.get("/manager/overview?period=2020").status_code == 200


def test_a_board_that_took_long_is_kept_and_a_quick_one_is_not(
    session: Session, make_seeker: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    period = board.Period(board.periods.PeriodKind.MONTH, 2026, 11)
    seeker = make_seeker()

    def advised() -> float | None:
        session.add(Consultation(day=clock.today(), person_id=seeker.person_id, channel="phone"))
        session.flush()
        return board.board(session, period).figures["consultations"].period

    monkeypatch.setattr(board, "SLOW", 1e9)
    assert (advised(), advised()) == (1, 2)
    monkeypatch.setattr(board, "SLOW", -1.0)
    monkeypatch.setattr(board, "KEEP", 1e9)
    assert (advised(), advised()) == (3, 3)
    board.forget()
    assert advised() == 5
