"""Many hands at once, hires and their ends, random histories, the clock, who is told."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Refused
from jobcenter.notices.models import Notice
from jobcenter.people.choices import Way
from jobcenter.placements.choices import EndReason
from jobcenter.placements.models import Placement
from jobcenter.placements.queries import unbalanced
from jobcenter.referrals import expiry, hiring, rules, together
from jobcenter.referrals.choices import LIVE, MOST_LIVE, REASONS, ReferralState, Verb
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy
from tests.support.together import together as at_once

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
SEED = os.environ.get("JOBCENTER_SEED", "1")
# `make proof` runs 1,000 histories and 64 clients.
HISTORIES = int(os.environ.get("JOBCENTER_HISTORIES", "3"))
CLIENTS = int(os.environ.get("JOBCENTER_CLIENTS", "16"))
S, V = ReferralState, Verb


def send(session: Session, vacancy: Any, seeker: Any) -> Referral:
    row = rules.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    rules.act(session, referral=row, verb=V.CONSENT, by=BY, said=Said(way=Way.COUNTER))
    rules.act(session, referral=row, verb=V.SEND, by=BY)
    return row


def events(session: Session) -> Counter[str]:
    return Counter(session.scalars(select(ReferralEvent.verb)))


def test_a_confirmed_hire_ends_the_persons_other_referrals_and_tells_the_firms_kindly(
    session: Session, make_user: Make, make_enterprise: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    firm, other = make_enterprise(), make_enterprise()
    boss = make_user(Role.ENTERPRISE_USER, enterprise=firm)
    make_user(Role.ENTERPRISE_USER, enterprise=other)
    own = Actor(boss.id, "Đức", boss.role, RIGHTS[Role.ENTERPRISE_USER], enterprise_id=firm.id)
    seeker = make_seeker()
    here = send(session, make_vacancy(enterprise=firm, headcount=1), seeker)
    there = send(session, make_vacancy(enterprise=other), seeker)
    weighed = rules.draft(session, vacancy=make_vacancy(), seeker=seeker, by=BY)
    placement = hiring.hire(session, referral=here, by=own, said=Said(started_on=clock.today()))
    # a firm's report fills its place, and costs nobody a chance before staff believed it
    assert (here.state, there.state, weighed.state) == (S.HIRED, S.SENT, S.DRAFTED)
    assert here.vacancy.filled == 1
    hiring.confirm(session, placement=placement, by=BY)
    assert (there.state, weighed.state) == (S.SUPERSEDED, S.SUPERSEDED)
    told = Counter(session.scalars(select(Notice.template)))
    assert told["referral-lost"] == 1  # the firm that had been sent to, not the one being weighed
    hiring.end_job(
        session, placement=placement, ended_on=clock.today(), reason=EndReason.NEVER_CAME, by=BY
    )
    assert (here.state, there.state) == (S.HIRE_CANCELLED, S.SUPERSEDED)
    assert (here.vacancy.filled, here.vacancy.state) == (0, "open")
    again = send(session, there.vacancy, seeker)
    assert again.id != there.id


def test_one_referral_by_many_hands_at_once_has_one_effect(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, seeker, jobs = make_vacancy(headcount=5), make_seeker(), []
    jobs = [make_vacancy().id for _n in range(CLIENTS)]
    session.commit()
    engine: Any = session.get_bind()

    def draft(job_id: int) -> Callable[[Session], Any]:
        return lambda mine: rules.draft(
            mine, vacancy=mine.get_one(Vacancy, job_id), seeker=mine.get_one(Seeker, seeker.id),
            by=BY,
        ).id  # fmt: skip

    answers = at_once(engine, [draft(vacancy.id) for _n in range(CLIENTS)])
    assert Counter(type(one).__name__ for one in answers) == {"int": 1, "Refused": CLIENTS - 1}
    answers = at_once(engine, [draft(job_id) for job_id in jobs])
    done = [one for one in answers if isinstance(one, int)]
    assert len(done) == MOST_LIVE.default - 1, answers  # counted one after the other
    row_id = session.scalar(select(Referral.id).where(Referral.vacancy_id == vacancy.id))
    row = session.get_one(Referral, row_id)
    rules.act(session, referral=row, verb=V.CONSENT, by=BY, said=Said(way=Way.COUNTER))
    rules.act(session, referral=row, verb=V.SEND, by=BY)
    session.commit()
    version = row.version

    def end(n: int) -> Callable[[Session], Any]:
        def act(mine: Session) -> str:
            found = mine.get_one(Referral, row_id)
            said = Said(reason="skill", started_on=clock.today())
            if n % 2:
                hiring.hire(mine, referral=found, by=BY, said=said, version=version)
            else:
                rules.act(mine, referral=found, verb=V.REJECT, by=BY, said=said, version=version)
            return "done"

        return act

    answers = at_once(engine, [end(n) for n in range(CLIENTS)])
    assert answers.count("done") == 1, answers
    assert all(isinstance(one, Refused) for one in answers if one != "done"), answers
    session.expire_all()
    ended = session.get_one(Referral, row_id).state
    assert ended in (S.HIRED, S.REJECTED)
    counts = events(session)
    assert counts["hire"] + counts["reject"] == 1
    live = session.scalar(select(func.count()).select_from(Placement))
    assert live == (ended is S.HIRED)
    assert unbalanced(session) == []


def test_answers_to_many_at_once_fill_each_place_once(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(headcount=3)
    rows = [send(session, vacancy, make_seeker()) for _n in range(8)]
    ids = [row.id for row in rows]
    session.commit()

    def sheet(_mine: Session) -> Any:
        found = [_mine.get_one(Referral, row_id) for row_id in ids]
        said = Said(started_on=clock.today())
        asked = {row.id: together.Answer(V.HIRE, said) for row in found}
        done = together.answer(_mine, rows=found, answers=asked, by=BY)
        return sum(one.refused is None for one in done)

    engine: Any = session.get_bind()
    answers = at_once(engine, [sheet for _n in range(4)])
    assert sorted(answers) == [0, 0, 0, 3], answers
    session.expire_all()
    assert (vacancy.state, vacancy.filled) == ("filled", 3)
    assert unbalanced(session) == []


class History:
    """Random steps of random hands on a few people and orders."""

    def __init__(self, session: Session, draw: random.Random, jobs: list[Any], people: list[Any]):
        self.session, self.draw, self.jobs, self.people = session, draw, jobs, people
        self.done = 0

    def step(self) -> None:
        act = self.draw.choice((self.begin, self.move, self.move, self.hire, self.leave))
        try:
            with self.session.begin_nested():
                act()
            self.done += 1
        except Refused:
            self.session.expire_all()

    def begin(self) -> None:
        job, person = self.draw.choice(self.jobs), self.draw.choice(self.people)
        if self.draw.random() < 0.5:
            send(self.session, job, person)
        else:
            rules.ask(self.session, vacancy=job, seeker=person, by=BY)

    def row(self) -> Referral:
        mine = Referral.vacancy_id.in_([job.id for job in self.jobs])
        found = self.session.scalars(select(Referral).where(mine).order_by(Referral.id)).all()
        if not found:
            raise Refused("none yet")
        return self.draw.choice(found)

    def move(self) -> None:
        verb = self.draw.choice([v for v in V if v not in (V.HIRE, V.CANCEL_HIRE, V.SUPERSEDE)])
        codes = [code for code, one in REASONS.items() if one.verb is verb]
        said = Said(
            reason=self.draw.choice(codes) if codes else None, note="x", way=Way.COUNTER,
            interview_at=clock.now() + dt.timedelta(days=1),
        )  # fmt: skip
        rules.act(self.session, referral=self.row(), verb=verb, by=BY, said=said)

    def hire(self) -> None:
        start = clock.today() - dt.timedelta(days=self.draw.randint(0, 100))
        hiring.hire(self.session, referral=self.row(), by=BY, said=Said(started_on=start))

    def leave(self) -> None:
        mine = Placement.vacancy_id.in_([job.id for job in self.jobs])
        live = select(Placement).where(mine, Placement.ended_on.is_(None)).order_by(Placement.id)
        there = self.session.scalars(live).all()
        if there:
            one = self.draw.choice(there)
            hiring.end_job(
                self.session, placement=one, ended_on=clock.today(),
                reason=self.draw.choice(list(EndReason)), by=BY,
            )  # fmt: skip


def test_places_are_people_and_states_are_events_after_random_histories(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    for n in range(HISTORIES):
        draw = random.Random(f"{SEED}-{n}")
        jobs = [make_vacancy(headcount=draw.randint(1, 3)) for _n in range(3)]
        history = History(session, draw, jobs, [make_seeker() for _n in range(5)])
        for _n in range(60):
            history.step()
        assert history.done > 10
        assert unbalanced(session) == []
    last = (
        select(ReferralEvent.referral_id, func.max(ReferralEvent.id).label("event_id"))
        .group_by(ReferralEvent.referral_id)
        .subquery()
    )
    rows = session.execute(
        select(Referral.state, ReferralEvent.after, Referral.ended_at)
        .join(last, last.c.referral_id == Referral.id)
        .join(ReferralEvent, ReferralEvent.id == last.c.event_id)
    ).all()
    assert rows
    assert all(
        state is after and (ended is None) == (state in LIVE) for state, after, ended in rows
    )
    hired = select(Referral.placement_id).where(Referral.state == S.HIRED)
    hired_ids = session.scalars(hired).all()
    assert len(hired_ids) == len(set(hired_ids))


def test_the_clock_closes_what_nobody_answered_and_tells_of_a_changed_order_once(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy()
    late, fresh = (send(session, vacancy, make_seeker()) for _n in range(2))
    rules.ask(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    late.valid_to = clock.today() - dt.timedelta(days=1)
    late.firm_note = "gọi lại"
    session.flush()
    clocked = system("the clock", frozenset())
    assert expiry.expire_due(session, today=clock.today(), by=clocked) == 1
    assert expiry.expire_due(session, today=clock.today(), by=clocked) == 0
    assert (late.state, late.firm_note, fresh.state) == (S.NO_ANSWER, "", S.SENT)
    for _n in range(2):
        expiry.tell_under_way(session, vacancy=vacancy, change=7, words="Tạm dừng nhận")
    told = Counter(session.scalars(select(Notice.template)))
    assert told["referral-order"] == 1  # who was only asked for does not know of it yet
