"""The register of vacancies."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.desks import vacancy_pages
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.desks.labels import choices
from jobcenter.desks.vacancy_form import WORDS, StaffVacancyForm, VacancyForm, values_of
from jobcenter.enterprises import queries as enterprises_queries
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.vacancies import queries
from jobcenter.vacancies.choices import STATE_LABELS, VacancyState

NOT_COPIED = ("deadline", "start_on", "round")


class FilterForm(Form):
    """How the list is narrowed; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    text = LineField(N_("Từ khoá"), most=120)
    state = SelectField(
        N_("Trạng thái"),
        choices=lambda: [("", _("Tất cả")), *((s.value, _(STATE_LABELS[s])) for s in VacancyState)],
        default="",
    )
    park = SelectField(
        N_("Khu công nghiệp"), default="", choices=lambda: choices("park", blank=_("Tất cả"))
    )
    shift = SelectField(N_("Ca làm"), default="", choices=lambda: choices("K", blank=_("Tất cả")))
    occupation = LineField(N_("Mã nghề"), most=6)
    deadline_by = DateField(N_("Hạn đến"))

    def wanted(self) -> queries.VacancyFilter:
        """Return the filter; what cannot be read is left out and said beside its field."""
        good = {field.name: field.data for field in self if not field.errors}
        state = good.get("state")
        return queries.VacancyFilter(
            text=good.get("text") or "",
            state=VacancyState(state) if state else None,
            park=good.get("park") or None,
            shift=good.get("shift") or None,
            occupation=good.get("occupation") or "",
            deadline_by=self.deadline_by.day,
            enterprise=_key(request.args.get("enterprise")),
            sort=request.args.get("sort", "newest"),
        )


@desk.get("/vacancies")
@allow(Right.VACANCIES_READ)
def vacancies() -> ResponseReturnValue:
    """List vacancies by the filters in the address."""
    form = FilterForm(request.args)
    form.validate()
    wanted = form.wanted()
    firm = (
        enterprises_queries.one(db.session(), wanted.enterprise, me())
        if wanted.enterprise
        else None
    )
    window = asked(request.args.get("page"), request.args.get("size"))
    return render_template(
        "counsellor/vacancies_list.html",
        form=form,
        page=queries.listed(db.session(), me(), wanted, window),
        firm=firm,
        sort=wanted.sort,
        sort_href=_sort_href,
        openings_left=queries.openings_left,
        unsettled=queries.unsettled,
        may_write=me().may(Right.VACANCIES_WRITE),
        **WORDS,
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
    return vacancy_pages.move(HERE, key)


def _firm(form: VacancyForm, _vacancy: Any) -> Any:
    typed = form["firm"].data or ""
    return enterprises_queries.read_firm(db.session(), typed, field="firm")


def _firms() -> dict[str, Any]:
    return {"firms": enterprises_queries.names(db.session(), me())}


HERE = vacancy_pages.Desk("counsellor", StaffVacancyForm, _firm, _firms)


def _start() -> dict[str, Any]:
    """Return what a new form begins with: a former vacancy, or a firm."""
    former = _key(request.args.get("copy"))
    if former is not None:
        return vacancy_pages.copied(values_of(queries.one(db.session(), former, me())), NOT_COPIED)
    firm_key = _key(request.args.get("enterprise"))
    if firm_key is None:
        return {}
    firm = enterprises_queries.one(db.session(), firm_key, me())
    return {"firm": firm.tax_number or firm.name, "park_code": firm.park_code}


def _sort_href(key: str) -> str:
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("sort", "page")]
    return f"{request.path}?{urlencode([*kept, ('sort', key)])}"


def _key(text: str | None) -> uuid.UUID | None:
    """Return the key in an address; one that cannot be read is a page that is not there."""
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Missing from None
