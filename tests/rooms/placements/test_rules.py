"""Hiring fills a place, leaving early gives it back: the count is the people, always."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Missing, NotAllowed, Refused, Stale
from jobcenter.matching import documents
from jobcenter.placements import queries, rules
from jobcenter.placements.choices import EARLY_DAYS, EndReason
from jobcenter.placements.models import Placement
from jobcenter.referrals import rules as referrals
from jobcenter.referrals.queries import in_process
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies import queries as vacancies
from jobcenter.vacancies import steps
from jobcenter.vacancies.choices import CloseReason, VacancyState
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.steps import Asked
from tests.support.together import together

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today()
SEED = int(os.environ.get("JOBCENTER_SEED", "1"))


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


def hire(
    session: Session, vacancy: Vacancy, seeker: Seeker, on: dt.date = TODAY, by: Actor = BY
) -> Placement:
    return rules.hire(session, vacancy=vacancy, seeker=seeker, started_on=on, by=by)


def leave(
    session: Session, placement: Placement, on: dt.date = TODAY, why: EndReason = EndReason.QUIT
) -> bool:
    return rules.end(session, placement=placement, ended_on=on, reason=why, by=BY)


def test_the_last_place_fills_the_vacancy_and_an_early_leaver_opens_it_again(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, people = make_vacancy(headcount=2), [make_seeker() for _n in range(3)]
    first = hire(session, vacancy, people[0])
    assert (vacancy.state, vacancies.openings_left(vacancy)) == (VacancyState.OPEN, 1)
    hire(session, vacancy, people[1])
    assert (vacancy.state, vacancies.openings_left(vacancy)) == (VacancyState.FILLED, 0)
    with pytest.raises(Refused, match="Đã nhận đủ 2 người"):
        hire(session, vacancy, people[2])
    assert leave(session, first)
    assert (vacancy.state, vacancies.openings_left(vacancy)) == (VacancyState.OPEN, 1)
    hire(session, vacancy, people[2])
    assert vacancy.state is VacancyState.FILLED
    actions = [e.action for e in session.scalars(select(LedgerEntry).order_by(LedgerEntry.id))]
    assert [a for a in actions if a.endswith("-vacancy")] == [
        "fill-vacancy", "free-vacancy", "fill-vacancy",
    ]  # fmt: skip
    told = [(c.action, c.before, c.after) for c in vacancies.history(session, vacancy)]
    assert ("fill-vacancy", "open", "filled") in told
    assert ("hire", 1, 2) in told


@pytest.mark.parametrize(
    ("stayed", "why", "frees"),
    [
        (EARLY_DAYS - 1, EndReason.QUIT, True),
        (EARLY_DAYS, EndReason.QUIT, False),
        (EARLY_DAYS + 200, EndReason.CONTRACT_OVER, False),
        (EARLY_DAYS + 200, EndReason.MISTAKE, True),
        (0, EndReason.NEVER_CAME, True),
    ],
)
def test_who_leaves_early_gives_the_place_back_and_later_the_order_was_fulfilled(
    session: Session,
    make_vacancy: Make,
    make_seeker: Make,
    stayed: int,
    why: EndReason,
    frees: bool,
) -> None:
    vacancy = make_vacancy(headcount=1)
    placement = hire(session, vacancy, make_seeker(), days(-stayed))
    assert leave(session, placement, why=why) is frees
    assert vacancy.filled == queries.counted(session, vacancy.id) == (not frees)
    assert vacancy.state is (VacancyState.OPEN if frees else VacancyState.FILLED)


def test_past_its_deadline_a_free_place_asks_instead_of_opening(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(headcount=1, deadline=TODAY)
    placement = hire(session, vacancy, make_seeker())
    with clock.frozen(clock.now() + dt.timedelta(days=3)):
        leave(session, placement, days(3))
        assert vacancy.state is VacancyState.ON_HOLD
        assert list(vacancies.due(session, BY, clock.today())) == [vacancy]
        steps.move(session, vacancy=vacancy, verb="resume", by=BY, asked=Asked(deadline=days(20)))
    assert vacancy.state is VacancyState.OPEN


def test_whoever_was_under_way_is_hired_though_it_was_held_or_closed(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    held, closed = make_vacancy(headcount=1, state=VacancyState.ON_HOLD), make_vacancy(headcount=1)
    steps.move(
        session, vacancy=closed, verb="close", by=BY, asked=Asked(reason=CloseReason.EXPIRED)
    )
    hire(session, held, make_seeker())
    placement = hire(session, closed, make_seeker())
    assert (held.state, closed.state) == (VacancyState.FILLED, VacancyState.CLOSED)
    leave(session, placement)
    assert (closed.state, closed.filled) == (VacancyState.CLOSED, 0)
    for state in (VacancyState.DRAFT, VacancyState.SUBMITTED):
        with pytest.raises(Refused, match="chưa đăng tuyển"):
            hire(session, make_vacancy(state=state), make_seeker())


def test_nobody_is_hired_twice_into_one_job_and_the_place_goes_back(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, seeker = make_vacancy(headcount=3), make_seeker()
    placement = hire(session, vacancy, seeker)
    with pytest.raises(Refused, match="đã được ghi nhận việc"):
        hire(session, vacancy, seeker)
    session.refresh(vacancy)
    assert vacancy.filled == queries.counted(session, vacancy.id) == 1
    leave(session, placement)
    with pytest.raises(Refused, match="đã nghỉ"):
        leave(session, placement)
    hire(session, vacancy, seeker)
    assert vacancy.filled == 1


def test_days_that_cannot_be_are_refused_at_their_field(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, seeker = make_vacancy(), make_seeker()
    for far in (days(400), days(-400)):
        with pytest.raises(Refused) as refused:
            hire(session, vacancy, seeker, far)
        assert refused.value.field == "started_on"
    placement = hire(session, vacancy, seeker, days(-5))
    for wrong in (days(-6), days(1)):
        with pytest.raises(Refused) as refused:
            leave(session, placement, wrong)
        assert refused.value.field == "ended_on"
    with pytest.raises(Stale):
        rules.end(
            session, placement=placement, ended_on=TODAY, reason=EndReason.QUIT, by=BY, version=99
        )
    later = hire(session, vacancy, make_seeker(), days(10))
    assert leave(session, later, days(10), EndReason.NEVER_CAME)


def test_a_firms_report_counts_at_once_and_the_file_waits_for_staff(
    session: Session, make_vacancy: Make, make_seeker: Make, make_enterprise: Make, make_user: Make
) -> None:
    firm, seeker = make_enterprise(), make_seeker()
    own = Actor(
        make_user("enterprise-user", enterprise=firm).id,
        "Đức",
        "enterprise-user",
        RIGHTS[Role.ENTERPRISE_USER],
        firm.id,
    )
    vacancy = make_vacancy(enterprise=firm, headcount=5)
    placement = hire(session, vacancy, seeker, by=own)
    assert (vacancy.filled, seeker.state) == (1, FileState.LOOKING)
    with pytest.raises(NotAllowed):
        rules.confirm(session, placement=placement, by=own)
    rules.confirm(session, placement=placement, by=BY)
    assert (seeker.state, placement.confirmed_at is not None) == (FileState.PLACED, True)
    leave(session, placement)
    assert seeker.state is FileState.LOOKING
    other = make_vacancy()
    with pytest.raises(NotAllowed):
        hire(session, other, make_seeker(), by=own)
    foreign = hire(session, other, make_seeker())
    with pytest.raises(NotAllowed):
        rules.end(session, placement=foreign, ended_on=TODAY, reason=EndReason.QUIT, by=own)
    with pytest.raises(Missing):
        queries.one(session, foreign.key, own)
    assert list(queries.of_vacancy(session, other, own)) == []
    assert [p.id for p in queries.of_vacancy(session, vacancy, own)] == [placement.id]


def test_those_in_process_stand_beside_and_the_hired_are_no_longer_among_them(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, people = make_vacancy(headcount=4), [make_seeker() for _n in range(3)]
    for seeker in people:
        referrals.ask(session, vacancy=vacancy, seeker=seeker, by=BY)
    assert vacancies.openings_left(vacancy) == 4
    hire(session, vacancy, people[0])
    assert vacancies.openings_left(vacancy) == 3
    assert list(in_process(session, vacancy.id)) == [people[1].id, people[2].id]
    assert documents.opening(session, vacancy).headcount == 3  # the seats that the matcher fills


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE vacancy SET filled = headcount",
        "UPDATE vacancy SET state = 'filled'",
        "UPDATE vacancy SET filled = headcount + 1",
        "UPDATE vacancy SET filled = -1",
        "UPDATE placement SET ended_on = '2020-01-01', end_reason = 'quit'",
        "UPDATE placement SET end_reason = 'quit'",
        "UPDATE placement SET counts_to_headcount = false",
        "UPDATE placement SET vacancy_id = NULL",
    ],
)
def test_the_database_says_the_same(
    session: Session, make_vacancy: Make, make_seeker: Make, wrong: str
) -> None:
    hire(session, make_vacancy(headcount=3), make_seeker())
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(wrong))


class History:
    """Random things that happen to a few vacancies; the count is checked after each."""

    def __init__(self, session: Session, draw: random.Random, jobs: list[Any], people: list[Any]):
        self.session, self.draw, self.jobs, self.people = session, draw, jobs, people
        self.done = 0

    def step(self) -> None:
        act = self.draw.choice((self.hire, self.hire, self.hire, self.leave, self.move))
        try:
            act(self.draw.choice(self.jobs))
            self.done += 1
        except Refused:
            self.session.expire_all()
        assert queries.unbalanced(self.session) == []

    def hire(self, job: Vacancy) -> None:
        hire(self.session, job, self.draw.choice(self.people), days(-self.draw.randint(0, 120)))

    def leave(self, job: Vacancy) -> None:
        there = [p for p in queries.of_vacancy(self.session, job, BY) if p.ended_on is None]
        if there:
            placement = self.draw.choice(there)
            stayed = self.draw.randint(0, (TODAY - placement.started_on).days)
            on = placement.started_on + dt.timedelta(days=stayed)
            leave(self.session, placement, on, self.draw.choice(list(EndReason)))

    def move(self, job: Vacancy) -> None:
        verb = self.draw.choice(("hold", "resume", "cut", "close", "reopen", "extend"))
        asked = Asked(
            headcount=self.draw.randint(1, 9),
            deadline=days(self.draw.randint(-3, 90)) if self.draw.random() < 0.7 else None,
            reason=CloseReason.OTHER,
        )
        steps.move(self.session, vacancy=job, verb=verb, by=BY, asked=asked)


def test_filled_is_the_number_of_people_after_any_history(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    draw = random.Random(SEED)
    jobs = [make_vacancy(headcount=draw.randint(1, 6)) for _n in range(4)]
    history = History(session, draw, jobs, [make_seeker() for _n in range(12)])
    for _n in range(250):
        history.step()
    assert history.done > 60
    for job in jobs:
        session.refresh(job)
        full = job.filled == job.headcount
        assert (job.state is VacancyState.FILLED) == (full and job.state is not VacancyState.CLOSED)


def test_of_forty_at_once_exactly_as_many_get_in_as_there_are_places(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, people = make_vacancy(headcount=12), [make_seeker().id for _n in range(40)]
    session.commit()

    def one(seeker_id: int) -> Callable[[Session], Any]:
        def act(mine: Session) -> Any:
            return hire(mine, mine.get_one(Vacancy, vacancy.id), mine.get_one(Seeker, seeker_id)).id

        return act

    answers = together(session.get_bind(), [one(seeker_id) for seeker_id in people])
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert len([answer for answer in answers if isinstance(answer, int)]) == 12, answers
    assert len(refused) == 28
    session.refresh(vacancy)
    assert (vacancy.state, vacancy.filled) == (VacancyState.FILLED, 12)
    assert queries.unbalanced(session) == []


def test_one_person_by_thirty_two_hands_and_leavers_among_newcomers_stay_counted(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, seeker = make_vacancy(headcount=20), make_seeker()
    staying = [hire(session, vacancy, make_seeker()).id for _n in range(10)]
    people = [make_seeker().id for _n in range(16)]
    session.commit()

    def enter(seeker_id: int) -> Callable[[Session], Any]:
        return lambda mine: (
            hire(mine, mine.get_one(Vacancy, vacancy.id), mine.get_one(Seeker, seeker_id)).id
        )

    def go(placement_id: int) -> Callable[[Session], Any]:
        return lambda mine: leave(mine, mine.get_one(Placement, placement_id))

    engine = session.get_bind()
    answers = together(engine, [enter(seeker.id) for _n in range(32)])
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused"] * 31 + ["int"]
    answers = together(engine, [*map(enter, people), *map(go, staying), *map(go, staying[:6])])
    assert {type(answer) for answer in answers} <= {int, bool, Refused}, answers
    session.expire_all()
    assert queries.unbalanced(session) == []
    live = select(func.count()).select_from(Placement).where(Placement.ended_on.is_(None))
    assert session.scalar(live) == session.get_one(Vacancy, vacancy.id).filled
