"""Issuing certificates and what follows: handing over, again, revoking, cancelling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.models import ProgrammeTypeRule
from jobcenter.certificates import blanks
from jobcenter.certificates.choices import ENDS, KINDS, NEW_BLANK, ON_BLANKS, REASONED, Entry
from jobcenter.certificates.models import Certificate, CertificateEvent
from jobcenter.certificates.queries import require_school
from jobcenter.courses.choices import GRADE_LABELS
from jobcenter.courses.queries import rule_of
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.papers import rules as register
from jobcenter.people.choices import SEX_LABELS
from jobcenter.teaching.models import Result

_TWICE = N_("Người này đã có chứng chỉ của lớp này.")


def issue(
    session: Session, *, enrolment: Enrolment, by: Actor, on: dt.date | None = None
) -> Certificate:
    """Issue the certificate of somebody who passed: next blank, next number, one line."""
    require_school(by)
    on = on or clock.today()
    rule = rule_of(session, enrolment.course.programme.type, on=enrolment.course.starts_on)
    if rule is None or rule.award not in KINDS:
        raise Refused(N_("Trường không cấp giấy cho loại chương trình này."))
    result = session.scalar(select(Result).where(Result.enrolment_id == enrolment.id))
    if result is None or not result.is_passed:
        raise Refused(N_("Chưa có kết quả đạt."))
    hold(session, result, None)
    if not result.is_passed:
        raise Refused(N_("Chưa có kết quả đạt."))
    if result.is_sealed:
        raise Refused(_TWICE)
    blank = blanks.take_next(session, rule.award, on) if rule.award in ON_BLANKS else None
    paper = register.issue(
        session, kind=KINDS[rule.award], subject_id=enrolment.id, person_id=enrolment.person_id,
        title=f"{enrolment.number} {enrolment.course.code}"[:200],
        content=content(enrolment, result, rule, on), by=by, on=on,
    )  # fmt: skip
    paper.valid_to = last_day(rule, on)
    count = select(Certificate.turn).where(Certificate.enrolment_id == enrolment.id)
    row = Certificate(
        enrolment_id=enrolment.id, turn=1 + max(session.scalars(count), default=0),
        award=rule.award, paper_id=paper.id, issued_on=on,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    result.is_sealed = True
    _event(session, row, Entry.ISSUED, by, blank_id=blank.id if blank else None)
    record(
        session, by=by, action="issue-certificate", kind="enrolment", subject_id=enrolment.id,
        number=paper.shown, code=blank.serial if blank else "",
    )  # fmt: skip
    return row


def issue_all(
    session: Session, *, learners: Collection[Enrolment], by: Actor
) -> tuple[int, Refused | None]:
    """Issue for these learners in their order; stop where it is refused and say why."""
    count = 0
    for row in learners:
        try:
            issue(session, enrolment=row, by=by)
        except Refused as refused:
            return count, refused
        count += 1
    return count, None


def last_day(rule: ProgrammeTypeRule, on: dt.date) -> dt.date | None:
    """Return until when a paper of this type holds; None: without end."""
    if rule.valid_months is None:
        return None
    month = on.month - 1 + rule.valid_months
    year, month = on.year + month // 12, month % 12 + 1
    for day in (on.day, 30, 29, 28):
        try:
            return dt.date(year, month, day)
        except ValueError:
            continue
    return None


def content(
    enrolment: Enrolment, result: Result, rule: ProgrammeTypeRule, on: dt.date
) -> dict[str, Any]:
    """Return what the certificate says."""
    person, course = enrolment.person, enrolment.course
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    ends = last_day(rule, on)
    return {
        "ho_ten": person.full_name,
        "ngay_sinh": born,
        "gioi_tinh": SEX_LABELS[person.sex] if person.sex else "",
        "nghe": course.programme.name_vi,
        "lop": course.code,
        "tu_den": f"từ {course.starts_on:%d/%m/%Y} đến {course.ends_on:%d/%m/%Y}",
        "so_gio": str(course.curriculum.hours if course.curriculum else rule.hours_least or ""),
        "xep_loai": GRADE_LABELS[result.grade],
        "nhom": str(rule.safety_group or ""),
        "don_vi_cong_tac": enrolment.enterprise.name if enrolment.enterprise else "",
        "hieu_luc": f"{ends:%d/%m/%Y}" if ends else "",
    }


def write(
    session: Session, *, certificate: Certificate, kind: Entry, by: Actor, reason: str = "",
    decision: str = "", receiver: str = "",
) -> None:  # fmt: skip
    """Write what happened next to a certificate; the line itself is never changed."""
    require_school(by)
    reason = vietnamese.clean_line(reason)[:200]
    if kind is Entry.ISSUED:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="kind")
    if kind in REASONED and not reason:
        raise Refused(N_("Cần ghi lý do."), field="reason")
    if kind is Entry.HANDED_OVER and not vietnamese.clean_line(receiver):
        raise Refused(N_("Ghi tên người nhận."), field="receiver")
    if kind is Entry.REVOKED and not vietnamese.clean_line(decision):
        raise Refused(N_("Thu hồi cần số quyết định."), field="decision")
    result = session.scalars(
        select(Result).where(Result.enrolment_id == certificate.enrolment_id)
    ).one()
    hold(session, result, None)  # two acts on one certificate come one after the other
    session.refresh(certificate, ["events"])
    if certificate.ended is not None:
        raise Refused(N_("Chứng chỉ này đã thu hồi hoặc huỷ."))
    blank = None
    if kind in NEW_BLANK and certificate.award in ON_BLANKS:
        blank = blanks.take_next(session, certificate.award, clock.today())
    if kind in ENDS:
        register.cancel(session, paper=certificate.paper, reason=reason, by=by)
        result.is_sealed = False
    _event(
        session, certificate, kind, by, blank_id=blank.id if blank else None, reason=reason,
        decision=vietnamese.clean_line(decision)[:80],
        receiver=vietnamese.clean_line(receiver)[:120],
    )  # fmt: skip
    record(
        session, by=by, action="write-certificate", kind="enrolment",
        subject_id=certificate.enrolment_id, number=certificate.paper.shown, verb=kind.value,
        reason=reason or None,
    )  # fmt: skip


def _event(session: Session, row: Certificate, kind: Entry, by: Actor, **columns: Any) -> None:
    session.add(CertificateEvent(certificate_id=row.id, kind=kind, by_id=by.user_id, **columns))
    session.flush()
    session.expire(row, ["events"])
