"""Papers made for somebody, as a file's timeline tells them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from jobcenter.kernel.events import Event, Human
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import STATE_LABELS
from jobcenter.papers.models import Paper


def events(session: Session, human: Human, limit: int) -> Sequence[Event]:
    """Return the last papers about somebody."""
    about = or_(
        Paper.person_id.in_(human.person_ids),
        and_(Paper.subject_kind == "person", Paper.subject_id.in_(human.person_ids)),
    )
    rows = session.execute(
        select(Paper.created_at, Paper.kind, Paper.shown, Paper.state, Paper.made_by_id)
        .where(about)
        .order_by(Paper.id.desc())
        .limit(limit)
    )
    return [
        Event(
            at=row.created_at,
            kind="paper",
            sign="print",
            text=N_("Lập giấy: %(kind)s %(number)s"),
            values={"kind": ("paper-kind", row.kind), "number": ("", row.shown or "")},
            by_id=row.made_by_id,
            more=(STATE_LABELS[row.state],),
        )
        for row in rows
    ]
