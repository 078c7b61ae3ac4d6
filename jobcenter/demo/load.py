"""Writes the invented town into a database, in chunks, and tells how to sign in to it."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields
from itertools import islice
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, ROLE_LABELS, Role
from jobcenter.accounts.queries import find_user
from jobcenter.accounts.rules import add_user
from jobcenter.catalogue.models import LoadedFile
from jobcenter.demo import (
    caseload,
    hires,
    past,
    promises,
    referrals,
    reporting,
    school,
    trust,
    units,
    visits,
)
from jobcenter.demo.bulk import new_row, person_row, returning
from jobcenter.demo.firms import Firm, firms
from jobcenter.demo.lives import SeekerStory, stories
from jobcenter.demo.orders import Order, orders
from jobcenter.demo.twins import with_twins
from jobcenter.enterprises.choices import Standing
from jobcenter.enterprises.models import BusRoute, BusStop, Contact, Enterprise, Member
from jobcenter.enterprises.queries import folded_name
from jobcenter.kernel import clock, series, vietnamese
from jobcenter.kernel.actor import system
from jobcenter.people.choices import CONSENT_TEXT_VERSION, Purpose, Way
from jobcenter.people.models import Consent, Person
from jobcenter.people.suspects import find_suspects
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import (
    Experience,
    LanguageSkill,
    Qualification,
    Seeker,
    SkillCertificate,
    TargetGroup,
    Wish,
)
from jobcenter.vacancies.checks import flag_again
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import RequiredCertificate, Vacancy

BY = system("flask demo", EVERYTHING)
CHUNK = 2_000
COMPARED_AT_ONCE = 10_000  # a larger register is compared at night
MARK = "the invented town"  # among the loaded files: what a training copy may show
ACCOUNTS = {
    Role.ADMINISTRATOR: ("quantri", "Vũ Thanh Tùng"),
    Role.MANAGER: ("quanly", "Phạm Hồng Minh"),
    Role.COUNSELLOR: ("tuvan", "Trần Thu Hà"),
    Role.SCHOOL_STAFF: ("truong", "Đỗ Quang Vinh"),
    Role.TEACHER: ("giaovien", "Ngô Đình Phúc"),
    Role.ENTERPRISE_USER: ("doanhnghiep", "Lê Minh Đức"),
    Role.SEEKER: ("nguoitimviec", ""),
}
Progress = Callable[[int, int], None]


class NotEmpty(Exception):
    """The database holds people already; a demo is never mixed with real ones."""


def has_real_people(session: Session) -> bool:
    """Say whether there are people that this demo did not invent."""
    is_ours = session.get(LoadedFile, MARK) is not None
    return not is_ours and session.scalar(select(func.count()).select_from(Person)) != 0


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
    with_2020: bool = False,
) -> None:
    """Fill an empty database (code lists loaded); commits chunk by chunk.

    `with_2020` adds the year that the zone authority published figures of, as records.
    """
    if session.scalar(select(func.count()).select_from(Person)):
        raise NotEmpty
    session.add(LoadedFile(name=MARK, digest=str(seed)))
    units.write(session)
    made = firms(seed, enterprises)
    ids = _write_firms(session, made)
    _write_orders(session, orders(seed, made, vacancies, today=today), made, ids)
    session.commit()
    told = with_twins(stories(seed, seekers, today), seekers, today)
    done = 0
    while chunk := list(islice(told, CHUNK)):
        _write_people(session, chunk)
        session.commit()
        done += len(chunk)
        if progress:
            progress(done, seekers)
    _add_accounts(session, instance, ids[0])
    counsellor = find_user(session, ACCOUNTS[Role.COUNSELLOR][0])
    trust.write(
        session, seed=seed, today=today, firms=made, ids=ids, by=BY,
        partial=find_user(session, ACCOUNTS[Role.MANAGER][0]),
        password_hash=PasswordHasher().hash(secrets.token_hex(16)),
    )  # fmt: skip
    hires.write(session, seed=seed, today=today)
    caseload.write(session, seed=seed, today=today, counsellor=counsellor)
    if counsellor is not None:
        referrals.write(session, seed=seed, today=today, counsellor=counsellor, firm_id=ids[0])
    visits.write(session, seed=seed, today=today, counsellor=counsellor)
    promises.write(session, today=today, by=BY)
    teacher = find_user(session, ACCOUNTS[Role.TEACHER][0])
    school.write(
        session, seed=seed, today=today, by=BY, firm_id=ids[0],
        teacher_id=teacher.id if teacher else None,
    )  # fmt: skip
    session.commit()
    if with_2020:
        past.write(session, seed=seed, firm_ids=ids)
        manager = find_user(session, ACCOUNTS[Role.MANAGER][0])
        reporting.write(session, today=today, by=manager)
        session.commit()
    if seekers <= COMPARED_AT_ONCE:
        find_suspects(session)
        session.commit()


def _write_firms(session: Session, made: Sequence[Firm]) -> list[int]:
    rows = [_enterprise(firm) for firm in made]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


_CODES = {
    "Việt Nam": "vn", "Hàn Quốc": "kr", "Nhật Bản": "jp", "Trung Quốc": "cn", "Đài Loan": "tw",
    "Hồng Kông": "hk", "Đức": "de", "Hoa Kỳ": "us",
}  # fmt: skip


def _enterprise(firm: Firm) -> Enterprise:
    same = (
        "name", "short_name", "tax_number", "type", "capital_country", "park_code",
        "commune_code", "address", "phone", "email", "sector", "product", "size_band",
    )  # fmt: skip
    row = Enterprise(
        folded=folded_name(firm.name),
        standing=Standing.APPROVED,
        **{name: getattr(firm, name) for name in same}
        | {"capital_country": _CODES[firm.capital_country]},
    )
    row.contacts = [Contact(**asdict(contact)) for contact in firm.contacts]
    row.bus_routes = [
        BusRoute(
            name=route.name,
            stops=[BusStop(position=n, **asdict(stop)) for n, stop in enumerate(route.stops, 1)],
        )
        for route in firm.bus_routes
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
    facts = {name: getattr(order, name) for name in _ORDER_FIELDS}
    row = Vacancy(
        number=number,
        enterprise_id=enterprise_id,
        state=VacancyState(order.state),
        filled=0,  # until somebody is hired: see hires
        folded=vietnamese.fold(order.title),
        park_code=firm.park_code,
        commune_code=firm.commune_code,
        contact_name=firm.contacts[0].name,
        contact_phone=firm.contacts[0].phone,
        contact_email=firm.contacts[0].email,
        source="demo",
        **facts,
    )
    row.certificates = [RequiredCertificate(name=name) for name in order.certificates]
    flag_again(row)
    return row


_ORDER_FIELDS = [f.name for f in fields(Order) if f.name not in ("firm", "state", "certificates")]
_FILE_FIELDS = (
    "registered_on", "general_education", "qualification", "skill_grade", "office_it",
    "soft_skills", "skills", "employment_status", "status_since", "job_loss_reason", "last_pay",
    "on_unemployment_benefit", "services", "pay_wanted", "pay_min", "mode", "purpose", "shifts",
    "accepts_overtime", "needs_dormitory", "needs_bus", "employer_types", "parks",
    "available_on", "note",
)  # fmt: skip


def _write_people(session: Session, chunk: Sequence[SeekerStory]) -> None:
    people = returning(session, Person, [_person(story) for story in chunk])
    years = Counter(story.registered_on.year for story in chunk)
    numbers = {year: series.take(session, "HS", year, count) for year, count in years.items()}
    files = []
    for person, story in zip(people, chunk, strict=True):
        year = story.registered_on.year
        files.append(_seeker(story, person, series.numbered("HS", year, numbers[year])))
        numbers[year] += 1
    ids = returning(session, Seeker, files)
    for table, rows in _hanging(people, ids, chunk).items():
        if rows:
            session.execute(insert(table), rows)


def _person(story: SeekerStory) -> dict[str, Any]:
    is_told = any(consent.purpose == "sensitive" for consent in story.consents)
    return person_row(story.identity, tells_ethnicity=is_told)


def _seeker(story: SeekerStory, person_id: int, number: str) -> dict[str, Any]:
    facts = {name: getattr(story, name) for name in _FILE_FIELDS}
    state = FileState(story.state)
    return new_row() | {"number": number, "person_id": person_id, "state": state} | facts


def _hanging(
    people: Sequence[int], ids: Sequence[int], chunk: Sequence[SeekerStory]
) -> dict[Any, list[dict[str, Any]]]:
    """Return the rows of every table that hangs on a person or a file."""
    rows: dict[Any, list[dict[str, Any]]] = {t: [] for t in (Consent, Wish, *_CHILDREN)}
    for person, seeker, story in zip(people, ids, chunk, strict=True):
        rows[Consent] += _consents(person, story)
        rows[Wish] += [
            {"seeker_id": seeker, "rank": rank} | vars(wish)
            for rank, wish in enumerate(story.wishes, 1)
        ]
        for table, name in _CHILDREN.items():
            rows[table] += [{"seeker_id": seeker} | vars(item) for item in getattr(story, name)]
    return rows


_CHILDREN: dict[Any, str] = {
    Qualification: "qualifications",
    Experience: "experiences",
    SkillCertificate: "certificates",
    LanguageSkill: "languages",
    TargetGroup: "target_groups",
}


def _consents(person: int, story: SeekerStory) -> Iterator[dict[str, Any]]:
    for consent in story.consents:
        yield {
            "person_id": person,
            "purpose": Purpose(consent.purpose),
            "text_version": CONSENT_TEXT_VERSION,
            "way": Way(consent.way),
            "evidence": "",
            "given_at": _morning(consent.given_on),
            "withdrawn_at": _morning(consent.withdrawn_on, 16) if consent.withdrawn_on else None,
        }


def _morning(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), clock.LOCAL)


# Long enough for the rule on passwords, short enough to type from the terminal.
FIRST, SECOND = ("cang", "bien", "song", "buom", "neo"), ("xanh", "rong", "som", "lang", "nang")


def _add_accounts(session: Session, instance: Path, enterprise_id: int) -> None:
    """Make one account for each role, with passwords drawn for this installation alone."""
    hasher, told = PasswordHasher(), {}
    seeker = session.scalars(
        select(Seeker).where(Seeker.state == FileState.LOOKING).order_by(Seeker.id).limit(1)
    ).first()
    for role, (login, name) in ACCOUNTS.items():
        if role == Role.SEEKER and seeker is None:
            continue
        password = f"{secrets.choice(FIRST)}-{secrets.choice(SECOND)}-{secrets.token_hex(4)}"
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
