"""The decisions on a class, to open it and to recognise who passed: what they say, what stands."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.courses import queries as courses
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.forms import Form
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.class_frame import frame
from jobcenter.desks.sights import saw
from jobcenter.documents import class_papers
from jobcenter.documents.choices import KINDS
from jobcenter.enrolments.queries import roster
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.papers import queries as papers
from jobcenter.papers.choices import STATE_KINDS, STATE_LABELS


@desk.get("/classes/<uuid:class_key>/decision")
@allow(Right.SCHOOL)
def class_decision(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show what the decision would say now, and those already made."""
    return _show(class_key)


def _show(class_key: uuid.UUID, refused: Refused | None = None) -> str:
    course = courses.one_class(db.session(), class_key, me())
    saw([one.person_id for one in roster(db.session(), me(), course)], Look.LIST)
    return render_template(
        "school/class/decision.html",
        said=class_papers.content(db.session(), course, me()),
        passed=class_papers.passed(db.session(), course, me())["hoc_vien"],
        kinds=KINDS,
        papers=papers.of_subject(db.session(), kind="class", subject_ids=[course.id]),
        paper_states=STATE_LABELS,
        paper_kinds=STATE_KINDS,
        refused=refused,
        form_errors=bool(refused),
        **frame(course, "decision", side=False),
    )


@desk.post("/classes/<uuid:class_key>/decision")
@allow(Right.SCHOOL)
def make_decision(class_key: uuid.UUID) -> ResponseReturnValue:
    """Number the opening decision; a second click leads to the same paper."""
    return _make(class_key, class_papers.opening_decision)


@desk.post("/classes/<uuid:class_key>/recognition")
@allow(Right.SCHOOL)
def make_recognition(class_key: uuid.UUID) -> ResponseReturnValue:
    """Number the decision on who passed; a second click leads to the same paper."""
    return _make(class_key, class_papers.recognition_decision)


def _make(class_key: uuid.UUID, number: Callable[..., Any]) -> ResponseReturnValue:
    form = Form()
    if before := once.already(form):
        return redirect(before, 303)
    course = courses.one_class(db.session(), class_key, me())
    if not form.validate():
        return redirect(url_for("school.class_decision", class_key=class_key), 303)
    try:
        made = number(db.session(), course=course, by=me())
    except Refused as refused:
        db.session.rollback()
        return _show(class_key, refused), 422
    there = once.remember(form, url_for("counsellor.paper", key=made.key))
    db.session.commit()
    flash(_("Đã lập quyết định và cấp số. Xem rồi in."), "success")
    return redirect(there, 303)
