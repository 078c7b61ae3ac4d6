"""Tickets without gaps, nobody called twice, nobody served by two, right at the same moment."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import RIGHTS, Role
from jobcenter.accounts.models import User
from jobcenter.advising import queries, rules
from jobcenter.advising.choices import VISIT_MOVES, VisitState
from jobcenter.advising.models import CounterSeat, Visit
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db, transaction_kind
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.moves import MoveRefused
from jobcenter.people.models import Person

Make = Callable[..., Any]
MORNING = dt.datetime(2026, 11, 23, 8, 0, tzinfo=clock.LOCAL)


def acting(user: User) -> Actor:
    return Actor(user_id=user.id, name=user.name, role=user.role, rights=RIGHTS[user.role])


@pytest.fixture
def by(session: Session, make_user: Make) -> Actor:
    """A counsellor at desk 2."""
    return seated(session, make_user, 2)


def seated(session: Session, make_user: Make, desk: int) -> Actor:
    actor = acting(make_user(Role.COUNSELLOR))
    rules.sit(session, desk=desk, by=actor)
    return actor


def at(minutes: int) -> Any:
    return clock.frozen(MORNING + dt.timedelta(minutes=minutes))


def test_tickets_of_a_day_have_no_gaps_and_begin_anew(session: Session, by: Actor) -> None:
    with at(0):
        first = rules.take_ticket(session, by=by)
        session.commit()
        rules.take_ticket(session, by=by)
        session.rollback()
        second = rules.take_ticket(session, by=by, name="Phạm Thị Lụa")
    with at(24 * 60):
        third = rules.take_ticket(session, by=by)
    assert [v.ticket for v in (first, second, third)] == ["A-001", "A-002", "A-001"]


def test_the_next_one_is_who_waits_longest(session: Session, by: Actor) -> None:
    for minute in range(3):
        with at(minute):
            rules.take_ticket(session, by=by, name=f"Khách {minute}")
    with at(12):
        board = queries.board(session, by, clock.today())
        assert [row.visit.number for row in board.waiting] == [1, 2, 3]
        assert [(row.minutes, row.is_late) for row in board.waiting] == [
            (12, True), (11, True), (10, True),
        ]  # fmt: skip
        assert board.longest == 12
        called = rules.call_next(session, by=by)
        assert called is not None
        assert (called.number, called.desk, called.calls) == (1, 2, 1)
        assert not queries.rows_of(session, [called])[0].is_late


def test_a_visit_goes_through_its_states(session: Session, by: Actor) -> None:
    with at(0):
        rules.take_ticket(session, by=by)
        visit = rules.call_next(session, by=by)
        assert visit is not None
        rules.move(session, visit=visit, verb="recall", by=by)
        assert visit.calls == 2
    with at(1):
        rules.move(session, visit=visit, verb="start", by=by)
        with pytest.raises(MoveRefused):
            rules.move(session, visit=visit, verb="leave", by=by)
    with at(20):
        rules.move(session, visit=visit, verb="finish", by=by)
        board = queries.board(session, by, clock.today())
    assert visit.state is VisitState.DONE
    assert [row.minutes for row in board.over] == [19]
    for verb in VISIT_MOVES.table:
        if verb not in ("call", "hand-over"):
            with pytest.raises(MoveRefused):
                rules.move(session, visit=visit, verb=verb, by=by)
    with pytest.raises(Refused):
        rules.move(session, visit=visit, verb="call", by=by)


def test_nobody_is_called_without_a_desk_or_with_somebody_at_hand(
    session: Session, by: Actor, make_user: Make
) -> None:
    rules.take_ticket(session, by=by)
    rules.take_ticket(session, by=by)
    with pytest.raises(Refused, match="Chọn quầy"):
        rules.call_next(session, by=acting(make_user()))
    assert rules.call_next(session, by=by) is not None
    with pytest.raises(Refused, match="Đang có số A-001"):
        rules.call_next(session, by=by)


def test_a_visitor_handed_over_waits_for_that_colleague(
    session: Session, by: Actor, make_user: Make
) -> None:
    other = seated(session, make_user, 3)
    colleague = session.get_one(User, other.user_id)
    with at(0):
        rules.take_ticket(session, by=by)
        visit = rules.call_next(session, by=by)
        assert visit is not None
    with at(5):
        rules.hand_over(session, visit=visit, to=colleague.key, by=by)
        rules.take_ticket(session, by=by)
    with at(6):
        assert (visit.state, visit.desk, visit.served_by_id) == (VisitState.WAITING, None, None)
        assert queries.board(session, by, clock.today()).longest == 1
        with pytest.raises(Refused, match="đang chờ"):
            rules.call_one(session, visit=visit, by=by)
        mine = rules.call_next(session, by=by)
        theirs = rules.call_next(session, by=other)
    assert mine is not None
    assert theirs is not None
    assert (mine.number, theirs.number) == (2, 1)


def test_a_person_has_one_open_visit(session: Session, by: Actor, make_seeker: Make) -> None:
    person = make_seeker().person
    first = rules.take_ticket(session, by=by, person=person, services=("referral",))
    with pytest.raises(Refused, match="A-001"):
        rules.take_ticket(session, by=by, person=person)
    rules.move(session, visit=first, verb="leave", by=by)
    second = rules.take_ticket(session, by=by, person=person)
    row = queries.rows_of(session, [second])[0]
    assert row.times == 2
    assert row.file is not None
    assert queries.last_visits(session, [person.id]) == {person.id: clock.today()}
    with pytest.raises(Refused):
        rules.take_ticket(session, by=by, services=("nonsense",))


def test_a_walk_in_is_recognised_once(session: Session, by: Actor, make_seeker: Make) -> None:
    visit = rules.take_ticket(session, by=by, name="Cô Lan")
    person, other = make_seeker().person, make_seeker().person
    rules.recognise(session, visit=visit, person=person, by=by)
    assert (visit.who, visit.name) == (person.full_name, "")
    rules.recognise(session, visit=visit, person=person, by=by)
    with pytest.raises(Refused):
        rules.recognise(session, visit=visit, person=other, by=by)


def test_the_first_ticket_of_a_day_closes_the_day_before(session: Session, by: Actor) -> None:
    with at(0):
        waiting, served = (rules.take_ticket(session, by=by) for _n in range(2))
        rules.call_one(session, visit=served, by=by)
        rules.move(session, visit=served, verb="start", by=by)
        session.commit()
    with at(24 * 60):
        rules.take_ticket(session, by=by)
        session.commit()
        session.expire_all()
        assert (waiting.state, served.state) == (VisitState.LEFT, VisitState.DONE)
        assert rules.call_next(session, by=by) is not None


def test_a_desk_is_one_persons_at_a_time(session: Session, by: Actor, make_user: Make) -> None:
    other = acting(make_user())
    assert rules.sit(session, desk=2, by=other) == by.name
    assert rules.sit(session, desk=4, by=other) is None
    assert [(s.user_id, s.desk) for s in queries.seats(session)] == [(other.user_id, 4)]
    assert queries.seat_of(session, by.user_id) is None
    with pytest.raises(Refused):
        rules.sit(session, desk=99, by=other)


def test_only_the_counters_staff_sees_visits(session: Session, by: Actor, make_user: Make) -> None:
    visit = rules.take_ticket(session, by=by)
    assert queries.one(session, visit.key, by) is visit
    assert queries.find_by_reference(session, visit.reference.lower(), by) is visit
    assert queries.find_by_reference(session, "V12", by) is None
    for role in (Role.SEEKER, Role.ENTERPRISE_USER, Role.MANAGER, Role.ADMINISTRATOR):
        outsider = acting(make_user(role))
        assert queries.board(session, outsider, clock.today()).waiting == []
        with pytest.raises(Missing):
            queries.one(session, visit.key, outsider)


def at_once(app: Flask, acts: list[Callable[[Session], Any]]) -> list[Any]:
    """Run each act in a thread and a transaction of its own; return results or refusals."""
    results: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[Session], Any]) -> None:
        with app.app_context(), transaction_kind(writing=True), Session(db.engine) as own:
            gate.wait()
            try:
                results[place] = act(own)
                own.commit()
            except Refused as refused:
                own.rollback()
                results[place] = refused

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_counsellors_who_press_at_once_get_different_visitors(
    app: Flask, session: Session, make_user: Make
) -> None:
    crew = [seated(session, make_user, desk) for desk in range(1, 7)]
    for _n in range(5):
        rules.take_ticket(session, by=crew[0])
    session.commit()

    def press(actor: Actor) -> Callable[[Session], Any]:
        def act(own: Session) -> int | None:
            visit = rules.call_next(own, by=actor)
            return visit.number if visit else None

        return act

    called = at_once(app, [press(actor) for actor in crew])
    assert sorted(number for number in called if number) == [1, 2, 3, 4, 5]
    assert called.count(None) == 1
    rows = session.scalars(select(Visit)).all()
    assert {row.state for row in rows} == {VisitState.CALLED}
    assert len({row.served_by_id for row in rows}) == 5


def test_one_counsellor_in_two_windows_gets_one_visitor(
    app: Flask, session: Session, by: Actor
) -> None:
    for _n in range(4):
        rules.take_ticket(session, by=by)
    session.commit()
    called = at_once(app, [lambda own: rules.call_next(own, by=by).number] * 2)  # type: ignore[union-attr]
    assert sum(isinstance(one, Refused) for one in called) == 1
    assert session.scalar(select(CounterSeat.desk)) == 2


def test_tickets_taken_at_once_differ_and_have_no_gap(
    app: Flask, session: Session, by: Actor, make_seeker: Make
) -> None:
    person_id = make_seeker().person_id
    session.commit()

    def same(own: Session) -> int:
        person = own.get_one(Person, person_id)
        return rules.take_ticket(own, by=by, person=person).number

    taken = at_once(app, [lambda own: rules.take_ticket(own, by=by).number] * 4 + [same, same])
    numbers = [one for one in taken if not isinstance(one, Refused)]
    assert sorted(numbers) == [1, 2, 3, 4, 5]
