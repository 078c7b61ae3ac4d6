"""Files from the command line: template, check, import, and one person at a time."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.exchange.kinds import KINDS
from jobcenter.exchange.models import ImportBatch
from jobcenter.seekers.models import Seeker
from tests.support.sheets import PERSON, filled


def run(app: Flask, *args: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=args)
    return done.exit_code, done.output


def test_a_file_is_checked_tried_and_read_in_once(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    out = tmp_path / "mau.xlsx"
    assert run(app, "exchange", "template", "people", "--out", str(out))[0] == 0
    assert out.stat().st_size > 5_000
    rows = [PERSON, PERSON | {"full_name": "Lê Văn Sai", "phone": "12"}]
    out.write_bytes(filled(session, KINDS["people"], rows))
    session.rollback()
    path, kind = str(out), ("--kind", "people")
    code, told = run(app, "exchange", "check", path, *kind, "--json")
    found = json.loads(told)
    assert (code, found["good"], found["bad"]) == (1, 1, 1)
    assert found["details"][-1]["problems"][0]["field"] == "phone"
    code, told = run(app, "exchange", "import", path, *kind, "--dry-run", "--json")
    assert (code, json.loads(told)["written"]) == (0, 1)
    assert session.scalar(select(func.count(Seeker.id))) == 0
    session.rollback()
    for count in (1, 1):
        code, told = run(app, "exchange", "import", path, *kind, "--json")
        assert code == 0, told
        assert session.scalar(select(func.count(Seeker.id))) == count
        session.rollback()
    assert json.loads(told)["known"] == 1
    out.write_bytes(b"%PDF-1.7")
    code, told = run(app, "exchange", "import", path, *kind)
    assert code == 1
    assert "PDF" in told
    assert session.scalar(select(func.count(ImportBatch.id))) == 2


def test_one_person_is_added_tried_first(app: Flask, session: Session) -> None:
    values = [f"{name}={value}" for name, value in PERSON.items()]
    code, told = run(app, "people", "add", *values, "--dry-run", "--json")
    assert (code, json.loads(told)["state"]) == (0, "good"), told
    assert session.scalar(select(func.count(Seeker.id))) == 0
    session.rollback()
    code, told = run(app, "people", "add", *values, "--json")
    number = json.loads(told)["number"]
    assert code == 0
    assert session.scalars(select(Seeker.number)).all() == [number]
    session.rollback()
    assert run(app, "people", "add", *values)[0] == 1  # the very same again
    assert "Không có cột: age" in run(app, "people", "add", "age=3")[1]
    refused = [one for one in values if not one.startswith("consent_register")]
    assert "Thiếu cột: Đồng ý lưu hồ sơ" in run(app, "people", "add", *refused)[1]
