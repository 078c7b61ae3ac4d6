"""Asking for work, holding it, telling how far it is, ending it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.settings.queries import setting
from jobcenter.work.choices import KEEP_FILES, OPEN, JobState
from jobcenter.work.models import Job, JobFile, ScheduledRun
from jobcenter.work.queries import File

LEASE = dt.timedelta(minutes=2)
MOST_ATTEMPTS = 3
MOST_OPEN = 5


class Stopped(Exception):
    """The owner asked to stop, or another worker holds the job by now."""


def ask(session: Session, *, kind: str, title: str, params: dict[str, Any], by: Actor) -> Job:
    """Write down work to be done; refused while the person has too much waiting."""
    waiting = session.scalars(
        select(Job.id).where(Job.owner_id == by.user_id, Job.state.in_(OPEN)).limit(MOST_OPEN)
    ).all()
    if by.user_id is not None and len(waiting) >= MOST_OPEN:
        raise Refused(N_("Đang có %(most)s việc chạy nền chưa xong. Đợi bớt rồi giao tiếp."),
                      most=MOST_OPEN)  # fmt: skip
    job = Job(
        kind=kind, title=title, params=params, owner_id=by.user_id, state=JobState.WAITING,
        message=N_("Đang chờ đến lượt"),
    )  # fmt: skip
    session.add(job)
    session.flush()
    record(session, by=by, action="ask-job", kind="job", subject_id=job.id, of=kind)
    return job


def claim(session: Session, key: uuid.UUID, *, worker: str) -> Job | None:
    """Take a job by one conditional statement; None when another worker has it or it is over."""
    now = clock.now()
    free = or_(
        Job.state == JobState.WAITING,
        (Job.state == JobState.RUNNING) & (Job.lease_until < now),
    )
    taken = session.execute(
        update(Job)
        .where(Job.key == key, free)
        .values(
            state=JobState.RUNNING, worker=worker, lease_until=now + LEASE,
            attempts=Job.attempts + 1, started_at=now,
        )
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    ).scalar()  # fmt: skip
    return session.get(Job, taken, populate_existing=True) if taken else None


def advance(
    session: Session, *, job_id: int, worker: str, percent: int, message: str, **params: object
) -> None:
    """Say how far a job is and hold it longer; the caller commits this with what was done.

    Raises `Stopped` when the owner wants it to stop or the job is held by another worker.
    """
    wants = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.RUNNING, Job.worker == worker)
        .values(
            percent=min(max(percent, 0), 100), message=message, message_params=params,
            lease_until=clock.now() + LEASE,
        )
        .returning(Job.is_cancel_wanted)
        .execution_options(synchronize_session=False)
    ).scalar()  # fmt: skip
    if wants is None or wants:
        raise Stopped


def finish(
    session: Session,
    *,
    job_id: int,
    worker: str,
    message: str,
    message_params: dict[str, Any],
    result: dict[str, Any],
    file: File | None,
) -> None:
    """End a job well, with its file; raises `Stopped` when it is not this worker's any more."""
    _end(
        session, job_id, worker, JobState.DONE, percent=100, message=message,
        message_params=message_params, result=result,
    )  # fmt: skip
    if file is not None:
        session.execute(delete(JobFile).where(JobFile.job_id == job_id))
        session.add(JobFile(job_id=job_id, name=file.name, kind=file.kind, body=file.body))
        session.flush()


def give_up(
    session: Session, *, job_id: int, worker: str, attempts: int, refused: Refused | None
) -> JobState:
    """End a run that failed: another try while there are tries, unless a rule refused."""
    if refused is None and attempts < MOST_ATTEMPTS:
        _end(session, job_id, worker, JobState.WAITING, message=N_("Bị ngắt, sẽ thử lại"))
        return JobState.WAITING
    message, params = (
        (refused.message, refused.params) if refused else (N_("Có lỗi, đã báo quản trị."), {})
    )
    _end(session, job_id, worker, JobState.FAILED, message=message, message_params=params)
    return JobState.FAILED


def stop(session: Session, *, job_id: int, worker: str) -> None:
    """End a job whose owner asked to stop it; what another worker holds is left alone."""
    session.execute(
        update(Job)
        .where(Job.id == job_id, Job.worker == worker, Job.state == JobState.RUNNING)
        .values(state=JobState.CANCELLED, ended_at=clock.now(), message=N_("Đã dừng theo yêu cầu"),
                message_params={})
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def cancel(session: Session, *, job: Job, by: Actor) -> None:
    """Ask a job to stop: at once while it waits, at its next step while it runs."""
    session.refresh(job, with_for_update={"of": Job})
    if job.state not in OPEN:
        raise Refused(N_("Việc này đã kết thúc."))
    job.is_cancel_wanted = True
    if job.state is JobState.WAITING:
        job.state, job.ended_at = JobState.CANCELLED, clock.now()
        job.message, job.message_params = N_("Đã dừng theo yêu cầu"), {}
    session.flush()
    record(session, by=by, action="cancel-job", kind="job", subject_id=job.id)


def repeat(session: Session, *, job: Job, by: Actor) -> None:
    """Let a job that failed or was stopped run again from the start."""
    session.refresh(job, with_for_update={"of": Job})
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise Refused(N_("Chỉ chạy lại việc không xong hoặc đã dừng."))
    job.state, job.percent, job.attempts = JobState.WAITING, 0, 0
    job.is_cancel_wanted, job.ended_at = False, None
    job.message, job.message_params = N_("Đang chờ đến lượt"), {}
    session.flush()
    record(session, by=by, action="repeat-job", kind="job", subject_id=job.id)


def clear_files(session: Session) -> int:
    """Delete the files of jobs that are older than `KEEP_FILES`; return how many."""
    before = clock.now() - dt.timedelta(days=setting(session, KEEP_FILES))
    gone = session.execute(
        delete(JobFile).where(JobFile.made_at < before).returning(JobFile.job_id)
    )
    return len(gone.all())


def begin_run(session: Session, *, name: str, every: dt.timedelta, most: dt.timedelta) -> bool:
    """Take the next run of scheduled work when it is due; only one worker gets it."""
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    session.execute(insert(ScheduledRun).values(name=name, message="").on_conflict_do_nothing())
    now = clock.now()
    taken = session.execute(
        update(ScheduledRun)
        .where(
            ScheduledRun.name == name,
            or_(ScheduledRun.started_at.is_(None), ScheduledRun.started_at <= now - every),
            or_(ScheduledRun.lease_until.is_(None), ScheduledRun.lease_until < now),
        )
        .values(started_at=now, lease_until=now + most, ended_at=None)
        .returning(ScheduledRun.name)
        .execution_options(synchronize_session=False)
    ).scalar()
    return taken is not None


def end_run(session: Session, *, name: str, is_good: bool, message: str) -> None:
    """Write down how a run of scheduled work ended."""
    session.execute(
        update(ScheduledRun)
        .where(ScheduledRun.name == name)
        .values(ended_at=clock.now(), lease_until=None, is_good=is_good, message=message[:300])
        .execution_options(synchronize_session=False)
    )


def _end(session: Session, job_id: int, worker: str, state: JobState, **values: Any) -> None:
    done = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.worker == worker, Job.state == JobState.RUNNING)
        .values(state=state, ended_at=clock.now(), lease_until=None, **values)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    ).scalar()
    if done is None:
        raise Stopped
