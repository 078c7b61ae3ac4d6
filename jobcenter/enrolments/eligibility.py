"""May this person come into this class: each condition with its state and the reason in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import values_of
from jobcenter.courses.models import TrainingClass
from jobcenter.courses.queries import takes_people
from jobcenter.enrolments.choices import PUBLIC_FUNDING
from jobcenter.enrolments.queries import meets, standing, supports
from jobcenter.kernel import clock
from jobcenter.kernel.words import N_
from jobcenter.people.models import Person
from jobcenter.people.queries import identities
from jobcenter.placements.models import Placement
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy

PASS, FAIL, ASK, WARN = "pass", "fail", "ask", "warn"
# When people of a shift of list K are at work; of rotating shifts only the weeks tell.
AT_WORK = {"office": (dt.time(7, 30), dt.time(17, 0)), "night": (dt.time(21, 0), dt.time(23, 59))}
ROTATING = frozenset({"two-shift-12h", "three-shift-8h", "shifts"})


@dataclass(frozen=True)
class Ground:
    """One condition: `state` pass, fail (blocks), ask (unknown) or warn; words with values."""

    name: str
    state: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


def grounds(session: Session, person: Person, course: TrainingClass) -> list[Ground]:
    """Return every condition of a class for a person, whatever its state."""
    found = [_time(course), _age(person, course), _education(session, person, course)]
    found.append(_twice(session, person, course))
    found += _support(session, person, course)
    found += _clashes(session, person, course)
    return [one for one in found if one is not None]


def blocking(found: Sequence[Ground]) -> list[Ground]:
    """Return the grounds that keep a person out."""
    return [one for one in found if one.state == FAIL]


def _time(course: TrainingClass) -> Ground:
    if takes_people(course, clock.today()):
        return Ground("open", PASS, N_("Lớp đang nhận đơn"))
    return Ground("open", FAIL, N_("Lớp không nhận đơn lúc này"))


def _age(person: Person, course: TrainingClass) -> Ground:
    least = course.programme.least_age
    if person.birth_date is not None:
        born, start = person.birth_date, course.starts_on
        age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
    elif person.birth_year is not None:
        age = course.starts_on.year - person.birth_year
    else:
        return Ground("age", ASK, N_("Chưa rõ năm sinh, lớp nhận từ %(least)s tuổi"),
                      {"least": least})  # fmt: skip
    state = PASS if age >= least else FAIL
    text = N_("Đủ %(least)s tuổi") if state == PASS else N_("Chưa đủ %(least)s tuổi")
    return Ground("age", state, text, {"least": least})


def _education(session: Session, person: Person, course: TrainingClass) -> Ground | None:
    least = course.programme.least_education
    if least is None:
        return None
    levels = {row.code: row for row in values_of(session, "A")}
    need = levels.get(least)
    if need is None:
        return None
    values = {"level": need.name_vi}
    has = session.scalar(
        select(Seeker.general_education)
        .where(
            Seeker.person_id.in_(identities(session, person.id)),
            Seeker.general_education.is_not(None),
        )
        .limit(1)
    )
    known = levels.get(has or "")
    if known is None:
        return Ground("education", ASK, N_("Chưa rõ học vấn, lớp cần: %(level)s"), values)
    if known.position >= need.position:
        return Ground("education", PASS, N_("Đủ học vấn: %(level)s"), values)
    return Ground("education", FAIL, N_("Chưa đủ học vấn, lớp cần: %(level)s"), values)


def _twice(session: Session, person: Person, course: TrainingClass) -> Ground | None:
    found = standing(session, person.id, course.id)
    if found is None:
        return None
    return Ground("twice", FAIL, N_("Đã có đơn %(number)s vào lớp này"), {"number": found.number})


def _support(session: Session, person: Person, course: TrainingClass) -> list[Ground]:
    used = supports(session, person.id)
    if used:
        last = used[-1]
        return [
            Ground(
                "support", WARN,
                N_("Đã được hỗ trợ học nghề: lớp %(code)s năm %(year)s. Lần này tự đóng, trừ khi "
                   "thành phố quyết định."),
                {"code": last.course.code, "year": last.course.starts_on.year},
            )
        ]  # fmt: skip
    if course.funding in PUBLIC_FUNDING:
        return [
            Ground("support", ASK, N_("Hỏi: đã học lớp nào được nhà nước hỗ trợ ở nơi khác chưa?"))
        ]
    return []


def _clashes(session: Session, person: Person, course: TrainingClass) -> list[Ground]:
    found = [
        Ground("hours", WARN, N_("Trùng giờ với lớp %(code)s"), {"code": other.code})
        for other in meets(session, person.id, course)
        if other.id != course.id
    ]
    shift = _shift(session, person)
    if shift is None or course.starts_at is None or course.ends_at is None:
        return found
    if shift in ROTATING:
        found.append(Ground("shift", ASK, N_("Đang làm ca xoay, hỏi xem có đi học đều được không")))
    elif shift in AT_WORK:
        start, end = AT_WORK[shift]
        if course.starts_at < end and start < course.ends_at:
            found.append(Ground("shift", WARN, N_("Trùng ca làm")))
    return found


def _shift(session: Session, person: Person) -> str | None:
    """Return the shift of the job that this human has now."""
    return session.scalar(
        select(Vacancy.shift)
        .join(Placement, Placement.vacancy_id == Vacancy.id)
        .join(Seeker, Seeker.id == Placement.seeker_id)
        .where(Seeker.person_id.in_(identities(session, person.id)), Placement.ended_on.is_(None))
        .order_by(Placement.started_on.desc(), Placement.id.desc())
        .limit(1)
    )
