"""Reading consultations: one, those of a person, a page of the journal."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, String, func, select, type_coerce
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.choices import Right
from jobcenter.advising.models import Consultation, JobSession
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice


@dataclass(frozen=True)
class JournalFilter:
    """What the journal is narrowed to; empty means all."""

    since: dt.date | None = None
    until: dt.date | None = None
    by_id: int | None = None
    subject: str = ""
    channel: str = ""
    is_without_file: bool = False
    session_id: int | None = None


def visible_to(actor: Actor) -> Select[Consultation]:
    """Return the consultations that `actor` may see: staff who read files all, others none."""
    found = select(Consultation)
    may = actor.may(Right.SEEKERS_READ)
    return found if may else found.where(Consultation.id.is_(None))


def _told(found: Select[Consultation]) -> Select[Consultation]:
    return found.options(
        joinedload(Consultation.person),
        joinedload(Consultation.by),
        joinedload(Consultation.visit),
        joinedload(Consultation.job_session),
    )


def one(session: Session, key: uuid.UUID, actor: Actor) -> Consultation:
    """Return one consultation, or refuse as if it were not there."""
    row = session.scalar(_told(visible_to(actor)).where(Consultation.key == key))
    if row is None:
        raise Missing
    return row


def one_session(session: Session, key: uuid.UUID) -> JobSession:
    """Return one job session, or refuse."""
    row = session.scalar(select(JobSession).where(JobSession.key == key))
    if row is None:
        raise Missing
    return row


def of_people(
    session: Session, actor: Actor, person_ids: Sequence[int], limit: int
) -> Sequence[Consultation]:
    """Return the last consultations of a human, under whichever of their ids."""
    found = visible_to(actor).where(Consultation.person_id.in_(person_ids))
    return session.scalars(
        _told(found).order_by(Consultation.day.desc(), Consultation.id.desc()).limit(limit)
    ).all()


def listed(
    session: Session, actor: Actor, wanted: JournalFilter, window: Slice
) -> Page[Consultation]:
    """Return one page of the journal, the latest first; struck rows are in it."""
    found = _narrow(visible_to(actor), wanted)
    ids = found.with_only_columns(Consultation.id).subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    rows = session.scalars(
        _told(found)
        .order_by(Consultation.day.desc(), Consultation.id.desc())
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def _narrow(found: Select[Consultation], wanted: JournalFilter) -> Select[Consultation]:
    if wanted.since is not None:
        found = found.where(Consultation.day >= wanted.since)
    if wanted.until is not None:
        found = found.where(Consultation.day <= wanted.until)
    if wanted.by_id is not None:
        found = found.where(Consultation.by_id == wanted.by_id)
    if wanted.subject:
        subjects = type_coerce(Consultation.subjects, String)
        found = found.where(subjects.contains(f"|{wanted.subject}|", autoescape=True))
    if wanted.channel:
        found = found.where(Consultation.channel == wanted.channel)
    if wanted.is_without_file:
        found = found.where(Consultation.person_id.is_(None), Consultation.struck_at.is_(None))
    if wanted.session_id is not None:
        found = found.where(Consultation.session_id == wanted.session_id)
    return found
