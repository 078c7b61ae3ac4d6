"""Lists as files: what the filters in the address show, by the same scoped queries."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor import enterprises, seekers
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.enterprise_forms import FilterForm as EnterpriseFilterForm
from jobcenter.desks.counsellor.seeker_forms import FilterForm as SeekerFilterForm
from jobcenter.desks.list_files import list_file
from jobcenter.desks.proof import proved
from jobcenter.desks.sights import saw
from jobcenter.desks.vacancy_lists import FilterForm as VacancyFilterForm
from jobcenter.enterprises import queries as enterprise_queries
from jobcenter.exchange import lists as columns
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import Page, Slice
from jobcenter.seekers import queries as seeker_queries
from jobcenter.vacancies import queries as vacancy_queries


@desk.route("/seekers/export.<form>", methods=["GET", "POST"])
@allow(Right.SEEKERS_READ)
@proved
def export_seekers(form: str) -> ResponseReturnValue:
    """Give the register of job seekers, or with kind=registration its five legal groups."""
    wanted, _good = seekers.wanted_of(SeekerFilterForm(request.args))
    is_legal = request.args.get("kind") == "registration"
    seen: list[int] = []

    def fetch(window: Slice) -> Page[Any]:
        page = seeker_queries.listed(db.session(), me(), wanted, window)
        seen.extend(row.person_id for row in page.items)
        return page

    shape = columns.REGISTRATION if is_legal else columns.SEEKERS
    later = ("registration" if is_legal else "seekers", wanted)
    answer = list_file(form, _("Người tìm việc"), "nguoi-tim-viec", shape, fetch, later)
    saw(seen, Look.EXPORT, fields="id_number" if is_legal else "")
    return answer


@desk.route("/vacancies/export.<form>", methods=["GET", "POST"])
@allow(Right.VACANCIES_READ)
def export_vacancies(form: str) -> ResponseReturnValue:
    """Give the register of vacancies."""
    typed = VacancyFilterForm(request.args)
    typed.validate()
    wanted = typed.wanted()
    return list_file(
        form, _("Vị trí tuyển"), "vi-tri-tuyen", columns.VACANCIES,
        lambda window: vacancy_queries.listed(db.session(), me(), wanted, window),
        ("vacancies", wanted),
    )  # fmt: skip


@desk.route("/enterprises/export.<form>", methods=["GET", "POST"])
@allow(Right.ENTERPRISES_READ)
def export_enterprises(form: str) -> ResponseReturnValue:
    """Give the register of enterprises."""
    wanted = enterprises.wanted_of(EnterpriseFilterForm(request.args))
    return list_file(
        form, _("Doanh nghiệp"), "doanh-nghiep", columns.ENTERPRISES,
        lambda window: enterprise_queries.listed(db.session(), me(), wanted, window),
        ("enterprises", wanted),
    )  # fmt: skip
