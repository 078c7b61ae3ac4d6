"""A firm without an account answers by its signed link: what it shows and does, when it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.audit.models import LedgerEntry, Sight
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.notices.models import Notice
from jobcenter.people.choices import Way
from jobcenter.referrals import rules
from jobcenter.referrals.choices import LinkState, Verb
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import AnswerLink, Referral, ReferralEvent
from tests.support.client import Client, fields

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)


def send(session: Session, vacancy: Any, seeker: Any) -> Referral:
    row = rules.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    rules.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=Said(way=Way.COUNTER))
    rules.act(session, referral=row, verb=Verb.SEND, by=BY)
    return row


def link_of(client: Client, session: Session, vacancy: Any, email: str = "") -> str:
    """Return the path of a link that staff made at their desk."""
    page = f"/counsellor/vacancies/{vacancy.key}/answer-links"
    typed = {"contact": "Chị Lan", "email": email}
    assert client.submit(page, typed).status_code == 303
    client.get(page)
    assert client.page is not None
    field = client.page.select_one("#address")
    assert field is not None
    return "/" + str(field["value"]).split("/", 3)[3]


def sign_out(client: Client) -> None:
    with client.browser.session_transaction() as cookie:
        cookie.clear()


def text(client: Client) -> str:
    assert client.page is not None
    return " ".join(client.page.get_text().split())


def test_a_contact_answers_by_a_link_and_it_is_used_up_with_the_last_answer(
    client: Client, session: Session, make_user: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, other = make_vacancy(headcount=3), make_vacancy()
    names = ["Bùi Thị Hạnh", "Đỗ Văn Nam", "Lê Thị Sáu"]
    rows = [send(session, vacancy, make_seeker(person={"full_name": name})) for name in names]
    rows[2].valid_to = clock.today() - dt.timedelta(days=1)
    hidden = send(session, other, make_seeker(person={"full_name": "Phạm Ẩn Danh"}))
    rules.draft(session, vacancy=vacancy, seeker=make_seeker(job="Người đang cân nhắc"), by=BY)
    session.commit()
    client.sign_in_as(make_user(Role.COUNSELLOR))
    path = link_of(client, session, vacancy, "lan@vidu.vn")
    told = session.scalars(select(Notice).where(Notice.template == "answer-link")).one()
    assert (told.address, path in told.params["link"]) == ("lan@vidu.vn", True)
    late = send(session, vacancy, make_seeker(person={"full_name": "Ngô Đến Sau"}))
    session.commit()
    sign_out(client)

    assert client.get(path).status_code == 200
    page = text(client)
    assert "Bùi Thị Hạnh" in page
    for unseen in ("Lê Thị Sáu", "Phạm Ẩn Danh", "Người đang cân nhắc", "Ngô Đến Sau"):
        assert unseen not in page  # past its day, another's, weighed inside, sent after the link
    assert "/enterprise/" not in client.get(path).text
    session.expire_all()
    assert [row.state for row in (*rows, late)] == ["seen", "seen", "seen", "sent"]
    sight = session.scalars(select(Sight).where(Sight.person_id == rows[0].seeker.person_id)).all()
    assert {one.user_id for one in sight} == {None}

    typed = fields(client.form("/review"))
    places = {key: n for n, key in enumerate(typed["referral"])}
    assert set(places) == {str(row.key) for row in rows}
    one, two = (places[str(row.key)] for row in rows[:2])
    typed |= {f"answer-{one}": "hire", f"answer-{two}": "reject"}
    assert client.open(f"{path}/review", method="POST", data=typed).status_code == 422
    assert "Ghi ngày bắt đầu làm" in text(client)
    typed |= {"started_on": f"{clock.today():%d/%m/%Y}", f"reason-{two}": "skill"}
    # a key of another vacancy slipped in is passed over
    typed["referral"] = [*typed["referral"], str(hidden.key)]
    typed |= {f"answer-{len(places)}": "reject", f"reason-{len(places)}": "skill"}
    assert client.open(f"{path}/review", method="POST", data=typed).status_code == 200
    review = fields(client.form("/send"))
    assert client.open(f"{path}/send", method="POST", data=review).status_code == 200
    assert "Đã ghi 2 trên 2 người" in text(client)
    assert client.open(f"{path}/send", method="POST", data=review).status_code == 302  # a click
    session.expire_all()
    assert [row.state for row in rows] == ["hired", "rejected", "seen"]
    assert hidden.state == "sent"
    link = session.scalars(select(AnswerLink)).one()
    assert link.state is LinkState.OPEN  # one still waits
    event = session.scalars(select(ReferralEvent).where(ReferralEvent.verb == "hire")).one()
    assert (event.actor, event.hand, event.user_id) == ("Chị Lan", "firm", None)
    entry = session.scalars(select(LedgerEntry).where(LedgerEntry.action == "answer-by-link")).one()
    assert entry.details["people"] == 2

    client.get(f"{path}?all=reject")
    client.send(path, {}, action="/review")
    assert client.send(path, {}, action="/send").status_code == 200
    assert "liên kết này đã đóng" in text(client)
    assert client.get(path).status_code == 410
    assert "đã được trả lời" in text(client)
    assert client.open(f"{path}/send", method="POST", data=typed).status_code == 410


def test_a_link_ends_by_time_by_hand_and_by_a_newer_one_and_a_forged_one_is_nothing(
    app: Flask, client: Client, session: Session, make_user: Make, make_vacancy: Make,
    make_seeker: Make,
) -> None:  # fmt: skip
    vacancy = make_vacancy()
    staff = make_user(Role.COUNSELLOR)
    client.sign_in_as(staff)
    page = f"/counsellor/vacancies/{vacancy.key}/answer-links"
    typed = {"contact": "Chị Lan", "email": ""}
    assert client.submit(page, typed).status_code == 422  # nobody waits
    send(session, vacancy, make_seeker())
    session.commit()
    assert client.submit(page, typed | {"contact": " "}).status_code == 422
    first = link_of(client, session, vacancy)
    second = link_of(client, session, vacancy)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    link = session.scalars(select(AnswerLink).order_by(AnswerLink.id.desc())).first()
    assert link is not None
    kept = link.expires_at
    link.expires_at, link.made_at = clock.now(), clock.now() - dt.timedelta(days=1)
    session.commit()
    assert client.get(second).status_code == 410
    link.expires_at = kept
    session.commit()
    client.get(page)
    assert client.send(page, {}, action=str(link.key)).status_code == 303
    assert client.get(second).status_code == 410
    assert "thu hồi" in text(client)
    sign_out(client)
    token = second.rsplit("/", 1)[1]
    forged = f"/answer/{token[:-3]}{'abc' if not token.endswith('abc') else 'abd'}"
    tries = app.config["SETTINGS"].sign_in_tries
    assert {client.get(forged).status_code for _n in range(tries + 1)} == {404}
    sent = [client.post(f"{forged}/send", {}).status_code for _n in range(tries + 1)]
    assert sent == [404] * tries + [429]
