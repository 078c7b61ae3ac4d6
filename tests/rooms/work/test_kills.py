"""Workers and issuers under real SIGKILL at random moments: nothing lost, no effect twice.

`python -m tests.proof kills numbers` runs 200 kills, and 100,000 numbers under 64 issuers.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel.models import SeriesCounter
from jobcenter.notices.choices import NoticeState
from jobcenter.notices.models import Notice
from jobcenter.papers import queries as papers
from jobcenter.papers.models import Paper
from jobcenter.work import rules
from jobcenter.work.choices import JobState
from jobcenter.work.models import Job
from tests.support.nursery import NOBODY, SLIP, STEPS, Nursery, pause

SEED = os.environ.get("JOBCENTER_SEED", "1")
KILLS = int(os.environ.get("JOBCENTER_KILLS", "5"))
NUMBERS = int(os.environ.get("JOBCENTER_NUMBERS", "120"))
ISSUERS = int(os.environ.get("JOBCENTER_ISSUERS", "4"))
REPORT = os.environ.get("JOBCENTER_PROOF_REPORT")
LIFE = 0.4  # seconds in which a worker's job and its letters are under way


@pytest.fixture(scope="module")
def nursery(whole_app: Flask) -> Iterator[Nursery]:
    """One forking process for the module: it holds no connection itself."""
    with Nursery(whole_app.config["SETTINGS"]) as one:
        yield one


def note(**figures: Any) -> None:
    """Leave the figures to whoever runs the proof."""
    if REPORT:
        Path(REPORT).write_text(json.dumps(figures), encoding="utf-8")


def test_workers_killed_at_any_point_lose_nothing_and_do_nothing_twice(
    app: Flask, session: Session, nursery: Nursery
) -> None:
    draw = random.Random(SEED)
    kills, jobs = 0, []
    while kills < KILLS:
        job = rules.ask(session, kind="kill", title="x", params={}, by=NOBODY)
        session.flush()
        job.params = {"job": job.id}
        session.commit()
        jobs.append(job.id)
        for attempt in range(200):
            pid = nursery.begin("work", job.key, f"w{attempt}")
            if kills < KILLS:
                pause(draw, LIFE)
                nursery.kill(pid)
            how = nursery.end(pid)
            assert how in (0, -9)
            kills += how == -9
            if how == 0:
                break
    states = set(session.scalars(select(Job.state).where(Job.id.in_(jobs))))
    assert states == {JobState.DONE}
    for job_id in jobs:
        last = select(SeriesCounter.last).where(SeriesCounter.series == f"K{job_id}")
        assert session.scalar(last) == STEPS
    told = session.scalars(select(Notice).where(Notice.effect_key.like("killed/%"))).all()
    assert len(told) == len(jobs) * STEPS
    assert {one.state for one in told} == {NoticeState.SENT}
    # Outside at least once, and under one name however often: readers see one mail.
    files = list((Path(app.config["SETTINGS"].instance) / "killed").iterdir())
    letters = [json.loads(one.read_text(encoding="utf-8")) for one in files]
    assert {one["to"] for one in letters} >= {one.address for one in told}
    ours = [one for one in letters if one["to"] in {one.address for one in told}]
    assert len({one["message_id"] for one in ours}) == len(told)
    note(kills=kills, jobs=len(jobs), steps=len(told), lost=0, twice=0)


def test_killed_issuers_and_rollbacks_leave_no_number_twice_and_none_out(
    app: Flask, session: Session, nursery: Nursery
) -> None:
    draw = random.Random(SEED)
    session.commit()
    kills, begun = 0, 0
    wanted = max(ISSUERS // 2, 2)

    def begin() -> int:
        nonlocal begun
        begun += 1
        return nursery.begin("issue", NUMBERS, f"{SEED}-{begun}")

    at_work = [begin() for _ in range(ISSUERS)]
    while kills < wanted:
        pause(draw, 0.2)
        place = draw.randrange(len(at_work))
        nursery.kill(at_work[place])
        if nursery.end(at_work[place]) == 0:
            at_work[place] = begin()
            break  # the numbers are all out
        kills += 1
        at_work[place] = begin()
    assert {nursery.end(pid) for pid in at_work} == {0}
    mine = Paper.kind == SLIP.code
    numbers = sorted(session.scalars(select(Paper.number).where(mine)))
    assert numbers == list(range(1, NUMBERS + 1))
    assert session.scalar(select(func.count(func.distinct(Paper.shown))).where(mine)) == NUMBERS
    assert papers.gaps(session) == []
    entries = select(func.count()).where(LedgerEntry.action == "number-paper")
    assert session.scalar(entries) == NUMBERS  # each with the line that tells of it
    note(numbers=NUMBERS, issuers=ISSUERS, kills=kills, duplicates=0, gaps=0)
