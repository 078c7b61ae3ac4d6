"""Firms that owe answers: reminded before the day, called after it, judged on enough cases only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Missing, NotAllowed, NotImpartial, Refused
from jobcenter.notices.models import Notice
from jobcenter.people.choices import Way
from jobcenter.referrals import responses
from jobcenter.referrals.choices import ReferralState
from jobcenter.referrals.models import Referral

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today()


@pytest.fixture
def put(session: Session, make_seeker: Make) -> Make:
    """put(vacancy, due=days from today, state="sent", ago=days, answered=days after sending)."""

    def make(
        vacancy: Any, *, due: int = 0, state: str = "sent", ago: int = 10,
        answered: float | None = None,
    ) -> Referral:  # fmt: skip
        sent = clock.now() - dt.timedelta(days=ago)
        ended = clock.now() if state == "rejected" else None
        row = Referral(
            vacancy_id=vacancy.id, seeker_id=make_seeker().id, state=ReferralState(state),
            agreed_at=sent, agreed_way=Way.COUNTER, sent_at=sent, ended_at=ended,
            answer_by=TODAY + dt.timedelta(days=due), valid_to=TODAY + dt.timedelta(days=5),
            answered_at=sent + dt.timedelta(days=answered) if answered is not None else None,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row

    return make


def test_a_firm_is_reminded_once_for_a_day_and_anew_for_a_new_day(
    session: Session, make_vacancy: Make, make_user: Make, put: Make
) -> None:
    vacancy = make_vacancy()
    user = make_user(Role.ENTERPRISE_USER, enterprise=vacancy.enterprise)
    rows = [put(vacancy, due=2), put(vacancy, due=2), put(vacancy, due=9), put(vacancy, due=-1)]
    put(vacancy, due=2, state="interviewed")
    assert responses.remind(session, today=TODAY) == 1
    assert responses.remind(session, today=TODAY) == 0
    told = session.scalars(select(Notice).where(Notice.template == "answers-due")).one()
    assert (told.user_id, told.params["count"]) == (user.id, "2")
    rows[0].answer_by = TODAY + dt.timedelta(days=1)
    session.flush()
    assert responses.remind(session, today=TODAY) == 1


def test_the_call_list_names_who_owes_answers_the_longest_late_first(
    session: Session, make_vacancy: Make, put: Make
) -> None:
    late, later, punctual = make_vacancy(), make_vacancy(), make_vacancy()
    put(late, due=-1)
    put(late, due=-3, ago=12)
    put(later, due=-8)
    put(punctual, due=0)
    put(punctual, due=-9, state="interviewed")
    found = responses.silent(session, BY, today=TODAY)
    assert [(one.firm.id, one.people, one.days_late) for one in found] == [
        (later.enterprise_id, 1, 8), (late.enterprise_id, 2, 3),
    ]  # fmt: skip
    assert found[1].sent_on == clock.local(clock.now() - dt.timedelta(days=12)).date()
    assert found[1].vacancies == [late]


def test_a_promise_moves_the_day_keeps_the_sight_and_takes_the_firm_off_the_list(
    session: Session, make_vacancy: Make, put: Make
) -> None:
    vacancy = make_vacancy()
    row = put(vacancy, due=-3)
    until = TODAY + dt.timedelta(days=20)
    count = responses.promise(
        session, firm=vacancy.enterprise, until=until, note="Chị Lan bận kiểm kê", by=BY
    )
    assert count == 1
    assert (row.answer_by, row.valid_to) == (until, until)
    assert responses.silent(session, BY, today=TODAY) == []
    entry = session.scalars(
        select(LedgerEntry).where(LedgerEntry.action == "promise-answers")
    ).one()
    assert entry.details["people"] == 1
    with pytest.raises(Refused, match="không còn ai"):  # a second click finds nothing to move
        responses.promise(session, firm=vacancy.enterprise, until=until, note="", by=BY)
    with pytest.raises(Missing):
        responses.one_silent(session, vacancy.enterprise.key, BY, today=TODAY)


def test_who_may_not_promise_and_which_days_are_no_promise(
    session: Session, make_vacancy: Make, put: Make
) -> None:
    vacancy = make_vacancy()
    put(vacancy, due=-3)
    for until in (None, TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=61)):
        with pytest.raises(Refused) as refused:
            responses.promise(session, firm=vacancy.enterprise, until=until, note="", by=BY)
        assert refused.value.field == "until"
    partial = Actor(
        user_id=None, name="x", role=Role.COUNSELLOR, rights=RIGHTS[Role.COUNSELLOR],
        partial_to=frozenset({vacancy.enterprise_id}),
    )  # fmt: skip
    manager = Actor(user_id=None, name="x", role="x", rights=frozenset())
    for actor, error in ((partial, NotImpartial), (manager, NotAllowed)):
        with pytest.raises(error):
            responses.promise(session, firm=vacancy.enterprise, until=TODAY, note="", by=actor)
    assert responses.silent(session, partial, today=TODAY) == []


def test_a_firm_is_judged_on_enough_answers_only(
    session: Session, make_vacancy: Make, put: Make
) -> None:
    vacancy = make_vacancy()
    for days in (1.0, 2.0, 6.0):
        put(vacancy, state="rejected", answered=days)
    put(vacancy, due=-1)
    put(vacancy, due=3)  # not due yet: counts neither way
    put(vacancy, due=-1, ago=400)  # longer ago than a year
    few = responses.response_of(session, vacancy.enterprise_id, today=TODAY)
    assert (few.due, few.percent, few.days) == (4, None, None)
    put(vacancy, due=-1)
    enough = responses.response_of(session, vacancy.enterprise_id, today=TODAY)
    assert (enough.due, enough.percent) == (5, 60.0)
    assert enough.days == pytest.approx(2.0)
