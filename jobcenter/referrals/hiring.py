"""Hires and their ends, with what they do to the referrals of the person.

A hire ends the referral of its vacancy as hired. The person's other live referrals end as soon as
the hire is believed for the person's file, that is when staff wrote it down or confirmed it: until
then a firm's report can be a mistake, and must not cost a chance elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.db import expect_version
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.moves import MoveRefused
from jobcenter.kernel.words import N_
from jobcenter.placements import rules as placements
from jobcenter.placements.choices import NEVER_WORKED, EndReason
from jobcenter.placements.models import Placement
from jobcenter.placements.terms import Terms
from jobcenter.placements.terms import record_job as write_down
from jobcenter.referrals import steps
from jobcenter.referrals.choices import Hand, ReferralState, Verb
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral
from jobcenter.referrals.queries import hands_of
from jobcenter.referrals.rules import take
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import files_of
from jobcenter.vacancies.models import Vacancy


def hire(
    session: Session, *, referral: Referral, by: Actor, said: Said, version: int | None = None
) -> Placement:
    """Hire through a referral: one placement, one place less, the referral ends as hired."""
    require_impartial(by, referral.vacancy.enterprise_id)
    expect_version(referral, version)
    hands = hands_of(session, referral, by)
    step = steps.step_for(Verb.HIRE, referral.state, hands)
    if step is None:
        if not steps.may_ever(Verb.HIRE, hands):
            raise NotAllowed
        raise MoveRefused(N_("Việc này không còn làm được ở trạng thái hiện tại."))
    return hire_into(
        session, vacancy=referral.vacancy, seeker=referral.seeker, by=by, said=said, asked=referral
    )


def hire_into(
    session: Session, *, vacancy: Vacancy, seeker: Seeker, by: Actor, said: Said,
    asked: Referral | None = None,
) -> Placement:  # fmt: skip
    """Write down that somebody starts in a job, by way of a referral or without one.

    Where `asked` ended a moment ago in other hands, nothing is written.
    """
    if said.started_on is None:
        raise Refused(N_("Ghi ngày bắt đầu làm."), field="started_on")
    with session.begin_nested():
        placement = placements.hire(
            session, vacancy=vacancy, seeker=seeker, started_on=said.started_on, by=by
        )
        rows = _held(session, seeker)
        if asked is not None and asked.id not in {row.id for row in rows}:
            raise MoveRefused(N_("Việc này không còn làm được ở trạng thái hiện tại."))
        for row in rows:
            if row.vacancy_id == vacancy.id:
                take(session, row, Verb.HIRE, by, replace(said, placement_id=placement.id))
        if placement.confirmed_at is not None:
            _supersede(session, rows, by)
    return placement


def record_job(
    session: Session, *, seeker: Seeker, enterprise: Enterprise, started_on: dt.date, by: Actor,
    terms: Terms | None = None, is_own_find: bool = False,
) -> Placement:  # fmt: skip
    """Write down a job that nobody ordered: the person's live referrals end as with any hire."""
    placement = write_down(
        session, seeker=seeker, enterprise=enterprise, started_on=started_on, by=by, terms=terms,
        is_own_find=is_own_find,
    )  # fmt: skip
    _supersede(session, _held(session, seeker), by)
    return placement


def confirm(session: Session, *, placement: Placement, by: Actor) -> None:
    """Confirm a hire that a firm reported: the person's other live referrals end now."""
    placements.confirm(session, placement=placement, by=by)
    _supersede(session, _held(session, placement.seeker), by)


def end_job(
    session: Session, *, placement: Placement, ended_on: dt.date, reason: EndReason, by: Actor,
    version: int | None = None,
) -> bool:  # fmt: skip
    """Write down that a job ended; a hire that never was is cancelled on its referral too."""
    frees = placements.end(
        session, placement=placement, ended_on=ended_on, reason=reason, by=by, version=version
    )
    if reason in NEVER_WORKED:
        hired = select(Referral).where(
            Referral.placement_id == placement.id, Referral.state == ReferralState.HIRED
        )
        for row in session.scalars(hired.order_by(Referral.id).with_for_update()):
            take(session, row, Verb.CANCEL_HIRE, by)
    return frees


def _held(session: Session, seeker: Seeker) -> Sequence[Referral]:
    """Lock the person's file, then their live referrals by number, and read these afresh."""
    files = files_of(session, seeker)
    session.execute(select(Seeker.id).where(Seeker.id == files[0]).with_for_update())
    live = select(Referral).where(Referral.seeker_id.in_(files), Referral.ended_at.is_(None))
    return session.scalars(
        live.order_by(Referral.id)
        .with_for_update(of=Referral)
        .execution_options(populate_existing=True)
    ).all()


def _supersede(session: Session, rows: Sequence[Referral], by: Actor) -> None:
    for row in rows:
        if row.ended_at is None:
            take(session, row, Verb.SUPERSEDE, by, hands=frozenset({Hand.CLOCK}))
