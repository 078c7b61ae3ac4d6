"""Hiring into a vacancy, confirming what a firm reported, and the end of a job.

The place is taken and given back by a conditional UPDATE of the vacancy, in the transaction of the
placement: of many at once exactly as many get in as there are places. The vacancy is always locked
before the placement.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import and_, case, literal, or_, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.placements.choices import EARLY_DAYS, FURTHEST_DAYS, NEVER_WORKED, EndReason
from jobcenter.placements.models import Placement
from jobcenter.placements.queries import is_there
from jobcenter.seekers.following import follow_job
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.changes import note, require_writer
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy

_LIVE = (VacancyState.OPEN, VacancyState.ON_HOLD)
# Whoever was under way when it was held or closed may still be hired: that is a fact to write down.
_HIRING = (*_LIVE, VacancyState.CLOSED)


def hire(
    session: Session, *, vacancy: Vacancy, seeker: Seeker, started_on: dt.date, by: Actor
) -> Placement:
    """Write down that `seeker` starts in the job of `vacancy`; it fills one of its places.

    Refuses without a free place, and a person who is in this job already. The vacancy becomes
    filled by itself with its last place.
    """
    require_writer(by, vacancy)
    _require_near(started_on)
    if vacancy.enterprise_id is None:
        raise Refused(N_("Chưa gắn với doanh nghiệp nào."))
    hold(session, vacancy, None)
    before = vacancy.state
    twice = Refused(N_("Người này đã được ghi nhận việc ở vị trí này."), field="seeker")
    if is_there(session, vacancy, seeker):
        raise twice
    with session.begin_nested():  # a place taken for somebody who is there already goes back
        if _take_place(session, vacancy) != 1:
            raise _why_not(vacancy)
        placement_id = _insert(session, vacancy, seeker, started_on, by)
        if placement_id is None:
            raise twice
    session.refresh(vacancy)
    placement = session.get_one(Placement, placement_id)
    record(
        session, by=by, action="hire", kind="seeker", subject_id=seeker.id, vacancy=vacancy.number,
    )  # fmt: skip
    _note_places(session, vacancy, by, before, -1)
    if by.may(Right.VACANCIES_WRITE):
        _confirm(session, placement, by)
    return placement


def _require_near(day: dt.date) -> None:
    if abs((day - clock.today()).days) > FURTHEST_DAYS:
        raise Refused(N_("Ngày bắt đầu phải cách hôm nay không quá một năm."), field="started_on")


def _take_place(session: Session, vacancy: Vacancy) -> int:
    last = and_(Vacancy.filled + 1 == Vacancy.headcount, Vacancy.state.in_(_LIVE))
    return _count(
        session,
        vacancy,
        and_(Vacancy.filled < Vacancy.headcount, Vacancy.state.in_(_HIRING)),
        filled=Vacancy.filled + 1,
        state=case((last, _state(VacancyState.FILLED)), else_=Vacancy.state),
    )


def _give_place_back(session: Session, vacancy: Vacancy) -> int:
    """Free a place; a full vacancy opens again, or waits on hold where its deadline is over."""
    in_time = or_(Vacancy.deadline.is_(None), Vacancy.deadline >= clock.today())
    full = Vacancy.state == VacancyState.FILLED
    return _count(
        session,
        vacancy,
        Vacancy.filled > 0,
        filled=Vacancy.filled - 1,
        state=case(
            (and_(full, in_time), _state(VacancyState.OPEN)),
            (full, _state(VacancyState.ON_HOLD)),
            else_=Vacancy.state,
        ),
    )


def _state(state: VacancyState) -> Any:
    return literal(state, Vacancy.__table__.c.state.type)


def _count(session: Session, vacancy: Vacancy, condition: Any, **values: Any) -> int:
    """Change the count where `condition` holds and return how many rows that were: 1 or 0."""
    session.flush()
    done = session.execute(
        update(Vacancy)
        .where(Vacancy.id == vacancy.id, condition)
        .values(version=Vacancy.version + 1, changed_at=clock.now(), **values)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", done).rowcount


def _why_not(vacancy: Vacancy) -> Refused:
    if vacancy.state in (VacancyState.DRAFT, VacancyState.SUBMITTED):
        return Refused(N_("Vị trí này chưa đăng tuyển."))
    return Refused(
        N_("Đã nhận đủ %(filled)s người. Muốn nhận thêm, tăng số lượng tuyển trước."),
        filled=vacancy.filled,
    )


def _insert(
    session: Session, vacancy: Vacancy, seeker: Seeker, started_on: dt.date, by: Actor
) -> int | None:
    """Add the row unless the person is in this job already: the partial unique index decides."""
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    made: int | None = session.scalar(
        insert(Placement)
        .values(
            seeker_id=seeker.id,
            vacancy_id=vacancy.id,
            enterprise_id=vacancy.enterprise_id,
            started_on=started_on,
            counts_to_headcount=True,
            recorded_by_id=by.user_id,
        )
        .on_conflict_do_nothing()
        .returning(Placement.id)
    )
    return made


def confirm(session: Session, *, placement: Placement, by: Actor) -> None:
    """Confirm a hire that a firm reported: the person's file now says that they have work."""
    if not by.may(Right.VACANCIES_WRITE):
        raise NotAllowed
    hold(session, placement, None)
    if placement.ended_on is not None:
        raise Refused(N_("Người này đã nghỉ việc đó."))
    if placement.confirmed_at is None:
        _confirm(session, placement, by)
        record(
            session, by=by, action="confirm-placement", kind="seeker",
            subject_id=placement.seeker_id,
        )  # fmt: skip


def _confirm(session: Session, placement: Placement, by: Actor) -> None:
    placement.confirmed_at, placement.confirmed_by_id = clock.now(), by.user_id
    session.flush()
    follow_job(session, seeker=placement.seeker, verb="place", by=by)


def end(
    session: Session,
    *,
    placement: Placement,
    ended_on: dt.date,
    reason: EndReason,
    by: Actor,
    version: int | None = None,
) -> bool:
    """Write down that the job ended; say whether the place is free again.

    It is for who leaves early, never came, or was written down by mistake.
    """
    vacancy = placement.vacancy
    if vacancy is not None:
        require_writer(by, vacancy)
        hold(session, vacancy, None)
    elif not by.may(Right.VACANCIES_WRITE):
        raise NotAllowed
    hold(session, placement, version)
    _require_endable(placement, ended_on)
    before = vacancy.state if vacancy is not None else None
    was_confirmed = placement.confirmed_at is not None
    placement.ended_on, placement.end_reason = ended_on, reason
    frees = placement.counts_to_headcount and is_early(placement)
    placement.counts_to_headcount = placement.counts_to_headcount and not frees
    session.flush()
    record(
        session, by=by, action="end-placement", kind="seeker", subject_id=placement.seeker_id,
        vacancy=vacancy.number if vacancy else None, reason=reason.value,
    )  # fmt: skip
    if frees and vacancy is not None and before is not None:
        if _give_place_back(session, vacancy) != 1:
            raise AssertionError(f"vacancy {vacancy.id} counts fewer people than it has")
        session.refresh(vacancy)
        _note_places(session, vacancy, by, before, 1)
    if was_confirmed:
        follow_job(session, seeker=placement.seeker, verb="leave-job", by=by)
    return frees


def is_early(placement: Placement) -> bool:
    """Say whether a placement that ended gives its place back."""
    if placement.ended_on is None:
        return False
    days = (placement.ended_on - placement.started_on).days
    return placement.end_reason in NEVER_WORKED or days < EARLY_DAYS


def _require_endable(placement: Placement, ended_on: dt.date) -> None:
    if placement.ended_on is not None:
        raise Refused(N_("Người này đã nghỉ việc đó."))
    if ended_on < placement.started_on:
        raise Refused(
            N_("Ngày nghỉ phải từ ngày bắt đầu, %(day)s, trở đi."),
            field="ended_on",
            day=placement.started_on,
        )
    if ended_on > max(clock.today(), placement.started_on):
        raise Refused(N_("Ngày nghỉ chưa tới."), field="ended_on")


def _note_places(
    session: Session, vacancy: Vacancy, by: Actor, before: VacancyState, freed: int
) -> None:
    """Write the new count into the vacancy's history, and its state where that followed."""
    action = "end-placement" if freed > 0 else "hire"
    note(
        session, vacancy=vacancy, by=by, action=action, field="filled",
        before=vacancy.filled + freed, after=vacancy.filled,
    )  # fmt: skip
    if vacancy.state is before:
        return
    verb = {
        VacancyState.FILLED: "fill", VacancyState.OPEN: "free", VacancyState.ON_HOLD: "free-late",
    }[vacancy.state]  # fmt: skip
    record(
        session, by=by, action=f"{verb}-vacancy", kind="vacancy", subject_id=vacancy.id,
        before=before.value, after=vacancy.state.value,
    )  # fmt: skip
    note(
        session, vacancy=vacancy, by=by, action=f"{verb}-vacancy", field="state",
        before=before.value, after=vacancy.state.value,
    )  # fmt: skip
