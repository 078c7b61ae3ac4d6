"""flask import postings: job postings in JSON lines become draft vacancies."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.vacancies.imports import ImportResult, import_postings
from jobcenter.vacancies.postings import bounded_lines

group = AppGroup("import", help="Read files from elsewhere into the register.")
BY = system("flask import", EVERYTHING)
CHUNK = 100


@group.command("postings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and report, write nothing.")
def postings(file: Path, dry_run: bool) -> None:
    """Import the postings in FILE as draft vacancies; running it again changes nothing."""
    session = db.session()

    def keep(result: ImportResult) -> None:
        if not dry_run and result.added and result.added % CHUNK == 0:
            session.commit()

    with file.open("rb") as opened:
        result = import_postings(
            session, bounded_lines(opened), source="postings", by=BY, progress=keep
        )
    if dry_run:
        session.rollback()
    else:
        session.commit()
    for line in result.broken:
        click.echo(f"Dòng {line.number}: {line}", err=True)
    click.echo(
        f"Mới: {result.added}, không ghi doanh nghiệp: {result.without_firm}, "
        f"đã có: {result.unchanged}, hỏng: {len(result.broken)}"
        + (" (chạy thử, chưa ghi gì)" if dry_run else "")
    )
