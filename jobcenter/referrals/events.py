"""What was done with somebody's referrals, as a file's timeline tells it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel.events import Event, Human
from jobcenter.referrals.choices import REASON_LABELS, REFERRAL_LABELS
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.vacancies.models import Vacancy

# The ledger writes these on the file too; the timeline tells them from the events.
SIGNS = {"consent": "check", "send": "share", "hire": "briefcase", "ask": "building"}


def events(session: Session, human: Human, limit: int) -> Sequence[Event]:
    """Return the last steps of a human's referrals."""
    told = (ReferralEvent.at, ReferralEvent.verb, ReferralEvent.after, ReferralEvent.user_id)
    rows = session.execute(
        select(*told, ReferralEvent.reason, ReferralEvent.note, Vacancy.number, Enterprise.name)
        .join(Referral, Referral.id == ReferralEvent.referral_id)
        .join(Vacancy, Vacancy.id == Referral.vacancy_id)
        .outerjoin(Enterprise, Enterprise.id == Vacancy.enterprise_id)
        .where(Referral.seeker_id.in_(human.seeker_ids))
        .order_by(ReferralEvent.id.desc())
        .limit(limit)
    )
    return [
        Event(
            at=row.at,
            kind="referral",
            sign=SIGNS.get(row.verb, "next"),
            text=REFERRAL_LABELS[row.after],
            by_id=row.user_id,
            more=(
                ", ".join(filter(None, (row.number, row.name))),
                REASON_LABELS.get(row.reason or "", ""),
                row.note,
            ),
        )
        for row in rows
    ]
