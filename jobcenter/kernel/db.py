"""The database: engine rules for SQLite and PostgreSQL, column types, and the session.

Reading and writing transactions are told apart before they begin (`writing`): on SQLite a writer
takes its lock at once (BEGIN IMMEDIATE), and a reader cannot write on either database.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    Uuid,
    event,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from jobcenter.kernel import clock, crypto, vietnamese
from jobcenter.kernel.errors import Stale, TooLong

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
PROSE_LIMIT = 20_000
_writing: ContextVar[bool] = ContextVar("writing", default=True)

# Row numbers: 64 bits on PostgreSQL; SQLite only numbers rows by itself when it reads INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """The parent of every model; constraints get names, which map to messages for people."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant: refuses naive values, gives aware UTC back (SQLite drops the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Store in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: instants carry their zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Give back an aware value."""
        if value is None:
            return None
        instant: dt.datetime = value
        if instant.tzinfo is None:
            return instant.replace(tzinfo=dt.UTC)
        return instant.astimezone(dt.UTC)


class Line(TypeDecorator[str]):
    """One line of text: NFC, no control characters, single spaces, at most `length` letters."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.limit = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean, and refuse what is too long (SQLite would store it)."""
        if value is None:
            return None
        text = vietnamese.clean_line(value)
        if len(text) > self.limit:
            raise TooLong(self.limit)
        return text


class Prose(TypeDecorator[str]):
    """Text of several lines, NFC, at most `PROSE_LIMIT` letters."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean, and refuse what is too long."""
        if value is None:
            return None
        text = vietnamese.clean_prose(value)
        if len(text) > PROSE_LIMIT:
            raise TooLong(PROSE_LIMIT)
        return text


class Codes(TypeDecorator[tuple[str, ...]]):
    """A set of list codes, stored "|a|b|" so that one code can be found with LIKE '%|a|%'.

    NULL means "not asked"; an empty tuple means "asked: none".
    """

    impl = String(400)
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """Join in the order given; a code with a bar in it is a programming error."""
        if value is None:
            return None
        if any("|" in code or not code for code in value):
            raise ValueError(f"not list codes: {value!r}")
        return "|" + "".join(f"{code}|" for code in dict.fromkeys(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:
        """Split again."""
        return None if value is None else tuple(part for part in value.split("|") if part)


class Sealed(TypeDecorator[str]):
    """Text encrypted with the data key; `purpose` is "table.column"."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt the cleaned line."""
        if value is None:
            return None
        plain = vietnamese.clean_line(value)
        return crypto.keyring().seal(plain, purpose=self.purpose)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Decrypt."""
        return None if value is None else crypto.keyring().open(value, purpose=self.purpose)


class SealedBytes(TypeDecorator[bytes]):
    """Bytes (a file) encrypted with the data key; `purpose` is "table.column"."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypt."""
        return None if value is None else crypto.keyring().seal_bytes(value, purpose=self.purpose)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Decrypt."""
        if value is None:
            return None
        return crypto.keyring().open_bytes(bytes(value), purpose=self.purpose)


class SealedData(TypeDecorator[dict[str, Any]]):
    """A JSON object encrypted with the data key; `purpose` is "table.column"."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> bytes | None:
        """Encrypt."""
        if value is None:
            return None
        plain = json.dumps(value, ensure_ascii=False)
        return crypto.keyring().seal(plain, purpose=self.purpose)

    def process_result_value(self, value: Any, dialect: Dialect) -> dict[str, Any] | None:
        """Decrypt."""
        if value is None:
            return None
        found: dict[str, Any] = json.loads(crypto.keyring().open(value, purpose=self.purpose))
        return found


def choice(kind: type[StrEnum], name: str) -> Enum:
    """Return a column type that stores the values of `kind` under a CHECK named `name`."""
    return Enum(
        kind,
        name=name,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=30,
    )


class Keyed:
    """A row number inside, a random key outside (addresses never carry row numbers)."""

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[uuid.UUID] = mapped_column(Uuid, default=uuid.uuid4, unique=True)


class Versioned:
    """Creation time and a version that each save raises; forms carry the version they saw."""

    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    changed_at: Mapped[dt.datetime] = mapped_column(
        UtcDateTime, default=clock.now, onupdate=clock.now
    )
    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Let SQLAlchemy raise the version on every UPDATE and compare it in its WHERE."""
        return {"version_id_col": cls.version}


def expect_version(row: Versioned, version: int | None) -> None:
    """Refuse with `Stale` when the form was opened on an older version of `row`.

    SQLAlchemy's own check covers only the moment of the UPDATE, because the row is read afresh.
    """
    if version is not None and row.version != version:
        raise Stale


def hold(session: Session, row: Versioned, version: int | None) -> None:
    """Lock `row` until the transaction ends and read it afresh; then `expect_version`.

    Of two savers at the same moment the second waits here, reads what the first saved, and is told.
    """
    session.refresh(row, with_for_update={"of": type(row)})
    expect_version(row, version)


@contextmanager
def transaction_kind(*, writing: bool) -> Iterator[None]:
    """Say what the transactions begun inside are for."""
    token = _writing.set(writing)
    try:
        yield
    finally:
        _writing.reset(token)


def declare_kind(*, writing: bool) -> None:
    """Set the kind for the rest of this context (one request runs in one)."""
    _writing.set(writing)


@contextmanager
def aside() -> Iterator[Session]:
    """Give a writing session of its own and commit it: for sights and stored lists of a GET."""
    with transaction_kind(writing=True), Session(db.engine, expire_on_commit=False) as session:
        yield session
        session.commit()


def engine_options(url: str, threads: int) -> dict[str, Any]:
    """Return the engine's options for `url`; `threads` is how many one process runs."""
    options: dict[str, Any] = {"pool_size": threads + 1, "max_overflow": 4, "pool_timeout": 20}
    if url.startswith("postgresql"):
        limits = (
            "-c statement_timeout=60000 -c lock_timeout=15000 "
            "-c idle_in_transaction_session_timeout=60000"
        )
        options |= {"pool_pre_ping": True, "pool_recycle": 1800}
        options["connect_args"] = {"options": limits}
    return options


def prepare(engine: Engine) -> None:
    """Attach our transaction rules to `engine` (reliability rules D1 and D2)."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=15000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "cache_size=-32000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = _writing.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not _writing.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
