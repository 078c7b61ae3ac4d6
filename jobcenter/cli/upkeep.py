"""flask check, flask doctor: what must hold in the data, and what ails the installation."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import with_appcontext

from jobcenter.config import Settings
from jobcenter.kernel.db import db, transaction_kind
from jobcenter.upkeep import checks
from jobcenter.upkeep import doctor as clinic
from jobcenter.upkeep.choices import LEVEL_LABELS, Level


@click.command("check")
@click.option("--only", type=click.Choice([check.code for check in checks.CHECKS]))
@click.option("--json", "as_json", is_flag=True, help="Cho máy đọc.")
@with_appcontext
def check(only: str | None, as_json: bool) -> None:
    """Find broken promises in the data; exit code 1 when there is one. Changes nothing."""
    settings: Settings = current_app.config["SETTINGS"]
    with transaction_kind(writing=False):
        if clinic.is_behind(db.session()):
            raise click.ClickException("Cơ sở dữ liệu chưa đúng bản. Chạy: flask db upgrade")
        found = checks.run(db.session(), settings.seal_heads, only)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{'HỎNG' if one.count else 'tốt':5} {one.code}: {one.promise}")
            for row in one.rows:
                click.echo(f"        {row}")
            if one.count > len(one.rows):
                click.echo(f"        … {one.count} dòng")
    if any(one.count for one in found):
        raise SystemExit(1)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Cho máy đọc.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Say what is wrong with this installation and how to mend it; exit code 1 when it must be."""
    settings: Settings = current_app.config["SETTINGS"]
    with transaction_kind(writing=False):
        found = clinic.examine(db.session(), settings)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{LEVEL_LABELS[one.level]:8} {one.code}: {one.says % one.params}")
            if one.remedy:
                click.echo(f"         → {one.remedy}")
    if clinic.worst(found) is Level.BAD:
        raise SystemExit(1)
