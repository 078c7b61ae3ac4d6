"""Pairs of records that may be of one person, found in batch over the whole register.

Everybody who stands is read once, without any sealed value, and grouped by what lookalikes share:
a number, the words of a name, a birth date, a phone. Only pairs inside a group are compared.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, TypeVar

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import transaction_kind
from jobcenter.people.choices import Strength
from jobcenter.people.likeness import (
    MOST_SLIPS,
    Likeness,
    compare,
    is_date_slip,
    is_shortened,
    slips_between,
)
from jobcenter.people.lookalikes import traits_of
from jobcenter.people.models import Person, SuspectedPair

MOST_IN_GROUP = 400  # a birth or a phone shared by more says nothing
CHUNK = 500
T = TypeVar("T")
Pair = tuple[int, int]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Line:
    """What is read of a person to find their group."""

    id: int
    search: str
    name_key: str
    birth_date: dt.date | None
    birth_year: int | None
    phone: str | None
    tail: str | None
    old: str | None
    commune: str | None


def find_suspects(session: Session, progress: Progress | None = None) -> int:
    """Compare the whole register and keep the pairs found; return how many are open.

    Pairs that somebody has said to be two people stay so; a pair no longer alike leaves. All the
    comparing is done in a reading transaction of its own, so that nobody waits to write meanwhile.
    """
    found: dict[Pair, Likeness] = {}
    with transaction_kind(writing=False), Session(session.get_bind()) as reading:
        pairs = sorted(set(_pairs(_read(reading))))
        for start in range(0, len(pairs), CHUNK):
            found |= _compared(reading, pairs[start : start + CHUNK])
            if progress:
                with transaction_kind(writing=True):
                    progress(min(start + CHUNK, len(pairs)), len(pairs))
    for part in range(0, len(found), CHUNK):
        _keep(session, dict(list(found.items())[part : part + CHUNK]))
    _drop(session, found.keys())
    still = select(func.count()).where(SuspectedPair.apart_at.is_(None))
    return session.scalar(still) or 0


def _read(session: Session) -> list[Line]:
    columns = (
        Person.id, Person.search, Person.name_key, Person.birth_date, Person.birth_year,
        Person.phone, Person.id_tail_blind, Person.old_id_blind, Person.current_commune,
    )  # fmt: skip
    found = select(*columns).where(Person.merged_into_id.is_(None), Person.erased_at.is_(None))
    found = found.order_by(Person.id)
    return [Line(*row) for row in session.execute(found)]


def _pairs(lines: Sequence[Line]) -> Iterator[Pair]:
    """Yield the pairs that are worth comparing, some more than once."""
    for same in (
        _groups(lines, lambda one: one.old),
        _groups(lines, lambda one: one.name_key and one.tail and (one.name_key, one.tail)),
        _groups(lines, lambda one: one.name_key and one.phone and (one.name_key, one.phone)),
    ):
        for group in same:
            yield from _all(group)
    for group in _groups(lines, lambda one: one.name_key):
        yield from _same_names(group)
    for group in _groups(lines, lambda one: one.birth_date):
        yield from _near_names(group)
    for group in _groups(lines, lambda one: one.phone):
        yield from _near_names(group)


def _groups(lines: Sequence[Line], key: Callable[[Line], object]) -> Iterable[list[Line]]:
    groups: defaultdict[object, list[Line]] = defaultdict(list)
    for line in lines:
        if found := key(line):
            groups[found].append(line)
    return [group for group in groups.values() if len(group) > 1]


def _all(group: list[Line]) -> Iterator[Pair]:
    for one, other in combinations(group[:MOST_IN_GROUP], 2):
        yield one.id, other.id


def _same_names(group: list[Line]) -> Iterator[Pair]:
    """Yield the namesakes whose births agree, or may: a day, a slip, or a year beside a day."""
    by_day = _by(group, lambda one: one.birth_date)
    for born in by_day.values():
        yield from _all(born)
    for day, other_day in _slips(by_day):
        yield from (_in_order(a, b) for a in by_day[day] for b in by_day[other_day])
    for born in _by(group, lambda one: one.birth_year).values():
        yield from _birth_unknown(born, lambda one: one.birth_date is None)
    yield from _birth_unknown(group, lambda one: one.birth_year is None)


def _slips(days: Iterable[dt.date]) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the pairs of days that one slip leads between, found by what is left of each digit."""
    known = {f"{day:%d%m%Y}": day for day in days}
    alike: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for text, day in known.items():
        for place in range(8):
            alike[place, text[:place] + text[place + 1 :]].append(text)
        swapped = text[2:4] + text[:2] + text[4:]
        if swapped in known and text < swapped:
            yield day, known[swapped]
    for texts in alike.values():
        for text, other in combinations(texts, 2):
            if is_date_slip(known[text], known[other]):
                yield known[text], known[other]


def _by(group: list[Line], key: Callable[[Line], T | None]) -> dict[T, list[Line]]:
    found: defaultdict[T, list[Line]] = defaultdict(list)
    for line in group:
        if (told := key(line)) is not None:
            found[told].append(line)
    return found


def _birth_unknown(group: list[Line], is_unknown: Callable[[Line], bool]) -> Iterator[Pair]:
    """Yield namesakes who live in one place, where of either the birth is not wholly known."""
    for neighbours in _by(group, lambda one: one.commune).values():
        unknown = [line for line in neighbours if is_unknown(line)]
        for one, other in product(unknown[:MOST_IN_GROUP], neighbours[:MOST_IN_GROUP]):
            if one is not other:
                yield _in_order(one, other)


def _in_order(one: Line, other: Line) -> Pair:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _near_names(group: list[Line]) -> Iterator[Pair]:
    if len(group) > MOST_IN_GROUP:
        return
    for one, other in combinations(group, 2):
        if one.name_key != other.name_key and _is_near(one, other):
            yield one.id, other.id


def _is_near(one: Line, other: Line) -> bool:
    name, others = one.search[1:], other.search[1:]
    if abs(len(name) - len(others)) > MOST_SLIPS:
        return is_shortened(name.split(), others.split())
    return slips_between(name, one.name_key, others, other.name_key) is not None


def _compared(session: Session, pairs: Sequence[Pair]) -> dict[Pair, Likeness]:
    """Return the pairs that a human should look at, with why."""
    ids = {one for pair in pairs for one in pair}
    traits = {}
    for person in session.scalars(select(Person).where(Person.id.in_(ids))):
        traits[person.id] = traits_of(person)
        session.expunge(person)  # a register is larger than a session should hold
    found: dict[Pair, Likeness] = {}
    for first, second in pairs:
        likeness = compare(traits[first], traits[second])
        if likeness is not None and likeness.strength > Strength.WEAK:
            found[first, second] = likeness
    return found


def _keep(session: Session, found: dict[Pair, Likeness]) -> None:
    firsts = {pair[0] for pair in found}
    columns = (SuspectedPair.first_id, SuspectedPair.second_id, SuspectedPair.id,
               SuspectedPair.strength, SuspectedPair.reasons)  # fmt: skip
    rows = session.execute(select(*columns).where(SuspectedPair.first_id.in_(firsts)))
    known = {(row.first_id, row.second_id): row for row in rows}
    new: list[dict[str, Any]] = []
    for (first, second), likeness in found.items():
        told = {"strength": int(likeness.strength), "reasons": tuple(map(str, likeness.reasons))}
        row = known.get((first, second))
        if row is None:
            new.append({"first_id": first, "second_id": second} | told)
        elif (row.strength, row.reasons) != (told["strength"], told["reasons"]):
            session.execute(update(SuspectedPair).where(SuspectedPair.id == row.id).values(**told))
    if new:
        session.execute(insert(SuspectedPair), new)


def _drop(session: Session, kept: Collection[Pair]) -> None:
    """Take out the open pairs that are alike no more."""
    rows = session.execute(
        select(SuspectedPair.id, SuspectedPair.first_id, SuspectedPair.second_id).where(
            SuspectedPair.apart_at.is_(None)
        )
    )
    gone = [row.id for row in rows if (row.first_id, row.second_id) not in kept]
    for start in range(0, len(gone), CHUNK):
        part = gone[start : start + CHUNK]
        session.execute(delete(SuspectedPair).where(SuspectedPair.id.in_(part)))


def say_apart(session: Session, *, pair: SuspectedPair, by: Actor) -> None:
    """Record that a pair is two people: it is not shown again."""
    if pair.apart_at is not None:
        return
    pair.apart_at, pair.apart_by_id = clock.now(), by.user_id
    session.flush()
    record(
        session, by=by, action="say-apart", kind="person", subject_id=pair.first_id,
        other=pair.second_id,
    )  # fmt: skip
