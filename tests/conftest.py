"""Short on purpose: one application per worker, a fresh database for each test."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from sqlalchemy.orm import Session

from jobcenter.app import create_app
from jobcenter.audit.models import LedgerEntry
from jobcenter.desks.deeds import ACTIONS, DETAILS, SUBJECTS
from jobcenter.kernel import crypto, keyfile
from jobcenter.kernel.db import db, declare_kind
from jobcenter.reports import board
from tests.support.client import Client
from tests.support.databases import KEPT, Databases, kind, settings_for

pytest_plugins = ["tests.factories.rows", "tests.support.realm", "tests.factories.school",
                  "tests.browser.school_town"]  # fmt: skip


@event.listens_for(LedgerEntry, "before_insert")
def every_deed_has_a_name(_mapper: object, _connection: object, entry: LedgerEntry) -> None:
    """Whatever a test leads the code to record must be in the one table of names."""
    if entry.subject_kind not in ("none", "z"):  # what tests of the ledger itself write
        assert entry.action in ACTIONS, f"no name for {entry.action!r} in desks/deeds.py"
        assert entry.subject_kind in SUBJECTS, f"no name for {entry.subject_kind!r}"
        assert set(entry.details or {}) <= set(DETAILS), f"no names for {entry.details}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run what touches no database once: with SQLite."""
    if kind() == "sqlite":
        return
    touch = [one for one in items if "databases" in getattr(one, "fixturenames", ())]
    touched = {id(one) for one in touch}
    config.hook.pytest_deselected(items=[one for one in items if id(one) not in touched])
    items[:] = touch


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return Databases(tmp_path_factory.mktemp("databases"), worker)


@pytest.fixture(scope="session")
def whole_app(databases: Databases) -> Iterator[Flask]:
    app = create_app(settings_for(databases.folder, databases.url))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    databases.prepare(app)
    templates = KEPT / "templates"  # compiled once, not in every worker; named by their digest
    templates.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(templates))
    gc.freeze()  # what lives as long as the process need not be looked through again and again
    gc.set_threshold(20_000, 20, 50)
    yield app
    with app.app_context():
        db.engine.dispose()
    databases.close()


@pytest.fixture
def app(whole_app: Flask, databases: Databases) -> Flask:
    databases.restore(whole_app)
    crypto.use(keyfile.living(whole_app.config["SETTINGS"].key_file))  # another may have begun
    board.forget()
    shutil.rmtree(Path(whole_app.config["SETTINGS"].index_directory), ignore_errors=True)
    Path(whole_app.config["SETTINGS"].seal_heads).unlink(missing_ok=True)
    return whole_app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session that writes; what it holds is committed whenever `client` sends a request."""
    declare_kind(writing=True)
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


@pytest.fixture
def client(app: Flask, session: Session) -> Client:
    return Client(app, session)
