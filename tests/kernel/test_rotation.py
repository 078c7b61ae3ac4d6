"""Keys rotate while people work, and come back from their copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, String, select
from sqlalchemy.orm import Session

from jobcenter.app import create_app
from jobcenter.audit import sealing
from jobcenter.audit.choices import Log
from jobcenter.kernel import crypto, keyfile, keyvault, rotation
from jobcenter.kernel.db import Base, db
from jobcenter.people.models import Person
from jobcenter.people.queries import conditions
from tests.support.databases import Databases, settings_for

# Their tails are no part of the telephone numbers that the factory counts up from one.
NUMBERS = [f"03109800{n:04d}" for n in range(7361, 7373)]
PHRASE = "câu mật chỉ người này biết"


@pytest.fixture
def own(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key file of this test alone, beginning with the keys of the application."""
    settings = app.config["SETTINGS"].model_copy(update={"instance": tmp_path})
    (tmp_path / "keys.json").write_bytes(app.config["SETTINGS"].key_file.read_bytes())
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    monkeypatch.setattr(crypto, "_source", keyfile.living(tmp_path / "keys.json"))
    monkeypatch.setattr(rotation, "CHUNK", 5)
    return tmp_path / "keys.json"


@pytest.fixture
def people(own: Path, session: Session, make_seeker: Any) -> list[Person]:
    made = [
        make_seeker(health="Tốt", person={"id_number": number, "ethnicity": "Tày"}).person
        for number in NUMBERS
    ]
    session.commit()
    return made


@pytest.fixture
def engine(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def test_every_value_moves_to_the_new_key_and_reads_the_same(
    app: Flask, own: Path, people: list[Person], engine: Engine, session: Session
) -> None:
    versions = [(one.version, one.changed_at) for one in people]
    session.commit()
    assert set(rotation.key_numbers(engine)) == {1}
    run = app.test_cli_runner().invoke
    done = run(args=["keys", "rotate"])
    assert "Khoá mới: 2" in done.output, done.output
    assert set(rotation.key_numbers(engine)) == {2}
    session.expire_all()
    assert [one.id_number for one in people] == NUMBERS
    assert {one.ethnicity for one in people} == {"Tày"}
    assert [(one.version, one.changed_at) for one in people] == versions
    session.commit()
    assert "Đã bỏ 1 khoá" in run(args=["keys", "retire"]).output
    assert set(keyfile.read(own)["data"]) == {"2"}
    session.expire_all()
    assert people[0].id_number == NUMBERS[0]


def test_it_goes_on_after_a_break_and_leaves_what_others_save(
    app: Flask, own: Path, people: list[Person], engine: Engine, session: Session
) -> None:
    class PowerCut(Exception):
        pass

    def stop(_name: str, count: int) -> None:
        if count:
            raise PowerCut

    keyfile.add_data_key(own)
    with pytest.raises(PowerCut):
        rotation.reencrypt(engine, stop)
    assert set(rotation.key_numbers(engine)) == {1, 2}
    session.expire_all()
    assert [one.id_number for one in people] == NUMBERS  # both keys are at hand
    people[-1].ethnicity = "Mường"
    session.commit()
    run = app.test_cli_runner().invoke
    refused = run(args=["keys", "retire"])
    assert refused.exit_code == 1
    assert "dưới khoá cũ" in refused.output
    assert "Làm tiếp với khoá 2" in run(args=["keys", "rotate"]).output
    assert set(rotation.key_numbers(engine)) == {2}
    session.expire_all()
    assert people[-1].ethnicity == "Mường"


def test_a_process_that_ran_all_along_reads_and_writes_with_the_new_key(own: Path) -> None:
    before = crypto.keyring()
    sealed = before.seal("x", purpose="t.c")
    keyfile.add_data_key(own)
    now = crypto.keyring()
    assert (before.current, now.current) == (1, 2)
    assert now.open(sealed, purpose="t.c") == "x"
    assert now.seal("y", purpose="t.c")[0] == 2


def test_numbers_are_found_after_the_key_of_the_index_changed(
    app: Flask, own: Path, people: list[Person], session: Session
) -> None:
    def found(typed: str) -> list[int]:
        session.expire_all()
        ids = list(session.scalars(select(Person.id).where(*conditions(session, typed))))
        session.commit()
        return ids

    assert found(NUMBERS[3]) == [people[3].id]
    before = people[3].id_number_blind
    session.commit()
    done = app.test_cli_runner().invoke(args=["keys", "rotate-index"])
    assert done.exit_code == 0, done.output
    assert found(NUMBERS[3]) == [people[3].id]
    assert found(NUMBERS[3][-4:]) == [people[3].id]
    assert people[3].id_number_blind != before
    session.commit()
    again = app.test_cli_runner().invoke(args=["keys", "rotate-index", "--go-on"])
    assert "lập lại 0" in again.output


def test_every_blind_index_says_how_it_is_rebuilt() -> None:
    blinds = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_blind")
    }
    declared = {f"{one.table.name}.{one.name}" for one in rotation.blind_columns()}
    assert blinds == declared, "add blind(...) of kernel/rotation.py to the column's info"
    assert all(isinstance(one.type, String) for one in rotation.blind_columns())


def test_a_lost_machine_comes_back_from_both_copies(
    app: Flask, own: Path, people: list[Person], engine: Engine, session: Session, tmp_path: Path,
    databases: Databases,
) -> None:  # fmt: skip
    """Database backup and key copy on a clean folder: a sealed field reads, the seals hold."""
    sealing.seal_all(engine, tmp_path / "seal-heads.json")
    run = app.test_cli_runner().invoke
    copy, data = tmp_path / "keys.copy", tmp_path / "data.zip"
    assert run(args=["keys", "backup", str(copy), "--passphrase", PHRASE]).exit_code == 0
    assert run(args=["keys", "verify", str(copy), "--passphrase", PHRASE]).exit_code == 0
    assert run(args=["backup", str(data)]).exit_code == 0
    assert NUMBERS[0].encode() not in data.read_bytes() + copy.read_bytes()
    refused = run(args=["keys", "restore", str(copy), "--passphrase", PHRASE])
    assert "đang dùng khoá" in refused.output  # never over keys that are needed
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    if databases.server is not None:
        databases._sql("DROP DATABASE IF EXISTS jobcenter_new WITH (FORCE)")
        databases._sql("CREATE DATABASE jobcenter_new")
        url = databases.url_of("jobcenter_new")
    clean = create_app(settings_for(tmp_path / "clean", url))
    new = clean.test_cli_runner().invoke
    for args in (["keys", "restore", str(copy), "--passphrase", PHRASE], ["restore", str(data)]):
        done = new(args=args)
        assert done.exit_code == 0, done.output
    with clean.app_context(), Session(db.engine) as restored:
        found = restored.scalars(select(Person).order_by(Person.id)).all()
        assert [one.id_number for one in found] == NUMBERS
        heads = clean.config["SETTINGS"].seal_heads
        verdict = sealing.verify(db.engine, Log.LEDGER, heads)
        assert verdict.fault is None
        restored.close()
        db.engine.dispose()


def test_a_copy_of_the_keys_opens_for_its_phrase_alone(own: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    keyvault.write(own, copy, PHRASE)
    assert keyvault.read(copy, PHRASE) == keyfile.read(own)
    assert copy.stat().st_mode & 0o077 == 0
    with pytest.raises(keyvault.Unreadable):
        keyvault.read(copy, PHRASE + "!")
    changed = copy.read_text().replace('"sealed": "', '"sealed": "A')
    copy.write_text(changed)
    with pytest.raises(keyvault.Unreadable):
        keyvault.read(copy, PHRASE)
    with pytest.raises(FileExistsError):
        keyvault.write(own, copy, PHRASE)


def test_an_older_key_file_gets_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    keyfile.load(file)
    raw = keyfile.read(file)
    del raw["seals"]
    keyfile.write(file, raw)
    first = keyfile.load(file)
    assert first.ring.seals == keyfile.load(file).ring.seals
    assert file.stat().st_mode & 0o077 == 0
