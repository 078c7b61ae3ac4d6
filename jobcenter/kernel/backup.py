"""Backups as one file that either database can read: a zip of JSON lines, one file per table.

Sealed columns stay sealed: without the keys of the installation a backup tells little. Every
table carries its row count and a SHA-256, so that a changed byte is found.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from jobcenter.kernel.db import Base, UtcDateTime

MANIFEST = "manifest.json"
CHUNK = 2_000


class Damaged(Exception):
    """The file is not a whole backup; the message says what is wrong, in Vietnamese."""


def write(connection: Connection, path: Path, revision: str) -> dict[str, int]:
    """Write every table to `path` in one transaction and return the row counts."""
    tables: dict[str, dict[str, Any]] = {}
    partial = path.with_suffix(path.suffix + ".part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in shadow():
            digest, rows = hashlib.sha256(), 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
                for line in _lines(connection, table):
                    file.write(line)
                    digest.update(line)
                    rows += 1
            tables[table.name] = {"rows": rows, "sha256": digest.hexdigest()}
        archive.writestr(MANIFEST, json.dumps({"revision": revision, "tables": tables}))
    partial.replace(path)
    return {name: told["rows"] for name, told in tables.items()}


def verify(path: Path) -> dict[str, Any]:
    """Read a backup through and return its manifest; raise `Damaged` at the first fault."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            for name, told in manifest["tables"].items():
                digest, rows = hashlib.sha256(), 0
                with archive.open(f"{name}.jsonl") as file:
                    for line in file:
                        digest.update(line)
                        rows += 1
                if (rows, digest.hexdigest()) != (told["rows"], told["sha256"]):
                    raise Damaged(f"Bảng {name} trong bản sao lưu đã bị thay đổi.")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Damaged(f"Không đọc được bản sao lưu: {error}") from error
    return manifest


def restore(connection: Connection, path: Path) -> dict[str, int]:
    """Fill the empty, migrated database of `connection` from a verified backup."""
    manifest = verify(path)
    tables = shadow()
    with zipfile.ZipFile(path) as archive:
        if connection.scalar(
            select(func.count()).select_from(Base.metadata.tables["ledger_entry"])
        ):
            raise Damaged("Cơ sở dữ liệu đích không trống. Khôi phục vào một cơ sở dữ liệu mới.")
        for table in reversed(tables):
            if connection.scalar(select(table.c[0]).limit(1)) is not None:
                connection.execute(table.delete())  # append-only tables are empty here
        for table in tables:
            if table.name not in manifest["tables"]:
                continue
            if table.name == "match_change":
                connection.execute(table.delete())  # the triggers wrote marks on the way
            with archive.open(f"{table.name}.jsonl") as file:
                _fill(connection, table, file)
            _renumber(connection, table)
        # The indexes that other processes hold were made from what was here before.
        connection.execute(
            text("UPDATE match_counter SET database = :name"), {"name": uuid.uuid4().hex}
        )
    return {name: told["rows"] for name, told in manifest["tables"].items()}


def shadow() -> list[Table]:
    """Return our tables, parents first, with plain types: values pass as they are stored."""
    copy = MetaData()
    return [
        Table(
            table.name,
            copy,
            *(Column(c.name, plain(c.type), primary_key=c.primary_key) for c in table.columns),
        )
        for table in sorted(Base.metadata.sorted_tables, key=lambda t: t.name == "match_change")
    ]


def plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return what the database stores for a column type of ours."""
    if isinstance(kind, UtcDateTime):
        return UtcDateTime()
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, Text):
        return Text()
    if isinstance(kind, String):
        return String()
    return kind


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    keys = [column for column in table.columns if column.primary_key]
    found = connection.execution_options(yield_per=CHUNK).execute(select(table).order_by(*keys))
    for row in found:
        line = json.dumps([_outward(value) for value in row], ensure_ascii=False)
        yield line.encode() + b"\n"


def _outward(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return value.hex
    return value


def _inward(value: Any, kind: TypeEngine[Any]) -> Any:
    if value is None or isinstance(kind, JSON):
        return value
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, UtcDateTime | DateTime):
        return dt.datetime.fromisoformat(value)
    if isinstance(kind, Uuid):
        return uuid.UUID(value)
    if kind.python_type is dt.time:
        return dt.time.fromisoformat(value)
    return dt.date.fromisoformat(value) if kind.python_type is dt.date else value


def _fill(connection: Connection, table: Table, lines: Any) -> None:
    columns = list(table.columns)
    rows: list[dict[str, Any]] = []
    for line in lines:
        values = json.loads(line)
        rows.append({c.name: _inward(v, c.type) for c, v in zip(columns, values, strict=True)})
        if len(rows) == CHUNK:
            connection.execute(insert(table), rows)
            rows.clear()
    if rows:
        connection.execute(insert(table), rows)


def _renumber(connection: Connection, table: Table) -> None:
    """Let PostgreSQL go on numbering after the highest row number (SQLite does by itself)."""
    if connection.dialect.name != "postgresql" or "id" not in table.c:
        return
    connection.execute(
        text(
            f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "  # noqa: S608
            f'coalesce(max(id), 0) + 1, false) FROM "{table.name}"'
        )
    )
