"""Migrations: up, down and up again, on the database at hand, with nothing left to generate."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from jobcenter.app import create_app
from jobcenter.config import ROOT
from jobcenter.kernel.db import Base, db
from tests.support.databases import Databases, settings_for

pytestmark = pytest.mark.building


EARLIER = f"""
INSERT INTO "user" (id, key, login, name, role, password_hash, is_active, epoch, locale,
    created_at, changed_at, version)
VALUES (1, '{"1" * 32}', 'a', 'A', 'enterprise-user', '-', true, 1, 'vi',
    '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1);
INSERT INTO enterprise (id, key, name, short_name, folded, is_individual, capital_country,
    address, sector, product, standing, created_at, changed_at, version)
VALUES (7, '{"2" * 32}', 'Sao Biển', '', 'sao bien', false, 'Mỹ', '', '', '', 'suspended',
    '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1);
INSERT INTO contact (id, enterprise_id, name, position, takes_sms, takes_email)
VALUES (3, 7, 'Lê Minh Đức', '', false, false);
INSERT INTO enterprise_member (user_id, enterprise_id, is_admin) VALUES (1, 7, true)
"""


@pytest.fixture
def empty_app(tmp_path: Path, databases: Databases) -> Flask:
    """Return an application on a database of its own without any table."""
    if databases.server is None:
        url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        databases._sql("DROP DATABASE IF EXISTS jobcenter_empty WITH (FORCE)")
        databases._sql("CREATE DATABASE jobcenter_empty")
        url = databases.url_of("jobcenter_empty")
    return create_app(settings_for(tmp_path, url))


def schema(app: Flask) -> dict[str, object]:
    with app.app_context():
        seen = inspect(db.engine)
        return {
            name: (
                sorted(
                    str(c["name"]) + str(c["type"]) + str(c["nullable"])
                    for c in seen.get_columns(name)
                ),
                sorted(str(i["name"]) for i in seen.get_indexes(name)),
                sorted(str(c["name"]) for c in seen.get_check_constraints(name)),
                sorted(str(f["name"]) for f in seen.get_foreign_keys(name)),
            )
            for name in seen.get_table_names()
        }


def test_up_down_up_gives_the_same_schema_and_models_agree(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        first = schema(empty_app)
        assert set(Base.metadata.tables) <= set(first)
        downgrade(revision="base")
        assert set(schema(empty_app)) <= {"alembic_version"}
        upgrade()
        assert schema(empty_app) == first
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
        db.engine.dispose()


def test_a_database_of_an_earlier_day_keeps_its_rows(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade(revision="0004")
        with db.engine.begin() as connection:
            for statement in EARLIER.split(";"):
                connection.execute(text(statement))
        upgrade()
        with db.engine.begin() as connection:
            kept = connection.execute(
                text(
                    "SELECT e.name, e.standing, e.capital_country, c.name FROM enterprise e "
                    "JOIN contact c ON c.enterprise_id = e.id "
                    "JOIN enterprise_member m ON m.enterprise_id = e.id"
                )
            ).all()
        assert [tuple(row) for row in kept] == [("Sao Biển", "suspended", "us", "Lê Minh Đức")]
        downgrade(revision="0004")
        with db.engine.begin() as connection:
            assert connection.execute(text("SELECT count(*) FROM contact")).scalar() == 1
            country = connection.execute(text("SELECT capital_country FROM enterprise")).scalar()
            assert country == "Hoa Kỳ"
            with pytest.raises(IntegrityError):
                connection.execute(text("UPDATE contact SET enterprise_id = 99"))
        db.engine.dispose()


def test_triggers_are_back_after_every_upgrade(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            connection.execute(
                text("INSERT INTO ledger_entry (at, actor, action, subject_kind, details) "
                     "VALUES ('2026-01-01 00:00:00', 'a', 'b', 'c', '{}')")
            )  # fmt: skip
        upgrade()
        with pytest.raises(Exception, match="append-only"), db.engine.begin() as connection:
            connection.execute(text("DELETE FROM ledger_entry"))
        db.engine.dispose()


def test_revisions_form_one_line() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    revisions = list(script.walk_revisions())
    assert len(script.get_heads()) == 1
    assert [r.revision for r in reversed(revisions)] == [
        f"{n:04d}" for n in range(1, len(revisions) + 1)
    ]
