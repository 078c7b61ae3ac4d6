"""The opening of a file, as its timeline tells it: from the file itself, imported ones too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.kernel import clock
from jobcenter.kernel.events import Event, Human
from jobcenter.kernel.words import N_
from jobcenter.seekers.models import Seeker

MORNING = dt.time(8)  # of a day of which only the date is known


def events(session: Session, human: Human, limit: int) -> Sequence[Event]:
    """Return when each file of somebody was opened."""
    rows = session.execute(
        select(Seeker.number, Seeker.registered_on, Seeker.created_at)
        .where(Seeker.id.in_(human.seeker_ids))
        .order_by(Seeker.id.desc())
        .limit(limit)
    )
    return [
        Event(
            at=_moment(row.registered_on, row.created_at),
            kind="change",
            sign="plus",
            text=N_("Mở hồ sơ %(number)s"),
            values={"number": ("", row.number)},
        )
        for row in rows
    ]


def _moment(day: dt.date, created: dt.datetime) -> dt.datetime:
    """Return when the file was written down; of an import only the day of registration counts."""
    is_same = clock.local(created).date() == day
    return created if is_same else dt.datetime.combine(day, MORNING, clock.LOCAL)
