"""Rows for tests, with believable defaults; every test states what it is about."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import User
from jobcenter.advising.choices import VisitState
from jobcenter.advising.models import Visit
from jobcenter.enterprises.choices import Standing
from jobcenter.enterprises.models import Enterprise, Member
from jobcenter.enterprises.queries import folded_name
from jobcenter.kernel import clock, crypto, series, vietnamese
from jobcenter.people.choices import CONSENT_TEXT_VERSION, Purpose, Sex, Way
from jobcenter.people.models import Consent, Person
from jobcenter.people.rules import search_text
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Experience, Seeker, SkillCertificate, Wish
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import RequiredCertificate, Vacancy

Make = Callable[..., Any]
COUNT = itertools.count(1)
CONSENTED = (Purpose.REGISTER, Purpose.INTRODUCE, Purpose.PUBLISH)


@pytest.fixture
def make_user(session: Session) -> Make:
    """make_user(role, *, enterprise=None, is_admin=True, person=None, **columns) -> User."""

    def make(
        role: Role | str = Role.COUNSELLOR,
        *,
        enterprise: Enterprise | None = None,
        is_admin: bool = True,
        person: Person | None = None,
        **columns: Any,
    ) -> User:
        number = next(COUNT)
        user = User(
            **{
                "login": f"user{number}",
                "name": f"Trần Thu Hà {number}",
                "role": Role(role),
                "password_hash": "-",
            }
            | columns
        )
        session.add(user)
        session.flush()
        if enterprise is not None:
            session.add(Member(user_id=user.id, enterprise_id=enterprise.id, is_admin=is_admin))
        if person is not None:
            person.user_id = user.id
        session.flush()
        return user

    return make


@pytest.fixture
def make_person(session: Session) -> Make:
    """make_person(*, id_number, old_id_number, consents=CONSENTED, **columns) -> Person."""

    def make(
        *,
        id_number: str | None = None,
        old_id_number: str | None = None,
        consents: tuple[Purpose, ...] = CONSENTED,
        **columns: Any,
    ) -> Person:
        number = next(COUNT)
        person = Person(
            **{
                "full_name": "Nguyễn Thị Thu Hường",
                "birth_date": dt.date(1998, 3, 14),
                "birth_year": 1998,
                "sex": Sex.FEMALE,
                "phone": f"+849{number:08d}",
                "current_commune": "11560",
            }
            | columns
        )
        person.search = search_text(person.full_name)
        person.name_key = vietnamese.name_key(person.full_name)
        person.sort = vietnamese.sort_key(person.full_name)
        ring = crypto.keyring()
        if old_id_number is not None:
            person.old_id_number = old_id_number
            person.old_id_blind = ring.blind(old_id_number, purpose="person.old_id_number")
        if id_number is not None:
            person.id_number = id_number
            person.id_number_blind = ring.blind(id_number, purpose="person.id_number")
            person.id_tail_blind = ring.blind(id_number[-4:], purpose="person.id_tail")
        session.add(person)
        session.flush()
        session.add_all(
            Consent(
                person_id=person.id,
                purpose=purpose,
                text_version=CONSENT_TEXT_VERSION,
                way=Way.COUNTER,
            )
            for purpose in consents
        )
        session.flush()
        return person

    return make


@pytest.fixture
def make_seeker(session: Session, make_person: Make) -> Make:
    """make_seeker(*, wish="May công nghiệp", job=None, certificates=(), person={}, **columns)."""

    def make(
        *,
        wish: str | None = "Công nhân may công nghiệp",
        job: str | None = None,
        certificates: tuple[str, ...] = (),
        consents: tuple[Purpose, ...] = CONSENTED,
        person: dict[str, Any] | None = None,
        **columns: Any,
    ) -> Seeker:
        number = next(COUNT)
        seeker = Seeker(
            **{
                "number": f"HS-2026-{number:05d}",
                "person_id": make_person(consents=consents, **(person or {})).id,
                "registered_on": dt.date(2026, 11, 2),
                "state": FileState.LOOKING,
                "general_education": "thcs",
                "shifts": ("office", "three-shift-8h"),
                "pay_min": 8_000_000,
                "available_on": dt.date(2026, 12, 1),
                "skills": "may 1 kim, 2 kim, vắt sổ",
            }
            | columns
        )
        if wish:
            seeker.wishes.append(Wish(rank=1, title=wish, occupation_code=None))
        if job:
            seeker.experiences.append(
                Experience(position=job, started_on=dt.date(2022, 1, 1), duties=job)
            )
        seeker.certificates.extend(SkillCertificate(name=name) for name in certificates)
        session.add(seeker)
        session.flush()
        return seeker

    return make


@pytest.fixture
def make_enterprise(session: Session) -> Make:
    """make_enterprise(**columns) -> Enterprise."""

    def make(**columns: Any) -> Enterprise:
        number = next(COUNT)
        name = columns.pop("name", f"Công ty TNHH Dệt may Sao Biển {number}")
        enterprise = Enterprise(
            **{
                "name": name,
                "folded": folded_name(name),
                "tax_number": f"02{number:08d}",
                "standing": Standing.APPROVED,
                "commune_code": "11560",
            }
            | columns
        )
        session.add(enterprise)
        session.flush()
        return enterprise

    return make


@pytest.fixture
def make_vacancy(session: Session, make_enterprise: Make) -> Make:
    """make_vacancy(*, enterprise=None, certificates=(), **columns) -> Vacancy."""

    def make(
        *,
        enterprise: Enterprise | None = None,
        certificates: tuple[str, ...] = (),
        **columns: Any,
    ) -> Vacancy:
        number = next(COUNT)
        title = columns.pop("title", "Công nhân may công nghiệp")
        vacancy = Vacancy(
            **{
                "number": f"YC-2026-{number:04d}",
                "enterprise_id": (enterprise or make_enterprise()).id,
                "state": VacancyState.OPEN,
                "registered_on": dt.date(2026, 11, 2),
                "title": title,
                "folded": vietnamese.fold(title),
                "headcount": 40,
                "description": "May các công đoạn áo sơ mi trên chuyền.",
                "requirement": "Biết may 1 kim, vắt sổ. Tốt nghiệp THCS.",
                "general_education": "thcs",
                "pay_min": 8_500_000,
                "pay_max": 11_000_000,
                "shift": "three-shift-8h",
                "commune_code": "11560",
                "deadline": clock.today() + dt.timedelta(days=60),
            }
            | columns
        )
        if vacancy.state is VacancyState.FILLED:
            vacancy.filled = vacancy.headcount
        vacancy.certificates.extend(RequiredCertificate(name=name) for name in certificates)
        session.add(vacancy)
        session.flush()
        return vacancy

    return make


@pytest.fixture
def make_visit(session: Session) -> Make:
    """make_visit(*, person=None, **columns) -> Visit."""

    def make(*, person: Person | None = None, **columns: Any) -> Visit:
        today = clock.today()
        visit = Visit(
            **{
                "day": today,
                "number": series.take(session, f"visit {today:%m-%d}", today.year),
                "person_id": person.id if person else None,
                "state": VisitState.WAITING,
            }
            | columns
        )
        session.add(visit)
        session.flush()
        return visit

    return make
