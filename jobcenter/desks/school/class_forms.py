"""The forms of the school's desk about classes: filter, class, session, steps."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.widgets import TextArea

from jobcenter.catalogue.queries import read_commune
from jobcenter.courses import queries
from jobcenter.courses.choices import (
    FILL_LABELS,
    MOST_PLACES,
    MOST_SESSION_HOURS,
    SESSION_LABELS,
    STATE_LABELS,
    WEEKDAYS,
    ClassState,
    FillRule,
    SessionKind,
)
from jobcenter.courses.data import ClassData
from jobcenter.courses.timetable import SessionData
from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.forms import (
    CheckField,
    DateField,
    Form,
    LineField,
    NumberField,
    ProseField,
    TimeField,
)
from jobcenter.desks.labels import choices
from jobcenter.desks.pages import WEEKDAYS as DAY_NAMES
from jobcenter.desks.vacancy_form import place_name
from jobcenter.enterprises.queries import read_firm
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ALL = N_("Tất cả")
SAME = (
    "code", "name", "course", "intake", "place", "contract_number", "note",
)  # fmt: skip


class FilterForm(Form):
    """How the list of classes is narrowed; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    text = LineField(N_("Tên lớp, mã lớp"))
    state = SelectField(
        N_("Trạng thái"), default="",
        choices=lambda: [("", _(_ALL)), *((s.value, _(STATE_LABELS[s])) for s in ClassState)],
    )  # fmt: skip
    type = SelectField(
        N_("Loại chương trình"), default="", choices=lambda: choices("V", blank=_(_ALL))
    )
    year = NumberField(N_("Năm khai giảng"), least=2000, most=2200)
    seats = SelectField(
        N_("Chỗ"), default="", choices=lambda: [("", _(_ALL)), ("yes", _("Còn chỗ"))]
    )

    def wanted(self, **more: Any) -> queries.ClassFilter:
        """Return the filter; what cannot be read narrows nothing."""
        self.validate()
        good = {field.name: field.data for field in self if field.data and not field.errors}
        return queries.ClassFilter(
            text=good.get("text", ""),
            state=ClassState(good["state"]) if "state" in good else None,
            type=good.get("type"),
            year=good.get("year"),
            has_seats=good.get("seats") == "yes",
            **more,
        )


def _trainers() -> list[tuple[str, str]]:
    rows = queries.trainers(db.session(), is_active=True)
    return [("", _("Chưa phân công")), *((str(row.key), row.name) for row in rows)]


def _rooms() -> list[tuple[str, str]]:
    rows = queries.rooms(db.session(), is_active=True)
    return [("", _("Chưa xếp phòng")), *((str(row.key), row.name) for row in rows)]


class KeptChoice(SelectField):
    """A choice by key that keeps what a record holds, even where it is offered no more."""

    def keep(self, row: Any) -> None:
        """Offer this row too."""
        known = cast("list[tuple[str, str]]", self.choices)
        if row is not None and str(row.key) not in dict(known):
            self.choices = [*known, (str(row.key), row.name)]


class ClassForm(Form):
    """A class as it is planned."""

    code = LineField(N_("Mã lớp"), most=40, needed=True)
    name = LineField(N_("Tên lớp"), most=160, needed=True)
    course = LineField(N_("Khoá"), most=20)
    intake = LineField(N_("Đợt tuyển sinh"), most=60)
    starts_on = DateField(N_("Khai giảng"), needed=True)
    ends_on = DateField(N_("Bế giảng"), needed=True)
    enrol_until = DateField(N_("Nhận đơn đến"))
    places = NumberField(N_("Số chỗ"), least=1, most=MOST_PLACES, needed=True)
    fill_rule = SelectField(
        N_("Cách xếp chỗ"), choices=lambda: [(r.value, _(FILL_LABELS[r])) for r in FillRule]
    )
    weekdays = CheckField(
        N_("Học các thứ"),
        choices=lambda: [(day, _(DAY_NAMES[int(day)])) for day in WEEKDAYS],
    )
    starts_at = TimeField(N_("Từ giờ"))
    ends_at = TimeField(N_("Đến giờ"))
    session_hours = NumberField(
        N_("Giờ chuẩn mỗi buổi"), least=1, most=MOST_SESSION_HOURS, default=4, needed=True
    )
    trainer = KeptChoice(N_("Giáo viên chủ nhiệm"), choices=_trainers, default="")
    room = KeptChoice(N_("Phòng học"), choices=_rooms, default="")
    place = LineField(N_("Nơi học nếu ngoài trường"), most=160)
    commune = LineField(N_("Phường, xã nơi học"), render_kw={"list": "communes"})
    funding = CodeField(N_("Nguồn kinh phí chung"), "W", blank=N_("Chọn nguồn"))
    cost = NumberField(N_("Tổng chi phí lớp"))
    fee = NumberField(N_("Học phí mỗi người"))
    enterprise = LineField(N_("Doanh nghiệp đặt lớp"), most=200, render_kw={"list": "firms"})
    contract_number = LineField(N_("Số hợp đồng"), most=60)
    contract_on = DateField(N_("Ngày hợp đồng"))
    ordered = NumberField(N_("Số người đặt"), least=1, most=MOST_PLACES)
    note = ProseField(N_("Ghi chú"), most=2000, widget=TextArea())

    def read(self) -> ClassData:
        """Return what was typed as the rules take it."""
        given: dict[str, Any] = {name: self[name].data or "" for name in SAME}
        firm = read_firm(db.session(), self.enterprise.data or "", field="enterprise")
        trainer, room = _row(self.trainer, queries.one_trainer), _row(self.room, queries.one_room)
        return ClassData(
            starts_on=_day(self.starts_on),
            ends_on=_day(self.ends_on),
            enrol_until=self.enrol_until.day,
            places=self.places.data or 0,
            fill_rule=FillRule(self.fill_rule.data),
            weekdays=tuple(self.weekdays.data or ()),
            starts_at=self.starts_at.time,
            ends_at=self.ends_at.time,
            session_hours=self.session_hours.data or 1,
            trainer_id=trainer.id if trainer else None,
            room_id=room.id if room else None,
            commune_code=read_commune(db.session(), self.commune.data or "", field="commune"),
            funding=self.funding.data or "",
            cost=self.cost.data,
            fee=self.fee.data,
            enterprise_id=firm.id if firm else None,
            contract_on=self.contract_on.day,
            ordered=self.ordered.data,
            **given,
        )


def _day(field: DateField) -> dt.date:
    if field.day is None:
        raise Refused(N_("Cần điền mục này."), field=field.name)
    return field.day


def _row(field: SelectField, one: Callable[[Session, uuid.UUID], Any]) -> Any:
    """Return the row whose key was chosen; the field has checked that it was offered."""
    return one(db.session(), uuid.UUID(field.data)) if field.data else None


def values_of(course: Any) -> dict[str, Any]:
    """Return what the form shows of a class that is kept."""
    values = {name: getattr(course, name) for name in SAME}
    values |= {
        name: getattr(course, name)
        for name in (
            "starts_on", "ends_on", "enrol_until", "places", "fill_rule", "weekdays", "starts_at",
            "ends_at", "session_hours", "funding", "cost", "fee", "contract_on", "ordered",
        )
    }  # fmt: skip
    values["trainer"] = str(course.trainer.key) if course.trainer else ""
    values["room"] = str(course.room.key) if course.room else ""
    values["commune"] = place_name(course.commune_code)
    firm = course.enterprise
    values["enterprise"] = (firm.tax_number or firm.name) if firm else ""
    return values


class StepForm(Form):
    """Why a class is cancelled."""

    reason = LineField(N_("Lý do"), most=300)


class SessionForm(Form):
    """One session."""

    day = DateField(N_("Ngày"), needed=True)
    starts_at = TimeField(N_("Từ giờ"), needed=True)
    ends_at = TimeField(N_("Đến giờ"), needed=True)
    kind = SelectField(
        N_("Loại giờ"), choices=lambda: [(k.value, _(SESSION_LABELS[k])) for k in SessionKind]
    )
    hours = NumberField(N_("Giờ chuẩn"), least=1, most=MOST_SESSION_HOURS, needed=True)
    module = SelectField(N_("Mô đun"), choices=[], default="")
    topic = LineField(N_("Nội dung"), most=160)
    trainer = KeptChoice(N_("Giáo viên"), choices=_trainers, default="")
    room = KeptChoice(N_("Phòng học"), choices=_rooms, default="")

    def offer_modules(self, course: Any) -> None:
        """Offer the modules of the class's curriculum."""
        modules = course.curriculum.modules if course.curriculum else ()
        self.module.choices = [
            ("", _("Không theo mô đun")), *((str(m.key), f"{m.code} {m.name}") for m in modules),
        ]  # fmt: skip

    def read(self, course: Any) -> SessionData:
        """Return what was typed as the rules take it."""
        modules = {str(m.key): m.id for m in course.curriculum.modules} if course.curriculum else {}
        trainer, room = _row(self.trainer, queries.one_trainer), _row(self.room, queries.one_room)
        start, end = self.starts_at.time, self.ends_at.time
        if start is None or end is None:
            raise Refused(N_("Ghi cả giờ bắt đầu và giờ kết thúc."), field="ends_at")
        return SessionData(
            day=_day(self.day), starts_at=start, ends_at=end, kind=SessionKind(self.kind.data),
            hours=self.hours.data or 1, module_id=modules.get(self.module.data or ""),
            topic=self.topic.data or "", trainer_id=trainer.id if trainer else None,
            room_id=room.id if room else None,
        )  # fmt: skip


class ReasonForm(Form):
    """Why a session does not take place."""

    reason = LineField(N_("Lý do nghỉ"), most=200, needed=True)


class StartForm(Form):
    """From which day on a timetable is made anew."""

    start = DateField(N_("Lập lịch từ ngày"))
