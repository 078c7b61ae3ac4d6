"""Counting consultations: "lượt" are rows, "người" are humans, and the two are never mixed.

A human is counted once under whichever of their merged files a row hangs; rows of people without
a file cannot be told apart, so they stand beside and are never added to the humans.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, func, select, type_coerce
from sqlalchemy.orm import Session

from jobcenter.advising.choices import NO_CONTACT
from jobcenter.advising.models import Consultation
from jobcenter.catalogue.queries import lists
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.people.queries import families, stand_ins
from jobcenter.seekers.choices import AVAILABLE
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import visible_to, with_person
from jobcenter.settings.queries import setting

MOST_LOOKED_AT = 400  # silent files of one counsellor that are put in order


@dataclass(frozen=True)
class Count:
    """`times` are lượt, `people` distinct humans with a file, `unknown` lượt without a file."""

    times: int
    people: int
    unknown: int


def in_period(
    since: dt.date, until: dt.date, *, by_id: int | None = None
) -> Select[int, int | None]:
    """Return (id, human) of the rows that count from `since` to `until`, both included.

    `human` is the person who stands for the row's person, NULL without a file. For whoever counts
    further (reports): join it on `Consultation.id`.
    """
    merged = stand_ins()
    human = func.coalesce(merged.c.root_id, Consultation.person_id).label("human")
    found = (
        select(Consultation.id, human)
        .outerjoin(merged, merged.c.person_id == Consultation.person_id)
        .where(Consultation.day.between(since, until), Consultation.struck_at.is_(None))
    )
    return found if by_id is None else found.where(Consultation.by_id == by_id)


def counted(session: Session, since: dt.date, until: dt.date, *, by_id: int | None = None) -> Count:
    """Return how often and how many people were advised in a period."""
    rows = in_period(since, until, by_id=by_id).subquery()
    found = session.execute(
        select(
            func.count(), func.count(rows.c.human.distinct()), _unknown(rows.c.human)
        ).select_from(rows)
    ).one()
    return Count(*(int(value or 0) for value in found))


def _unknown(human: ColumnElement[Any]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((human.is_(None), 1), else_=0)), 0)


def by_subject(
    session: Session, since: dt.date, until: dt.date, *, by_id: int | None = None
) -> dict[str, Count]:
    """Return the counts of each subject of list G; a row with two subjects is in both.

    Under "" stand the rows of which no subject was written. The times do not add up to the whole.
    """
    rows = in_period(since, until, by_id=by_id).subquery()
    subjects = type_coerce(Consultation.subjects, String)
    found = {}
    ended = {v for (of, v) in lists(session).names if of == "G"}
    for code in sorted(ended):
        found[code] = _where(session, rows, subjects.contains(f"|{code}|", autoescape=True))
    found[""] = _where(session, rows, Consultation.subjects.is_(None))
    return {code: count for code, count in found.items() if count.times or code}


def _where(session: Session, rows: Any, condition: ColumnElement[bool]) -> Count:
    found = session.execute(
        select(func.count(), func.count(rows.c.human.distinct()), _unknown(rows.c.human))
        .select_from(rows)
        .join(Consultation, Consultation.id == rows.c.id)
        .where(condition)
    ).one()
    return Count(*(int(value or 0) for value in found))


def by_channel(
    session: Session, since: dt.date, until: dt.date, *, by_id: int | None = None
) -> dict[str, Count]:
    """Return the counts of each channel (list S): every row is in one."""
    return _grouped(session, since, until, Consultation.channel, by_id)


def by_counsellor(session: Session, since: dt.date, until: dt.date) -> dict[int | None, Count]:
    """Return the counts of each counsellor; None is who is unknown (rows of earlier years)."""
    return _grouped(session, since, until, Consultation.by_id)


def _grouped(
    session: Session, since: dt.date, until: dt.date, column: Any, by_id: int | None = None
) -> dict[Any, Count]:
    rows = in_period(since, until, by_id=by_id).subquery()
    found = session.execute(
        select(column, func.count(), func.count(rows.c.human.distinct()), _unknown(rows.c.human))
        .select_from(rows)
        .join(Consultation, Consultation.id == rows.c.id)
        .group_by(column)
    )
    return {row[0]: Count(*(int(value or 0) for value in row[1:])) for row in found}


def last_contacts(session: Session, person_ids: Sequence[int]) -> dict[int, dt.date]:
    """Return the day on which each of these humans was last advised; those never are missing."""
    members = families(session, person_ids)
    every = {one for family in members.values() for one in family}
    rows = session.execute(
        select(Consultation.person_id, func.max(Consultation.day))
        .where(Consultation.person_id.in_(every), Consultation.struck_at.is_(None))
        .group_by(Consultation.person_id)
    )
    days = {row[0]: row[1] for row in rows}
    found = {one: [days[i] for i in family if i in days] for one, family in members.items()}
    return {one: max(each) for one, each in found.items() if each}


@dataclass(frozen=True)
class Silent:
    """An open file to whose person nobody spoke for so many days."""

    seeker: Seeker
    days: int


def without_contact(
    session: Session, actor: Actor, *, user_id: int, limit: int
) -> tuple[Sequence[Silent], int]:
    """Return the open files of a counsellor that stay without a word, the longest first, and how
    many they are.

    A word is a consultation; a file is not silent before it is as old as the setting says.
    """
    cutoff = clock.today() - dt.timedelta(days=setting(session, NO_CONTACT))
    rows = in_period(cutoff + dt.timedelta(days=1), clock.today()).subquery()
    spoken = select(rows.c.human).where(rows.c.human.is_not(None))
    found = visible_to(actor).where(
        Seeker.responsible_id == user_id,
        Seeker.state.in_(AVAILABLE),
        Seeker.registered_on <= cutoff,
        Seeker.person_id.not_in(spoken),
    )
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    files = session.scalars(
        with_person(found).order_by(Seeker.registered_on, Seeker.id).limit(MOST_LOOKED_AT)
    ).all()
    last = last_contacts(session, [one.person_id for one in files])
    today = clock.today()
    silent = [
        Silent(
            one, (today - max(last.get(one.person_id, one.registered_on), one.registered_on)).days
        )
        for one in files
    ]
    return sorted(silent, key=lambda one: -one.days)[:limit], total
