"""Changing a job seeker's file, and its sensitive part behind a stated purpose."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.seeker_data import (
    as_typed,
    edit_data,
    masked_numbers,
    sensitive_as_typed,
    sensitive_data,
    unseen,
)
from jobcenter.desks.counsellor.seeker_forms import EditForm, SensitiveForm
from jobcenter.desks.editing import Editing, edit
from jobcenter.desks.labels import choices
from jobcenter.desks.sights import saw
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Stale
from jobcenter.people.choices import Purpose
from jobcenter.people.queries import agreed
from jobcenter.seekers import queries, rules

SENSITIVE = "ethnicity height_cm weight_kg health target_groups"


@desk.route("/seekers/<uuid:key>/edit", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def edit_seeker(key: uuid.UUID) -> ResponseReturnValue:
    """Change everything but the sensitive data; a second editor keeps what was typed."""
    found = _found(key)
    saw(found.person_id, Look.FILE)
    return edit(
        Editing(
            kind="seeker",
            read=lambda: _found(key),
            form=lambda found, **kw: EditForm(data=as_typed(found), **kw),
            save=_first_look(_save, is_moved=found.key != key),
            show=_show_edit,
            told=lambda found: _("Đã lưu hồ sơ %(number)s.", number=found.number),
            title=lambda found: found.person.full_name,
            back=url_for("counsellor.seeker", key=found.key),
            unseen=unseen,
        )
    )


def _found(key: uuid.UUID) -> Any:
    """Return the file to edit; what was typed into one that was merged goes to who stands."""
    read = queries.standing_one if request.method == "POST" else queries.one
    return read(db.session(), key, me())


def _first_look(save: Callable[[Any, Any], None], *, is_moved: bool) -> Callable[[Any, Any], None]:
    """Refuse the first save into a file that stands for another one: its writer looks first.

    The version in the form is of the merged file, and may be that of this one by chance.
    """
    seen = iter([] if "theirs" in request.form or not is_moved else [Stale()])

    def looked(found: Any, form: Any) -> None:
        for stale in seen:
            raise stale
        save(found, form)

    return looked


def _save(found: Any, form: EditForm) -> None:
    identity, file = edit_data(form, found)
    rules.change(
        db.session(),
        seeker=found,
        identity=identity,
        file=file,
        version=form.seen_version(),
        by=me(),
    )


def _show_edit(form: EditForm, found: Any) -> str:
    form.make_room()
    return render_template(
        "counsellor/seekers_edit.html",
        form=form,
        seeker=found,
        communes=choices("commune"),
        numbers=masked_numbers(found),
        form_errors=bool(form.errors),
    )


@desk.route("/seekers/<uuid:key>/sensitive", methods=["GET", "POST"])
@allow(Right.SENSITIVE_READ)
def seeker_sensitive(key: uuid.UUID) -> ResponseReturnValue:
    """Show sensitive data once a purpose is stated, and log the sight before the page leaves."""
    found = _found(key)
    purpose = vietnamese.clean_line(request.args.get("purpose", ""))[:200]
    if not purpose:
        saw(found.person_id, Look.LIST)
        return render_template("counsellor/seekers_purpose.html", seeker=found)
    saw(found.person_id, Look.SENSITIVE, fields=SENSITIVE, purpose=purpose)
    return edit(
        Editing(
            kind="seeker",
            read=lambda: _found(key),
            form=lambda found, **kw: SensitiveForm(data=sensitive_as_typed(found), **kw),
            save=_first_look(_save_sensitive, is_moved=found.key != key),
            show=lambda form, found: _show_sensitive(form, found, purpose),
            told=lambda _found: _("Đã lưu thông tin nhạy cảm."),
            title=lambda found: found.person.full_name,
            back=url_for("counsellor.seeker", key=found.key),
        )
    )


def _save_sensitive(found: Any, form: SensitiveForm) -> None:
    rules.change_sensitive(
        db.session(),
        seeker=found,
        data=sensitive_data(form),
        version=form.seen_version(),
        by=me(),
    )


def _show_sensitive(form: SensitiveForm, found: Any, purpose: str) -> str:
    form.target_groups.make_room(1)
    return render_template(
        "counsellor/seekers_sensitive.html",
        form=form,
        seeker=found,
        purpose=purpose,
        is_agreed=Purpose.SENSITIVE in agreed(db.session(), found.person_id),
        form_errors=bool(form.errors),
    )
