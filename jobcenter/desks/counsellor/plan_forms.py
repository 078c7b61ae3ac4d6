"""Forms of the plan of a person and of appointments."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.validators import StopValidation

from jobcenter.advising.choices import AT_COUNTER, DOER_LABELS, Doer
from jobcenter.desks.access import me
from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.forms import DateField, Form, LineField, NumberField
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.seekers.caseload import carriers

_TIME = re.compile(r"(\d{1,2})\s*(?:[:hg.]\s*(\d{2})?)?", re.IGNORECASE | re.ASCII)


class ClockField(LineField):
    """A time of day typed as 09:30; 9h30 and 9 are understood."""

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, most=10, **kw)
        self.time: dt.time | None = None

    def pre_validate(self, form: object) -> None:
        """Read the time or say how it is written."""
        self.time = None
        if not self.data:
            return
        match = _TIME.fullmatch(self.data)
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
        if hour > 23 or minute > 59:
            raise StopValidation(_("Viết giờ theo dạng 09:30."))
        self.time = dt.time(hour, minute)


class PlanForm(Form):
    """What is to be reached."""

    goal = LineField(N_("Mục tiêu"), most=300, needed=True)


class StepForm(Form):
    """What is to be done, until when, by whom."""

    what = LineField(N_("Việc cần làm"), most=200, needed=True)
    due_on = DateField(N_("Hạn"))
    doer = SelectField(
        N_("Ai làm"),
        choices=lambda: [(one.value, _(DOER_LABELS[one])) for one in Doer],
        default=Doer.PERSON.value,
    )


class AppointmentForm(Form):
    """When, how and with whom."""

    day = DateField(N_("Ngày hẹn"))
    time = ClockField(N_("Giờ hẹn"))
    minutes = NumberField(N_("Trong bao lâu"), least=5, most=480, default=30)
    user = SelectField(N_("Ai tiếp"), validate_choice=False)
    channel = CodeField(N_("Gặp bằng cách nào"), "S", blank=N_("Chọn"), default=AT_COUNTER)
    place = LineField(N_("Ở đâu"), most=200)
    about = LineField(N_("Để làm gì"), most=200)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.people = {str(one.key): one.id for one in carriers(db.session())}
        names = [(str(one.key), one.name) for one in carriers(db.session())]
        self.user.choices = names
        if not self.user.data:
            mine = [key for key, user_id in self.people.items() if user_id == me().user_id]
            self.user.data = mine[0] if mine else ""

    def wanted(self) -> dict[str, Any]:
        """Return what was typed as the rule takes it, or refuse what lacks."""
        for name, value in (("day", self.day.day), ("time", self.time.time)):
            if value is None:
                raise Refused(N_("Cần điền mục này."), field=name)
        if not self.channel.data:
            raise Refused(N_("Cần điền mục này."), field="channel")
        if self.user.data not in self.people:
            raise Refused(N_("Chọn một giá trị trong danh sách."), field="user")
        return {
            "day": self.day.day, "time": self.time.time, "minutes": self.minutes.data or 30,
            "user_id": self.people[self.user.data], "channel": self.channel.data,
            "place": self.place.data or "", "about": self.about.data or "",
        }  # fmt: skip
