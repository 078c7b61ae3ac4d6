"""The forms about programmes: the programme, its modules, the rule of a type."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, SelectField
from wtforms.widgets import TextArea

from jobcenter.catalogue.choices import AWARD_LABELS, Award
from jobcenter.courses.choices import ROOM_LABELS, RoomKind
from jobcenter.courses.data import ModuleData, ProgrammeData, SkillData
from jobcenter.courses.typerules import TypeRuleData
from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.forms import (
    DateField,
    Form,
    LineField,
    NumberField,
    PastedField,
    ProseField,
)
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

SAME = ("code", "name_vi", "name_en", "partner", "certificate", "description")
MOST_LINES = 80


def table_lines(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line, pasted from a sheet (tabs) or typed with semicolons."""
    for line in text.splitlines()[:MOST_LINES]:
        cells = [vietnamese.clean_line(cell) for cell in line.split(";")]
        if any(cells):
            yield cells


class ProgrammeForm(Form):
    """A programme and the skills that it teaches."""

    code = LineField(N_("Mã chương trình"), most=20, needed=True)
    type = CodeField(N_("Loại chương trình"), "V", blank=N_("Chọn loại"))
    name_vi = LineField(N_("Tên nghề, khoá học"), most=160, needed=True)
    name_en = LineField(N_("Tên tiếng Anh"), most=160)
    partner = LineField(N_("Trường cấp bằng (chương trình liên kết)"), most=160)
    certificate = LineField(N_("Chứng chỉ người học có, như doanh nghiệp hay ghi"), most=120)
    least_age = NumberField(N_("Từ tuổi"), least=13, most=60, default=15, needed=True)
    least_education = CodeField(N_("Học vấn tối thiểu"), "A", blank=N_("Không yêu cầu"))
    is_hazardous = BooleanField(N_("Nghề nặng nhọc, nguy hiểm"))
    is_offered = BooleanField(N_("Đang dùng để mở lớp"), default=True)
    skills = PastedField(N_("Kỹ năng được học"), most=8000, widget=TextArea())
    description = ProseField(N_("Mô tả"), most=4000, widget=TextArea())

    def read(self) -> ProgrammeData:
        """Return what was typed as the rules take it."""
        given: dict[str, Any] = {name: self[name].data or "" for name in SAME}
        return ProgrammeData(
            type=self.type.data or "",
            least_age=self.least_age.data or 0,
            least_education=self.least_education.data or None,
            is_hazardous=bool(self.is_hazardous.data),
            is_offered=bool(self.is_offered.data),
            skills=[_skill(cells) for cells in table_lines(self.skills.data or "")],
            **given,
        )


def _skill(cells: list[str]) -> SkillData:
    if len(cells[0]) > 120:
        raise Refused(N_("Dài nhất %(most)s ký tự, đang có %(have)s."), field="skills", most=120,
                      have=len(cells[0]))  # fmt: skip
    code = cells[1] if len(cells) > 1 and cells[1] else None
    return SkillData(name=cells[0], occupation_code=code)


def values_of(programme: Any) -> dict[str, Any]:
    """Return what the form shows of a programme that is kept."""
    names = (*SAME, "type", "least_age", "least_education", "is_hazardous", "is_offered")
    values = {name: getattr(programme, name) for name in names}
    lines = (f"{one.name}; {one.occupation_code or ''}" for one in programme.skills)
    return values | {"skills": "\n".join(line.rstrip("; ") for line in lines)}


class CurriculumForm(Form):
    """The modules of a programme from a day on."""

    valid_from = DateField(N_("Áp dụng từ"), needed=True, default=clock.today)
    decision = LineField(N_("Theo quyết định"), most=120)
    modules = PastedField(N_("Các mô đun"), most=12000, needed=True, widget=TextArea())

    def read(self) -> list[ModuleData]:
        """Return the modules; refuses a line that is not one, with its number."""
        return [
            _module(number, cells)
            for number, cells in enumerate(table_lines(self.modules.data or ""), 1)
        ]

    def day(self) -> dt.date:
        """Return the first day."""
        if self.valid_from.day is None:
            raise Refused(N_("Cần điền mục này."), field="valid_from")
        return self.valid_from.day


def _module(number: int, cells: list[str]) -> ModuleData:
    hours = [int(cell) for cell in cells[2:5] if cell.isascii() and cell.isdigit()]
    wrong = len(cells) < 3 or len(hours) != len(cells[2:5]) or any(one > 2000 for one in hours)
    if wrong or not cells[0] or not cells[1] or len(cells[0]) > 20 or len(cells[1]) > 160:
        raise Refused(
            N_("Dòng %(number)s: viết “mã; tên; giờ lý thuyết; giờ thực hành; giờ kiểm tra”."),
            field="modules", number=number,
        )  # fmt: skip
    hours += [0] * (3 - len(hours))
    return ModuleData(
        code=cells[0], name=cells[1], theory_hours=hours[0], practice_hours=hours[1],
        exam_hours=hours[2],
    )  # fmt: skip


def module_lines(curriculum: Any) -> str:
    """Return the modules as the form takes them."""
    return "\n".join(
        f"{m.code}; {m.name}; {m.theory_hours}; {m.practice_hours}; {m.exam_hours}"
        for m in curriculum.modules
    )


class TypeRuleForm(Form):
    """What holds for a programme type from a day on."""

    valid_from = DateField(N_("Áp dụng từ"), needed=True)
    hours_least = NumberField(N_("Giờ tối thiểu"), most=10_000)
    hours_most = NumberField(N_("Giờ tối đa"), most=10_000)
    modules_least = NumberField(N_("Số mô đun tối thiểu"), most=200)
    theory_most = NumberField(N_("Lý thuyết nhiều nhất, %"), most=100)
    theory_attendance = NumberField(N_("Dự lý thuyết ít nhất, %"), most=100, needed=True)
    practice_attendance = NumberField(N_("Dự thực hành ít nhất, %"), most=100, needed=True)
    module_mark = LineField(N_("Điểm mô đun ít nhất"), most=5, needed=True)
    pass_mark = LineField(N_("Điểm đạt"), most=5, needed=True)
    size_theory = NumberField(N_("Sĩ số lý thuyết"), most=500)
    size_practice = NumberField(N_("Sĩ số thực hành"), most=500)
    size_hazard = NumberField(N_("Sĩ số nghề nguy hiểm"), most=500)
    counts_in_plan = BooleanField(N_("Tính vào chỉ tiêu năm"))
    award = SelectField(
        N_("Giấy người học nhận"), choices=lambda: [(a.value, _(AWARD_LABELS[a])) for a in Award]
    )
    valid_months = NumberField(N_("Giấy có giá trị, tháng"), most=600)
    refresher_hours = NumberField(N_("Giờ huấn luyện lại"), most=500)
    source = LineField(N_("Căn cứ"), most=160)

    def read(self) -> TypeRuleData:
        """Return what was typed as the rules take it."""
        if self.valid_from.day is None:
            raise Refused(N_("Cần điền mục này."), field="valid_from")
        whole = (
            "hours_least", "hours_most", "modules_least", "theory_most", "size_theory",
            "size_practice", "size_hazard", "valid_months", "refresher_hours",
        )  # fmt: skip
        return TypeRuleData(
            valid_from=self.valid_from.day,
            theory_attendance=self.theory_attendance.data or 0,
            practice_attendance=self.practice_attendance.data or 0,
            module_mark=_mark(self.module_mark),
            pass_mark=_mark(self.pass_mark),
            counts_in_plan=bool(self.counts_in_plan.data),
            award=Award(self.award.data),
            source=self.source.data or "",
            **{name: self[name].data for name in whole},
        )


def _mark(field: LineField) -> int:
    """Return a mark in tenths: 5, 5.0 and 5,5 are understood."""
    match = re.fullmatch(r"(\d{1,2})(?:[.,](\d))?", field.data or "", re.ASCII)
    tenths = int(match[1]) * 10 + int(match[2] or 0) if match else 101
    if tenths > 100:
        raise Refused(N_("Ghi điểm từ 0 đến 10, lẻ một số."), field=field.name)
    return tenths


def rule_values(rule: Any) -> dict[str, Any]:
    """Return what the form shows of a rule in force."""
    values = {
        name: getattr(rule, name)
        for name in TypeRuleData.__dataclass_fields__ if name not in ("valid_from", "source")
    }  # fmt: skip
    for name in ("module_mark", "pass_mark"):
        values[name] = f"{values[name] // 10},{values[name] % 10}"
    return values


class TrainerForm(Form):
    """A trainer."""

    name = LineField(N_("Họ và tên"), needed=True)
    phone = LineField(N_("Điện thoại"), most=20)
    subject = LineField(N_("Dạy môn, nghề"), most=160)
    login = LineField(N_("Tên đăng nhập"), most=80)
    is_active = BooleanField(N_("Đang dạy"), default=True)


class RoomForm(Form):
    """A room."""

    name = LineField(N_("Tên phòng, xưởng"), most=80, needed=True)
    kind = SelectField(
        N_("Loại phòng"), choices=lambda: [(k.value, _(ROOM_LABELS[k])) for k in RoomKind]
    )
    seats = NumberField(N_("Chỗ ngồi"), least=1, most=1000, needed=True)
    place = LineField(N_("Ở đâu"), most=160)
    is_active = BooleanField(N_("Đang dùng"), default=True)
