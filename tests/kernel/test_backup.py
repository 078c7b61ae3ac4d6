"""Backups restore equal, and a changed byte is found."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.app import create_app
from jobcenter.kernel import backup
from jobcenter.kernel.db import db
from jobcenter.people.models import Person
from jobcenter.seekers.models import Seeker
from tests.support.databases import settings_for


def test_a_backup_restores_into_another_database_and_opens_with_the_same_keys(
    app: Flask, session: Session, make_seeker: Any, make_vacancy: Any, tmp_path: Path
) -> None:
    make_seeker(person={"id_number": "031098001234", "ethnicity": "Tày"}, job="Thợ may")
    make_vacancy(certificates=("Thẻ an toàn điện",))
    session.commit()
    file = tmp_path / "backup.zip"
    with app.app_context(), db.engine.connect() as connection:
        counts = backup.write(connection, file, "head")
    assert counts["seeker"] == counts["vacancy"] == 1
    other = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'other.sqlite3'}"))
    with other.app_context():
        upgrade()
        with db.engine.begin() as connection:
            assert backup.restore(connection, file) == counts
        again = tmp_path / "again.zip"
        with db.engine.connect() as connection:
            backup.write(connection, again, "head")
        with Session(db.engine) as restored:
            assert restored.scalar(select(func.count()).select_from(Seeker)) == 1
        db.engine.dispose()
    for name in set(counts) - {"match_counter"}:
        assert _lines(file, name) == _lines(again, name), name


def test_sealed_values_are_not_readable_in_the_file(
    app: Flask, session: Session, make_seeker: Any, tmp_path: Path
) -> None:
    make_seeker(person={"id_number": "031098001234", "ethnicity": "Tày"})
    session.commit()
    file = tmp_path / "backup.zip"
    with app.app_context(), db.engine.connect() as connection:
        backup.write(connection, file, "head")
    assert b"031098001234" not in _lines(file, "person")
    assert "Tày".encode() not in _lines(file, "person")
    assert session.scalar(select(Person.ethnicity)) == "Tày"


def test_a_changed_byte_is_found(
    app: Flask, session: Session, make_seeker: Any, tmp_path: Path
) -> None:
    make_seeker()
    session.commit()
    file = tmp_path / "backup.zip"
    with app.app_context(), db.engine.connect() as connection:
        backup.write(connection, file, "head")
    whole = file.read_bytes()
    assert backup.verify(file)["tables"]["seeker"]["rows"] == 1
    draw = random.Random(7)
    with zipfile.ZipFile(file) as archive:
        entry = archive.getinfo("person.jsonl")
        start = entry.header_offset + 30 + len(entry.filename) + len(entry.extra)
    for _ in range(20):
        broken = bytearray(whole)
        broken[draw.randrange(start + 20, start + entry.compress_size)] ^= 0xFF
        file.write_bytes(broken)
        with pytest.raises(backup.Damaged):
            backup.verify(file)


def _lines(file: Path, table: str) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return archive.read(f"{table}.jsonl")
