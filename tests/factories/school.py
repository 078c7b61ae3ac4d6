"""Programmes, classes and learners for tests."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.courses.choices import ClassState, SessionKind
from jobcenter.courses.models import (
    ClassSession,
    Curriculum,
    Module,
    Programme,
    ProgrammeSkill,
    TrainingClass,
)
from jobcenter.enrolments.choices import SEATED, EnrolState, Source
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock, vietnamese
from jobcenter.people.models import Person

Make = Callable[..., Any]
COUNT = itertools.count(1)
MODULES = (("MD01", "An toàn điện", 20, 40, 4), ("MD02", "Đấu nối mạch", 40, 180, 16))


@pytest.fixture
def make_programme(session: Session) -> Make:
    """make_programme(*, modules=MODULES, skills={"Lắp mạch điện": "7412"}, **columns)."""

    def make(
        *,
        modules: tuple[tuple[str, str, int, int, int], ...] = MODULES,
        skills: dict[str, str | None] | None = None,
        **columns: Any,
    ) -> Programme:
        number = next(COUNT)
        name = columns.pop("name_vi", "Điện công nghiệp")
        programme = Programme(
            **{
                "code": f"SC-DCN{number}",
                "type": "so-cap-1",
                "name_vi": name,
                "name_en": "Industrial electricity",
                "folded": vietnamese.fold(name),
            }
            | columns
        )
        wanted = {"Lắp mạch điện": "7412"} if skills is None else skills
        programme.skills = [
            ProgrammeSkill(position=n, name=skill, occupation_code=code)
            for n, (skill, code) in enumerate(wanted.items(), 1)
        ]
        if modules:
            plan = Curriculum(valid_from=dt.date(2020, 1, 1), decision="12/QĐ-TN")
            plan.modules = [
                Module(position=n, code=c, name=m, theory_hours=t, practice_hours=p, exam_hours=e)
                for n, (c, m, t, p, e) in enumerate(modules, 1)
            ]
            programme.curricula.append(plan)
        session.add(programme)
        session.flush()
        return programme

    return make


@pytest.fixture
def make_class(session: Session, make_programme: Make) -> Make:
    """make_class(*, programme=None, state="enrolling", places=30, **columns) -> TrainingClass."""

    def make(*, programme: Programme | None = None, **columns: Any) -> TrainingClass:
        number = next(COUNT)
        programme = programme or make_programme()
        start = columns.get("starts_on", clock.today() + dt.timedelta(days=30))
        name = columns.pop("name", f"Điện công nghiệp K{number}")
        course = TrainingClass(
            **{
                "code": f"LOP-K{number}",
                "name": name,
                "folded": vietnamese.fold(f"LOP-K{number} {name} {programme.name_vi}"),
                "programme_id": programme.id,
                "curriculum_id": programme.curricula[0].id if programme.curricula else None,
                "state": ClassState.ENROLLING,
                "starts_on": start,
                "ends_on": start + dt.timedelta(days=120),
                "places": 30,
                "taken": 0,
                "weekdays": ("0", "2", "4"),
                "starts_at": dt.time(18),
                "ends_at": dt.time(20, 30),
                "session_hours": 3,
                "funding": "self-paid",
            }
            | columns
        )
        session.add(course)
        session.flush()
        return course

    return make


@pytest.fixture
def make_enrolment(session: Session, make_class: Make, make_person: Make) -> Make:
    """make_enrolment(*, course=None, person=None, state="enrolled", **columns) -> Enrolment."""

    def make(
        *,
        course: TrainingClass | None = None,
        person: Person | None = None,
        state: EnrolState | str = EnrolState.ENROLLED,
        **columns: Any,
    ) -> Enrolment:
        state = EnrolState(state)
        course = course or make_class()
        row = Enrolment(
            **{
                "number": f"HV-2019-{next(COUNT):05d}",
                "person_id": (person or make_person()).id,
                "class_id": course.id,
                "state": state,
                "holds_seat": state in SEATED,
                "source": Source.COUNTER,
                "funding": course.funding,
                "enrolled_on": clock.today() if state is EnrolState.ENROLLED else None,
                "offer_until": clock.now() + dt.timedelta(days=2)
                if state is EnrolState.OFFERED
                else None,
            }
            | columns
        )
        session.add(row)
        course.taken += row.holds_seat
        session.flush()
        return row

    return make


@pytest.fixture
def make_session(session: Session) -> Make:
    """make_session(course, *, day=today, kind="theory", **columns) -> ClassSession, of 3 hours."""

    def make(course: TrainingClass, **columns: Any) -> ClassSession:
        row = ClassSession(
            **{
                "class_id": course.id,
                "day": clock.today(),
                "starts_at": dt.time(18),
                "ends_at": dt.time(20, 30),
                "kind": SessionKind.THEORY,
                "hours": 3,
            }
            | columns
        )
        session.add(row)
        session.flush()
        return row

    return make
