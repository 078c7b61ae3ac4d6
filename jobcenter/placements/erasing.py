"""A person in a job that the centre found is still followed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.kernel.erasing import Hold, Subject, holds
from jobcenter.kernel.words import N_
from jobcenter.placements.models import Placement


@holds
def running(session: Session, subject: Subject) -> Iterator[Hold]:
    """Yield the ground while a job that the centre found goes on."""
    live = select(func.count()).where(
        Placement.seeker_id.in_(subject.seeker_ids), Placement.ended_on.is_(None)
    )
    count = session.scalar(live) or 0
    if count:
        yield Hold("placement", N_("Đang đi làm ở chỗ trung tâm giới thiệu, còn theo dõi"), count)
