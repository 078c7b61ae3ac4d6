"""Sheets with several jobs of the own firm."""

from __future__ import annotations

import uuid

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks import vacancy_sheets
from jobcenter.desks.access import allow, me
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.enterprise.vacancies import HERE
from jobcenter.desks.vacancy_form import ForFirm
from jobcenter.desks.vacancy_sheets import SheetForm
from jobcenter.enterprises import queries as enterprises
from jobcenter.kernel.db import db


class FirmSheetForm(ForFirm, SheetForm):
    """The sheet of a firm, for itself or one of its branches."""


@desk.route("/sheets/new", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def add_sheet() -> ResponseReturnValue:
    """Enter a sheet with several jobs."""
    enterprises.own(db.session(), me())
    return vacancy_sheets.add(HERE, FirmSheetForm, {})


@desk.get("/sheets/<uuid:sheet_key>")
@allow(Right.OWN_FIRM)
def sheet(sheet_key: uuid.UUID) -> ResponseReturnValue:
    """Show a sheet with its jobs."""
    return vacancy_sheets.show(HERE, sheet_key)
