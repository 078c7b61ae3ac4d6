"""How the installation fares, in figures."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.kernel import clock
from jobcenter.notices.choices import NoticeState
from jobcenter.notices.models import Notice
from jobcenter.upkeep.doctor import late_schedules
from jobcenter.work.choices import JobState
from jobcenter.work.models import Job


def figures(session: Session, instance: Path) -> dict[str, tuple[str, float]]:
    """Return name -> (what it is, value) of what an operator watches."""
    jobs: dict[JobState, int] = dict(
        session.execute(select(Job.state, func.count()).group_by(Job.state)).all()
    )
    notices: dict[NoticeState, int] = dict(
        session.execute(select(Notice.state, func.count()).group_by(Notice.state)).all()
    )
    late = late_schedules(session, clock.now())
    return {
        "jobs_waiting": ("Long work that waits for the worker", jobs.get(JobState.WAITING, 0)),
        "jobs_failed": ("Long work that failed", jobs.get(JobState.FAILED, 0)),
        "notices_waiting": ("Notices to be sent", notices.get(NoticeState.WAITING, 0)),
        "notices_dead": ("Notices given up", notices.get(NoticeState.DEAD, 0)),
        "schedules_late": ("Scheduled work that is overdue", len(late)),
        "disk_free_bytes": ("Free space under the instance", shutil.disk_usage(instance).free),
    }
