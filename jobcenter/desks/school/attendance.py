"""The attendance grid of a class: one letter per learner, a session at a time."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.courses import queries as courses
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.errors import words
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.teaching import ActForm, course_of, frame, learners_of
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.teaching import attendance as rules
from jobcenter.teaching import queries
from jobcenter.teaching.choices import LETTERS, PRESENCE_LABELS, Presence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcenter.courses.models import ClassSession, TrainingClass
    from jobcenter.enrolments.models import Enrolment

SHOWN = 10  # sessions beside the one that is written


@desk.get("/classes/<uuid:class_key>/attendance")
@allow(Right.SCHOOL, Right.TEACH, Right.OVERVIEW)
def attendance(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show the grid; the last session up to today is open for writing."""
    course = course_of(class_key)
    return _page(course, _chosen(course, key_in(request.args.get("session"))))


@desk.post("/classes/<uuid:class_key>/attendance/<uuid:held_key>")
@allow(Right.SCHOOL, Right.TEACH)
def take_attendance(class_key: uuid.UUID, held_key: uuid.UUID) -> ResponseReturnValue:
    """Write one session; what cannot be read is shown again beside its learner."""
    course = course_of(class_key)
    held = courses.one_session(db.session(), held_key, course)
    form = ActForm()
    if before := once.already(form):
        return redirect(before, 303)
    here = url_for("school.attendance", class_key=class_key, session=held.key)
    rows = learners_of(course)
    signs, wrong = _read(rows, held)
    if not form.validate() or wrong:
        return _page(course, held, wrong=wrong), 422
    try:
        count = rules.take(
            db.session(), course=course, held=held, signs=signs, version=form.seen_version(),
            by=me(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        course = course_of(class_key)
        held = courses.one_session(db.session(), held_key, course)
        return _page(course, held, told=words(refused)), 422
    once.remember(form, here)
    db.session.commit()
    flash(_("Đã ghi %(count)s trên %(all)s người.", count=count, all=len(rows)), "success")
    return redirect(here, 303)


def _read(
    rows: Sequence[Enrolment], held: ClassSession
) -> tuple[dict[int, rules.Sign | None], dict[str, str]]:
    fill = request.form.get("rest") == "present"
    signs: dict[int, rules.Sign | None] = {}
    wrong: dict[str, str] = {}
    for row in rows:
        typed = request.form.get(f"mark-{row.key}")
        if typed is None:
            continue
        try:
            sign = rules.read_sign(typed, request.form.get(f"why-{row.key}", ""))
        except Refused as refused:
            wrong[str(row.key)] = words(refused)
            continue
        signs[row.id] = rules.Sign(Presence.PRESENT) if sign is None and fill else sign
    return signs, wrong


@desk.post("/classes/<uuid:class_key>/attendance/<uuid:held_key>/lock")
@allow(Right.SCHOOL, Right.TEACH, Right.OVERVIEW)
def lock_attendance(class_key: uuid.UUID, held_key: uuid.UUID) -> ResponseReturnValue:
    """Lock the day of a session, or open it again (a manager, with a reason)."""
    course = course_of(class_key)
    held = courses.one_session(db.session(), held_key, course)
    here = url_for("school.attendance", class_key=class_key, session=held.key)
    form = ActForm()
    if before := once.already(form):
        return redirect(before, 303)
    try:
        if request.form.get("verb") == "unlock":
            reason = vietnamese.clean_line(request.form.get("reason", ""))
            rules.unlock(db.session(), course=course, day=held.day, reason=reason, by=me())
            told = _("Đã mở lại sổ, mở trong hai ngày.")
        else:
            rules.lock(db.session(), course=course, day=held.day, version=None, by=me())
            told = _("Đã khoá sổ ngày này.")
        once.remember(form, here)
        db.session.commit()
        flash(told, "success")
    except Refused as refused:
        db.session.rollback()
        flash(words(refused), "error")
    return redirect(here, 303)


def _chosen(course: TrainingClass, key: uuid.UUID | None) -> ClassSession | None:
    session = db.session()
    if key is not None:
        return courses.one_session(session, key, course)
    held = queries.sessions_held(session, course)
    past = [one for one in held if one.day <= clock.today()]
    return past[-1] if past else held[0] if held else None


def _page(
    course: TrainingClass, held: ClassSession | None, *, wrong: dict[str, str] | None = None,
    told: str = "",
) -> str:  # fmt: skip
    session = db.session()
    rows = learners_of(course)
    every = queries.sessions_held(session, course)
    at = next((n for n, one in enumerate(every) if held and one.id == held.id), 0)
    sheet = queries.day_of(session, course, held.day) if held else None
    written = queries.attendance(session, course)
    return render_template(
        "school/teach/attendance.html",
        **frame(course, "attendance"),
        rows=rows,
        held=held,
        number=at + 1,
        before=every[max(0, at - SHOWN) : at],
        earlier=every[at - 1] if at else None,
        later=every[at + 1] if at + 1 < len(every) else None,
        written=written,
        cells={row.key: _cell(row, held, written) for row in rows},
        tallies=queries.tallies(session, course, rows),
        is_locked=held is not None and queries.is_locked(session, sheet, held.day),
        is_future=held is not None and held.day > clock.today(),
        sheet=sheet,
        letters=LETTERS,
        labels=PRESENCE_LABELS,
        wrong=wrong or {},
        told=told,
    )


def _cell(row: Enrolment, held: ClassSession | None, written: Any) -> tuple[str, str]:
    """Return (letter, reason) of the cell: what was just typed, else what is written."""
    typed = request.form.get(f"mark-{row.key}")
    if typed is not None:
        return typed[:8], request.form.get(f"why-{row.key}", "")[:120]
    line = written.get((held.id, row.id)) if held else None
    if line is None:
        return "", ""
    return f"{LETTERS[line.state]}{line.missed or ''}", line.reason
