"""Putting people forward at the counter: several at once, step by step, and the work list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.audit.models import Sight
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.paging import Slice
from jobcenter.matching.choices import Audience
from jobcenter.matching.queries import CandidateFilter, candidates
from jobcenter.notices.models import Notice
from jobcenter.papers.models import Paper
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.models import Consent
from jobcenter.placements.models import Placement
from jobcenter.referrals import rules
from jobcenter.referrals.choices import MOST_LIVE, ReferralState, Verb
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral, ReferralEvent
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user(Role.COUNSELLOR))


def states(session: Session) -> dict[int, str]:
    session.expire_all()
    return dict(session.execute(select(Referral.seeker_id, Referral.state)).all())


def text(client: Client) -> str:
    assert client.page is not None
    return " ".join(client.page.get_text().split())


def test_several_people_to_one_vacancy_in_one_act_and_each_is_told_apart(
    desk: Client, session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    vacancy = make_vacancy()
    good = [make_seeker(job="May công nghiệp") for _n in range(3)]
    paused = make_seeker(state="paused", person={"full_name": "Bùi Thị Hạnh"})
    busy = make_seeker(person={"full_name": "Vũ Kim Oanh"})
    for _n in range(MOST_LIVE.default):
        rules.draft(session, vacancy=make_vacancy(), seeker=busy, by=BY)
    desk.get(f"/counsellor/vacancies/{vacancy.key}/candidates")
    assert desk.page is not None
    boxes = desk.page.select("input[name=who][form=refer]")
    assert {str(good[0].key), str(good[1].key)} <= {str(box["value"]) for box in boxes}
    query = "&".join(f"who={one.key}" for one in (*good, paused, busy))
    desk.get(f"/counsellor/refer?job={vacancy.key}&{query}")
    assert "không còn tìm việc" in text(desk)
    assert "đang được giới thiệu ở 5 nơi" in text(desk)
    answer = desk.send("/counsellor/refer", {"how": "ask"})
    assert answer.status_code == 200
    assert "Đã làm xong 3 trên 5 lượt" in text(desk)
    assert [states(session)[one.id] for one in good] == [ReferralState.PROPOSED] * 3
    assert paused.id not in states(session)
    found = candidates(
        session, vacancy=vacancy, actor=BY, audience=Audience.COUNSELLOR,
        wanted=CandidateFilter(), window=Slice(),
    )  # fmt: skip
    assert not {item.seeker.id for item in found.page.items} & {one.id for one in good}
    told = session.scalars(select(Notice.template).where(Notice.person_id.is_not(None))).all()
    assert sorted(told) == ["referral-proposed"] * 3


def test_the_same_form_twice_puts_nobody_forward_twice(
    desk: Client, session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    vacancy, seeker = make_vacancy(), make_seeker()
    desk.get(f"/counsellor/refer?job={vacancy.key}&who={seeker.key}")
    form = desk.form("/refer")
    from_page = {
        str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden]")
    } | {"how": "agreed", "way": "counter", "evidence": ""}
    assert desk.open("/counsellor/refer", method="POST", data=from_page).status_code == 200
    assert states(session) == {seeker.id: ReferralState.SENT}
    again = desk.open("/counsellor/refer", method="POST", data=from_page)
    assert again.status_code == 302
    assert again.headers["Location"] == f"/counsellor/vacancies/{vacancy.key}/referrals"
    verbs = session.scalars(select(ReferralEvent.verb).order_by(ReferralEvent.id)).all()
    assert verbs == ["draft", "consent", "send"]


def test_one_person_to_several_vacancies_with_a_yes_by_phone_needs_its_proof(
    desk: Client, session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    seeker, jobs = make_seeker(), [make_vacancy() for _n in range(3)]
    jobs[2].state = "on-hold"
    query = "&".join(f"job={job.key}" for job in jobs)
    desk.get(f"/counsellor/refer?who={seeker.key}&{query}")
    typed = {"how": "agreed", "way": "phone", "evidence": ""}
    assert desk.send("/counsellor/refer", typed).status_code == 422
    assert "Ghi cuộc gọi lúc nào" in text(desk)
    assert states(session) == {}
    assert desk.send("/counsellor/refer", typed | {"evidence": "gọi 09:10"}).status_code == 200
    assert "Đã làm xong 2 trên 3" in text(desk)
    rows = session.scalars(select(Referral).order_by(Referral.id)).all()
    assert [(row.state, row.agreed_way, row.agreed_evidence) for row in rows] == [
        ("sent", "phone", "gọi 09:10")
    ] * 2
    page = desk.get(f"/counsellor/seekers/{seeker.key}/referrals").text
    assert jobs[0].number in page
    assert jobs[2].number not in page


def test_one_referral_from_the_ask_to_the_job_with_its_buttons_and_history(
    desk: Client, session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    seeker, vacancy = make_seeker(consents=(Purpose.REGISTER,)), make_vacancy(headcount=1)
    rules.ask(session, vacancy=vacancy, seeker=seeker, by=BY)
    key = session.scalars(select(Referral.key)).one()
    path = f"/counsellor/referrals/{key}"

    def step(verb: str, **typed: str) -> int:
        desk.get(path)
        assert desk.page is not None
        forms = [
            form for form in desk.page.select(f"form[action='{path}/step']")
            if form.select_one(f"button[value='{verb}']")
        ]  # fmt: skip
        assert forms, f"no button for {verb}"
        hidden = {str(i["name"]): str(i["value"]) for i in forms[0].select("input[type=hidden]")}
        sent = desk.open(f"{path}/step", method="POST", data=hidden | {"verb": verb} | typed)
        return sent.status_code

    assert step("propose") == 302
    assert step("consent", way="phone", evidence="gọi 09:10") == 422  # no consent to introductions
    assert "chưa đồng ý được giới thiệu" in text(desk)
    session.add(
        Consent(person_id=seeker.person_id, purpose=Purpose.INTRODUCE, text_version="2026-01",
                way="counter")
    )  # fmt: skip
    assert step("consent", way="phone", evidence="") == 422
    assert step("consent", way="phone", evidence="gọi 09:10") == 302
    assert step("send") == 302
    assert "Tên và điện thoại, đến hết" in text(desk) or desk.get(path).status_code == 200
    assert step("invite", day="31/02/2027", time="8h") == 422
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert step("invite", day=f"{tomorrow:%d/%m/%Y}", time="25:99", place="Cổng 2") == 422
    assert "Viết giờ theo dạng" in text(desk)
    assert step("invite", day=f"{tomorrow:%d/%m/%Y}", time="8h30", place="Cổng 2") == 302
    assert step("hire", started_on=f"{clock.today():%d/%m/%Y}") == 302
    desk.get(path)
    for words in ("Trúng tuyển", "Hẹn phỏng vấn", "Đã giới thiệu", "Người lao động đồng ý"):
        assert words in text(desk)
    session.expire_all()
    row = session.scalars(select(Referral)).one()
    placement = session.scalars(select(Placement)).one()
    assert (row.state, row.placement_id) == ("hired", placement.id)
    assert (vacancy.state, vacancy.filled) == ("filled", 1)
    line = desk.get(f"/counsellor/seekers/{seeker.key}/timeline?show=referrals").text
    assert "Trúng tuyển" in line


def test_the_work_list_narrows_by_its_address_and_moves_several_on(
    desk: Client, session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    vacancy = make_vacancy()
    people = [make_seeker(person={"full_name": f"Lê Thị Số {n}"}) for n in range(4)]
    for one in people[:3]:
        rules.draft(session, vacancy=vacancy, seeker=one, by=BY)
    rules.ask(session, vacancy=vacancy, seeker=people[3], by=BY)
    desk.get("/counsellor/referrals")
    assert all(f"Lê Thị Số {n}" in text(desk) for n in range(4))
    desk.get(f"/counsellor/referrals?show=asked&text={people[3].number}")
    assert "Lê Thị Số 3" in text(desk)
    assert "Lê Thị Số 0" not in text(desk)
    desk.get("/counsellor/referrals?show=nonsense&text=khongcoai&page=x")
    assert "Không có lượt nào như vậy" in text(desk)
    rows = session.scalars(select(Referral).order_by(Referral.id)).all()
    people[1].state = "paused"
    desk.get("/counsellor/referrals")
    sent = desk.send(
        "/counsellor/referrals",
        {"referral": [str(row.key) for row in rows], "verb": "propose"},
        action="/referrals/steps",
    )
    assert sent.status_code == 200
    assert "Đã làm xong 3 trên 4" in text(desk)
    assert sorted(states(session).values()) == ["drafted", "proposed", "proposed", "proposed"]
    for bad in ({"verb": "hire"}, {"verb": "propose", "referral": "x"}, {"verb": "propose"}):
        assert desk.post("/counsellor/referrals/steps", bad).status_code in (404, 422)


def test_managers_read_and_change_nothing(
    client: Client, session: Session, make_user: Make, make_seeker: Make, make_vacancy: Make
) -> None:
    vacancy = make_vacancy()
    row = rules.draft(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    client.sign_in_as(make_user(Role.MANAGER))
    for path in ("/counsellor/referrals", f"/counsellor/referrals/{row.key}",
                 f"/counsellor/vacancies/{vacancy.key}/referrals"):  # fmt: skip
        assert client.get(path).status_code == 200
        assert client.page is not None
        assert not client.page.select("form[action*=step] button[name=verb]")
    assert (
        client.post(f"/counsellor/referrals/{row.key}/step", {"verb": "propose"}).status_code == 403
    )


def test_letters_are_made_one_by_one_and_printed_for_an_hour(
    desk: Client, session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    vacancy = make_vacancy()
    rows = []
    for _n in range(3):
        row = rules.draft(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
        rules.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=Said(way=Way.COUNTER))
        rules.act(session, referral=row, verb=Verb.SEND, by=BY)
        rows.append(row)
    slot = clock.now() + dt.timedelta(days=2)
    for row in rows[:2]:
        rules.act(session, referral=row, verb=Verb.INVITE, by=BY, said=Said(interview_at=slot))
    page = f"/counsellor/referrals/{rows[0].key}"
    for what in ("letter", "letter", "notice"):
        assert desk.submit(page, {}, action=f"/{what}").status_code == 303
    papers = session.scalars(select(Paper.shown).order_by(Paper.id)).all()
    assert papers == ["PGT-2026-00001", "TBKQ-2026-00001"]
    assert papers[0] in desk.get(page).text
    path = f"/counsellor/vacancies/{vacancy.key}/referrals"
    desk.get(path)
    assert desk.page is not None
    buttons = desk.page.select("form[action$=letters] input[name=slot]")
    assert [bool(one["value"]) for one in buttons] == [True, False]
    data = {"slot": str(buttons[0]["value"]), "form_key": "k"}
    answer = desk.post(f"{path}/letters", data)
    assert answer.mimetype == "application/pdf"
    session.expire_all()
    kinds = session.scalars(select(Paper.kind).order_by(Paper.id)).all()
    assert kinds == ["referral-letter", "result-notice", "referral-letter", "pick-up-list"]
    named = session.scalars(select(Paper).where(Paper.kind == "pick-up-list")).one()
    sights = len(session.scalars(select(Sight)).all())
    assert desk.get(f"/counsellor/papers/{named.key}").status_code == 200
    assert len(session.scalars(select(Sight)).all()) == sights + 2
    for bad in ("x", "2026-01-01T00:00:00", "2020-01-01T00:00:00+00:00"):
        assert desk.post(f"{path}/letters", {"slot": bad}).status_code == 422
