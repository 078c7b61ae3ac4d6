"""What the person has to do: appointments, steps, whether still in the job; complaining."""

from __future__ import annotations

import uuid

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.widgets import TextArea

from jobcenter.accounts.choices import Right
from jobcenter.advising import appointments, complaints, plans
from jobcenter.advising.choices import (
    APPOINTMENT_KINDS,
    APPOINTMENT_LABELS,
    COMPLAINT_KIND_LABELS,
    COMPLAINT_LABELS,
    COMPLAINT_TAGS,
    DOER_LABELS,
    ComplaintKind,
    ComplaintWay,
)
from jobcenter.desks import editing
from jobcenter.desks.access import allow, me
from jobcenter.desks.calendar_file import calendar_file
from jobcenter.desks.forms import Form, LineField, ProseField
from jobcenter.desks.seeker.blueprint import desk
from jobcenter.enterprises.queries import find_by_name
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_
from jobcenter.people.queries import identities
from jobcenter.placements import checks
from jobcenter.placements.choices import CheckAnswer, CheckWay
from jobcenter.seekers import queries

MOST = 10


class OwnComplaintForm(Form):
    """What the person complains of."""

    kind = SelectField(
        N_("Về việc gì"),
        choices=lambda: [(one.value, _(COMPLAINT_KIND_LABELS[one])) for one in ComplaintKind],
        default=ComplaintKind.FEE.value,
    )
    firm = LineField(N_("Tên công ty"), most=200)
    text = ProseField(
        N_("Chuyện thế nào"), most=complaints.MOST_LETTERS, needed=True, widget=TextArea()
    )


@desk.get("/plan")
@allow(Right.OWN_FILE)
def plan() -> ResponseReturnValue:
    """Show appointments, steps and the question whether the person is still in the job."""
    session = db.session()
    found = queries.own(session, me())
    people = identities(session, found.person_id)
    every = plans.plans_of(session, me(), people)
    return render_template(
        "seeker/plan.html",
        booked=appointments.of_people(session, me(), people, MOST),
        labels=APPOINTMENT_LABELS,
        kinds=APPOINTMENT_KINDS,
        plan=next((one for one in every if one.closed_on is None), None),
        doers=DOER_LABELS,
        jobs=[(one, checks.mark_due(session, one)) for one in checks.own(session, me())],
        complaints=complaints.of_people(session, me(), people),
        complaint_states=COMPLAINT_LABELS,
        complaint_tags=COMPLAINT_TAGS,
        complaint_kinds=COMPLAINT_KIND_LABELS,
        phone=current_app.config["SETTINGS"].call_back_phone,
    )


@desk.post("/placements/<uuid:key>/still-there")
@allow(Right.OWN_FILE)
def still_there(key: uuid.UUID) -> ResponseReturnValue:
    """Say that one is still in the job; who has left calls, because the firm has to be told."""
    row = checks.own_one(db.session(), key, me())
    checks.answer(
        db.session(), placement=row, said=CheckAnswer.THERE, way=CheckWay.OWN_PAGE, by=me()
    )
    db.session.commit()
    flash(_("Đã ghi là bạn còn làm. Cảm ơn bạn."), "success")
    return redirect(url_for("seeker.plan"), 303)


@desk.get("/appointments/<uuid:key>/calendar")
@allow(Right.OWN_FILE)
def appointment_file(key: uuid.UUID) -> ResponseReturnValue:
    """Give one's appointment as a calendar file."""
    return calendar_file([appointments.one(db.session(), key, me())], whose="person")


@desk.route("/complaint", methods=["GET", "POST"])
@allow(Right.OWN_FILE)
def complain() -> ResponseReturnValue:
    """Write down what went wrong; the firm does not see it."""
    found = queries.own(db.session(), me())
    form = OwnComplaintForm()

    def act() -> object:
        session, typed = db.session(), form.firm.data or ""
        firm = find_by_name(session, typed) if typed else None
        named = f"{typed}: " if typed and firm is None else ""
        return complaints.record_complaint(
            session, kind=ComplaintKind(form.kind.data), way=ComplaintWay.OWN_PAGE,
            text=named + (form.text.data or ""), person=queries.own(session, me()).person,
            enterprise=firm, by=me(),
        )  # fmt: skip

    return editing.create(
        form,
        act=act,
        leads_to=lambda _made: url_for("seeker.plan"),
        told=lambda made: _("Đã nhận khiếu nại số %(number)s.", number=made.number),
        show=lambda: render_template(
            "seeker/complaint.html", form=form, seeker=found, form_errors=bool(form.errors)
        ),
    )
