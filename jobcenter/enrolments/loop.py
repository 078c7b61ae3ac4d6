"""From a class to the vacancies that it feeds, from a person to the classes that would help.

The simple loop, by occupations and by the certificates that vacancies demand; the computed one
needs the matcher.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from jobcenter.courses.models import Programme, TrainingClass
from jobcenter.courses.queries import taking
from jobcenter.enrolments.choices import STANDING
from jobcenter.enrolments.queries import of_person
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.queries import open_ones, openings_left

LEAST_DIGITS = 3  # of an occupation code: less is too wide to say anything


@dataclass(frozen=True)
class Door:
    """A class that would open vacancies to somebody: which, how many places, and by what."""

    course: TrainingClass
    vacancies: Sequence[Vacancy]
    openings: int
    certificate: str  # the certificate that opens them; "" where it is the occupation


def is_near(one: str | None, other: str | None) -> bool:
    """Say whether two occupation codes are the same, or one is the wider group of the other."""
    if not one or not other or min(len(one), len(other)) < LEAST_DIGITS:
        return False
    return one.startswith(other) or other.startswith(one)


def fed_by(session: Session, programme: Programme, today: dt.date) -> list[Vacancy]:
    """Return the open vacancies that a programme teaches for, most openings first."""
    found = [one for one in open_ones(session, today) if _feeds(programme, one)]
    return sorted(found, key=lambda one: (-openings_left(one), one.id))


def _feeds(programme: Programme, vacancy: Vacancy) -> bool:
    near = (is_near(skill.occupation_code, vacancy.occupation_code) for skill in programme.skills)
    return any(near) or _demands(vacancy, programme.certificate)


def _demands(vacancy: Vacancy, certificate: str) -> bool:
    wanted = vietnamese.fold(certificate)
    return bool(wanted) and any(vietnamese.fold(one.name) == wanted for one in vacancy.certificates)


def doors(session: Session, seeker: Seeker, actor: Actor, today: dt.date) -> list[Door]:
    """Return the classes with free places that would help this person, most openings first.

    A class helps by the certificate that vacancies demand and the person lacks, or because it
    teaches an occupation that they wish for.
    """
    joined = {
        row.class_id for row in of_person(session, actor, seeker.person_id)
        if row.state in STANDING
    }  # fmt: skip
    courses = [
        one for one in taking(session, actor, today)
        if one.taken < one.places and one.id not in joined and one.enterprise_id is None
    ]  # fmt: skip
    if not courses:
        return []
    wished = [wish.occupation_code for wish in seeker.wishes if wish.occupation_code]
    has = {vietnamese.fold(one.name) for one in seeker.certificates}
    vacancies = open_ones(session, today)
    found = [door for one in courses if (door := _door(one, wished, has, vacancies)) is not None]
    return sorted(found, key=lambda door: (-door.openings, door.course.starts_on, door.course.id))


def _door(
    course: TrainingClass, wished: Sequence[str], has: Collection[str],
    vacancies: Iterable[Vacancy],
) -> Door | None:  # fmt: skip
    programme = course.programme
    certificate = programme.certificate
    lacks = bool(certificate) and vietnamese.fold(certificate) not in has
    opened = [
        one for one in vacancies
        if lacks and _demands(one, certificate)
        and (not wished or any(is_near(code, one.occupation_code) for code in wished))
    ]  # fmt: skip
    if opened:
        return Door(course, opened, sum(map(openings_left, opened)), certificate)
    taught = [skill.occupation_code for skill in programme.skills if skill.occupation_code]
    if not any(is_near(code, wish) for code in taught for wish in wished):
        return None
    opened = [one for one in vacancies if _feeds(programme, one)]
    return Door(course, opened, sum(map(openings_left, opened)), "") if opened else None
