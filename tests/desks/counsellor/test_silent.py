"""The call list on the screen: who to call, a promise written down once, bad days explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.kernel import clock
from jobcenter.people.choices import Way
from jobcenter.referrals.choices import ReferralState
from jobcenter.referrals.models import Referral
from tests.support.client import Client

Make = Callable[..., Any]


def test_a_late_firm_is_called_and_its_promise_written_down(
    client: Client, session: Session, make_user: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, today = make_vacancy(), clock.today()
    row = Referral(
        vacancy_id=vacancy.id, seeker_id=make_seeker().id, state=ReferralState.SENT,
        agreed_at=clock.now(), agreed_way=Way.COUNTER, sent_at=clock.now(),
        answer_by=today - dt.timedelta(days=4), valid_to=today,
    )  # fmt: skip
    session.add(row)
    client.sign_in_as(make_user(Role.COUNSELLOR))
    day = client.get("/counsellor/day").get_data(as_text=True)
    assert "Gọi hỏi kết quả 1 người" in day
    page = client.get("/counsellor/silent-firms").get_data(as_text=True)
    assert vacancy.enterprise.name in page
    assert "4\xa0ngày" in page
    path = f"/counsellor/silent-firms/{vacancy.enterprise.key}"
    wrong = client.post(path, {"until": "31/02/2026", "note": "Gọi chị Lan"})
    assert wrong.status_code == 422
    assert 'value="Gọi chị Lan"' in wrong.get_data(as_text=True)
    until = today + dt.timedelta(days=3)
    key = client.page.select_one("input[name=form_key]")["value"]
    sent = {"until": f"{until:%d/%m/%Y}", "note": "Gọi chị Lan", "form_key": key}
    for _click in range(2):
        assert client.post(path, sent).status_code == 302
    assert row.answer_by == until
    assert "Không doanh nghiệp nào nợ câu trả lời" in client.get(
        "/counsellor/silent-firms"
    ).get_data(as_text=True)
