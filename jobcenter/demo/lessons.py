"""What was taught in the demo's classes: attendance, marks, results, and what was issued for them.

Sheets and marks go in by the hundred; results, certificates and the follow-up book are made by the
same rules as at the desk, on the days on which a school would have made them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from jobcenter.catalogue.choices import Award
from jobcenter.certificates import blanks, rules, safety
from jobcenter.certificates.choices import SAFETY, BlankState, Entry
from jobcenter.certificates.models import Certificate, SafetyRecord
from jobcenter.certificates.queries import stock
from jobcenter.courses import classes
from jobcenter.courses.choices import ClassState, SessionKind
from jobcenter.courses.models import ClassSession, TrainingClass
from jobcenter.courses.queries import rule_of
from jobcenter.demo.bulk import at
from jobcenter.demo.draw import Draw
from jobcenter.enrolments.choices import EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.teaching import marks
from jobcenter.teaching.choices import NEEDED, MarkKind, Presence
from jobcenter.teaching.models import Attendance, Mark
from jobcenter.teaching.queries import modules_of, sessions_held

_REASONS = ("Ốm", "Việc gia đình", "Tăng ca ở công ty", "Con ốm", "Xe hỏng")
_HERE = (EnrolState.ENROLLED, EnrolState.COMPLETED, EnrolState.FAILED)
UNMADE_DAYS = 12  # absences of these last days were not made up yet
# (award, prefix and first serial, how many, days ago)
_BLANKS = (
    (Award.CERTIFICATE, "SC 260001", 120, 300, "PN-02/2026"),
    (Award.SHORT_CERTIFICATE, "DT 260001", 40, 230, "PN-05/2026"),
)


def receive_blanks(session: Session, today: dt.date, by: Actor) -> None:
    """Put blanks into the cupboard, as many as a year needs."""
    for award, first, count, ago, receipt in _BLANKS:
        on = today - dt.timedelta(days=ago)
        with clock.frozen(at(on, 9)):
            blanks.receive(
                session, award=award, first=first, count=count, on=on, receipt=receipt, by=by
            )


def learners_of(session: Session, course: TrainingClass) -> list[Enrolment]:
    """Return who sits in a class, in the order of their numbers."""
    rows = session.scalars(
        select(Enrolment)
        .where(Enrolment.class_id == course.id, Enrolment.state.in_(_HERE))
        .order_by(Enrolment.id)
    )
    return list(rows)


def teach(session: Session, draw: Draw, course: TrainingClass, today: dt.date) -> None:
    """Write attendance up to yesterday, and the marks of what was taught by then."""
    learners = learners_of(session, course)
    held = [one for one in sessions_held(session, course) if one.day < today]
    if not learners or not held:
        return
    is_over = course.state is not ClassState.RUNNING
    signs = [
        row
        for one in held
        for row in _signs(draw, one, learners, is_over or (today - one.day).days > UNMADE_DAYS)
    ]
    session.execute(insert(Attendance), signs)
    written = _marks(session, draw, course, learners, held, is_over=is_over)
    if written:
        session.execute(insert(Mark), written)


def _signs(
    draw: Draw, held: ClassSession, learners: Sequence[Enrolment], is_settled: bool
) -> list[dict[str, Any]]:
    """Return one session's signs; what was missed of practice long ago was made up since."""
    rows = []
    for one in learners:
        state, missed, reason = Presence.PRESENT, 0, ""
        if draw.chance(4):
            excused = draw.chance(70)
            state = Presence.EXCUSED if excused else Presence.UNEXCUSED
            reason = draw.pick(_REASONS) if excused else ""
        elif draw.chance(2):
            state, missed = Presence.LATE, draw.pick((10, 15, 20, 30))
        if is_settled and state is not Presence.PRESENT and held.kind is not SessionKind.THEORY:
            state, missed, reason = Presence.MADE_UP, 0, ""
        rows.append(
            {"session_id": held.id, "enrolment_id": one.id, "state": state, "missed": missed,
             "reason": reason}
        )  # fmt: skip
    return rows


def _marks(
    session: Session, draw: Draw, course: TrainingClass, learners: Sequence[Enrolment],
    held: Sequence[ClassSession], *, is_over: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    rule = rule_of(session, course.programme.type, on=course.starts_on)
    needed = NEEDED[rule.award] if rule else ()
    taught = {one.module_id: one.kind for one in held}
    rows: list[dict[str, Any]] = []
    for one in learners:
        level = draw.between(58, 88)
        for module in modules_of(course):
            kind = taught.get(module.id)
            if kind is None:
                continue
            told = [(MarkKind.REGULAR, 2)]
            if kind is not SessionKind.THEORY or is_over:
                told.append((MarkKind.PERIODIC, 1))
            if kind is SessionKind.EXAM or is_over:
                told.append((MarkKind.END, 1))
            for sort, count in told:
                rows += _of_kind(draw, one.id, module.id, sort, level, count)
        for sort in needed if is_over else ():
            rows += _of_kind(draw, one.id, None, sort, level, 1)
    return rows


def _of_kind(
    draw: Draw, enrolment: int, module: int | None, kind: MarkKind, level: int, count: int
) -> list[dict[str, Any]]:
    found = [min(98, max(20, level + draw.between(-14, 12))) for _n in range(count)]
    is_sat_again = kind not in (MarkKind.REGULAR, MarkKind.PERIODIC) and draw.chance(5)
    if is_sat_again:  # failed once, sat again
        found = [draw.between(30, 47), draw.between(52, 65)]
    return [
        {"enrolment_id": enrolment, "module_id": module, "kind": kind, "turn": turn,
         "tenths": mark}
        for turn, mark in enumerate(found, 1)
    ]  # fmt: skip


def finish(
    session: Session, draw: Draw, course: TrainingClass, by: Actor, *, is_closed: bool
) -> None:
    """Decide the results of a class that is over and issue what the school issues.

    In a class that is not closed some certificates still lie there to be printed.
    """
    learners = learners_of(session, course)
    rule = rule_of(session, course.programme.type, on=course.starts_on)
    if not learners or rule is None or rule.award is Award.NONE:
        return
    _fail_one(session, draw, learners)
    for one in learners:
        one.ended_on = course.ends_on
    with clock.frozen(at(course.ends_on, 16)):
        marks.decide(session, course=course, learners=learners, by=by)
    if rule.award in SAFETY:
        _book(session, course, learners, by)
        return
    passed = [one for one in learners if one.state is EnrolState.COMPLETED]
    ready = passed if is_closed else passed[: len(passed) // 3]
    on = course.ends_on + dt.timedelta(days=6 if is_closed else 2)
    with clock.frozen(at(on, 10)):
        made = [rules.issue(session, enrolment=one, by=by, on=on) for one in ready]
    _hand_over(session, draw, made, on, by)


def _fail_one(session: Session, draw: Draw, learners: Sequence[Enrolment]) -> None:
    """Let one in a larger class fail the last examination."""
    if len(learners) < 12:
        return
    who = draw.pick(learners)
    exam = select(Mark).where(Mark.enrolment_id == who.id).order_by(Mark.id.desc()).limit(1)
    last = session.scalar(exam)
    if last is not None and last.turn == 1:
        last.tenths = draw.between(28, 45)
        session.flush()


def _book(
    session: Session, course: TrainingClass, learners: Sequence[Enrolment], by: Actor
) -> None:
    """Write the follow-up book; the firm has issued most of its cards."""
    on = course.ends_on
    with clock.frozen(at(on, 17)):
        safety.enter(session, course=course, learners=learners, by=by)
    rows = session.scalars(
        select(SafetyRecord)
        .where(
            SafetyRecord.enrolment_id.in_([one.id for one in learners]),
            SafetyRecord.award == Award.SAFETY_CARD,
        )
        .order_by(SafetyRecord.id)
    ).all()
    is_long_ago = on.year < clock.today().year
    for n, entry in enumerate(rows if is_long_ago else rows[: len(rows) * 4 // 5], 1):
        with clock.frozen(at(on + dt.timedelta(days=5), 9)):
            safety.write_card(
                session, entry=entry, number=f"{n:03d}/TAT-{on.year}", on=clock.today(),
                version=None, by=by,
            )  # fmt: skip


def _hand_over(
    session: Session, draw: Draw, made: Sequence[Certificate], on: dt.date, by: Actor
) -> None:
    """Hand most of them over; now and then one was printed badly or lost by its owner."""
    for n, one in enumerate(made):
        if n == 4:
            with clock.frozen(at(on, 11)):
                rules.write(
                    session, certificate=one, kind=Entry.BLANK_REPLACED, reason="In lệch dòng",
                    by=by,
                )  # fmt: skip
        if draw.chance(80):
            with clock.frozen(at(on + dt.timedelta(days=2), 9, n % 60)):
                rules.write(
                    session, certificate=one, kind=Entry.HANDED_OVER,
                    receiver=one.enrolment.person.full_name, by=by,
                )  # fmt: skip


def count_blanks(session: Session, today: dt.date, by: Actor) -> None:
    """Two blanks are spoiled, one goes back; at the end of the month the cupboard is counted."""
    for serial, state, reason in (
        ("SC 260119", BlankState.SPOILED, "Thấm nước"),
        ("SC 260120", BlankState.SPOILED, "Thấm nước"),
        ("DT 260040", BlankState.RETURNED, "In sai mẫu, trả nơi cấp"),
    ):
        award = Award.CERTIFICATE if serial.startswith("SC") else Award.SHORT_CERTIFICATE
        blanks.end(session, award=award, serial=serial, state=state, reason=reason, by=by)
    with clock.frozen(at(today - dt.timedelta(days=2), 16)):
        from_books = stock(session)
        for award in (Award.CERTIFICATE, Award.SHORT_CERTIFICATE):
            blanks.count(
                session, award=award, counted=from_books[award][BlankState.IN_STOCK], note="",
                by=by,
            )  # fmt: skip


def close(session: Session, course: TrainingClass, by: Actor) -> None:
    """Close the file of a class."""
    with clock.frozen(at(course.ends_on + dt.timedelta(days=20), 9)):
        classes.move(session, course=course, verb="close", by=by)
