"""A referral that is under way keeps a person's data; an erasure after a restore ends it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from jobcenter.kernel import clock
from jobcenter.kernel.erasing import Hold, Subject, eraser, holds
from jobcenter.kernel.words import N_
from jobcenter.referrals.choices import LIVE, ReferralState
from jobcenter.referrals.models import Referral


@holds
def under_way(session: Session, subject: Subject) -> Iterator[Hold]:
    """Yield the ground while a firm or the person owes an answer."""
    live = (Referral.seeker_id.in_(subject.seeker_ids), Referral.state.in_(LIVE))
    count = session.scalar(select(func.count(Referral.id)).where(*live)) or 0
    if count:
        ground = N_("Còn giới thiệu đang chạy. Kết thúc các giới thiệu đó trước.")
        yield Hold("referral", ground, count, is_firm=True)


@eraser
def end_referrals(session: Session, subject: Subject) -> None:
    """Let nothing go on for somebody who is gone; a restored backup may bring it back."""
    session.execute(
        update(Referral)
        .where(Referral.seeker_id.in_(subject.seeker_ids), Referral.state.in_(LIVE))
        .values(state=ReferralState.WITHDRAWN, ended_at=clock.now(), firm_note="")
        .execution_options(synchronize_session=False)
    )
