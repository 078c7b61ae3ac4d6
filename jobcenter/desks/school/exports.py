"""The school's lists as files: what the filters in the address show."""

from __future__ import annotations

import uuid
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.courses import queries as courses
from jobcenter.desks.access import allow, me
from jobcenter.desks.list_files import list_file
from jobcenter.desks.proof import proved
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.class_forms import FilterForm
from jobcenter.desks.school.classes import wanted_of
from jobcenter.desks.school.enrolment_forms import EnrolmentFilterForm
from jobcenter.desks.sights import saw
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.enrolments import queries
from jobcenter.exchange.school_lists import CLASSES, LEARNERS
from jobcenter.kernel.db import db
from jobcenter.kernel.paging import Page, Slice


@desk.get("/classes/export.<form>")
@allow(Right.CLASSES_READ)
def export_classes(form: str) -> ResponseReturnValue:
    """Give the list of classes."""
    wanted = wanted_of(FilterForm(request.args))
    return list_file(
        form, _("Lớp học"), "lop-hoc", CLASSES,
        lambda window: courses.listed(db.session(), me(), wanted, window),
    )  # fmt: skip


@desk.get("/enrolments/export.<form>")
@allow(Right.CLASSES_READ)
@proved
def export_enrolments(form: str) -> ResponseReturnValue:
    """Give the list of applications and learners."""
    wanted = EnrolmentFilterForm(request.args).wanted(
        course=key_in(request.args.get("course")), due=request.args.get("due") == "yes"
    )
    return _people(form, _("Học viên"), "hoc-vien", wanted)


@desk.get("/classes/<uuid:class_key>/export.<form>")
@allow(Right.CLASSES_READ)
@proved
def export_learners(class_key: uuid.UUID, form: str) -> ResponseReturnValue:
    """Give everybody who applied for a class or learns in it."""
    course = courses.one_class(db.session(), class_key, me())
    wanted = queries.EnrolmentFilter(course=class_key)
    return _people(form, course.name, course.code, wanted)


def _people(
    form: str, title: str, name: str, wanted: queries.EnrolmentFilter
) -> ResponseReturnValue:
    seen: list[int] = []

    def fetch(window: Slice) -> Page[Any]:
        page = queries.listed(db.session(), me(), wanted, window)
        seen.extend(row.person_id for row in page.items)
        return page

    answer = list_file(form, title, name, LEARNERS, fetch)
    saw(seen, Look.EXPORT)
    return answer
