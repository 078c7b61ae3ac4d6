"""What was sealed and then changed, taken away, slipped in or cut off is found and named."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from jobcenter.audit import sealing, watch
from jobcenter.audit.choices import Log, Look
from jobcenter.audit.models import LedgerEntry, Sight
from jobcenter.kernel import backup, keyfile
from jobcenter.kernel.db import db

SEED = int(os.environ.get("JOBCENTER_SEED", "1"))
ROUNDS = int(os.environ.get("JOBCENTER_SEAL_ROUNDS", "40"))
COLUMNS = {
    Log.LEDGER: ("at", "user_id", "actor", "action", "subject_kind", "subject_id", "details"),
    Log.SIGHT: ("at", "user_id", "person_id", "look", "fields", "purpose"),
}


@pytest.fixture
def engine(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(sealing, "BATCH", 7)
    with app.app_context():
        return db.engine


@pytest.fixture
def heads(tmp_path: Path) -> Path:
    return tmp_path / "seal-heads.json"


@pytest.fixture
def written(session: Session, engine: Engine, heads: Path) -> int:
    """Both logs with thirty rows, sealed, the last one of the ledger not."""
    for number in range(30):
        session.add(entry(number))
        session.add(
            Sight(person_id=number, user_id=1, look=Look.FILE, fields="tên", purpose=f"{number}")
        )
    session.commit()
    sealing.seal_all(engine, heads)
    session.add(entry(99))
    session.commit()
    return 30


def entry(number: int) -> LedgerEntry:
    return LedgerEntry(
        user_id=number, actor=f"Trần Thu Hà {number}", action="change-seeker",
        subject_kind="seeker", subject_id=number,
        details={"fields": ["phone", "sex"], "day": f"{number}"},
    )  # fmt: skip


def faults(engine: Engine, heads: Path) -> list[sealing.Fault]:
    return [fault for log in Log if (fault := sealing.verify(engine, log, heads).fault)]


class Behind:
    """Work behind the triggers' back, as somebody with the file or the owner's role could."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Any:
        self.connection = self.engine.connect()
        self.sqlite = self.engine.dialect.name == "sqlite"
        for table in watch.TABLES:
            if self.sqlite:
                for verb in ("update", "delete"):
                    self.connection.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
            else:
                self.connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return self.connection

    def __exit__(self, *_: object) -> None:
        if self.sqlite:
            watch.install(self.connection)
        else:
            for table in watch.TABLES:
                self.connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        self.connection.commit()
        self.connection.close()


def test_whole_logs_verify_and_say_what_is_not_sealed_yet(
    engine: Engine, heads: Path, written: int
) -> None:
    ledger = sealing.verify(engine, Log.LEDGER, heads)
    assert (ledger.seals, ledger.rows, ledger.unsealed, ledger.fault) == (5, written, 1, None)
    assert sealing.seal_all(engine, heads) == {Log.LEDGER: 1, Log.SIGHT: 0}
    assert sealing.seal_all(engine, heads) == {Log.LEDGER: 0, Log.SIGHT: 0}
    assert sealing.verify(engine, Log.LEDGER, heads).unsealed == 0
    assert faults(engine, heads) == []


# A CHECK of the database refuses every other value of these by itself.
CHECKED = ("look",)


def changes(draw: random.Random) -> Iterator[tuple[Log, str, int]]:
    for _ in range(ROUNDS):
        log = draw.choice(list(Log))
        columns = [name for name in COLUMNS[log] if name not in CHECKED]
        yield log, draw.choice(columns), draw.randint(1, 30)


def test_one_changed_byte_is_found_and_its_row_named(
    engine: Engine, heads: Path, written: int, session: Session
) -> None:
    """One byte of one value of one row, as many times as asked (JOBCENTER_SEAL_ROUNDS)."""
    draw, found = random.Random(SEED), 0
    numbers = {
        log: session.scalars(text(f"SELECT id FROM {log.value} ORDER BY id")).all() for log in Log
    }
    session.commit()
    for log, column, place in changes(draw):
        number = numbers[log][place - 1]
        with Behind(engine) as connection:
            before = one_byte(connection, log.value, column, number, draw)
        fault = sealing.verify(engine, log, heads).fault
        assert fault is not None, (log, column, number, before)
        assert (fault.kind, fault.row_id) == ("changed", number), (log, column, before)
        found += 1
        with Behind(engine) as connection:
            connection.execute(
                text(
                    f"UPDATE {log.value} SET {column} = {cast_of(connection, column)} WHERE id = :n"
                ),
                {"old": before, "n": number},
            )
    assert found == ROUNDS
    assert faults(engine, heads) == []


def cast_of(connection: Any, column: str) -> str:
    if connection.dialect.name == "sqlite":
        return ":old"
    kinds = {"at": "timestamptz", "details": "json"}
    whole = {"user_id", "subject_id", "person_id"}
    return f"CAST(:old AS {kinds.get(column, 'integer' if column in whole else 'text')})"


def one_byte(connection: Any, table: str, column: str, number: int, draw: random.Random) -> Any:
    """Change one byte of a stored value and return the value as it was."""
    sqlite = connection.dialect.name == "sqlite"
    kept = text(f"SELECT {column if sqlite else f'{column}::text'} FROM {table} WHERE id = :n")
    before = connection.execute(kept, {"n": number}).scalar()
    letters = list(str(before))
    while True:
        changed = list(letters)
        place = draw.randrange(len(letters))
        changed[place] = draw.choice("0123456789abcdef")
        if changed == letters:
            continue
        try:
            with connection.begin_nested():
                connection.execute(
                    text(f"UPDATE {table} SET {column} = {cast_of(connection, column)} "
                         "WHERE id = :n"),
                    {"old": "".join(changed), "n": number},
                )  # fmt: skip
                if connection.execute(kept, {"n": number}).scalar() != before:
                    return before
        except Exception:  # a type or a CHECK refused this byte: try another
            continue


@pytest.mark.parametrize("log", list(Log))
def test_a_row_taken_away_or_slipped_in_is_named(
    engine: Engine, heads: Path, written: int, session: Session, log: Log
) -> None:
    ids = session.scalars(text(f"SELECT id FROM {log.value} ORDER BY id")).all()
    session.commit()
    names = ", ".join(COLUMNS[log])
    with Behind(engine) as connection:
        connection.execute(text("CREATE TABLE away AS SELECT * FROM " + log.value))
        connection.execute(text(f"DELETE FROM {log.value} WHERE id = {ids[11]}"))
    fault = sealing.verify(engine, log, heads).fault
    assert fault is not None
    assert (fault.kind, fault.row_id) == ("removed", ids[11])
    with Behind(engine) as connection:
        connection.execute(
            text(f"INSERT INTO {log.value} (id, {names}) SELECT id, {names} FROM away "
                 f"WHERE id = {ids[11]}")
        )  # fmt: skip
    assert faults(engine, heads) == []
    with Behind(engine) as connection:
        connection.execute(
            text(f"INSERT INTO {log.value} (id, {names}) SELECT {ids[0] - 5}, {names} FROM away "
                 f"WHERE id = {ids[3]}")
        )  # fmt: skip
        connection.execute(text("DROP TABLE away"))
    fault = sealing.verify(engine, log, heads).fault
    assert fault is not None
    assert (fault.kind, fault.row_id) == ("inserted", ids[0] - 5)


def test_seals_themselves_cannot_be_changed_left_out_or_cut_off(
    engine: Engine, heads: Path, written: int
) -> None:
    with Behind(engine) as connection:
        connection.execute(text("UPDATE seal SET rows = rows + 1 WHERE id = 1"))
    assert [(f.kind, f.seal_id) for f in faults(engine, heads)] == [("seal", 1)]
    with Behind(engine) as connection:
        connection.execute(text("UPDATE seal SET rows = rows - 1 WHERE id = 1"))
        connection.execute(text("DELETE FROM seal WHERE id = 2"))
    assert [(f.kind, f.seal_id) for f in faults(engine, heads)] == [("chain", 3)]


def test_a_tail_cut_off_with_its_seals_is_missed(engine: Engine, heads: Path, written: int) -> None:
    with Behind(engine) as connection:
        connection.execute(
            text("DELETE FROM sight WHERE id > (SELECT first_id - 1 FROM seal WHERE log = 'sight' "
                 "ORDER BY id DESC LIMIT 1)")
        )  # fmt: skip
        connection.execute(
            text("DELETE FROM seal WHERE id = (SELECT max(id) FROM seal WHERE log = 'sight')")
        )
    assert [(f.log, f.kind) for f in faults(engine, heads)] == [(Log.SIGHT, "cut-off")]
    noted = json.loads(heads.read_text())
    assert set(noted) == {"ledger_entry", "sight"}


def test_whoever_lacks_the_key_cannot_make_a_seal(
    app: Flask, engine: Engine, heads: Path, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = heads.parent / "other.json"
    keyfile.load(other)
    monkeypatch.setattr("jobcenter.kernel.crypto._source", keyfile.living(other))
    assert {fault.kind for fault in faults(engine, heads)} == {"seal"}


def test_new_keys_seal_what_comes_and_old_ones_check_what_was(
    app: Flask, engine: Engine, heads: Path, written: int, session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    own = heads.parent / "keys.json"
    own.write_bytes(app.config["SETTINGS"].key_file.read_bytes())
    monkeypatch.setattr("jobcenter.kernel.crypto._source", keyfile.living(own))
    assert keyfile.add_seal_key(own) == 2
    assert sealing.seal_all(engine, heads)[Log.LEDGER] == 1
    assert session.scalar(text("SELECT max(key_number) FROM seal")) == 2
    assert faults(engine, heads) == []


def test_seals_hold_after_a_backup_was_restored(
    app: Flask, engine: Engine, heads: Path, written: int, tmp_path: Path, session: Session
) -> None:
    """What a backup carries is what was sealed, to the byte."""
    with engine.connect() as connection:
        backup.write(connection, tmp_path / "b.zip", "0")
    with Behind(engine) as connection:
        for table in watch.TABLES:
            connection.execute(text(f"DELETE FROM {table}"))
    with engine.begin() as connection:
        backup.restore(connection, tmp_path / "b.zip")
    assert faults(engine, heads) == []
    assert sealing.verify(engine, Log.LEDGER, heads).rows == written


def test_rows_still_under_way_are_not_passed_over(
    app: Flask, engine: Engine, heads: Path, session: Session
) -> None:
    """On PostgreSQL a lower number may be committed later: sealing waits or leaves it out."""
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer")
    session.add(entry(1))
    session.flush()  # under way, with the lower number
    with Session(engine) as other:
        other.add(entry(2))
        other.commit()
    assert sealing.seal_all(engine, heads)[Log.LEDGER] == 0
    session.commit()
    assert sealing.seal_all(engine, heads)[Log.LEDGER] == 2
    assert faults(engine, heads) == []


def test_the_commands_seal_check_and_name(
    app: Flask, engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    session.add(entry(5))
    session.commit()
    own = app.config["SETTINGS"].model_copy(update={"instance": tmp_path})
    monkeypatch.setitem(app.config, "SETTINGS", own)
    runner = app.test_cli_runner()
    assert "ledger_entry: 1" in runner.invoke(args=["audit", "seal"]).output
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    with Behind(engine) as connection:
        connection.execute(text("UPDATE ledger_entry SET actor = 'Ai đó'"))
        number = connection.execute(text("SELECT max(id) FROM ledger_entry")).scalar()
    answer = runner.invoke(args=["audit", "verify"])
    assert answer.exit_code == 1
    assert f"HỎNG: dòng {number}" in answer.output
