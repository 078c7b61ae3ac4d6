"""Deadlines, holding, cutting, closing, reopening: what each step asks and what becomes true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.notices.models import Notice
from jobcenter.referrals import rules as referrals
from jobcenter.referrals.queries import in_process
from jobcenter.vacancies import queries, reminders, steps
from jobcenter.vacancies.choices import CloseReason, UnderWay, VacancyState
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.steps import Asked

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today()
DAY = dt.timedelta(days=1)


def take(session: Session, vacancy: Vacancy, verb: str, by: Actor = BY, **asked: Any) -> None:
    steps.move(session, vacancy=vacancy, verb=verb, by=by, asked=Asked(**asked))


def test_extending_takes_one_act_and_a_later_day(session: Session, make_vacancy: Make) -> None:
    vacancy = make_vacancy(deadline=TODAY - DAY)
    for wrong in (None, TODAY - DAY):
        with pytest.raises(Refused) as refused:
            take(session, vacancy, "extend", deadline=wrong)
        assert refused.value.field == "deadline"
    take(session, vacancy, "extend", deadline=TODAY + 30 * DAY)
    assert (vacancy.state, vacancy.deadline) == (VacancyState.OPEN, TODAY + 30 * DAY)
    with pytest.raises(Refused, match="sau hạn cũ"):
        take(session, vacancy, "extend", deadline=TODAY + 30 * DAY)
    line = queries.history(session, vacancy)[0]
    assert (line.action, line.field) == ("extend-vacancy", "deadline")


def test_past_its_deadline_it_takes_nobody_whether_a_job_ran_or_not(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, other = make_vacancy(deadline=TODAY - DAY), make_vacancy(deadline=TODAY)
    assert list(queries.open_ones(session, TODAY)) == [other]
    assert not queries.takes_candidates(vacancy, TODAY)
    with pytest.raises(Refused, match="không còn nhận người"):
        referrals.ask(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    assert [v.id for v in steps.close_due(session, today=TODAY, by=BY)] == [vacancy.id]
    assert (vacancy.state, vacancy.close_reason) == (VacancyState.CLOSED, CloseReason.EXPIRED)
    assert steps.close_due(session, today=TODAY, by=BY) == []
    assert other.state is VacancyState.OPEN


def test_what_is_due_is_what_somebody_must_decide(
    session: Session, make_vacancy: Make, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    over = make_vacancy(deadline=TODAY - DAY, enterprise=firm)
    near = make_vacancy(deadline=TODAY + 7 * DAY)
    held = make_vacancy(deadline=TODAY - DAY, state=VacancyState.ON_HOLD)
    make_vacancy(deadline=TODAY + 8 * DAY)
    make_vacancy(deadline=None)
    make_vacancy(deadline=TODAY + DAY, state=VacancyState.ON_HOLD)
    make_vacancy(deadline=TODAY, state=VacancyState.CLOSED)
    assert set(queries.due(session, BY, TODAY)) == {over, near, held}
    own = Actor(1, "Đức", "enterprise-user", RIGHTS[Role.ENTERPRISE_USER], firm.id)
    assert list(queries.due(session, own, TODAY)) == [over]


def test_holding_lets_those_under_way_stand_and_stops_new_ones(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy()
    referrals.ask(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    people = len(in_process(session, vacancy.id))
    take(session, vacancy, "hold", note="Chuyền 3 sửa máy tới thứ Hai.", people=people)
    assert vacancy.state is VacancyState.ON_HOLD
    with pytest.raises(Refused):
        referrals.ask(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    assert len(in_process(session, vacancy.id)) == 1
    told = queries.history(session, vacancy)[0]
    assert (told.people, told.under_way) == (1, UnderWay.STAY)
    assert told.note == "Chuyền 3 sửa máy tới thứ Hai."
    take(session, vacancy, "resume")
    assert vacancy.state is VacancyState.OPEN


def test_cutting_never_goes_below_those_hired_and_fills_up_by_itself(
    session: Session, make_vacancy: Make
) -> None:
    vacancy = make_vacancy(headcount=10, filled=4)
    for wrong in (None, 0, 3, 10, 11):
        with pytest.raises(Refused) as refused:
            take(session, vacancy, "cut", headcount=wrong)
        assert refused.value.field == "headcount"
    take(session, vacancy, "cut", headcount=6)
    assert (vacancy.state, queries.openings_left(vacancy)) == (VacancyState.OPEN, 2)
    take(session, vacancy, "cut", headcount=4)
    assert (vacancy.state, queries.openings_left(vacancy)) == (VacancyState.FILLED, 0)


def test_closing_says_why_and_reopening_asks_for_room_and_time(
    session: Session, make_vacancy: Make
) -> None:
    vacancy = make_vacancy(headcount=10, filled=4, deadline=TODAY)
    with pytest.raises(Refused, match="lý do"):
        take(session, vacancy, "close")
    take(session, vacancy, "close", reason=CloseReason.FILLED_ELSEWHERE, people=3,
         under_way=UnderWay.RELEASE)  # fmt: skip
    assert vacancy.close_reason is CloseReason.FILLED_ELSEWHERE
    assert queries.history(session, vacancy)[0].under_way is UnderWay.RELEASE
    with clock.frozen(clock.now() + 2 * DAY):
        with pytest.raises(Refused, match="Hạn nhận hồ sơ đã qua"), session.begin_nested():
            take(session, vacancy, "reopen")
        session.refresh(vacancy)
        take(session, vacancy, "reopen", deadline=TODAY + 20 * DAY)
    assert (vacancy.state, vacancy.close_reason) == (VacancyState.OPEN, None)


def test_what_is_full_reopens_only_with_more_places(session: Session, make_vacancy: Make) -> None:
    vacancy = make_vacancy(headcount=4, filled=4, state=VacancyState.FILLED)
    for wrong in (None, 4):
        with pytest.raises(Refused) as refused:
            take(session, vacancy, "reopen", headcount=wrong)
        assert refused.value.field == "headcount"
    take(session, vacancy, "reopen", headcount=6)
    assert (vacancy.state, queries.openings_left(vacancy)) == (VacancyState.OPEN, 2)


def test_a_firm_takes_its_own_steps_and_no_others(
    session: Session, make_vacancy: Make, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    own = Actor(1, "Đức", "enterprise-user", RIGHTS[Role.ENTERPRISE_USER], firm.id)
    vacancy = make_vacancy(enterprise=firm, headcount=10)
    assert set(steps.verbs_for(vacancy, own)) == {"extend", "hold", "cut", "close"}
    take(session, vacancy, "cut", own, headcount=8)
    take(session, vacancy, "hold", own)
    take(session, vacancy, "resume", own)
    take(session, vacancy, "close", own, reason=CloseReason.NOT_NEEDED)
    with pytest.raises(NotAllowed):
        take(session, vacancy, "reopen", own, deadline=TODAY + DAY)
    foreign = make_vacancy()
    assert steps.verbs_for(foreign, own) == []
    for verb in ("extend", "hold", "cut", "close"):
        with pytest.raises(NotAllowed):
            take(session, foreign, verb, own, deadline=TODAY + 90 * DAY, headcount=1)


def test_released_people_are_let_go_with_the_note(
    session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, other = make_vacancy(), make_vacancy()
    for _n in range(2):
        seeker = make_seeker()
        for one in (vacancy, other):
            referrals.ask(session, vacancy=one, seeker=seeker, by=BY)
    assert referrals.release(session, vacancy=vacancy, note="Thôi tuyển", by=BY) == 2
    assert in_process(session, vacancy.id) == []
    assert len(in_process(session, other.id)) == 2


def test_a_firms_users_are_reminded_once_for_each_mark_and_anew_when_extended(
    session: Session, make_vacancy: Make, make_enterprise: Make, make_user: Make
) -> None:
    firm = make_enterprise()
    users = [make_user("enterprise-user", enterprise=firm) for _n in range(2)]
    vacancy = make_vacancy(enterprise=firm, deadline=TODAY + 7 * DAY, headcount=5)
    make_vacancy(enterprise=firm, deadline=TODAY + 8 * DAY)
    make_vacancy(enterprise=firm, deadline=TODAY + DAY, state=VacancyState.ON_HOLD)
    make_vacancy(deadline=TODAY + DAY)  # a firm without users: staff see it on their list
    assert [reminders.remind(session, today=TODAY) for _n in range(2)] == [2, 0]
    told = session.scalars(select(Notice).order_by(Notice.id)).all()
    assert [notice.user_id for notice in told] == [user.id for user in users]
    assert told[0].params["left"] == "5"
    assert reminders.remind(session, today=TODAY + 2 * DAY) == 2  # the other one came near
    assert reminders.remind(session, today=TODAY + 4 * DAY) == 2  # three days left of the first
    take(session, vacancy, "extend", deadline=TODAY + 20 * DAY)
    assert reminders.remind(session, today=TODAY + 14 * DAY) == 2
