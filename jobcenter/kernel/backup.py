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
from contextlib import contextmanager
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
    inspect,
    select,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from jobcenter.kernel.db import Base, UtcDateTime

MANIFEST = "manifest.json"
CHUNK = 2_000
# Columns that a release has taken away, and before which they stood in backups without names.
TAKEN_AWAY = {"vacancy": {"genuine_requirement": "contact_name", "round": "deadline"}}


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
            tables[table.name] = {
                "columns": [column.name for column in table.columns],
                "rows": rows,
                "sha256": digest.hexdigest(),
            }
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


def empty(connection: Connection) -> None:
    """Take the shipped lists out of a database that nobody has worked in, or refuse it."""
    tables = standing(connection)
    if any(
        table.name == "ledger_entry" and connection.scalar(select(func.count()).select_from(table))
        for table in tables
    ):
        raise Damaged("Cơ sở dữ liệu đích không trống. Khôi phục vào một cơ sở dữ liệu mới.")
    for table in reversed(tables):
        if connection.scalar(select(table.c[0]).limit(1)) is not None:
            connection.execute(table.delete())  # append-only tables are empty here


def restore(connection: Connection, path: Path) -> dict[str, int]:
    """Fill the empty database of `connection`, migrated as far as the backup was.

    The tables are those that the database has, not those of today's models: a backup of an
    earlier release goes into its own schema, and migrations bring the rows on from there.
    """
    manifest = verify(path)
    empty(connection)
    tables = standing(connection)
    unknown = set(manifest["tables"]) - {table.name for table in tables}
    if unknown:
        raise Damaged(f"Cơ sở dữ liệu đích không có bảng {min(unknown)} của bản sao lưu.")
    with zipfile.ZipFile(path) as archive, asleep(connection, tables):
        for table in tables:
            told = manifest["tables"].get(table.name)
            if told is None:
                continue
            with archive.open(f"{table.name}.jsonl") as file:
                _fill(connection, table, file, names_of(table, told))
            _renumber(connection, table)
    # The indexes that other processes hold were made from what was here before.
    connection.execute(
        text("UPDATE match_counter SET database = :name"), {"name": uuid.uuid4().hex}
    )
    return {name: told["rows"] for name, told in manifest["tables"].items()}


def standing(connection: Connection) -> list[Table]:
    """Return the tables that the database has, parents first, as the database describes them."""
    seen, copy = inspect(connection), MetaData()
    names = [name for name, _keys in seen.get_sorted_table_and_fkc_names() if name is not None]
    return [
        Table(
            name,
            copy,
            *(
                Column(c["name"], _stored(c["type"], is_nullable=c["nullable"]))
                for c in seen.get_columns(name)
            ),
        )
        for name in names
        if name != "alembic_version"
    ]


def names_of(table: Table, told: dict[str, Any]) -> list[str]:
    """Return what the values of a line are called.

    Until backups told it themselves, values stood in the order of the models, which later
    releases kept; what a release has taken away stood where `TAKEN_AWAY` says.
    """
    there = {column.name for column in table.columns}
    names: list[str] = list(told.get("columns", ()))
    if not names:
        names = [c.name for c in Base.metadata.tables.get(table.name, table).columns]
        for name, before in TAKEN_AWAY.get(table.name, {}).items():
            names.insert(names.index(before), name)
        names = [name for name in names if name in there]
    if set(names) != there:
        odd = ", ".join(sorted(set(names) ^ there))
        raise Damaged(f"Bảng {table.name} có cột khác với bản sao lưu: {odd}.")
    return names


@contextmanager
def asleep(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Let triggers and the keys of rows to their own table wait until all rows are in.

    Triggers are written for today's tables and may not fit those of an earlier release; a row
    may point to a later one (a merged person to the one that stands for both).
    """
    if connection.dialect.name == "sqlite":
        made = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        ).all()
        for name, _sql in made:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
        for _name, sql in made:
            connection.exec_driver_sql(sql)
        return
    seen = inspect(connection)
    inner = [
        (table.name, key["name"])
        for table in tables
        for key in seen.get_foreign_keys(table.name)
        if key["referred_table"] == table.name
    ]
    for name, key in inner:
        connection.exec_driver_sql(
            f'ALTER TABLE "{name}" ALTER CONSTRAINT "{key}" DEFERRABLE INITIALLY DEFERRED'
        )
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
    yield
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")  # checks what waited
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')
    for name, key in inner:
        connection.exec_driver_sql(f'ALTER TABLE "{name}" ALTER CONSTRAINT "{key}" NOT DEFERRABLE')


def shadow() -> list[Table]:
    """Return our tables, parents first, with plain types: values pass as they are stored."""
    copy = MetaData()
    return [
        Table(
            table.name,
            copy,
            *(Column(c.name, plain(c.type), primary_key=c.primary_key) for c in table.columns),
        )
        for table in Base.metadata.sorted_tables
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
    if isinstance(kind, DateTime):
        return dt.datetime.fromisoformat(value).astimezone(dt.UTC)
    if isinstance(kind, Uuid):
        return uuid.UUID(value)
    if kind.python_type is dt.time:
        return dt.time.fromisoformat(value)
    return dt.date.fromisoformat(value) if kind.python_type is dt.date else value


def _stored(kind: TypeEngine[Any], *, is_nullable: bool) -> TypeEngine[Any]:
    """Return the type that the database told, with nothing for nothing in JSON."""
    return JSON(none_as_null=is_nullable) if isinstance(kind, JSON) else kind


def _fill(connection: Connection, table: Table, lines: Any, names: list[str]) -> None:
    columns = [table.c[name] for name in names]
    rows: list[dict[str, Any]] = []
    for line in lines:
        values = json.loads(line)
        if len(values) != len(columns):
            raise Damaged(f"Bảng {table.name} trong bản sao lưu có số cột khác.")
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
