"""Which columns hold personal data, and of which class: said beside the column, kept by a test.

`mapped_column(..., info=BASIC)`. Basic data (name, birth date, contact, ID number, history) need a
right; sensitive data (ethnicity, health, target groups, secrets of an account) need a right of
their own and a stated purpose. Row numbers and links between rows are not data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table

from jobcenter.kernel.db import UtcDateTime

BASIC = {"privacy": "basic"}
SENSITIVE = {"privacy": "sensitive"}
PLAIN = {"privacy": "none"}

# What everybody's file hangs on; the rest follows from the foreign keys.
ROOTS = frozenset({"person", "user"})
# A column with such a name says something of a person wherever it stands.
TELLING = re.compile(
    r"(^|_)(full_name|contact_name|contact_phone|contact_email|phone|email|zalo|birth\w*|"
    r"id_number\w*|login|browser|actor|signatory\w*)$"
)


def personal_tables(metadata: MetaData) -> set[str]:
    """Return the tables whose rows are about one person: the roots and what points at them.

    Almost every table names the user who wrote a row; that alone does not make it personal, so
    links to `user` count only from tables that say nothing else (sessions, memberships).
    """
    found = set(ROOTS)
    while True:
        more = {
            table.name
            for table in metadata.tables.values()
            if table.name not in found and _hangs_on(table, found)
        }
        if not more:
            return found
        found |= more


def _hangs_on(table: Table, found: set[str]) -> bool:
    for key in table.foreign_keys:
        target = key.column.table.name
        if target in found - {"user"}:
            return True
        if target == "user" and key.parent.name == "user_id":
            return True
    return False


def declared(column: Column[Any]) -> str | None:
    """Return the class of a column: its own, else that of its whole table.

    A table with any sensitive column declares each of its columns, so that a new one is thought of.
    """
    found = column.info.get("privacy")
    if found is None and not any(c.info.get("privacy") == "sensitive" for c in column.table.c):
        found = column.table.info.get("privacy")
    return found or None


def columns(metadata: MetaData, *kinds: str) -> Iterator[Column[Any]]:
    """Yield the columns of these classes ("basic", "sensitive"), links and moments left out."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if not _is_frame(column) and declared(column) in kinds:
                yield column


def undeclared(metadata: MetaData) -> list[str]:
    """Return "table.column" of what must declare a class and does not."""
    personal = personal_tables(metadata)
    return sorted(
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if declared(column) is None
        and not _is_frame(column)
        and (table.name in personal or TELLING.search(column.name))
    )


def _is_frame(column: Column[Any]) -> bool:
    """Say whether a column only numbers, links, dates or counts its row."""
    is_link = column.name == "key" or (
        isinstance(column.type, Integer) and (column.primary_key or bool(column.foreign_keys))
    )
    is_moment = isinstance(column.type, UtcDateTime)
    return is_link or is_moment or column.name in ("version", "epoch")
