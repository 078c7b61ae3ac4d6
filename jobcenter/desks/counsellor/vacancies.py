"""The register of vacancies."""

from __future__ import annotations

import uuid
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks import vacancy_lists, vacancy_pages, vacancy_steps
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.vacancy_form import StaffVacancyForm, VacancyForm
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.enterprises import queries as enterprises_queries
from jobcenter.kernel.db import db


@desk.get("/vacancies")
@allow(Right.VACANCIES_READ)
def vacancies() -> ResponseReturnValue:
    """List vacancies by the filters in the address."""
    shown = vacancy_lists.listed()
    firm_key = shown["wanted"].enterprise
    firm = enterprises_queries.one(db.session(), firm_key, me()) if firm_key else None
    may_write = me().may(Right.VACANCIES_WRITE)
    return render_template(
        "counsellor/vacancies_list.html", desk=HERE, firm=firm, may_write=may_write, **shown
    )


@desk.route("/vacancies/new", methods=["GET", "POST"])
@allow(Right.VACANCIES_WRITE)
def add_vacancy() -> ResponseReturnValue:
    """Write down a new vacancy, blank, for a firm, or as a copy of a former one."""
    return vacancy_pages.add(HERE, _start())


@desk.get("/vacancies/<uuid:key>")
@allow(Right.VACANCIES_READ)
def vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Show one vacancy."""
    return vacancy_pages.show(HERE, key)


@desk.route("/vacancies/<uuid:key>/edit", methods=["GET", "POST"])
@allow(Right.VACANCIES_WRITE)
def edit_vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Change one vacancy."""
    return vacancy_pages.edit(HERE, key)


@desk.get("/vacancies/<uuid:key>/history")
@allow(Right.VACANCIES_READ)
def vacancy_history(key: uuid.UUID) -> ResponseReturnValue:
    """Show every change of one vacancy."""
    return vacancy_pages.history(HERE, key)


@desk.get("/vacancies/<uuid:key>/check")
@allow(Right.VACANCIES_WRITE)
def check_vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Show the text with its flagged wordings, to settle each before it is published."""
    return vacancy_pages.show(HERE, key, page="check")


@desk.post("/vacancies/<uuid:key>/wording")
@allow(Right.VACANCIES_WRITE)
def settle_wording(key: uuid.UUID) -> ResponseReturnValue:
    """Approve, remark on or give grounds for a flagged wording."""
    return vacancy_pages.settle(HERE, key, "check_vacancy")


@desk.post("/vacancies/<uuid:key>/move")
@allow(Right.VACANCIES_WRITE)
def move_vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Move one vacancy to its next state."""
    return vacancy_steps.move(HERE, key)


@desk.get("/vacancies/<uuid:key>/steps")
@allow(Right.VACANCIES_WRITE)
def vacancy_steps_page(key: uuid.UUID) -> ResponseReturnValue:
    """Show the steps that need more than a click: extend, hold, cut, close, reopen."""
    return vacancy_steps.page(HERE, key)


def _firm(form: VacancyForm, _vacancy: Any) -> Any:
    typed = form["firm"].data or ""
    return enterprises_queries.read_firm(db.session(), typed, field="firm")


def _firms() -> dict[str, Any]:
    return {"firms": enterprises_queries.names(db.session(), me())}


HERE = vacancy_pages.Desk("counsellor", StaffVacancyForm, _firm, _firms)


def _start() -> dict[str, Any]:
    firm_key = key_in(request.args.get("enterprise"))
    firm = enterprises_queries.one(db.session(), firm_key, me()) if firm_key else None
    return vacancy_pages.start(firm)
