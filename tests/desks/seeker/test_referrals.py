"""The person's own referrals: what is shared with whom, yes, no, and stepping back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.kernel.actor import system
from jobcenter.people.choices import Way
from jobcenter.referrals import rules
from jobcenter.referrals.choices import ReferralState, Verb
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)


def text(client: Client) -> str:
    assert client.page is not None
    return " ".join(client.page.get_text().split())


def test_a_proposal_is_answered_and_a_yes_can_be_taken_back(
    client: Client, session: Session, make_user: Make, make_seeker: Make, make_vacancy: Make
) -> None:
    seeker, other = make_seeker(), make_seeker()
    vacancy, second = make_vacancy(title="Thợ may mẫu"), make_vacancy(title="Đóng gói")
    row = rules.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    inside = rules.draft(session, vacancy=second, seeker=seeker, by=BY)
    foreign = rules.draft(session, vacancy=vacancy, seeker=other, by=BY)
    for one in (row, foreign):
        rules.act(session, referral=one, verb=Verb.PROPOSE, by=BY)
    client.sign_in_as(make_user(Role.SEEKER, person=seeker.person))
    client.get("/me/referrals")
    assert "Chờ bạn trả lời" in text(client)
    assert "Đóng gói" not in text(client)  # not asked yet: the centre only weighs it
    assert client.get(f"/me/referrals/{inside.key}").status_code == 404
    assert client.get(f"/me/referrals/{foreign.key}").status_code == 404
    path = f"/me/referrals/{row.key}"
    client.get(path)
    assert "Nếu bạn nhận lời" in text(client)
    assert client.send(path, {"verb": "hire"}, action=path).status_code == 422
    assert client.submit(path, {"verb": "consent"}, action=path).status_code == 303
    session.expire_all()
    assert (row.state, row.agreed_way) == (ReferralState.CONSENTED, Way.ONLINE)
    client.get(path)
    assert "Công ty thấy tên và điện thoại của bạn đến" in text(client)
    rules.act(session, referral=row, verb=Verb.SEND, by=BY)
    client.get(path)
    assert client.send(path, {"verb": "withdraw"}, action=path).status_code == 422
    assert "Chọn lý do" in text(client)
    answer = client.submit(path, {"verb": "withdraw", "reason": "far"}, action=path)
    assert answer.status_code == 303
    session.expire_all()
    assert (row.state, row.reason) == (ReferralState.WITHDRAWN, "far")
    client.get("/me/referrals")
    assert "Công ty không thấy tên và điện thoại của bạn" in text(client)
    assert client.post(path, {"verb": "consent"}).status_code == 422
