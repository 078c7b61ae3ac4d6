"""What a learner's record is kept for: the class, public money, the register of certificates."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from jobcenter.enrolments.choices import EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel.erasing import Hold, Subject, holds
from jobcenter.kernel.words import N_

GOING_ON = (EnrolState.APPLIED, EnrolState.WAITING, EnrolState.OFFERED, EnrolState.ENROLLED)


@holds
def learning(session: Session, subject: Subject) -> Iterator[Hold]:
    """Yield the grounds: a place in a class, or records that the law keeps."""
    mine = Enrolment.person_id.in_(subject.person_ids)
    going_on = _count(session, mine, Enrolment.state.in_(GOING_ON))
    if going_on:
        ground = N_("Đang nộp đơn hoặc đang học. Kết thúc việc học trước.")
        yield Hold("learning", ground, going_on, is_firm=True)
    is_kept = or_(Enrolment.state == EnrolState.COMPLETED, Enrolment.support_turn.is_not(None))
    kept = _count(session, mine, is_kept)
    if kept:
        ground = N_("Sổ cấp chứng chỉ và chứng từ hỗ trợ học nghề: luật buộc lưu")
        yield Hold("learned", ground, kept, is_firm=True)


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(Enrolment.id)).where(*conditions)) or 0
