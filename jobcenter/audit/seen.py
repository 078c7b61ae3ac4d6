"""Who has seen one human, told by day and by who looked: for the file's page and the own page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.kernel import clock

MOST_ROWS = 5_000  # of the log that are read for one page
ORDER = list(Look)


@dataclass(frozen=True)
class Looked:
    """One way of looking, for one purpose, with the fields that were named."""

    look: Look
    purpose: str
    fields: tuple[str, ...]
    times: int


@dataclass(frozen=True)
class Seen:
    """What one user saw of the human on one day of Hải Phòng; the closest look first."""

    day: dt.date
    user_id: int | None
    first: dt.datetime
    last: dt.datetime
    looks: tuple[Looked, ...]

    @property
    def times(self) -> int:
        """Return how often, all ways of looking together."""
        return sum(look.times for look in self.looks)


def seen(
    session: Session, person_ids: Collection[int], *, since: dt.datetime | None = None
) -> list[Seen]:
    """Return who saw these persons (ids of one human), the latest day first."""
    found = select(Sight).where(Sight.person_id.in_(person_ids))
    if since is not None:
        found = found.where(Sight.at >= since)
    rows = session.scalars(found.order_by(Sight.at.desc(), Sight.id.desc()).limit(MOST_ROWS)).all()

    def who_and_when(row: Sight) -> tuple[dt.date, int]:
        return clock.local(row.at).date(), row.user_id or 0

    days = groupby(sorted(rows, key=who_and_when, reverse=True), who_and_when)
    told = [_told(day, list(some)) for (day, _user), some in days]
    return sorted(told, key=lambda one: (one.day, one.last), reverse=True)


def _told(day: dt.date, rows: Sequence[Sight]) -> Seen:
    counted: dict[tuple[Look, str, str], int] = {}
    for row in rows:
        key = (row.look, row.purpose, row.fields)
        counted[key] = counted.get(key, 0) + 1
    looks = [
        Looked(look, purpose, tuple(fields.split()), times)
        for (look, purpose, fields), times in counted.items()
    ]
    looks.sort(key=lambda one: (-ORDER.index(one.look), one.purpose))
    moments = [row.at for row in rows]
    return Seen(day, rows[0].user_id, min(moments), max(moments), tuple(looks))
