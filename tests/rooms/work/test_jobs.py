"""Jobs: held by one worker, told in steps, stopped, tried again; the queue carries keys alone."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.jobs import kinds, worker
from jobcenter.jobs.kinds import Outcome
from jobcenter.jobs.schedules import RUNS
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.models import SeriesCounter
from jobcenter.kernel.series import take
from jobcenter.work import queries, queue, rules
from jobcenter.work.choices import KEEP_FILES, JobState
from jobcenter.work.models import Job
from jobcenter.work.queries import File
from jobcenter.work.timetable import SCHEDULES
from tests.support.client import Client
from tests.support.together import together

SYSTEM = Actor(user_id=None, name="test", role="system")
SEED = os.environ.get("JOBCENTER_SEED", "1")


@pytest.fixture
def owner(make_user: Any) -> Actor:
    user = make_user("counsellor")
    return Actor(user_id=user.id, name=user.name, role="counsellor")


@pytest.fixture(autouse=True)
def count_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that takes ten numbers, one a step."""

    def count(session: Session, params: dict[str, Any], by: Actor, step: kinds.Step) -> Outcome:
        for n in range(1, 11):
            take(session, "T", 2026)
            if params.get("fails_at") == n:
                raise RuntimeError("planned")
            if params.get("refuses_at") == n:
                raise Refused("Tệp trống.")
            step(n * 10, "Bước %(n)s", n=n)
        return Outcome("Xong %(n)s", {"n": 10}, {"n": 10}, File("k.txt", "text/plain", b"secret"))

    monkeypatch.setitem(kinds.HANDLERS, "count", count)


def ask(session: Session, by: Actor = SYSTEM, **params: Any) -> Job:
    job = rules.ask(session, kind="count", title="Đếm", params=params, by=by)
    session.commit()
    return job


def taken(session: Session) -> int:
    return session.scalar(select(SeriesCounter.last).where(SeriesCounter.series == "T")) or 0


def test_a_job_runs_once_and_leaves_a_sealed_file_for_its_owner(
    app: Flask, session: Session, owner: Actor, make_user: Any
) -> None:
    job = ask(session, owner)
    worker.run_job(app, job.key)
    worker.run_job(app, job.key)
    session.expire_all()
    assert (job.state, job.percent, job.result, taken(session)) == (
        JobState.DONE, 100, {"n": 10}, 10,
    )  # fmt: skip
    assert queries.file_of(session, job, owner).body == b"secret"
    other = make_user("administrator")
    admin = Actor(other.id, "x", "administrator", frozenset({"users.manage"}))
    assert queries.one(session, job.key, admin).id == job.id
    with pytest.raises(Refused):
        queries.file_of(session, job, admin)
    stranger = Actor(make_user("counsellor").id, "y", "counsellor")
    with pytest.raises(Refused):
        queries.one(session, job.key, stranger)


def test_a_fault_is_tried_again_and_a_refusal_is_told(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    broken, refused = ask(session, fails_at=3), ask(session, refuses_at=1)
    for _ in range(5):
        worker.run_waiting(app)
    session.expire_all()
    assert (broken.state, broken.attempts) == (JobState.FAILED, rules.MOST_ATTEMPTS)
    assert "planned" in caplog.text
    assert (refused.state, refused.attempts, refused.message) == (
        JobState.FAILED, 1, "Tệp trống.",
    )  # fmt: skip


def test_a_step_and_its_percent_are_committed_together(app: Flask, session: Session) -> None:
    job = ask(session, fails_at=4)
    worker.run_job(app, job.key)
    session.expire_all()
    assert (job.percent, taken(session)) == (30, 3)


def test_stopping_takes_effect_at_the_next_step(
    app: Flask, session: Session, owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, running = ask(session, owner), ask(session, owner)
    rules.cancel(session, job=waiting, by=owner)
    session.commit()
    advance = rules.advance

    def stop_at_third(own: Session, *, percent: int, **kw: Any) -> None:
        if percent == 30:
            job = own.get(Job, running.id)
            assert job is not None
            rules.cancel(own, job=job, by=owner)
        advance(own, percent=percent, **kw)

    monkeypatch.setattr(rules, "advance", stop_at_third)
    worker.run_waiting(app)
    session.expire_all()
    assert waiting.state is JobState.CANCELLED
    assert waiting.attempts == 0
    assert running.state is JobState.CANCELLED
    assert taken(session) == 2
    with pytest.raises(Refused):
        rules.cancel(session, job=running, by=owner)
    rules.repeat(session, job=running, by=owner)
    assert running.state is JobState.WAITING


def test_many_workers_one_holder(app: Flask, session: Session) -> None:
    job = ask(session)
    with app.app_context():
        engine = db.engine

    def claim(number: int) -> Any:
        return lambda own: rules.claim(own, job.key, worker=f"w{number}") is not None

    answers = together(engine, [claim(n) for n in range(16)])
    assert sorted(answers) == [False] * 15 + [True]


def test_a_lost_lease_gives_the_job_to_another_and_bars_the_first(session: Session) -> None:
    job = ask(session)
    assert rules.claim(session, job.key, worker="a") is not None
    assert rules.claim(session, job.key, worker="b") is None
    with clock.frozen(clock.now() + rules.LEASE + dt.timedelta(seconds=1)):
        assert job.key in queries.waiting(session)
        assert rules.claim(session, job.key, worker="b") is not None
        with pytest.raises(rules.Stopped):
            rules.advance(session, job_id=job.id, worker="a", percent=50, message="")
        with pytest.raises(rules.Stopped):
            rules.finish(
                session, job_id=job.id, worker="a", message="", message_params={}, result={},
                file=None,
            )  # fmt: skip
        rules.advance(session, job_id=job.id, worker="b", percent=50, message="")


def test_nobody_fills_the_queue_alone(session: Session, owner: Actor) -> None:
    for _ in range(rules.MOST_OPEN):
        ask(session, owner)
    with pytest.raises(Refused, match="chưa xong"):
        ask(session, owner)


def test_files_go_after_a_week(app: Flask, session: Session, owner: Actor) -> None:
    job = ask(session, owner)
    worker.run_job(app, job.key)
    assert rules.clear_files(session) == 0
    with clock.frozen(clock.now() + dt.timedelta(days=KEEP_FILES.default, hours=1)):
        assert rules.clear_files(session) == 1
    assert not queries.has_file(session, job)


def test_scheduled_work_runs_when_due_and_by_one_worker(app: Flask, session: Session) -> None:
    assert set(RUNS) == {one.name for one in SCHEDULES}
    assert worker.run_schedules(app) == [one.name for one in SCHEDULES]
    assert worker.run_schedules(app) == []
    with clock.frozen(clock.now() + max(one.every for one in SCHEDULES)):
        assert worker.run_schedules(app) == [one.name for one in SCHEDULES]
    rows = queries.runs(session)
    assert all(rows[one.name].is_good for one in SCHEDULES)


def test_the_queue_holds_json_alone(tmp_path: Path) -> None:
    made = queue.make(tmp_path / "q.sqlite3", None)
    key = uuid.uuid4()
    made.ring(key)
    held = made.huey.storage.enqueued_items()
    assert len(held) == 1
    assert str(key).encode() in held[0]
    assert held[0].startswith(b"{")
    ran: list[uuid.UUID] = []
    made.serve(ran.append)
    task = made.huey.dequeue()
    made.huey.execute(task)
    assert ran == [key]
    made.huey.storage.close()


def test_owner_follows_stops_and_repeats_on_the_screen(
    app: Flask, client: Client, session: Session, make_user: Any
) -> None:
    user = make_user("counsellor")
    by = Actor(user_id=user.id, name=user.name, role="counsellor")
    client.sign_in_as(user)
    assert client.get("/work/").status_code == 200
    job = ask(session, by)
    key = job.key
    page = client.get(f"/work/{job.key}")
    assert "Đang chờ" in page.get_data(as_text=True)
    assert client.send("", {}, action="/cancel").status_code == 303
    client.get(f"/work/{job.key}")
    assert client.send("", {}, action="/repeat").status_code == 303
    session.commit()
    worker.run_job(app, key)
    part = client.browser.get(f"/work/{key}", headers={"HX-Request": "true"})
    assert "Xong 10" in part.get_data(as_text=True)
    assert client.get(f"/work/{job.key}/file").data == b"secret"
    stranger = Client(app, session).sign_in_as(make_user("counsellor"))
    for path in ("", "/file"):
        assert stranger.get(f"/work/{job.key}{path}").status_code == 404
    assert stranger.post(f"/work/{job.key}/cancel").status_code == 404
    assert stranger.get("/work/schedules").status_code == 403
    admin = Client(app, session).sign_in_as(make_user("administrator"))
    assert admin.get("/work/schedules").status_code == 200
