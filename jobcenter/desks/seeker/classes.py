"""Learning a trade, for a phone: own classes and timetable, classes that take people, offers."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.certificates import queries as certificates
from jobcenter.courses import queries as courses
from jobcenter.courses.choices import GRADE_LABELS
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.calendar_files import calendar
from jobcenter.desks.class_words import WORDS, shown_mark
from jobcenter.desks.forms import Form
from jobcenter.desks.paper_files import attachment
from jobcenter.desks.seeker.blueprint import desk
from jobcenter.enrolments import eligibility, loop, queries, rules
from jobcenter.enrolments.choices import LEARNING, STANDING, EnrolState, Source
from jobcenter.enrolments.rules import Asked
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.teaching import queries as teaching

AHEAD = dt.timedelta(days=14)
# What the person may answer, and what they read afterwards.
ANSWERS = {
    "enrol": N_("Bạn đã nhận chỗ."),
    "decline": N_("Bạn đã từ chối. Chỗ được mời người khác."),
    "withdraw": N_("Đã rút đơn."),
}


class ApplyForm(Form):
    """Another class, should the first be full."""

    second = SelectField(N_("Nếu lớp này hết chỗ, tôi muốn lớp"), choices=[], default="")

    def offer(self, rows: Any) -> None:
        """Offer the other classes that take people."""
        self.second.choices = [
            ("", _("Chỉ lớp này")), *((str(one.key), f"{one.name}") for one in rows),
        ]  # fmt: skip


@desk.get("/classes")
@allow(Right.OWN_FILE)
def classes() -> ResponseReturnValue:
    """Show own classes and offers, the next sessions, and classes that take people."""
    session, today = db.session(), clock.today()
    mine = queries.of_person(session, me(), me().person_id or 0)
    open_ones = courses.taking(session, me(), today)
    joined = {row.class_id for row in mine if row.state in STANDING}
    file = queries.file_of(session, me().person_id or 0)
    found = loop.doors(session, file, me(), today) if file else []
    return render_template(
        "seeker/classes.html",
        offers=[row for row in mine if row.state is EnrolState.OFFERED],
        mine=[row for row in mine if row.state is not EnrolState.OFFERED],
        sessions=queries.sessions_of_person(session, me(), today, today + AHEAD),
        learnt=_learnt([row for row in mine if row.state in LEARNING]),
        shown_mark=shown_mark,
        grade_labels=GRADE_LABELS,
        doors={door.course.id: door for door in found},
        open_ones=[one for one in open_ones if one.id not in joined],
        fresh=lambda: Form(formdata=None),
        **WORDS,
    )


def _learnt(rows: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Return the marks, the result and the certificate of each class of one's own."""
    session, ids = db.session(), [row.id for row in rows]
    results, held = teaching.results(session, ids), certificates.of_enrolments(session, ids)
    time = {row.id: teaching.tallies(session, row.course, [row])[row.id] for row in rows}
    return {
        row.id: {
            "marks": teaching.own_marks(session, row),
            "result": results.get(row.id),
            "certificate": held.get(row.id),
            "time": time[row.id],
        }
        for row in rows
    }


@desk.get("/classes/timetable.<form>")
@allow(Right.OWN_FILE)
def own_calendar(form: str) -> ResponseReturnValue:
    """Give the own timetable as a calendar file."""
    if form != "ics":
        raise Missing
    today = clock.today()
    rows = queries.sessions_of_person(
        db.session(), me(), today - dt.timedelta(days=60), today + dt.timedelta(days=365)
    )
    return attachment(calendar(rows, _("Lịch học")), "lich-hoc.ics",
                      "text/calendar; charset=utf-8")  # fmt: skip


@desk.get("/classes/<uuid:class_key>")
@allow(Right.OWN_FILE)
def class_to_join(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show a class that takes people, and whether this person may come."""
    return _show(class_key)


def _show(class_key: uuid.UUID, form: ApplyForm | None = None) -> str:
    session = db.session()
    course = courses.one_class(session, class_key, me())
    person = queries.own_person(session, me())
    form = form or ApplyForm(formdata=None)
    form.offer(_others(class_key))
    found = [
        ground for ground in eligibility.grounds(session, person, course)
        if ground.name != "open"
    ]  # fmt: skip
    return render_template(
        "seeker/class.html",
        course=course,
        grounds=found,
        barred=bool(eligibility.blocking(found)),
        form=form,
        fed=loop.fed_by(session, course.programme, clock.today()),
        form_errors=bool(form.errors),
        **WORDS,
    )


def _others(class_key: uuid.UUID) -> list[Any]:
    rows = courses.taking(db.session(), me(), clock.today())
    return [one for one in rows if one.key != class_key]


@desk.post("/classes/<uuid:class_key>")
@allow(Right.OWN_FILE)
def join(class_key: uuid.UUID) -> ResponseReturnValue:
    """Apply for a class; a second click changes nothing."""
    form, there = ApplyForm(), url_for("seeker.classes")
    if before := once.already(form):
        return redirect(before, 303)
    form.offer(_others(class_key))
    course = courses.one_class(db.session(), class_key, me())
    try:
        if not form.validate():
            return _show(class_key, form), 422
        chosen = [course]
        if form.second.data:
            chosen.append(courses.one_class(db.session(), uuid.UUID(form.second.data), me()))
        made = rules.apply(
            db.session(), person=queries.own_person(db.session(), me()), courses=chosen, by=me(),
            asked=Asked(source=Source.ONLINE),
        )  # fmt: skip
        once.remember(form, there)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _show(class_key, form), 422
    best = next((one for one in made if one.holds_seat), made[0])
    flash(_told(best), "success")
    return redirect(there, 303)


def _told(row: Any) -> str:
    if row.state is EnrolState.ENROLLED:
        return str(_("Bạn đã có chỗ trong lớp %(name)s.", name=row.course.name))
    if row.state is EnrolState.WAITING:
        return str(_("Lớp đã hết chỗ. Bạn ở trong danh sách chờ, có chỗ sẽ báo."))
    return str(_("Đã nhận đơn. Trường xếp chỗ rồi báo bạn."))


@desk.post("/enrolments/<uuid:enrolment_key>")
@allow(Right.OWN_FILE)
def answer_offer(enrolment_key: uuid.UUID) -> ResponseReturnValue:
    """Accept a place, decline it, or withdraw."""
    form, there = Form(), url_for("seeker.classes")
    if before := once.already(form):
        return redirect(before, 303)
    row = queries.one(db.session(), enrolment_key, me())
    verb = request.form.get("answer", "")
    if verb not in ANSWERS:
        raise Missing
    if not form.validate():
        return redirect(there, 303)
    if verb == "enrol":
        rules.enrol(db.session(), enrolment=row, by=me())
    else:
        rules.leave(db.session(), enrolment=row, verb=verb, by=me())
    once.remember(form, there)
    db.session.commit()
    flash(_(ANSWERS[verb]), "success")
    return redirect(there, 303)
