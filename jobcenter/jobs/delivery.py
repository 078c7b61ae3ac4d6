"""Brings what waits in the outbox to people: inside, by mail, by message, or as a call to make."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from jobcenter.accounts.queries import user_by_id
from jobcenter.jobs.senders import Outgoing, Sender
from jobcenter.kernel import clock
from jobcenter.notices import queries, rules
from jobcenter.notices.choices import MOST_A_DAY, Channel, NoticeState
from jobcenter.notices.models import Notice
from jobcenter.notices.queries import Written, as_read, next_daytime
from jobcenter.notices.templates import TEMPLATES
from jobcenter.people.queries import contact_of

log = logging.getLogger("jobcenter.delivery")
DOMAIN = "jobcenter.local"
DIGEST_SUBJECT = {
    "vi": "Tin trong ngày từ trung tâm việc làm",
    "en": "News of the day from the job centre",
}


@dataclass(frozen=True)
class Way:
    """A channel and the address on it."""

    channel: Channel
    address: str


def deliver(session: Session, senders: Mapping[Channel, Sender], *, worker: str) -> int:
    """Send what is due, each notice in a transaction of its own; return how many were held."""
    held = rules.hold(session, worker=worker)
    session.commit()
    for notice in held:
        if notice.state is not NoticeState.HELD:
            continue  # told already, in the digest of one before
        try:
            _deliver(session, notice, senders)
            session.commit()
        except rules.LostHold:
            session.rollback()
        except Exception as fault:
            session.rollback()
            log.warning("notice %s not sent: %s", notice.id, fault)
            rules.failed(session, notice, f"{type(fault).__name__}: {fault}")
            session.commit()
    return len(held)


def _deliver(session: Session, notice: Notice, senders: Mapping[Channel, Sender]) -> None:
    template = TEMPLATES[notice.template]
    now = clock.now()
    rules.show_inside(session, notice)
    ways = [] if template.is_inside else _ways(session, notice)
    if not ways:
        if notice.person_id is not None:
            rules.ask_to_call(session, notice)
            rules.sent(session, notice, Channel.CALL)
        else:
            rules.sent(session, notice, Channel.INSIDE)
        return
    if not template.is_urgent:
        later = next_daytime(now)
        day_ago = now - dt.timedelta(days=1)
        if later == now and queries.sent_since(session, notice, day_ago) >= MOST_A_DAY:
            later = next_daytime(now + dt.timedelta(days=1))
        if later > now:
            rules.put_off(session, notice, later)
            return
    mates = queries.digest_mates(session, notice, now) if template.in_digest else ()
    session.commit()  # nothing is locked while a message is under way
    _send(notice, mates, ways[0], senders)
    rules.bundle(session, mates, notice)
    for one in mates:
        rules.show_inside(session, one)
    rules.sent(session, notice, ways[0].channel)


def _send(
    notice: Notice, mates: Sequence[Notice], way: Way, senders: Mapping[Channel, Sender]
) -> None:
    text = as_read(notice)
    if mates:
        bodies = [one.body for one in (text, *(as_read(mate) for mate in mates))]
        text = Written(DIGEST_SUBJECT[notice.locale], "\n\n".join(bodies), text.short)
    senders[way.channel](
        Outgoing(way.address, text.subject, text.body, text.short, message_id(notice))
    )


def message_id(notice: Notice) -> str:
    """Return the Message-ID of a notice: the same at every try, so that readers see one mail."""
    return f"<{notice.key}@{DOMAIN}>"


def _ways(session: Session, notice: Notice) -> list[Way]:
    """Return the ways to the recipient, the best first."""
    if notice.address is not None:
        kind = Channel.EMAIL if "@" in notice.address else Channel.SMS
        return [Way(kind, notice.address)]
    if notice.user_id is not None:
        user = user_by_id(session, notice.user_id)
        return [Way(Channel.EMAIL, user.email)] if user and user.is_active and user.email else []
    contact = contact_of(session, notice.person_id or 0)
    if contact is None:
        return []
    known = (
        (Channel.EMAIL, contact.email), (Channel.ZALO, contact.zalo), (Channel.SMS, contact.mobile),
    )  # fmt: skip
    return [Way(channel, address) for channel, address in known if address]
