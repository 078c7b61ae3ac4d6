"""What the doctor sees: each ailment brought about, named, and gone when mended."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from jobcenter.config import Settings
from jobcenter.kernel import clock
from jobcenter.notices.choices import NoticeState
from jobcenter.notices.models import Notice
from jobcenter.upkeep import doctor
from jobcenter.upkeep.choices import Level
from jobcenter.work.models import ScheduledRun
from jobcenter.work.timetable import SCHEDULES

Make = Callable[..., Any]


def levels(app: Flask, session: Session) -> dict[str, Level]:
    settings: Settings = app.config["SETTINGS"]
    return {one.code: one.level for one in doctor.examine(session, settings)}


def test_a_worker_that_stays_away_is_missed_and_back_again(app: Flask, session: Session) -> None:
    assert levels(app, session)["worker"] is Level.BAD
    now = clock.now()
    session.add_all(ScheduledRun(name=one.name, started_at=now, is_good=True) for one in SCHEDULES)
    session.flush()
    assert levels(app, session)["worker"] is Level.OK
    run = session.get_one(ScheduledRun, "seal-logs")
    run.started_at = now - dt.timedelta(hours=3)
    run.is_good = False
    session.flush()
    assert doctor.late_schedules(session, now) == ["seal-logs"]
    assert levels(app, session)["schedules"] is Level.BAD


def test_a_database_of_another_version_is_told_with_the_way_out(
    app: Flask, session: Session
) -> None:
    assert not doctor.is_behind(session)
    session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert doctor.is_behind(session)
    found = {one.code: one for one in doctor.examine(session, app.config["SETTINGS"])}
    assert found["migrations"].level is Level.BAD
    assert "db upgrade" in found["migrations"].remedy
    assert found["migrations"].says % found["migrations"].params
    session.rollback()


def test_keys_that_others_read_and_letters_that_died(app: Flask, session: Session) -> None:
    settings: Settings = app.config["SETTINGS"]
    assert levels(app, session)["keys"] is Level.OK
    settings.key_file.chmod(0o644)
    try:
        assert levels(app, session)["keys"] is Level.BAD
    finally:
        settings.key_file.chmod(0o600)
    assert "outbox" not in levels(app, session)
    session.add(
        Notice(effect_key="x", template="x", address="a@b.example", params={},
               state=NoticeState.DEAD, ended_at=clock.now())
    )  # fmt: skip
    session.flush()
    assert levels(app, session)["outbox"] is Level.WARN


def test_a_backup_grows_old(app: Flask, session: Session) -> None:
    note = app.config["SETTINGS"].instance / doctor.BACKUP_NOTE
    note.unlink(missing_ok=True)
    assert levels(app, session)["backup"] is Level.WARN
    note.touch()
    assert levels(app, session)["backup"] is Level.OK
    old = (clock.now() - dt.timedelta(days=3)).timestamp()
    os.utime(note, (old, old))
    assert levels(app, session)["backup"] is Level.WARN
    note.unlink()


def test_the_kind_of_disk_is_read_from_the_mounts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    mounts = f"/dev/a / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n"
    monkeypatch.setattr(doctor.Path, "read_text", lambda *_a, **_k: mounts)
    assert doctor.filesystem(tmp_path / "instance" / "a.sqlite3") == "nfs4"
    assert doctor.filesystem(tmp_path.parent / "a.sqlite3") == "ext4"
