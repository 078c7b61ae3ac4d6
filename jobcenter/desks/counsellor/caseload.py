"""My files, what is stuck among them, and handing files over to a colleague."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import HiddenField, SelectField

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import by_ids, one_user
from jobcenter.audit.choices import Look
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.seekers import caseload as room
from jobcenter.seekers.choices import STATE_KINDS, STATE_LABELS, FileState

NOBODY = "nobody"  # whose: files that nobody is responsible for
SHOWN = 20  # names that the review spells out


class HandOverForm(Form):
    """To whom, and why; the files stand beside as hidden keys."""

    whose = HiddenField()
    to = SelectField(N_("Chuyển cho"), validate_choice=False, default="")
    reason = LineField(N_("Lý do"), most=200)

    def __init__(self, from_id: int | None, **kw: Any) -> None:
        super().__init__(**kw)
        others = [one for one in room.carriers(db.session()) if one.id != from_id]
        self.to.choices = [("", _("Chọn người nhận")), *((str(o.key), o.name) for o in others)]


@desk.get("/caseload")
@allow(Right.CASELOAD)
def caseload() -> ResponseReturnValue:
    """List a caseload, what has waited longest first."""
    if me().may(Right.CASELOADS) and not request.args.get("whose"):
        loads = room.loads(db.session(), me())
        return render_template("counsellor/caseloads.html", loads=loads, nobody=NOBODY)
    wanted = _wanted(request.args)
    page = room.cases(
        db.session(), me(), wanted, asked(request.args.get("page"), request.args.get("size"))
    )
    saw([one.person_id for one in page.items], Look.LIST)
    people, whose = _people(), _whose(wanted.responsible_id)
    return render_template(
        "counsellor/caseload.html",
        page=page,
        wanted=wanted,
        whose=whose,
        people=people,
        named=dict(people).get(whose, ""),
        states=STATE_LABELS,
        kinds=STATE_KINDS,
        open_states=room.STUCK_AFTER,
        stuck=room.stuck_among(page.items),
        may_see_all=me().may(Right.CASELOADS),
    )


@desk.post("/caseload/review")
@allow(Right.CASELOAD)
def review_handover() -> ResponseReturnValue:
    """Show which files would go, before they do."""
    wanted = _wanted(request.form)
    is_all = bool(request.form.get("all"))
    keys = room.all_keys(db.session(), me(), wanted) if is_all else _keys()
    form = HandOverForm(wanted.responsible_id, formdata=None)
    return _review(form, wanted.responsible_id, keys)


@desk.post("/caseload/hand-over")
@allow(Right.CASELOAD)
def hand_over() -> ResponseReturnValue:
    """Give the files to the colleague, with the reason."""
    from_id = _wanted(request.form).responsible_id
    form = HandOverForm(from_id)
    if before := once.already(form):
        return redirect(before, 303)
    keys = _keys()
    if not form.validate():
        return _review(form, from_id, keys), 422
    receivers = {str(one.key): one for one in room.carriers(db.session())}
    try:
        done = room.hand_over(
            db.session(),
            keys=keys,
            from_id=from_id,
            to=receivers.get(form.to.data or ""),
            reason=form.reason.data or "",
            by=me(),
        )
        target = once.remember(form, url_for("counsellor.caseload", whose=form.whose.data or None))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _review(form, from_id, keys), 422
    flash(_told(done, receivers[form.to.data].name), "success" if done.moved else "warning")
    return redirect(target, 303)


def _told(done: room.HandedOver, name: str) -> str:
    moved = ngettext(
        "Đã chuyển %(num)s hồ sơ cho %(name)s.",
        "Đã chuyển %(num)s hồ sơ cho %(name)s.",
        done.moved,
        name=name,
    )
    if not done.left:
        return str(moved)
    left = ngettext(
        "%(num)s hồ sơ vừa có người khác nhận nên để nguyên.",
        "%(num)s hồ sơ vừa có người khác nhận nên để nguyên.",
        done.left,
    )
    return f"{moved} {left}"


def _review(form: HandOverForm, from_id: int | None, keys: Sequence[uuid.UUID]) -> str:
    found = room.chosen(db.session(), me(), from_id, keys)
    saw([one.person_id for one in found[:SHOWN]], Look.LIST)
    form.whose.data = _whose(from_id)
    return render_template(
        "counsellor/caseload_review.html",
        form=form,
        files=found,
        shown=found[:SHOWN],
        states=STATE_LABELS,
        kinds=STATE_KINDS,
        form_errors=bool(form.errors),
    )


def _wanted(given: Any) -> room.CaseFilter:
    """Return the filter in an address or a form; what cannot be read is left out."""
    state = given.get("state", "")
    return room.CaseFilter(
        responsible_id=_responsible(given.get("whose", "")),
        state=FileState(state) if state in set(FileState) else None,
        is_stuck=given.get("stuck") == "yes",
    )


def _responsible(whose: str) -> int | None:
    """Return whose files are meant: one's own, nobody's, or those of the user with this key."""
    if whose == NOBODY:
        return None
    if not whose:
        return me().user_id
    try:
        return one_user(db.session(), uuid.UUID(whose)).id
    except ValueError:
        raise Missing from None


def _whose(responsible_id: int | None) -> str:
    if responsible_id is None:
        return NOBODY
    found = by_ids(db.session(), [responsible_id])
    return str(found[responsible_id].key) if responsible_id in found else ""


def _people() -> list[tuple[str, str]]:
    """Return whose files the reader may choose."""
    nobody = (NOBODY, _("Chưa ai phụ trách"))
    if not me().may(Right.CASELOADS):
        return [(_whose(me().user_id), _("Của tôi")), nobody]
    loads = room.loads(db.session(), me())
    return [*((str(one.user.key), one.user.name) for one in loads if one.user), nobody]


def _keys() -> list[uuid.UUID]:
    """Return the files that were ticked; what is no key is left out."""
    found = []
    given = [*request.form.getlist("file"), *request.form.get("files", "").split(",")]
    for text in given[: room.MOST + 1]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
