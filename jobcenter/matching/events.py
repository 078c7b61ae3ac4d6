"""Lists of jobs that were made for somebody, as a file's timeline tells them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.kernel.events import Event, Human
from jobcenter.kernel.words import N_
from jobcenter.matching.models import Recommendation, RecommendationItem


def events(session: Session, human: Human, limit: int) -> Sequence[Event]:
    """Return the last lists of vacancies that somebody was looked up for."""
    lines = (
        select(func.count())
        .where(RecommendationItem.recommendation_id == Recommendation.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Recommendation.made_at, Recommendation.user_id, lines)
        .where(Recommendation.seeker_id.in_(human.seeker_ids))
        .order_by(Recommendation.id.desc())
        .limit(limit)
    )
    return [
        Event(
            at=at,
            kind="list",
            sign="briefcase",
            text=N_("Lập danh sách việc hợp: %(count)s vị trí"),
            values={"count": ("number", count)},
            by_id=user_id,
        )
        for at, user_id, count in rows
    ]
