"""Sealing the ledger and the sight log in chained batches, and finding what was changed since.

A seal covers the rows of one log from the end of the seal before it up to `last_id`. It keeps a
digest over their canonical form, four bytes of each row's hash (to name the first one that is
not as it was), the seal before it, and an HMAC over all of that under a key that is not in the
database. A row changed, taken away or slipped in behind the triggers' back no longer fits; nor
does a seal. The newest seal of each log is noted in a file outside the database as well, so that
a tail cut off with its seals is missed. What came after the newest seal is not covered yet.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, String, cast, func, insert, select, text, type_coerce
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from jobcenter.audit.choices import Log
from jobcenter.audit.models import LedgerEntry, Seal, Sight
from jobcenter.audit.watch import ADVISORY, lock_number
from jobcenter.kernel import clock, crypto
from jobcenter.kernel.db import transaction_kind

BATCH = 5_000
TABLES: dict[Log, Any] = {Log.LEDGER: LedgerEntry.__table__, Log.SIGHT: Sight.__table__}
NOTHING = ""
_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


class SealsBroken(Exception):
    """A log is not as it was sealed; the text says what was found."""


@dataclass(frozen=True)
class Fault:
    """The first thing that is not as it was sealed; `row_id` is None where no row can be named."""

    log: Log
    kind: str  # changed | removed | inserted | seal | chain | cut-off
    row_id: int | None
    seal_id: int | None


@dataclass(frozen=True)
class Verdict:
    """What a log looks like: how much is sealed, how much is not yet, the first fault if any."""

    log: Log
    seals: int
    rows: int
    unsealed: int
    fault: Fault | None


def seal_all(engine: Engine, heads: Path) -> dict[Log, int]:
    """Seal whatever is new in both logs; return how many rows. A busy log waits for next time."""
    return {log: _seal_log(engine, log, heads) for log in Log}


def _seal_log(engine: Engine, log: Log, heads: Path) -> int:
    try:
        with transaction_kind(writing=True):
            horizon = _horizon(engine, log)
            sealed = 0
            while count := _seal_batch(engine, log, horizon, heads):
                sealed += count
            return sealed
    except (IntegrityError, OperationalError):  # another process seals, or a long import writes
        return 0


def _horizon(engine: Engine, log: Log) -> int:
    """Return the last row number below which no transaction still under way can add a row.

    SQLite has one writer. On PostgreSQL numbers are given before the commit; every insert holds a
    shared lock until then (a trigger takes it), so the exclusive one is had when all are through.
    """
    table = TABLES[log]
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '2s'"))
            connection.execute(select(func.pg_advisory_xact_lock(ADVISORY, lock_number(log.value))))
        return connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0


def _seal_batch(engine: Engine, log: Log, horizon: int, heads: Path) -> int:
    with engine.begin() as connection:
        before = connection.execute(
            select(Seal.last_id, Seal.mac).where(Seal.log == log).order_by(Seal.id.desc()).limit(1)
        ).first()
        after, previous = (before.last_id, before.mac) if before else (0, NOTHING)
        names = [column.name for column in TABLES[log].columns]
        rows = list(_rows(connection, log, names, after, horizon, limit=BATCH))
        if not rows:
            return 0
        ring = crypto.keyring()
        values = {
            "log": log,
            "first_id": after + 1,
            "last_id": rows[-1][0],
            "rows": len(rows),
            "columns": " ".join(names),
            "digest": _digest(rows),
            "marks": _pack(rows),
            "previous": previous,
            "key_number": ring.seal_number,
            "at": clock.now(),
        }
        mac = _mac(values, ring.seals[ring.seal_number])
        number = connection.scalar(insert(Seal).values(**values, mac=mac).returning(Seal.id))
    _note_head(heads, log, int(number or 0), mac)
    return len(rows)


def verify(engine: Engine, log: Log, heads: Path) -> Verdict:
    """Read a log through and say what is the first thing that is not as it was sealed."""
    with transaction_kind(writing=False), engine.connect() as connection:
        seals = rows = 0
        after, previous, fault = 0, NOTHING, None
        for seal in connection.execute(
            select(Seal.__table__).where(Seal.log == log).order_by(Seal.id)
        ).all():
            fault = _chain_fault(log, seal, after, previous) or _row_fault(connection, log, seal)
            if fault is not None:
                break
            seals, rows = seals + 1, rows + seal.rows
            after, previous = seal.last_id, seal.mac
        fault = fault or _head_fault(connection, log, heads)
        table = TABLES[log]
        unsealed = connection.scalar(select(func.count()).where(table.c.id > after)) or 0
    return Verdict(log, seals, rows, unsealed, fault)


def _chain_fault(log: Log, seal: Any, after: int, previous: str) -> Fault | None:
    key = crypto.keyring().seals.get(seal.key_number)
    values = {name: getattr(seal, name) for name in _SEALED}
    if key is None or not hmac.compare_digest(_mac(values, key), seal.mac):
        return Fault(log, "seal", None, seal.id)
    if seal.first_id != after + 1 or seal.previous != previous:
        return Fault(log, "chain", None, seal.id)
    return None


def _row_fault(connection: Connection, log: Log, seal: Any) -> Fault | None:
    """Compare the rows of a seal's range with it; the first seal's range has no lower end."""
    start = seal.first_id - 1 if seal.previous else None
    names = seal.columns.split()
    try:
        rows = list(_rows(connection, log, names, start, seal.last_id))
    except (SQLAlchemyError, ValueError):
        connection.rollback()
        return Fault(log, "changed", _unreadable(connection, log, names, seal), seal.id)
    if _digest(rows) == seal.digest:
        return None
    kept, there = _unpack(seal.marks), [(number, whole[:4]) for number, whole in rows]
    return _first_difference(log, seal.id, kept, there)


def _first_difference(
    log: Log, seal_id: int, kept: list[tuple[int, bytes]], there: list[tuple[int, bytes]]
) -> Fault:
    for (sealed, mark), (found, now) in zip(kept, there, strict=False):
        if found < sealed:
            return Fault(log, "inserted", found, seal_id)
        if found > sealed:
            return Fault(log, "removed", sealed, seal_id)
        if mark != now:
            return Fault(log, "changed", sealed, seal_id)
    if len(there) > len(kept):
        return Fault(log, "inserted", there[len(kept)][0], seal_id)
    if len(kept) > len(there):
        return Fault(log, "removed", kept[len(there)][0], seal_id)
    return Fault(log, "changed", None, seal_id)


def _unreadable(connection: Connection, log: Log, names: list[str], seal: Any) -> int | None:
    """Find the row that cannot even be read, one by one."""
    for number, _mark in _unpack(seal.marks):
        try:
            list(_rows(connection, log, names, number - 1, number))
        except (SQLAlchemyError, ValueError):
            connection.rollback()
            return number
    return None


def _head_fault(connection: Connection, log: Log, heads: Path) -> Fault | None:
    """Miss the newest seal that this machine knows of: a tail was cut off."""
    noted = _read_heads(heads).get(log.value)
    if noted is None:
        return None
    mac = connection.scalar(select(Seal.mac).where(Seal.log == log, Seal.id == noted["seal"]))
    return None if mac == noted["mac"] else Fault(log, "cut-off", None, noted["seal"])


def _rows(
    connection: Connection, log: Log, names: list[str], after: int | None, last: int,
    limit: int | None = None,
) -> Iterator[tuple[int, bytes]]:  # fmt: skip
    """Yield (number, hash) of the rows after `after` up to `last`, in order.

    Everything is read as the database keeps it, so that a change that reads the same (a blank in
    a JSON text) is a change; moments have one form for both databases.
    """
    table = TABLES[log]
    raw = connection.dialect.name == "sqlite"
    found = select(table.c.id, *(_stored(table.c[name], raw=raw) for name in names))
    found = found.where(table.c.id <= last).order_by(table.c.id)
    if after is not None:
        found = found.where(table.c.id > after)
    place = names.index("at")
    for number, *values in connection.execute(found.limit(limit) if limit else found):
        values[place] = _moment(values[place])
        yield number, hashlib.sha256(_LINE(values).encode("utf-8", "surrogateescape")).digest()


def _stored(column: Any, *, raw: bool) -> Any:
    if column.name == "details":
        return cast(column, String)
    if column.name == "at":
        return type_coerce(column, String) if raw else column
    return type_coerce(column, String) if isinstance(column.type, String) else column


def _moment(value: Any) -> str:
    """Return a moment in one form; one that SQLite keeps in any other form stays as it is."""
    if isinstance(value, str):
        try:
            read = dt.datetime.fromisoformat(value)
        except ValueError:
            return value
        if value != read.isoformat(" ", "microseconds"):
            return value
        value = read.replace(tzinfo=dt.UTC)
    return str(value.astimezone(dt.UTC).isoformat(timespec="microseconds"))


def _digest(rows: list[tuple[int, bytes]]) -> str:
    return hashlib.sha256(b"".join(whole for _number, whole in rows)).hexdigest()


def _pack(rows: list[tuple[int, bytes]]) -> bytes:
    """Keep each row's number (as the step from the one before) and four bytes of its hash."""
    numbers = [number for number, _whole in rows]
    steps = array("Q", [numbers[0], *(b - a for a, b in pairwise(numbers))])
    packed = zlib.compress(steps.tobytes())
    return len(packed).to_bytes(4, "big") + packed + b"".join(whole[:4] for _n, whole in rows)


def _unpack(marks: bytes) -> list[tuple[int, bytes]]:
    size = int.from_bytes(marks[:4], "big")
    steps = array("Q")
    steps.frombytes(zlib.decompress(marks[4 : 4 + size]))
    tail, number, rows = marks[4 + size :], 0, []
    for place, step in enumerate(steps):
        number += step
        rows.append((number, tail[place * 4 : place * 4 + 4]))
    return rows


_SEALED = ("log", "first_id", "last_id", "rows", "columns", "digest", "marks", "previous",
           "key_number", "at")  # fmt: skip


def _mac(values: dict[str, Any], key: bytes) -> str:
    told = [
        Log(values[name]).value if name == "log"
        else hashlib.sha256(values[name]).hexdigest() if name == "marks"
        else _moment(values[name]) if name == "at"
        else values[name]
        for name in _SEALED
    ]  # fmt: skip
    return hmac.new(key, json.dumps(told).encode(), hashlib.sha256).hexdigest()


def _read_heads(heads: Path) -> dict[str, dict[str, Any]]:
    if not heads.exists():
        return {}
    read: dict[str, dict[str, Any]] = json.loads(heads.read_text())
    return read


def _note_head(heads: Path, log: Log, seal: int, mac: str) -> None:
    """Note the newest seal outside the database; the file changes as a whole or not at all."""
    noted = _read_heads(heads)
    if noted.get(log.value, {"seal": 0})["seal"] >= seal:
        return  # another process was quicker with a later one
    noted |= {log.value: {"seal": seal, "mac": mac}}
    partial = heads.with_suffix(f".{os.getpid()}.part")
    partial.write_text(json.dumps(noted, indent=1))
    partial.replace(heads)
