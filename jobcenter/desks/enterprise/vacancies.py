"""The firm's own vacancies: seen, drafted, sent to the centre."""

from __future__ import annotations

import uuid
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks import vacancy_lists, vacancy_pages, vacancy_steps
from jobcenter.desks.access import allow, me
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.vacancy_form import FirmVacancyForm, VacancyForm
from jobcenter.enterprises import queries as enterprises_queries
from jobcenter.kernel.db import db


@desk.get("/vacancies")
@allow(Right.OWN_FIRM)
def vacancies() -> ResponseReturnValue:
    """List the firm's vacancies, newest first."""
    return render_template("enterprise/vacancies_list.html", desk=HERE, **vacancy_lists.listed())


@desk.route("/vacancies/new", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def add_vacancy() -> ResponseReturnValue:
    """Draft a vacancy of the own firm or a branch, blank or as a copy of a former one."""
    firm = enterprises_queries.own(db.session(), me())
    return vacancy_pages.add(HERE, vacancy_pages.start(firm))


@desk.get("/vacancies/<uuid:key>")
@allow(Right.OWN_FIRM)
def vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Show one of the firm's vacancies."""
    return vacancy_pages.show(HERE, key)


@desk.route("/vacancies/<uuid:key>/edit", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def edit_vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Change a draft; what was sent or published is changed by the centre."""
    return vacancy_pages.edit(HERE, key)


@desk.get("/vacancies/<uuid:key>/history")
@allow(Right.OWN_FIRM)
def vacancy_history(key: uuid.UUID) -> ResponseReturnValue:
    """Show every change of one vacancy."""
    return vacancy_pages.history(HERE, key)


@desk.post("/vacancies/<uuid:key>/wording")
@allow(Right.OWN_FIRM)
def settle_wording(key: uuid.UUID) -> ResponseReturnValue:
    """Write why the work demands a flagged wording."""
    return vacancy_pages.settle(HERE, key, "vacancy")


@desk.post("/vacancies/<uuid:key>/move")
@allow(Right.OWN_FIRM)
def move_vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Send a draft to the centre, extend, hold, cut or close."""
    return vacancy_steps.move(HERE, key)


@desk.get("/vacancies/<uuid:key>/steps")
@allow(Right.OWN_FIRM)
def vacancy_steps_page(key: uuid.UUID) -> ResponseReturnValue:
    """Show the steps that need more than a click: extend, hold, cut, close."""
    return vacancy_steps.page(HERE, key)


def _firm(form: Any, vacancy: Any) -> Any:
    return vacancy.enterprise if vacancy else form.whose()


HERE = vacancy_pages.Desk("enterprise", VacancyForm, _firm, new_form=FirmVacancyForm)
