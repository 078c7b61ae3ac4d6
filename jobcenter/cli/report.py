"""flask report: the figures of a month, quarter, half or year, counted from the records."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from jobcenter.kernel.db import db, transaction_kind
from jobcenter.kernel.errors import Refused
from jobcenter.reports import counting, periods
from jobcenter.reports.periods import PeriodKind

group = AppGroup("report", help="Figures of a period; --json for other programs.")


def _report(kind: PeriodKind, code: str, as_json: bool) -> None:
    try:
        period = periods.read(code, kind)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    with transaction_kind(writing=False):
        found = counting.figures(db.session(), period)
    if as_json:
        told = counting.as_data(period, found.values())
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{period.first:%d/%m/%Y} - {period.last:%d/%m/%Y}")
    for one in found.values():
        cells = (one.period, one.year_to_date, one.plan)
        told_cells = " ".join(f"{'-' if cell is None else cell:>10}" for cell in cells)
        click.echo(f"{one.indicator.code:<28}{told_cells}  {one.indicator.unit.value}")


def _command(kind: PeriodKind, example: str) -> None:
    @group.command(kind.value, help=f"Figures of one {kind.value}, such as {example}.")
    @click.argument("period")
    @click.option("--json", "as_json", is_flag=True, help="As JSON.")
    def command(period: str, as_json: bool) -> None:
        _report(kind, period, as_json)


_command(PeriodKind.MONTH, "2020-12")
_command(PeriodKind.QUARTER, "2020-Q4")
_command(PeriodKind.HALF, "2020-H1")
_command(PeriodKind.YEAR, "2020")
