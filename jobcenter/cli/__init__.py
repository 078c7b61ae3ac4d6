"""Commands: one file per subject, each command a few lines that call a rule."""

from __future__ import annotations

from flask import Flask

from jobcenter.cli import (
    accounts,
    audit,
    backup,
    catalogue,
    database,
    demo,
    drafts,
    exchange,
    keys,
    match,
    people,
    postings,
    privacy,
    report,
    setup,
    upkeep,
    vacancies,
)


def attach(app: Flask) -> None:
    """Register the command groups on `flask`."""
    for group in (
        accounts.group,
        catalogue.group,
        demo.group,
        drafts.group,
        exchange.group,
        backup.backup,
        backup.restore,
        match.group,
        people.group,
        postings.group,
        privacy.group,
        report.group,
        vacancies.group,
        setup.setup_code,
        audit.group,
        keys.group,
        database.group,
        upkeep.check,
        upkeep.doctor,
    ):
        app.cli.add_command(group)
