"""The clock's part: closing what nobody answered, and telling people of a change of their order."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.notices.rules import To, tell
from jobcenter.people.queries import roots
from jobcenter.referrals.choices import WITH_FIRM, Hand, ReferralState, Verb
from jobcenter.referrals.models import Referral
from jobcenter.referrals.queries import under_way
from jobcenter.referrals.rules import take
from jobcenter.vacancies.models import Vacancy

_CLOCK = frozenset({Hand.CLOCK})
_WAITING = WITH_FIRM | {ReferralState.PROPOSED, ReferralState.CONSENTED}


def expire_due(session: Session, *, today: dt.date, by: Actor) -> int:
    """Close as unanswered what is past its last day; a second run finds nothing more.

    Sight closed with that day already (`sight.opened`): this writes down what was true.
    """
    over = select(Referral).where(Referral.state.in_(_WAITING), Referral.valid_to < today)
    found = session.scalars(over.order_by(Referral.id)).all()
    for row in found:
        hold(session, row, None)
        if row.state in _WAITING:
            take(session, row, Verb.EXPIRE, by, hands=_CLOCK)
    return len(found)


def tell_under_way(session: Session, *, vacancy: Vacancy, change: int, words: str) -> int:
    """Tell everybody under way who knows of it that their order changed; return how many.

    `change` numbers the change, so that a repeated form tells once.
    """
    live = select(Referral).where(
        Referral.vacancy_id == vacancy.id, Referral.valid_to.is_not(None), under_way()
    )
    told = 0
    for row in session.scalars(live.order_by(Referral.id)):
        firm, person_id = vacancy.enterprise, row.seeker.person_id
        told += tell(
            session,
            key=f"referral/{row.id}/order/{change}",
            template="referral-order",
            to=To(person_id=roots(session, [person_id])[person_id]),
            params={
                "title": vacancy.title,
                "firm": firm.name if firm else vacancy.firm_as_written,
                "words": words,
            },
            href=f"/me/referrals/{row.key}",
        )
    return told
