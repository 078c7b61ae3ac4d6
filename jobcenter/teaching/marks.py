"""Writing marks, and deciding results by the rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.courses.choices import OVER, Grade
from jobcenter.courses.models import Module, TrainingClass
from jobcenter.enrolments.choices import ENROL_MOVES, LEARNING, EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.teaching.choices import MOST_TURNS, OF_EXAM, OF_MODULE, MarkKind
from jobcenter.teaching.grading import Outcome
from jobcenter.teaching.models import Mark, MarkSheet, Result
from jobcenter.teaching.queries import bounds_of, may_teach, outcomes, sheet_code
from jobcenter.teaching.sheets import take_hold

Row = Mapping[MarkKind, Sequence[int]]


def read_marks(typed: str, kind: MarkKind) -> list[int]:
    """Return marks in tenths from "7 8,5 9"; refuse what is no mark out of ten."""
    found = []
    for word in re.split(r"[\s;/]+", vietnamese.clean_line(typed)):
        if not word:
            continue
        match = re.fullmatch(r"(\d{1,2})(?:[.,](\d))?", word, re.ASCII)
        tenths = int(match[1]) * 10 + int(match[2] or 0) if match else 101
        if tenths > 100:
            raise Refused(N_("Điểm từ 0 đến 10, lẻ một số: 7 hoặc 8,5."))
        found.append(tenths)
    if len(found) > MOST_TURNS[kind]:
        raise Refused(N_("Nhiều nhất %(most)s điểm ở một ô."), most=MOST_TURNS[kind])
    return found


def write(
    session: Session, *, course: TrainingClass, module: Module | None, rows: Mapping[int, Row],
    version: int | None, by: Actor,
) -> int:  # fmt: skip
    """Write the sheet of a module, or of the examination: what stands there is replaced.

    Refused for somebody whose certificate says what came out of the marks as they were.
    """
    if not may_teach(by):
        raise NotAllowed
    if course.state in OVER:
        raise Refused(N_("Lớp đã kết thúc, không sửa được nữa."))
    code = sheet_code(module)
    sheet = take_hold(session, MarkSheet(class_id=course.id, code=code), version)
    learning = set(
        session.scalars(
            select(Enrolment.id).where(
                Enrolment.class_id == course.id, Enrolment.state.in_(LEARNING)
            )
        )
    )
    sealed = set(
        session.scalars(
            select(Result.enrolment_id).where(
                Result.enrolment_id.in_(learning), Result.is_sealed.is_(True)
            )
        )
    )
    count = 0
    for enrolment_id, row in rows.items():
        if enrolment_id in learning and _write_row(
            session, enrolment_id, module, row, enrolment_id in sealed, by
        ):
            count += 1
    sheet.changed_at = clock.now()
    session.flush()
    record(
        session, by=by, action="write-marks", kind="class", subject_id=course.id,
        code=module.code if module else code, count=count,
    )  # fmt: skip
    return count


def _write_row(
    session: Session, enrolment_id: int, module: Module | None, row: Row, is_sealed: bool,
    by: Actor,
) -> bool:  # fmt: skip
    """Write one learner's marks where they differ; return whether anything changed."""
    kinds = OF_MODULE if module else OF_EXAM
    mine = (
        Mark.enrolment_id == enrolment_id,
        Mark.module_id == module.id if module else Mark.module_id.is_(None),
    )
    there: dict[MarkKind, list[int]] = {}
    for one in session.scalars(select(Mark).where(*mine).order_by(Mark.kind, Mark.turn)):
        there.setdefault(one.kind, []).append(one.tenths)
    changed = [kind for kind in kinds if list(row.get(kind, ())) != there.get(kind, [])]
    if changed and is_sealed:
        raise Refused(
            N_("Có người đã được cấp chứng chỉ. Huỷ hoặc thu hồi chứng chỉ trước rồi mới sửa điểm.")
        )
    for kind in changed:
        session.execute(
            delete(Mark)
            .where(*mine, Mark.kind == kind)
            .execution_options(synchronize_session="fetch")
        )
        session.add_all(
            Mark(
                enrolment_id=enrolment_id, module_id=module.id if module else None, kind=kind,
                turn=turn, tenths=tenths, recorded_by_id=by.user_id,
            )
            for turn, tenths in enumerate(row.get(kind, ()), 1)
        )  # fmt: skip
    return bool(changed)


def decide(
    session: Session, *, course: TrainingClass, learners: Collection[Enrolment], by: Actor
) -> int:
    """Write the results of these learners as the rules give them; return how many.

    Whoever still lacks a mark is left out. The reckoning is kept as it was.
    """
    _require(by, course)
    found = outcomes(session, course, list(learners))
    _bounds, since = bounds_of(session, course)
    count = 0
    for row in learners:
        outcome = found[row.id]
        if outcome.grade is None:
            continue
        hold(session, row, None)
        result = session.scalar(select(Result).where(Result.enrolment_id == row.id))
        if row.state not in LEARNING or (result is not None and result.is_sealed):
            continue
        _decide(session, row, outcome, by)
        if result is None:
            result = Result(
                enrolment_id=row.id, grade=outcome.grade, is_passed=outcome.is_passed,
                decided_on=clock.today(), lines=[],
            )  # fmt: skip
            session.add(result)
        result.average, result.grade = outcome.average, outcome.grade
        result.is_passed = outcome.is_passed
        result.lines = [asdict(step) for step in outcome.steps]
        result.rule_from, result.decided_on = since, clock.today()
        result.decided_by_id = by.user_id
        count += 1
    session.flush()
    return count


def _decide(session: Session, row: Enrolment, outcome: Outcome, by: Actor) -> None:
    wanted = EnrolState.COMPLETED if outcome.is_passed else EnrolState.FAILED
    if row.state is not wanted:
        row.state = ENROL_MOVES.after("complete" if outcome.is_passed else "fail", row.state)
    row.ended_on = row.ended_on or clock.today()
    session.flush()
    record(
        session, by=by, action="decide-result", kind="enrolment", subject_id=row.id,
        after=row.state.value, code=row.course.code,
        number=(outcome.grade or Grade.FAILED).value,
    )  # fmt: skip


def _require(by: Actor, course: TrainingClass) -> None:
    if not by.may(Right.SCHOOL):
        raise NotAllowed
    if course.state in OVER:
        raise Refused(N_("Lớp đã kết thúc, không sửa được nữa."))
