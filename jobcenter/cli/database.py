"""flask database roles: on PostgreSQL, a role for the application that cannot alter the logs."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from jobcenter.audit.watch import TABLES
from jobcenter.kernel import roles as engine
from jobcenter.kernel.db import db

group = AppGroup("database", help="The database: the role that the application uses.")


@group.command("roles")
@click.argument("role")
@click.option("--password", help="Mật khẩu của vai trò; bỏ trống thì giữ nguyên.")
def roles(role: str, password: str | None) -> None:
    """Give ROLE what the application needs: run by the owner, after each `flask db upgrade`."""
    if db.engine.dialect.name != "postgresql":
        raise click.ClickException("Chỉ dùng với PostgreSQL.")
    with db.engine.begin() as connection:
        engine.grant(connection, role=role, password=password, append_only=TABLES)
    click.echo(f"{role}: đọc và ghi được; nhật ký thì chỉ đọc và thêm.")
