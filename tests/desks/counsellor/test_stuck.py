"""Who is stuck, who waits, and what a job from elsewhere does: told from referrals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.notices.models import Notice
from jobcenter.people.choices import Way
from jobcenter.referrals import hiring, rules
from jobcenter.referrals.choices import Verb
from jobcenter.referrals.expiry import tell_under_way
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral
from jobcenter.referrals.stuck import stuck_people
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today()


def send(session: Session, vacancy: Any, seeker: Any) -> Referral:
    row = rules.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    rules.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=Said(way=Way.COUNTER))
    rules.act(session, referral=row, verb=Verb.SEND, by=BY)
    return row


def test_introduced_and_accepted_by_nobody_is_stuck_until_somebody_invites(
    client: Client, session: Session, make_user: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    staff = make_user(Role.COUNSELLOR)
    mine = make_seeker(responsible_id=staff.id, person={"full_name": "Phạm Thị Chờ"})
    once_only = make_seeker(responsible_id=staff.id)
    first, second = (send(session, make_vacancy(), mine) for _n in range(2))
    send(session, make_vacancy(), once_only)
    first.sent_at = clock.now() - dt.timedelta(days=20)
    session.flush()
    rules.act(session, referral=first, verb=Verb.REJECT, by=BY, said=Said(reason="skill"))
    session.commit()

    def found() -> list[tuple[int, int, int]]:
        rows = stuck_people(session, BY, user_id=staff.id, today=TODAY)
        return [(one.seeker.id, one.sent, one.days) for one in rows]

    assert found() == [(mine.id, 2, 20)]
    client.sign_in_as(staff)
    page = client.get("/counsellor/day").text
    assert "Phạm Thị Chờ" in page
    assert "chưa nơi nào nhận" in page
    at = clock.now() + dt.timedelta(days=2)
    rules.act(session, referral=second, verb=Verb.INVITE, by=BY, said=Said(interview_at=at))
    assert found() == []


def test_a_firm_counts_whom_it_knows_of_and_not_whom_the_centre_weighs(
    client: Client, session: Session, make_user: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(headcount=5)
    rules.draft(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    user = make_user(Role.ENTERPRISE_USER, enterprise=vacancy.enterprise)
    session.commit()
    client.sign_in_as(user)

    def waits() -> set[str]:
        pages = ("", "/candidates", "/hires", "/referrals", "/steps")
        texts = [client.get(f"/enterprise/vacancies/{vacancy.key}{page}").text for page in pages]
        return {n for n in ("Chờ 0", "Chờ 1", "Chờ 2") for text in texts if n in text}

    assert waits() == {"Chờ 0"}
    send(session, vacancy, make_seeker())
    session.commit()
    assert waits() == {"Chờ 1"}


def test_a_job_that_nobody_ordered_ends_the_persons_other_introductions(
    session: Session, make_vacancy: Make, make_seeker: Make, make_enterprise: Make
) -> None:
    seeker, other = make_seeker(), make_seeker()
    rows = [send(session, make_vacancy(), seeker) for _n in range(2)]
    kept = send(session, rows[0].vacancy, other)
    hiring.record_job(
        session, seeker=seeker, enterprise=make_enterprise(), started_on=TODAY, by=BY,
        is_own_find=True,
    )  # fmt: skip
    assert [row.state for row in (*rows, kept)] == ["superseded", "superseded", "sent"]


def test_a_held_cut_or_reopened_order_tells_everybody_who_knows_of_it_once(
    client: Client, session: Session, make_user: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(headcount=9)
    known = [send(session, vacancy, make_seeker()) for _n in range(2)]
    asked = rules.draft(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    rules.act(session, referral=asked, verb=Verb.PROPOSE, by=BY)
    weighed = rules.draft(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    session.commit()
    client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=vacancy.enterprise))
    path = f"/enterprise/vacancies/{vacancy.key}"

    def told() -> list[int]:
        found = select(Notice.person_id).where(Notice.template == "referral-order")
        return sorted(one or 0 for one in session.scalars(found))

    every = sorted(row.seeker.person_id for row in (*known, asked))
    for turn, (verb, typed) in enumerate(
        [("hold", {}), ("resume", {}), ("cut", {"headcount": "8"})], start=1
    ):
        client.get(f"{path}/steps")
        assert client.page is not None
        data = {"verb": verb, "form_key": f"k{turn}", "note": "Kiểm kê", **typed}
        answer = client.post(f"{path}/move", data)
        assert answer.status_code in (302, 303), answer.text[:3000]
        assert told() == sorted(every * turn)
    assert weighed.seeker.person_id not in told()
    session.refresh(vacancy)
    assert tell_under_way(session, vacancy=vacancy, change=999, words="x") == 3
    assert tell_under_way(session, vacancy=vacancy, change=999, words="x") == 0
