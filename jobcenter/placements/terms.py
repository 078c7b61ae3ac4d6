"""What was agreed at the start of a job, and jobs that nobody ordered from the centre."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.placements.choices import FURTHEST_DAYS, LONGEST_PROBATION
from jobcenter.placements.models import Placement
from jobcenter.seekers.choices import FILE_MOVES
from jobcenter.seekers.following import follow_job, move_to
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import files_of

HIGHEST_PAY = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Contract (list O), pay in dong a month and the last day of probation, as far as known."""

    contract: str | None = None
    pay: int | None = None
    probation_until: dt.date | None = None


def write_terms(
    session: Session, *, placement: Placement, terms: Terms, by: Actor, version: int | None = None
) -> None:
    """Write down what was agreed; what is not known stays empty."""
    _require_staff(by, placement.enterprise_id)
    hold(session, placement, version)
    _check(session, terms, placement.started_on, kept=placement.contract)
    placement.contract, placement.pay = terms.contract, terms.pay
    placement.probation_until = terms.probation_until
    session.flush()
    _note(session, placement, "write-terms", by)


def record_job(
    session: Session,
    *,
    seeker: Seeker,
    enterprise: Enterprise,
    started_on: dt.date,
    by: Actor,
    terms: Terms | None = None,
    is_own_find: bool = False,
) -> Placement:
    """Write down a job without a vacancy, found through the centre or by oneself.

    It fills no place. Refuses a second live job at the same firm for the same human.
    """
    _require_staff(by, enterprise.id)
    today, terms = clock.today(), terms or Terms()
    if not abs((started_on - today).days) <= FURTHEST_DAYS:
        raise Refused(N_("Ngày bắt đầu phải cách hôm nay không quá một năm."), field="started_on")
    _check(session, terms, started_on)
    hold(session, seeker, None)
    there = select(Placement.id).where(
        Placement.seeker_id.in_(files_of(session, seeker)),
        Placement.enterprise_id == enterprise.id,
        Placement.ended_on.is_(None),
    )
    if session.scalar(there.limit(1)) is not None:
        raise Refused(N_("Người này đang được ghi là làm ở doanh nghiệp đó."), field="firm")
    row = Placement(
        seeker_id=seeker.id, enterprise_id=enterprise.id, started_on=started_on,
        contract=terms.contract, pay=terms.pay, probation_until=terms.probation_until,
        is_own_find=is_own_find, recorded_by_id=by.user_id, confirmed_at=clock.now(),
        confirmed_by_id=by.user_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _note(session, row, "record-job", by)
    if not is_own_find:
        follow_job(session, seeker=seeker, verb="place", by=by)
    elif "found-work" in FILE_MOVES.verbs(seeker.state):
        after = FILE_MOVES.after("found-work", seeker.state)
        move_to(session, seeker, "found-work", after, by)
    return row


def _require_staff(by: Actor, enterprise_id: int | None) -> None:
    if not by.may(Right.VACANCIES_WRITE):
        raise NotAllowed
    require_impartial(by, enterprise_id)


def _check(session: Session, terms: Terms, start: dt.date, kept: str | None = None) -> None:
    check_code(session, "O", terms.contract, field="contract", kept=(kept,))
    if terms.pay is not None and not 0 < terms.pay <= HIGHEST_PAY:
        raise Refused(N_("Từ %(least)s đến %(most)s."), field="pay", least=1, most=HIGHEST_PAY)
    last = terms.probation_until
    if last is not None and not 0 <= (last - start).days <= LONGEST_PROBATION:
        raise Refused(
            N_("Thử việc tính từ ngày %(day)s, dài nhất %(most)s ngày."),
            field="probation_until", day=start, most=LONGEST_PROBATION,
        )  # fmt: skip


def _note(session: Session, placement: Placement, action: str, by: Actor) -> None:
    record(session, by=by, action=action, kind="seeker", subject_id=placement.seeker_id,
           enterprise=placement.enterprise_id)  # fmt: skip
