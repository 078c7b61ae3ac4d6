"""People who were introduced and accepted by nobody: they need another plan, not another letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.referrals.choices import ReferralState
from jobcenter.referrals.models import Referral
from jobcenter.referrals.queries import visible_to
from jobcenter.seekers.choices import AVAILABLE
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import with_person

LEAST = 2  # one refusal is nothing to worry about
WINDOW = dt.timedelta(days=180)
ACCEPTED = (ReferralState.INVITED, ReferralState.INTERVIEWED, ReferralState.HIRED)


@dataclass(frozen=True)
class Stuck:
    """Somebody introduced to `sent` vacancies, none of which took them; days since the first."""

    seeker: Seeker
    sent: int
    days: int


def stuck_people(
    session: Session, actor: Actor, *, user_id: int, today: dt.date
) -> Sequence[Stuck]:
    """Return the counsellor's people who look for work, were sent to several vacancies in the last
    half year, and stand nowhere further than sent; the longest first.
    """
    since = clock.now() - WINDOW
    accepted = func.sum(case((Referral.state.in_(ACCEPTED), 1), else_=0))
    first = func.min(Referral.sent_at)
    count = func.count(func.distinct(Referral.vacancy_id))
    found = (
        visible_to(actor)
        .join(Seeker, Seeker.id == Referral.seeker_id)
        .where(
            Seeker.responsible_id == user_id, Seeker.state.in_(AVAILABLE), Referral.sent_at >= since
        )
        .with_only_columns(Referral.seeker_id, count.label("sent"), first.label("first"))
        .group_by(Referral.seeker_id)
        .having(count >= LEAST, accepted == 0)
        .order_by(first, Referral.seeker_id)
    )
    rows = session.execute(found).all()
    files = with_person(select(Seeker).where(Seeker.id.in_([row.seeker_id for row in rows])))
    by_id = {one.id: one for one in session.scalars(files)}
    return [
        Stuck(by_id[row.seeker_id], row.sent, (today - clock.local(row.first).date()).days)
        for row in rows
    ]
