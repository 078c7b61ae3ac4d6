"""Telling, holding, sending, giving up; calls and replies."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.choices import BACK_OFF, CallState, Channel, NoticeState
from jobcenter.notices.models import Call, InboxLine, Notice, Reply
from jobcenter.notices.queries import next_digest
from jobcenter.notices.templates import TEMPLATES

LEASE = dt.timedelta(minutes=2)


@dataclass(frozen=True)
class To:
    """A recipient: exactly one of the three."""

    user_id: int | None = None
    person_id: int | None = None
    address: str | None = None
    locale: str = "vi"


def tell(
    session: Session,
    *,
    key: str,
    template: str,
    to: To,
    params: dict[str, Any],
    href: str = "",
    not_before: dt.datetime | None = None,
) -> bool:
    """Write down what is to be told, in the caller's transaction; the same key tells once.

    Returns whether this call wrote it.
    """
    kind = TEMPLATES[template]
    if set(params) != set(kind.params):
        raise ValueError(f"values of {template}: {sorted(set(params) ^ set(kind.params))}")
    known = session.scalar(select(Notice.id).where(Notice.effect_key == key))
    if known is not None:
        return False
    now = clock.now()
    when = not_before or (next_digest(now) if kind.in_digest else now)
    row = Notice(
        effect_key=key, template=template, user_id=to.user_id, person_id=to.person_id,
        address=to.address, locale=to.locale, params=params, href=href,
        state=NoticeState.WAITING, not_before=when,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False  # another transaction told the same a moment ago
    return True


def hold(session: Session, *, worker: str, limit: int = 20) -> Sequence[Notice]:
    """Take what is due by one conditional statement; what a dead worker held is due again."""
    now = clock.now()
    free = or_(
        Notice.state == NoticeState.WAITING,
        (Notice.state == NoticeState.HELD) & (Notice.lease_until < now),
    )
    due = (
        select(Notice.id)
        .where(free, Notice.not_before <= now)
        .order_by(Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = session.scalars(
        update(Notice)
        .where(Notice.id.in_(due.scalar_subquery()), free)
        .values(
            state=NoticeState.HELD, worker=worker, lease_until=now + LEASE,
            attempts=Notice.attempts + 1,
        )
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    ).all()  # fmt: skip
    return session.scalars(
        select(Notice)
        .where(Notice.id.in_(taken))
        .order_by(Notice.id)
        .execution_options(populate_existing=True)
    ).all()


def show_inside(session: Session, notice: Notice) -> None:
    """Let the user see the notice inside; a second time changes nothing."""
    if notice.user_id is None:
        return
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    session.execute(
        insert(InboxLine)
        .values(notice_id=notice.id, user_id=notice.user_id)
        .on_conflict_do_nothing()
    )


def ask_to_call(session: Session, notice: Notice) -> None:
    """Make a call of a notice that no machine can bring; a second time changes nothing."""
    if notice.person_id is None:
        return
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    session.execute(
        insert(Call)
        .values(
            notice_id=notice.id, person_id=notice.person_id, state=CallState.OPEN, note="",
            made_at=clock.now(), key=uuid.uuid4(),
        )
        .on_conflict_do_nothing(index_elements=[Call.notice_id])
    )  # fmt: skip


def sent(session: Session, notice: Notice, channel: Channel) -> None:
    """Write down that a notice left; only by the worker that holds it."""
    _end(session, notice, NoticeState.SENT, channel=channel, error="")


def bundle(session: Session, notices: Sequence[Notice], into: Notice) -> None:
    """Mark notices as told in the digest of another."""
    for one in notices:
        one.state, one.ended_at, one.bundled_into_id = NoticeState.BUNDLED, clock.now(), into.id
    session.flush()


def put_off(session: Session, notice: Notice, until: dt.datetime) -> None:
    """Wait until another moment, without counting a try."""
    _release(session, notice, until, attempts=notice.attempts - 1, error="")


def failed(session: Session, notice: Notice, error: str) -> None:
    """Count a failed try: again after a while, or dead after the last."""
    if notice.attempts > len(BACK_OFF):
        _end(session, notice, NoticeState.DEAD, error=error[:300])
        return
    until = clock.now() + dt.timedelta(minutes=BACK_OFF[notice.attempts - 1])
    _release(session, notice, until, attempts=notice.attempts, error=error[:300])


def replay(session: Session, *, notice: Notice, by: Actor) -> None:
    """Send a dead or dropped notice again from the first try, under the same key."""
    session.refresh(notice, with_for_update={"of": Notice})
    if notice.state not in (NoticeState.DEAD, NoticeState.CANCELLED):
        raise Refused(N_("Chỉ gửi lại tin không gửi được hoặc đã bỏ."))
    notice.state, notice.attempts, notice.error = NoticeState.WAITING, 0, ""
    notice.not_before, notice.ended_at = clock.now(), None
    session.flush()
    record(session, by=by, action="replay-notice", kind="notice", subject_id=notice.id)


def cancel(session: Session, *, notice: Notice, by: Actor) -> None:
    """Drop a notice that has not left yet."""
    session.refresh(notice, with_for_update={"of": Notice})
    if notice.state not in (NoticeState.WAITING, NoticeState.DEAD):
        raise Refused(N_("Tin này đã gửi hoặc đang gửi."))
    notice.state, notice.ended_at = NoticeState.CANCELLED, clock.now()
    session.flush()
    record(session, by=by, action="cancel-notice", kind="notice", subject_id=notice.id)


def read_all(session: Session, *, user_id: int) -> None:
    """Mark every line of a user as read."""
    session.execute(
        update(InboxLine)
        .where(InboxLine.user_id == user_id, InboxLine.read_at.is_(None))
        .values(read_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def close_call(session: Session, *, call: Call, state: CallState, note: str, by: Actor) -> None:
    """Write down how a call went."""
    session.refresh(call, with_for_update={"of": Call})
    if call.state is not CallState.OPEN:
        raise Refused(N_("Cuộc gọi này đã ghi kết quả."))
    call.state, call.note, call.ended_at, call.by_id = state, note, clock.now(), by.user_id
    session.flush()
    record(
        session, by=by, action="close-call", kind="person", subject_id=call.person_id,
        outcome=state.value,
    )  # fmt: skip


def record_reply(
    session: Session, *, notice: Notice, question: str, answer: str, channel: Channel, by: Actor
) -> None:
    """Keep what a person answered to a question that was asked."""
    session.add(
        Reply(
            notice_id=notice.id, question=question, answer=answer, channel=channel,
            by_id=by.user_id,
        )
    )  # fmt: skip
    session.flush()
    record(
        session, by=by, action="record-reply", kind="person", subject_id=notice.person_id,
        question=question,
    )  # fmt: skip


def _end(session: Session, notice: Notice, state: NoticeState, **values: Any) -> None:
    done = session.execute(
        update(Notice)
        .where(
            Notice.id == notice.id,
            Notice.state == NoticeState.HELD,
            Notice.worker == notice.worker,
        )
        .values(state=state, ended_at=clock.now(), lease_until=None, **values)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    ).scalar()
    if done is None:
        raise LostHold


def _release(
    session: Session, notice: Notice, until: dt.datetime, *, attempts: int, error: str
) -> None:
    session.execute(
        update(Notice)
        .where(
            Notice.id == notice.id,
            Notice.state == NoticeState.HELD,
            Notice.worker == notice.worker,
        )
        .values(
            state=NoticeState.WAITING, not_before=until, lease_until=None, attempts=attempts,
            error=error,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip


class LostHold(Exception):
    """Another worker holds the notice by now; this one's work on it does not count."""
