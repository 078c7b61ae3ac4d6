"""flask demo load: an invented town for trying things out, or for load."""

from __future__ import annotations

import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from jobcenter.demo import load as demo
from jobcenter.kernel import clock
from jobcenter.kernel.db import db

group = AppGroup("demo", help="An invented town, into an empty database.")


@group.command("load")
@click.option("--seekers", default=3_000, show_default=True)
@click.option("--enterprises", default=60, show_default=True)
@click.option("--vacancies", default=300, show_default=True)
@click.option("--seed", default=1, show_default=True)
def load(seekers: int, enterprises: int, vacancies: int, seed: int) -> None:
    """Fill an empty database (after `flask catalogue load`) and print the sign-ins."""
    instance = Path(current_app.config["SETTINGS"].instance)
    started = time.monotonic()
    try:
        with click.progressbar(length=seekers, label="Người tìm việc") as bar:
            demo.load(
                db.session(),
                seed=seed,
                today=clock.today(),
                instance=instance,
                seekers=seekers,
                enterprises=enterprises,
                vacancies=vacancies,
                with_2020=True,
                progress=lambda done, _total: bar.update(done - bar.pos),
            )
    except demo.NotEmpty:
        raise click.ClickException("Cơ sở dữ liệu đã có người. Dùng một thư mục mới.") from None
    click.echo(f"{time.monotonic() - started:.0f} s")
    for line in demo.sign_ins(instance):
        click.echo("  " + line)
