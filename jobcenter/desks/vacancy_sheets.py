"""One sheet with several jobs, entered on one page; shared by both desks."""

from __future__ import annotations

import uuid
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import HiddenField
from wtforms.widgets import TextArea

from jobcenter.desks import editing
from jobcenter.desks.access import me
from jobcenter.desks.code_fields import CodeField, CodesField
from jobcenter.desks.errors import words
from jobcenter.desks.forms import DateField, Form, LineField, MonthField, NumberField, ProseField
from jobcenter.desks.lines import Line, Lines
from jobcenter.desks.vacancy_form import WORDS
from jobcenter.desks.vacancy_pages import Desk
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.vacancies import queries, sheets
from jobcenter.vacancies.choices import FIELD_LABELS as LABELS
from jobcenter.vacancies.choices import LIST_OF, LIST_OF_MANY
from jobcenter.vacancies.data import VacancyData

FIRST_LINES = 3
# How each part of a job is drawn: columns of twelve, kind.
LOOKS = {
    "title": (6, ""), "headcount": (2, "number"), "shift": (4, ""), "pay_min": (3, "money"),
    "pay_max": (3, "money"), "qualification": (3, ""), "field": (3, ""),
    "description": (6, "textarea"), "requirement": (6, "textarea"),
}  # fmt: skip


class JobLine(Line):
    """One job of the sheet; the rest is written on its own page afterwards."""

    title = LineField(LABELS["title"], most=200)
    headcount = NumberField(LABELS["headcount"], least=1, most=100_000)
    shift = CodeField(LABELS["shift"], LIST_OF["shift"], blank=N_("Chưa nêu"))
    pay_min = NumberField(LABELS["pay_min"], least=1, most=1_000_000_000)
    pay_max = NumberField(LABELS["pay_max"], least=1, most=1_000_000_000)
    qualification = CodeField(
        LABELS["qualification"], LIST_OF["qualification"], blank=N_("Chưa nêu")
    )
    field = LineField(LABELS["field"])
    description = ProseField(LABELS["description"], most=8000, widget=TextArea())
    requirement = ProseField(LABELS["requirement"], most=8000, widget=TextArea())

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the line; a job without a headcount asks for nobody."""
        good = super().validate(extra_validators)
        if good and not self.is_empty() and self.headcount.data is None:
            self.headcount.errors = [_("Cần điền mục này.")]
            return False
        return good


def _job(line: Line) -> VacancyData:
    """Return what was typed of a job as the rules take it."""
    given: dict[str, Any] = {
        name: line[name].data or "" for name in ("title", "field", "description", "requirement")
    }
    given |= {name: line[name].data or None for name in ("shift", "qualification")}
    given |= {name: line[name].data for name in ("headcount", "pay_min", "pay_max")}
    return VacancyData(**given)


class SheetForm(Form):
    """Contact, round and deadline once, then the jobs."""

    contact_name = LineField(LABELS["contact_name"])
    contact_position = LineField(N_("Chức vụ"), most=80)
    contact_phone = LineField(LABELS["contact_phone"], most=20)
    contact_email = LineField(LABELS["contact_email"])
    round_number = NumberField(LABELS["round_number"], least=1, most=99)
    round_month = MonthField(LABELS["round_month"])
    deadline = DateField(LABELS["deadline"])
    services = CodesField(LABELS["services"], LIST_OF_MANY["services"])
    jobs = Lines(N_("Công việc"), JobLine, most=sheets.MOST_JOBS, ordered=True)
    confirmed = HiddenField()

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.doubts: list[tuple[int, str]] = []

    def sheet(self) -> sheets.SheetData:
        """Return what stands once on the sheet."""
        return sheets.SheetData(
            contact_name=self.contact_name.data or "",
            contact_position=self.contact_position.data or "",
            contact_phone=self.contact_phone.data or None,
            contact_email=self.contact_email.data or None,
            services=tuple(self.services.data or ()) or None,
            round_number=self.round_number.data,
            round_month=self.round_month.day,
            deadline=self.deadline.day,
        )

    def wanted(self) -> list[VacancyData]:
        """Return the jobs; refuses once what looks odd in one of them."""
        jobs = [_job(line) for line in self.jobs.rows()]
        found = [
            f"{place}:{doubt}"
            for place, job in enumerate(jobs, start=1)
            for doubt in queries.doubts(job, clock.today())
        ]
        seen = (self.confirmed.data or "").split("|")
        new = [one.partition(":") for one in found if one not in seen]
        self.doubts = [(int(place), doubt) for place, _colon, doubt in new]
        self.confirmed.data = "|".join(found)
        if self.doubts:
            raise Refused(N_("Xem lại rồi bấm lưu lần nữa nếu đúng."), field="confirmed")
        return jobs

    def refuse(self, refused: Refused) -> None:
        """Put what a job refuses on the field of that job."""
        rows = self.jobs.rows()
        if isinstance(refused, sheets.InJob) and refused.row < len(rows):
            line = rows[refused.row]
            name = refused.field or ""
            if name in line:
                line[name].errors = [*line[name].errors, words(refused)]
                return
        super().refuse(refused)


class StaffSheetForm(SheetForm):
    """The centre also says whose sheet it is."""

    firm = LineField(N_("Tên doanh nghiệp"), most=200, needed=True, render_kw={"list": "firms"})


def add(desk: Desk, form_class: type[SheetForm], start: dict[str, Any]) -> ResponseReturnValue:
    """Enter a sheet; "more lines" gives the page back with what was typed and more room."""
    form = form_class(data=start)
    if form.is_submitted() and "more" in request.form:
        form.jobs.make_room(FIRST_LINES)
        return _page(desk, form)
    if not form.is_submitted():
        form.jobs.make_room(FIRST_LINES)
    return editing.create(
        form,
        act=lambda: sheets.file_sheet(
            db.session(),
            sheet=form.sheet(),
            jobs=form.wanted(),
            enterprise=desk.firm_of(form, None),
            by=me(),
        ),
        leads_to=lambda made: desk.href("sheet", sheet_key=made.key),
        told=lambda made: _("Đã ghi phiếu %(number)s.", number=made.number),
        show=lambda: _page(desk, form),
    )


def _page(desk: Desk, form: SheetForm) -> str:
    if not form.jobs.entries:
        form.jobs.make_room(FIRST_LINES)
    return render_template(
        "vacancies/sheet_form.html",
        desk=desk,
        form=form,
        looks=LOOKS,
        form_errors=bool(form.errors),
        **WORDS,
        **{"firms": ()} | desk.more(),
    )


def show(desk: Desk, key: uuid.UUID) -> str:
    """Show a sheet with its jobs, ready to be printed by the browser."""
    found = queries.sheet(db.session(), key, me())
    return render_template(
        "vacancies/sheet.html",
        desk=desk,
        sheet=found,
        vacancies=queries.of_sheet(db.session(), found, me()),
        openings_left=queries.openings_left,
        **WORDS,
    )
