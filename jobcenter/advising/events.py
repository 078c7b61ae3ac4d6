"""Visits to the counter, as a file's timeline tells them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.advising.choices import VISIT_LABELS
from jobcenter.advising.models import Visit
from jobcenter.kernel.events import Event, Human
from jobcenter.kernel.words import N_


def events(session: Session, human: Human, limit: int) -> Sequence[Event]:
    """Return the last visits of somebody."""
    rows = session.scalars(
        select(Visit)
        .where(Visit.person_id.in_(human.person_ids))
        .order_by(Visit.taken_at.desc(), Visit.id.desc())
        .limit(limit)
    )
    return [
        Event(
            at=row.taken_at,
            kind="visit",
            sign="user",
            text=N_("Đến quầy: %(services)s") if row.services else N_("Đến quầy"),
            values={"services": ("G", row.services)} if row.services else {},
            by_id=row.served_by_id or row.taken_by_id,
            more=(VISIT_LABELS[row.state],),
        )
        for row in rows
    ]
