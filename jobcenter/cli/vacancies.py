"""flask vacancies: close those whose deadline is over, list those that end soon."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.vacancies import queries, steps
from jobcenter.vacancies.choices import DUE_DAYS
from jobcenter.vacancies.models import Vacancy

group = AppGroup("vacancies", help="Vacancies: deadlines that remind and close.")
BY = system("flask vacancies", EVERYTHING)


@group.command("close-due")
@click.option("--dry-run", is_flag=True, help="Say what would be closed, write nothing.")
def close_due(dry_run: bool) -> None:
    """Close every open vacancy whose deadline is over; list those due in 3 and in 7 days."""
    session, today = db.session(), clock.today()
    for vacancy in steps.close_due(session, today=today, by=BY):
        click.echo(f"Đóng, hết hạn {vacancy.deadline:%d/%m/%Y}: {_line(vacancy)}")
    if dry_run:
        session.rollback()
    else:
        session.commit()
    due = queries.due(session, BY, today)
    reached = -1
    for days in DUE_DAYS:
        for vacancy in due:
            left = (vacancy.deadline - today).days if vacancy.deadline else -1
            if reached < left <= days:
                click.echo(f"Còn {left} ngày, {vacancy.deadline:%d/%m/%Y}: {_line(vacancy)}")
        reached = days


def _line(vacancy: Vacancy) -> str:
    firm = vacancy.enterprise.name if vacancy.enterprise else vacancy.firm_as_written
    left = queries.openings_left(vacancy)
    return f"{vacancy.number} {vacancy.title} ({firm}), còn tuyển {left}/{vacancy.headcount}"
