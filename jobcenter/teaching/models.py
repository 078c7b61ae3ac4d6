"""Attendance, marks and results."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.courses.choices import Grade
from jobcenter.courses.models import ClassSession, Module, TrainingClass
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel.db import Base, Id, Keyed, Line, UtcDateTime, Versioned, choice
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED, PLAIN
from jobcenter.teaching.choices import MarkKind, Presence

_OF_EXAM = "kind IN ('exam-theory', 'exam-practice')"


class AttendanceDay(Keyed, Versioned, Base):
    """The sheet of a class on one day: who writes holds it; locked by hand or by the calendar."""

    __tablename__ = "attendance_day"
    __table_args__ = (UniqueConstraint("class_id", "day"), {"info": PLAIN})

    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    day: Mapped[dt.date]
    locked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    locked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    open_until: Mapped[dt.date | None]
    open_reason: Mapped[str] = mapped_column(Line(200), default="")
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    course: Mapped[TrainingClass] = relationship()


class Attendance(Base):
    """One learner in one session; `missed` are minutes of one who came late or left early."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("session_id", "enrolment_id"),
        CheckConstraint("missed BETWEEN 0 AND 720", name="minutes_plausible"),
        CheckConstraint("missed = 0 OR state = 'late'", name="minutes_of_the_late"),
        {"info": BASIC | BLANKED},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    state: Mapped[Presence] = mapped_column(choice(Presence, "state_known"), info=BASIC | COUNTED)
    missed: Mapped[int] = mapped_column(default=0, info=BASIC | COUNTED)
    reason: Mapped[str] = mapped_column(Line(120), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    session: Mapped[ClassSession] = relationship()


class MarkSheet(Keyed, Versioned, Base):
    """Who writes the marks of a module ("m12") or of the examination ("exam") holds its sheet."""

    __tablename__ = "mark_sheet"
    __table_args__ = (UniqueConstraint("class_id", "code"), {"info": PLAIN})

    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    code: Mapped[str] = mapped_column(String(20))


class Mark(Base):
    """One mark in tenths of a point; `turn` counts marks of a kind, or how often it was sat."""

    __tablename__ = "mark"
    __table_args__ = (
        CheckConstraint("tenths BETWEEN 0 AND 100", name="out_of_ten"),
        CheckConstraint("turn BETWEEN 1 AND 6", name="turn_plausible"),
        CheckConstraint(f"(module_id IS NULL) = ({_OF_EXAM})", name="module_or_exam"),
        Index(
            "uq_mark_module", "enrolment_id", "module_id", "kind", "turn", unique=True,
            sqlite_where=text("module_id IS NOT NULL"),
            postgresql_where=text("module_id IS NOT NULL"),
        ),
        Index(
            "uq_mark_exam", "enrolment_id", "kind", "turn", unique=True,
            sqlite_where=text("module_id IS NULL"), postgresql_where=text("module_id IS NULL"),
        ),
        {"info": BASIC | BLANKED},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"), index=True)
    kind: Mapped[MarkKind] = mapped_column(choice(MarkKind, "kind_known"), info=BASIC | COUNTED)
    turn: Mapped[int] = mapped_column(default=1, info=BASIC | COUNTED)
    tenths: Mapped[int] = mapped_column(info=BASIC | COUNTED)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    module: Mapped[Module | None] = relationship()


class Result(Keyed, Versioned, Base):
    """How somebody finished: average in tenths, grade, and every line of the reckoning.

    `is_sealed`: a paper says so, which must be ended before the result changes.
    """

    __tablename__ = "result"
    __table_args__ = (
        CheckConstraint("average IS NULL OR average BETWEEN 0 AND 100", name="out_of_ten"),
        CheckConstraint("is_passed = (grade <> 'failed')", name="grade_says_passed"),
        {"info": BLANKED},
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    average: Mapped[int | None] = mapped_column(info=BASIC | COUNTED)
    grade: Mapped[Grade] = mapped_column(choice(Grade, "grade_known"), info=BASIC | COUNTED)
    is_passed: Mapped[bool] = mapped_column(info=BASIC | COUNTED)
    is_sealed: Mapped[bool] = mapped_column(default=False, server_default=false(), info=PLAIN)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, info=BASIC | COUNTED)
    rule_from: Mapped[dt.date | None] = mapped_column(info=PLAIN)
    decided_on: Mapped[dt.date] = mapped_column(info=BASIC | COUNTED)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    enrolment: Mapped[Enrolment] = relationship()
