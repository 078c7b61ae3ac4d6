"""Classes that the firm ordered: who learns in them, and a list of workers sent in."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from wtforms.widgets import TextArea

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.courses import queries as courses
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.errors import words
from jobcenter.desks.forms import Form, PastedField
from jobcenter.desks.sights import saw
from jobcenter.enrolments import queries, workers
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Slice
from jobcenter.kernel.words import N_
from jobcenter.people.rules import Identity

MOST_LINES = 200


class WorkersForm(Form):
    """Workers, one a line, pasted from a sheet or typed."""

    workers = PastedField(N_("Danh sách người học"), most=20_000, needed=True, widget=TextArea())


@desk.get("/classes")
@allow(Right.OWN_FIRM)
def classes() -> ResponseReturnValue:
    """List the classes that the firm ordered, the latest first."""
    page = courses.listed(db.session(), me(), courses.ClassFilter(), Slice(1, 100))
    return render_template("enterprise/classes.html", page=page, **WORDS)


@desk.get("/classes/<uuid:class_key>")
@allow(Right.OWN_FIRM)
def ordered_class(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show one of these classes with the firm's own workers in it."""
    return _show(class_key)


def _show(class_key: uuid.UUID, form: WorkersForm | None = None) -> str:
    course = courses.one_class(db.session(), class_key, me())
    rows = queries.listed(
        db.session(), me(), queries.EnrolmentFilter(course=class_key), Slice(1, 500)
    ).items
    saw([row.person_id for row in rows], Look.LIST)
    return render_template(
        "enterprise/class.html",
        course=course,
        rows=rows,
        form=form or WorkersForm(formdata=None),
        may_send=courses.takes_people(course, clock.today()),
        form_errors=bool(form and form.errors),
        **WORDS,
    )


@desk.post("/classes/<uuid:class_key>")
@allow(Right.OWN_FIRM)
def send_workers(class_key: uuid.UUID) -> ResponseReturnValue:
    """Write each line down and enrol it; a line that cannot be taken is named, the others stay."""
    form = WorkersForm()
    there = url_for("enterprise.ordered_class", class_key=class_key)
    if before := once.already(form):
        return redirect(before, 303)
    course = courses.one_class(db.session(), class_key, me())
    if not form.validate():
        return _show(class_key, form), 422
    done, left = _send_all(course, form.workers.data or "")
    if done:
        flash(ngettext("Đã ghi %(num)s người.", "Đã ghi %(num)s người.", done), "success")
    if not left:
        once.remember(form, there)
        db.session.commit()
        return redirect(there, 303)
    db.session.commit()
    again = WorkersForm(formdata=None, data={"workers": "\n".join(line for line, _why in left)})
    again.workers.errors = [f"{line.split(';')[0]}: {why}" for line, why in left[:20]]
    return _show(class_key, again), 422


def _send_all(course: Any, text: str) -> tuple[int, list[tuple[str, str]]]:
    """Return how many lines were taken, and those that were not, each with the reason."""
    done, left = 0, []
    for line in text.splitlines()[:MOST_LINES]:
        cells = [vietnamese.clean_line(cell) for cell in line.split(";")]
        if not any(cells):
            continue
        try:
            with db.session.begin_nested():
                _send(course, cells)
            done += 1
        except Refused as refused:
            left.append((line, words(refused)))
    return done, left


def _send(course: Any, cells: list[str]) -> None:
    name, born, number, phone, job = (cells + [""] * 5)[:5]
    birth = vietnamese.parse_birth(born, today=clock.today()) if born else None
    if len(name) > 120 or len(job) > 120:
        raise Refused(N_("Dài quá %(limit)s ký tự, cần viết ngắn lại."), limit=120)
    if not name:
        raise Refused(N_("Cần điền mục này."))
    identity = Identity(
        full_name=name, birth_date=birth.day if birth else None,
        birth_year=birth.year if birth else None, id_number=number or None, phone=phone or None,
    )  # fmt: skip
    workers.send(db.session(), course=course, identity=identity, job=job, by=me())
