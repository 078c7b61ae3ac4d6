"""Processes that may be killed: one that starts the application once and forks the others.

`with Nursery(settings) as nursery: pid = nursery.begin("work", key, name)`, then kill the pid or
not, then `nursery.end(pid)`. What a child does stands in `ACTS`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobcenter.app import create_app
from jobcenter.config import ROOT, Settings
from jobcenter.jobs import delivery, kinds, worker
from jobcenter.jobs.senders import FileSender
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db, transaction_kind
from jobcenter.kernel.series import take
from jobcenter.notices import rules as notices
from jobcenter.notices.choices import Channel
from jobcenter.papers import rules as papers
from jobcenter.papers.choices import Field, PaperKind, PaperState, Unit
from jobcenter.papers.models import Paper
from jobcenter.work import rules as work

STEPS = 20
NOBODY = Actor(user_id=None, name="test", role="system")
SLIP = PaperKind(
    code="test-sheet", label="Giấy thử", prefix="GT", unit=Unit.CENTRE, subject="vacancy",
    fields=(Field("noi_dung", "Nội dung", "abc"),),
)  # fmt: skip


class Nursery:
    """The forking process, told over its pipes."""

    def __init__(self, settings: Settings) -> None:
        self.command = [sys.executable, "-m", "tests.support.nursery", str(settings.instance),
                        settings.url]  # fmt: skip

    def __enter__(self) -> Nursery:
        self.parent = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert self._ask("ready") == "ready"
        return self

    def __exit__(self, kind: type | None, fault: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self.parent.communicate()

    def begin(self, act: str, *told: object) -> int:
        """Begin an act in a process of its own and return its number."""
        return int(self._ask("begin", act, *told))

    def kill(self, pid: int) -> None:
        """Kill a process as the kernel does: nothing of its own runs any more."""
        os.kill(pid, signal.SIGKILL)

    def end(self, pid: int) -> int:
        """Wait for a process and return how it ended: 0 well, -9 killed."""
        return int(self._ask("end", pid))

    def _ask(self, *words: object) -> str:
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        self.parent.stdin.write(" ".join(map(str, words)) + "\n")
        self.parent.stdin.flush()
        return self.parent.stdout.readline().strip()


def carry_out(app: Flask, key: str, name: str) -> None:
    """Be a worker for one job and for the outbox that it filled."""
    worker.run_job(app, uuid.UUID(key), worker=name)
    senders = {Channel.EMAIL: FileSender(Path(app.config["SETTINGS"].instance) / "killed")}
    with app.app_context(), transaction_kind(writing=True), Session(db.engine) as session:
        while delivery.deliver(session, senders, worker=name):
            pass


def step_by_step(session: Session, params: dict[str, Any], by: Actor, step: kinds.Step) -> Any:
    """Take a number and tell somebody at each step, going on where an earlier run was killed."""
    done = session.get_one(work.Job, params["job"]).percent * STEPS // 100
    for n in range(done + 1, STEPS + 1):
        take(session, f"K{params['job']}", 2026)
        notices.tell(
            session, key=f"killed/{params['job']}/{n}", template="invitation",
            to=notices.To(address=f"k{params['job']}.{n}@example.test"),
            params={"name": "x", "link": "x", "until": "x"},
        )  # fmt: skip
        step(n * 100 // STEPS, "")
    return kinds.Outcome("")


def issue_until(app: Flask, last: str, seed: str) -> None:
    """Issue one paper and number some others, give up every fifth time; stop at number `last`."""
    draw, most = random.Random(seed), int(last)
    with app.app_context(), transaction_kind(writing=True):
        while True:
            with Session(db.engine) as session:
                try:
                    is_over = _issue(session, draw.randint(0, min(60, most // 40)), most)
                    if is_over or draw.random() < 0.2:
                        session.rollback()
                    else:
                        session.commit()
                except OperationalError:  # SQLite's lock was not to be had in its time
                    continue
                if is_over:
                    return


def _issue(session: Session, more: int, most: int) -> bool:
    """Take 1 + `more` numbers, or fewer at the end; say whether all are out."""
    paper = papers.issue(
        session, kind=SLIP, subject_id=1, title="x", content={"noi_dung": "y"}, by=NOBODY
    )
    number = paper.number or 0
    approved = [
        Paper(
            unit=SLIP.unit, kind=SLIP.code, state=PaperState.APPROVED, subject_kind="vacancy",
            subject_id=1, title="x", content={"noi_dung": "y"},
        )
        for _ in range(min(more, most - number))
    ]  # fmt: skip
    session.add_all(approved)
    session.flush()
    papers.number(session, papers=approved, kind=SLIP, by=NOBODY)
    return number > most


ACTS: dict[str, Callable[..., None]] = {"work": carry_out, "issue": issue_until}


def main(instance: str, url: str) -> None:
    """Fork as told, line by line."""
    work.LEASE = notices.LEASE = work.LEASE * 0
    kinds.HANDLERS["kill"] = step_by_step
    app = create_app(Settings(instance=Path(instance), DATABASE_URL=url))
    _warm(app)
    for line in sys.stdin:
        verb, *told = line.split()
        if verb == "begin":
            pid = os.fork()
            if pid == 0:
                try:
                    ACTS[told[0]](app, *told[1:])
                    os._exit(0)
                finally:
                    os._exit(1)
            print(pid, flush=True)
        elif verb == "end":
            _pid, status = os.waitpid(int(told[0]), 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
        else:
            print(verb, flush=True)


def _warm(app: Flask) -> None:
    """Let the ORM and its statements be made once, so that children begin at once."""
    with app.app_context():
        with transaction_kind(writing=True), Session(db.engine) as session:
            _issue(session, 2, 2)
            session.rollback()
        db.engine.dispose()


def pause(draw: random.Random, most: float) -> None:
    """Let a process live for a moment drawn at random."""
    time.sleep(draw.uniform(0.0, most))


if __name__ == "__main__":
    main(*sys.argv[1:])
