"""A person's plan, appointments and what was advised: one page of the file."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.advising import appointments, journal, plans
from jobcenter.advising.choices import (
    APPOINTMENT_KINDS,
    APPOINTMENT_LABELS,
    DOER_LABELS,
    OUTCOME_LABELS,
    Doer,
)
from jobcenter.audit.choices import Look
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.aftercare import jobs_shown
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.counsellor.plan_forms import AppointmentForm, PlanForm, StepForm
from jobcenter.desks.forms import Form
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.people.queries import identities
from jobcenter.seekers import queries

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker

MOST = 100
MOST_APPOINTMENTS = 12


@desk.get("/seekers/<uuid:key>/advice")
@allow(Right.SEEKERS_READ)
def seeker_advice(key: uuid.UUID) -> ResponseReturnValue:
    """Show the plan, the appointments and what was advised, the last first."""
    return _page(queries.one(db.session(), key, me()))


def _page(found: Seeker, tried: Form | None = None) -> ResponseReturnValue:
    session = db.session()
    saw(found.person_id, Look.FILE)
    people = identities(session, found.person_id)
    every = plans.plans_of(session, me(), people)
    forms = {
        name: tried if isinstance(tried, kind) else kind(formdata=None)
        for name, kind in (("plan_form", PlanForm), ("step_form", StepForm),
                           ("book_form", AppointmentForm))
    }  # fmt: skip
    page = render_template(
        "counsellor/file/advice.html",
        **frame(found, "advice"),
        **forms,
        tried=tried,
        fresh=lambda: Form(formdata=None),
        form_errors=tried is not None,
        plan=next((one for one in every if one.closed_on is None), None),
        earlier=[one for one in every if one.closed_on is not None],
        doers=DOER_LABELS,
        booked=appointments.of_people(session, me(), people, MOST_APPOINTMENTS),
        states_of_appointment=APPOINTMENT_LABELS,
        kinds_of_appointment=APPOINTMENT_KINDS,
        rows=journal.of_people(session, me(), people, MOST),
        outcomes=OUTCOME_LABELS,
        **jobs_shown(found),
    )
    return page, 422 if tried is not None else 200


def _acted(key: uuid.UUID, form: Form, act: Callable[[Seeker], str]) -> ResponseReturnValue:
    """Do what a form of the page says; a refusal comes back on the page with what was typed."""
    here = url_for("counsellor.seeker_advice", key=key)
    found = queries.one(db.session(), key, me())
    if once.already(form):
        return redirect(here, 303)
    if not form.validate():
        return _page(found, form)
    try:
        told = act(found)
        once.remember(form, here)
        db.session.commit()
    except Missing:
        raise
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(queries.one(db.session(), key, me()), form)
    flash(told, "success")
    return redirect(here, 303)


@desk.post("/seekers/<uuid:key>/plan")
@allow(Right.SEEKERS_WRITE)
def open_plan(key: uuid.UUID) -> ResponseReturnValue:
    """Open a plan, or say its goal anew."""
    form = PlanForm()

    def act(found: Seeker) -> str:
        goal, plan = form.goal.data or "", _plan_at_hand(found)
        if plan is None:
            plans.open_plan(db.session(), person=found.person, goal=goal, by=me())
            return str(_("Đã lập kế hoạch."))
        plans.change_goal(db.session(), plan=plan, goal=goal, version=form.seen_version(), by=me())
        return str(_("Đã sửa mục tiêu."))

    return _acted(key, form, act)


def _plan_at_hand(found: Seeker) -> Any:
    people = identities(db.session(), found.person_id)
    every = plans.plans_of(db.session(), me(), people)
    return next((one for one in every if one.closed_on is None), None)


@desk.post("/seekers/<uuid:key>/plan/steps")
@allow(Right.SEEKERS_WRITE)
def add_step(key: uuid.UUID) -> ResponseReturnValue:
    """Add a step to the open plan."""
    form = StepForm()

    def act(found: Seeker) -> str:
        plan = _plan_at_hand(found)
        if plan is None:
            raise Refused(N_("Kế hoạch này đã kết thúc."))
        plans.add_step(
            db.session(), plan=plan, what=form.what.data or "", due_on=form.due_on.day,
            doer=Doer(form.doer.data), by=me(),
        )  # fmt: skip
        return str(_("Đã thêm bước."))

    return _acted(key, form, act)


@desk.post("/seekers/<uuid:key>/plan/steps/<uuid:step_key>/end")
@allow(Right.SEEKERS_WRITE)
def end_step(key: uuid.UUID, step_key: uuid.UUID) -> ResponseReturnValue:
    """Say that a step is done, or dropped."""

    def act(found: Seeker) -> str:
        step = plans.one_step(db.session(), step_key, me())
        if step.plan.person_id not in identities(db.session(), found.person_id):
            raise Missing
        is_done = request.form.get("as") != "dropped"
        plans.end_step(db.session(), step=step, is_done=is_done, by=me())
        return str(_("Đã ghi xong một bước.") if is_done else _("Đã bỏ một bước."))

    return _acted(key, Form(), act)


@desk.post("/seekers/<uuid:key>/plan/close")
@allow(Right.SEEKERS_WRITE)
def close_plan(key: uuid.UUID) -> ResponseReturnValue:
    """Close the open plan, the goal reached or not."""

    def act(found: Seeker) -> str:
        plan = _plan_at_hand(found)
        if plan is None:
            raise Refused(N_("Kế hoạch này đã kết thúc."))
        is_reached = request.form.get("as") == "reached"
        plans.close_plan(db.session(), plan=plan, is_reached=is_reached, by=me())
        return str(_("Đã kết thúc kế hoạch."))

    return _acted(key, Form(), act)


@desk.post("/seekers/<uuid:key>/appointments")
@allow(Right.SEEKERS_WRITE)
def book_appointment(key: uuid.UUID) -> ResponseReturnValue:
    """Book a time for the person, who is told by message."""
    form = AppointmentForm()

    def act(found: Seeker) -> str:
        row = appointments.book(
            db.session(), person=found.person, by=me(),
            phone=current_app.config["SETTINGS"].call_back_phone, **form.wanted(),
        )  # fmt: skip
        return str(_("Đã hẹn %(name)s.", name=row.person.full_name))

    return _acted(key, form, act)
