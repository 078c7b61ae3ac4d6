"""Finding records that may be of one person: blocks by index, then compared one by one.

A block is read by an indexed key (IDs by their blind index, phone, the words of the name with the
birth year, the birth); names that are near are sought among people of the same birth alone. Merged
persons are searched too, and whoever stands for them is returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from jobcenter.people.choices import Reason, Strength
from jobcenter.people.likeness import (
    MOST_SLIPS,
    Likeness,
    Traits,
    blind_id,
    blind_old_id,
    blind_tail,
    compare,
    is_shortened,
    near_dates,
    slips_between,
)
from jobcenter.people.models import Person
from jobcenter.people.queries import roots

MOST = 5  # that a panel shows
BLOCK = 200  # that one key may bring; a name and a birth shared by more say nothing
RARE = 3  # a name borne by no more than so many says something without any birth


@dataclass(frozen=True)
class Lookalike:
    """A person who may be the one typed: who stands, the record that is alike, and why."""

    person_id: int
    through_id: int
    likeness: Likeness

    @property
    def strength(self) -> Strength:
        """Return how much it says."""
        return self.likeness.strength

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why, the strongest first."""
        return self.likeness.reasons


def traits_of(person: Person) -> Traits:
    """Return what of a person is compared."""
    return Traits(
        full_name=person.full_name,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        sex=person.sex,
        phone=person.phone,
        id_number=person.id_number,
        old_id_number=person.old_id_number,
        commune=person.current_commune,
    )


def lookalikes(
    session: Session, typed: Traits, *, but: Iterable[int] = (), most: int = MOST
) -> list[Lookalike]:
    """Return who may be the person typed, the likeliest first; `but` are ids left out."""
    out = set(but)
    ids = {i for block in _blocks(session, typed) for i in block} - out
    people = session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all()
    stand = roots(session, ids)
    best: dict[int, tuple[Any, Lookalike]] = {}
    for person in people:
        root = stand[person.id]
        likeness = compare(typed, traits_of(person))
        if likeness is None or root in out:
            continue
        found = Lookalike(root, person.id, likeness)
        placed = (_place(found, person, typed), found)
        best[root] = min(placed, best.get(root, placed), key=lambda one: one[0])
    return [found for _place, found in sorted(best.values(), key=lambda one: one[0])[:most]]


def _place(found: Lookalike, person: Person, typed: Traits) -> tuple[int, ...]:
    """Return where a lookalike stands in the list; the last number breaks every tie."""
    likeness = found.likeness
    order = list(Reason)
    is_near_by = bool(typed.commune) and typed.commune == person.current_commune
    return (
        -likeness.strength,
        order.index(likeness.reasons[0]),
        -len(likeness.reasons),
        likeness.slips,
        not is_near_by,
        -found.through_id,
    )


def _blocks(session: Session, typed: Traits) -> Iterator[Sequence[int]]:
    numbers = [
        Person.id_number_blind == blind_id(typed.id_number) if typed.id_number else None,
        Person.old_id_blind == blind_old_id(typed.old_id_number) if typed.old_id_number else None,
        Person.phone == typed.phone if typed.phone else None,
    ]
    for condition in numbers:
        if condition is not None:
            yield _read(session, condition)
    if not typed.words:
        return
    if typed.id_number:
        tail = Person.id_tail_blind == blind_tail(typed.id_number)
        yield _read(session, tail, Person.name_key == typed.name_key)
    if typed.year is None:
        namesakes = _read(session, Person.name_key == typed.name_key, most=RARE + 1)
        yield namesakes if len(namesakes) <= RARE else ()
        return
    yield from _same_names(session, typed)
    yield from _near_names(session, typed)


def _same_names(session: Session, typed: Traits) -> Iterator[Sequence[int]]:
    same = Person.name_key == typed.name_key
    yield _read(session, same, Person.birth_year == typed.year)
    unknown = _read(session, same, Person.birth_year.is_(None), most=RARE + 1)
    yield unknown if len(unknown) <= RARE else ()
    if typed.birth_date is not None:
        days = list(near_dates(typed.birth_date))
        years = sorted({day.year for day in days})
        yield _read(session, same, Person.birth_year.in_(years), Person.birth_date.in_(days))


def _near_names(session: Session, typed: Traits) -> Iterator[Sequence[int]]:
    """Yield people of the same birth whose names are near: a day, else the whole year."""
    born = select(Person.id, Person.search).where(Person.birth_year == typed.year)
    parts = [born]
    if typed.birth_date is not None:
        known = Person.birth_date == typed.birth_date
        parts = [born.where(known), born.where(Person.birth_date.is_(None))]
    for part in parts:
        near = (row[0] for row in session.execute(part) if _may_be_near(typed, row[1]))
        yield list(islice(near, BLOCK))


def _may_be_near(typed: Traits, search: str) -> bool:
    name, other, words = typed.name, search[1:], search.split()
    if abs(len(other) - len(name)) > MOST_SLIPS:
        return is_shortened(typed.words, words)
    slips = slips_between(name, typed.name_key, other, " ".join(sorted(words)))
    return slips is not None or is_shortened(typed.words, words)


def _read(session: Session, *conditions: ColumnElement[bool], most: int = BLOCK) -> Sequence[int]:
    found: Select[int] = select(Person.id).where(*conditions).limit(most)
    return session.scalars(found).all()
