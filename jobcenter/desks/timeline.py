"""What happened to a job seeker's file: the ledger and what each room tells, in one line of time.

To let another room speak here, give it an `events` function (see `kernel.events`) and name it in
`SOURCES`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobcenter.accounts.queries import names
from jobcenter.advising import events as advising
from jobcenter.audit.choices import LOOK_LABELS, Look
from jobcenter.audit.queries import histories
from jobcenter.audit.seen import Seen, seen
from jobcenter.desks import deeds, pages
from jobcenter.desks.phrases import say
from jobcenter.kernel.db import db
from jobcenter.kernel.events import Event, Human, Source
from jobcenter.kernel.words import N_
from jobcenter.matching import events as matching
from jobcenter.papers import events as papers
from jobcenter.people import events as people
from jobcenter.people.queries import identities
from jobcenter.referrals import events as referrals
from jobcenter.referrals.choices import ACTION_LABELS as REFERRAL_ACTIONS
from jobcenter.seekers import events as seekers
from jobcenter.seekers.queries import files_of

if TYPE_CHECKING:
    from jobcenter.seekers.models import Seeker

SOURCES: tuple[Source, ...] = (
    seekers.events, people.events, advising.events, matching.events, papers.events,
    referrals.events,
)  # fmt: skip
# What a reader may narrow the line to: name -> (label, kinds).
SHOWN = {
    "all": (N_("Tất cả"), None),
    "changes": (N_("Sửa đổi"), {"change"}),
    "consents": (N_("Đồng ý"), {"consent"}),
    "meetings": (N_("Đến quầy, giấy tờ, danh sách"), {"visit", "paper", "list"}),
    "referrals": (N_("Giới thiệu"), {"referral"}),
    "sights": (N_("Lượt xem"), {"sight"}),
}
NARROWED = 500  # lines that are read where only some of them are shown
# Told by the rooms themselves from their rows, which imported files have too.
TOLD_BY_ROOMS = frozenset(
    {"register-seeker", "give-consent", "withdraw-consent", *REFERRAL_ACTIONS}
)
SIGNS = {
    "change-seeker": "edit",
    "move-seeker": "next",
    "hand-over-file": "share",
    "set-aside": "cross",
}


@dataclass(frozen=True)
class Told:
    """One line: when, what, by whom, and the details as (label, words); a label may be empty."""

    at: dt.datetime
    kind: str
    sign: str
    title: str
    who: str
    details: Sequence[tuple[str, str]] = ()


def human_of(found: Seeker) -> Human:
    """Return under which ids the human behind a file is written."""
    session = db.session()
    return Human(identities(session, found.person_id), files_of(session, found))


def timeline(found: Seeker, *, show: str, most: int) -> list[Told]:
    """Return the newest `most` lines about a file, its merged ones included."""
    human = human_of(found)
    kinds = SHOWN.get(show, SHOWN["all"])[1]
    read = most if kinds is None else max(most, NARROWED)
    told = _ledger(human, read)
    events = [event for source in SOURCES for event in source(db.session(), human, read)]
    by = names(db.session(), (event.by_id for event in events))
    told += [_event(event, by) for event in events]
    if kinds is None or "sight" in kinds:
        told += _sights(human)
    if kinds is not None:
        told = [one for one in told if one.kind in kinds]
    return sorted(told, key=lambda one: one.at, reverse=True)[:most]


def _ledger(human: Human, most: int) -> list[Told]:
    subjects = {"seeker": human.seeker_ids, "person": human.person_ids}
    return [
        Told(
            at=entry.at,
            kind="change",
            sign=SIGNS.get(entry.action, "edit"),
            title=deeds.action(entry),
            who=entry.actor,
            details=deeds.details(entry),
        )
        for entry in histories(db.session(), subjects, limit=most)
        if entry.action not in TOLD_BY_ROOMS
    ]


def _event(event: Event, by: dict[int, str]) -> Told:
    return Told(
        at=event.at,
        kind=event.kind,
        sign=event.sign,
        title=say(event).strip(),
        who=by.get(event.by_id or 0, ""),
        details=[("", pages.translate(text)) for text in event.more if text],
    )


def _sights(human: Human) -> list[Told]:
    """Return one line for each day on which somebody looked closer than at a masked line."""
    groups = [one for one in seen(db.session(), human.person_ids) if _is_close(one)]
    by = names(db.session(), (one.user_id for one in groups))
    return [
        Told(
            at=one.last,
            kind="sight",
            sign="eye",
            title=pages.translate(N_("Xem hồ sơ")),
            who=by.get(one.user_id or 0, ""),
            details=[looked(look.look, look.times) for look in one.looks],
        )
        for one in groups
    ]


def _is_close(one: Seen) -> bool:
    return any(look.look not in (Look.MASKED, Look.LIST) for look in one.looks)


def looked(look: Look, times: int) -> tuple[str, str]:
    """Return a way of looking and how often, in words."""
    return pages.translate(LOOK_LABELS[look]), pages.unit(times, pages.translate(N_("lần")))
