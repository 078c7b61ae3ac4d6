"""The year 2020 as it was fits without bending; sharing out is fair to every line."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.courses import rules
from jobcenter.courses.choices import ClassState
from jobcenter.courses.classes import size_warnings
from jobcenter.courses.data import ClassData
from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments import queries
from jobcenter.enrolments.allocation import allocate
from jobcenter.enrolments.choices import EnrolState
from jobcenter.enrolments.history import PastLearner, bring_in
from jobcenter.jobs.schedules import RUNS
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import Refused
from jobcenter.people.models import Person

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
SIZES = (36, 35, 36, 35, 36, 36, 35, 36, 35, 36)  # ten classes, 356 people


def crowd(session: Session, count: int) -> list[int]:
    now = clock.now()
    rows = [
        {"key": uuid.uuid4(), "created_at": now, "changed_at": now, "version": 1,
         "full_name": f"Người Học {n}", "search": "", "name_key": "", "sort": ""}
        for n in range(count)
    ]  # fmt: skip
    statement = insert(Person).returning(Person.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))


def test_the_year_2020_fits_as_it_was(
    session: Session, make_programme: Make, make_enterprise: Make
) -> None:
    people = iter(crowd(session, 143 + 19 + 356 + 75))
    safety = make_programme(code="ATLD3", type="safety-3", modules=())
    short = make_programme(code="NH-MAY", type="under-3-months", modules=())
    trade = make_programme(code="SC-MAY", type="so-cap-1")
    law = make_programme(code="LK-LUAT", type="partner", partner="Đại học Luật", modules=())

    def held(programme: Any, size: int, month: int, **more: Any) -> TrainingClass:
        public = more.pop("public", 0)
        start = dt.date(2020, month, 6)
        learners = [
            PastLearner(
                person_id=next(people),
                funding="de-an-1956" if n < public else "self-paid",
                target_group="LDNT" if n < public else None,
                proof_number=f"{n}/XN" if n < public else "",
                state=EnrolState.DROPPED if n == size - 1 and public else EnrolState.COMPLETED,
                enterprise_id=more.get("enterprise_id"),
            )
            for n in range(size)
        ]
        data = ClassData(
            code=f"{programme.code}-{next(NUMBER)}", name=programme.name_vi, starts_on=start,
            ends_on=start + dt.timedelta(days=90), places=size, funding="self-paid", **more,
        )  # fmt: skip
        return bring_in(session, programme=programme, data=data, learners=learners, by=BY)

    for size in (80, 63):
        firm = make_enterprise()
        held(safety, size, 5, enterprise_id=firm.id, contract_number="12/HĐ", ordered=size,
             place="Tại doanh nghiệp")  # fmt: skip
    held(short, 19, 3)
    ten = [held(trade, size, 2 + n, public=size // 2) for n, size in enumerate(SIZES)]
    held(law, 75, 9)
    targets = {"so-cap-1": 360, "under-3-months": 20, "partner": 80}
    for of, target in targets.items():
        rules.set_target(session, year=2020, of=of, target=target, decision="QĐ 1", by=BY)
    lines = {one.type: one for one in queries.plan_of(session, 2020)}
    counting = [one for one in lines.values() if one.counts]
    assert (sum(one.taken_in for one in counting), sum(targets.values())) == (450, 460)
    assert round(450 * 100 / 460, 1) == 97.8
    assert (lines["safety-3"].taken_in, lines["safety-3"].classes) == (143, 2)
    assert not lines["safety-3"].counts
    assert (lines["so-cap-1"].classes, lines["so-cap-1"].taken_in) == (10, 356)
    assert 35 in {bound for bound, _words in size_warnings(session, ten[0])}
    assert list(queries.unbalanced(session)) == []
    assert queries.plan_of(session, 2019) == []


NUMBER = itertools.count(1)


def test_what_the_database_holds_holds_for_old_classes_too(
    session: Session, make_programme: Make
) -> None:
    programme, (one, two) = make_programme(), crowd(session, 2)

    def again(learners: Sequence[PastLearner], places: int = 5) -> None:
        data = ClassData(
            code=f"CU-{next(NUMBER)}", name="Cũ", starts_on=dt.date(2019, 1, 7),
            ends_on=dt.date(2019, 5, 7), places=places, funding="city-budget",
        )  # fmt: skip
        bring_in(session, programme=programme, data=data, learners=learners, by=BY)

    again([PastLearner(person_id=one)])
    for learners, places, why in (
        ([PastLearner(person_id=one)], 5, "đã được hỗ trợ"),
        ([PastLearner(person_id=two), PastLearner(person_id=two)], 5, "hai lần"),
        ([PastLearner(person_id=two, funding="self-paid")] * 2, 1, "hết chỗ"),
    ):
        with pytest.raises(Refused, match=why), session.begin_nested():
            again(learners, places)
    row = queries.supports(session, one)
    assert [(r.number[:7], r.support_turn) for r in row] == [("HV-2019", 1)]


def test_nobody_would_rather_have_a_place_that_somebody_behind_them_holds() -> None:
    draw = random.Random(f"{os.environ.get('JOBCENTER_SEED', '1')} allocation")
    for _round in range(200):
        people, courses = range(draw.randint(1, 12)), range(draw.randint(1, 4))
        wishes = {p: draw.sample(courses, draw.randint(1, len(courses))) for p in people}
        lines = {
            c: [p for p in draw.sample(people, len(people)) if c in wishes[p]] for c in courses
        }
        places = {c: draw.randint(0, 4) for c in courses}
        given = allocate(wishes, lines, places)
        held = {c: [p for p, got in given.items() if got == c] for c in courses}
        assert all(len(held[c]) <= places[c] for c in courses)
        for person in people:
            got = given.get(person)
            better = (
                wishes[person][: wishes[person].index(got)] if got is not None else wishes[person]
            )
            for course in better:  # full, and of people before them in its line
                turn = lines[course].index
                assert len(held[course]) == places[course]
                assert all(turn(other) < turn(person) for other in held[course])


def test_the_clock_ends_offers(session: Session, make_enrolment: Make) -> None:
    past = clock.now() - dt.timedelta(hours=1)
    row = make_enrolment(state="offered", offer_until=past)
    behind = make_enrolment(course=row.course, state="waiting")
    assert row.course.state is ClassState.ENROLLING
    assert RUNS["class-offers"](session) == "1"
    assert (row.state, behind.state) == (EnrolState.EXPIRED, EnrolState.OFFERED)
