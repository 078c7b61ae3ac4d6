"""A backup of an earlier release opens in today's program, by the way of the migrations.

`backup-of-release-0010.zip` was written by the program as it stood at migration 0010: columns
without names, some of them gone since, others not yet there.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.orm import Session

from jobcenter.app import create_app
from jobcenter.kernel import backup
from jobcenter.kernel.db import db
from tests.support.databases import Databases, settings_for

EARLIER = Path(__file__).parent / "backup-of-release-0010.zip"


@pytest.fixture
def empty_app(tmp_path: Path, databases: Databases) -> Flask:
    """Return an application on a database of its own without any table."""
    if databases.server is None:
        url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        databases._sql("DROP DATABASE IF EXISTS jobcenter_earlier WITH (FORCE)")
        databases._sql("CREATE DATABASE jobcenter_earlier")
        url = databases.url_of("jobcenter_earlier")
    return create_app(settings_for(tmp_path, url))


def told(app: Flask, *arguments: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["restore", *arguments])
    return answer.exit_code, answer.output


def one(sql: str) -> tuple[Any, ...]:
    with db.engine.begin() as connection:
        return tuple(connection.execute(text(sql)).one())


def test_an_earlier_backup_is_brought_on_by_the_migrations(empty_app: Flask) -> None:
    code, said = told(empty_app, str(EARLIER))
    assert code == 0, said
    with empty_app.app_context():
        firm = "SELECT e.name, e.capital_country, c.name FROM enterprise e JOIN contact c ON "
        assert one(firm + "c.enterprise_id = e.id") == (
            "Công ty TNHH Sao Biển", "us", "Lê Minh Đức",
        )  # fmt: skip
        vacancy = "title, place, description, requirement, contact_name, round_number, filled"
        assert one(f"SELECT {vacancy} FROM vacancy") == (
            "Công nhân may", "Lô C10", "May công nghiệp", "Nữ", "Lê Minh Đức", 2, 0,
        )  # fmt: skip
        with db.engine.begin() as connection:  # what was asleep is awake again
            connection.execute(
                text(
                    "INSERT INTO ledger_entry (at, actor, action, subject_kind, "
                    "details) VALUES ('2026-01-01 00:00:00', 'a', 'b', 'c', '{}')"
                )
            )
        with pytest.raises(Exception, match="append-only"), db.engine.begin() as connection:
            connection.execute(text("DELETE FROM ledger_entry"))
    # Somebody has worked in it: nothing is put over that, at whatever release it stands.
    code, said = told(empty_app, str(EARLIER))
    assert (code, "không trống" in said) == (1, True)
    with empty_app.app_context():
        assert one("SELECT count(*) FROM enterprise") == (1,)
        db.engine.dispose()


def test_a_migrated_database_goes_back_for_it_but_not_one_with_work_in_it(
    empty_app: Flask,
) -> None:
    with empty_app.app_context():
        upgrade()
        db.engine.dispose()
    code, said = told(empty_app, str(EARLIER))
    assert code == 0, said
    with empty_app.app_context():
        assert one("SELECT count(*) FROM vacancy") == (1,)
        downgrade(revision="0040")
        with db.engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO ledger_entry (at, actor, action, subject_kind, "
                    "details) VALUES ('2026-01-01 00:00:00', 'a', 'b', 'c', '{}')"
                )
            )
    code, said = told(empty_app, str(EARLIER))
    assert (code, "không trống" in said) == (1, True)
    with empty_app.app_context():
        assert one("SELECT count(*) FROM vacancy") == (1,)
        db.engine.dispose()


def test_what_does_not_fit_is_refused_in_words(empty_app: Flask, tmp_path: Path) -> None:
    changes: list[tuple[dict[str, Any], str]] = [
        ({"revision": "9999"}, "phiên bản mới hơn"),
        ({"columns": ["id", "height"]}, "cột khác"),
    ]
    for change, expected in changes:
        file = tmp_path / "changed.zip"
        with zipfile.ZipFile(EARLIER) as old, zipfile.ZipFile(file, "w") as new:
            for name in old.namelist():
                body = old.read(name)
                if name == backup.MANIFEST:
                    manifest = json.loads(body)
                    manifest["revision"] = change.get("revision", manifest["revision"])
                    if "columns" in change:
                        manifest["tables"]["contact"]["columns"] = change["columns"]
                    body = json.dumps(manifest).encode()
                new.writestr(name, body)
        code, said = told(empty_app, str(file))
        assert (code, expected in said) == (1, True), said
    with empty_app.app_context():
        db.engine.dispose()


def test_a_row_that_points_to_a_later_one_of_its_table_comes_back(
    app: Flask, session: Session, make_seeker: Any, tmp_path: Path, empty_app: Flask
) -> None:
    first, second = make_seeker().person, make_seeker().person
    first.merged_into_id = second.id
    session.commit()
    ids = (first.id, second.id)
    file = tmp_path / "backup.zip"
    with app.app_context(), db.engine.connect() as connection:
        backup.write(connection, file, "head")
    with empty_app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            backup.restore(connection, file)
        assert one("SELECT id, merged_into_id FROM person WHERE merged_into_id IS NOT NULL") == ids
        db.engine.dispose()
