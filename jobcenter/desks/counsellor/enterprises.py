"""The register of enterprises."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import find_user
from jobcenter.audit.queries import history
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.enterprise_forms import (
    EnterpriseForm,
    FilterForm,
    MemberForm,
    StandingForm,
    values_of,
)
from jobcenter.desks.editing import Editing, create, edit
from jobcenter.desks.forms import Form
from jobcenter.desks.labels import choices
from jobcenter.desks.vacancy_form import WORDS
from jobcenter.enterprises import members, queries, request_queries, rules, workforce
from jobcenter.enterprises.choices import (
    STANDING_KINDS,
    STANDING_LABELS,
    STANDING_MOVES,
    STANDING_SIGNS,
    STANDING_VERBS,
    RequestState,
    Standing,
)
from jobcenter.enterprises.names import tax_number_doubt
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Slice, asked
from jobcenter.referrals import responses
from jobcenter.vacancies import queries as vacancies_queries

LABELS = {
    "standing_labels": STANDING_LABELS,
    "standing_kinds": STANDING_KINDS,
    "standing_signs": STANDING_SIGNS,
    "standing_verbs": STANDING_VERBS,
}


@desk.get("/enterprises")
@allow(Right.ENTERPRISES_READ)
def enterprises() -> ResponseReturnValue:
    """List firms by the filters in the address."""
    form = FilterForm(request.args)
    wanted = wanted_of(form)
    window = asked(request.args.get("page"), request.args.get("size"))
    return render_template(
        "counsellor/enterprises_list.html",
        form=form,
        page=queries.listed(db.session(), me(), wanted, window),
        asking=request_queries.counted(db.session(), me())[RequestState.WAITING],
        may_write=me().may(Right.ENTERPRISES_WRITE),
        **LABELS,
    )


def wanted_of(form: FilterForm) -> queries.EnterpriseFilter:
    """Return the filter that an address asks for; what cannot be read narrows nothing."""
    form.validate()
    good = {field.name: field.data for field in form if not field.errors}
    return queries.EnterpriseFilter(
        text=good.get("text") or "",
        park=good.get("park") or None,
        standing=Standing(good["standing"]) if good.get("standing") else None,
    )


@desk.route("/enterprises/new", methods=["GET", "POST"])
@allow(Right.ENTERPRISES_WRITE)
def add_enterprise() -> ResponseReturnValue:
    """Write down a new firm."""
    form = EnterpriseForm()
    return create(
        form,
        act=lambda: rules.add(db.session(), data=form.read(), by=me()),
        leads_to=lambda made: url_for("counsellor.enterprise", key=made.key),
        told=lambda made: _("Đã ghi %(name)s.", name=made.name),
        show=lambda: _form_page("counsellor/enterprises_form.html", form, None),
    )


@desk.get("/enterprises/<uuid:key>")
@allow(Right.ENTERPRISES_READ)
def enterprise(key: uuid.UUID) -> ResponseReturnValue:
    """Show one firm with contacts, users, buses and vacancies."""
    return _show(key)


@desk.route("/enterprises/<uuid:key>/edit", methods=["GET", "POST"])
@allow(Right.ENTERPRISES_WRITE)
def edit_enterprise(key: uuid.UUID) -> ResponseReturnValue:
    """Change one firm; a second editor sees both versions and keeps what was typed."""
    return edit(
        Editing(
            kind="enterprise",
            read=lambda: queries.one(db.session(), key, me()),
            form=lambda found, **kw: EnterpriseForm(data=values_of(found), **kw),
            save=lambda found, form: rules.change(
                db.session(),
                enterprise=found,
                data=form.read(),
                version=form.seen_version(),
                by=me(),
            ),
            show=lambda form, found: _form_page("counsellor/enterprises_form.html", form, found),
            told=lambda found: _("Đã lưu %(name)s.", name=found.name),
            title=lambda found: found.short_name or found.name,
            back=url_for("counsellor.enterprise", key=key),
        )
    )


@desk.post("/enterprises/<uuid:key>/standing")
@allow(Right.ENTERPRISES_WRITE)
def set_standing(key: uuid.UUID) -> ResponseReturnValue:
    """Approve a firm, pause, ban, or lift the ban, with the reason."""
    enterprise = queries.one(db.session(), key, me())
    form, verb = StandingForm(), request.form.get("verb", "")
    try:
        if not form.validate():
            return _show(key, standing=form), 422
        rules.move(
            db.session(), enterprise=enterprise, verb=verb, reason=form.reason.data or "", by=me()
        )
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _show(key, standing=form), 422
    flash(_("Đã ghi: %(verb)s.", verb=_(STANDING_VERBS[verb])), "success")
    return redirect(url_for("counsellor.enterprise", key=key))


@desk.route("/enterprises/<uuid:key>/members", methods=["GET", "POST"])
@allow(Right.ENTERPRISES_WRITE)
def add_member(key: uuid.UUID) -> ResponseReturnValue:
    """Let an account act for the firm."""
    enterprise = queries.one(db.session(), key, me())
    form = MemberForm()
    if form.validate_on_submit():
        user = find_user(db.session(), form.login.data or "")
        try:
            members.add_member(
                db.session(),
                enterprise=enterprise,
                user_id=user.id if user is not None else 0,
                is_admin=bool(form.is_admin.data),
                by=me(),
            )
            db.session.commit()
            return redirect(url_for("counsellor.enterprise", key=key))
        except Refused as refused:
            db.session.rollback()
            enterprise = queries.one(db.session(), key, me())
            form.refuse(refused)
    page = _form_page("counsellor/enterprises_members.html", form, enterprise)
    return page, 422 if form.is_submitted() else 200


def _show(key: uuid.UUID, standing: StandingForm | None = None) -> str:
    enterprise = queries.one(db.session(), key, me())
    wanted = vacancies_queries.VacancyFilter(enterprise=key)
    return render_template(
        "counsellor/enterprises_show.html",
        enterprise=enterprise,
        members=queries.members(db.session(), enterprise),
        branches=queries.branches(db.session(), enterprise),
        standing_form=standing or StandingForm(formdata=None),
        verbs=STANDING_MOVES.verbs(enterprise.standing),
        changes=queries.standing_changes(db.session(), enterprise),
        figure=workforce.latest(db.session(), enterprise),
        doubt=tax_number_doubt(enterprise.tax_number),
        answered=responses.response_of(db.session(), enterprise.id, today=clock.today()),
        form_errors=bool(standing and standing.errors),
        vacancies=vacancies_queries.listed(db.session(), me(), wanted, Slice()),
        openings_left=vacancies_queries.openings_left,
        lines=history(db.session(), kind="enterprise", subject_id=enterprise.id),
        may_write=me().may(Right.ENTERPRISES_WRITE) and not me().is_partial_to(enterprise.id),
        is_partial=me().is_partial_to(enterprise.id),
        **LABELS,
        **WORDS,
    )


def _form_page(template: str, form: Form, enterprise: Any) -> str:
    form.make_room()
    return render_template(
        template,
        form=form,
        enterprise=enterprise,
        communes=choices("commune"),
        firms=queries.names(db.session(), me()),
        figure=workforce.latest(db.session(), enterprise) if enterprise else None,
        form_errors=bool(form.errors),
    )
