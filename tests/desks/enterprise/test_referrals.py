"""The firm's side: what it sees of whom, thirty answers in one form, and the end of its sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import Tag
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.matching.queries import code_for_firm
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.models import Consent
from jobcenter.referrals import rules
from jobcenter.referrals.choices import ReferralState, Verb
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral
from jobcenter.vacancies.models import Vacancy
from tests.support.client import Client, fields

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
YES = Said(way=Way.COUNTER)


@pytest.fixture
def firm(client: Client, make_user: Make, make_enterprise: Make) -> Any:
    made = make_enterprise()
    client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=made))
    return made


def send(session: Session, vacancy: Any, seeker: Any) -> Referral:
    row = rules.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    rules.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=YES)
    rules.act(session, referral=row, verb=Verb.SEND, by=BY)
    return row


def text(client: Client) -> str:
    assert client.page is not None
    return " ".join(client.page.get_text().split())


def test_a_name_opens_with_the_yes_and_closes_with_each_end(
    client: Client, session: Session, firm: Any, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(enterprise=firm)
    seeker = make_seeker(person={"full_name": "Bùi Thị Hạnh", "phone": "+84912345999"})
    path = f"/enterprise/vacancies/{vacancy.key}/referrals"
    rules.ask(session, vacancy=vacancy, seeker=seeker, by=BY)
    row = session.scalars(select(Referral)).one()

    def sees() -> bool:
        session.flush()
        client.get(path)
        page = text(client)
        client.get(f"/enterprise/referrals/{row.key}")
        page += text(client)
        shown = {"Bùi Thị Hạnh" in page, "0912 345 999" in page}
        assert len(shown) == 1, page
        return shown.pop()

    assert not sees()
    rules.act(session, referral=row, verb=Verb.PROPOSE, by=BY)
    assert not sees()
    rules.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=YES)
    assert sees()
    rules.act(session, referral=row, verb=Verb.SEND, by=BY)
    assert sees()
    session.expire_all()
    assert row.state is ReferralState.SEEN  # opening the list is the receipt
    looks = session.scalars(select(Sight.look).where(Sight.person_id == seeker.person_id)).all()
    assert {Look.MASKED, Look.LIST, Look.FILE} <= set(looks)
    consent = session.scalars(
        select(Consent).where(
            Consent.person_id == seeker.person_id, Consent.purpose == Purpose.INTRODUCE
        )
    ).one()
    consent.withdrawn_at = clock.now()
    assert not sees()
    consent.withdrawn_at = None
    row.valid_to = clock.today() - dt.timedelta(days=1)
    assert not sees()
    row.valid_to = clock.today()
    assert sees()
    client.submit(f"/enterprise/referrals/{row.key}", {"firm_note": "Tay nghề khá"}, action="/note")
    session.expire_all()
    assert row.firm_note == "Tay nghề khá"
    assert "Tay nghề khá" in client.get(f"/enterprise/referrals/{row.key}").text
    for verb, reason in ((Verb.REJECT, "skill"), (Verb.WITHDRAW, "no-sight")):
        with session.begin_nested() as savepoint:
            rules.act(session, referral=row, verb=verb, by=BY, said=Said(reason=reason))
            assert row.firm_note == ""
            savepoint.rollback()
        session.expire_all()
    rules.act(session, referral=row, verb=Verb.REJECT, by=BY, said=Said(reason="skill"))
    assert not sees()
    assert "Tay nghề khá" not in client.get(f"/enterprise/referrals/{row.key}").text


def test_what_the_centre_weighs_inside_is_not_the_firms_to_know(
    client: Client, session: Session, firm: Any, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(enterprise=firm)
    row = rules.draft(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    rules.act(session, referral=row, verb=Verb.PROPOSE, by=BY)
    client.get(f"/enterprise/vacancies/{vacancy.key}/referrals")
    assert "Chưa có ai được gửi" in text(client)
    assert client.get(f"/enterprise/referrals/{row.key}").status_code == 404
    code = code_for_firm(row.seeker, firm.id)
    hires = f"/enterprise/vacancies/{vacancy.key}/hires"
    assert code not in client.get(hires).text
    today = f"{clock.today():%d/%m/%Y}"
    answer = client.post(hires, {"seeker": code, "started_on": today, "form_key": "k"})
    assert answer.status_code == 422
    rules.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=YES)
    rules.act(session, referral=row, verb=Verb.SEND, by=BY)
    assert code in client.get(hires).text


def test_thirty_names_on_one_screen_are_answered_reviewed_and_sent(
    client: Client, session: Session, firm: Any, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(enterprise=firm, headcount=2)
    rows = [send(session, vacancy, make_seeker()) for _n in range(30)]
    path = f"/enterprise/vacancies/{vacancy.key}/referrals"
    client.get(path)
    assert "Trả lời 30 ứng viên được gửi" in text(client)
    session.expire_all()
    form = client.form("/review")
    typed = fields(form)
    assert len(typed["referral"]) == 30
    places = {key: n for n, key in enumerate(typed["referral"])}
    plan = {row.id: verb for row, verb in zip(
        rows, ["hire"] * 4 + ["invite"] * 10 + ["reject"] * 6, strict=False
    )}  # fmt: skip
    for row in rows:
        if row.id in plan:
            typed[f"answer-{places[str(row.key)]}"] = plan[row.id]
    day = clock.today() + dt.timedelta(days=3)
    answer = client.open(f"{path}/review", method="POST", data=typed)
    assert answer.status_code == 422
    assert "Ghi ngày, giờ phỏng vấn" in text(client)
    assert "Chọn lý do" in text(client)
    assert client.page is not None
    assert len(client.page.select("input[type=radio][checked]")) == 20  # nothing typed was lost
    typed |= {"day": f"{day:%d/%m/%Y}", "time": "8h30", "place": "Cổng 2",
              "started_on": f"{clock.today():%d/%m/%Y}"}  # fmt: skip
    for row in rows:
        if plan.get(row.id) == "reject":
            typed[f"reason-{places[str(row.key)]}"] = "skill"
    rules.act(session, referral=rows[5], verb=Verb.WITHDRAW, by=BY, said=Said(reason="far"))
    rules.act(session, referral=rows[6], verb=Verb.REJECT, by=BY, said=Said(reason="full"))
    assert client.open(f"{path}/review", method="POST", data=typed).status_code == 200
    assert session.scalars(select(Vacancy.filled)).one() == 0  # a review changes nothing
    sent = client.send(path, {}, action="/referrals/send")
    assert sent.status_code == 200
    assert "Đã ghi 16 trên 20 người" in text(client)
    assert "Đã nhận đủ 2 người" in text(client)
    session.expire_all()
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state] = counts.get(row.state, 0) + 1
    assert counts == {"hired": 2, "invited": 8, "rejected": 7, "withdrawn": 1, "seen": 12}
    assert rows[7].interview_place == "Cổng 2"
    assert clock.local(rows[7].interview_at).strftime("%H:%M") == "08:30"  # type: ignore[arg-type]


def test_the_review_leads_back_with_everything_and_a_second_click_changes_nothing(
    client: Client, session: Session, firm: Any, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(enterprise=firm)
    row = send(session, vacancy, make_seeker())
    path = f"/enterprise/vacancies/{vacancy.key}/referrals"
    client.get(f"{path}?all=reject")
    typed = fields(client.form("/review"))
    assert (typed["answer-0"], typed["reason-0"]) == ("reject", "full")
    client.open(f"{path}/review", method="POST", data=typed)
    review = fields(client.form("/send"))
    client.open(f"{path}/edit", method="POST", data=review)
    assert client.page is not None
    checked = client.page.select_one("input[type=radio][checked]")
    assert isinstance(checked, Tag)
    assert checked["value"] == "reject"
    assert client.open(f"{path}/send", method="POST", data=review).status_code == 200
    again = client.open(f"{path}/send", method="POST", data=review)
    assert again.status_code == 302
    session.expire_all()
    assert (row.state, row.reason) == ("rejected", "full")
    assert client.open(
        f"{path}/send", method="POST", data={**review, "form_key": "other"}
    ).status_code in (200, 422)
    nothing = client.open(f"{path}/review", method="POST", data={"csrf_token": client.csrf()})
    assert nothing.status_code == 422


def test_another_firms_people_are_not_answered_by_their_keys(
    client: Client, session: Session, firm: Any, make_vacancy: Make, make_seeker: Make
) -> None:
    mine, theirs = make_vacancy(enterprise=firm), make_vacancy()
    row = send(session, theirs, make_seeker())
    assert client.get(f"/enterprise/referrals/{row.key}").status_code == 404
    data = {"referral": str(row.key), "answer-0": "reject", "reason-0": "skill", "form_key": "k"}
    path = f"/enterprise/vacancies/{mine.key}/referrals/send"
    assert client.post(path, data).status_code == 422
    session.expire_all()
    assert row.state is ReferralState.SENT
    assert client.get("/enterprise/referrals").status_code == 200
    assert "Chưa có ai chờ câu trả lời" in text(client)
