"""The sessions of a class: made over the calendar, changed, cancelled and made up; what clashes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, contains_eager

from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import is_closed
from jobcenter.courses.choices import OVER, SessionKind
from jobcenter.courses.models import ClassSession, Module, Trainer, TrainingClass, TrainingRoom
from jobcenter.courses.queries import sessions_of
from jobcenter.courses.rules import require_school
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

MOST_SESSIONS = 600
FURTHEST = 3 * 366  # days that a timetable is looked for ahead
Part = tuple[int | None, SessionKind]


@dataclass(frozen=True)
class Made:
    """A timetable that was made: how many sessions, the last day, holidays that were skipped."""

    count: int
    last: dt.date | None
    skipped: Sequence[dt.date]


@dataclass(frozen=True, kw_only=True)
class SessionData:
    """A session as it is written down."""

    day: dt.date
    starts_at: dt.time
    ends_at: dt.time
    kind: SessionKind
    hours: int
    module_id: int | None = None
    topic: str = ""
    trainer_id: int | None = None
    room_id: int | None = None


@dataclass(frozen=True)
class Clash:
    """A session of this class that meets another one: by its `trainer` or its `room`."""

    mine: ClassSession
    other: ClassSession
    what: str


def make(
    session: Session, *, course: TrainingClass, by: Actor, start: dt.date | None = None
) -> Made:
    """Make the sessions from `start` on (the first day by default) in place of those there.

    They follow the weekdays of the class over the holiday calendar, module by module, until the
    hours of the curriculum are done; without a curriculum, to the last day.
    """
    require_school(by)
    hold(session, course, None)
    if course.state in OVER:
        raise Refused(N_("Lớp đã kết thúc, không sửa được nữa."))
    if not course.weekdays or course.starts_at is None or course.ends_at is None:
        raise Refused(N_("Ghi các thứ trong tuần và giờ học của lớp trước."))
    start = max(start or course.starts_on, course.starts_on)
    _clear(session, course, start)
    kept = [one for one in sessions_of(session, course) if one.cancelled_at is None]
    skipped: list[dt.date] = []
    days = _days(session, course, start, skipped)
    last = None
    count = 0
    for part, hours in _parts(course, kept):
        day = next(days, None)
        if day is None:
            break
        session.add(_session(course, day, part, hours))
        last, count = day, count + 1
    if not count:
        raise Refused(N_("Không có buổi nào rơi vào các thứ đã chọn. Xem lại ngày và thứ."))
    session.flush()
    record(
        session, by=by, action="make-timetable", kind="class", subject_id=course.id, count=count,
        day=last.isoformat() if last else None,
    )  # fmt: skip
    return Made(count, last, [day for day in skipped if last is not None and day <= last])


def _clear(session: Session, course: TrainingClass, start: dt.date) -> None:
    """Take away what was planned from `start` on; a session that was held stays and forbids it."""
    made_up = aliased(ClassSession)
    later = (ClassSession.class_id == course.id) & (ClassSession.day >= start)
    kept = (
        ClassSession.cancelled_at.is_not(None)
        | ClassSession.makes_up_id.is_not(None)
        | select(made_up.id).where(made_up.makes_up_id == ClassSession.id).exists()
    )
    try:
        with session.begin_nested():
            session.execute(
                delete(ClassSession)
                .where(later, ~kept)
                .execution_options(synchronize_session=False)
            )
    except IntegrityError as error:
        raise Refused(
            N_("Đã có buổi được điểm danh từ ngày này. Chọn ngày sau buổi đó.")
        ) from error
    session.expire_all()
    session.refresh(course)


def _days(
    session: Session, course: TrainingClass, start: dt.date, skipped: list[dt.date]
) -> Iterator[dt.date]:
    wanted = {int(day) for day in course.weekdays}
    last = start + dt.timedelta(days=FURTHEST) if course.curriculum else course.ends_on
    day, given = start, 0
    while day <= last and given < MOST_SESSIONS:
        if day.weekday() in wanted:
            if is_closed(session, day):
                skipped.append(day)
            else:
                given += 1
                yield day
        day += dt.timedelta(days=1)


def _parts(course: TrainingClass, kept: Sequence[ClassSession]) -> Iterator[tuple[Part, int]]:
    """Yield what is still to be taught, session by session: theory, then practice, then tests."""
    size = course.session_hours
    if course.curriculum is None:
        while True:
            yield (None, SessionKind.PRACTICE), size
    done: Counter[Part] = Counter()
    for one in kept:
        done[one.module_id, one.kind] += one.hours
    for module in course.curriculum.modules:
        for kind, hours in _hours(module):
            left = hours - done[module.id, kind]
            while left > 0:
                yield (module.id, kind), min(size, left)
                left -= size


def _hours(module: Module) -> tuple[tuple[SessionKind, int], ...]:
    return (
        (SessionKind.THEORY, module.theory_hours),
        (SessionKind.PRACTICE, module.practice_hours),
        (SessionKind.EXAM, module.exam_hours),
    )


def _session(course: TrainingClass, day: dt.date, part: Part, hours: int) -> ClassSession:
    return ClassSession(
        class_id=course.id, day=day, starts_at=course.starts_at, ends_at=course.ends_at,
        kind=part[1], hours=hours, module_id=part[0], trainer_id=course.trainer_id,
        room_id=course.room_id,
    )  # fmt: skip


def add(
    session: Session, *, course: TrainingClass, data: SessionData, by: Actor,
    makes_up: ClassSession | None = None,
) -> ClassSession:  # fmt: skip
    """Add a session; one that makes up another names it, and a session is made up once."""
    require_school(by)
    hold(session, course, None)
    if course.state in OVER:
        raise Refused(N_("Lớp đã kết thúc, không sửa được nữa."))
    if makes_up is not None and makes_up.cancelled_at is None:
        raise Refused(N_("Buổi đó không nghỉ, không cần học bù."))
    row = ClassSession(class_id=course.id, makes_up_id=makes_up.id if makes_up else None)
    _write(session, course, row, data)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise Refused(N_("Buổi đó đã có buổi học bù.")) from error
    record(
        session, by=by, action="add-session", kind="class", subject_id=course.id,
        day=data.day.isoformat(),
    )  # fmt: skip
    return row


def change(
    session: Session, *, course: TrainingClass, one: ClassSession, data: SessionData,
    version: int | None, by: Actor,
) -> None:  # fmt: skip
    """Move or change a session."""
    require_school(by)
    hold(session, one, version)
    if one.cancelled_at is not None or course.state in OVER:
        raise Refused(N_("Buổi này không sửa được nữa."))
    _write(session, course, one, data)
    one.changed_at = clock.now()
    session.flush()
    record(
        session, by=by, action="change-session", kind="class", subject_id=course.id,
        day=data.day.isoformat(),
    )  # fmt: skip


def _write(session: Session, course: TrainingClass, row: ClassSession, data: SessionData) -> None:
    if data.ends_at <= data.starts_at:
        raise Refused(N_("Giờ kết thúc phải sau giờ bắt đầu."), field="ends_at")
    if abs((data.day - course.starts_on).days) > FURTHEST:
        raise Refused(N_("Ngày học quá xa ngày khai giảng."), field="day")
    if data.module_id is not None:
        module = session.get(Module, data.module_id)
        if module is None or module.curriculum_id != course.curriculum_id:
            raise Refused(N_("Chọn một giá trị trong danh sách."), field="module")
    for kind, row_id, field in (
        (Trainer, data.trainer_id, "trainer"), (TrainingRoom, data.room_id, "room"),
    ):  # fmt: skip
        if row_id is not None and session.get(kind, row_id) is None:
            raise Refused(N_("Chọn một giá trị trong danh sách."), field=field)
    for name, value in vars(data).items():
        setattr(row, name, value)


def cancel(
    session: Session, *, course: TrainingClass, one: ClassSession, reason: str, by: Actor
) -> None:
    """Say that a session does not take place; it stays listed until it is made up."""
    require_school(by)
    hold(session, one, None)
    if one.cancelled_at is not None:
        raise Refused(N_("Buổi này đã ghi nghỉ rồi."))
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do nghỉ."), field="reason")
    one.cancelled_at, one.cancel_reason = clock.now(), reason.strip()[:200]
    session.flush()
    record(
        session, by=by, action="cancel-session", kind="class", subject_id=course.id,
        day=one.day.isoformat(), reason=one.cancel_reason,
    )  # fmt: skip


def next_day(session: Session, course: TrainingClass) -> dt.date:
    """Return the first day after the last session that a make-up could take place on."""
    last = session.scalar(
        select(func.max(ClassSession.day)).where(
            ClassSession.class_id == course.id, ClassSession.cancelled_at.is_(None)
        )
    )
    day = max(last or course.starts_on, clock.today()) + dt.timedelta(days=1)
    wanted = {int(one) for one in course.weekdays} or set(range(6))
    while day.weekday() not in wanted or is_closed(session, day):
        day += dt.timedelta(days=1)
    return day


def clashes(session: Session, course: TrainingClass, *, limit: int = 50) -> list[Clash]:
    """Return where this class meets another at the same hour with its trainer or in its room."""
    mine, other = aliased(ClassSession), aliased(ClassSession)
    elsewhere = aliased(TrainingClass)
    rows = session.execute(
        select(mine, other)
        .join(other, overlap(mine, other))
        .join(elsewhere, other.course.of_type(elsewhere))
        .where(
            mine.class_id == course.id,
            or_(mine.trainer_id == other.trainer_id, mine.room_id == other.room_id),
            elsewhere.state.not_in(OVER),
        )
        .options(contains_eager(other.course.of_type(elsewhere)))
        .order_by(mine.day, mine.starts_at, other.id)
        .limit(limit)
    )
    return [
        Clash(one, two, what)
        for one, two in rows
        for what in ("trainer", "room")
        if (found := getattr(one, f"{what}_id")) and found == getattr(two, f"{what}_id")
    ]


def overlap(one: type[ClassSession], two: type[ClassSession]) -> ColumnElement[bool]:
    """Return the condition "two sessions of different classes take place at the same hour"."""
    return (
        (one.day == two.day)
        & (one.class_id != two.class_id)
        & (one.starts_at < two.ends_at)
        & (two.starts_at < one.ends_at)
        & one.cancelled_at.is_(None)
        & two.cancelled_at.is_(None)
    )


def numbered(sessions: Sequence[ClassSession]) -> dict[int, int]:
    """Return "buổi 21" of each session that takes place, by its row number."""
    held = [one for one in sessions if one.cancelled_at is None]
    return {one.id: number for number, one in enumerate(held, 1)}
