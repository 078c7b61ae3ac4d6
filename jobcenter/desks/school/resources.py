"""Who teaches and where: trainers and rooms."""

from __future__ import annotations

import uuid
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import by_ids, find_user
from jobcenter.courses import queries, rules
from jobcenter.courses.choices import RoomKind
from jobcenter.desks.access import allow, me
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.editing import Editing, create, edit
from jobcenter.desks.forms import Form
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.programme_forms import RoomForm, TrainerForm
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


@desk.get("/resources")
@allow(Right.CLASSES_READ)
def resources() -> ResponseReturnValue:
    """List trainers and rooms."""
    return render_template(
        "school/resources.html",
        trainers=queries.trainers(db.session()),
        rooms=queries.rooms(db.session()),
        may_write=me().may(Right.SCHOOL),
        **WORDS,
    )


def _account(form: TrainerForm) -> int | None:
    login = form.login.data or ""
    if not login:
        return None
    user = find_user(db.session(), login)
    if user is None:
        raise Refused(N_("Không có tài khoản nào tên như vậy."), field="login")
    return user.id


def _trainer(form: TrainerForm) -> dict[str, Any]:
    return {
        "name": form.name.data or "", "phone": form.phone.data or "",
        "subject": form.subject.data or "", "account_id": _account(form),
    }  # fmt: skip


@desk.route("/trainers/new", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def add_trainer() -> ResponseReturnValue:
    """Write down a trainer."""
    form = TrainerForm()
    return create(
        form,
        act=lambda: rules.add_trainer(db.session(), by=me(), **_trainer(form)),
        leads_to=lambda _made: url_for("school.resources"),
        told=lambda made: _("Đã ghi %(name)s.", name=made.name),
        show=lambda: _page("trainer", form, None),
    )


@desk.route("/trainers/<uuid:trainer_key>", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def edit_trainer(trainer_key: uuid.UUID) -> ResponseReturnValue:
    """Change a trainer."""
    return edit(
        Editing(
            kind="trainer",
            read=lambda: queries.one_trainer(db.session(), trainer_key),
            form=lambda found, **kw: TrainerForm(data=_values(found), **kw),
            save=lambda found, form: rules.change_trainer(
                db.session(), trainer=found, version=form.seen_version(), by=me(),
                is_active=bool(form.is_active.data), **_trainer(form),
            ),
            show=lambda form, found: _page("trainer", form, found),
            told=lambda found: _("Đã lưu %(name)s.", name=found.name),
            title=lambda found: found.name,
            back=url_for("school.resources"),
        )
    )  # fmt: skip


def _values(found: Any) -> dict[str, Any]:
    users = by_ids(db.session(), [found.account_id]) if found.account_id else {}
    user = users.get(found.account_id) if users else None
    return {
        "name": found.name, "subject": found.subject, "is_active": found.is_active,
        "phone": vietnamese.show_phone(found.phone) if found.phone else "",
        "login": user.login if user else "",
    }  # fmt: skip


def _room(form: RoomForm) -> dict[str, Any]:
    return {
        "name": form.name.data or "", "kind": RoomKind(form.kind.data),
        "seats": form.seats.data or 1, "place": form.place.data or "",
    }  # fmt: skip


@desk.route("/rooms/new", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def add_room() -> ResponseReturnValue:
    """Write down a room."""
    form = RoomForm()
    return create(
        form,
        act=lambda: rules.add_room(db.session(), by=me(), **_room(form)),
        leads_to=lambda _made: url_for("school.resources"),
        told=lambda made: _("Đã ghi %(name)s.", name=made.name),
        show=lambda: _page("room", form, None),
    )


@desk.route("/rooms/<uuid:room_key>", methods=["GET", "POST"])
@allow(Right.SCHOOL)
def edit_room(room_key: uuid.UUID) -> ResponseReturnValue:
    """Change a room."""
    return edit(
        Editing(
            kind="training-room",
            read=lambda: queries.one_room(db.session(), room_key),
            form=lambda found, **kw: RoomForm(obj=found, **kw),
            save=lambda found, form: rules.change_room(
                db.session(), room=found, version=form.seen_version(), by=me(),
                is_active=bool(form.is_active.data), **_room(form),
            ),
            show=lambda form, found: _page("room", form, found),
            told=lambda found: _("Đã lưu %(name)s.", name=found.name),
            title=lambda found: found.name,
            back=url_for("school.resources"),
        )
    )  # fmt: skip


def _page(what: str, form: Form, found: Any) -> str:
    return render_template(
        f"school/{what}_form.html", form=form, found=found, form_errors=bool(form.errors)
    )
