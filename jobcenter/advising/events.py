"""Visits to the counter and what was advised, as a file's timeline tells them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.advising.choices import BY_PHONE, OUTCOME_LABELS, VISIT_LABELS
from jobcenter.advising.models import Consultation, Visit
from jobcenter.kernel import clock
from jobcenter.kernel.events import Event, Human
from jobcenter.kernel.words import N_


def events(session: Session, human: Human, limit: int) -> Sequence[Event]:
    """Return the last visits of somebody, and when else they were advised."""
    return [*_visits(session, human, limit), *_consultations(session, human, limit)]


def _consultations(session: Session, human: Human, limit: int) -> list[Event]:
    rows = session.scalars(
        select(Consultation)
        .where(
            Consultation.person_id.in_(human.person_ids),
            Consultation.visit_id.is_(None),
            Consultation.struck_at.is_(None),
        )
        .order_by(Consultation.day.desc(), Consultation.id.desc())
        .limit(limit)
    )
    return [
        Event(
            at=dt.datetime.combine(row.day, dt.time(12), clock.LOCAL),
            kind="visit",
            sign="phone" if row.channel == BY_PHONE else "user",
            text=N_("Tư vấn (%(channel)s): %(subjects)s"),
            values={"channel": ("S", row.channel), "subjects": ("G", row.subjects)},
            by_id=row.by_id,
            more=(OUTCOME_LABELS[row.outcome] if row.outcome else "",),
        )
        for row in rows
    ]


def _visits(session: Session, human: Human, limit: int) -> list[Event]:
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
