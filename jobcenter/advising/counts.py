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

from jobcenter.advising.models import Consultation
from jobcenter.catalogue.queries import lists
from jobcenter.people.queries import stand_ins


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
    merged = stand_ins()
    human = func.coalesce(merged.c.root_id, Consultation.person_id)
    rows = session.execute(
        select(human, func.max(Consultation.day))
        .outerjoin(merged, merged.c.person_id == Consultation.person_id)
        .where(human.in_(list(person_ids)), Consultation.struck_at.is_(None))
        .group_by(human)
    )
    return {row[0]: row[1] for row in rows}
