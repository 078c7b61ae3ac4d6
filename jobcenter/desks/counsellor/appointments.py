"""The counsellor's appointments: the days ahead, what became of each, calendar files."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.advising import appointments as rules
from jobcenter.advising.choices import APPOINTMENT_KINDS, APPOINTMENT_LABELS
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me, reads_only
from jobcenter.desks.calendar_file import calendar_file
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.pages import safe_path
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.seekers import queries as seekers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcenter.advising.models import Appointment

AHEAD = 13  # days after today that the page shows


@desk.get("/appointments")
@allow(Right.SEEKERS_WRITE)
def own_appointments() -> ResponseReturnValue:
    """Show one's own appointments of two weeks, day by day, and those nobody closed."""
    today, everybody = clock.today(), request.args.get("who") == "all"
    mine = None if everybody else me().user_id
    last = today + dt.timedelta(days=AHEAD)
    rows = rules.of_days(db.session(), me(), today, last, user_id=mine)
    old = rules.forgotten(db.session(), me(), me().user_id or 0)
    ids = [row.person_id for row in (*rows, *old)]
    saw(ids, Look.LIST)
    days: dict[dt.date, list[Appointment]] = {}
    for row in rows:
        days.setdefault(clock.local(row.starts_at).date(), []).append(row)
    return render_template(
        "counsellor/appointments.html",
        days=days,
        forgotten=old,
        files=seekers.of_people(db.session(), me(), ids),
        labels=APPOINTMENT_LABELS,
        kinds=APPOINTMENT_KINDS,
        everybody=everybody,
        ahead=AHEAD + 1,
        here=request.full_path.rstrip("?"),
    )


@desk.post("/appointments/<uuid:key>/move")
@allow(Right.SEEKERS_WRITE)
def move_appointment(key: uuid.UUID) -> ResponseReturnValue:
    """Say what became of an appointment."""
    row = rules.one(db.session(), key, me())
    rules.move(db.session(), appointment=row, verb=request.form.get("verb", ""), by=me())
    db.session.commit()
    flash(f"{row.person.full_name}: {_(APPOINTMENT_LABELS[row.state])}", "success")
    there = safe_path(request.form.get("next"))
    return redirect(there or url_for("counsellor.own_appointments"), 303)


@desk.get("/appointments/<uuid:key>/calendar")
@allow(Right.SEEKERS_WRITE)
def appointment_file(key: uuid.UUID) -> ResponseReturnValue:
    """Give one appointment as a calendar file, for the counsellor or to send to the person."""
    row = rules.one(db.session(), key, me())
    whose = "person" if request.args.get("for") == "person" else "counsellor"
    return _file([row], whose)


@desk.post("/appointments/calendar")
@allow(Right.SEEKERS_WRITE)
@reads_only
def appointments_file() -> ResponseReturnValue:
    """Give one's own appointments of the next weeks as one calendar file."""
    today = clock.today()
    last = today + dt.timedelta(days=60)
    return _file(rules.of_days(db.session(), me(), today, last, user_id=me().user_id), "counsellor")


def _file(rows: Sequence[Appointment], whose: str) -> ResponseReturnValue:
    saw([row.person_id for row in rows], Look.EXPORT)
    return calendar_file(rows, whose=whose)
