"""The register of vacancies."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.audit.queries import history
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.conflicts import compare, last_change
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.desks.labels import choices
from jobcenter.desks.vacancy_form import WORDS, StaffVacancyForm, values_of
from jobcenter.enterprises import queries as enterprises_queries
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused, Stale
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.vacancies import queries, rules
from jobcenter.vacancies.choices import STATE_LABELS, VERB_LABELS, VacancyState

NOT_COPIED = ("deadline", "start_on", "round", "version")


class FilterForm(Form):
    """How the list is narrowed; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    text = LineField(N_("Từ khoá"), most=120)
    state = SelectField(
        N_("Trạng thái"),
        choices=lambda: [("", _("Tất cả")), *((s.value, _(STATE_LABELS[s])) for s in VacancyState)],
        default="",
    )
    park = SelectField(
        N_("Khu công nghiệp"), default="", choices=lambda: choices("park", blank=_("Tất cả"))
    )
    shift = SelectField(N_("Ca làm"), default="", choices=lambda: choices("K", blank=_("Tất cả")))
    occupation = LineField(N_("Mã nghề"), most=6)
    deadline_by = DateField(N_("Hạn đến"))

    def wanted(self) -> queries.VacancyFilter:
        """Return the filter; what cannot be read is left out and said beside its field."""
        good = {field.name: field.data for field in self if not field.errors}
        state = good.get("state")
        return queries.VacancyFilter(
            text=good.get("text") or "",
            state=VacancyState(state) if state else None,
            park=good.get("park") or None,
            shift=good.get("shift") or None,
            occupation=good.get("occupation") or "",
            deadline_by=self.deadline_by.day,
            enterprise=_key(request.args.get("enterprise")),
            sort=request.args.get("sort", "newest"),
        )


@desk.get("/vacancies")
@allow(Right.VACANCIES_READ)
def vacancies() -> ResponseReturnValue:
    """List vacancies by the filters in the address."""
    form = FilterForm(request.args)
    form.validate()
    wanted = form.wanted()
    firm = (
        enterprises_queries.one(db.session(), wanted.enterprise, me())
        if wanted.enterprise
        else None
    )
    window = asked(request.args.get("page"), request.args.get("size"))
    return render_template(
        "counsellor/vacancies_list.html",
        form=form,
        page=queries.listed(db.session(), me(), wanted, window),
        firm=firm,
        sort=wanted.sort,
        sort_href=_sort_href,
        openings_left=queries.openings_left,
        may_write=me().may(Right.VACANCIES_WRITE),
        **WORDS,
    )


@desk.route("/vacancies/new", methods=["GET", "POST"])
@allow(Right.VACANCIES_WRITE)
def add_vacancy() -> ResponseReturnValue:
    """Write down a new vacancy, blank, for a firm, or as a copy of a former one."""
    form = StaffVacancyForm(data=_start())
    if form.validate_on_submit():
        before = once.already(form)
        if before:
            return redirect(before)
        try:
            vacancy = rules.draft(db.session(), data=form.read(), enterprise=_firm(form), by=me())
            target = once.remember(form, url_for("counsellor.vacancy", key=vacancy.key))
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            flash(_("Đã ghi bản nháp %(number)s.", number=vacancy.number), "success")
            return redirect(target)
    return _form_page(form, None)


@desk.get("/vacancies/<uuid:key>")
@allow(Right.VACANCIES_READ)
def vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Show one vacancy."""
    return _show(key), 200


@desk.route("/vacancies/<uuid:key>/edit", methods=["GET", "POST"])
@allow(Right.VACANCIES_WRITE)
def edit_vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Change one vacancy; a second editor sees both versions and keeps what was typed."""
    vacancy = queries.one(db.session(), key, me())
    form = StaffVacancyForm(data=values_of(vacancy))
    if form.validate_on_submit():
        try:
            rules.change(
                db.session(),
                vacancy=vacancy,
                data=form.read(),
                enterprise=_firm(form),
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
            return redirect(url_for("counsellor.vacancy", key=key))
    return _form_page(form, vacancy)


@desk.post("/vacancies/<uuid:key>/move")
@allow(Right.VACANCIES_WRITE)
def move_vacancy(key: uuid.UUID) -> ResponseReturnValue:
    """Move one vacancy to its next state."""
    vacancy = queries.one(db.session(), key, me())
    verb = request.form.get("verb", "")
    try:
        rules.move(db.session(), vacancy=vacancy, verb=verb, by=me())
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _show(key, refused), 422
    flash(_("Đã ghi: %(verb)s.", verb=_(VERB_LABELS[verb])), "success")
    return redirect(url_for("counsellor.vacancy", key=key))


def _show(key: uuid.UUID, refused: Refused | None = None) -> str:
    vacancy = queries.one(db.session(), key, me())
    return render_template(
        "counsellor/vacancies_show.html",
        vacancy=vacancy,
        refused=refused,
        left=queries.openings_left(vacancy),
        verbs=rules.verbs_for(vacancy, me()),
        hindrances=rules.refusals(db.session(), vacancy),
        doubts=queries.doubts(vacancy),
        import_notes=queries.import_notes(vacancy),
        missing=queries.missing(vacancy),
        marked=queries.marked,
        lines=history(db.session(), kind="vacancy", subject_id=vacancy.id),
        may_write=me().may(Right.VACANCIES_WRITE),
        **WORDS,
    )


def _form_page(form: StaffVacancyForm, vacancy: Any, **more: Any) -> ResponseReturnValue:
    status = 422 if form.is_submitted() else 200
    page = render_template(
        "counsellor/vacancies_form.html",
        form=form,
        vacancy=vacancy,
        firms=enterprises_queries.names(db.session(), me()),
        communes=choices("commune"),
        form_errors=bool(form.errors),
        **{"conflict": None, "who": None} | more,
    )
    return page, 409 if more else status


def _conflict_page(form: StaffVacancyForm, key: uuid.UUID) -> ResponseReturnValue:
    saved = queries.one(db.session(), key, me())
    rows = compare(form, StaffVacancyForm(formdata=None, data=values_of(saved)))
    form.version.data = str(saved.version)
    who = last_change(kind="vacancy", subject_id=saved.id)
    return _form_page(form, saved, conflict=rows, who=who)


def _firm(form: StaffVacancyForm) -> Any:
    return enterprises_queries.read_firm(db.session(), form.firm.data or "", field="firm")


def _start() -> dict[str, Any]:
    """Return what a new form begins with: a former vacancy, or a firm."""
    former = _key(request.args.get("copy"))
    if former is not None:
        values = values_of(queries.one(db.session(), former, me()))
        return {name: value for name, value in values.items() if name not in NOT_COPIED}
    firm_key = _key(request.args.get("enterprise"))
    if firm_key is None:
        return {}
    firm = enterprises_queries.one(db.session(), firm_key, me())
    return {"firm": firm.tax_number or firm.name, "park_code": firm.park_code}


def _sort_href(key: str) -> str:
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("sort", "page")]
    return f"{request.path}?{urlencode([*kept, ('sort', key)])}"


def _key(text: str | None) -> uuid.UUID | None:
    """Return the key in an address; one that cannot be read is a page that is not there."""
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Missing from None
