"""Taking a new person in: one page, by keyboard, from a card or a draft; nothing typed is lost."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from jobcenter.accounts.choices import Right
from jobcenter.advising import queries as visits
from jobcenter.advising.rules import recognise, take_ticket
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.intake_form import (
    Filled,
    IntakeForm,
    Values,
    contents,
    fill,
    guessed,
    is_begun,
    scan_in,
    title,
)
from jobcenter.desks.counsellor.lookalikes import chosen, in_the_way, known, panel, typed_traits
from jobcenter.desks.counsellor.seeker_data import intake_data
from jobcenter.desks.counsellor.visits import read_key, slip_address
from jobcenter.desks.errors import words
from jobcenter.desks.labels import choices
from jobcenter.drafts import queries as drafts
from jobcenter.drafts.choices import DraftKind
from jobcenter.drafts.rules import discard, keep
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.people.choices import Purpose, Way
from jobcenter.seekers import queries, rules

if TYPE_CHECKING:
    from collections.abc import Collection

    from jobcenter.advising.models import Visit
    from jobcenter.seekers.duplicates import Known
    from jobcenter.seekers.models import Seeker


@desk.get("/seekers/new")
@allow(Right.SEEKERS_WRITE)
def add_seeker() -> ResponseReturnValue:
    """Show the form: empty, or as a draft left it."""
    key = read_key(request.args.get("draft"))
    if key is None:
        visit = visit_of(request.args.get("visit"))
        start: Values = MultiDict(
            {"full_name": visit.who, "visit": str(visit.key)} if visit else {}
        )
        return _page(IntakeForm(formdata=start or None), Filled(start), [])
    draft = drafts.one(db.session(), key, me())
    values: Values = MultiDict(draft.payload)
    values["draft"] = str(draft.key)
    found, _others = known(typed_traits(values))
    return _page(IntakeForm(formdata=values), Filled(values), found)


@desk.post("/seekers/new")
@allow(Right.SEEKERS_WRITE)
def register_seeker() -> ResponseReturnValue:
    """Save, keep as a draft, throw away, or put a scanned card into the form."""
    form = IntakeForm()
    if before := once.already(form):
        return redirect(before, 303)
    act, scan = request.form.get("act", ""), scan_in(request.form)
    if act in _ACTS:
        return _ACTS[act](form)
    if scan or act == "card":
        return _read_card(*(scan or ("card", request.form.get("card", ""))))
    return _save(form)


def _save(form: IntakeForm) -> ResponseReturnValue:
    """Open the file; whoever looks like a known one is asked about first."""
    typed = typed_traits(request.form)
    found, others = known(typed)
    same = chosen(found)
    if form.validate() and (same or not in_the_way(found)):
        try:
            return redirect(_register(form, others, same), 303)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            found, others = known(typed)
    return _page(form, Filled(request.form), found, is_saving=not form.errors), 422


def _page(form: IntakeForm, filled: Filled, found: list[Known], *, is_saving: bool = False) -> str:
    """Return the page; `found` are those who may be the person in the form."""
    shown = panel(found, typed_traits(filled.values), is_saving=is_saving)
    visit = visit_of(form.visit.data)
    return render_template(
        "counsellor/seekers_new.html",
        form=form,
        panel=shown,
        filled=filled,
        communes=choices("commune"),
        form_errors=bool(form.errors),
        questions=queries.QUESTIONS.values(),
        visit=visit,
        drafts=[
            one
            for one in drafts.own(db.session(), me(), DraftKind.INTAKE)
            if str(one.key) != form.draft.data
        ],
    )


def visit_of(text: str | None) -> Visit | None:
    """Return the visit whose key stands in an address or a form."""
    key = read_key(text)
    return visits.one(db.session(), key, me()) if key else None


def _read_card(name: str, text: str) -> ResponseReturnValue:
    """Show the form with a card's data in it; who has the card's ID already is offered at once."""
    filled = fill(request.form, name, text)
    form = IntakeForm(formdata=filled.values)
    for target, fault in filled.faults.items():
        form[target].errors = [fault]
    found, _others = known(typed_traits(filled.values))
    is_known = bool(found) and in_the_way(found[:1])
    return _page(form, filled, found, is_saving=is_known), 422 if filled.faults else 200


def _register(form: IntakeForm, others: Collection[int], same: int | None) -> str:
    """Open the file and return where to go; lookalikes are `others`, or the `same` person."""
    identity, file = intake_data(form)
    session, then = db.session(), request.form.get("then", "")
    seeker = rules.register(
        session,
        identity=identity,
        file=file,
        consents=frozenset(Purpose(one) for one in form.consents.data or ()),
        way=Way(form.way.data),
        evidence=form.evidence.data or "",
        others=others,
        same=same,
        by=me(),
    )
    visit = _visit(form, seeker, takes_ticket=then == "slip")
    if key := read_key(form.draft.data):
        discard(session, key=key, by=me())
    if then == "slip" and visit is not None:
        location = slip_address(visit)
    else:
        endpoint = "counsellor.seeker_vacancies" if then == "match" else "counsellor.seeker"
        location = url_for(endpoint, key=seeker.key)
    once.remember(form, location)
    session.commit()
    flash(_("Đã mở hồ sơ %(number)s.", number=seeker.number), "success")
    return location


def _visit(form: IntakeForm, seeker: Seeker, *, takes_ticket: bool) -> Visit | None:
    """Return the visit that this intake belongs to, made known or begun just now."""
    session, person = db.session(), seeker.person
    visit = visit_of(form.visit.data)
    if visit is not None:
        recognise(session, visit=visit, person=person, by=me())
    elif takes_ticket:
        visit = visits.open_visit(session, me(), person.id) or take_ticket(
            session, by=me(), person=person, services=form.services.data or ()
        )
    return visit


def _keep(form: IntakeForm) -> bool:
    """Keep what was typed as a draft; say whether there was anything to keep."""
    key = read_key(form.draft.data)
    if key is None or not is_begun(request.form):
        return False
    keep(
        db.session(), key=key, kind=DraftKind.INTAKE, title=title(request.form),
        values=contents(request.form), by=me(),
    )  # fmt: skip
    db.session.commit()
    return True


def _keep_and_leave(form: IntakeForm) -> ResponseReturnValue:
    try:
        if _keep(form):
            flash(_("Đã lưu bản nháp. Mở lại ở trang Hôm nay."), "success")
    except Missing:
        raise
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(form, Filled(request.form), []), 422
    return redirect(url_for("counsellor.day"), 303)


def _throw_away(form: IntakeForm) -> ResponseReturnValue:
    if key := read_key(form.draft.data):
        discard(db.session(), key=key, by=me())
        db.session.commit()
    return redirect(url_for("counsellor.day"), 303)


_ACTS = {"draft": _keep_and_leave, "discard": _throw_away}


@desk.post("/drafts")
@allow(Right.SEEKERS_WRITE)
def keep_draft() -> ResponseReturnValue:
    """Keep the form while it is typed; a form that was saved meanwhile is left alone."""
    form = IntakeForm()
    try:
        is_kept = not once.already(form) and _keep(form)
    except Missing:
        raise
    except Refused as refused:
        db.session.rollback()
        return {"told": words(refused)}, 422
    at = clock.local(clock.now()).strftime("%H:%M")
    return {"told": _("Bản nháp đã lưu lúc %(time)s", time=at) if is_kept else ""}


@desk.post("/drafts/<uuid:key>/discard")
@allow(Right.SEEKERS_WRITE)
def discard_draft(key: uuid.UUID) -> ResponseReturnValue:
    """Throw one's own draft away."""
    if not discard(db.session(), key=key, by=me()):
        raise Missing
    db.session.commit()
    flash(_("Đã bỏ bản nháp."), "success")
    return redirect(url_for("counsellor.day"), 303)


@desk.post("/seekers/begin")
@allow(Right.SEEKERS_WRITE)
def begin_intake() -> ResponseReturnValue:
    """Carry what was looked for over to a new form, by a draft: no address tells it."""
    values = guessed(request.form.get("text", "")[:800])
    if visit := visit_of(request.form.get("visit")):
        values["visit"] = str(visit.key)
    if not is_begun(values):
        return redirect(url_for("counsellor.add_seeker", visit=visit.key if visit else None), 303)
    key = uuid.uuid4()
    keep(
        db.session(), key=key, kind=DraftKind.INTAKE, title=title(values),
        values=contents(values), by=me(),
    )  # fmt: skip
    db.session.commit()
    return redirect(url_for("counsellor.add_seeker", draft=key), 303)
