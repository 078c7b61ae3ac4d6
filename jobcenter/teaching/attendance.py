"""Writing attendance, locking a day, opening it again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.courses.models import ClassSession, TrainingClass
from jobcenter.enrolments.choices import LEARNING
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.teaching.choices import BY_LETTER, OPEN_DAYS, Presence
from jobcenter.teaching.models import Attendance, AttendanceDay
from jobcenter.teaching.queries import is_locked, may_teach, minutes
from jobcenter.teaching.sheets import take_hold

LATE_BY_DEFAULT = 15


@dataclass(frozen=True)
class Sign:
    """What was typed for one learner: "C", "K", "M20" and a reason."""

    state: Presence
    missed: int = 0
    reason: str = ""


def read_sign(typed: str, reason: str = "", *, most: int = 720) -> Sign | None:
    """Return what a cell says; None when it is empty; refuse what cannot be read."""
    text = vietnamese.clean_line(typed).upper().replace(" ", "")
    if not text:
        return None
    found = re.fullmatch(r"([A-Z.])(\d{1,3})?", text, re.ASCII)
    state = BY_LETTER.get(found[1]) if found else None
    late = state is Presence.LATE
    if found is None or state is None or (found[2] and not late):
        raise Refused(N_("Gõ C, P, K, M hoặc B; muộn 20 phút thì gõ M20."))
    missed = min(int(found[2] or LATE_BY_DEFAULT), most) if late else 0
    return Sign(state, missed, vietnamese.clean_line(reason)[:120])


def take(
    session: Session, *, course: TrainingClass, held: ClassSession,
    signs: Mapping[int, Sign | None], version: int | None, by: Actor,
) -> int:  # fmt: skip
    """Write one session: a sign per enrolment, None takes one away; return how many stand."""
    if not may_teach(by):
        raise NotAllowed
    if held.class_id != course.id or held.cancelled_at is not None:
        raise Refused(N_("Buổi này đã nghỉ, không điểm danh."))
    if held.day > clock.today():
        raise Refused(N_("Buổi này chưa đến ngày."))
    sheet = take_hold(session, AttendanceDay(class_id=course.id, day=held.day), version)
    if is_locked(session, sheet, held.day):
        raise Refused(N_("Sổ điểm danh ngày này đã khoá. Nhờ quản lý mở lại, có ghi lý do."))
    learning = set(
        session.scalars(
            select(Enrolment.id).where(
                Enrolment.class_id == course.id, Enrolment.state.in_(LEARNING)
            )
        )
    )
    there = {
        one.enrolment_id: one
        for one in session.scalars(select(Attendance).where(Attendance.session_id == held.id))
    }
    for enrolment_id, sign in signs.items():
        if enrolment_id in learning:
            _write(session, held, there, enrolment_id, sign, by)
    session.flush()
    count = sum(
        1 for _ in session.scalars(select(Attendance.id).where(Attendance.session_id == held.id))
    )
    sheet.changed_at = clock.now()
    session.flush()
    record(
        session, by=by, action="take-attendance", kind="class", subject_id=course.id,
        day=held.day.isoformat(), count=count,
    )  # fmt: skip
    return count


def _write(
    session: Session, held: ClassSession, there: Mapping[int, Attendance], enrolment_id: int,
    sign: Sign | None, by: Actor,
) -> None:  # fmt: skip
    row = there.get(enrolment_id)
    if sign is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = Attendance(session_id=held.id, enrolment_id=enrolment_id, state=sign.state)
        session.add(row)
    missed = min(sign.missed, minutes(held))
    if (row.state, row.missed, row.reason) != (sign.state, missed, sign.reason):
        row.state, row.missed, row.reason = sign.state, missed, sign.reason
        row.recorded_by_id = by.user_id


def lock(
    session: Session, *, course: TrainingClass, day: dt.date, version: int | None, by: Actor
) -> None:
    """Close the sheet of a day."""
    if not may_teach(by):
        raise NotAllowed
    sheet = take_hold(session, AttendanceDay(class_id=course.id, day=day), version)
    sheet.locked_at, sheet.locked_by_id, sheet.open_until = clock.now(), by.user_id, None
    session.flush()
    _note(session, course, day, "lock-attendance", by)


def unlock(
    session: Session, *, course: TrainingClass, day: dt.date, reason: str, by: Actor
) -> None:
    """Open a locked day for two days: a manager's act, with the reason."""
    if not by.may(Right.OVERVIEW):
        raise NotAllowed
    reason = vietnamese.clean_line(reason)[:200]
    if not reason:
        raise Refused(N_("Cần ghi lý do."), field="reason")
    sheet = take_hold(session, AttendanceDay(class_id=course.id, day=day), None)
    sheet.locked_at = None
    sheet.open_until = clock.today() + dt.timedelta(days=OPEN_DAYS)
    sheet.open_reason, sheet.opened_by_id = reason, by.user_id
    session.flush()
    _note(session, course, day, "unlock-attendance", by, reason)


def _note(
    session: Session, course: TrainingClass, day: dt.date, action: str, by: Actor,
    reason: str | None = None,
) -> None:  # fmt: skip
    record(
        session, by=by, action=action, kind="class", subject_id=course.id, day=day.isoformat(),
        reason=reason,
    )  # fmt: skip
