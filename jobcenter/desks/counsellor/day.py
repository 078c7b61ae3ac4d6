"""The counter: the search box first, then who waits, who is served where."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.advising import appointments, queries
from jobcenter.advising.choices import (
    APPOINTMENT_KINDS,
    APPOINTMENT_LABELS,
    DESKS,
    VISIT_KINDS,
    VISIT_LABELS,
    AppointmentState,
)
from jobcenter.audit.choices import Look
from jobcenter.desks import passive
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.due import own_todo, stuck
from jobcenter.desks.sights import saw
from jobcenter.drafts import queries as drafts
from jobcenter.drafts.choices import DraftKind
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_
from jobcenter.seekers import queries as seekers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcenter.advising.models import Appointment

WEEKDAYS = (
    N_("Thứ Hai"), N_("Thứ Ba"), N_("Thứ Tư"), N_("Thứ Năm"), N_("Thứ Sáu"), N_("Thứ Bảy"),
    N_("Chủ nhật"),
)  # fmt: skip

# What a counsellor turns to from the counter: (label, endpoint).
BOOKS = (
    (N_("Sổ tư vấn"), "counsellor.consultations"),
    (N_("Lịch hẹn"), "counsellor.own_appointments"),
    (N_("Sau khi nhận việc"), "counsellor.aftercare"),
    (N_("Khiếu nại"), "counsellor.complaints"),
    (N_("Doanh nghiệp chưa trả lời"), "counsellor.silent_firms"),
    (N_("Phiên việc làm"), "counsellor.job_sessions"),
    (N_("Hồ sơ của tôi"), "counsellor.caseload"),
    (N_("Cần gọi điện"), "counsellor.calls"),
)


@desk.get("/day")
@allow(Right.SEEKERS_WRITE)
def day() -> ResponseReturnValue:
    """Show the counter of today; the part that changes is fetched again by the page."""
    session, today = db.session(), clock.today()
    board, hand = queries.board(session, me(), today), queries.at_hand(session, me())
    _saw([*board.waiting, *board.at_desks, *board.over, *([hand] if hand else [])])
    booked = appointments.of_days(session, me(), today, today, user_id=me().user_id)
    todo, silent = own_todo(), stuck()
    ids = [row.person_id for row in booked] + silent.person_ids
    if passive.shown_until() is None:
        saw(ids, Look.LIST)
    return render_template(
        "counsellor/day.html",
        weekday=WEEKDAYS[today.weekday()],
        board=board,
        first=next((row for row in board.waiting if is_free(row)), None),
        hand=hand,
        desks=DESKS,
        my_desk=queries.seat_of(session, me().user_id),
        seats=_seats(board),
        colleagues=queries.colleagues(session, me()),
        books=[(_(label), url_for(endpoint)) for label, endpoint in BOOKS],
        booked=booked,
        next_booked=_next(booked),
        files=seekers.of_people(session, me(), [row.person_id for row in booked]),
        labels_of_appointment=APPOINTMENT_LABELS,
        kinds_of_appointment=APPOINTMENT_KINDS,
        todo=todo,
        silent=silent,
        drafts=drafts.own(session, me(), DraftKind.INTAKE),
        labels=VISIT_LABELS,
        kinds=VISIT_KINDS,
        key=secrets.token_urlsafe(16),
        shown=passive.note(),
        instant=clock.now(),
        now=clock.local(clock.now()).strftime("%H:%M"),
    )


def _next(booked: Sequence[Appointment]) -> Appointment | None:
    """Return the appointment that is next or has just begun: the one to stand out."""
    soon = clock.now() - dt.timedelta(minutes=15)
    waits = (row for row in booked if row.state is AppointmentState.BOOKED)
    return next((row for row in waits if row.starts_at >= soon), None)


def _saw(rows: list[queries.Row]) -> None:
    """Count who is shown as seen; of a page that fetched itself, who is new on it."""
    before = passive.shown_until()
    new = [row.visit for row in rows if before is None or row.visit.changed_at >= before]
    saw([visit.person_id for visit in new if visit.person_id is not None], Look.LIST)


def is_free(row: queries.Row) -> bool:
    """Say whether the counsellor at hand may call this visitor."""
    return row.visit.for_user_id in (None, me().user_id)


def _seats(board: queries.Board) -> list[tuple[int, str, dt.datetime, queries.Row | None]]:
    """Return (desk, whose, since when, who is there) of every desk that somebody sits at."""
    there = {row.visit.served_by_id: row for row in board.at_desks}
    return [
        (seat.desk, seat.user.name, seat.since, there.get(seat.user_id))
        for seat in queries.seats(db.session())
    ]
