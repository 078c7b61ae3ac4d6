"""The one rule of sight: when a firm sees the name and contact of somebody put forward.

Open from the person's yes to this firm and vacancy, while the referral lives and the letter is
valid, and while the person's consent to be introduced stands; a hire keeps them open while the
person is in the job. Nothing is stored as "open": every page asks here, so that a withdrawal, a
rejection or the end of a day counts in the very next answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.people.choices import Purpose
from jobcenter.people.models import Person
from jobcenter.people.queries import agrees_to, roots
from jobcenter.referrals.choices import OPEN, ReferralState
from jobcenter.referrals.models import Referral


def opened(session: Session, rows: Collection[Referral], today: dt.date) -> frozenset[int]:
    """Return the ids of the referrals among `rows` whose person is open to the firm now."""
    by_state = [row for row in rows if _lives(row, today)]
    stands = roots(session, {row.seeker.person_id for row in by_state})
    agree = set(
        session.scalars(
            select(Person.id).where(
                Person.id.in_(set(stands.values())), agrees_to(Purpose.INTRODUCE)
            )
        )
    )
    return frozenset(row.id for row in by_state if stands[row.seeker.person_id] in agree)


def _lives(row: Referral, today: dt.date) -> bool:
    if row.agreed_at is None:
        return False
    if row.state is ReferralState.HIRED:
        return row.placement is not None and row.placement.ended_on is None
    return row.state in OPEN and (row.valid_to is None or row.valid_to >= today)
