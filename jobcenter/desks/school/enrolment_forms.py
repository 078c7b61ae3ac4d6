"""The forms about learners: filter, who leaves, who pays, to which class, who applies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from wtforms import RadioField, SelectField

from jobcenter.catalogue.queries import read_commune
from jobcenter.courses.queries import seats_left
from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.forms import AnswerField, DateField, Form, LineField, NumberField
from jobcenter.desks.labels import choices
from jobcenter.enrolments.choices import (
    MOST_CHOICES,
    SOURCE_LABELS,
    STATE_LABELS,
    EnrolState,
    Source,
)
from jobcenter.enrolments.queries import EnrolmentFilter
from jobcenter.enrolments.support import Proof
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_
from jobcenter.people.choices import SEX_LABELS, Sex
from jobcenter.people.rules import Identity

_ALL = N_("Tất cả")


class EnrolmentFilterForm(Form):
    """How the list is narrowed; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    text = LineField(N_("Tên, số học viên, điện thoại, CCCD"))
    state = SelectField(
        N_("Trạng thái"), default="",
        choices=lambda: [("", _(_ALL)), *((s.value, _(STATE_LABELS[s])) for s in EnrolState)],
    )  # fmt: skip
    type = SelectField(
        N_("Loại chương trình"), default="", choices=lambda: choices("V", blank=_(_ALL))
    )
    funding = SelectField(
        N_("Nguồn kinh phí"), default="", choices=lambda: choices("W", blank=_(_ALL))
    )
    year = NumberField(N_("Năm khai giảng"), least=2000, most=2200)

    def wanted(self, **more: Any) -> EnrolmentFilter:
        """Return the filter; what cannot be read narrows nothing."""
        self.validate()
        good = {field.name: field.data for field in self if field.data and not field.errors}
        return EnrolmentFilter(
            text=good.get("text", ""),
            state=EnrolState(good["state"]) if "state" in good else None,
            type=good.get("type"),
            funding=good.get("funding"),
            year=good.get("year"),
            **more,
        )


class LeaveForm(Form):
    """Why somebody is not taken, or leaves."""

    reason = LineField(N_("Lý do"), most=300)


class ProofFields(Form):
    """Target group and proof; the paper itself is not kept."""

    target_group = CodeField(N_("Đối tượng"), "F", blank=N_("Không thuộc đối tượng nào"))
    proof_number = LineField(N_("Số giấy tờ chứng minh"), most=80)
    proof_issuer = LineField(N_("Nơi cấp"), most=160)
    proof_on = DateField(N_("Ngày cấp"))
    earlier_support = AnswerField(N_("Đã được nhà nước hỗ trợ học nghề lần nào chưa"))

    def proof(self) -> Proof:
        """Return what was typed as the rules take it."""
        return Proof(
            group=self.target_group.data or None,
            number=self.proof_number.data or "",
            issuer=self.proof_issuer.data or "",
            on=self.proof_on.day,
            earlier_support=self.earlier_support.answer,
        )


class FundingForm(ProofFields):
    """Who pays for a learner, and by what proof."""

    funding = CodeField(N_("Nguồn kinh phí"), "W", blank=N_("Chọn nguồn"))
    support_grounds = LineField(N_("Quyết định cho hỗ trợ thêm lần nữa"), most=160)


class TransferForm(Form):
    """To which class somebody moves."""

    to = SelectField(N_("Sang lớp"), choices=[], default="")
    why = LineField(N_("Lý do"), most=300)

    def offer(self, courses: Iterable[Any], present: Any) -> None:
        """Offer the classes that take people."""
        self.to.choices = [
            (str(one.key), class_words(one)) for one in courses if one.id != present.id
        ]


def class_words(course: Any) -> str:
    """Return a class in one line: name, first day, places left."""
    day, left = f"{course.starts_on:%d/%m/%Y}", seats_left(course)
    told = _("khai giảng %(day)s, còn %(left)s chỗ", day=day, left=left)
    return f"{course.code} {course.name}, {told}"


class PersonForm(Form):
    """Who wants to learn, as far as it is known; the register finds whom it belongs to."""

    full_name = LineField(N_("Họ và tên"), needed=True)
    birth_date = LineField(N_("Ngày sinh hoặc năm sinh"), most=20)
    sex = SelectField(
        N_("Giới tính"), default="",
        choices=lambda: [("", _("Chưa hỏi")), *((s.value, _(SEX_LABELS[s])) for s in Sex)],
    )  # fmt: skip
    id_number = LineField(N_("Số CCCD"), most=20)
    phone = LineField(N_("Điện thoại"), most=20)
    current_commune = LineField(N_("Nơi ở"), render_kw={"list": "communes"})
    same = RadioField(
        N_("Có phải một trong những người này"), choices=[], default="", validate_choice=False
    )

    def identity(self) -> Identity:
        """Return what was typed as the register takes it."""
        typed = self.birth_date.data or ""
        born = vietnamese.parse_birth(typed, today=clock.today()) if typed else None
        return Identity(
            full_name=self.full_name.data or "",
            birth_date=born.day if born else None,
            birth_year=born.year if born else None,
            sex=Sex(self.sex.data) if self.sex.data else None,
            id_number=self.id_number.data or None,
            phone=self.phone.data or None,
            current_commune=read_commune(
                db.session(), self.current_commune.data or "", field="current_commune"
            ),
        )


class ApplyForm(ProofFields):
    """For which classes somebody applies, in the order of their wish."""

    first = SelectField(N_("Nguyện vọng 1"), choices=[])
    second = SelectField(N_("Nguyện vọng 2"), choices=[], default="")
    third = SelectField(N_("Nguyện vọng 3"), choices=[], default="")
    source = SelectField(
        N_("Đơn nộp"),
        choices=lambda: [(s.value, _(SOURCE_LABELS[s])) for s in (Source.COUNTER, Source.PHONE)],
    )
    funding = CodeField(N_("Nguồn kinh phí"), "W", blank=N_("Theo lớp"))
    note = LineField(N_("Ghi chú"), most=300)

    def offer(self, courses: Iterable[Any]) -> None:
        """Offer the classes that take people."""
        rows = [(str(one.key), class_words(one)) for one in courses]
        self.first.choices = rows
        for field in (self.second, self.third):
            field.choices = [("", _("Không")), *rows]

    def wishes(self) -> list[str]:
        """Return the keys of the classes, the dearest first."""
        fields = (self.first, self.second, self.third)[:MOST_CHOICES]
        return [field.data for field in fields if field.data]
