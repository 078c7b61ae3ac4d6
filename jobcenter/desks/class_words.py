"""How classes and enrolments are named and told, shared by the desks that show them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from jobcenter.catalogue.choices import AWARD_LABELS
from jobcenter.courses import choices as courses
from jobcenter.courses.queries import seats_left
from jobcenter.enrolments import choices as enrolments


def times(course: Any) -> str:
    """Return "T2, T4, T6 · 18:00–20:30", empty where nothing is fixed."""
    days = ", ".join(_(courses.SHORT_DAYS[int(day)]) for day in course.weekdays or ())
    return " · ".join(filter(None, (days, hours(course))))


def hours(row: Any) -> str:
    """Return "18:00–20:30" of a class or a session."""
    if row.starts_at is None or row.ends_at is None:
        return ""
    return f"{row.starts_at:%H:%M}–{row.ends_at:%H:%M}"


def shown_mark(tenths: int | None) -> str:
    """Return a mark as a grade book writes it: 7,5."""
    return "" if tenths is None else f"{tenths // 10},{tenths % 10}"


WORDS: dict[str, Any] = {
    "class_states": courses.STATE_LABELS,
    "class_kinds": courses.STATE_KINDS,
    "class_verbs": courses.VERB_LABELS,
    "fill_labels": courses.FILL_LABELS,
    "session_labels": courses.SESSION_LABELS,
    "room_labels": courses.ROOM_LABELS,
    "enrol_states": enrolments.STATE_LABELS,
    "enrol_kinds": enrolments.STATE_KINDS,
    "enrol_verbs": enrolments.VERB_LABELS,
    "source_labels": enrolments.SOURCE_LABELS,
    "award_labels": AWARD_LABELS,
    "times": times,
    "hours": hours,
    "seats_left": seats_left,
}
