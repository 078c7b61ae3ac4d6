"""Reading the outbox, the lines inside, and the calls to make."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from jobcenter.kernel import clock
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.notices.choices import (
    DIGEST_AT,
    QUIET_FROM,
    QUIET_TO,
    CallState,
    Channel,
    NoticeState,
)
from jobcenter.notices.models import Call, InboxLine, Notice, Reply
from jobcenter.notices.templates import TEMPLATES
from jobcenter.notices.wording import Template


@dataclass(frozen=True)
class Written:
    """A notice with its values in place."""

    subject: str
    body: str
    short: str


def written(template: Template, locale: str, params: Mapping[str, Any]) -> Written:
    """Put the values into a template; a value that is missing shows as its name."""
    values = {name: params.get(name, f"[{name}]") for name in template.params}
    text = template.text(locale)
    return Written(text.subject % values, text.body % values, text.short % values)


def as_read(notice: Notice, locale: str | None = None) -> Written:
    """Return a notice as its recipient reads it."""
    template = TEMPLATES.get(notice.template)
    if template is None:
        return Written(notice.template, "", "")
    return written(template, locale or notice.locale, notice.params)


def next_daytime(instant: dt.datetime) -> dt.datetime:
    """Return the instant itself by day, else the end of the quiet hours, Hải Phòng's time."""
    here = clock.local(instant)
    if QUIET_TO <= here.time() < QUIET_FROM:
        return instant
    day = here.date() + dt.timedelta(days=here.time() >= QUIET_FROM)
    return dt.datetime.combine(day, QUIET_TO, tzinfo=clock.LOCAL).astimezone(dt.UTC)


def next_digest(instant: dt.datetime) -> dt.datetime:
    """Return the next moment of the daily digest."""
    here = clock.local(instant)
    day = here.date() + dt.timedelta(days=here.time() >= DIGEST_AT)
    return dt.datetime.combine(day, DIGEST_AT, tzinfo=clock.LOCAL).astimezone(dt.UTC)


def sent_since(session: Session, notice: Notice, since: dt.datetime) -> int:
    """Return how many notices left the house to the same recipient since an instant."""
    return (
        session.scalar(
            _same_recipient(select(func.count(Notice.id)), notice).where(
                Notice.state == NoticeState.SENT,
                Notice.ended_at >= since,
                Notice.channel.in_((Channel.EMAIL, Channel.SMS, Channel.ZALO)),
            )
        )
        or 0
    )


def digest_mates(session: Session, notice: Notice, now: dt.datetime) -> Sequence[Notice]:
    """Return what else waits for the same user's digest, held by the same worker or by nobody."""
    codes = [code for code, template in TEMPLATES.items() if template.in_digest]
    return session.scalars(
        _same_recipient(select(Notice), notice)
        .where(
            Notice.id != notice.id,
            or_(
                Notice.state == NoticeState.WAITING,
                (Notice.state == NoticeState.HELD) & (Notice.worker == notice.worker),
            ),
            Notice.template.in_(codes),
            Notice.not_before <= now,
        )
        .order_by(Notice.id)
    ).all()


def _same_recipient(found: Select[Any], notice: Notice) -> Select[Any]:
    if notice.user_id is not None:
        return found.where(Notice.user_id == notice.user_id)
    return found.where(Notice.person_id == notice.person_id, Notice.person_id.is_not(None))


def one(session: Session, key: uuid.UUID) -> Notice:
    """Return a notice by its key, or refuse."""
    found = session.scalar(select(Notice).where(Notice.key == key))
    if found is None:
        raise Missing
    return found


def by_effect(session: Session, key: str) -> Notice | None:
    """Return the notice that was told under a key, if it was."""
    return session.scalar(select(Notice).where(Notice.effect_key == key))


def listed(
    session: Session, *, state: NoticeState | None = None, template: str = "", window: Slice
) -> Page[Notice]:
    """Return the outbox, newest first."""
    found = select(Notice)
    if state is not None:
        found = found.where(Notice.state == state)
    if template:
        found = found.where(Notice.template == template)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(
        found.order_by(Notice.id.desc()).limit(window.size).offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def inbox(session: Session, user_id: int, window: Slice) -> Page[InboxLine]:
    """Return what a user was told inside, newest first."""
    found = select(InboxLine).where(InboxLine.user_id == user_id)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(
        found.options(joinedload(InboxLine.notice))
        .order_by(InboxLine.notice_id.desc())
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def unread(session: Session, user_id: int) -> int:
    """Return how many lines a user has not read."""
    found = select(func.count(InboxLine.notice_id)).where(
        InboxLine.user_id == user_id, InboxLine.read_at.is_(None)
    )
    return session.scalar(found) or 0


def calls(session: Session, *, state: CallState = CallState.OPEN, window: Slice) -> Page[Call]:
    """Return the calls to make, the oldest first."""
    found = select(Call).where(Call.state == state)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(
        found.options(joinedload(Call.notice))
        .order_by(Call.made_at, Call.id)
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def one_call(session: Session, key: uuid.UUID) -> Call:
    """Return a call by its key, or refuse."""
    found = session.scalar(select(Call).where(Call.key == key))
    if found is None:
        raise Missing
    return found


def questions(
    session: Session, person_ids: Collection[int]
) -> Sequence[tuple[Notice, Reply | None]]:
    """Return the questions a person was asked with the last reply to each, newest first.

    `person_ids` are all under whom the person is written: see `people.queries.identities`.
    """
    last = (
        select(Reply.notice_id, func.max(Reply.id).label("id")).group_by(Reply.notice_id).subquery()
    )
    codes = [code for code, template in TEMPLATES.items() if template.question]
    rows = session.execute(
        select(Notice, Reply)
        .outerjoin(last, last.c.notice_id == Notice.id)
        .outerjoin(Reply, Reply.id == last.c.id)
        .where(Notice.person_id.in_(person_ids), Notice.template.in_(codes))
        .order_by(Notice.id.desc())
        .limit(50)
    )
    return [(notice, reply) for notice, reply in rows]
