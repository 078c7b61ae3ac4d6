"""Job sessions: what was counted there, and the paper notes of who was advised, in one batch."""

from __future__ import annotations

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.advising import consultations as rules
from jobcenter.advising import journal, sessions
from jobcenter.advising.choices import AT_SESSION, MOBILE, MOST_PEOPLE, OUTCOME_LABELS, Outcome
from jobcenter.advising.consultations import Advised, Told
from jobcenter.advising.sessions import SessionData
from jobcenter.audit.choices import Look
from jobcenter.desks import editing
from jobcenter.desks.access import allow, me
from jobcenter.desks.code_fields import CodeField
from jobcenter.desks.counsellor.advised import known_phone, named, outcomes
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.errors import words
from jobcenter.desks.forms import DateField, Form, LineField, NumberField
from jobcenter.desks.lines import Line, Lines
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.seekers import queries as seekers

FIRST_LINES, MORE_LINES = 12, 12
FIGURES = {
    "firms": N_("Doanh nghiệp"),
    "openings": N_("Chỉ tiêu tuyển"),
    "attended": N_("Lượt tham gia"),
    "interviewed": N_("Được phỏng vấn"),
    "preselected": N_("Qua sơ tuyển"),
}


class AdvisedLine(Line):
    """One person on the paper notes."""

    name = LineField(N_("Họ tên hoặc số hồ sơ"))
    phone = LineField(N_("Điện thoại"), most=20)
    subject = CodeField(N_("Tư vấn về"), "G", blank=N_("Chưa ghi"))
    outcome = SelectField(N_("Kết quả"), choices=outcomes, default="")
    note = LineField(N_("Ghi chú"), most=300)


class SessionForm(Form):
    """What is told of a session."""

    day = DateField(N_("Ngày"), default=clock.today)
    kind = CodeField(N_("Loại phiên"), "T", blank=N_("Chọn"))
    place = LineField(N_("Nơi tổ chức"), most=200, needed=True)
    organiser = LineField(N_("Đơn vị tổ chức"), most=200)
    partners = LineField(N_("Cùng tham gia"), most=300)
    note = LineField(N_("Ghi chú"), most=300)

    def data_of(self) -> SessionData:
        """Return what was typed, or refuse without a day."""
        if self.day.day is None:
            raise Refused(N_("Cần điền mục này."), field="day")
        lines = ("kind", "place", "organiser", "partners", "note")
        told: dict[str, Any] = {name: self[name].data or "" for name in lines}
        told |= {name: self[name].data for name in FIGURES}
        return SessionData(day=self.day.day, **told)


for _name, _label in FIGURES.items():
    setattr(SessionForm, _name, NumberField(_label, most=1_000_000))


class BatchForm(SessionForm):
    """A session and the people advised there."""

    people = Lines(N_("Người được tư vấn"), AdvisedLine, most=MOST_PEOPLE, ordered=True)


class MoreForm(Form):
    """More people of a session that is written already."""

    people = Lines(N_("Người được tư vấn"), AdvisedLine, most=MOST_PEOPLE, ordered=True)


@desk.get("/sessions")
@allow(Right.SEEKERS_READ)
def job_sessions() -> ResponseReturnValue:
    """List the sessions, and count those of this year."""
    today = clock.today()
    return render_template(
        "counsellor/sessions.html",
        page=sessions.listed(db.session(), asked(request.args.get("page"))),
        counted=sessions.counted(db.session(), today.replace(month=1, day=1), today),
        figures=FIGURES,
        may_write=me().may(Right.SEEKERS_WRITE),
    )


@desk.route("/sessions/new", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def add_session() -> ResponseReturnValue:
    """Write a session with its paper notes; "more lines" gives the page back with room."""
    form = BatchForm()
    if _wants_room(form):
        return _new_page(form)

    def act() -> Any:
        made = sessions.record_session(db.session(), data=form.data_of(), by=me())
        _write(made, form.people)
        return made

    return editing.create(
        form,
        act=act,
        leads_to=lambda made: url_for("counsellor.job_session", session_key=made.key),
        told=lambda _made: _("Đã ghi phiên việc làm."),
        show=lambda: _new_page(form),
    )


def _wants_room(form: Any) -> bool:
    if form.is_submitted() and "more" in request.form:
        form.people.make_room(MORE_LINES)
        return True
    if not form.is_submitted():
        form.people.make_room(FIRST_LINES)
    return False


def _keep_a_line(form: Any) -> None:
    """Let a page that was sent without any line have some."""
    if not form.people.entries:
        form.people.make_room(FIRST_LINES)


def _new_page(form: BatchForm) -> str:
    _keep_a_line(form)
    return render_template(
        "counsellor/session_new.html", form=form, figures=FIGURES, form_errors=bool(form.errors)
    )


def _write(row: Any, lines: Lines) -> int:
    """Write a consultation for each line that holds something; say how many that were."""
    people = [_advised(line, place) for place, line in enumerate(lines.rows(), start=1)]
    if not people:
        return 0
    channel = MOBILE if row.kind == "mobile" else AT_SESSION
    told = Told(day=row.day, channel=channel)
    return len(rules.write(db.session(), told=told, people=people, job_session=row, by=me()))


def _advised(line: Line, place: int) -> Advised:
    typed = line["name"].data or ""
    phone, found = None, None
    try:
        number = seekers.file_number(typed)
        if number:
            found = Advised(person=seekers.by_number(db.session(), number, me()).person)
        elif line["phone"].data:
            phone = vietnamese.parse_phone(line["phone"].data)
            found = known_phone(typed, phone)
    except Missing:
        line["name"].errors = [_("Không có hồ sơ số này.")]
        raise _wrong_line(place) from None
    except Refused as refused:
        line["phone"].errors = [words(refused)]
        raise _wrong_line(place) from None
    subject, outcome = line["subject"].data, line["outcome"].data
    return Advised(
        person=found.person if found else None,
        name="" if found else named(typed),
        phone=None if found else phone,
        subjects=(subject,) if subject else (),
        outcome=Outcome(outcome) if outcome else None,
        note=line["note"].data or "",
    )


def _wrong_line(place: int) -> Refused:
    return Refused(N_("Dòng %(place)s chưa đúng."), field="", place=place)


@desk.route("/sessions/<uuid:session_key>", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def job_session(session_key: uuid.UUID) -> ResponseReturnValue:
    """Show a session with who was advised there; correct it."""
    return editing.edit(
        editing.Editing(
            kind="job-session",
            read=lambda: journal.one_session(db.session(), session_key),
            form=lambda row, **kw: SessionForm(obj=row, **kw),
            save=lambda row, form: sessions.change_session(
                db.session(), row=row, data=form.data_of(), version=form.seen_version(), by=me()
            ),
            show=_session_page,
            told=lambda _row: _("Đã sửa phiên việc làm."),
            title=lambda row: row.place,
            back=url_for("counsellor.job_session", session_key=session_key),
        )
    )


def _session_page(form: SessionForm, row: Any) -> str:
    wanted = journal.JournalFilter(session_id=row.id)
    window = asked(request.args.get("page"), "100")
    page = journal.listed(db.session(), me(), wanted, window)
    ids = [one.person_id for one in page.items if one.person_id is not None]
    saw(ids, Look.LIST)
    return render_template(
        "counsellor/session.html",
        form=form,
        row=row,
        page=page,
        files=seekers.of_people(db.session(), me(), ids),
        figures=FIGURES,
        outcomes=OUTCOME_LABELS,
        form_errors=bool(form.errors),
    )


@desk.route("/sessions/<uuid:session_key>/people", methods=["GET", "POST"])
@allow(Right.SEEKERS_WRITE)
def add_to_session(session_key: uuid.UUID) -> ResponseReturnValue:
    """Write more of a session's paper notes."""
    row = journal.one_session(db.session(), session_key)
    form = MoreForm()

    def show() -> str:
        _keep_a_line(form)
        return render_template(
            "counsellor/session_people.html", form=form,
            row=journal.one_session(db.session(), session_key), form_errors=bool(form.errors),
        )  # fmt: skip

    if _wants_room(form):
        return show()

    def act() -> int:
        if not (count := _write(row, form.people)):
            raise Refused(N_("Ghi ít nhất một người."))
        return count

    return editing.create(
        form,
        act=act,
        leads_to=lambda _made: url_for("counsellor.job_session", session_key=session_key),
        told=lambda made: _("Đã ghi thêm %(count)s lượt tư vấn.", count=made),
        show=show,
    )
