"""flask catalogue: load the shipped code lists."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from jobcenter.catalogue import rules
from jobcenter.kernel.db import db

group = AppGroup("catalogue", help="Code lists: load what ships with the program.")


@group.command("load")
def load() -> None:
    """Load occupations, communes, parks and value lists; a second run changes nothing."""
    for name, count in rules.load_shipped(db.session()).items():
        click.echo(f"{name}: {count}")
    db.session.commit()
