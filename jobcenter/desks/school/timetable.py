"""The timetable of a class: made over the calendar, mended session by session."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.accounts.choices import Right
from jobcenter.courses import queries
from jobcenter.courses import timetable as rules
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.calendar_files import calendar
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.editing import Editing, create, edit
from jobcenter.desks.paper_files import attachment
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.class_forms import ReasonForm, SessionForm, StartForm
from jobcenter.desks.school.class_frame import frame
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.enrolments import telling
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused


@desk.get("/classes/<uuid:class_key>/timetable")
@allow(Right.CLASSES_READ)
def class_timetable(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show every session of a class and what clashes."""
    return _show(class_key)


def _show(class_key: uuid.UUID, start: StartForm | None = None, refused: Any = None) -> str:
    course = queries.one_class(db.session(), class_key, me())
    sessions = queries.sessions_of(db.session(), course)
    held = [one for one in sessions if one.cancelled_at is None]
    made_up = {one.makes_up_id for one in sessions}
    return render_template(
        "school/class/timetable.html",
        sessions=sessions,
        numbers=rules.numbered(sessions),
        done=sum(one.hours for one in held),
        due=course.curriculum.hours if course.curriculum else None,
        last=max((one.day for one in held), default=None),
        made_up=made_up,
        days={one.id: one.day for one in sessions},
        clashes=rules.clashes(db.session(), course),
        start=start or StartForm(formdata=None, data={"start": _from(course, sessions)}),
        refused=refused,
        form_errors=bool(start),
        **frame(course, "timetable", side=False),
    )


def _from(course: Any, sessions: Any) -> Any:
    return max(course.starts_on, clock.today()) if sessions else course.starts_on


@desk.post("/classes/<uuid:class_key>/timetable")
@allow(Right.SCHOOL)
def make_timetable(class_key: uuid.UUID) -> ResponseReturnValue:
    """Make the sessions from a day on over the holiday calendar."""
    course, form = queries.one_class(db.session(), class_key, me()), StartForm()
    there = url_for("school.class_timetable", class_key=class_key)
    if before := once.already(form):
        return redirect(before, 303)
    try:
        if not form.validate():
            return _show(class_key, form), 422
        made = rules.make(db.session(), course=course, start=form.start.day, by=me())
        once.remember(form, there)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _show(class_key, form), 422
    flash(_("Đã lập %(count)s buổi.", count=made.count), "success")
    if made.last and made.last > course.ends_on:
        text = _("Lịch kéo đến %(day)s, sau ngày bế giảng. Sửa ngày đó hoặc thêm buổi mỗi tuần.",
                 day=f"{made.last:%d/%m/%Y}")  # fmt: skip
        flash(text, "warning")
    return redirect(there, 303)


@desk.route("/classes/<uuid:class_key>/sessions/new", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def add_session(class_key: uuid.UUID) -> ResponseReturnValue:
    """Add a session, or the one that makes up a cancelled one."""
    course = queries.one_class(db.session(), class_key, me())
    key = key_in(request.args.get("makes_up"))
    gone = queries.one_session(db.session(), key, course) if key else None
    form = SessionForm(data=_blank(course, gone))
    form.offer_modules(course)
    return create(
        form,
        act=lambda: rules.add(
            db.session(), course=course, data=form.read(course), makes_up=gone, by=me()
        ),
        leads_to=lambda _made: url_for("school.class_timetable", class_key=class_key),
        told=lambda made: _("Đã thêm buổi ngày %(day)s.", day=f"{made.day:%d/%m/%Y}"),
        show=lambda: _form_page(form, class_key, None, key),
    )


def _blank(course: Any, gone: Any) -> dict[str, Any]:
    like = gone or course
    return {
        "day": rules.next_day(db.session(), course),
        "starts_at": like.starts_at,
        "ends_at": like.ends_at,
        "hours": gone.hours if gone else course.session_hours,
        "kind": gone.kind if gone else "practice",
        "module": str(gone.module.key) if gone and gone.module else "",
        "topic": gone.topic if gone else "",
        "trainer": str(like.trainer.key) if like.trainer else "",
        "room": str(like.room.key) if like.room else "",
    }


@desk.route("/classes/<uuid:class_key>/sessions/<uuid:lesson_key>", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def edit_session(class_key: uuid.UUID, lesson_key: uuid.UUID) -> ResponseReturnValue:
    """Move or change one session."""
    course = queries.one_class(db.session(), class_key, me())
    return edit(
        Editing(
            kind="class",
            read=lambda: queries.one_session(db.session(), lesson_key, course),
            form=lambda found, **kw: _form_of(course, found, **kw),
            save=lambda found, form: _move(course, found, form),
            show=lambda form, found: _form_page(form, class_key, found, None),
            told=lambda found: _("Đã lưu buổi ngày %(day)s.", day=f"{found.day:%d/%m/%Y}"),
            title=lambda found: f"{found.day:%d/%m/%Y}",
            back=url_for("school.class_timetable", class_key=class_key),
        )
    )  # fmt: skip


def _move(course: Any, found: Any, form: SessionForm) -> None:
    """Change a session; who learns in the class is told when it moves."""
    before = telling.when(found)
    rules.change(
        db.session(), course=course, one=found, data=form.read(course),
        version=form.seen_version(), by=me(),
    )  # fmt: skip
    db.session().refresh(found)
    telling.session_moved(db.session(), course, found, before)


def _form_of(course: Any, found: Any, **kw: Any) -> SessionForm:
    values = {name: getattr(found, name)
              for name in ("day", "starts_at", "ends_at", "kind", "hours", "topic")}  # fmt: skip
    values |= {
        name: str(row.key) if (row := getattr(found, name)) else ""
        for name in ("module", "trainer", "room")
    }
    form = SessionForm(data=values, **kw)
    form.offer_modules(course)
    form.trainer.keep(found.trainer)
    form.room.keep(found.room)
    return form


def _form_page(form: SessionForm, class_key: uuid.UUID, found: Any, makes_up: Any) -> str:
    course = queries.one_class(db.session(), class_key, me())
    gone = queries.one_session(db.session(), makes_up, course) if makes_up else None
    return render_template(
        "school/class/session.html",
        form=form,
        course=course,
        found=found,
        gone=gone,
        cancelling=ReasonForm(formdata=None),
        form_errors=bool(form.errors),
        **WORDS,
    )


@desk.post("/classes/<uuid:class_key>/sessions/<uuid:lesson_key>/cancel")
@allow(Right.SCHOOL)
def cancel_session(class_key: uuid.UUID, lesson_key: uuid.UUID) -> ResponseReturnValue:
    """Say that a session does not take place, and lead on to making it up."""
    course, form = queries.one_class(db.session(), class_key, me()), ReasonForm()
    one = queries.one_session(db.session(), lesson_key, course)
    if not form.validate():
        return _show(class_key, refused=Refused(_("Cần ghi lý do nghỉ."))), 422
    try:
        rules.cancel(db.session(), course=course, one=one, reason=form.reason.data or "", by=me())
        told_people = telling.session_cancelled(db.session(), course, one)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _show(class_key, refused=refused), 422
    text = _("Đã ghi nghỉ buổi ngày %(day)s.", day=f"{one.day:%d/%m/%Y}")
    if told_people:
        text += " " + ngettext(
            "Báo cho %(num)s học viên.", "Báo cho %(num)s học viên.", told_people
        )
    make_up = url_for("school.add_session", class_key=class_key, makes_up=lesson_key)
    told: Any = {"text": text, "links": [[_("Xếp buổi học bù"), make_up]]}
    flash(told, "success")
    return redirect(url_for("school.class_timetable", class_key=class_key), 303)


@desk.get("/classes/<uuid:class_key>/timetable.<form>")
@allow(Right.CLASSES_READ)
def class_calendar(class_key: uuid.UUID, form: str) -> ResponseReturnValue:
    """Give the timetable as a calendar file."""
    if form != "ics":
        raise Missing
    course = queries.one_class(db.session(), class_key, me())
    body = calendar(queries.sessions_of(db.session(), course), course.name)
    return attachment(body, f"{course.code}.ics", "text/calendar; charset=utf-8")
