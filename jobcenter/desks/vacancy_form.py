"""The form of a vacancy, shared by the centre's desk and the firm's: no box for sex or age."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField, SelectField
from wtforms.widgets import TextArea

from jobcenter.catalogue.queries import commune, read_commune
from jobcenter.desks.access import me
from jobcenter.desks.code_fields import CodeField, CodesField
from jobcenter.desks.forms import (
    AnswerField,
    DateField,
    Form,
    LineField,
    MonthField,
    NumberField,
    ProseField,
)
from jobcenter.desks.occupation_field import OccupationField
from jobcenter.enterprises.queries import acted_for, find_by_name
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.vacancies import queries
from jobcenter.vacancies.choices import (
    ASKING,
    CLOSE_LABELS,
    DOUBT_LABELS,
    FLAG_LABELS,
    FLAG_REASONS,
    LIST_OF,
    LIST_OF_MANY,
    STATE_KINDS,
    STATE_LABELS,
    VERB_LABELS,
)
from jobcenter.vacancies.choices import FIELD_LABELS as LABELS
from jobcenter.vacancies.data import VacancyData

# What the templates of a vacancy name things with.
NOT_COPIED = ("deadline", "start_on", "round_number", "round_month")
WORDS = {
    "asking": ASKING,
    "close_labels": CLOSE_LABELS,
    "doubt_labels": DOUBT_LABELS,
    "field_labels": LABELS,
    "flag_labels": FLAG_LABELS,
    "flag_reasons": FLAG_REASONS,
    "state_kinds": STATE_KINDS,
    "state_labels": STATE_LABELS,
    "verb_labels": VERB_LABELS,
}
PROSE = ("description", "requirement", "skills")
LINES = ("field", "place", "contact_name")
NUMBERS = (
    "headcount", "skill_grade", "years_experience", "pay_min", "pay_max", "overtime_hours",
    "probation_days", "safety_group", "round_number",
)  # fmt: skip
DAYS = ("deadline", "start_on", "round_month")
ANSWERS = ("has_dormitory", "has_bus")


def _one_of(name: str) -> CodeField:
    return CodeField(LABELS[name], LIST_OF[name], blank=N_("Chưa nêu"))


def _some_of(name: str) -> CodesField:
    return CodesField(LABELS[name], LIST_OF_MANY[name])


def _prose(name: str, most: int = 8000) -> ProseField:
    return ProseField(LABELS[name], most=most, widget=TextArea())


class VacancyForm(Form):
    """What the official form asks (domain.md 2.2), in five parts."""

    title = LineField(LABELS["title"], most=200, needed=True)
    headcount = NumberField(LABELS["headcount"], least=1, most=100_000, needed=True)
    description = _prose("description")
    requirement = _prose("requirement")
    occupation_code = OccupationField(LABELS["occupation_code"])
    position = _one_of("position")
    general_education = _one_of("general_education")
    qualification = _one_of("qualification")
    field = LineField(LABELS["field"])
    skill_grade = NumberField(LABELS["skill_grade"], least=1, most=7)
    certificates = ProseField(LABELS["certificates"], most=1000, widget=TextArea())
    languages = _some_of("languages")
    office_it = _one_of("office_it")
    soft_skills = _some_of("soft_skills")
    skills = _prose("skills", 2000)
    experience = _one_of("experience")
    years_experience = NumberField(LABELS["years_experience"], most=50)
    park_code = CodeField(LABELS["park_code"], "park", blank=N_("Chưa nêu"))
    commune_code = LineField(LABELS["commune_code"], render_kw={"list": "communes"})
    place = LineField(LABELS["place"], most=200)
    contract = _one_of("contract")
    extra_demands = _some_of("extra_demands")
    mode = _one_of("mode")
    purpose = _one_of("purpose")
    pay_kind = _one_of("pay_kind")
    pay_min = NumberField(LABELS["pay_min"], least=1, most=1_000_000_000)
    pay_max = NumberField(LABELS["pay_max"], least=1, most=1_000_000_000)
    shift = _one_of("shift")
    overtime_hours = NumberField(LABELS["overtime_hours"], most=60)
    benefits = _some_of("benefits")
    conditions = _some_of("conditions")
    priority_groups = _some_of("priority_groups")
    apply_ways = _some_of("apply_ways")
    services = _some_of("services")
    has_dormitory = AnswerField(LABELS["has_dormitory"])
    has_bus = AnswerField(LABELS["has_bus"])
    probation_days = NumberField(LABELS["probation_days"], most=180)
    safety_group = NumberField(LABELS["safety_group"], least=1, most=6)
    round_number = NumberField(LABELS["round_number"], least=1, most=99)
    round_month = MonthField(LABELS["round_month"])
    deadline = DateField(LABELS["deadline"])
    start_on = DateField(LABELS["start_on"])
    contact_name = LineField(LABELS["contact_name"])
    contact_phone = LineField(LABELS["contact_phone"], most=20)
    contact_email = LineField(LABELS["contact_email"])

    confirmed = HiddenField()  # doubts that were shown: the next press of the button means yes

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.doubts: list[str] = []

    def confirm(self, data: VacancyData) -> VacancyData:
        """Refuse once what looks odd; what was shown before and is sent again is meant so."""
        found = queries.doubts(data, clock.today())
        seen = (self.confirmed.data or "").split("|")
        self.doubts = [doubt for doubt in found if doubt not in seen]
        self.confirmed.data = "|".join(found)
        if self.doubts:
            raise Refused(N_("Xem lại rồi bấm lưu lần nữa nếu đúng."), field="confirmed")
        return data

    def read(self) -> VacancyData:
        """Return what was typed as the rules take it; refuses unknown places."""
        given: dict[str, Any] = {name: self[name].data or "" for name in (*PROSE, *LINES)}
        given |= {name: self[name].data for name in NUMBERS}
        given |= {name: self[name].data or None for name in (*LIST_OF, "park_code")}
        given |= {name: tuple(self[name].data or ()) or None for name in LIST_OF_MANY}
        given |= {name: self[name].day for name in DAYS}
        given |= {name: self[name].answer for name in ANSWERS}
        return VacancyData(
            title=self.title.data or "",
            certificates=(self.certificates.data or "").split("\n"),
            occupation_code=self.occupation_code.code,
            commune_code=read_commune(
                db.session(), self.commune_code.data or "", field="commune_code"
            ),
            contact_phone=self.contact_phone.data or None,
            contact_email=self.contact_email.data or None,
            **given,
        )


class StaffVacancyForm(VacancyForm):
    """The centre also says whose vacancy it is."""

    firm = LineField(N_("Tên doanh nghiệp"), most=200, render_kw={"list": "firms"})


class ForFirm:
    """Whose vacancy it is, where the user acts for a firm and for its branches; else no question.

    Mixed into forms of new vacancies: a draft stays with the firm that it was written for.
    """

    for_firm = SelectField(
        N_("Công ty hoặc chi nhánh cần người"),
        choices=lambda: [(str(firm.key), firm.name) for firm in acted_for(db.session(), me())],
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if len(list(self.for_firm.choices or ())) < 2:
            del self.for_firm

    def whose(self) -> Any:
        """Return the firm that was chosen; a user's own one where there is nothing to choose."""
        firms = acted_for(db.session(), me())
        chosen = getattr(self.for_firm, "data", None)  # the field is gone where nobody is asked
        return next((firm for firm in firms if str(firm.key) == chosen), firms[0])


class FirmVacancyForm(ForFirm, VacancyForm):
    """A new vacancy, written by the firm."""


def values_of(vacancy: Any) -> dict[str, Any]:
    """Return what the form shows of a vacancy that is kept."""
    values = {name: getattr(vacancy, name) for name in LABELS}
    values["certificates"] = "\n".join(one.name for one in vacancy.certificates)
    values["commune_code"] = place_name(vacancy.commune_code)
    values["contact_phone"] = (
        vietnamese.show_phone(vacancy.contact_phone) if vacancy.contact_phone else ""
    )
    values["firm"] = firm_name(vacancy)
    values["for_firm"] = str(vacancy.enterprise.key) if vacancy.enterprise else None
    values["confirmed"] = "|".join(queries.doubts(vacancy, clock.today()))
    return {
        name: "" if value is None and name in LIST_OF else value for name, value in values.items()
    }


def round_words(month: dt.date | None, number: int | None) -> str:
    """Return a round as people say it: "Đợt 2 tháng 11/2026"."""
    if month is None or number is None:
        return ""
    return str(_("Đợt %(number)s tháng %(month)s", number=number, month=f"{month:%m/%Y}"))


def firm_name(vacancy: Any) -> str:
    """Return the firm of a vacancy as it can be typed again."""
    firm = vacancy.enterprise
    if firm is None or find_by_name(db.session(), firm.name) is firm:
        return str(firm.name) if firm is not None else ""
    return str(firm.tax_number or firm.name)


def place_name(code: str | None) -> str:
    """Return the commune's name where it leads back to the same commune, else its code."""
    found = commune(db.session(), code)
    if found is None:
        return code or ""
    try:
        back = read_commune(db.session(), found.full_name, field="commune_code")
    except Refused:
        back = None
    return found.full_name if back == code else found.code
