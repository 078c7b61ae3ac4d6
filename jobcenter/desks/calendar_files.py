"""Timetables as calendar files (RFC 5545), for the calendar of a phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from jobcenter.kernel import clock

LONGEST = 74  # octets of a line


def calendar(sessions: Iterable[Any], name: str) -> bytes:
    """Return the sessions that take place as events; the same session keeps its identifier."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jobcenter//timetable//VI", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]  # fmt: skip
    for one in sessions:
        lines += _event(one)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(one: Any) -> list[str]:
    course = one.course
    what = one.topic or (one.module.name if one.module else "")
    place = one.room.name if one.room else course.place
    lines = [
        "BEGIN:VEVENT",
        f"UID:{one.key}@jobcenter",
        f"DTSTAMP:{one.changed_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{_moment(one.day, one.starts_at)}",
        f"DTEND:{_moment(one.day, one.ends_at)}",
        f"SEQUENCE:{one.version}",
        f"SUMMARY:{_text(course.name)}",
    ]
    if what:
        lines.append(f"DESCRIPTION:{_text(what)}")
    if place:
        lines.append(f"LOCATION:{_text(place)}")
    if one.cancelled_at is not None:
        lines += ["STATUS:CANCELLED", f"COMMENT:{_text(_('Nghỉ buổi này'))}"]
    return [*lines, "END:VEVENT"]


def _moment(day: dt.date, time: dt.time) -> str:
    local = dt.datetime.combine(day, time, clock.LOCAL)
    return f"{local.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a long line between letters, never inside one."""
    parts, size = [""], 0
    for letter in line:
        more = len(letter.encode())
        if size + more > LONGEST:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += more
    return "\r\n".join(parts)
