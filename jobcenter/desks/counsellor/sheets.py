"""Sheets with several jobs."""

from __future__ import annotations

import uuid

from flask import request
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks import vacancy_sheets
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.vacancies import HERE
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.desks.vacancy_sheets import StaffSheetForm
from jobcenter.enterprises import queries as enterprises
from jobcenter.kernel.db import db


@desk.route("/sheets/new", methods=["GET", "POST"])
@allow(Right.VACANCIES_WRITE)
def add_sheet() -> ResponseReturnValue:
    """Enter a sheet with several jobs."""
    firm_key = key_in(request.args.get("enterprise"))
    firm = enterprises.one(db.session(), firm_key, me()) if firm_key else None
    return vacancy_sheets.add(HERE, StaffSheetForm, {"firm": firm.name} if firm else {})


@desk.get("/sheets/<uuid:sheet_key>")
@allow(Right.VACANCIES_READ)
def sheet(sheet_key: uuid.UUID) -> ResponseReturnValue:
    """Show a sheet with its jobs."""
    return vacancy_sheets.show(HERE, sheet_key)
