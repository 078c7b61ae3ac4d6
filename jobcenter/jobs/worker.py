"""The worker: runs jobs when the bell rings, looks for waiting ones, and keeps the schedules."""

from __future__ import annotations

import logging
import uuid

from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.accounts.queries import user_by_id
from jobcenter.enterprises.queries import actor_of
from jobcenter.jobs.kinds import HANDLERS, Outcome
from jobcenter.jobs.schedules import RUNS, WORKER
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db, transaction_kind
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.notices.rules import To, tell
from jobcenter.work import queries, rules
from jobcenter.work.models import Job
from jobcenter.work.queue import current
from jobcenter.work.timetable import SCHEDULES, Schedule

log = logging.getLogger("jobcenter.jobs")


def run_job(app: Flask, key: uuid.UUID, *, worker: str = WORKER) -> None:
    """Run one job if nobody else does."""
    with app.app_context(), transaction_kind(writing=True), _session() as session:
        job = rules.claim(session, key, worker=worker)
        if job is None:
            return
        session.commit()
        _carry_out(session, job, worker)


def _carry_out(session: Session, job: Job, worker: str) -> None:
    job_id, attempts = job.id, job.attempts

    def step(percent: int, message: str, **params: object) -> None:
        rules.advance(
            session, job_id=job_id, worker=worker, percent=percent, message=message, **params
        )
        session.commit()

    try:
        done = HANDLERS[job.kind](session, dict(job.params), _owner(session, job), step)
        _finish(session, job, worker, done)
    except rules.Stopped:
        session.rollback()
        rules.stop(session, job_id=job_id, worker=worker)
        session.commit()
    except Exception as fault:
        session.rollback()
        refused = fault if isinstance(fault, Refused) else None
        if refused is None:
            log.exception("job %s of kind %s failed", job_id, job.kind)
        rules.give_up(session, job_id=job_id, worker=worker, attempts=attempts, refused=refused)
        session.commit()


def _finish(session: Session, job: Job, worker: str, done: Outcome) -> None:
    if job.owner_id is not None:
        said = done.message % done.params if done.params else done.message
        tell(
            session, key=f"job-ended/{job.key}/{job.attempts}", template="job-ended",
            to=To(user_id=job.owner_id), params={"title": job.title, "message": said},
            href=f"/work/{job.key}",
        )  # fmt: skip
    rules.finish(
        session, job_id=job.id, worker=worker, message=done.message,
        message_params=done.params, result=done.result, file=done.file,
    )  # fmt: skip
    session.commit()


def _owner(session: Session, job: Job) -> Actor:
    if job.owner_id is None:
        return Actor(user_id=None, name="jobs", role="system")
    user = user_by_id(session, job.owner_id)
    if user is None or not user.is_active:
        raise NotAllowed
    return actor_of(session, user)


def run_waiting(app: Flask) -> int:
    """Run whatever waits without a bell; return how many jobs were looked at."""
    with app.app_context(), transaction_kind(writing=False), _session() as session:
        keys = queries.waiting(session)
    for key in keys:
        run_job(app, key)
    return len(keys)


def run_schedules(app: Flask) -> list[str]:
    """Run the scheduled work that is due; return the names of what ran."""
    return [one.name for one in SCHEDULES if _run_schedule(app, one)]


def _run_schedule(app: Flask, schedule: Schedule) -> bool:
    with app.app_context(), transaction_kind(writing=True), _session() as session:
        is_due = rules.begin_run(
            session, name=schedule.name, every=schedule.every, most=schedule.most
        )
        session.commit()
        if not is_due:
            return False
        try:
            told, is_good = RUNS[schedule.name](session), True
            session.commit()
        except Exception as fault:
            session.rollback()
            log.exception("scheduled work %s failed", schedule.name)
            told, is_good = type(fault).__name__, False
        rules.end_run(session, name=schedule.name, is_good=is_good, message=told)
        session.commit()
        return True


def _session() -> Session:
    return Session(db.engine, expire_on_commit=False)


def serve(app: Flask, *, threads: int = 2) -> None:
    """Be a worker until told to stop."""
    queue = current()
    queue.serve(lambda key: run_job(app, key))

    @queue.huey.periodic_task(lambda _now: True, name="look")  # type: ignore[untyped-decorator]
    def look() -> None:
        run_waiting(app)
        run_schedules(app)

    run_waiting(app)
    run_schedules(app)
    queue.huey.create_consumer(workers=threads, max_delay=1.0).run()
