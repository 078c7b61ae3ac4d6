"""Applying, waiting, offers, leaving, support: the count is the people, always."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.courses import timetable
from jobcenter.courses.choices import ClassState, FillRule
from jobcenter.enrolments import eligibility, queries, rules, support
from jobcenter.enrolments.choices import ENROL_MOVES, SEATED, EnrolState, Source
from jobcenter.enrolments.models import Enrolment
from jobcenter.enrolments.rules import Asked
from jobcenter.enrolments.support import Proof
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Missing, NotAllowed, Refused, Stale
from jobcenter.notices.models import Notice
from jobcenter.placements.rules import hire

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
POOR = Proof(group="HN", number="15/HN", issuer="UBND phường Hồng Bàng", on=dt.date(2026, 1, 5))


def apply(session: Session, person: Any, *courses: Any, **asked: Any) -> list[Enrolment]:
    return rules.apply(session, person=person, courses=courses, by=BY, asked=Asked(**asked))


def check_balance(session: Session) -> None:
    assert list(queries.unbalanced(session)) == []


def test_first_come_sits_the_rest_wait_and_a_free_place_is_offered_on(
    session: Session, make_class: Make, make_person: Make
) -> None:
    course, people = make_class(places=2), [make_person() for _n in range(4)]
    rows = [apply(session, person, course)[0] for person in people]
    assert [row.state for row in rows] == ["enrolled", "enrolled", "waiting", "waiting"]
    assert len({row.number for row in rows}) == 4
    with pytest.raises(Refused, match=f"Đã có đơn {rows[0].number}"):
        apply(session, people[0], course)
    rules.leave(session, enrolment=rows[0], verb="withdraw", reason="Chuyển nhà", by=BY)
    assert [row.state for row in rows] == ["withdrawn", "enrolled", "offered", "waiting"]
    told = session.scalars(select(Notice).where(Notice.template == "class-offer")).all()
    assert [notice.person_id for notice in told] == [people[2].id]
    rules.leave(session, enrolment=rows[2], verb="decline", by=BY)
    assert rows[3].state is EnrolState.OFFERED
    rules.enrol(session, enrolment=rows[3], by=BY)
    assert (rows[3].state, course.taken) == (EnrolState.ENROLLED, 2)
    again = apply(session, people[0], course)[0]  # whoever left may come again
    assert again.state is EnrolState.WAITING
    check_balance(session)


def test_offers_run_out_by_the_clock_and_promote_by_themselves(
    session: Session, make_class: Make, make_person: Make
) -> None:
    course = make_class(places=1)
    first, second, third = (apply(session, make_person(), course)[0] for _n in range(3))
    rules.leave(session, enrolment=first, verb="withdraw", reason="Bận", by=BY)
    assert second.offer_until is not None
    assert rules.expire_offers(session, by=BY) == 0
    with clock.frozen(second.offer_until + dt.timedelta(minutes=1)):
        with pytest.raises(Refused, match="hết hạn"):
            rules.enrol(session, enrolment=second, by=BY)
        assert rules.expire_offers(session, by=BY) == 1
        assert (second.state, third.state) == (EnrolState.EXPIRED, EnrolState.OFFERED)
        assert rules.expire_offers(session, by=BY) == 0
    check_balance(session)


def test_nobody_is_invited_into_a_class_that_has_run_for_long(
    session: Session, make_class: Make, make_person: Make
) -> None:
    course = make_class(places=1)
    first, second = (apply(session, make_person(), course)[0] for _n in range(2))
    course.state, course.starts_on = ClassState.RUNNING, clock.today() - dt.timedelta(days=20)
    with pytest.raises(Refused, match="Lớp đã học"):
        rules.leave(session, enrolment=first, verb="withdraw", reason="Bận", by=BY)
    rules.leave(session, enrolment=first, verb="drop", reason="Đi làm ca", by=BY)
    assert (second.state, course.taken) == (EnrolState.WAITING, 0)
    rules.come_back(session, enrolment=first, by=BY)
    assert (first.state, course.taken) == (EnrolState.ENROLLED, 1)
    check_balance(session)


def test_of_ranked_wishes_the_best_free_one_is_taken_and_better_ones_stay_open(
    session: Session, make_class: Make, make_person: Make
) -> None:
    dear, plain, last = make_class(places=1), make_class(places=1), make_class(places=5)
    sitting = apply(session, make_person(), dear)[0]
    rows = apply(session, make_person(), dear, plain, last)
    assert [(row.preference, row.state) for row in rows] == [(1, "waiting"), (2, "enrolled")]
    behind = apply(session, make_person(), plain)[0]
    rules.leave(session, enrolment=sitting, verb="withdraw", reason="Bận", by=BY)
    assert rows[0].state is EnrolState.OFFERED
    rules.enrol(session, enrolment=rows[0], by=BY)
    assert rows[1].state is EnrolState.TRANSFERRED  # the plainer place is free: it goes on
    assert behind.state is EnrolState.OFFERED
    with pytest.raises(Refused):
        apply(session, make_person(), *(make_class() for _n in range(4)))
    check_balance(session)


def test_who_may_come_is_said_with_reasons(
    session: Session, make_class: Make, make_person: Make, make_seeker: Make, make_programme: Make,
    make_vacancy: Make,
) -> None:  # fmt: skip
    strict = make_programme(least_age=18, least_education="thpt")
    course = make_class(programme=strict, starts_at=dt.time(8), ends_at=dt.time(11))
    seeker = make_seeker(general_education="thcs", person={"birth_date": None, "birth_year": 2010})

    def states(person: Any, of: Any = course) -> dict[str, str]:
        return {g.name: g.state for g in eligibility.grounds(session, person, of)}

    assert states(seeker.person) == {"open": "pass", "age": "fail", "education": "fail"}
    with pytest.raises(Refused, match="Chưa đủ 18 tuổi"):
        apply(session, seeker.person, course)
    unknown = make_person(birth_date=None, birth_year=None)
    assert states(unknown) == {"open": "pass", "age": "ask", "education": "ask"}
    worker = make_seeker(general_education="thpt")
    hire(session, vacancy=make_vacancy(shift="office"), seeker=worker, started_on=clock.today(),
         by=BY)  # fmt: skip
    assert states(worker.person)["shift"] == "warn"
    assert apply(session, worker.person, course)[0].state is EnrolState.ENROLLED
    assert states(worker.person)["twice"] == "fail"
    twin = make_class(starts_at=dt.time(9), ends_at=dt.time(11), starts_on=course.starts_on)
    for one in (course, twin):
        timetable.make(session, course=one, by=BY)
    assert states(worker.person, twin)["hours"] == "warn"
    assert states(make_person(), make_class(state=ClassState.PLANNED))["open"] == "fail"
    late = make_class(enrol_until=clock.today() - dt.timedelta(days=1))
    assert states(make_person(), late)["open"] == "fail"


def test_public_money_pays_once_in_a_lifetime(
    session: Session, make_class: Make, make_person: Make
) -> None:
    person = make_person()
    paid, later = make_class(funding="de-an-1956"), make_class(funding="city-budget")
    first = apply(session, person, paid, proof=POOR)[0]
    assert (first.funding, first.support_turn, first.target_group) == ("de-an-1956", 1, "HN")
    second = apply(session, person, later)[0]
    assert (second.funding, second.support_turn) == ("self-paid", None)
    with pytest.raises(Refused, match="mỗi người một lần"):
        support.set_funding(session, enrolment=second, funding="city-budget", proof=POOR,
                            grounds="", version=None, by=BY)  # fmt: skip
    session.expire_all()
    support.set_funding(session, enrolment=second, funding="city-budget", proof=POOR,
                        grounds="QĐ 77/QĐ-UBND", version=None, by=BY)  # fmt: skip
    assert second.support_turn == 2
    rules.leave(session, enrolment=first, verb="withdraw", reason="Bận", by=BY)
    assert first.support_turn is None  # nothing was learnt by it
    says_so = Proof(earlier_support=True)
    with pytest.raises(Refused, match="nói đã được hỗ trợ"):
        apply(session, make_person(), later, proof=says_so)
    with pytest.raises(Refused) as refused:
        apply(session, make_person(), later, proof=Proof(number="1"))
    assert refused.value.field == "target_group"
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("UPDATE enrolment SET support_turn = 1, person_id = "
                             f"{person.id}"))  # fmt: skip


def test_a_transfer_takes_funding_and_support_along(
    session: Session, make_class: Make, make_person: Make
) -> None:
    one, two = make_class(funding="city-budget", places=1), make_class(places=1)
    row = apply(session, make_person(), one, proof=POOR)[0]
    behind = apply(session, make_person(), one)[0]
    moved = rules.transfer(session, enrolment=row, to=two, by=BY)
    assert (row.state, row.support_turn) == (EnrolState.TRANSFERRED, None)
    assert (moved.funding, moved.support_turn, moved.target_group) == ("city-budget", 1, "HN")
    assert moved.came_from_id == row.id
    assert behind.state is EnrolState.OFFERED
    with pytest.raises(Refused, match="hết chỗ"):
        rules.transfer(session, enrolment=behind, to=two, by=BY)
    session.rollback()


def test_who_may_act_for_whom(
    session: Session, make_class: Make, make_person: Make, make_enterprise: Make, make_user: Make
) -> None:
    firm = make_enterprise()
    course, open_one = make_class(enterprise_id=firm.id, ordered=70), make_class()
    own = Actor(make_user("enterprise-user", enterprise=firm).id, "Đức", "enterprise-user",
                RIGHTS[Role.ENTERPRISE_USER], firm.id)  # fmt: skip
    person, stranger = make_person(), make_person()
    seeker = Actor(1, "Hường", "seeker", RIGHTS[Role.SEEKER], person_id=person.id)
    sent = rules.apply(session, person=stranger, courses=[course], by=own,
                       asked=Asked(source=Source.ENTERPRISE, enterprise_id=firm.id))  # fmt: skip
    mine = rules.apply(session, person=person, courses=[open_one], by=seeker)
    for actor, whom, firm_id in ((own, person, None), (own, person, 99), (seeker, stranger, None)):
        with pytest.raises(NotAllowed):
            rules.apply(session, person=whom, courses=[open_one], by=actor,
                        asked=Asked(enterprise_id=firm_id))  # fmt: skip
    for actor, seen, hidden in ((own, sent[0], mine[0]), (seeker, mine[0], sent[0])):
        assert queries.one(session, seen.key, actor).id == seen.id
        with pytest.raises(Missing):
            queries.one(session, hidden.key, actor)
        with pytest.raises(NotAllowed):
            rules.leave(session, enrolment=hidden, verb="withdraw", reason="x", by=actor)
        with pytest.raises(NotAllowed):
            rules.leave(session, enrolment=seen, verb="refuse", reason="x", by=actor)
    with pytest.raises(Stale):
        rules.leave(session, enrolment=mine[0], verb="withdraw", by=seeker, version=77)
    rules.leave(session, enrolment=mine[0], verb="withdraw", by=seeker)
    assert [row.id for row in queries.of_person(session, seeker, person.id)] == [mine[0].id]


def test_states_and_seats_agree_by_table_and_by_database(
    session: Session, make_enrolment: Make
) -> None:
    for verb, (start, _end) in ENROL_MOVES.table.items():
        for state in set(EnrolState) - start:
            with pytest.raises(Refused):
                ENROL_MOVES.after(verb, state)
    row = make_enrolment()
    for state in EnrolState:
        held = str(state not in SEATED).lower()
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(f"UPDATE enrolment SET state = '{state}', holds_seat = {held}"))
    for wrong in ("support_turn = 4", "support_turn = 2", "preference = 0",
                  "state = 'offered', offer_until = NULL"):  # fmt: skip
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(f"UPDATE enrolment SET {wrong} WHERE id = {row.id}"))


def test_priority_classes_wait_until_the_places_are_shared_out(
    session: Session, make_class: Make, make_person: Make
) -> None:
    course = make_class(fill_rule=FillRule.PRIORITY, places=1)
    plain = apply(session, make_person(), course)[0]
    poor = apply(session, make_person(), course, proof=POOR)[0]
    assert (plain.state, poor.state) == (EnrolState.APPLIED, EnrolState.APPLIED)
    assert [row.id for row in queries.line(session, course)] == [poor.id, plain.id]
