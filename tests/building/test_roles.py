"""On PostgreSQL the application's role works with rows, and cannot touch what was logged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.app import create_app
from jobcenter.audit.watch import TABLES
from jobcenter.kernel.db import db
from tests.support.client import Client
from tests.support.databases import Databases, kind, settings_for

pytestmark = [
    pytest.mark.building,
    pytest.mark.skipif(kind() != "postgresql", reason="SQLite knows no roles"),
]
ROLE, PASSWORD = "jobcenter_app", "o'neill-100%"


@pytest.fixture
def address(app: Flask, databases: Databases) -> Iterator[str]:
    """The address of the database for the application's role, made by the command."""
    runner = app.test_cli_runner()
    for _ in range(2):  # a second run, after a migration, changes nothing
        done = runner.invoke(args=["database", "roles", ROLE, "--password", PASSWORD])
        assert done.exit_code == 0, done.output
    databases.is_dirty = True
    url = make_url(databases.url).set(username=ROLE, password=PASSWORD)
    yield url.render_as_string(hide_password=False)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {ROLE}"))


def connect(address: str) -> Any:
    return psycopg.connect(address.replace("+psycopg", ""), autocommit=True)


REFUSED = [
    "UPDATE {table} SET id = id",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "DROP TRIGGER {table}_append_only ON {table}",
    "DROP TABLE {table}",
    "ALTER TABLE {table} RENAME TO old_{table}",
    "ALTER TABLE {table} OWNER TO jobcenter_app",
    "CREATE TRIGGER own BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION append_only()",
    "CREATE RULE own AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = excluded.id",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    "DROP FUNCTION append_only() CASCADE",
    "CREATE TABLE mine (id integer)",
    "ALTER ROLE jobcenter_app SUPERUSER",
    "UPDATE alembic_version SET version_num = '0000'",
]


@pytest.mark.parametrize("table", TABLES)
def test_the_applications_role_cannot_alter_the_logs(address: str, table: str) -> None:
    with connect(address) as connection:
        for statement in REFUSED:
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(statement.format(table=table))


def test_it_can_do_everything_that_the_application_does(
    app: Flask, address: str, databases: Databases, make_user: Any, make_seeker: Any,
    session: Session,
) -> None:  # fmt: skip
    user, seeker = make_user(Role.COUNSELLOR), make_seeker()
    session.commit()
    other = create_app(settings_for(databases.folder, address))
    other.testing = True
    desk = Client(other, session).sign_in_as(user)
    path = f"/counsellor/seekers/{seeker.key}"
    assert desk.get(path).status_code == 200  # which writes a sight
    answer = desk.submit(f"{path}/edit", {"full_name": "Đỗ Thị Quyên"})
    assert answer.status_code in (302, 303)
    assert "Đỗ Thị Quyên" in desk.get("/counsellor/seekers").text
    done = other.test_cli_runner().invoke(args=["audit", "seal"])
    assert "ledger_entry: 2" in done.output, done.output  # the sign-in and the change
    with other.app_context():
        db.engine.dispose()
