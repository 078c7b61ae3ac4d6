"""Programmes with their curricula, the rules of their types, and the plan of a year."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.queries import history
from jobcenter.catalogue.queries import one_value
from jobcenter.courses import queries, rules, typerules
from jobcenter.courses.choices import GRADE_LABELS, Grade
from jobcenter.desks.access import allow, me
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.editing import Editing, create, edit
from jobcenter.desks.forms import Form
from jobcenter.desks.labels import choices
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.programme_forms import (
    CurriculumForm,
    ProgrammeForm,
    TypeRuleForm,
    module_lines,
    rule_values,
    values_of,
)
from jobcenter.enrolments import queries as enrolments
from jobcenter.enrolments.loop import fed_by
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Slice
from jobcenter.kernel.words import N_

MOST_TARGET = 100_000


@desk.get("/programmes")
@allow(Right.CLASSES_READ)
def programmes() -> ResponseReturnValue:
    """List programmes, by type and words in the address."""
    text, of = request.args.get("text", "")[:120], request.args.get("type") or None
    return render_template(
        "school/programmes_list.html",
        rows=queries.programmes(db.session(), text=text, of=of),
        types=choices("V", blank=_("Tất cả")),
        text=text,
        of=of,
        may_write=me().may(Right.SCHOOL),
        **WORDS,
    )


@desk.route("/programmes/new", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def add_programme() -> ResponseReturnValue:
    """Write down a programme."""
    form = ProgrammeForm()
    return create(
        form,
        act=lambda: rules.add_programme(db.session(), data=form.read(), by=me()),
        leads_to=lambda made: url_for("school.programme", programme_key=made.key),
        told=lambda made: _("Đã ghi %(name)s.", name=made.name_vi),
        show=lambda: _form_page(form, None),
    )


@desk.get("/programmes/<uuid:programme_key>")
@allow(Right.CLASSES_READ)
def programme(programme_key: uuid.UUID) -> ResponseReturnValue:
    """Show a programme: skills, curricula, rule of its type, classes, vacancies it feeds."""
    found = queries.one_programme(db.session(), programme_key)
    wanted = queries.ClassFilter(programme=programme_key)
    today = clock.today()
    return render_template(
        "school/programme.html",
        programme=found,
        rule=queries.rule_of(db.session(), found.type, on=today),
        now=queries.curriculum_on(db.session(), found.id, today),
        classes=queries.listed(db.session(), me(), wanted, Slice()),
        fed=fed_by(db.session(), found, today),
        lines=history(db.session(), kind="programme", subject_id=found.id),
        may_write=me().may(Right.SCHOOL),
        grades=grades,
        **WORDS,
    )


def grades(rule: Any) -> list[tuple[str, str]]:
    """Return (least mark, name) of the grades of a rule, the best first."""
    found = []
    for line in rule.grades or ():
        least, _sign, name = line.partition(":")
        if name in set(Grade) and least.isdigit():
            found.append((f"{int(least) // 10},{int(least) % 10}", _(GRADE_LABELS[Grade(name)])))
    return found


@desk.route("/programmes/<uuid:programme_key>/edit", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def edit_programme(programme_key: uuid.UUID) -> ResponseReturnValue:
    """Change a programme; a second editor sees both versions."""
    return edit(
        Editing(
            kind="programme",
            read=lambda: queries.one_programme(db.session(), programme_key),
            form=lambda found, **kw: ProgrammeForm(data=values_of(found), **kw),
            save=lambda found, form: rules.change_programme(
                db.session(), programme=found, data=form.read(), version=form.seen_version(),
                by=me(),
            ),
            show=_form_page,
            told=lambda found: _("Đã lưu %(name)s.", name=found.name_vi),
            title=lambda found: found.name_vi,
            back=url_for("school.programme", programme_key=programme_key),
        )
    )  # fmt: skip


def _form_page(form: Form, programme: Any) -> str:
    return render_template(
        "school/programme_form.html", form=form, programme=programme,
        form_errors=bool(form.errors),
    )  # fmt: skip


@desk.route("/programmes/<uuid:programme_key>/curriculum", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def set_curriculum(programme_key: uuid.UUID) -> ResponseReturnValue:
    """Write the modules of a programme from a day on; lines may be pasted from a sheet."""
    found = queries.one_programme(db.session(), programme_key)
    latest = found.curricula[0] if found.curricula else None
    form = CurriculumForm(
        data={"modules": module_lines(latest), "valid_from": clock.today()} if latest else None
    )

    def act() -> Any:
        return rules.set_curriculum(
            db.session(), programme=queries.one_programme(db.session(), programme_key),
            valid_from=form.day(), decision=form.decision.data or "", modules=form.read(), by=me(),
        )  # fmt: skip

    return create(
        form,
        act=act,
        leads_to=lambda _made: url_for("school.programme", programme_key=programme_key),
        told=lambda made: _("Đã ghi %(count)s mô đun.", count=len(made.modules)),
        show=lambda: render_template(
            "school/curriculum_form.html",
            form=form,
            programme=queries.one_programme(db.session(), programme_key),
            form_errors=bool(form.errors),
        ),
    )


@desk.get("/types")
@allow(Right.CLASSES_READ)
def types() -> ResponseReturnValue:
    """Show the rules of every programme type in force today, and those before and to come."""
    return render_template(
        "school/types.html",
        rules=queries.rules_of_types(db.session()),
        types=choices("V"),
        grades=grades,
        may_write=me().may(Right.SCHOOL),
        **WORDS,
    )


@desk.route("/types/<code>", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def set_type_rule(code: str) -> ResponseReturnValue:
    """Write what holds for a type from a day on."""
    value = one_value(db.session(), "V", code[:40])
    rule = queries.rule_of(db.session(), value.code, on=clock.today())
    form = TypeRuleForm(data=rule_values(rule) if rule else None)
    of = value.code
    return create(
        form,
        act=lambda: typerules.set_type_rule(db.session(), of=of, data=form.read(), by=me()),
        leads_to=lambda _made: url_for("school.types"),
        told=lambda _made: _("Đã ghi quy định mới."),
        show=lambda: render_template(
            "school/type_form.html", form=form, code=of, form_errors=bool(form.errors)
        ),
    )


@desk.get("/plan")
@allow(Right.CLASSES_READ)
def plan() -> ResponseReturnValue:
    """Show the targets of a year beside whom the classes took in."""
    return _plan(_year())


def _year() -> int:
    text = request.args.get("year", "")
    known = text.isascii() and text.isdigit() and 2000 <= int(text[:6]) <= 2200
    return int(text) if known else clock.today().year


def _plan(year: int, refused: Refused | None = None) -> str:
    lines = {one.type: one for one in enrolments.plan_of(db.session(), year)}
    counting = [one for one in lines.values() if one.counts]
    goals = [one.target for one in counting if one.target is not None]
    return render_template(
        "school/plan.html",
        year=year,
        years=sorted({*queries.target_years(db.session()), clock.today().year, year}, reverse=True),
        lines=lines,
        types=choices("V"),
        counting_types=queries.plan_types(db.session(), year),
        target=sum(goals) if goals else None,
        taken_in=sum(one.taken_in for one in counting),
        apart=sum(one.taken_in for one in lines.values() if not one.counts),
        refused=refused,
        form_errors=bool(refused),
        typed=request.form,
        fresh=lambda: Form(formdata=None),
        may_write=me().may(Right.SCHOOL) or me().may(Right.OVERVIEW),
    )


@desk.post("/plan")
@allow(Right.SCHOOL, Right.OVERVIEW)
def set_plan() -> ResponseReturnValue:
    """Write the targets of a year, all at once; an empty field leaves what was."""
    year, form = _year(), Form()
    if not form.validate():
        return redirect(url_for("school.plan", year=year), 303)
    decision = request.form.get("decision", "")[:120]
    known = {one.type: one.target for one in enrolments.plan_of(db.session(), year)}
    try:
        for of, _name in choices("V"):
            text = request.form.get(f"target-{of}", "").strip().replace(".", "")
            if not text:
                continue
            if not (text.isascii() and text.isdigit() and int(text[:9]) <= MOST_TARGET):
                raise Refused(N_("Ghi bằng chữ số, nhiều nhất %(most)s."), field=of,
                              most=MOST_TARGET)  # fmt: skip
            if known.get(of) != int(text):
                rules.set_target(
                    db.session(), year=year, of=of, target=int(text), decision=decision, by=me()
                )
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _plan(year, refused), 422
    flash(_("Đã lưu chỉ tiêu năm %(year)s.", year=year), "success")
    return redirect(url_for("school.plan", year=year), 303)
