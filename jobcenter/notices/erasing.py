"""At an erasure what was told to others loses the person; what waits for the person is not sent."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobcenter.kernel.erasing import Subject, eraser, scrubbed
from jobcenter.notices.models import Call, Notice, Reply


@eraser
def scrub_notices(session: Session, subject: Subject) -> None:
    """Take the person out of messages to others, and out of notes on calls and answers to them."""
    own = or_(
        Notice.person_id.in_(subject.person_ids or (0,)), Notice.user_id.in_(subject.user_ids)
    )
    rest = select(Notice).where(Notice.id.not_in(select(Notice.id).where(own)))
    for notice in session.scalars(rest.order_by(Notice.id)):
        params = scrubbed(notice.params, subject)
        if params != notice.params:
            notice.params = params
        if notice.address is not None and subject.is_in(notice.address):
            session.delete(notice)
    for call in session.scalars(select(Call).where(Call.note != "")):
        call.note = scrubbed(call.note, subject)
    for reply in session.scalars(select(Reply)):
        reply.answer = scrubbed(reply.answer, subject)
