"""Changing a job seeker's file, and its sensitive part behind a stated purpose."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.audit.queries import history
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.seeker_data import (
    as_typed,
    differences,
    edit_data,
    masked_numbers,
    sensitive_as_typed,
    sensitive_data,
)
from jobcenter.desks.counsellor.seeker_forms import EditForm, SensitiveForm
from jobcenter.desks.labels import choices
from jobcenter.desks.sights import saw
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.people.choices import Purpose
from jobcenter.people.queries import agreed
from jobcenter.seekers import queries, rules

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker

SENSITIVE = "ethnicity height_cm weight_kg health target_groups"


@desk.route("/seekers/<uuid:key>/edit", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def edit_seeker(key: uuid.UUID) -> ResponseReturnValue:
    """Change everything but the sensitive data; a second editor keeps what was typed."""
    found = queries.one(db.session(), key, me())
    saw(found.person_id, Look.FILE)
    form, conflict = EditForm(data=as_typed(found)), None
    if form.validate_on_submit():
        try:
            return _save(form, found)
        except Refused as refused:
            found = _again(key)
            if isinstance(refused, Stale):
                conflict = _merge(form, EditForm(formdata=None, data=as_typed(found)), found)
            else:
                form.refuse(refused)
    form.make_room()
    page = render_template(
        "counsellor/seekers_edit.html",
        form=form,
        seeker=found,
        conflict=conflict,
        communes=choices("commune"),
        numbers=masked_numbers(found),
        form_errors=bool(form.errors),
    )
    return page, _status(form, conflict)


def _save(form: EditForm, found: Seeker) -> ResponseReturnValue:
    identity, file = edit_data(form, found)
    rules.change(
        db.session(),
        seeker=found,
        identity=identity,
        file=file,
        version=form.seen_version() or 0,
        by=me(),
    )
    db.session.commit()
    flash(_("Đã lưu hồ sơ %(number)s.", number=found.number), "success")
    return redirect(url_for("counsellor.seeker", key=found.key), 303)


@desk.route("/seekers/<uuid:key>/sensitive", methods=["GET", "POST"])
@allow(Right.SENSITIVE_READ)
def seeker_sensitive(key: uuid.UUID) -> ResponseReturnValue:
    """Show sensitive data once a purpose is stated, and log the sight before the page leaves."""
    found = queries.one(db.session(), key, me())
    purpose = vietnamese.clean_line(request.args.get("purpose", ""))[:200]
    if not purpose:
        saw(found.person_id, Look.LIST)
        return render_template("counsellor/seekers_purpose.html", seeker=found)
    saw(found.person_id, Look.SENSITIVE, fields=SENSITIVE, purpose=purpose)
    form, conflict = SensitiveForm(data=sensitive_as_typed(found)), None
    if form.validate_on_submit():
        try:
            return _save_sensitive(form, found)
        except Refused as refused:
            found = _again(key)
            if isinstance(refused, Stale):
                theirs = SensitiveForm(formdata=None, data=sensitive_as_typed(found))
                conflict = _merge(form, theirs, found)
            else:
                form.refuse(refused)
    form.target_groups.make_room(1)
    page = render_template(
        "counsellor/seekers_sensitive.html",
        form=form,
        seeker=found,
        conflict=conflict,
        purpose=purpose,
        is_agreed=Purpose.SENSITIVE in agreed(db.session(), found.person_id),
        form_errors=bool(form.errors),
    )
    return page, _status(form, conflict)


def _save_sensitive(form: SensitiveForm, found: Seeker) -> ResponseReturnValue:
    rules.change_sensitive(
        db.session(),
        seeker=found,
        data=sensitive_data(form),
        version=form.seen_version() or 0,
        by=me(),
    )
    db.session.commit()
    flash(_("Đã lưu thông tin nhạy cảm."), "success")
    return redirect(url_for("counsellor.seeker", key=found.key), 303)


def _again(key: uuid.UUID) -> Seeker:
    """Leave the refused act behind and read what is stored."""
    db.session.rollback()
    return queries.one(db.session(), key, me())


def _merge(form: Any, theirs: Any, found: Seeker) -> dict[str, object]:
    """Let the form go on from the stored version; return what the conflict panel shows."""
    form.version.data = str(found.version)
    last = next(iter(history(db.session(), kind="seeker", subject_id=found.id)), None)
    return {
        "rows": differences(form, theirs),
        "who": last.actor if last else _("Người khác"),
        "when": last.at if last else found.changed_at,
    }


def _status(form: Any, conflict: object) -> int:
    if conflict:
        return 409
    return 422 if form.is_submitted() else 200
