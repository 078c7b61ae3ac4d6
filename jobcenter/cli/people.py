"""flask people add: one job seeker from the command line, by the columns of the Excel template."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.exchange import queries, rules
from jobcenter.exchange.kinds import KINDS
from jobcenter.exchange.marked import reason
from jobcenter.exchange.reading import Table
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused

group = AppGroup("people", help="People and job seekers.")
BY = system("flask people", EVERYTHING)
PEOPLE = KINDS["people"]


@group.command("add")
@click.argument("values", nargs=-1, required=True, metavar="NAME=VALUE...")
@click.option("--dry-run", is_flag=True, help="Do everything, keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Tell it to a program.")
def add(values: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Open a file for one person: full_name="Lê Thị Hoa" birth=14/03/1998 phone=0912345678 ...

    The names are those of the template (consent_register, consent_on, consent_way among them);
    whoever may be in the register already is told, not written.
    """
    given = dict(one.partition("=")[::2] for one in values)
    unknown = sorted(name for name in given if PEOPLE.field(name) is None)
    if unknown:
        known = ", ".join(one.name for one in PEOPLE.fields)
        raise click.ClickException(f"Không có cột: {', '.join(unknown)}. Có: {known}")
    session, names = db.session(), list(given)
    try:
        table = Table([[*names], [given[name] or None for name in names]])
        batch = rules.take(session, kind="people", file_name="flask people add", table=table, by=BY)
        rules.begin(session, batch=batch, verb="write", by=BY)
        row = rules.write_from(session, batch=batch, by=BY).rows[0]
    except Refused as refused:
        session.rollback()
        raise click.ClickException(str(refused)) from None
    numbers = [one.number for one in queries.rows_of(session, batch)]
    if dry_run or not numbers:
        session.rollback()
    else:
        session.commit()
    told = [reason(problem, str, _label) for problem in row.problems]
    number = numbers[0] if numbers else None
    if as_json:
        said = {"number": number, "state": row.state, "problems": told, "dry_run": dry_run}
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        for text in told:
            click.echo(text, err=True)
        click.echo((number or "Chưa ghi") + (" (chạy thử, chưa ghi gì)" if dry_run else ""))
    if number is None:
        raise SystemExit(1)


def _label(name: str) -> str:
    found = PEOPLE.field(name)
    return found.label if found else name
