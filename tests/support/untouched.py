"""Requests that run to their end and leave no trace: each commit is noted and then undone."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from jobcenter.kernel.backup import shadow
from jobcenter.kernel.db import Base, db

WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Beside the record: what the machine notes of its own.
ASIDE = re.compile(r"match_|sight|seal$|submission$|sign_in$")
KEY = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
# Made at random: tokens, salted hashes, codes of papers.
RANDOM = re.compile(
    r"[\w$+/=,.-]{22,}|\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2}\b|(?<=mau-)\d{4}\b|(?<='signatory': )\d+"
)
AT_RANDOM = frozenset(
    {
        "paper.code",
        "notice.effect_key",
        "user.password_hash",
        "visit.reference",
        "ledger_entry.subject_id",
    }
)
Row = dict[str, Any]
Rows = dict[tuple[Any, ...], Row]


class Deeds:
    """What the requests since `forget` would have left: rows of the tables that were written."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.rows: dict[str, Rows] = {}
        self.commits = 0

    def forget(self) -> None:
        """Begin anew."""
        self.tables, self.rows, self.commits = set(), {}, 0

    def note(self, session: Session) -> None:
        """Read what a session is about to leave."""
        self.commits += 1
        for name in self.tables:
            self.rows[name] = rows_of(session, name)


def rows_of(session: Session, name: str) -> Rows:
    """Return the rows of a table by their keys, opened where they are sealed."""
    table = Base.metadata.tables[name]
    place = [column.name for column in table.primary_key]
    found = session.execute(select(table)).mappings()
    return {tuple(row[key] for key in place): dict(row) for row in found}


@contextmanager
def untouched(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Deeds]:
    """Let commits of the application's own session do everything but stay."""
    deeds = Deeds()
    with app.app_context():
        engine = db.engine

    def see(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found = WRITES.match(statement)
        if found and found[1] in Base.metadata.tables and not ASIDE.match(found[1]):
            deeds.tables.add(found[1])

    def commit(self: Session) -> None:
        self.flush()
        deeds.note(self)

    kind = db.session.session_factory.class_
    event.listen(engine, "before_cursor_execute", see)
    with monkeypatch.context() as patch:
        patch.setattr(kind, "commit", commit)
        yield deeds
    event.remove(engine, "before_cursor_execute", see)


def changes(before: dict[str, Rows], deeds: Deeds) -> list[tuple[Any, ...]]:
    """Return what would have changed, told so that two like deeds read the same."""
    told: list[tuple[Any, ...]] = []
    for name in sorted(deeds.rows):
        was, now = before[name], deeds.rows[name]
        told += [(name, "gone", place) for place in was.keys() - now.keys()]
        for place, row in now.items():
            old = was.get(place)
            if old is None:
                told.append((name, "new", _told(name, row, before)))
            elif old != row:
                changed = {key: row[key] for key in row if row[key] != old[key]}
                told.append((name, place, _told(name, changed, before)))
    return sorted(told, key=repr)


def _told(name: str, row: Row, before: dict[str, Rows]) -> str:
    """Return the values of a row without those that are made anew each time."""
    table, told = Base.metadata.tables[name], {}
    for key, value in row.items():
        column = table.columns[key]
        target = next((fk.column.table.name for fk in column.foreign_keys), None)
        if isinstance(value, uuid.UUID) or f"{name}.{key}" in AT_RANDOM:
            told[key] = "made anew"
        elif column.primary_key or target or key.endswith("_id"):
            place = before.get(target or name, {})
            told[key] = value if value is None or (value,) in place else "new"
        else:
            told[key] = RANDOM.sub("*", KEY.sub("*", repr(value)))
    return repr(told)


# What a GET may write: who saw whom, and the lists that were shown (with what they were made of).
MAY_WRITE = frozenset({
    "sight", "recommendation", "recommendation_item", "match_document", "match_lexicon",
})  # fmt: skip


def unread(session: Session) -> dict[str, str]:
    """Return a hash over all rows of each table that a GET must leave alone."""
    assert set(Base.metadata.tables) >= MAY_WRITE
    found = {}
    for table in shadow():
        if table.name not in MAY_WRITE:
            keys = [column for column in table.columns if column.primary_key]
            running = hashlib.sha256()
            for row in session.execute(select(table).order_by(*keys)):
                running.update(repr(tuple(row)).encode())
            found[table.name] = running.hexdigest()
    session.commit()
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Name the tables that are not what they were."""
    return [name for name in before if before[name] != after[name]]
