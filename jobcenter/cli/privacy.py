"""flask privacy: the inventory of personal data, the impact file, erasures that wait."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from jobcenter.accounts.choices import ROLE_LABELS
from jobcenter.cli.backup import erase_again
from jobcenter.documents import reports
from jobcenter.kernel.db import db, transaction_kind
from jobcenter.privacy.choices import HOW_LABELS
from jobcenter.privacy.inventory import impact, inventory

group = AppGroup("privacy", help="Personal data: inventory, impact file, erasures.")


@group.command("inventory")
@click.option("--docx", type=click.Path(dir_okay=False, path_type=Path), help="Ghi ra tệp Word.")
def show(docx: Path | None) -> None:
    """Print every table with personal data, or write the impact file to a Word file."""
    if docx is not None:
        with transaction_kind(writing=False):
            sections = impact(db.session())
        title = "Hồ sơ đánh giá tác động xử lý dữ liệu cá nhân"
        docx.write_bytes(reports.docx(title=title, lead="", sections=sections))
        click.echo(f"{docx}: {len(sections)} phần.")
        return
    for one in inventory():
        names = ", ".join(
            field.name + (" (!)" if field.kind == "sensitive" else "") for field in one.fields
        )
        readers = ", ".join(ROLE_LABELS[role] for role in one.readers) or "-"
        how = HOW_LABELS[one.how] if one.how else "CHƯA KHAI"
        click.echo(f"{one.table}\t{names}\t{one.purpose or 'CHƯA GHI'}\t{readers}\t{how}")


@group.command("finish")
def finish() -> None:
    """Finish erasures now, without waiting for the worker; erase again who a restore brought."""
    click.echo(f"Xoá lại {erase_again()} người; chỉ mục và tệp đã sạch.")
