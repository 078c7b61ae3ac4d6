"""Consultations: after a visit, by phone, for several people; the journal and its counts."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.advising import appointments, counts, journal, queries
from jobcenter.advising import consultations as rules
from jobcenter.advising import rules as counter
from jobcenter.advising.choices import AT_COUNTER, AT_HAND, OUTCOME_LABELS, FeedbackAbout
from jobcenter.audit.choices import Look
from jobcenter.desks import editing, once
from jobcenter.desks.access import allow, me
from jobcenter.desks.asking import ask_how_it_was
from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.counsellor.advised import (
    AfterVisitForm,
    ConsultationForm,
    SeveralForm,
    as_lines,
    read_people,
)
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.visits import call_waiting, read_key
from jobcenter.desks.errors import words
from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.seekers import queries as seekers
from jobcenter.seekers.caseload import carriers

if TYPE_CHECKING:
    from jobcenter.advising.models import Visit

MOST_CHOSEN = 100


class FilterForm(Form):
    """What the journal is narrowed to; it stands in the address."""

    class Meta(Form.Meta):
        """An address needs no token."""

        csrf = False

    since = DateField(N_("Từ ngày"))
    until = DateField(N_("Đến ngày"))
    by = SelectField(N_("Người tư vấn"), validate_choice=False, default="")
    subject = CodeField(N_("Tư vấn về"), "G", blank=N_("Tất cả"))
    channel = CodeField(N_("Cách tư vấn"), "S", blank=N_("Tất cả"))
    file = SelectField(
        N_("Hồ sơ"),
        choices=lambda: [("", _("Tất cả")), ("none", _("Chưa gắn hồ sơ"))],
        default="",
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        names = [(str(one.key), one.name) for one in carriers(db.session())]
        self.by.choices = [("", _("Tất cả")), *names]


class StrikeForm(Form):
    """Why a row is not to be counted."""

    because = LineField(N_("Lý do gạch"), most=200, needed=True)


class JoinForm(Form):
    """Whose consultation it was."""

    number = LineField(N_("Số hồ sơ, điện thoại hoặc CCCD"), most=40, needed=True)


@desk.route("/visits/<uuid:key>/finish", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def finish_visit(key: uuid.UUID) -> ResponseReturnValue:
    """Write what the visitor at hand was told and end the visit."""
    visit = queries.one(db.session(), key, me())
    form = AfterVisitForm.of_visit(visit)
    if form.is_submitted() and (before := once.already(form)):
        return redirect(before, 303)
    if visit.state not in AT_HAND:
        flash(_("Số %(ticket)s không còn ở quầy.", ticket=visit.ticket), "warning")
        return redirect(url_for("counsellor.day"), 303)
    if form.validate_on_submit():
        try:
            counter.move(
                db.session(), visit=visit, verb="finish", told=form.told_at(visit), by=me()
            )
            _book_again(visit, form)
            ask_how_it_was(visit.person_id, FeedbackAbout.VISIT)
            flash(_("Đã ghi tư vấn cho số %(ticket)s.", ticket=visit.ticket), "success")
            if request.form.get("then") == "next":
                call_waiting()
            target = once.remember(form, url_for("counsellor.day"))
            db.session.commit()
            return redirect(target, 303)
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
            visit = queries.one(db.session(), key, me())
    if visit.person_id is not None:
        saw(visit.person_id, Look.LIST)
    page = render_template(
        "counsellor/consultation_after.html",
        form=form,
        visit=visit,
        row=queries.rows_of(db.session(), [visit])[0],
        form_errors=bool(form.errors),
    )
    return page, 422 if form.is_submitted() else 200


def _book_again(visit: Visit, form: AfterVisitForm) -> None:
    """Book the next appointment with who served the visit, where one was typed."""
    when = form.again()
    if when is None:
        return
    if visit.person is None:
        raise Refused(N_("Khách chưa có hồ sơ thì chưa hẹn được."), field="again_day")
    try:
        appointments.book(
            db.session(), person=visit.person, user_id=me().user_id or 0, day=when[0],
            time=when[1], channel=AT_COUNTER, about=form.next_step.data or "", by=me(),
            phone=current_app.config["SETTINGS"].call_back_phone,
        )  # fmt: skip
    except Refused as refused:
        refused.field = "again_time" if refused.field == "time" else "again_day"
        raise


@desk.route("/consultations/new", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def add_consultation() -> ResponseReturnValue:
    """Write a consultation without a visit, for one person or for several."""
    keys = [read_key(text) for text in request.args.getlist("seeker")[:MOST_CHOSEN]]
    files = [seekers.one(db.session(), key, me()) for key in keys if key is not None]
    saw([one.person_id for one in files], Look.LIST)
    form = SeveralForm(data={"people": as_lines(files)})

    def act() -> Any:
        people = read_people(form.people.data or "")
        return rules.write(db.session(), told=form.written(), people=people, by=me())

    def leads_to(made: list[Any]) -> str:
        if len(files) == 1 and len(made) == 1:
            return url_for("counsellor.seeker_advice", key=files[0].key)
        return url_for("counsellor.consultations", by=str(_own_key() or ""))

    return editing.create(
        form,
        act=act,
        leads_to=leads_to,
        told=lambda made: ngettext(
            "Đã ghi %(num)s lượt tư vấn.", "Đã ghi %(num)s lượt tư vấn.", len(made)
        ),
        show=lambda: render_template(
            "counsellor/consultation_new.html", form=form, files=files,
            form_errors=bool(form.errors),
        ),
    )  # fmt: skip


def _own_key() -> uuid.UUID | None:
    mine = [one.key for one in carriers(db.session()) if one.id == me().user_id]
    return mine[0] if mine else None


@desk.post("/consultations/chosen")
@allow(Right.SEEKERS_WRITE)
def advise_chosen() -> ResponseReturnValue:
    """Go on to one note for the files that were ticked in a list."""
    keys = [
        str(key) for text in request.form.getlist("file")[:MOST_CHOSEN] if (key := read_key(text))
    ]
    query = urlencode([("seeker", key) for key in keys])
    return redirect(f"{url_for('counsellor.add_consultation')}?{query}", 303)


@desk.get("/consultations")
@allow(Right.SEEKERS_READ)
def consultations() -> ResponseReturnValue:
    """Show the journal, narrowed by what stands in the address, with its counts."""
    form = FilterForm(request.args)
    form.validate()
    good = {one.short_name: one.data for one in form if one.data and not one.errors}
    users = {str(one.key): one.id for one in carriers(db.session())}
    today = clock.today()
    since = form.since.day if "since" in good else today.replace(day=1)
    until = form.until.day if "until" in good else today
    wanted = journal.JournalFilter(
        since=since,
        until=until,
        by_id=users.get(good.get("by", "")),
        subject=good.get("subject", ""),
        channel=good.get("channel", ""),
        is_without_file=good.get("file") == "none",
    )
    page = journal.listed(
        db.session(), me(), wanted, asked(request.args.get("page"), request.args.get("size"))
    )
    saw([row.person_id for row in page.items if row.person_id is not None], Look.LIST)
    return render_template(
        "counsellor/consultations.html",
        form=form,
        page=page,
        since=since,
        until=until,
        is_narrowed=bool(good.keys() & {"since", "until", "by", "subject", "channel", "file"}),
        outcomes=OUTCOME_LABELS,
        files=_files(page.items),
        may_write=me().may(Right.SEEKERS_WRITE),
        **_counted(since or today, until or today, wanted.by_id),
    )


def _counted(since: dt.date, until: dt.date, by_id: int | None) -> dict[str, Any]:
    session = db.session()
    return {
        "count": counts.counted(session, since, until, by_id=by_id),
        "subjects": counts.by_subject(session, since, until, by_id=by_id),
        "channels": counts.by_channel(session, since, until, by_id=by_id),
    }


def _files(rows: Any) -> dict[int, Any]:
    ids = [row.person_id for row in rows if row.person_id is not None]
    return seekers.of_people(db.session(), me(), ids)


@desk.route("/consultations/<uuid:key>", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def consultation(key: uuid.UUID) -> ResponseReturnValue:
    """Show one consultation and correct it."""
    first = journal.one(db.session(), key, me())
    if first.person_id is not None:
        saw(first.person_id, Look.LIST)
    return editing.edit(
        editing.Editing(
            kind="consultation",
            read=lambda: journal.one(db.session(), key, me()),
            form=ConsultationForm.of,
            save=lambda row, form: rules.change(
                db.session(), consultation=row, told=form.written(),
                version=form.seen_version(), by=me(),
            ),
            show=_shown,
            told=lambda _row: _("Đã sửa lượt tư vấn."),
            title=lambda row: row.who or _("Khách chưa có tên"),
            back=url_for("counsellor.consultation", key=key),
        )
    )  # fmt: skip


def _shown(
    form: ConsultationForm, row: Any, *, striking: StrikeForm | None = None,
    joining: JoinForm | None = None,
) -> str:  # fmt: skip
    return render_template(
        "counsellor/consultation.html",
        form=form,
        row=row,
        striking=striking or StrikeForm(formdata=None),
        joining=joining or JoinForm(formdata=None),
        tried=striking or joining or form,
        file=_files([row]).get(row.person_id or 0),
        form_errors=bool(form.errors or striking or joining),
    )


def _again(row: Any) -> ConsultationForm:
    return editing.fresh(ConsultationForm.of(row, formdata=None), row)


@desk.post("/consultations/<uuid:key>/strike")
@allow(Right.SEEKERS_WRITE)
def strike_consultation(key: uuid.UUID) -> ResponseReturnValue:
    """Take a consultation out of every count."""
    row, form = journal.one(db.session(), key, me()), StrikeForm()
    if not form.validate():
        return _shown(_again(row), row, striking=form), 422
    rules.strike(
        db.session(), consultation=row, because=form.because.data or "",
        version=form.seen_version(), by=me(),
    )  # fmt: skip
    db.session.commit()
    flash(_("Đã gạch. Lượt này không còn được đếm."), "success")
    return redirect(url_for("counsellor.consultation", key=key), 303)


@desk.post("/consultations/<uuid:key>/person")
@allow(Right.SEEKERS_WRITE)
def join_consultation(key: uuid.UUID) -> ResponseReturnValue:
    """Say whose consultation it was."""
    row, form = journal.one(db.session(), key, me()), JoinForm()
    if not form.validate():
        return _shown(_again(row), row, joining=form), 422
    try:
        person = read_people(form.number.data or "")[0].person
        if person is None:
            raise Refused(N_("Ghi số hồ sơ, điện thoại hoặc CCCD."), field="number")
        if row.visit is not None:
            counter.recognise(db.session(), visit=row.visit, person=person, by=me())
        rules.join(db.session(), consultation=row, person=person, by=me())
        db.session.commit()
    except Missing:
        raise
    except Refused as refused:
        db.session.rollback()
        form.number.errors = [words(refused)]
        row = journal.one(db.session(), key, me())
        return _shown(_again(row), row, joining=form), 422
    flash(_("Lượt này là của %(name)s.", name=person.full_name), "success")
    return redirect(url_for("counsellor.consultation", key=key), 303)
