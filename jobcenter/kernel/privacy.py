"""Which columns hold personal data, and of which class: said beside the column, kept by a test.

`mapped_column(..., info=BASIC)`. Basic data (name, birth date, contact, ID number, history) need a
right; sensitive data (ethnicity, health, target groups, secrets of an account) need a right of
their own and a stated purpose. Row numbers and links between rows are not data.

Beside the class stands what an erasure does with the rows of a person, once for the table:
`{"info": BASIC | DELETED}`, `BLANKED` or `kept(ground)`. `kernel.erasing` carries it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Enum, Integer, MetaData, String, Table

from jobcenter.kernel.db import Codes, Line, Prose, Sealed, SealedData, UtcDateTime
from jobcenter.kernel.words import N_

BASIC = {"privacy": "basic"}
SENSITIVE = {"privacy": "sensitive"}
PLAIN = {"privacy": "none"}


class How(StrEnum):
    """What an erasure does with the rows of a table."""

    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"


@dataclass(frozen=True)
class Eraser:
    """How a table is erased; `by` are links to follow that are not found by themselves."""

    how: How
    ground: str = ""
    by: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Show as a plain text: a migration that is written by machine repeats a table's info."""
        return repr(self.how.value)


# The rows go; what hangs on them by a foreign key must be declared DELETED too.
DELETED = {"eraser": Eraser(How.DELETE)}
# The rows stay as events that are counted; every column with a class is emptied.
BLANKED = {"eraser": Eraser(How.BLANK)}
# What a blank column gets where a value must be unique.
RANDOM = "\x00random"
TEXTS = (String, Line, Prose, Sealed, SealedData, JSON)
_RESTS = "kept"
# Beside a column of a BLANKED table: stays, because reports count by it.
COUNTED = {_RESTS: N_("Giữ để số liệu đã báo cáo vẫn cộng đúng")}


def kept(ground: str) -> dict[str, Any]:
    """Say that rows (or, beside a column, its values) outlive an erasure, and why they may."""
    return {"eraser": Eraser(How.KEEP, ground), _RESTS: ground}


def blank_to(value: object) -> dict[str, Any]:
    """Say what an emptied column holds, where neither NULL nor an empty text will do."""
    return {"blank": value}


def erased_by(info: dict[str, Any], *links: str) -> dict[str, Any]:
    """Follow these columns to the person too, where no foreign key says so by itself."""
    return info | {"eraser": replace(info["eraser"], by=links)}


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


def eraser_of(table: Table) -> Eraser | None:
    """Return what an erasure does with a table, None where nobody said."""
    found: Eraser | None = table.info.get("eraser")
    return found


def emptied(table: Table) -> dict[str, Any]:
    """Return the columns of a BLANKED table that are emptied, each with what it then holds.

    A column that says its own class is emptied whatever it holds. Where the class is said once for
    the table, texts are emptied; days, numbers and codes stay, since they are what is counted.
    Raises ValueError for a column that can hold neither NULL nor an empty value.
    """
    values = {}
    for column in table.columns:
        if _is_frame(column) or _RESTS in column.info:
            continue
        is_own = column.info.get("privacy") in ("basic", "sensitive")
        if is_own or (declared(column) in ("basic", "sensitive") and _is_text(column)):
            values[column.name] = _empty(column)
    return values


def _is_text(column: Column[Any]) -> bool:
    is_coded = isinstance(column.type, Enum | Codes)
    return isinstance(column.type, TEXTS) and not is_coded


def _empty(column: Column[Any]) -> Any:
    if "blank" in column.info:
        return column.info["blank"]
    if column.nullable:
        return None
    if isinstance(column.type, SealedData):
        return {}
    if isinstance(column.type, JSON):
        return []
    if not _is_text(column) or column.unique or column.foreign_keys:
        raise ValueError(f"{column.table.name}.{column.name}")
    return ""


def unerased(metadata: MetaData) -> list[str]:
    """Return what an erasure would miss: tables that declare nothing, columns it cannot empty,
    rows that would be left hanging on deleted ones.
    """
    found = []
    for table in metadata.sorted_tables:
        holds = [c for c in table.columns if declared(c) in ("basic", "sensitive")]
        how = eraser_of(table)
        if holds and how is None:
            found.append(f"{table.name}: declares no eraser")
        if how is not None and how.how is How.BLANK:
            try:
                emptied(table)
            except ValueError as error:
                found.append(f"{error}: say blank_to(...) or kept(ground) beside it")
        for key in table.foreign_keys:
            above = eraser_of(key.column.table)
            goes = above is not None and above.how is How.DELETE
            if goes and (how is None or how.how is not How.DELETE):
                found.append(f"{table.name}: hangs on {key.column.table.name}, which is DELETED")
    return found
