"""Classes: the list, planning, changing, moving, and who learns in one."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.courses import classes as rules
from jobcenter.courses import queries
from jobcenter.courses.choices import VERB_LABELS
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.editing import Editing, create, edit
from jobcenter.desks.forms import Form
from jobcenter.desks.labels import choices
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.class_forms import ClassForm, FilterForm, StepForm, values_of
from jobcenter.desks.school.class_frame import frame
from jobcenter.desks.sights import saw
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.enrolments import queries as enrolments
from jobcenter.enrolments import rules as enrolling
from jobcenter.enrolments import telling
from jobcenter.enterprises import queries as enterprises
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import asked


def wanted_of(form: FilterForm) -> queries.ClassFilter:
    """Return the filter that the address asks for."""
    return form.wanted(
        programme=key_in(request.args.get("programme")),
        trainer=key_in(request.args.get("trainer")),
        sort=request.args.get("sort", "-start"),
    )


@desk.get("/classes")
@allow(Right.CLASSES_READ)
def classes() -> ResponseReturnValue:
    """List classes by the filters in the address."""
    form = FilterForm(request.args)
    wanted = wanted_of(form)
    page = queries.listed(db.session(), me(), wanted, asked(request.args.get("page")))
    counts = enrolments.counts(db.session(), [one.id for one in page.items])
    return render_template(
        "school/classes_list.html",
        form=form,
        page=page,
        counts=counts,
        sort=wanted.sort,
        sort_href=_sort_href,
        may_write=me().may(Right.SCHOOL),
        **WORDS,
    )


def _sort_href(key: str) -> str:
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("sort", "page")]
    return f"{request.path}?{urlencode([*kept, ('sort', key)])}"


@desk.route("/classes/new", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def add_class() -> ResponseReturnValue:
    """Plan a class of a programme; without one in the address the page asks which."""
    key = key_in(request.args.get("programme"))
    if key is None:
        rows = queries.programmes(db.session(), is_offered=True)
        return render_template("school/class/which.html", programmes=rows, **WORDS)
    programme = queries.one_programme(db.session(), key)
    blank = {"name": programme.name_vi, "code": f"{programme.code}-K", "places": 35}
    form = ClassForm(data=blank)
    return create(
        form,
        act=lambda: rules.plan(db.session(), programme=programme, data=form.read(), by=me()),
        leads_to=lambda made: url_for("school.class_timetable", class_key=made.key),
        told=lambda made: _("Đã lập kế hoạch lớp %(code)s. Lập lịch học tiếp.", code=made.code),
        show=lambda: _form_page(form, queries.one_programme(db.session(), key), None),
    )


@desk.get("/classes/<uuid:class_key>")
@allow(Right.CLASSES_READ)
def class_page(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show who learns in a class."""
    return _show(class_key)


def _show(class_key: uuid.UUID, step: StepForm | None = None) -> str:
    course = queries.one_class(db.session(), class_key, me())
    learners = enrolments.roster(db.session(), me(), course)
    saw([one.person_id for one in learners], Look.LIST)
    return render_template(
        "school/class/learners.html",
        learners=learners,
        step=step or StepForm(formdata=None),
        form_errors=bool(step and step.errors),
        **frame(course, "learners"),
    )


@desk.route("/classes/<uuid:class_key>/edit", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def edit_class(class_key: uuid.UUID) -> ResponseReturnValue:
    """Change one class; a second editor sees both versions."""
    return edit(
        Editing(
            kind="class",
            read=lambda: queries.one_class(db.session(), class_key, me()),
            form=_form_of,
            save=_change,
            show=lambda form, found: _form_page(form, found.programme, found),
            told=lambda found: _("Đã lưu lớp %(code)s.", code=found.code),
            title=lambda found: found.name,
            back=url_for("school.class_page", class_key=class_key),
        )
    )


def _change(found: Any, form: ClassForm) -> None:
    """Change a class; who is in it or waits is told of another first day."""
    before = found.starts_on
    rules.change(db.session(), course=found, data=form.read(), version=form.seen_version(), by=me())
    telling.start_moved(db.session(), found, before)


def _form_of(found: Any, **kw: Any) -> ClassForm:
    form = ClassForm(data=values_of(found), **kw)
    form.trainer.keep(found.trainer)
    form.room.keep(found.room)
    return form


def _form_page(form: Form, programme: Any, course: Any) -> str:
    form.make_room()
    return render_template(
        "school/class/form.html",
        form=form,
        programme=programme,
        course=course,
        rule=queries.rule_of(db.session(), programme.type, on=clock.today()),
        communes=choices("commune"),
        firms=enterprises.names(db.session(), me()),
        form_errors=bool(form.errors),
        **WORDS,
    )


@desk.post("/classes/<uuid:class_key>/move")
@allow(Right.SCHOOL)
def move_class(class_key: uuid.UUID) -> ResponseReturnValue:
    """Take a class one step on; who waits for a class that is cancelled is told so."""
    form, verb = StepForm(), request.form.get("verb", "")
    there = url_for("school.class_page", class_key=class_key)
    if before := once.already(form):
        return redirect(before, 303)
    course = queries.one_class(db.session(), class_key, me())
    if verb not in VERB_LABELS:
        raise Missing
    try:
        if not form.validate():
            return _show(class_key, form), 422
        reason = form.reason.data or ""
        rules.move(
            db.session(), course=course, verb=verb, reason=reason, by=me(),
            version=form.seen_version(),
        )  # fmt: skip
        if verb == "cancel":
            telling.class_cancelled(db.session(), course)
            enrolling.cancel_line(db.session(), course=course, reason=reason, by=me())
        once.remember(form, there)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _show(class_key, form), 422
    flash(_("Đã ghi: %(verb)s.", verb=_(VERB_LABELS[verb])), "success")
    return redirect(there, 303)
