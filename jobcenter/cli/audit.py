"""flask audit: seal the ledger and the sight log, and check that nothing was changed since."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from jobcenter.audit import sealing
from jobcenter.audit.choices import Log
from jobcenter.config import Settings
from jobcenter.kernel.db import db

group = AppGroup("audit", help="Ledger and sight log: seal them, check the seals.")
KINDS = {
    "changed": "dòng bị sửa",
    "removed": "dòng bị xoá",
    "inserted": "dòng chèn thêm",
    "seal": "dấu niêm phong bị sửa, hoặc sai khoá",
    "chain": "thiếu một dấu niêm phong ở giữa",
    "cut-off": "các dấu niêm phong cuối bị cắt mất",
}


@group.command("seal")
def seal() -> None:
    """Seal what is new; for cron, beside what the servers do by themselves."""
    settings: Settings = current_app.config["SETTINGS"]
    for log, count in sealing.seal_all(db.engine, settings.seal_heads).items():
        click.echo(f"{log.value}: {count}")


@group.command("verify")
def verify() -> None:
    """Read both logs through against their seals; name the first row that is not as it was."""
    settings: Settings = current_app.config["SETTINGS"]
    broken = False
    for log in Log:
        found = sealing.verify(db.engine, log, settings.seal_heads)
        click.echo(
            f"{log.value}: {found.seals} dấu, {found.rows} dòng còn nguyên, "
            f"{found.unsealed} dòng chưa niêm phong"
        )
        if found.fault is not None:
            broken = True
            where = f"dòng {found.fault.row_id}, " if found.fault.row_id is not None else ""
            click.echo(f"  HỎNG: {where}dấu {found.fault.seal_id}: {KINDS[found.fault.kind]}")
    if broken:
        raise SystemExit(1)
