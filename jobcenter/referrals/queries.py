"""Reading referrals, scoped to who asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from jobcenter.accounts.choices import Right
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.people.models import Person
from jobcenter.referrals.choices import LIVE
from jobcenter.referrals.models import Referral
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy


def visible_to(actor: Actor) -> Select[Referral]:
    """Return the referrals that `actor` may see: staff all, a firm those of its vacancies."""
    found = select(Referral).join(Referral.vacancy)
    if actor.may(Right.MATCHES_READ):
        return found
    return found.where(Vacancy.enterprise_id.in_(actor.firm_ids))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Referral:
    """Return one referral, or refuse as if it were not there."""
    row = session.scalar(visible_to(actor).where(Referral.key == key))
    if row is None:
        raise Missing
    return row


def asked(session: Session, actor: Actor, window: Slice) -> Page[Referral]:
    """Return one page of the introductions that firms wait for, the longest wait first."""
    found = (
        visible_to(actor)
        .join(Referral.seeker)
        .join(Seeker.person)
        .where(Referral.state.in_(LIVE), Person.merged_into_id.is_(None))
    )
    total = session.scalar(
        select(func.count()).select_from(found.with_only_columns(Referral.id).subquery())
    )
    rows = session.scalars(
        found.options(
            contains_eager(Referral.vacancy).joinedload(Vacancy.enterprise),
            joinedload(Referral.seeker).joinedload(Seeker.person),
        )
        .order_by(Referral.asked_at, Referral.id)
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total or 0)


def in_process(session: Session, vacancy_id: int) -> Sequence[int]:
    """Return the seekers with a live referral for a vacancy, by id."""
    return session.scalars(
        select(Referral.seeker_id)
        .where(Referral.vacancy_id == vacancy_id, Referral.state.in_(LIVE))
        .order_by(Referral.seeker_id)
    ).all()


def vacancies_of(session: Session, seeker_id: int) -> Sequence[int]:
    """Return the vacancies for which a seeker has a live referral, by id."""
    return session.scalars(
        select(Referral.vacancy_id)
        .where(Referral.seeker_id == seeker_id, Referral.state.in_(LIVE))
        .order_by(Referral.vacancy_id)
    ).all()
