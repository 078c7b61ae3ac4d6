"""The firm's own vacancies: seen, drafted, sent to the centre."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.queries import history
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.conflicts import compare, last_change
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.labels import choices
from jobcenter.desks.vacancy_form import WORDS, VacancyForm, values_of
from jobcenter.enterprises import queries as enterprises_queries
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.kernel.paging import asked
from jobcenter.vacancies import queries, rules
from jobcenter.vacancies.choices import VERB_LABELS


@desk.get("/vacancies")
@allow(Right.OWN_FIRM)
def vacancies() -> ResponseReturnValue:
    """List the firm's vacancies, newest first."""
    text = request.args.get("text", "")[:120]
    wanted = queries.VacancyFilter(text=text)
    window = asked(request.args.get("page"), request.args.get("size"))
    return render_template(
        "enterprise/vacancies_list.html",
        text=text,
        page=queries.listed(db.session(), me(), wanted, window),
        openings_left=queries.openings_left,
        **WORDS,
    )


@desk.route("/vacancies/new", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def add_vacancy() -> ResponseReturnValue:
    """Draft a vacancy of the own firm."""
    firm = enterprises_queries.own(db.session(), me())
    form = VacancyForm(data={"park_code": firm.park_code})
    if form.validate_on_submit():
        before = once.already(form)
        if before:
            return redirect(before)
        try:
            vacancy = rules.draft(db.session(), data=form.read(), enterprise=firm, by=me())
            target = once.remember(form, url_for("enterprise.vacancy", key=vacancy.key))
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("Đã ghi bản nháp %(number)s.", number=vacancy.number), "success")
            return redirect(target)
    return _form_page(form, None)


@desk.get("/vacancies/<uuid:key>")
@allow(Right.OWN_FIRM)
def vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Show one of the firm's vacancies."""
    return _show(key), 200


@desk.route("/vacancies/<uuid:key>/edit", methods=["GET", "POST"])
@allow(Right.OWN_FIRM)
def edit_vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Change a draft; what was sent or published is changed by the centre."""
    vacancy = queries.one(db.session(), key, me())
    form = VacancyForm(data=values_of(vacancy))
    if form.validate_on_submit():
        try:
            rules.change(
                db.session(),
                vacancy=vacancy,
                data=form.read(),
                enterprise=vacancy.enterprise,
                version=form.seen_version(),
                by=me(),
            )
            db.session.commit()
        except Stale:
            db.session.rollback()
            return _conflict_page(form, key)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("Đã lưu %(number)s.", number=vacancy.number), "success")
            return redirect(url_for("enterprise.vacancy", key=key))
    return _form_page(form, vacancy)


@desk.post("/vacancies/<uuid:key>/move")
@allow(Right.OWN_FIRM)
def move_vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Send a draft to the centre, hold, fill or close."""
    vacancy = queries.one(db.session(), key, me())
    verb = request.form.get("verb", "")
    try:
        rules.move(db.session(), vacancy=vacancy, verb=verb, by=me())
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _show(key, refused), 422
    flash(_("Đã ghi: %(verb)s.", verb=_(VERB_LABELS[verb])), "success")
    return redirect(url_for("enterprise.vacancy", key=key))


def _show(key: uuid.UUID, refused: Refused | None = None) -> str:
    vacancy = queries.one(db.session(), key, me())
    return render_template(
        "enterprise/vacancies_show.html",
        vacancy=vacancy,
        refused=refused,
        left=queries.openings_left(vacancy),
        verbs=rules.verbs_for(vacancy, me()),
        doubts=queries.doubts(vacancy),
        missing=queries.missing(vacancy),
        marked=queries.marked,
        may_edit=rules.may_edit(vacancy, me()),
        lines=history(db.session(), kind="vacancy", subject_id=vacancy.id),
        **WORDS,
    )


def _form_page(form: VacancyForm, vacancy: Any, **more: Any) -> ResponseReturnValue:
    status = 422 if form.is_submitted() else 200
    page = render_template(
        "enterprise/vacancies_form.html",
        form=form,
        vacancy=vacancy,
        communes=choices("commune"),
        form_errors=bool(form.errors),
        **{"conflict": None, "who": None} | more,
    )
    return page, 409 if more else status


def _conflict_page(form: VacancyForm, key: uuid.UUID) -> ResponseReturnValue:
    saved = queries.one(db.session(), key, me())
    rows = compare(form, VacancyForm(formdata=None, data=values_of(saved)))
    form.version.data = str(saved.version)
    who = last_change(kind="vacancy", subject_id=saved.id)
    return _form_page(form, saved, conflict=rows, who=who)
