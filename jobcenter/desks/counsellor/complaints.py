"""Complaints: the list, a new one, what was done, how it ended. Asking visitors how it was."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.widgets import TextArea

from jobcenter.accounts.choices import Right
from jobcenter.accounts.queries import names
from jobcenter.advising import complaints as room
from jobcenter.advising import feedback
from jobcenter.advising.choices import (
    COMPLAINT_KIND_LABELS,
    COMPLAINT_LABELS,
    COMPLAINT_MOVES,
    COMPLAINT_TAGS,
    COMPLAINT_WAY_LABELS,
    ComplaintKind,
    ComplaintWay,
    FeedbackAbout,
    FeedbackWay,
)
from jobcenter.audit.choices import Look
from jobcenter.desks import editing, once
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.visits import file_of
from jobcenter.desks.forms import DateField, Form, LineField, ProseField
from jobcenter.desks.sights import saw
from jobcenter.enterprises import queries as enterprises
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.seekers import queries as seekers

WORDS = {"kinds": COMPLAINT_KIND_LABELS, "states": COMPLAINT_LABELS, "tags": COMPLAINT_TAGS,
         "ways": COMPLAINT_WAY_LABELS}  # fmt: skip
STAFF_WAYS = (ComplaintWay.COUNTER, ComplaintWay.PHONE, ComplaintWay.LETTER)
SHOWN = {"open": True, "over": False}


class ComplaintForm(Form):
    """What somebody complains of."""

    kind = SelectField(
        N_("Khiếu nại về việc gì"),
        choices=lambda: [(one.value, _(COMPLAINT_KIND_LABELS[one])) for one in ComplaintKind],
        default=ComplaintKind.FEE.value,
    )
    text = ProseField(N_("Chuyện thế nào"), most=room.MOST_LETTERS, needed=True, widget=TextArea())
    name = LineField(N_("Người khiếu nại"))
    firm = LineField(N_("Doanh nghiệp"), most=200, render_kw={"list": "firms"})
    way = SelectField(
        N_("Nhận bằng cách nào"),
        choices=lambda: [(one.value, _(COMPLAINT_WAY_LABELS[one])) for one in STAFF_WAYS],
        default=ComplaintWay.COUNTER.value,
    )
    received_on = DateField(N_("Ngày nhận"), default=clock.today)


class NoteForm(Form):
    """What was done."""

    text = ProseField(
        N_("Đã làm gì"), most=room.MOST_LETTERS, needed=True, widget=TextArea(), id="note-text"
    )


class EndForm(Form):
    """What came of it."""

    outcome = ProseField(N_("Kết quả"), most=room.MOST_LETTERS, widget=TextArea())


@desk.get("/complaints")
@allow(Right.SEEKERS_READ)
def complaints() -> ResponseReturnValue:
    """List the complaints, what is due first; or those that ended."""
    show = request.args.get("show", "open")
    show = show if show in SHOWN else "open"
    page = room.listed(
        db.session(), me(), is_open=SHOWN[show], window=asked(request.args.get("page"))
    )
    saw([row.person_id for row in page.items if row.person_id is not None], Look.LIST)
    today = clock.today()
    return render_template(
        "counsellor/complaints.html",
        page=page,
        show=show,
        counts=room.counted(db.session(), today.replace(month=1, day=1), today),
        may_write=me().may(Right.SEEKERS_WRITE),
        **WORDS,
    )


@desk.route("/complaints/new", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def add_complaint() -> ResponseReturnValue:
    """Write a complaint down, of somebody with a file or of anybody."""
    found = file_of(request.args.get("seeker"))
    if found is not None:
        saw(found.person_id, Look.LIST)
    form = ComplaintForm()

    def act() -> Any:
        session = db.session()
        person = seekers.one(session, found.key, me()).person if found else None
        return room.record_complaint(
            session,
            kind=ComplaintKind(form.kind.data),
            way=ComplaintWay(form.way.data),
            text=form.text.data or "",
            person=person,
            name=form.name.data or "",
            enterprise=enterprises.read_firm(session, form.firm.data or "", field="firm"),
            received_on=form.received_on.day,
            by=me(),
        )

    return editing.create(
        form,
        act=act,
        leads_to=lambda made: url_for("counsellor.complaint", key=made.key),
        told=lambda made: _("Đã ghi khiếu nại %(number)s.", number=made.number),
        show=lambda: render_template(
            "counsellor/complaint_new.html",
            form=form,
            seeker=seekers.one(db.session(), found.key, me()) if found else None,
            firms=enterprises.names(db.session(), me()),
            form_errors=bool(form.errors),
        ),
    )


@desk.get("/complaints/<uuid:key>")
@allow(Right.SEEKERS_READ)
def complaint(key: uuid.UUID) -> ResponseReturnValue:
    """Show one complaint and what was done."""
    return _page(key)


def _page(key: uuid.UUID, tried: Form | None = None) -> ResponseReturnValue:
    session = db.session()
    row = room.one(session, key, me())
    if row.person_id is not None:
        saw(row.person_id, Look.LIST)
    notes = room.notes_of(session, row)
    files = seekers.of_people(session, me(), [row.person_id] if row.person_id else [])
    page = render_template(
        "counsellor/complaint.html",
        row=row,
        notes=notes,
        by=names(session, [one.by_id for one in notes]),
        file=files.get(row.person_id or 0),
        note_form=tried if isinstance(tried, NoteForm) else NoteForm(formdata=None),
        end_form=tried if isinstance(tried, EndForm) else EndForm(formdata=None),
        tried=tried,
        form_errors=tried is not None,
        verbs=COMPLAINT_MOVES.verbs(row.state),
        may_write=me().may(Right.SEEKERS_WRITE),
        **WORDS,
    )
    return page, 422 if tried else 200


def _acted(key: uuid.UUID, form: Form, act: Callable[[Any], None]) -> ResponseReturnValue:
    here = url_for("counsellor.complaint", key=key)
    row = room.one(db.session(), key, me())
    if once.already(form):
        return redirect(here, 303)
    if not form.validate():
        return _page(key, form)
    try:
        act(row)
        once.remember(form, here)
        db.session.commit()
    except Missing:
        raise
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(key, form)
    flash(_("Đã ghi."), "success")
    return redirect(here, 303)


@desk.post("/complaints/<uuid:key>/notes")
@allow(Right.SEEKERS_WRITE)
def note_complaint(key: uuid.UUID) -> ResponseReturnValue:
    """Write what was done."""
    form = NoteForm()
    return _acted(
        key, form,
        lambda row: room.add_note(
            db.session(), complaint=row, text=form.text.data or "", by=me()
        ),
    )  # fmt: skip


@desk.post("/complaints/<uuid:key>/move")
@allow(Right.SEEKERS_WRITE)
def move_complaint(key: uuid.UUID) -> ResponseReturnValue:
    """Take it on, end it, open it again."""
    form = EndForm()
    return _acted(
        key, form,
        lambda row: room.move(
            db.session(), complaint=row, verb=request.form.get("verb", ""),
            outcome=form.outcome.data or "", version=form.seen_version(), by=me(),
        ),
    )  # fmt: skip


@desk.post("/feedback")
@allow(Right.SEEKERS_WRITE)
def ask_at_counter() -> ResponseReturnValue:
    """Show the visitor the question on this screen; it names nobody."""
    token, _last = feedback.invite(db.session(), about=FeedbackAbout.VISIT, way=FeedbackWay.COUNTER)
    db.session.commit()
    return redirect(url_for("public.feedback", token=token), 303)
