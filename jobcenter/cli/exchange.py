"""flask exchange: templates, checking a file, reading it in; the same rules as the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.catalogue.queries import lists
from jobcenter.exchange import rules
from jobcenter.exchange.check import Checked, check
from jobcenter.exchange.fields import Problem
from jobcenter.exchange.kinds import KINDS
from jobcenter.exchange.marked import marked, reason
from jobcenter.exchange.reading import Table, read
from jobcenter.exchange.template import template
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused

group = AppGroup("exchange", help="Excel in: templates, checks, imports.")
BY = system("flask exchange", EVERYTHING)
KIND = click.Choice(sorted(KINDS))
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
STATES = ("good", "bad", "doubtful", "known")


@group.command("template")
@click.argument("kind", type=KIND)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
def make_template(kind: str, out: Path | None) -> None:
    """Write the template of KIND: drop-downs, an example row, instructions."""
    path = out or Path(f"mau-{kind}.xlsx")
    path.write_bytes(template(KINDS[kind], lists(db.session())))
    click.echo(str(path))


@group.command("check")
@click.argument("file", type=FILE)
@click.option("--kind", type=KIND, required=True)
@click.option("--json", "as_json", is_flag=True, help="Tell it to a program.")
@click.option("--marked", "back", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the same file with bad cells coloured.")  # fmt: skip
def check_file(file: Path, kind: str, as_json: bool, back: Path | None) -> None:
    """Say which rows of FILE are good, bad or known already; writes nothing to the register."""
    table, checked = _checked(file, kind)
    db.session.rollback()
    if back is not None:
        back.write_bytes(
            marked(table.rows, checked.heads, checked.rows, str, lambda name: _label(kind, name))
        )
    _tell(kind, checked, as_json=as_json)
    if checked.count("bad"):
        raise SystemExit(1)


def _checked(file: Path, kind: str) -> tuple[Table, Checked]:
    try:
        table = read(file.read_bytes())
        return table, check(db.session(), kind=KINDS[kind], table=table, by=BY)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None


def _tell(kind: str, checked: Checked, *, as_json: bool, **more: Any) -> None:
    counts = {state: checked.count(state) for state in STATES}
    if as_json:
        rows = [
            {
                "row": row.number,
                "state": row.state,
                "problems": [_said(kind, p) for p in row.problems],
            }
            for row in checked.rows
            if row.problems or row.state != "good"
        ]
        told = {"kind": kind, "rows": len(checked.rows), **counts, **more, "details": rows}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for row in checked.rows:
        for problem in row.problems:
            click.echo(f"Dòng {row.number}: {_said(kind, problem)['text']}", err=True)
    click.echo(
        f"Tốt: {counts['good']}, hỏng: {counts['bad']}, có thể trùng: {counts['doubtful']}, "
        f"đã có: {counts['known']}"
    )


def _said(kind: str, problem: Problem) -> dict[str, Any]:
    return {
        "field": problem.field,
        "text": reason(problem, str, lambda name: _label(kind, name)),
        "warning": problem.is_warning,
    }


def _label(kind: str, name: str) -> str:
    found = KINDS[kind].field(name)
    return found.label if found else name


@group.command("import")
@click.argument("file", type=FILE)
@click.option("--kind", type=KIND, required=True)
@click.option("--dry-run", is_flag=True, help="Do everything, keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Tell it to a program.")
def import_file(file: Path, kind: str, dry_run: bool, as_json: bool) -> None:
    """Write the good rows of FILE; the rest is told. Running it again changes nothing."""
    session = db.session()
    try:
        table = read(file.read_bytes())
        batch = rules.take(session, kind=kind, file_name=file.name, table=table, by=BY)
        rules.begin(session, batch=batch, verb="write", by=BY)
        checked = rules.write_from(session, batch=batch, by=BY)
    except Refused as refused:
        session.rollback()
        raise click.ClickException(str(refused)) from None
    written = batch.written
    if dry_run:
        session.rollback()
    else:
        session.commit()
    _tell(kind, checked, as_json=as_json, written=written, dry_run=dry_run)
    if not as_json:
        click.echo(f"Đã ghi: {written}" + (" (chạy thử, chưa ghi gì)" if dry_run else ""))
