"""Reading attendance, marks and results of a class; who is about to miss the floor."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.courses import queries as courses
from jobcenter.courses.choices import Grade, SessionKind
from jobcenter.courses.models import ClassSession, Module, TrainingClass
from jobcenter.enrolments.models import Enrolment
from jobcenter.enrolments.queries import roster
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.people.queries import identities
from jobcenter.placements.models import Placement
from jobcenter.seekers.models import Seeker
from jobcenter.settings.queries import setting
from jobcenter.teaching import choices
from jobcenter.teaching.choices import ABSENT, EXAM, NEEDED, THERE, MarkKind
from jobcenter.teaching.grading import (
    Bounds,
    ModuleMarks,
    Outcome,
    Time,
    Weights,
    module_average,
    reckon,
)
from jobcenter.teaching.models import Attendance, AttendanceDay, Mark, MarkSheet, Result

Marks = dict[int, dict[str, dict[MarkKind, list[int]]]]  # enrolment -> sheet -> kind -> marks
COUNTED = (SessionKind.THEORY, SessionKind.PRACTICE)


def may_teach(actor: Actor) -> bool:
    """Say whether the actor writes attendance and marks, of all classes or of their own."""
    return actor.may(Right.SCHOOL) or actor.may(Right.TEACH)


def minutes(one: ClassSession) -> int:
    """Return how long a session lasts."""
    start, end = one.starts_at, one.ends_at
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def sessions_held(session: Session, course: TrainingClass) -> Sequence[ClassSession]:
    """Return the sessions of a class that were not cancelled, in time."""
    rows = courses.sessions_of(session, course)
    return [one for one in rows if one.cancelled_at is None]


def attendance(session: Session, course: TrainingClass) -> dict[tuple[int, int], Attendance]:
    """Return what was written by (session, enrolment)."""
    rows = session.scalars(
        select(Attendance).join(Attendance.session).where(ClassSession.class_id == course.id)
    )
    return {(one.session_id, one.enrolment_id): one for one in rows}


def day_of(session: Session, course: TrainingClass, day: dt.date) -> AttendanceDay | None:
    """Return the sheet of a day, None while nobody wrote on it."""
    return session.scalar(
        select(AttendanceDay).where(AttendanceDay.class_id == course.id, AttendanceDay.day == day)
    )


def is_locked(session: Session, sheet: AttendanceDay | None, day: dt.date) -> bool:
    """Say whether a day takes no more writing: locked by hand, or its time is over."""
    today = clock.today()
    if sheet is not None and sheet.locked_at is not None:
        return True
    if sheet is not None and sheet.open_until is not None and sheet.open_until >= today:
        return False
    return day + dt.timedelta(days=setting(session, choices.ATTENDANCE_DAYS)) < today


@dataclass
class Tally:
    """Minutes of one learner: held and missed by kind, and planned in the whole class."""

    theory: Time = field(default_factory=Time)
    practice: Time = field(default_factory=Time)
    planned: Mapping[SessionKind, int] = field(default_factory=dict)
    floors: Mapping[SessionKind, int] = field(default_factory=dict)
    absences: int = 0
    days_there: int = 0

    @property
    def missed_share(self) -> int:
        """Return the percent missed of what was held."""
        held, missed = self.theory.held + self.practice.held, self.theory.missed
        return round(100 * (missed + self.practice.missed) / held) if held else 0

    @property
    def warning(self) -> str:
        """Return "over" when the floor cannot be reached without making up, "near", or ""."""
        found = ""
        for kind, time in (
            (SessionKind.THEORY, self.theory),
            (SessionKind.PRACTICE, self.practice),
        ):
            floor, planned = self.floors.get(kind, 0), self.planned.get(kind, 0)
            if not floor or not planned:
                continue
            may_miss = planned * (100 - floor) / 100
            if time.missed > may_miss:
                return "over"
            if may_miss and time.missed * 2 >= may_miss:
                found = "near"
        return found


def tallies(
    session: Session, course: TrainingClass, learners: Sequence[Enrolment]
) -> dict[int, Tally]:
    """Return the time of each learner, by the rule of the class's first day."""
    held, written = sessions_held(session, course), attendance(session, course)
    rule = courses.rule_of(session, course.programme.type, on=course.starts_on)
    floors = {
        SessionKind.THEORY: rule.theory_attendance if rule else 0,
        SessionKind.PRACTICE: rule.practice_attendance if rule else 0,
    }
    planned: dict[SessionKind, int] = defaultdict(int)
    for one in held:
        planned[one.kind] += minutes(one)
    return {row.id: _tally(row, held, written, planned, floors) for row in learners}


def _tally(
    row: Enrolment, held: Sequence[ClassSession], written: Mapping[tuple[int, int], Attendance],
    planned: Mapping[SessionKind, int], floors: Mapping[SessionKind, int],
) -> Tally:  # fmt: skip
    spent = {kind: [0, 0] for kind in COUNTED}
    absences, days = 0, set()
    for one in held:
        line = written.get((one.id, row.id))
        if line is None:
            continue
        if line.state in THERE:
            days.add(one.day)
        absences += line.state in ABSENT
        if one.kind in spent:
            spent[one.kind][0] += minutes(one)
            spent[one.kind][1] += minutes(one) if line.state in ABSENT else line.missed
    theory, practice = (Time(*spent[kind]) for kind in COUNTED)
    return Tally(theory, practice, planned, floors, absences, len(days))


def days_attended(session: Session, enrolment_ids: Collection[int]) -> dict[int, list[dt.date]]:
    """Return the days on which each learner was really there."""
    rows = session.execute(
        select(Attendance.enrolment_id, ClassSession.day)
        .join(Attendance.session)
        .where(
            Attendance.enrolment_id.in_(enrolment_ids),
            Attendance.state.in_(THERE),
            ClassSession.cancelled_at.is_(None),
        )
        .distinct()
        .order_by(ClassSession.day)
    )
    found: dict[int, list[dt.date]] = {one: [] for one in enrolment_ids}
    for enrolment_id, day in rows:
        found[enrolment_id].append(day)
    return found


def modules_of(course: TrainingClass) -> Sequence[Module]:
    """Return the modules that the class follows."""
    return course.curriculum.modules if course.curriculum else []


def sheet_code(module: Module | None) -> str:
    """Return the code of a module's mark sheet, or of the examination's."""
    return f"m{module.id}" if module else EXAM


def mark_sheet(session: Session, course: TrainingClass, code: str) -> MarkSheet | None:
    """Return a mark sheet, None while nobody wrote on it."""
    return session.scalar(
        select(MarkSheet).where(MarkSheet.class_id == course.id, MarkSheet.code == code)
    )


def module_by_code(course: TrainingClass, code: str) -> Module | None:
    """Return the module of a sheet's code, None for the examination; refuse any other."""
    if code == EXAM:
        return None
    found = re.fullmatch(r"m(\d{1,12})", code)
    for one in modules_of(course):
        if found and one.id == int(found[1]):
            return one
    raise Missing


def marks(session: Session, learners: Sequence[Enrolment]) -> Marks:
    """Return the marks of learners by sheet and kind, in the order of their turns."""
    found: Marks = {one.id: {} for one in learners}
    rows = session.scalars(
        select(Mark)
        .where(Mark.enrolment_id.in_(list(found)))
        .order_by(Mark.enrolment_id, Mark.kind, Mark.turn)
    )
    for one in rows:
        code = f"m{one.module_id}" if one.module_id else EXAM
        kinds = found[one.enrolment_id].setdefault(code, {})
        kinds.setdefault(one.kind, []).append(one.tenths)
    return found


def weights_on(session: Session, on: dt.date) -> Weights:
    """Return how much each mark counted on a day."""
    return Weights(
        regular=setting(session, choices.REGULAR_WEIGHT, on=on),
        periodic=setting(session, choices.PERIODIC_WEIGHT, on=on),
        course_share=setting(session, choices.COURSE_SHARE, on=on),
        modules=setting(session, choices.MODULES_WEIGHT, on=on),
        practice=setting(session, choices.PRACTICE_WEIGHT, on=on),
        theory=setting(session, choices.THEORY_WEIGHT, on=on),
    )


def bounds_of(session: Session, course: TrainingClass) -> tuple[Bounds, dt.date | None]:
    """Return what the rule of the class's first day asks, and since when it holds."""
    rule = courses.rule_of(session, course.programme.type, on=course.starts_on)
    if rule is None:
        return Bounds(), None
    grades = [one.split(":") for one in rule.grades]
    return Bounds(
        theory_floor=rule.theory_attendance,
        practice_floor=rule.practice_attendance,
        module_mark=rule.module_mark,
        pass_mark=rule.pass_mark,
        grades=[(int(bound), Grade(name)) for bound, name in grades],
        needed=NEEDED[rule.award],
    ), rule.valid_from


def outcomes(
    session: Session, course: TrainingClass, learners: Sequence[Enrolment]
) -> dict[int, Outcome]:
    """Return what comes out for each learner as things stand now."""
    bounds, _since = bounds_of(session, course)
    weights = weights_on(session, course.starts_on)
    time, written = tallies(session, course, learners), marks(session, learners)
    modules = modules_of(course)
    return {
        row.id: reckon(
            theory=time[row.id].theory,
            practice=time[row.id].practice,
            modules=[
                ModuleMarks(one.code, one.hours, written[row.id].get(sheet_code(one), {}))
                for one in modules
            ],
            exams=written[row.id].get(EXAM, {}),
            bounds=bounds,
            weights=weights,
        )
        for row in learners
    }


def results(session: Session, enrolment_ids: Collection[int]) -> dict[int, Result]:
    """Return the decided results by enrolment."""
    rows = session.scalars(select(Result).where(Result.enrolment_id.in_(enrolment_ids)))
    return {one.enrolment_id: one for one in rows}


def own_classes(session: Session, actor: Actor) -> Sequence[TrainingClass]:
    """Return the classes that a teacher teaches, the latest to start first."""
    found = courses.visible_to(actor).order_by(
        TrainingClass.starts_on.desc(), TrainingClass.id.desc()
    )
    return session.scalars(found.limit(100)).all()


def learner(session: Session, actor: Actor, course: TrainingClass, key: uuid.UUID) -> Enrolment:
    """Return one learner of a class, or refuse as if they were not there."""
    for one in roster(session, actor, course):
        if one.key == key:
            return one
    raise Missing


def own_marks(session: Session, row: Enrolment) -> list[tuple[str, str, int | None]]:
    """Return (code, name, average) of each module of one learner, for the learner's own page."""
    weights, written = weights_on(session, row.course.starts_on), marks(session, [row])[row.id]
    return [
        (one.code, one.name, module_average(written.get(sheet_code(one), {}), weights))
        for one in modules_of(row.course)
    ]


def in_work(
    session: Session, course: TrainingClass, learners: Sequence[Enrolment], *, months: int
) -> set[int]:
    """Return the enrolments of those who held a job `months` after the end of the class."""
    on = course.ends_on + dt.timedelta(days=round(months * 30.4375))
    roots = {person: row.id for row in learners for person in identities(session, row.person_id)}
    rows = session.scalars(
        select(Seeker.person_id)
        .join(Placement, Placement.seeker_id == Seeker.id)
        .where(
            Seeker.person_id.in_(list(roots)),
            Placement.started_on <= on,
            or_(Placement.ended_on.is_(None), Placement.ended_on > on),
        )
    )
    return {roots[person] for person in rows}
