"""Safety training: lines of the follow-up book, cards that firms issue, orders of classes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.catalogue.choices import Award
from jobcenter.catalogue.models import ProgrammeTypeRule
from jobcenter.certificates.choices import SAFETY, OrderState
from jobcenter.certificates.models import SafetyRecord, TrainingOrder
from jobcenter.certificates.queries import require_school
from jobcenter.certificates.rules import issue, last_day
from jobcenter.courses.models import TrainingClass
from jobcenter.courses.queries import rule_of
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.people.queries import identities
from jobcenter.teaching.models import Result


def enter(
    session: Session, *, course: TrainingClass, learners: Collection[Enrolment], by: Actor
) -> int:
    """Write the follow-up book for who passed; groups that get a certificate get it now."""
    require_school(by)
    rule = rule_of(session, course.programme.type, on=course.starts_on)
    if rule is None or rule.award not in SAFETY or rule.safety_group is None:
        raise Refused(N_("Đây không phải lớp huấn luyện an toàn."))
    passed = set(
        session.scalars(
            select(Result.enrolment_id).where(
                Result.enrolment_id.in_([row.id for row in learners]), Result.is_passed.is_(True)
            )
        )
    )
    count = 0
    for row in learners:
        if row.id in passed and _enter(session, course, row, rule, by):
            count += 1
    return count


def _enter(
    session: Session, course: TrainingClass, row: Enrolment, rule: ProgrammeTypeRule, by: Actor
) -> bool:
    on = course.ends_on
    before = session.scalar(
        select(SafetyRecord.id).where(
            SafetyRecord.person_id.in_(identities(session, row.person_id)),
            SafetyRecord.safety_group == rule.safety_group,
            SafetyRecord.trained_on < on,
        )
    )
    hours = course.curriculum.hours if course.curriculum else 0
    usual = (rule.refresher_hours if before else rule.hours_least) or 0
    entry = SafetyRecord(
        enrolment_id=row.id, person_id=row.person_id,
        enterprise_id=row.enterprise_id or course.enterprise_id,
        safety_group=rule.safety_group or 4, award=rule.award, hours=hours or usual,
        is_refresher=before is not None, trained_on=on, valid_to=last_day(rule, on),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(entry)
    except IntegrityError:
        return False
    if rule.award is Award.SAFETY_CERTIFICATE:
        issue(session, enrolment=row, by=by, on=max(on, row.course.ends_on))
    record(
        session, by=by, action="enter-safety", kind="enrolment", subject_id=row.id,
        code=course.code, count=entry.hours,
    )  # fmt: skip
    return True


def write_card(
    session: Session, *, entry: SafetyRecord, number: str, on: dt.date, version: int | None,
    by: Actor,
) -> None:  # fmt: skip
    """Write the card that the firm issued to somebody of group 3."""
    if not (by.may(Right.SCHOOL) or by.acts_for(entry.enterprise_id)):
        raise NotAllowed
    hold(session, entry, version)
    if entry.award is not Award.SAFETY_CARD:
        raise Refused(N_("Nhóm này không dùng thẻ an toàn."))
    number = vietnamese.clean_line(number)[:40]
    if not number:
        raise Refused(N_("Cần điền mục này."), field="number")
    if on < entry.trained_on or on > clock.today():
        raise Refused(N_("Ngày cấp thẻ từ ngày học xong đến hôm nay."), field="on")
    entry.card_number, entry.card_on = number, on
    session.flush()
    record(
        session, by=by, action="write-card", kind="enrolment", subject_id=entry.enrolment_id,
        number=number,
    )  # fmt: skip


def order(
    session: Session, *, enterprise_id: int, of: str, headcount: int, wanted_on: dt.date | None,
    note: str, by: Actor,
) -> TrainingOrder:  # fmt: skip
    """Ask the school for a safety class."""
    if not by.acts_for(enterprise_id):
        raise NotAllowed
    rule = rule_of(session, of, on=clock.today())
    if rule is None or rule.award not in SAFETY:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="type")
    if wanted_on is not None and wanted_on < clock.today():
        raise Refused(N_("Ngày mong muốn từ hôm nay trở đi."), field="wanted_on")
    row = TrainingOrder(
        enterprise_id=enterprise_id, type=of, headcount=headcount, wanted_on=wanted_on,
        note=note, made_by_id=by.user_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(
        session, by=by, action="order-training", kind="training-order", subject_id=row.id,
        code=of, count=headcount,
    )  # fmt: skip
    return row


def answer(
    session: Session, *, asked: TrainingOrder, course: TrainingClass | None, words: str,
    version: int | None, by: Actor,
) -> None:  # fmt: skip
    """Name the class of an order, or say why there is none yet."""
    require_school(by)
    hold(session, asked, version)
    words = vietnamese.clean_line(words)[:300]
    if course is None and not words:
        raise Refused(N_("Chọn lớp hoặc ghi vì sao chưa mở được."), field="answer")
    asked.class_id = course.id if course else None
    asked.state = OrderState.PLANNED if course else OrderState.DECLINED
    asked.answer = words
    session.flush()
    record(
        session, by=by, action="answer-order", kind="training-order", subject_id=asked.id,
        code=course.code if course else "", after=asked.state.value,
    )  # fmt: skip
