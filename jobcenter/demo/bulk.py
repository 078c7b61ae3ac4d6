"""Rows for bulk inserts: what every row has, a person's columns, inserting with the ids back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from jobcenter.demo import people
from jobcenter.demo.draw import Draw
from jobcenter.demo.people import Identity
from jobcenter.kernel import clock, vietnamese
from jobcenter.people.choices import Sex
from jobcenter.people.likeness import blind_id, blind_old_id, blind_tail
from jobcenter.people.models import Person
from jobcenter.people.rules import search_text


def new_row() -> dict[str, Any]:
    """Return what every keyed row with a version begins with."""
    now = clock.now()
    return {"key": uuid.uuid4(), "created_at": now, "changed_at": now, "version": 1}


def returning(session: Session, table: Any, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and return their ids in the same order."""
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))


def person_row(who: Identity, *, tells_ethnicity: bool) -> dict[str, Any]:
    """Return the columns of an invented person."""
    number = who.id_number
    return new_row() | {
        "full_name": who.full_name,
        "birth_date": who.birth_date,
        "birth_year": who.birth_year,
        "sex": Sex(who.sex),
        "id_number": number,
        "id_number_blind": blind_id(number),
        "id_tail_blind": blind_tail(number),
        "old_id_number": who.old_id_number,
        "old_id_blind": blind_old_id(who.old_id_number),
        "id_issued_on": who.id_issued_on,
        "ethnicity": who.ethnicity if tells_ethnicity else None,
        "phone": who.phone,
        "email": who.email,
        "permanent_commune": who.permanent.code,
        "permanent_detail": who.permanent_detail,
        "current_commune": who.current.code,
        "current_detail": who.current_detail,
        "social_insurance_number": who.social_insurance_number,
        "search": search_text(who.full_name),
        "name_key": vietnamese.name_key(who.full_name),
        "sort": vietnamese.sort_key(who.full_name),
    }


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """Return a moment of a day in Hải Phòng."""
    return dt.datetime.combine(day, dt.time(hour, minute), clock.LOCAL)


def make_people(session: Session, draw: Draw, first: int, count: int, year: int) -> list[int]:
    """Write people as old as they were in a year and return their ids."""
    rows, phone = [], ""
    for number in range(first, first + count):
        sex = Sex.FEMALE if draw.chance(56) else Sex.MALE
        who = people.identity(
            draw, number=number, sex=sex, age=people.age(draw), today=dt.date(year, 12, 31),
            family_phone=phone,
        )  # fmt: skip
        phone = who.phone
        rows.append(person_row(who, tells_ethnicity=False))
    return returning(session, Person, rows)
