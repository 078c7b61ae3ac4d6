"""Changing keys under a running system: sealed columns re-encrypted, blind indexes rebuilt.

Both walk a table in chunks of their own transactions and may be stopped and started again at any
point. A row that somebody saves meanwhile is left to them: they wrote it with the new key already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Column, Connection, Engine, Table, func, inspect, select, update

from jobcenter.kernel import crypto
from jobcenter.kernel.backup import shadow
from jobcenter.kernel.db import Base, Sealed, SealedBytes, SealedData, transaction_kind

CHUNK = 500
Progress = Callable[[str, int], None]


def blind(of: str, *, purpose: str, tail: int | None = None) -> dict[str, Any]:
    """Return what a blind index column says in its `info`: of which column, and of which part."""
    return {"blind": {"of": of, "purpose": purpose, "tail": tail}}


def sealed_columns() -> list[Column[Any]]:
    """Return every encrypted column of the building."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed | SealedData | SealedBytes)
    ]


def blind_columns() -> list[Column[Any]]:
    """Return every blind index column of the building."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "blind" in column.info
    ]


def key_numbers(engine: Engine) -> Counter[int]:
    """Return how many values each data key holds now."""
    found: Counter[int] = Counter()
    with transaction_kind(writing=False), engine.connect() as connection:
        for column in sealed_columns():
            raw = _raw(column)
            first = func.substr(raw, 1, 1)
            rows = connection.execute(
                select(first, func.count()).where(raw.is_not(None)).group_by(first)
            )
            found.update({bytes(number)[0]: count for number, count in rows})
    return found


def is_needed(engine: Engine) -> bool:
    """Say whether anything in the database opens with the keys of now."""
    there, ring = inspect(engine), crypto.keyring()
    with transaction_kind(writing=False), engine.connect() as connection:
        for column in sealed_columns():
            if not there.has_table(column.table.name):
                continue
            raw = _raw(column)
            value = connection.scalar(select(raw).where(raw.is_not(None)).limit(1))
            if value is not None and _opens(ring, bytes(value), _purpose(column)):
                return True
    return False


def _opens(ring: crypto.Keyring, value: bytes, purpose: str) -> bool:
    try:
        ring.open_bytes(value, purpose=purpose)
    except (InvalidTag, KeyError):
        return False
    return True


def reencrypt(engine: Engine, progress: Progress = lambda _name, _count: None) -> int:
    """Put every value that an older key holds under the current one; return how many."""
    done = 0
    for column in sealed_columns():
        for changed in _chunks(engine, column, _reencrypt_chunk):
            done += changed
            progress(str(column), changed)
    return done


def rebuild_blinds(engine: Engine, progress: Progress = lambda _name, _count: None) -> int:
    """Make every blind index anew from its sealed column under the key of now; return how many."""
    done = 0
    for column in blind_columns():
        for changed in _chunks(engine, column, _rebuild_chunk):
            done += changed
            progress(str(column), changed)
    return done


def _chunks(
    engine: Engine, column: Column[Any],
    work: Callable[[Connection, Column[Any], int], tuple[int, int | None]],
) -> Iterator[int]:  # fmt: skip
    after: int | None = 0
    while after is not None:
        with transaction_kind(writing=True), engine.begin() as connection:
            changed, after = work(connection, column, after)
        yield changed


def _reencrypt_chunk(
    connection: Connection, column: Column[Any], after: int
) -> tuple[int, int | None]:
    """Re-encrypt one chunk; return how many values, and where the next one starts."""
    table, raw, ring = _table(column), _raw(column), crypto.keyring()
    purpose = _purpose(column)
    rows = connection.execute(
        select(_number(table), raw)
        .where(_number(table) > after, raw.is_not(None))
        .order_by(_number(table))
        .limit(CHUNK)
    ).all()
    changed = 0
    for number, sealed in rows:
        value = bytes(sealed)
        if value[0] == ring.current:
            continue
        plain = ring.open_bytes(value, purpose=purpose)
        anew = ring.seal_bytes(plain, purpose=purpose)
        changed += _replace(connection, table, number, raw, value, anew)
    return changed, rows[-1][0] if len(rows) == CHUNK else None


def _rebuild_chunk(
    connection: Connection, column: Column[Any], after: int
) -> tuple[int, int | None]:
    told, table, ring = column.info["blind"], _table(column), crypto.keyring()
    source = column.table.c[told["of"]]
    raw, own = table.c[source.name], table.c[column.name]
    rows = connection.execute(
        select(_number(table), raw, own)
        .where(_number(table) > after, raw.is_not(None))
        .order_by(_number(table))
        .limit(CHUNK)
    ).all()
    changed = 0
    for number, sealed, before in rows:
        plain = ring.open(bytes(sealed), purpose=_purpose(source))
        part = plain[-told["tail"] :] if told["tail"] else plain
        after_it = ring.blind(part, purpose=told["purpose"])
        if after_it != before:
            changed += _replace(connection, table, number, own, before, after_it)
    return changed, rows[-1][0] if len(rows) == CHUNK else None


def _replace(
    connection: Connection, table: Table, number: int, column: Column[Any], old: Any, new: Any
) -> int:
    """Write a value where the old one still stands; no version is raised: nothing was changed."""
    is_same = column.is_(None) if old is None else column == old
    done = connection.execute(
        update(table).where(_number(table) == number, is_same).values({column.name: new})
    )
    return int(done.rowcount)


def _purpose(column: Column[Any]) -> str:
    kind: Any = column.type
    return str(kind.purpose)


def _table(column: Column[Any]) -> Table:
    """Return the table with plain types: no decrypting, no moment of change."""
    return _tables()[column.table.name]


def _number(table: Table) -> Column[Any]:
    """Return the column that numbers the rows."""
    (number,) = table.primary_key.columns
    return number


@cache
def _tables() -> dict[str, Table]:
    return {table.name: table for table in shadow()}


def _raw(column: Column[Any]) -> Column[Any]:
    return _table(column).c[column.name]
