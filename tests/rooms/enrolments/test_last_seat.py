"""The last place is sold once: bursts with double submits and cancellations, on both databases.

A few classes here; `JOBCENTER_SEATS` (how many) and `JOBCENTER_CLIENTS` (at once) make it long.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments import queries, rules
from jobcenter.enrolments.choices import EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import prepare
from jobcenter.kernel.errors import Refused
from jobcenter.people.models import Person
from tests.support.together import together

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
SEED = os.environ.get("JOBCENTER_SEED", "1")
CLASSES = int(os.environ.get("JOBCENTER_SEATS", "3"))
CLIENTS = int(os.environ.get("JOBCENTER_CLIENTS", "20"))


@pytest.fixture
def engine(app: Flask) -> Iterator[Engine]:
    """An engine whose pool lets many wait for a connection, as a server's queue would."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    engine = create_engine(url, pool_size=24, max_overflow=0, pool_timeout=300)
    prepare(engine)
    yield engine
    engine.dispose()


def client(class_id: int, person_id: int, *, twice: bool, cancels: bool) -> list[Any]:
    """One person at their phone: applies, perhaps clicks twice, perhaps thinks better of it."""

    def apply(session: Session) -> None:
        person, course = (
            session.get_one(Person, person_id),
            session.get_one(TrainingClass, class_id),
        )
        rules.apply(session, person=person, courses=[course], by=BY)
        session.commit()
        if cancels:
            row = session.scalars(
                select(Enrolment).where(
                    Enrolment.person_id == person_id, Enrolment.class_id == class_id
                )
            ).first()
            assert row is not None
            rules.leave(session, enrolment=row, verb="withdraw", reason="Đổi ý", by=BY)

    return [apply, apply] if twice and not cancels else [apply]


def test_bursts_leave_exactly_the_capacity(
    engine: Engine, session: Session, make_class: Make, make_person: Make
) -> None:
    draw = random.Random(f"{SEED} seats")
    people = [make_person().id for _n in range(CLIENTS)]
    session.commit()
    for number in range(CLASSES):
        # a full burst now and then, smaller ones in between
        size = CLIENTS if number % 50 == 0 else max(4, int(CLIENTS * draw.random() ** 8))
        course = make_class(places=draw.randint(1, size - 2))
        session.commit()
        acts: list[Any] = []
        staying = 0
        for person_id in draw.sample(people, size):
            twice, cancels = draw.random() < 0.4, draw.random() < 0.3
            staying += not cancels
            acts += client(course.id, person_id, twice=twice, cancels=cancels)
        draw.shuffle(acts)
        answers = together(engine, acts)
        odd = [one for one in answers if one is not None and not isinstance(one, Refused)]
        assert not odd, odd[:3]
        session.expire_all()
        states = dict(
            session.execute(
                select(Enrolment.state, func.count())
                .where(Enrolment.class_id == course.id)
                .group_by(Enrolment.state)
            ).all()
        )
        seated = states.get(EnrolState.ENROLLED, 0) + states.get(EnrolState.OFFERED, 0)
        assert course.taken == seated == min(course.places, staying), (states, course.places)
        assert states.get(EnrolState.WAITING, 0) == max(0, staying - course.places)
        assert list(queries.unbalanced(session)) == []
