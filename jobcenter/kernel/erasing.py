"""Erasing a person from every table, as the tables themselves declare it (`kernel.privacy`).

Rows are found by the foreign keys that lead to the person, so a new table needs no code here.
Rooms add a function under `@eraser` for what no foreign key shows: sealed texts that name the
person, states that must change, lists that must be made without them.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import Base
from jobcenter.kernel.privacy import RANDOM, ROOTS, How, emptied, eraser_of

GONE = "(đã xoá)"
_BETWEEN = re.compile(r"[\s.\-()]")


@dataclass(frozen=True)
class Subject:
    """Whom an erasure is about: their rows, and what names them in a text.

    `names` are folded names; `marks` are numbers and addresses, without blanks and dots.
    """

    person_ids: tuple[int, ...]
    seeker_ids: tuple[int, ...] = ()
    user_ids: tuple[int, ...] = ()
    names: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()

    def is_in(self, text: str) -> bool:
        """Say whether a text names the person."""
        plain = vietnamese.fold(text)
        close = _BETWEEN.sub("", plain)
        return any(f" {name} " in f" {plain} " for name in self.names) or any(
            mark in close for mark in self.marks
        )


def marks_of(*values: str | None) -> frozenset[str]:
    """Return numbers and addresses as `Subject.is_in` looks for them; short ones name nobody."""
    found = set()
    for value in values:
        close = _BETWEEN.sub("", vietnamese.fold(value or ""))
        if len(close) >= 6:
            found.add(close.removeprefix("+84"))
    return frozenset(found)


def scrubbed(value: Any, subject: Subject) -> Any:
    """Return a value without what names the person; a row of a list that does goes whole."""
    if isinstance(value, str):
        return GONE if subject.is_in(value) else value
    if isinstance(value, dict):
        return {key: scrubbed(one, subject) for key, one in value.items()}
    if isinstance(value, list):
        return [_row(one, subject) for one in value]
    return value


def _row(value: Any, subject: Subject) -> Any:
    if isinstance(value, dict) and any(
        isinstance(one, str) and subject.is_in(one) for one in value.values()
    ):
        return {key: GONE if isinstance(one, str) else one for key, one in value.items()}
    return scrubbed(value, subject)


Act = Callable[[Session, Subject], None]
_ACTS: list[Act] = []


def eraser(act: Act) -> Act:
    """Register what a room does at an erasure beside what its tables declare; it runs first."""
    if act not in _ACTS:
        _ACTS.append(act)
    return act


@dataclass(frozen=True)
class Hold:
    """Why a person's data may not be erased now; `is_firm`: whatever an officer decides."""

    code: str
    ground: str
    count: int = 1
    is_firm: bool = False


Look = Callable[[Session, Subject], Iterator[Hold]]
_HOLDS: list[Look] = []


def holds(look: Look) -> Look:
    """Register how a room sees that a person's data are still needed."""
    if look not in _HOLDS:
        _HOLDS.append(look)
    return look


def held(session: Session, subject: Subject) -> list[Hold]:
    """Return every ground on which the person's data are still needed."""
    return [hold for look in _HOLDS for hold in look(session, subject)]


@dataclass
class Done:
    """How many rows of which table were deleted, blanked or kept."""

    deleted: dict[str, int] = field(default_factory=dict)
    blanked: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)


def erase(session: Session, subject: Subject) -> Done:
    """Carry out every table's declaration for one person, in the caller's transaction."""
    for act in _ACTS:
        act(session, subject)
    session.flush()
    session.expunge_all()  # what follows goes past the objects that were loaded
    done, rows = Done(), rows_of(session, subject)
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in rows:
            _carry_out(session, table, rows[table.name], done)
    return done


def _carry_out(session: Session, table: Table, ids: list[Any], done: Done) -> None:
    how = eraser_of(table)
    if how is None or not ids:
        return
    if how.how is How.KEEP:
        done.kept[table.name] = len(ids)
        return
    where = _key(table).in_(ids)
    if how.how is How.DELETE:
        session.execute(delete(table).where(where))
        done.deleted[table.name] = len(ids)
        return
    values = emptied(table)
    if "version" in table.c:
        values["version"] = table.c.version + 1
    if RANDOM in values.values():
        for one in ids:
            own = {k: _fresh() if v == RANDOM else v for k, v in values.items()}
            session.execute(update(table).where(_key(table) == one).values(own))
    elif values:
        session.execute(update(table).where(where).values(values))
    done.blanked[table.name] = len(ids)


def _fresh() -> str:
    return f"xoa-{uuid.uuid4().hex[:14]}"


def _key(table: Table) -> Any:
    return next(iter(table.primary_key.columns))


def rows_of(session: Session, subject: Subject) -> dict[str, list[Any]]:
    """Return the keys of a person's rows, by table: what hangs on them, and on that in turn.

    A link to `user` counts from a column `user_id` alone: who wrote a row is not whom it is about.
    """
    found: dict[str, list[Any]] = {
        "person": list(subject.person_ids),
        "user": list(subject.user_ids),
    }
    for table in Base.metadata.sorted_tables:
        if table.name in ROOTS or len(table.primary_key) == 0:
            continue
        where = list(_links(table, found))
        if where:
            keys = session.scalars(select(_key(table)).where(or_(*where))).all()
            found[table.name] = list(dict.fromkeys(keys))
    return {name: keys for name, keys in found.items() if keys}


def _links(table: Table, found: dict[str, list[Any]]) -> Iterator[ColumnElement[bool]]:
    how = eraser_of(table)
    named = how.by if how else ()
    for key in table.foreign_keys:
        above, column = key.column.table.name, key.parent
        if above == table.name or key.column.name != _key(key.column.table).name:
            continue
        is_owner = above != "user" or column.name == "user_id" or column.name in named
        if is_owner and found.get(above):
            yield column.in_(found[above])
