"""Forms of what follows a hire: terms, answers of a check, a job without a vacancy."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.forms import CheckField, DateField, Form, LineField, NumberField
from jobcenter.kernel import clock
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.placements.choices import (
    ANSWER_LABELS,
    END_LABELS,
    WAY_LABELS,
    CheckAnswer,
    CheckWay,
    EndReason,
)
from jobcenter.placements.terms import Terms

BY_STAFF = (CheckWay.PHONE, CheckWay.MESSAGE, CheckWay.COUNTER, CheckWay.FIRM_LIST)
OWN = "own"


class TermsForm(Form):
    """What was agreed at the start."""

    contract = CodeField(N_("Loại hợp đồng"), "O", blank=N_("Chưa rõ"))
    pay = NumberField(N_("Lương lúc nhận việc"), least=1, most=1_000_000_000)
    probation_until = DateField(N_("Thử việc đến ngày"))

    @classmethod
    def of(cls, row: Any, **kw: Any) -> TermsForm:
        """Return the form that shows a placement."""
        names = ("contract", "pay", "probation_until")
        return cls(data={name: getattr(row, name) for name in names}, **kw)

    def terms(self) -> Terms:
        """Return what was typed."""
        return Terms(
            contract=self.contract.data or None,
            pay=self.pay.data,
            probation_until=self.probation_until.day,
        )


class JobForm(TermsForm):
    """A job that no vacancy of ours stands for."""

    firm = LineField(N_("Doanh nghiệp"), most=200, needed=True, render_kw={"list": "firms"})
    started_on = DateField(N_("Ngày bắt đầu làm"), default=clock.today)
    found = CheckField(
        N_("Cách tìm được"), choices=lambda: [(OWN, _("Tự tìm, không qua trung tâm"))]
    )

    def start(self) -> dt.date:
        """Return the day of the start, or refuse."""
        if self.started_on.day is None:
            raise Refused(N_("Cần điền mục này."), field="started_on")
        return self.started_on.day


class AnswerForm(Form):
    """What somebody said when asked whether the person is still there."""

    answer = SelectField(
        N_("Trả lời"),
        choices=lambda: [(one.value, _(ANSWER_LABELS[one])) for one in CheckAnswer],
        default=CheckAnswer.THERE.value,
    )
    way = SelectField(
        N_("Biết bằng cách nào"),
        choices=lambda: [(one.value, _(WAY_LABELS[one])) for one in BY_STAFF],
        default=CheckWay.PHONE.value,
    )
    said_by = LineField(N_("Ai nói"))
    note = LineField(N_("Ghi chú"), most=300)
    ended_on = DateField(N_("Ngày nghỉ"))
    reason = SelectField(
        N_("Lý do nghỉ"),
        choices=lambda: [("", _("Chọn")), *((o.value, _(END_LABELS[o])) for o in EndReason)],
        default="",
    )

    def end(self) -> tuple[dt.date, EndReason]:
        """Return when and why the person left, or refuse what lacks."""
        if self.ended_on.day is None:
            raise Refused(N_("Ghi ngày nghỉ và lý do."), field="ended_on")
        if not self.reason.data:
            raise Refused(N_("Ghi ngày nghỉ và lý do."), field="reason")
        return self.ended_on.day, EndReason(self.reason.data)
