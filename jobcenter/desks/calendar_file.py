"""Appointments as a calendar file (RFC 5545) that phones and mail programs read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Response
from icalendar import Calendar, Event

from jobcenter.advising.appointments import AT_OFFICE
from jobcenter.advising.choices import AppointmentState

if TYPE_CHECKING:
    from jobcenter.advising.models import Appointment


def calendar_file(rows: Iterable[Appointment], *, whose: str, name: str = "lich-hen") -> Response:
    """Return appointments as a file; `whose` is "person" or "counsellor" and says whom they meet.

    What the appointment is about stays out of the person's file: phones show calendars to others.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//jobcenter//appointments//VI")
    calendar.add("version", "2.0")
    for row in rows:
        calendar.add_component(_event(row, whose))
    answer = Response(calendar.to_ical(), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def _event(row: Appointment, whose: str) -> Event:
    is_persons = whose == "person"
    event = Event()
    event.add("uid", f"{row.key}@jobcenter")
    event.add("dtstamp", row.changed_at.astimezone(dt.UTC))
    event.add("dtstart", row.starts_at.astimezone(dt.UTC))
    event.add("duration", dt.timedelta(minutes=row.minutes))
    event.add("sequence", row.version - 1)
    event.add("summary", f"{AT_OFFICE}: {row.user.name}" if is_persons else row.person.full_name)
    event.add("location", row.place or AT_OFFICE)
    if not is_persons and row.about:
        event.add("description", row.about)
    is_off = row.state is AppointmentState.CANCELLED
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event
