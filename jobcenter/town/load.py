"""Writes the invented town into a database, in chunks, and tells how to sign in to it."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, ROLE_LABELS, Role
from jobcenter.accounts.rules import add_user
from jobcenter.catalogue.models import Commune, Occupation, Park
from jobcenter.catalogue.queries import HOME_PROVINCE
from jobcenter.enterprises.choices import Standing
from jobcenter.enterprises.models import BusRoute, BusStop, Contact, Enterprise, Member
from jobcenter.enterprises.queries import folded_name
from jobcenter.kernel import clock, crypto, series, vietnamese
from jobcenter.kernel.actor import system
from jobcenter.people.choices import CONSENT_TEXT_VERSION, Purpose, Sex, Way
from jobcenter.people.models import Consent, Person
from jobcenter.people.rules import search_text
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import (
    Experience,
    LanguageSkill,
    Seeker,
    SkillCertificate,
    TargetGroup,
    Wish,
)
from jobcenter.town.firms import Firm, Order, firms, orders
from jobcenter.town.people import Story, stories
from jobcenter.town.trades import known
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import RequiredCertificate, Vacancy, WordingFlag
from jobcenter.vacancies.wording import flag_discrimination

BY = system("flask demo", EVERYTHING)
CHUNK = 2_000
ACCOUNTS = {
    Role.ADMINISTRATOR: ("quantri", "Vũ Thanh Tùng"),
    Role.MANAGER: ("quanly", "Phạm Hồng Minh"),
    Role.COUNSELLOR: ("tuvan", "Trần Thu Hà"),
    Role.SCHOOL_STAFF: ("truong", "Đỗ Quang Vinh"),
    Role.ENTERPRISE_USER: ("doanhnghiep", "Lê Minh Đức"),
    Role.SEEKER: ("nguoitimviec", ""),
}
Progress = Callable[[int, int], None]


class NotEmpty(Exception):
    """The database holds people already; a demo is never mixed with real ones."""


def load(
    session: Session,
    *,
    seed: int,
    today: dt.date,
    instance: Path,
    seekers: int = 3_000,
    enterprises: int = 60,
    vacancies: int = 300,
    progress: Progress | None = None,
) -> None:
    """Fill an empty database (code lists loaded); commits chunk by chunk."""
    if session.scalar(select(func.count()).select_from(Person)):
        raise NotEmpty
    communes = _weights(session)
    parks = _parks(session)
    trades = known(frozenset(session.scalars(select(Occupation.code))))
    made = firms(seed=seed, count=enterprises, parks=parks, communes=communes)
    ids = _write_firms(session, made)
    _write_orders(session, orders(seed=seed, firms=made, count=vacancies, today=today), made, ids)
    session.commit()
    told = stories(
        seed=seed,
        count=seekers,
        today=today,
        communes=communes,
        parks=tuple(sorted(parks)),
        trades=trades,
    )
    done = 0
    while chunk := list(islice(told, CHUNK)):
        _write_people(session, chunk)
        session.commit()
        done += len(chunk)
        if progress:
            progress(done, seekers)
    _add_accounts(session, instance, ids[0])
    session.commit()


def _weights(session: Session) -> dict[str, float]:
    """Return Hải Phòng's communes; those of the old city, where the parks are, weigh more."""
    codes = session.scalars(
        select(Commune.code).where(Commune.province_code == HOME_PROVINCE).order_by(Commune.code)
    )
    return {code: (3.0 if code > "11300" else 1.0) for code in codes}


def _parks(session: Session) -> dict[str, str]:
    found = session.execute(
        select(Park.code, Park.commune_code)
        .where(Park.commune_code.is_not(None), Park.state == "operating")
        .order_by(Park.code)
    )
    return {code: str(commune) for code, commune in found}


def _write_firms(session: Session, made: Sequence[Firm]) -> list[int]:
    rows = [_enterprise(firm) for firm in made]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _enterprise(firm: Firm) -> Enterprise:
    row = Enterprise(
        name=firm.name,
        short_name=firm.short_name,
        folded=folded_name(firm.name),
        tax_number=firm.tax_number,
        type=firm.type,
        capital_country=firm.capital_country,
        park_code=firm.park,
        commune_code=firm.commune,
        phone=firm.phone,
        sector=firm.sector,
        product=firm.product,
        size_band=firm.size_band,
        standing=Standing.APPROVED,
    )
    row.contacts = [Contact(name=firm.contact, position="Phụ trách tuyển dụng", phone=firm.phone)]
    row.bus_routes = [
        BusRoute(
            name=name,
            stops=[
                BusStop(
                    position=n + 1,
                    name=f"Điểm đón {n + 1}",
                    commune_code=code,
                    at=f"06:{10 * n:02d}",
                )
                for n, code in enumerate(stops)
            ],
        )
        for name, stops in firm.routes
    ]
    return row


def _write_orders(
    session: Session, made: Sequence[Order], firms: Sequence[Firm], ids: Sequence[int]
) -> None:
    years = Counter(order.registered_on.year for order in made)
    numbers = {year: series.take(session, "YC", year, count) for year, count in years.items()}
    for order in sorted(made, key=lambda o: o.registered_on):
        year = order.registered_on.year
        number = series.numbered("YC", year, numbers[year], 4)
        numbers[year] += 1
        session.add(_vacancy(order, number, firms[order.firm], ids[order.firm]))
    session.flush()


def _vacancy(order: Order, number: str, firm: Firm, enterprise_id: int) -> Vacancy:
    same = (
        "title", "headcount", "description", "requirement", "general_education", "qualification",
        "field", "experience", "years_experience", "languages", "shift", "pay_min", "pay_max",
        "benefits", "conditions", "has_dormitory", "has_bus", "registered_on", "deadline",
        "start_on", "overtime_hours",
    )  # fmt: skip
    row = Vacancy(
        number=number,
        enterprise_id=enterprise_id,
        state=VacancyState(order.state),
        folded=vietnamese.fold(order.title),
        occupation_code=order.code,
        park_code=firm.park,
        commune_code=firm.commune,
        contract="12-36m",
        mode="full-time",
        purpose="long-term",
        position="staff",
        pay_kind="month",
        apply_ways=("in-person", "phone"),
        contact_name=firm.contact,
        contact_phone=firm.phone,
        source="demo",
        **{name: getattr(order, name) for name in same},
    )
    row.certificates = [RequiredCertificate(name=name) for name in order.certificates]
    row.flags = [
        WordingFlag(kind=flag.kind, field=field, excerpt=flag.excerpt[:300])
        for field in ("title", "description", "requirement")
        for flag in flag_discrimination(getattr(order, field))
    ]
    return row


def _write_people(session: Session, chunk: Sequence[Story]) -> None:
    people = _returning(session, Person, [_person(story) for story in chunk])
    years = Counter(story.registered_on.year for story in chunk)
    numbers = {year: series.take(session, "HS", year, count) for year, count in years.items()}
    files = []
    for person, story in zip(people, chunk, strict=True):
        year = story.registered_on.year
        files.append(_seeker(story, person, series.numbered("HS", year, numbers[year])))
        numbers[year] += 1
    ids = _returning(session, Seeker, files)
    for table, rows in _hanging(people, ids, chunk).items():
        if rows:
            session.execute(insert(table), rows)


def _returning(session: Session, table: Any, rows: list[dict[str, Any]]) -> list[int]:
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))


def _person(story: Story) -> dict[str, Any]:
    ring = crypto.keyring()
    number = story.id_number
    return {
        "key": uuid.uuid4(),
        "full_name": story.full_name,
        "birth_date": story.birth_date,
        "birth_year": story.birth_year,
        "sex": Sex(story.sex),
        "id_number": number,
        "id_number_blind": ring.blind(number, purpose="person.id_number") if number else None,
        "id_tail_blind": ring.blind(number[-4:], purpose="person.id_tail") if number else None,
        "phone": story.phone,
        "current_commune": story.commune,
        "current_detail": story.address,
        "search": search_text(story.full_name),
        "sort": vietnamese.sort_key(story.full_name),
        "created_at": clock.now(),
        "changed_at": clock.now(),
        "version": 1,
    }


def _seeker(story: Story, person_id: int, number: str) -> dict[str, Any]:
    same = (
        "registered_on", "general_education", "qualification", "skills", "shifts", "pay_min",
        "pay_wanted", "parks", "needs_bus", "needs_dormitory", "accepts_overtime", "available_on",
        "employment_status", "services",
    )  # fmt: skip
    return {
        "key": uuid.uuid4(),
        "number": number,
        "person_id": person_id,
        "state": FileState(story.state),
        "mode": "full-time",
        "created_at": clock.now(),
        "changed_at": clock.now(),
        "version": 1,
        **{name: getattr(story, name) for name in same},
    }


def _hanging(
    people: Sequence[int], ids: Sequence[int], chunk: Sequence[Story]
) -> dict[Any, list[dict[str, Any]]]:
    rows: dict[Any, list[dict[str, Any]]] = {
        t: [] for t in (Consent, Wish, Experience, SkillCertificate, LanguageSkill, TargetGroup)
    }
    for person, seeker, story in zip(people, ids, chunk, strict=True):
        rows[Consent] += _consents(person, story)
        rows[Wish] += [
            {"seeker_id": seeker, "rank": n + 1, "title": title, "occupation_code": code}
            for n, (title, code) in enumerate(story.wishes)
        ]
        rows[Experience] += [_job(seeker, job) for job in story.jobs]
        rows[SkillCertificate] += [{"seeker_id": seeker, "name": n} for n in story.certificates]
        rows[LanguageSkill] += [
            {"seeker_id": seeker, "language": code, "ability": ability, "certificate": ""}
            for code, ability in story.languages
        ]
        rows[TargetGroup] += [
            {"seeker_id": seeker, "code": code, "proof_number": "", "issuer": ""}
            for code in story.target_groups
        ]
    return rows


def _job(seeker: int, job: Any) -> dict[str, Any]:
    return {
        "seeker_id": seeker,
        "employer": job.employer,
        "position": job.position,
        "occupation_code": job.code,
        "started_on": job.started_on,
        "ended_on": job.ended_on,
        "duties": job.duties,
    }


def _consents(person: int, story: Story) -> Iterator[dict[str, Any]]:
    given = dt.datetime.combine(story.registered_on, dt.time(9), clock.LOCAL)
    for purpose in story.consents:
        yield {
            "person_id": person,
            "purpose": Purpose(purpose),
            "text_version": CONSENT_TEXT_VERSION,
            "way": Way.COUNTER,
            "evidence": "",
            "given_at": given,
            "withdrawn_at": clock.now() if purpose in story.withdrawn else None,
        }


def _add_accounts(session: Session, instance: Path, enterprise_id: int) -> None:
    """Make one account for each role, with passwords drawn for this installation alone."""
    hasher, told = PasswordHasher(), {}
    seeker = session.scalars(
        select(Seeker).where(Seeker.state == FileState.LOOKING).order_by(Seeker.id).limit(1)
    ).first()
    for role, (login, name) in ACCOUNTS.items():
        if role == Role.SEEKER and seeker is None:
            continue
        password = f"{secrets.choice(('cang', 'bien', 'song', 'buom'))}-{secrets.token_hex(4)}"
        name = name or (seeker.person.full_name if seeker else "")
        user = add_user(
            session, login=login, name=name, role=role, password_hash=hasher.hash(password), by=BY
        )
        if role == Role.ENTERPRISE_USER:
            session.add(Member(user_id=user.id, enterprise_id=enterprise_id, is_admin=True))
        if role == Role.SEEKER and seeker is not None:
            seeker.person.user_id = user.id
        told[role.value] = [login, password]
    path = instance / "demo-accounts.json"
    path.write_text(json.dumps(told, indent=1))
    path.chmod(0o600)


def sign_ins(instance: Path) -> list[str]:
    """Return how to sign in to the demo, a line for each role; nothing where there is none."""
    path = instance / "demo-accounts.json"
    if not path.exists():
        return []
    told: dict[str, list[str]] = json.loads(path.read_text())
    return [
        f"{ROLE_LABELS[Role(role)]:<16} {login:<14} {password}"
        for role, (login, password) in told.items()
    ]
