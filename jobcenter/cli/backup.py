"""flask backup FILE, flask restore FILE: move a whole database, checked."""

from __future__ import annotations

from pathlib import Path

import click
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.kernel import backup as engine
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db, transaction_kind
from jobcenter.privacy import erasing
from jobcenter.upkeep.doctor import BACKUP_NOTE


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write the database to FILE while others go on working; keep instance/keys.json too."""
    with transaction_kind(writing=False), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
        counts = engine.write(connection, file, str(revision))
    (current_app.config["SETTINGS"].instance / BACKUP_NOTE).touch()  # `flask doctor` looks at it
    click.echo(f"{file}: {sum(counts.values())} dòng của {len(counts)} bảng.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--verify", is_flag=True, help="Chỉ kiểm tra bản sao lưu, không ghi gì.")
@click.option(
    "--erasures", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Danh sách đã xoá, nếu không nằm trong thư mục instance.",
)  # fmt: skip
@with_appcontext
def restore(file: Path, verify: bool, erasures: Path | None) -> None:
    """Fill a new, empty database from FILE, or only check FILE; who was erased is erased again."""
    try:
        manifest = engine.verify(file)
        if verify:
            rows = sum(table["rows"] for table in manifest["tables"].values())
            click.echo(f"{file}: còn nguyên, {rows} dòng.")
            return
        make_ready(manifest["revision"])
        with db.engine.begin() as connection:
            counts = engine.restore(connection, file)
        upgrade()
    except engine.Damaged as damaged:
        raise click.ClickException(str(damaged)) from None
    # The seals that this machine remembers are those of the database before.
    current_app.config["SETTINGS"].seal_heads.unlink(missing_ok=True)
    again = erase_again(erasures)
    if again:
        click.echo(f"Đã xoá lại {again} người theo danh sách đã xoá.")
    click.echo(f"Đã khôi phục {sum(counts.values())} dòng. Chạy tiếp: flask match rebuild")


def make_ready(revision: str) -> None:
    """Bring an empty database to where the backup's was; migrations lead on from there."""
    script = ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())
    try:
        wanted = script.get_revision(revision).revision
    except CommandError:
        raise engine.Damaged(
            f"Bản sao lưu của phiên bản mới hơn ({revision}). Nâng cấp chương trình trước."
        ) from None
    if inspect(db.engine).has_table("alembic_version"):
        with db.engine.begin() as connection:
            there = connection.scalar(text("SELECT version_num FROM alembic_version"))
            engine.empty(connection)
        if there == wanted:
            return
        downgrade(revision="base")
    upgrade(revision=revision)


def erase_again(extra: Path | None = None) -> int:
    """Erase whoever the backup brought back, by the list beside the keys; return how many."""
    instance: Path = current_app.config["SETTINGS"].instance
    hashes = erasing.noted(instance / erasing.LIST)
    if extra is not None:
        hashes += erasing.noted(extra)
    made = erasing.erase_again(db.session(), hashes, by=system("restore", EVERYTHING))
    db.session.commit()
    left = erasing.left_over(db.session())
    db.session.commit()
    if left is not None:
        left = erasing.clear_index(db.session(), left)
        by = system("restore", EVERYTHING)
        erasing.finish(db.session(), left, instance=instance, by=by)
        db.session.commit()
    return len(made)
