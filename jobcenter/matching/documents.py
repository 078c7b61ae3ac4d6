"""Rows to what ml reads. Columns are named one by one: what is not named here cannot reach a score.

No name, sex, birth date, ethnicity, target group, health, employer's name, or address finer than
the commune; the sex and age words in free text are dropped by ml itself.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, selectinload

from jobcenter.catalogue.models import CodeValue, Commune, Park
from jobcenter.enterprises.models import BusRoute, BusStop, Enterprise
from jobcenter.kernel import clock
from jobcenter.people.choices import Purpose
from jobcenter.people.models import Person
from jobcenter.people.queries import agrees_to
from jobcenter.referrals.choices import LIVE
from jobcenter.referrals.models import Referral
from jobcenter.seekers.models import (
    Experience,
    LanguageSkill,
    Qualification,
    Seeker,
    SkillCertificate,
    Wish,
)
from jobcenter.seekers.queries import stand_in_files
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.queries import openings_left
from ml.documents import GENERAL_EDUCATION, SHIFTS, Profile
from ml.documents import Vacancy as Opening

CHUNK = 2_000
SHOWN = "shown"
# The matcher's four levels; a level below them is left unknown, one above counts as the highest.
LEVELS = {
    "so-cap": "so-cap", "trung-hoc-nghe": "so-cap", "trung-cap": "trung-cap",
    "cao-dang": "cao-dang", "dai-hoc": "dai-hoc", "thac-si": "dai-hoc", "tien-si": "dai-hoc",
}  # fmt: skip
# List N says ranges: the least that the range asks for, in years.
YEARS_ASKED = {"none": None, "under-1": 0.5, "1-2": 1.0, "2-5": 2.0, "over-5": 5.0}
Columns = Row[Any]


def profiles(session: Session, ids: Sequence[int]) -> Iterator[Profile]:
    """Yield what ml may know of these files, in the order of `ids`; unknown ids are skipped."""
    for start in range(0, len(ids), CHUNK):
        yield from _chunk(session, ids[start : start + CHUNK])


def _chunk(session: Session, ids: Sequence[int]) -> Iterator[Profile]:
    today = clock.today()
    files = _files(session, ids)
    hanging = {
        "wishes": _grouped(session, ids, Wish, Wish.rank, Wish.title, Wish.occupation_code),
        "qualifications": _grouped(session, ids, Qualification, Qualification.id,
                                   Qualification.field),
        "certificates": _grouped(session, ids, SkillCertificate, SkillCertificate.id,
                                 SkillCertificate.name, SkillCertificate.valid_to),
        "experiences": _grouped(session, ids, Experience, Experience.id, Experience.position,
                                Experience.duties, Experience.started_on, Experience.ended_on),
        "languages": _grouped(session, ids, LanguageSkill, LanguageSkill.id,
                              LanguageSkill.language),
    }  # fmt: skip
    shown = _consenting(session, ids)
    introduced = introductions(session, ids)
    for seeker_id in ids:
        if seeker_id in files:
            rows = {name: found[seeker_id] for name, found in hanging.items()}
            tags = frozenset({SHOWN}) if seeker_id in shown else frozenset()
            yield _profile(files[seeker_id], rows, tags, introduced.get(seeker_id, 0), today)


def _files(session: Session, ids: Sequence[int]) -> dict[int, Columns]:
    found = (
        select(
            Seeker.id, Seeker.general_education, Seeker.qualification, Seeker.skills,
            Seeker.pay_min, Seeker.pay_wanted, Seeker.shifts, Seeker.parks, Seeker.available_on,
            Seeker.needs_bus, Seeker.needs_dormitory, Person.current_commune, Commune.lat,
            Commune.lon,
        )
        .join(Seeker.person)
        .outerjoin(Commune, Commune.code == Person.current_commune)
        .where(Seeker.id.in_(ids))
    )  # fmt: skip
    rows: Any = session.execute(found)  # Row[...] of fourteen columns is no Row[Any] to mypy
    return {row.id: row for row in rows}


def _grouped(
    session: Session, ids: Sequence[int], table: Any, order: Any, *columns: Any
) -> defaultdict[int, list[Columns]]:
    rows = session.execute(
        select(table.seeker_id, *columns)
        .where(table.seeker_id.in_(ids))
        .order_by(table.seeker_id, order)
    )
    found: defaultdict[int, list[Columns]] = defaultdict(list)
    for row in rows:
        found[row.seeker_id].append(row)
    return found


def _consenting(session: Session, ids: Sequence[int]) -> set[int]:
    return set(
        session.scalars(
            select(Seeker.id)
            .join(Seeker.person)
            .where(Seeker.id.in_(ids), agrees_to(Purpose.PUBLISH))
        )
    )


def introductions(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Return for how many vacancies each of these files is put forward; without one left out.

    What hangs on a file that was merged counts for the one that stands.
    """
    merged = stand_in_files()
    gone = session.execute(select(merged).where(merged.c.root_id.in_(list(ids))))
    stands = {i: i for i in ids} | {row.seeker_id: row.root_id for row in gone}
    rows = session.execute(
        select(Referral.seeker_id, Referral.vacancy_id)
        .where(Referral.seeker_id.in_(list(stands)), Referral.state.in_(LIVE))
        .order_by(Referral.id)
    )
    pairs = {(stands[row[0]], row[1]) for row in rows}
    return dict(Counter(seeker_id for seeker_id, _vacancy in pairs))


def _profile(
    row: Columns,
    rows: dict[str, list[Columns]],
    tags: frozenset[str],
    introduced: int,
    today: dt.date,
) -> Profile:
    wishes, jobs = rows["wishes"], rows["experiences"]
    jobs = sorted(jobs, key=lambda job: job.started_on or dt.date.min, reverse=True)
    fields = [q.field for q in rows["qualifications"] if q.field]
    return Profile(
        id=str(row.id),
        title=_title(jobs, wishes),
        wishes=tuple(wish.title for wish in wishes),
        skills="\n".join(part for part in (row.skills, *fields) if part),
        experience="\n".join(f"{job.position}\n{job.duties}".strip() for job in jobs),
        occupations=tuple(w.occupation_code for w in wishes if w.occupation_code),
        general_education=_known(row.general_education, GENERAL_EDUCATION),
        qualification=LEVELS.get(row.qualification or "", ""),
        years_experience=years_worked(((j.started_on, j.ended_on) for j in jobs), today),
        certificates=tuple(
            c.name for c in rows["certificates"] if c.valid_to is None or c.valid_to >= today
        ),
        languages=tuple(spoken.language for spoken in rows["languages"]),
        commune=row.current_commune or "",
        lat=row.lat,
        lon=row.lon,
        parks=row.parks or (),
        pay_min=row.pay_min or row.pay_wanted,
        shifts=tuple(code for code in row.shifts or () if code in SHIFTS),
        available_on=row.available_on,
        needs_bus=row.needs_bus,
        needs_dormitory=row.needs_dormitory,
        tags=tags,
        introduced=introduced,
    )


def _title(jobs: list[Columns], wishes: list[Columns]) -> str:
    if jobs:
        return str(jobs[0].position)
    return str(wishes[0].title) if wishes else ""


def _known(code: str | None, codes: Sequence[str]) -> str:
    return code if code and code in codes else ""


def years_worked(
    spans: Iterable[tuple[dt.date | None, dt.date | None]], today: dt.date
) -> float | None:
    """Return the years covered by the jobs, to a tenth; overlaps count once, None when undated."""
    dated = sorted((start, min(end or today, today)) for start, end in spans if start)
    if not dated:
        return None
    days, reach = 0, dt.date.min
    for start, end in dated:
        begin = max(start, reach)
        if end > begin:
            days += (end - begin).days
            reach = end
    return round(days / 365.25, 1)


def openings(session: Session, ids: Sequence[int]) -> list[Opening]:
    """Return what ml knows of these vacancies, by id."""
    rows = session.scalars(
        select(Vacancy)
        .where(Vacancy.id.in_(ids))
        .options(selectinload(Vacancy.certificates))
        .order_by(Vacancy.id)
    ).all()
    firms = {row.enterprise_id for row in rows if row.enterprise_id}
    buses = bus_communes(session, firms)
    places = _places(session, rows)
    spoken = _spoken(session)
    return [
        _opening(row, buses.get(row.enterprise_id or 0, ()), places[row.id], spoken) for row in rows
    ]


def opening(session: Session, vacancy: Vacancy) -> Opening:
    """Return what ml knows of one vacancy."""
    return openings(session, [vacancy.id])[0]


def _spoken(session: Session) -> dict[str, str]:
    """Return the names of the languages by code: files hold names, vacancies codes."""
    named = select(CodeValue.code, CodeValue.name_vi).where(CodeValue.list == "language")
    return {row[0]: row[1] for row in session.execute(named)}


def bus_communes(session: Session, firms: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the communes where each firm's worker buses stop, in order of their codes."""
    rows = session.execute(
        select(BusRoute.enterprise_id, BusStop.commune_code)
        .join(BusStop, BusStop.route_id == BusRoute.id)
        .where(BusRoute.enterprise_id.in_(list(firms)), BusStop.commune_code.is_not(None))
        .distinct()
        .order_by(BusRoute.enterprise_id, BusStop.commune_code)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for firm, commune in rows:
        found[firm].append(str(commune))
    return {firm: tuple(communes) for firm, communes in found.items()}


def _places(session: Session, rows: Sequence[Vacancy]) -> dict[int, Columns | None]:
    """Return park, commune and centre of each vacancy: its own, its park's or its firm's."""
    ids = [row.id for row in rows]
    park = func.coalesce(Vacancy.park_code, Enterprise.park_code)
    found = (
        select(Vacancy.id, park.label("park"), Commune.code, Commune.lat, Commune.lon)
        .outerjoin(Enterprise, Enterprise.id == Vacancy.enterprise_id)
        .outerjoin(Park, Park.code == park)
        .outerjoin(
            Commune,
            Commune.code
            == func.coalesce(Vacancy.commune_code, Park.commune_code, Enterprise.commune_code),
        )
        .where(Vacancy.id.in_(ids))
    )
    places: dict[int, Columns | None] = dict.fromkeys(ids)
    places.update({row.id: row for row in session.execute(found)})
    return places


def _opening(
    row: Vacancy, buses: tuple[str, ...], place: Columns | None, spoken: dict[str, str]
) -> Opening:
    years = row.years_experience
    return Opening(
        id=str(row.id),
        title=row.title,
        description=row.description,
        requirement=row.requirement,
        skills=row.skills,
        headcount=openings_left(row),
        occupation=row.occupation_code or "",
        general_education=_known(row.general_education, GENERAL_EDUCATION),
        qualification=LEVELS.get(row.qualification or "", ""),
        years_experience=years if years is not None else YEARS_ASKED.get(row.experience or ""),
        certificates=tuple(needed.name for needed in row.certificates),
        languages=tuple(spoken.get(code, code) for code in row.languages or ()),
        park=(place.park if place else None) or "",
        commune=(place.code if place else None) or "",
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        pay_min=row.pay_min,
        pay_max=row.pay_max,
        shift=_known(row.shift, SHIFTS),
        start_on=row.start_on,
        deadline=row.deadline,
        has_bus=True if buses else row.has_bus,
        bus_communes=buses,
        has_dormitory=row.has_dormitory,
    )
