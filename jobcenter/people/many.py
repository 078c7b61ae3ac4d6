"""Who of many people is in the register already: read in blocks, for a file of thousands.

By numbers, by phone, and by the words of a name with the birth year. Names that are only near are
not sought here: `entry.find_or_write` looks for them once more when a person is really written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from jobcenter.people.choices import Reason
from jobcenter.people.likeness import Traits, blind_id, blind_old_id, compare
from jobcenter.people.lookalikes import Lookalike, traits_of
from jobcenter.people.models import Person
from jobcenter.people.queries import roots

CHUNK = 400
Key = tuple[str, object]


def known_among(session: Session, typed: Sequence[Traits]) -> list[list[Lookalike]]:
    """Return for each of many people who in the register may be the same, the likeliest first."""
    found: list[list[Lookalike]] = []
    for start in range(0, len(typed), CHUNK):
        found += _chunk(session, typed[start : start + CHUNK])
    return found


def _chunk(session: Session, typed: Sequence[Traits]) -> list[list[Lookalike]]:
    keys = [set(_keys(one)) for one in typed]
    near = _near(session, set().union(*keys))
    ids = {person_id for people in near.values() for person_id in people}
    people = {
        one.id: traits_of(one)
        for part in _parts(sorted(ids))
        for one in session.scalars(select(Person).where(Person.id.in_(part)))
    }
    stands = roots(session, ids) if ids else {}
    return [
        _alike(one, {i for key in wanted for i in near.get(key, ())}, people, stands)
        for one, wanted in zip(typed, keys, strict=True)
    ]


def _alike(
    one: Traits, ids: set[int], people: dict[int, Traits], stands: dict[int, int]
) -> list[Lookalike]:
    order = list(Reason)
    best: dict[int, Lookalike] = {}
    for person_id in sorted(ids):
        likeness = compare(one, people[person_id])
        if likeness is None:
            continue
        found = Lookalike(stands[person_id], person_id, likeness)
        kept = best.get(found.person_id)
        if kept is None or kept.strength < found.strength:
            best[found.person_id] = found
    return sorted(
        best.values(), key=lambda one: (-one.strength, order.index(one.reasons[0]), one.person_id)
    )


def _keys(one: Traits) -> Iterator[Key]:
    if one.id_number:
        yield "id", blind_id(one.id_number)
    if one.old_id_number:
        yield "old", blind_old_id(one.old_id_number)
    if one.phone:
        yield "phone", one.phone
    if one.words and one.year is not None:
        yield "born", (one.name_key, one.year)


def _near(session: Session, keys: set[Key]) -> dict[Key, list[int]]:
    """Return the ids behind each key."""
    wanted: dict[str, list[object]] = defaultdict(list)
    for name, value in keys:
        wanted[name].append(value)
    near: dict[Key, list[int]] = defaultdict(list)
    columns: dict[str, Any] = {
        "id": Person.id_number_blind, "old": Person.old_id_blind, "phone": Person.phone,
    }  # fmt: skip
    for name, column in columns.items():
        if wanted[name]:
            rows = select(Person.id, column).where(column.in_(sorted(wanted[name], key=str)))
            for person_id, value in session.execute(rows):
                near[name, value].append(person_id)
    if wanted["born"]:
        born = tuple_(Person.name_key, Person.birth_year)
        people = select(Person.id, Person.name_key, Person.birth_year).where(
            born.in_(sorted(wanted["born"], key=str))
        )
        for person_id, name_key, year in session.execute(people):
            near["born", (name_key, year)].append(person_id)
    return near


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
