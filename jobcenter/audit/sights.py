"""Reading the sight log: who saw whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.kernel.paging import Page, Slice

COUNTED = 10_000


@dataclass(frozen=True)
class SightFilter:
    """What is asked of the sight log; None means any. `until` is not included."""

    person_ids: tuple[int, ...] | None = None
    user_id: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    look: Look | None = None
    purpose: str = ""


def sights(session: Session, wanted: SightFilter, window: Slice) -> Page[Sight]:
    """Return who saw whom, the latest first, in the wink of an eye among millions.

    By person, by user and by time there is an index each, which also gives the order. The total
    is counted up to `COUNTED`: nobody leafs through more, and counting all would take longest.
    """
    found = narrowed(wanted)
    some = found.with_only_columns(Sight.id).limit(COUNTED + 1).subquery()
    total = session.scalar(select(func.count()).select_from(some)) or 0
    rows = session.scalars(
        found.order_by(Sight.at.desc(), Sight.id.desc()).limit(window.size).offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def narrowed(wanted: SightFilter) -> Select[Sight]:
    """Return the query for `wanted`, without order."""
    found = select(Sight)
    if wanted.person_ids is not None:
        found = found.where(Sight.person_id.in_(wanted.person_ids))
    if wanted.user_id is not None:
        found = found.where(Sight.user_id == wanted.user_id)
    if wanted.since is not None:
        found = found.where(Sight.at >= wanted.since)
    if wanted.until is not None:
        found = found.where(Sight.at < wanted.until)
    if wanted.look is not None:
        found = found.where(Sight.look == wanted.look)
    if wanted.purpose:
        found = found.where(Sight.purpose.contains(wanted.purpose, autoescape=True))
    return found
