"""Mark sheets, the grade book, results and how each was reckoned."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.courses.choices import GRADE_LABELS
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.class_words import shown_mark
from jobcenter.desks.errors import words
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.teaching import ActForm, course_of, frame, learners_of
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.enrolments.choices import STATE_KINDS, STATE_LABELS, EnrolState
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.teaching import marks as rules
from jobcenter.teaching import queries
from jobcenter.teaching.choices import EXAM, MARK_LABELS, OF_EXAM, OF_MODULE, MarkKind
from jobcenter.teaching.grading import module_average

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcenter.courses.models import TrainingClass
    from jobcenter.enrolments.models import Enrolment


@desk.get("/classes/<uuid:class_key>/marks")
@allow(Right.SCHOOL, Right.TEACH)
def marks(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show the sheet of a module, or of the examination, to write on."""
    course = course_of(class_key)
    modules = queries.modules_of(course)
    code = request.args.get("sheet") or (queries.sheet_code(modules[0]) if modules else EXAM)
    return _page(course, code)


@desk.post("/classes/<uuid:class_key>/marks/<sheet>")
@allow(Right.SCHOOL, Right.TEACH)
def write_marks(class_key: uuid.UUID, sheet: str) -> ResponseReturnValue:
    """Write a sheet; what cannot be read is shown again beside its learner."""
    course = course_of(class_key)
    module = queries.module_by_code(course, sheet)
    form = ActForm()
    if before := once.already(form):
        return redirect(before, 303)
    found, wrong = {}, {}
    for row in learners_of(course):
        cells: dict[MarkKind, list[int]] = {}
        for kind in OF_MODULE if module else OF_EXAM:
            try:
                cells[kind] = rules.read_marks(request.form.get(f"{kind}-{row.key}", ""), kind)
            except Refused as refused:
                wrong[f"{kind}-{row.key}"] = words(refused)
        if any(f"{kind}-{row.key}" in request.form for kind in cells):
            found[row.id] = cells
    if not form.validate() or wrong:
        return _page(course, sheet, wrong=wrong), 422
    try:
        count = rules.write(
            db.session(), course=course, module=module, rows=found,
            version=form.seen_version(), by=me(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _page(course_of(class_key), sheet, told=words(refused)), 422
    here = url_for("school.marks", class_key=class_key, sheet=sheet)
    once.remember(form, here)
    db.session.commit()
    flash(_("Đã ghi điểm, đổi ở %(count)s người.", count=count), "success")
    return redirect(here, 303)


def _page(
    course: TrainingClass, code: str, *, wrong: dict[str, str] | None = None, told: str = ""
) -> str:
    session = db.session()
    module = queries.module_by_code(course, code)
    rows = learners_of(course)
    written = queries.marks(session, rows)
    kinds = OF_MODULE if module else OF_EXAM
    cells = {}
    for row in rows:
        for kind in kinds:
            name = f"{kind}-{row.key}"
            stored = " ".join(
                shown_mark(one) for one in written[row.id].get(code, {}).get(kind, ())
            )
            cells[name] = request.form.get(name, stored)[:60]
    weights = queries.weights_on(session, course.starts_on)
    sheet = queries.mark_sheet(session, course, code)
    return render_template(
        "school/teach/marks.html",
        **frame(course, "marks"),
        rows=rows,
        code=code,
        exam_code=EXAM,
        module=module,
        modules=[(queries.sheet_code(one), one) for one in queries.modules_of(course)],
        kinds=[(kind, MARK_LABELS[kind]) for kind in kinds],
        cells=cells,
        averages={
            row.id: module_average(written[row.id].get(code, {}), weights) if module else None
            for row in rows
        },
        weights=weights,
        version=sheet.version if sheet else 0,
        shown_mark=shown_mark,
        wrong=wrong or {},
        told=told,
    )


@desk.get("/classes/<uuid:class_key>/results")
@allow(Right.SCHOOL)
def results(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show what comes out for each learner by the rules, line by line, and what was decided."""
    course = course_of(class_key)
    session, rows = db.session(), learners_of(course)
    bounds, since = queries.bounds_of(session, course)
    weights, written = queries.weights_on(session, course.starts_on), queries.marks(session, rows)
    modules = [(queries.sheet_code(one), one) for one in queries.modules_of(course)]
    return render_template(
        "school/teach/results.html",
        **frame(course, "results"),
        rows=rows,
        outcomes=queries.outcomes(session, course, rows),
        decided=queries.results(session, [row.id for row in rows]),
        modules=modules,
        averages={
            (row.id, code): module_average(written[row.id].get(code, {}), weights)
            for row in rows
            for code, _module in modules
        },
        exams={row.id: written[row.id].get(EXAM, {}) for row in rows},
        exam_kinds=OF_EXAM,
        bounds=bounds,
        since=since,
        grades=GRADE_LABELS,
        after=_after(course, rows),
        enrol_states=STATE_LABELS,
        enrol_kinds=STATE_KINDS,
        shown_mark=shown_mark,
        step_words=step_words,
        mark_labels=MARK_LABELS,
    )


def _after(course: TrainingClass, rows: Sequence[Enrolment]) -> list[tuple[int, int, int, bool]]:
    """Return (months, in work, of how many who finished, whether that day has come)."""
    done = [row for row in rows if row.state is EnrolState.COMPLETED]
    days_since = (clock.today() - course.ends_on).days
    return [
        (
            months,
            len(queries.in_work(db.session(), course, done, months=months)),
            len(done),
            days_since >= months * 30,
        )
        for months in (3, 6)
    ]


def step_words(text: str, values: dict[str, object]) -> str:
    """Return one line of a reckoning in the reader's language."""
    marks = {name: shown_mark(values[name]) for name in ("mark", "least") if name in values}  # type: ignore[arg-type]
    return str(_(text, **(dict(values) | marks)))


@desk.post("/classes/<uuid:class_key>/results")
@allow(Right.SCHOOL)
def decide_results(class_key: uuid.UUID) -> ResponseReturnValue:
    """Write the results of the chosen learners."""
    course = course_of(class_key)
    form = ActForm()
    here = url_for("school.results", class_key=class_key)
    if before := once.already(form):
        return redirect(before, 303)
    wanted = {key_in(one) for one in request.form.getlist("learner")[:500]}
    chosen = [row for row in learners_of(course) if row.key in wanted]
    if not form.validate() or not chosen:
        flash(_("Chọn ít nhất một người."), "warning")
        return redirect(here, 303)
    try:
        count = rules.decide(db.session(), course=course, learners=chosen, by=me())
        once.remember(form, here)
        db.session.commit()
        flash(
            _("Đã ghi kết quả của %(count)s trên %(all)s người.", count=count, all=len(chosen)),
            "success",
        )
    except Refused as refused:
        db.session.rollback()
        flash(words(refused), "error")
    return redirect(here, 303)
