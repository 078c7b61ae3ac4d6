"""Tickets, calling, serving, handing over, and the slip that a visitor takes along."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import HiddenField

from jobcenter.accounts.choices import Right
from jobcenter.advising import queries, rules
from jobcenter.advising.choices import VISIT_LABELS
from jobcenter.audit.choices import Look
from jobcenter.desks import once, qr
from jobcenter.desks.access import allow, me
from jobcenter.desks.code_fields import CodesField
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.errors import words
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.labels import centre
from jobcenter.desks.paper_files import confirm_address, pdf_page
from jobcenter.desks.sights import saw
from jobcenter.documents import rules as makers
from jobcenter.documents.visit_slips import to_bring, visitor_slip
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.papers import rules as papers
from jobcenter.seekers import queries as seekers

if TYPE_CHECKING:
    from jobcenter.advising.models import Visit
    from jobcenter.seekers.models import Seeker


class TicketForm(Form):
    """A ticket: for a file, a name, or nobody in particular."""

    seeker = HiddenField()
    name = LineField(N_("Tên người đến"))
    services = CodesField(N_("Hôm nay đến vì"), "G")
    about = LineField(N_("Nói rõ hơn"), most=200)


class ActForm(Form):
    """A button whose second press gets the answer of the first."""


def read_key(text: str | None) -> uuid.UUID | None:
    """Return the key in `text`; None when there is none, refusal when it is not a key."""
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Missing from None


def file_of(text: str | None) -> Seeker | None:
    """Return the file whose key stands in an address or a form, within the reader's sight."""
    key = read_key(text)
    return seekers.one(db.session(), key, me()) if key else None


@desk.route("/visits/new", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def take_ticket() -> ResponseReturnValue:
    """Give a ticket; the slip is printed from the page that follows."""
    form = TicketForm(seeker=request.args.get("seeker", ""))
    if form.is_submitted() and (before := once.already(form)):
        return redirect(before, 303)
    seeker = file_of(form.seeker.data)
    if form.validate_on_submit():
        try:
            return redirect(_taken(form, seeker), 303)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            seeker = file_of(form.seeker.data)
    if seeker is not None:
        saw(seeker.person_id, Look.LIST)
    page = render_template(
        "counsellor/visits_new.html", form=form, seeker=seeker, form_errors=bool(form.errors)
    )
    return page, 422 if form.is_submitted() else 200


def _taken(form: TicketForm, seeker: Seeker | None) -> str:
    visit = rules.take_ticket(
        db.session(),
        by=me(),
        person=seeker.person if seeker else None,
        name=form.name.data or "",
        services=form.services.data or (),
        about=form.about.data or "",
    )
    prints = request.form.get("then") == "slip"
    location = slip_address(visit) if prints else url_for("counsellor.day")
    once.remember(form, location)
    db.session.commit()
    flash(_("Đã lấy số %(ticket)s.", ticket=visit.ticket), "success")
    return location


def slip_address(visit: Visit) -> str:
    """Return the page from which a fresh slip is printed at once."""
    return url_for("counsellor.visit_slip", key=visit.key, print=1)


@desk.post("/visits/call")
@allow(Right.SEEKERS_WRITE)
def call_next() -> ResponseReturnValue:
    """Call whoever waits longest; two counsellors at once get two visitors."""
    form = ActForm()
    if once.already(form):
        return _back()

    def act() -> None:
        call_waiting()
        once.remember(form, url_for("counsellor.day"))

    return _acted(act)


def call_waiting() -> None:
    """Call whoever waits longest, and tell."""
    visit = rules.call_next(db.session(), by=me())
    flash(_invited(visit) if visit else _("Không còn ai chờ."), "success" if visit else "info")


def _invited(visit: Visit) -> str:
    return str(_("Mời số %(ticket)s vào quầy %(desk)s.", ticket=visit.ticket, desk=visit.desk))


@desk.post("/visits/<uuid:key>/move")
@allow(Right.SEEKERS_WRITE)
def move_visit(key: uuid.UUID) -> ResponseReturnValue:
    """Call this very visitor, or lead the visit on; `then=next` calls the next one too."""
    visit = queries.one(db.session(), key, me())
    to = read_key(request.form.get("to"))

    def act() -> None:
        flash(_moved(visit, request.form.get("verb", ""), to), "success")
        if request.form.get("then") == "next":
            call_waiting()

    return _acted(act)


def _moved(visit: Visit, verb: str, to: uuid.UUID | None) -> str:
    """Do what the button says and return it in words."""
    session = db.session()
    if verb == "call":
        return _invited(rules.call_one(session, visit=visit, by=me()))
    if verb == "hand-over":
        rules.hand_over(session, visit=visit, to=to, by=me())
        return str(_("Số %(ticket)s chờ tiếp.", ticket=visit.ticket))
    rules.move(session, visit=visit, verb=verb, by=me())
    return f"{visit.ticket}: {_(VISIT_LABELS[visit.state])}"


def _acted(act: Callable[[], None]) -> ResponseReturnValue:
    """Do a button's work; a refusal is told on the counter's page, where the next try is made."""
    try:
        act()
        db.session.commit()
    except Missing:
        raise
    except Refused as refused:
        db.session.rollback()
        flash(words(refused), "error")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("counsellor.day"), 303)


@desk.post("/visits/<uuid:key>/person")
@allow(Right.SEEKERS_WRITE)
def recognise_visitor(key: uuid.UUID) -> ResponseReturnValue:
    """Say whose visit this is."""
    visit = queries.one(db.session(), key, me())
    seeker = file_of(request.form.get("seeker"))
    if seeker is None:
        raise Missing
    rules.recognise(db.session(), visit=visit, person=seeker.person, by=me())
    db.session.commit()
    told = _("Số %(ticket)s là %(name)s.", ticket=visit.ticket, name=visit.who)
    flash(told, "success")
    return redirect(url_for("counsellor.seeker", key=seeker.key), 303)


@desk.get("/visits/<uuid:key>/slip")
@allow(Right.SEEKERS_WRITE)
def visit_slip(key: uuid.UUID) -> ResponseReturnValue:
    """Show the slip as it is printed: number, date, name, desk, what to bring, and the QR."""
    visit = queries.one(db.session(), key, me())
    if visit.person_id is not None:
        saw(visit.person_id, Look.PAPER)
    row = queries.rows_of(db.session(), [visit])[0]
    return render_template(
        "counsellor/visits_slip.html",
        centre=centre(),
        visit=visit,
        row=row,
        code=qr.draw(visit.reference),
        bring=to_bring(visit),
        prints_now="print" in request.args,
    )


@desk.post("/visits/<uuid:key>/papers/slip")
@allow(Right.SEEKERS_WRITE)
def print_visit_slip(key: uuid.UUID) -> ResponseReturnValue:
    """Give the slip as a numbered paper; a second press prints the same number again."""
    visit = queries.one(db.session(), key, me())
    if not ActForm().validate():
        return redirect(url_for("counsellor.visit_slip", key=key), 303)
    if visit.person_id is not None:
        saw(visit.person_id, Look.PAPER)
    slip = visitor_slip(db.session(), visit=visit, by=me())
    answer = pdf_page(
        makers.pdf(db.session(), [slip], address=confirm_address("")), slip.shown or ""
    )
    papers.record_print(db.session(), paper=slip, by=me())
    db.session.commit()
    return answer


@desk.post("/seat")
@allow(Right.SEEKERS_WRITE)
def take_seat() -> ResponseReturnValue:
    """Sit at a desk; whoever had it is named."""
    typed = request.form.get("desk", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0

    def act() -> None:
        before = rules.sit(db.session(), desk=number, by=me())
        told = _("Đã ngồi quầy %(desk)s.", desk=number)
        if before:
            told = _("Đã ngồi quầy %(desk)s. Trước đó là %(name)s.", desk=number, name=before)
        flash(told, "success")

    return _acted(act)
