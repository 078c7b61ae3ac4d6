"""Planning classes, changing them, and moving them from plan to archive."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.models import Commune
from jobcenter.catalogue.queries import check_code
from jobcenter.courses.choices import (
    CLASS_MOVES,
    MOST_PLACES,
    OVER,
    WEEKDAYS,
    ClassState,
    RoomKind,
)
from jobcenter.courses.data import ClassData
from jobcenter.courses.models import Programme, Trainer, TrainingClass, TrainingRoom
from jobcenter.courses.queries import curriculum_on, rule_of
from jobcenter.courses.rules import require_school
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

_PLAIN = (
    "name", "starts_on", "ends_on", "funding", "course", "intake", "enrol_until", "fill_rule",
    "trainer_id", "room_id", "place", "commune_code", "starts_at", "ends_at", "session_hours",
    "cost", "fee", "enterprise_id", "contract_number", "contract_on", "ordered", "note",
)  # fmt: skip
LONGEST_DAYS = 4 * 366


def plan(session: Session, *, programme: Programme, data: ClassData, by: Actor) -> TrainingClass:
    """Plan a class; it follows the curriculum in force on its first day."""
    require_school(by)
    course = TrainingClass(
        programme=programme, state=ClassState.PLANNED, taken=0, code="", folded="", name="",
        starts_on=data.starts_on, ends_on=data.ends_on, places=data.places, funding="",
    )  # fmt: skip
    with session.no_autoflush:
        _write(session, course, data)
    try:
        with session.begin_nested():
            session.add(course)
    except IntegrityError as error:
        raise _twice(error) from error
    record(session, by=by, action="plan-class", kind="class", subject_id=course.id)
    return course


def change(
    session: Session, *, course: TrainingClass, data: ClassData, version: int | None, by: Actor
) -> None:
    """Change a class; fewer places than people in it are refused."""
    require_school(by)
    hold(session, course, version)
    if course.state in OVER:
        raise Refused(N_("Lớp đã kết thúc, không sửa được nữa."))
    if data.places < course.taken:
        raise Refused(
            N_("Đã có %(taken)s người giữ chỗ, không giảm xuống dưới số đó được."),
            field="places", taken=course.taken,
        )  # fmt: skip
    with session.no_autoflush:
        _write(session, course, data)
    course.changed_at = clock.now()
    try:
        session.flush()
    except IntegrityError as error:
        raise _twice(error) from error
    record(session, by=by, action="change-class", kind="class", subject_id=course.id)


def _write(session: Session, course: TrainingClass, data: ClassData) -> None:
    _check(session, course, data)
    for name in _PLAIN:
        setattr(course, name, getattr(data, name))
    course.code = data.code.upper()
    course.places = data.places
    course.weekdays = tuple(day for day in WEEKDAYS if day in data.weekdays)
    programme = course.programme
    course.folded = vietnamese.fold(
        f"{course.code} {course.name} {programme.code} {programme.name_vi}"
    )[:400]
    if course.state in (ClassState.PLANNED, ClassState.ENROLLING):
        found = curriculum_on(session, programme.id, data.starts_on)
        course.curriculum_id = found.id if found else None


def _check(session: Session, course: TrainingClass, data: ClassData) -> None:
    if data.ends_on < data.starts_on:
        raise Refused(N_("Ngày bế giảng phải từ ngày khai giảng trở đi."), field="ends_on")
    if (data.ends_on - data.starts_on).days > LONGEST_DAYS:
        raise Refused(N_("Lớp dài nhất bốn năm. Xem lại hai ngày này."), field="ends_on")
    if not 1 <= data.places <= MOST_PLACES:
        raise Refused(N_("Từ %(least)s đến %(most)s."), field="places", least=1, most=MOST_PLACES)
    if (data.starts_at is None) != (data.ends_at is None):
        raise Refused(N_("Ghi cả giờ bắt đầu và giờ kết thúc."), field="ends_at")
    if data.starts_at and data.ends_at and data.ends_at <= data.starts_at:
        raise Refused(N_("Giờ kết thúc phải sau giờ bắt đầu."), field="ends_at")
    if data.enterprise_id is None and (data.contract_number or data.ordered is not None):
        raise Refused(N_("Hợp đồng cần tên doanh nghiệp đặt lớp."), field="enterprise")
    check_code(session, "W", data.funding, field="funding", kept=(course.funding,))
    if not data.funding:
        raise Refused(N_("Cần điền mục này."), field="funding")
    _there(session, Trainer, data.trainer_id, "trainer")
    _there(session, TrainingRoom, data.room_id, "room")
    _there(session, Enterprise, data.enterprise_id, "enterprise")
    _there(session, Commune, data.commune_code, "commune")


def _there(session: Session, kind: Any, row_id: int | str | None, field: str) -> None:
    if row_id is not None and session.get(kind, row_id) is None:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field=field)


def _twice(error: IntegrityError) -> Exception:
    if "code" not in str(error.orig):
        return error
    return Refused(N_("Đã có lớp mang mã này."), field="code")


def move(
    session: Session, *, course: TrainingClass, verb: str, by: Actor, reason: str = "",
    version: int | None = None,
) -> None:  # fmt: skip
    """Take a class one step on; cancelling wants a reason and an empty class.

    Who sits in a class is told and moved first: `enrolments` does that before it cancels.
    """
    require_school(by)
    hold(session, course, version)
    if verb not in CLASS_MOVES.table:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="verb")
    before = course.state
    after = CLASS_MOVES.after(verb, before)
    if verb == "cancel" and not vietnamese.clean_line(reason):
        raise Refused(N_("Huỷ lớp cần lý do."), field="reason")
    if verb in ("cancel", "withdraw") and course.taken:
        raise Refused(
            N_("Còn %(taken)s người giữ chỗ. Chuyển lớp hoặc ghi rút đơn cho họ trước."),
            taken=course.taken,
        )
    course.cancel_reason = vietnamese.clean_line(reason)[:300] if verb == "cancel" else ""
    course.state = after
    session.flush()
    record(
        session, by=by, action=f"{verb}-class", kind="class", subject_id=course.id,
        before=before.value, after=after.value,
    )  # fmt: skip


def size_warnings(
    session: Session, course: TrainingClass, *, size: int | None = None
) -> list[tuple[int, str]]:
    """Return (bound, words) of the class sizes that `size` people exceed: these warn only."""
    rule = rule_of(session, course.programme.type, on=course.starts_on)
    if rule is None:
        return []
    size = course.places if size is None else size
    found: list[tuple[int, str]] = []
    if rule.size_theory and size > rule.size_theory:
        found.append((rule.size_theory, N_("Quá sĩ số lý thuyết %(bound)s người")))
    if course.programme.is_hazardous:
        if rule.size_hazard and size > rule.size_hazard:
            found.append(
                (rule.size_hazard, N_("Thực hành nghề nguy hiểm: quá %(bound)s người một ca"))
            )
    elif rule.size_practice and size > rule.size_practice:
        found.append((rule.size_practice, N_("Thực hành cần chia ca: quá %(bound)s người một ca")))
    room = course.room
    if room is not None and room.kind is not RoomKind.OUTSIDE and size > room.seats:
        found.append((room.seats, N_("Phòng chỉ có %(bound)s chỗ ngồi")))
    return found


def curriculum_warnings(session: Session, course: TrainingClass) -> list[tuple[int, str]]:
    """Return what of the curriculum does not fit the rule of its type on the first day."""
    rule = rule_of(session, course.programme.type, on=course.starts_on)
    plan_ = course.curriculum
    if rule is None or plan_ is None:
        return []
    hours, found = plan_.hours, []
    if rule.hours_least and hours < rule.hours_least:
        found.append((rule.hours_least, N_("Chưa đủ %(bound)s giờ")))
    if rule.hours_most and hours > rule.hours_most:
        found.append((rule.hours_most, N_("Quá %(bound)s giờ")))
    if rule.modules_least and len(plan_.modules) < rule.modules_least:
        found.append((rule.modules_least, N_("Chưa đủ %(bound)s mô đun")))
    if rule.theory_most is not None and plan_.theory_hours * 100 > rule.theory_most * hours:
        found.append((rule.theory_most, N_("Lý thuyết quá %(bound)s%%")))
    return found


def set_decision(
    session: Session, *, course: TrainingClass, number: str, on: dt.date, by: Actor,
    paper_id: int | None = None,
) -> None:  # fmt: skip
    """Write the number of the decision that opens the class."""
    require_school(by)
    session.execute(
        update(TrainingClass)
        .where(TrainingClass.id == course.id)
        .values(
            decision_number=number, decision_on=on, decision_paper_id=paper_id,
            version=TrainingClass.version + 1, changed_at=clock.now(),
        )
    )  # fmt: skip
    session.refresh(course)
    record(
        session, by=by, action="change-class", kind="class", subject_id=course.id,
        fields=["decision_number"],
    )  # fmt: skip
