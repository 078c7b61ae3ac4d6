"""Postings from a file into draft vacancies: each good one once, broken ones named by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.catalogue.occupations import synonyms
from jobcenter.catalogue.shipped import rows
from jobcenter.enterprises.queries import find_by_name
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import PROSE_LIMIT
from jobcenter.kernel.errors import Refused, TooLong
from jobcenter.vacancies.data import Origin, VacancyData
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.posting_places import gazetteer
from jobcenter.vacancies.postings import BrokenLine, Posting, Tables, read_postings
from jobcenter.vacancies.rules import draft

# Fields that a posting and a vacancy call by one name.
_SAME = (
    "title", "description", "requirement", "occupation_code", "general_education",
    "qualification", "certificates", "skills", "experience", "years_experience", "contract",
    "mode", "purpose", "pay_kind", "pay_min", "pay_max", "shift", "deadline", "start_on",
    "probation_days",
)  # fmt: skip
_SETS = ("languages", "extra_demands", "benefits")


@dataclass
class ImportResult:
    """What an import did: new drafts, postings that were there already, lines kept out."""

    added: int = 0
    unchanged: int = 0
    without_firm: int = 0
    broken: list[BrokenLine] = field(default_factory=list)


def import_postings(
    session: Session,
    lines: Iterable[bytes],
    *,
    source: str,
    by: Actor,
    progress: Callable[[ImportResult], None] = lambda _result: None,
) -> ImportResult:
    """Make a draft vacancy of every good posting whose reference is new.

    `progress` is called after each line with the counts so far; a caller that commits there
    keeps what was read when a later line fails.
    """
    known = set(
        session.scalars(
            select(Vacancy.source_ref).where(Vacancy.source_ref.startswith(f"{source}:"))
        )
    )
    result = ImportResult()
    for found in read_postings(lines, reading_tables(session)):
        if isinstance(found, BrokenLine):
            result.broken.append(found)
        elif (ref := f"{source}:{found.source_ref}") in known:
            result.unchanged += 1
        else:
            known.add(ref)
            _keep(session, found, Origin(source=source, ref=ref), result, by=by)
        progress(result)
    return result


def reading_tables(session: Session) -> Tables:
    """Return places as they ship, and the phrases of the trade as the administrator keeps them."""
    places = gazetteer(rows("communes.csv"), rows("parks.csv"), rows("former_provinces.csv"))
    kept = synonyms(session).items()
    return Tables.of(
        places, [{"phrase": phrase, "code": code} for code, phrases in kept for phrase in phrases]
    )


def _keep(
    session: Session, posting: Posting, origin: Origin, result: ImportResult, *, by: Actor
) -> None:
    """Draft one posting in a savepoint: what a rule refuses is a broken line, not the end."""
    try:
        with session.begin_nested():
            _add(session, posting, origin, by=by)
    except Refused as refused:
        result.broken.append(BrokenLine(posting.number, refused.message, refused.params))
        return
    result.added += 1
    result.without_firm += posting.company is None


def _add(session: Session, posting: Posting, origin: Origin, *, by: Actor) -> None:
    if max(len(posting.description), len(posting.requirement)) > PROSE_LIMIT:
        raise TooLong(PROSE_LIMIT)
    firm = find_by_name(session, posting.company) if posting.company else None
    same: dict[str, Any] = {name: getattr(posting, name) for name in _SAME}
    same |= {name: getattr(posting, name) or None for name in _SETS}
    data = VacancyData(
        headcount=posting.headcount or 1,
        position=posting.rank,
        park_code=posting.park,
        commune_code=posting.commune,
        place=", ".join(posting.places)[:200],
        **same,
    )
    origin = replace(
        origin,
        firm_as_written=posting.company or "",
        notes="\n".join(note.stored() for note in posting.notes),
    )
    draft(session, data=data, enterprise=firm, by=by, origin=origin)
