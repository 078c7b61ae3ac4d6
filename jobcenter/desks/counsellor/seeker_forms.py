"""Forms of the job seekers' register, and how they become the data that rules take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from flask_babel import gettext as _
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import StopValidation

from jobcenter.catalogue.addresses import place as placed
from jobcenter.catalogue.queries import read_commune
from jobcenter.desks.code_fields import CodeField, CodesField
from jobcenter.desks.errors import words
from jobcenter.desks.forms import (
    AnswerField,
    DateField,
    Form,
    LineField,
    NumberField,
    ProseField,
)
from jobcenter.desks.labels import choices
from jobcenter.desks.lines import Line, Lines
from jobcenter.desks.occupation_field import OccupationField
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import SEX_LABELS, WAY_LABELS, Purpose, Way
from jobcenter.seekers.choices import FIELD_LABELS as L
from jobcenter.seekers.choices import STATE_LABELS

Pairs = list[tuple[str, str]]
PAY_MOST = 999_000_000
NEED_EVIDENCE = (Way.PAPER.value, Way.PHONE.value)
ASKED_AT_COUNTER = (Purpose.REGISTER, Purpose.INTRODUCE, Purpose.PUBLISH, Purpose.STATISTICS)


class Reads:
    """The field can be read by `parse`, which refuses with what is wrong."""

    def __init__(self, parse: Callable[[str], object]) -> None:
        self.parse = parse

    def __call__(self, form: object, field: Any) -> None:
        """Stop with the refusal's words."""
        try:
            self.parse(field.data)
        except Refused as refused:
            raise StopValidation(words(refused)) from None


class ReadField(LineField):
    """A line that a parser reads; what was typed is kept when it cannot be read."""

    def __init__(self, label: str, parse: Callable[[str], object], **kw: Any) -> None:
        super().__init__(label, **kw)
        self.validators = [*self.validators, Reads(parse)]


def born(text: str | None) -> vietnamese.PartialDate | None:
    """Return the birth date or year typed, None when empty."""
    return vietnamese.parse_birth(text, today=clock.today()) if text else None


def insurance_number(text: str) -> str:
    """Return a social insurance number of ten digits."""
    number = vietnamese.digits(text)
    if len(number) != 10 or re.search(r"[^\d\s.\-]", text):
        raise Refused(N_("Cần 10 số, đang có %(have)s."), have=len(number))
    return number


def place(field: str) -> Callable[[str], str | None]:
    """Return a reader of commune names for `field`; "Xã Đông Hưng, Hưng Yên" names its province."""

    def read(text: str) -> str | None:
        found = placed(db.session(), text, written=clock.today()) if "," in text else None
        code = (found.code if found else None) or commune_code(text)
        return read_commune(db.session(), code, field=field)

    return read


def commune_code(text: str) -> str:
    """Return the code when `text` is the full name as the form itself offers it."""
    known = {name: code for code, name in choices("commune")}
    return known.get(text, text)


class WishLine(Line):
    """A job wanted."""

    title = LineField(L["wishes"])
    occupation_code = OccupationField(N_("Nghề theo danh mục"))


class YearField(NumberField):
    """A year: a number without dots between thousands."""

    def _value(self) -> str:
        return super()._value().replace(".", "")


class QualificationLine(Line):
    """A professional level."""

    level = CodeField(N_("Trình độ"), "B")
    field = LineField(N_("Ngành, nghề"))
    school = LineField(N_("Trường"), most=160)
    year = YearField(N_("Năm"), least=1950, most=2100)


class CertificateLine(Line):
    """An occupational certificate."""

    name = LineField(N_("Tên chứng chỉ"))
    issued_on = DateField(N_("Ngày cấp"))
    valid_to = DateField(N_("Có giá trị đến"))


class ExperienceLine(Line):
    """A job held."""

    position = LineField(N_("Công việc"))
    employer = LineField(N_("Nơi làm"), most=160)
    started_on = DateField(N_("Từ ngày"))
    ended_on = DateField(N_("Đến ngày"))
    occupation_code = OccupationField(N_("Nghề theo danh mục"))
    duties = ProseField(N_("Đã làm những gì, máy gì"), most=4000)


class LanguageLine(Line):
    """A foreign language."""

    language = LineField(N_("Ngoại ngữ"), most=40)
    ability = CodeField(N_("Khả năng"), "C")
    certificate = LineField(N_("Chứng chỉ"), most=80)


class GroupLine(Line):
    """A target group with its proof."""

    code = CodeField(N_("Diện"), "F")
    proof_number = LineField(N_("Số giấy chứng minh"), most=80)
    issuer = LineField(N_("Nơi cấp"), most=160)
    valid_from = DateField(N_("Từ ngày"))
    valid_to = DateField(N_("Đến ngày"))


class IdentityForm(Form):
    """What intake and edit ask of a person."""

    full_name = LineField(L["full_name"], needed=True)
    birth = ReadField(L["birth"], born, most=20)
    sex = RadioField(L["sex"], default="")
    id_number = ReadField(L["id_number"], vietnamese.parse_id_number, most=30)
    phone = ReadField(L["phone"], vietnamese.parse_phone, most=30)
    current_commune = ReadField(
        L["current_commune"], place("current_commune"), most=160, render_kw={"list": "communes"}
    )
    general_education = CodeField(L["general_education"], "A")
    qualification = CodeField(L["qualification"], "B")
    pay_min = NumberField(L["pay_min"], most=PAY_MOST)
    shifts = CodesField(L["shifts"], "K")
    accepts_overtime = AnswerField(L["accepts_overtime"])
    needs_bus = AnswerField(L["needs_bus"], yes=N_("Cần"))
    needs_dormitory = AnswerField(L["needs_dormitory"], yes=N_("Cần"))
    available_on = DateField(L["available_on"])
    services = CodesField(L["services"], "G")

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.sex.choices = [(sex.value, _(label)) for sex, label in SEX_LABELS.items()]
        self.sex.choices.append(("", _("Chưa hỏi")))


class EditForm(IdentityForm):
    """Everything that a file holds, sensitive data aside."""

    old_id_number = ReadField(L["old_id_number"], vietnamese.parse_old_id_number, most=20)
    id_issued_on = DateField(L["id_issued_on"])
    id_issued_by = LineField(L["id_issued_by"], most=160)
    email = LineField(L["email"])
    zalo = LineField(L["zalo"], most=40)
    current_detail = LineField(L["current_detail"], most=200)
    permanent_commune = ReadField(
        L["permanent_commune"], place("permanent_commune"), most=160, render_kw={"list": "communes"}
    )
    permanent_detail = LineField(L["permanent_detail"], most=200)
    social_insurance_number = ReadField(L["social_insurance_number"], insurance_number, most=20)
    skill_grade = NumberField(L["skill_grade"], least=1, most=7)
    office_it = CodeField(L["office_it"], "C")
    other_it = LineField(L["other_it"], most=200)
    soft_skills = CodesField(L["soft_skills"], "D")
    skills = ProseField(L["skills"], most=4000)
    qualifications = Lines(L["qualifications"], QualificationLine)
    certificates = Lines(L["certificates"], CertificateLine)
    languages = Lines(L["languages"], LanguageLine)
    experiences = Lines(L["experiences"], ExperienceLine)
    employment_status = CodeField(L["employment_status"], "E")
    status_since = DateField(L["status_since"])
    job_loss_reason = LineField(L["job_loss_reason"], most=200)
    last_pay = NumberField(L["last_pay"], most=PAY_MOST)
    on_unemployment_benefit = AnswerField(L["on_unemployment_benefit"])
    wishes = Lines(L["wishes"], WishLine, most=3, ordered=True)
    pay_wanted = NumberField(L["pay_wanted"], most=PAY_MOST)
    mode = CodeField(L["mode"], "I")
    purpose = CodeField(L["purpose"], "J")
    employer_types = CodesField(L["employer_types"], "L")
    parks = CodesField(L["parks"], "park")
    note = ProseField(L["note"], most=4000)

    def make_room(self) -> None:
        """Give every repeated part its empty lines."""
        for field in self:
            if isinstance(field, Lines):
                field.make_room(3 if field.name == "wishes" else 1)


class SensitiveForm(Form):
    """What is kept only with consent for it."""

    ethnicity = LineField(L["ethnicity"], most=40)
    height_cm = NumberField(L["height_cm"], least=80, most=230)
    weight_kg = NumberField(L["weight_kg"], least=20, most=250)
    health = LineField(L["health"], most=400)
    target_groups = Lines(L["target_groups"], GroupLine)


class FilterForm(Form):
    """What the register is narrowed to; its state stands in the address."""

    class Meta(Form.Meta):
        """Reading needs no token."""

        csrf = False

    text = LineField(N_("Tìm tên, điện thoại, CCCD"), most=80)
    state = SelectField(N_("Trạng thái"), default="")
    commune = CodeField(N_("Đang ở"), "commune")
    education = CodeField(N_("Học phổ thông"), "A")
    shift = CodeField(N_("Ca làm"), "K")
    available_by = DateField(N_("Đi làm được trước"))
    sort = SelectField(N_("Xếp theo"), default="newest")
    hidden = HiddenField()  # an ID number: see desks/counsellor/finding.py

    def __init__(self, args: Any) -> None:
        super().__init__(args)
        everything = ("", _("Tất cả"))
        self.state.choices = [everything, *((s.value, _(n)) for s, n in STATE_LABELS.items())]
        self.sort.choices = [("newest", _("Mới nhất")), ("name", _("Tên"))]
        for field in (self.commune, self.education, self.shift):
            field.choices = [everything, *cast("Pairs", field.choices)[1:]]


class ConsentForm(Form):
    """A yes with its evidence, or its end; `text` is the version that was read out."""

    purpose = HiddenField()
    text = HiddenField()
    act = HiddenField()
    way = RadioField(N_("Bằng cách nào"), default=Way.COUNTER.value)
    evidence = LineField(N_("Bằng chứng"), most=200)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.way.choices = staff_ways()

    def validate_purpose(self, field: Any) -> None:
        """Accept the purposes alone."""
        if field.data not in set(Purpose):
            raise StopValidation(_("Chọn một giá trị trong danh sách."))

    def validate(self, extra_validators: Any = None) -> bool:
        """A yes on paper or by phone needs something to find it by."""
        good = super().validate(extra_validators)
        is_yes = self.act.data != "withdraw"
        if is_yes and self.way.data in NEED_EVIDENCE and not self.evidence.data:
            self.evidence.errors = [_("Ghi số phiếu đã ký, hoặc giờ gọi.")]
            return False
        return bool(good)


def staff_ways() -> list[tuple[str, str]]:
    """Return the ways in which staff may record a consent: a person's own click is no staff's."""
    return [(way.value, _(name)) for way, name in WAY_LABELS.items() if way != Way.ONLINE]
