"""Reading referrals, scoped to who asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from jobcenter.accounts.choices import Right
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.people.queries import roots, stand_ins
from jobcenter.placements.queries import hired, is_hired
from jobcenter.referrals.choices import LIVE, Hand, ReferralState
from jobcenter.referrals.models import Referral
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import files_of, stand_in_files, standing_files
from jobcenter.vacancies.models import Vacancy


def visible_to(actor: Actor) -> Select[Referral]:
    """Return the referrals that `actor` may see: staff all but those of a firm in which they have
    an interest; a firm what it asked for or was sent; a person what they were asked about.
    """
    found = select(Referral).join(Referral.vacancy)
    if actor.may(Right.MATCHES_READ):
        return found.where(Vacancy.enterprise_id.not_in(actor.partial_to))
    if actor.person_id is not None:
        merged = stand_ins()
        own = select(Seeker.id).where(
            or_(
                Seeker.person_id == actor.person_id,
                Seeker.person_id.in_(
                    select(merged.c.person_id).where(merged.c.root_id == actor.person_id)
                ),
            )
        )
        asked_about = or_(Referral.valid_to.is_not(None), Referral.state == ReferralState.HIRED)
        return found.where(Referral.seeker_id.in_(own), asked_about)
    return found.where(Vacancy.enterprise_id.in_(actor.firm_ids), _known_to(actor))


def _known_to(actor: Actor | None) -> ColumnElement[bool]:
    """Return the condition "the firm of the actor knows of it"; staff know of each."""
    if actor is None or actor.may(Right.MATCHES_READ):
        return true()
    return or_(Referral.asked_at.is_not(None), Referral.sent_at.is_not(None))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Referral:
    """Return one referral, or refuse as if it were not there."""
    row = session.scalar(visible_to(actor).where(Referral.key == key))
    if row is None:
        raise Missing
    return row


def hands_of(session: Session, referral: Referral, actor: Actor) -> frozenset[Hand]:
    """Return whose hands the actor's are on this referral; a command acts for the clock too."""
    found = set()
    if actor.may(Right.VACANCIES_WRITE) and not actor.is_partial_to(referral.vacancy.enterprise_id):
        found.add(Hand.CENTRE)
    if actor.may(Right.OWN_FIRM) and actor.acts_for(referral.vacancy.enterprise_id):
        found.add(Hand.FIRM)
    if actor.person_id is not None:
        person_id = referral.seeker.person_id
        if roots(session, [person_id])[person_id] == actor.person_id:
            found.add(Hand.SEEKER)
    if actor.user_id is None and actor.role == "system":
        found.add(Hand.CLOCK)
    return frozenset(found)


def asked(session: Session, actor: Actor, window: Slice) -> Page[Referral]:
    """Return one page of the introductions that firms wait for, the longest wait first.

    An ask for a file that was merged is shown for the file that stands, once for a vacancy.
    """
    waits = Referral.state == ReferralState.ASKED
    found = visible_to(actor).where(waits, under_way(), ~is_asked_twice())
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
    ).all()
    stands = standing_files(session, [row.seeker_id for row in rows])
    for row in rows:
        if row.seeker_id in stands:
            set_committed_value(row, "seeker", stands[row.seeker_id])
    return Page(rows, window.number, window.size, total or 0)


def is_asked_twice() -> ColumnElement[bool]:
    """Return the condition "the file that stands for this one is asked for itself"."""
    merged, own = stand_in_files(), aliased(Referral)
    return exists(
        select(own.id)
        .join(merged, merged.c.root_id == own.seeker_id)
        .where(
            merged.c.seeker_id == Referral.seeker_id,
            own.vacancy_id == Referral.vacancy_id,
            own.state.in_(LIVE),
        )
    )


def same_asks(session: Session, *, vacancy_id: int, seeker: Seeker) -> Sequence[Referral]:
    """Return the live referrals of a human for a vacancy, whichever file they hang on."""
    return session.scalars(
        select(Referral)
        .where(
            Referral.vacancy_id == vacancy_id,
            Referral.seeker_id.in_(files_of(session, seeker)),
            Referral.state.in_(LIVE),
        )
        .order_by(Referral.id)
    ).all()


def under_way() -> ColumnElement[bool]:
    """Return the condition of a referral that waits for an end: live, and not hired already."""
    return Referral.state.in_(LIVE) & ~is_hired(Referral.vacancy_id, Referral.seeker_id)


def in_process(session: Session, vacancy_id: int, actor: Actor | None = None) -> Sequence[int]:
    """Return the seekers with a live referral for a vacancy, by id; who stands for the merged.

    Whoever is in its job already waits no longer. For an `actor` of a firm those alone whom it
    asked for or was sent: that the centre weighs somebody is not the firm's to know.
    """
    merged = stand_in_files()
    stands = func.coalesce(merged.c.root_id, Referral.seeker_id)
    found = session.scalars(
        select(stands)
        .outerjoin(merged, merged.c.seeker_id == Referral.seeker_id)
        .where(Referral.vacancy_id == vacancy_id, Referral.state.in_(LIVE), _known_to(actor))
        .distinct()
        .order_by(stands)
    ).all()
    there = set(hired(session, vacancy_id)) if found else set()
    return [seeker_id for seeker_id in found if seeker_id not in there]


def taken(session: Session, vacancy_id: int) -> set[int]:
    """Return who is not offered for a vacancy any more: under way for it, or in its job."""
    return {*in_process(session, vacancy_id), *hired(session, vacancy_id)}


def vacancies_of(session: Session, seeker: Seeker) -> Sequence[int]:
    """Return the vacancies for which a human has a live referral, by id."""
    return session.scalars(
        select(Referral.vacancy_id)
        .where(Referral.seeker_id.in_(files_of(session, seeker)), Referral.state.in_(LIVE))
        .distinct()
        .order_by(Referral.vacancy_id)
    ).all()
