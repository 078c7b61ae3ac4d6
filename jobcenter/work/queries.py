"""Reading jobs: an owner their own, whoever looks after the system all of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.work.choices import JobState
from jobcenter.work.models import Job, JobFile, ScheduledRun


@dataclass(frozen=True)
class File:
    """A file as its owner gets it."""

    name: str
    kind: str
    body: bytes


def visible_to(actor: Actor) -> Select[Job]:
    """Return the jobs that `actor` may see."""
    if actor.may(Right.USERS_MANAGE):
        return select(Job)
    return select(Job).where(Job.owner_id == (actor.user_id or 0))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Job:
    """Return a job, or refuse as if it were not there."""
    found = session.scalar(visible_to(actor).where(Job.key == key))
    if found is None:
        raise Missing
    return found


def listed(session: Session, actor: Actor, window: Slice) -> Page[Job]:
    """Return the jobs, newest first."""
    found = visible_to(actor)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(found.order_by(Job.id.desc()).limit(window.size).offset(window.offset))
    return Page(rows.all(), window.number, window.size, total)


def file_of(session: Session, job: Job, actor: Actor) -> File:
    """Return the file of a job to its owner alone: it may hold what others may not see."""
    row = session.get(JobFile, job.id) if job.owner_id == actor.user_id else None
    if row is None:
        raise Missing
    return File(row.name, row.kind, row.body)


def has_file(session: Session, job: Job) -> bool:
    """Say whether the job's file is still kept."""
    return session.scalar(select(JobFile.job_id).where(JobFile.job_id == job.id)) is not None


def waiting(session: Session, *, limit: int = 20) -> Sequence[uuid.UUID]:
    """Return the keys of jobs that nobody runs: new ones, and those whose worker went away."""
    now = clock.now()
    return session.scalars(
        select(Job.key)
        .where(
            or_(
                Job.state == JobState.WAITING,
                (Job.state == JobState.RUNNING) & (Job.lease_until < now),
            )
        )
        .order_by(Job.id)
        .limit(limit)
    ).all()


def runs(session: Session) -> dict[str, ScheduledRun]:
    """Return the last run of each piece of scheduled work, by name."""
    return {row.name: row for row in session.scalars(select(ScheduledRun))}
