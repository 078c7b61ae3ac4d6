"""Job sessions as records that can be counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.advising.consultations import EARLIEST
from jobcenter.advising.models import Consultation, JobSession
from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_

FARTHEST = 366  # days ahead for which a session is planned
FIGURES = ("firms", "openings", "attended", "interviewed", "preselected")


@dataclass(frozen=True, kw_only=True)
class SessionData:
    """What is told of a session; a figure that nobody counted is None."""

    day: dt.date
    kind: str
    place: str
    organiser: str = ""
    partners: str = ""
    firms: int | None = None
    openings: int | None = None
    attended: int | None = None
    interviewed: int | None = None
    preselected: int | None = None
    note: str = ""


def record_session(session: Session, *, data: SessionData, by: Actor) -> JobSession:
    """Write down a session that was held, or is planned."""
    _check(session, data)
    row = JobSession(**asdict(data), recorded_by_id=by.user_id)
    session.add(row)
    session.flush()
    _note(session, row, "record-session", by)
    return row


def change_session(
    session: Session, *, row: JobSession, data: SessionData, by: Actor, version: int | None = None
) -> None:
    """Correct a session or add what was counted there."""
    hold(session, row, version)
    _check(session, data, kept=row.kind)
    for name, value in asdict(data).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    session.flush()
    _note(session, row, "change-session", by)


def _check(session: Session, data: SessionData, kept: str = "") -> None:
    latest = clock.today() + dt.timedelta(days=FARTHEST)
    if not EARLIEST <= data.day <= latest:
        raise Refused(
            N_("Ngày của phiên từ %(first)s đến %(last)s."), field="day", first=EARLIEST,
            last=latest,
        )  # fmt: skip
    if not data.kind:
        raise Refused(N_("Cần điền mục này."), field="kind")
    check_code(session, "T", data.kind, field="kind", kept=(kept,))
    if not data.place:
        raise Refused(N_("Cần điền mục này."), field="place")
    came, met, chosen = data.attended, data.interviewed, data.preselected
    if came is not None and met is not None and met > came:
        raise Refused(N_("Nhiều hơn số người tham gia."), field="interviewed")
    if met is not None and chosen is not None and chosen > met:
        raise Refused(N_("Nhiều hơn số người được phỏng vấn."), field="preselected")


def _note(session: Session, row: JobSession, action: str, by: Actor) -> None:
    record(session, by=by, action=action, kind="job-session", subject_id=row.id,
           day=f"{row.day:%d/%m/%Y}")  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """A session with how many were advised there: counted from its rows, never typed."""

    row: JobSession
    advised: int


def listed(session: Session, window: Slice) -> Page[Counted]:
    """Return one page of the sessions, the latest first."""
    total = session.scalar(select(func.count(JobSession.id))) or 0
    rows = session.scalars(
        select(JobSession)
        .order_by(JobSession.day.desc(), JobSession.id.desc())
        .limit(window.size)
        .offset(window.offset)
    ).all()
    counts = dict(
        session.execute(
            select(Consultation.session_id, func.count())
            .where(
                Consultation.session_id.in_([row.id for row in rows]),
                Consultation.struck_at.is_(None),
            )
            .group_by(Consultation.session_id)
        ).all()
    )
    found = [Counted(row, counts.get(row.id, 0)) for row in rows]
    return Page(found, window.number, window.size, total)


@dataclass(frozen=True)
class SessionCount:
    """Sessions of one kind in a period; figures are sums of what was counted."""

    kind: str
    sessions: int
    firms: int
    openings: int
    attended: int
    interviewed: int
    preselected: int


def counted(session: Session, since: dt.date, until: dt.date) -> Sequence[SessionCount]:
    """Return the sessions held in a period by kind; what nobody counted adds nothing."""
    sums = [func.coalesce(func.sum(getattr(JobSession, name)), 0) for name in FIGURES]
    rows = session.execute(
        select(JobSession.kind, func.count(), *sums)
        .where(JobSession.day.between(since, min(until, clock.today())))
        .group_by(JobSession.kind)
        .order_by(JobSession.kind)
    )
    return [SessionCount(row[0], *(int(value) for value in row[1:])) for row in rows]
