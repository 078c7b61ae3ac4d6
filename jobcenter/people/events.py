"""Consents given and withdrawn, as a file's timeline tells them: from the rows themselves, so that
those of an import are told like those of the counter.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.kernel.events import Event, Human
from jobcenter.kernel.words import N_
from jobcenter.people.choices import PURPOSE_LABELS, WAY_LABELS
from jobcenter.people.models import Consent


def events(session: Session, human: Human, limit: int) -> Sequence[Event]:
    """Return the last yes and no of somebody; each row may tell of both."""
    rows = session.scalars(
        select(Consent)
        .where(Consent.person_id.in_(human.person_ids))
        .order_by(func.coalesce(Consent.withdrawn_at, Consent.given_at).desc(), Consent.id.desc())
        .limit(limit)
    ).all()
    given = [
        Event(
            at=row.given_at,
            kind="consent",
            sign="check",
            text=N_("Ghi sự đồng ý"),
            by_id=row.recorded_by_id,
            more=(PURPOSE_LABELS[row.purpose], WAY_LABELS[row.way], row.evidence),
        )
        for row in rows
    ]
    ended = [
        Event(
            at=row.withdrawn_at,
            kind="consent",
            sign="undo",
            text=N_("Ghi rút đồng ý"),
            by_id=row.withdrawn_by_id,
            more=(PURPOSE_LABELS[row.purpose],),
        )
        for row in rows
        if row.withdrawn_at is not None
    ]
    return given + ended
