"""Holding, cutting, extending, closing and reopening a vacancy, shared by both desks.

One page with a small form for each step that needs more than a click; the count of people under
way stands above, because each step says what becomes of them.
"""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField, SelectField
from wtforms.widgets import TextArea

from jobcenter.desks import once
from jobcenter.desks.access import me
from jobcenter.desks.forms import DateField, Form, NumberField, ProseField
from jobcenter.desks.vacancy_form import WORDS
from jobcenter.desks.vacancy_pages import Desk, require_shape, show
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.referrals import rules as referrals
from jobcenter.referrals.expiry import tell_under_way
from jobcenter.referrals.queries import in_process
from jobcenter.vacancies import queries, steps
from jobcenter.vacancies.choices import (
    ASKING,
    CLOSE_LABELS,
    FIELD_LABELS,
    UNDER_WAY_LABELS,
    VERB_LABELS,
    CloseReason,
    UnderWay,
)

# Steps of which those who stay under way are told.
TOLD = frozenset({"hold", "cut", "close", "reopen", "resume"})
# What the form of each step asks.
ASKS = {
    "extend": ("deadline",),
    "hold": ("note",),
    "resume": ("deadline",),
    "cut": ("headcount", "under_way", "note"),
    "close": ("reason", "under_way", "note"),
    "reopen": ("deadline", "headcount", "note"),
}


class StepForm(Form):
    """A step with what it asks; several stand on one page."""

    note = ProseField(N_("Nhắn những người đang xét"), most=2000, widget=TextArea())
    deadline = DateField(FIELD_LABELS["deadline"])
    headcount = NumberField(FIELD_LABELS["headcount"], least=1, most=100_000)
    reason = SelectField(
        N_("Lý do"),
        default="",
        choices=lambda: [
            ("", _("Chọn")),
            *((r.value, _(label)) for r, label in CLOSE_LABELS.items() if r != CloseReason.EXPIRED),
            (CloseReason.EXPIRED.value, _(CLOSE_LABELS[CloseReason.EXPIRED])),
        ],
    )
    under_way = RadioField(
        N_("Người đang xét"),
        default=UnderWay.STAY.value,
        choices=lambda: [(u.value, _(label)) for u, label in UNDER_WAY_LABELS.items()],
    )

    def named(self, verb: str) -> StepForm:
        """Return the form with ids that no other form of the page has."""
        for field in self:
            field.id = f"{verb}-{field.short_name}"
        return self

    def asked(self, people: int) -> steps.Asked:
        """Return what was typed as the rules take it."""
        return steps.Asked(
            note=self.note.data or "",
            deadline=self.deadline.day,
            headcount=self.headcount.data,
            reason=CloseReason(self.reason.data) if self.reason.data else None,
            people=people,
            under_way=UnderWay(self.under_way.data or UnderWay.STAY),
        )


def page(desk: Desk, key: uuid.UUID, verb: str = "", tried: StepForm | None = None) -> str:
    """Show the steps that may be taken now; `tried` is the form of the `verb` that was refused."""
    vacancy = queries.one(db.session(), key, me())
    allowed = steps.verbs_for(vacancy, me())
    forms: dict[str, Any] = {}
    for one in (name for name in ASKING if name in allowed):
        form = tried if tried is not None and one == verb else StepForm(formdata=None)
        forms[one] = (form.named(one), [form[name] for name in ASKS[one]])
    return render_template(
        "vacancies/steps.html",
        desk=desk,
        vacancy=vacancy,
        forms=forms,
        form=tried,
        left=queries.openings_left(vacancy),
        waiting=len(in_process(db.session(), vacancy.id, me())),
        form_errors=tried is not None,
        **WORDS,
    )


def move(desk: Desk, key: uuid.UUID) -> ResponseReturnValue:
    """Take a vacancy one step further."""
    vacancy = queries.one(db.session(), key, me())
    verb = request.form.get("verb", "")[:30]
    form = StepForm()
    try:
        require_shape(form)
        if before := once.already(form):
            return redirect(before)
        people = len(in_process(db.session(), vacancy.id, me()))
        asked = form.asked(people)
        steps.move(db.session(), vacancy=vacancy, verb=verb, by=me(), asked=asked)
        if asked.under_way is UnderWay.RELEASE and verb in ("cut", "close"):
            referrals.release(db.session(), vacancy=vacancy, note=asked.note, by=me())
        elif verb in TOLD:
            words = asked.note or _(VERB_LABELS[verb])
            tell_under_way(db.session(), vacancy=vacancy, change=vacancy.version, words=words)
        target = once.remember(form, desk.href("vacancy", key=key))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _refused(desk, key, verb, form, refused)
    flash(_("Đã ghi: %(verb)s.", verb=_(VERB_LABELS[verb])), "success")
    return redirect(target)


def _refused(
    desk: Desk, key: uuid.UUID, verb: str, form: StepForm, refused: Refused
) -> ResponseReturnValue:
    if verb in ASKING:
        if not form.errors:
            form.refuse(refused)
        return page(desk, key, verb, form), 422
    where = "check" if verb == "send-back" else "show"
    return show(desk, key, refused=refused, page=where, typed=form.note.data or "")
