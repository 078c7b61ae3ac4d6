"""flask drafts sweep: delete drafts that nobody went on with."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from jobcenter.drafts.rules import sweep
from jobcenter.kernel.db import db

group = AppGroup("drafts", help="Forms begun and not saved.")


@group.command("sweep")
def sweep_drafts() -> None:
    """Delete drafts older than the days they are kept; for a nightly schedule."""
    gone = sweep(db.session())
    db.session.commit()
    click.echo(f"{gone} bản nháp đã xoá")
