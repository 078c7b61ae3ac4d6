"""Jobs, the files they leave, and the runs of scheduled work."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Keyed, Line, SealedBytes, UtcDateTime, choice
from jobcenter.work.choices import JobState


class Job(Keyed, Base):
    """One piece of long work; `params`, `result`: codes and row numbers alone."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_within"),
        Index("ix_job_state_id", "state", "id"),
    )

    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Line(200))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(choice(JobState, "state_known"))
    percent: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(Line(300), default="")
    message_params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(String(60), default="")
    lease_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    is_cancel_wanted: Mapped[bool] = mapped_column(default=False)


class JobFile(Base):
    """The file a job left for its owner: sealed, as it may hold people's data, kept a week."""

    __tablename__ = "job_file"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Line(160))
    kind: Mapped[str] = mapped_column(String(120))
    body: Mapped[bytes] = mapped_column(SealedBytes("job_file.body"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)


class ScheduledRun(Base):
    """The last run of one piece of scheduled work; the lease keeps two workers from running it."""

    __tablename__ = "scheduled_run"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    is_good: Mapped[bool | None]
    message: Mapped[str] = mapped_column(Line(300), default="")
