"""Reading who may be in the register twice, and what was merged."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from jobcenter.accounts.choices import Right
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.people.likeness import Traits
from jobcenter.people.lookalikes import MOST, Lookalike, lookalikes
from jobcenter.people.models import Person, PersonMerge, SuspectedPair
from jobcenter.seekers.models import Seeker, SeekerMerge
from jobcenter.seekers.queries import files_of, visible_to


@dataclass(frozen=True)
class Known:
    """Somebody in the register who may be the person typed; `seeker` is None without a file."""

    person: Person
    seeker: Seeker | None
    found: Lookalike


def known_as(
    session: Session, actor: Actor, typed: Traits, *, but: Collection[int] = (), most: int = MOST
) -> list[Known]:
    """Return who may be the person typed, the likeliest first; nobody to whom may not read.

    `but` are ids of persons who are left out.
    """
    if not actor.may(Right.SEEKERS_READ):
        return []
    found = lookalikes(session, typed, but=but, most=most)
    ids = [one.person_id for one in found]
    people = session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id))
    files = session.scalars(visible_to(actor).where(Seeker.person_id.in_(ids)).order_by(Seeker.id))
    by_id, by_person = {p.id: p for p in people}, {file.person_id: file for file in files}
    return [Known(by_id[one.person_id], by_person.get(one.person_id), one) for one in found]


@dataclass(frozen=True)
class Suspicion:
    """A pair of files that may be of one person."""

    pair: SuspectedPair
    first: Seeker
    second: Seeker


def suspicions(session: Session, actor: Actor, window: Slice) -> Page[Suspicion]:
    """Return one page of the pairs that wait for a human, the surest first."""
    first, second = aliased(Seeker), aliased(Seeker)
    found = (
        select(SuspectedPair, first, second)
        .join(first, first.person_id == SuspectedPair.first_id)
        .join(second, second.person_id == SuspectedPair.second_id)
        .where(SuspectedPair.apart_at.is_(None))
    )
    seen = visible_to(actor).with_only_columns(Seeker.id)
    found = found.where(first.id.in_(seen), second.id.in_(seen))
    ids = found.with_only_columns(SuspectedPair.id).subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    rows = session.execute(
        found.options(joinedload(first.person), joinedload(second.person))
        .order_by(SuspectedPair.strength.desc(), SuspectedPair.id)
        .limit(window.size)
        .offset(window.offset)
    )
    items = [Suspicion(*row) for row in rows]
    return Page(items, window.number, window.size, total)


def suspicion(session: Session, key: uuid.UUID, actor: Actor) -> SuspectedPair:
    """Return one open pair, or refuse."""
    if not actor.may(Right.SEEKERS_READ):
        raise Missing
    found = session.scalar(select(SuspectedPair).where(SuspectedPair.key == key))
    if found is None:
        raise Missing
    return found


def by_merge(session: Session, key: uuid.UUID, actor: Actor) -> SeekerMerge:
    """Return a merge whose remaining file `actor` may see, or refuse."""
    if not actor.may(Right.SEEKERS_READ):
        raise Missing
    found = session.scalar(
        select(SeekerMerge).join(SeekerMerge.merge).where(PersonMerge.key == key)
    )
    if found is None:
        raise Missing
    return found


def merges_of(session: Session, seeker: Seeker) -> Sequence[SeekerMerge]:
    """Return the merges that make up a file today, newest first."""
    return session.scalars(
        select(SeekerMerge)
        .join(SeekerMerge.merge)
        .where(
            SeekerMerge.survivor_id.in_(files_of(session, seeker)),
            PersonMerge.undone_at.is_(None),
        )
        .order_by(SeekerMerge.id.desc())
    ).all()
