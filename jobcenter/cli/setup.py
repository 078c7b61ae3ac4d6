"""flask setup-code: print the code that the first administrator needs."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from jobcenter.accounts import setup
from jobcenter.accounts.choices import EVERYTHING
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused


@click.command("setup-code")
@with_appcontext
def setup_code() -> None:
    """Print a code for /setup; it works once, for 24 hours, while nobody has an account."""
    try:
        code = setup.new_code(db.session(), by=system("flask setup-code", EVERYTHING))
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    db.session.commit()
    click.echo(code)
