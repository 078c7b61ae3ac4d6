"""What each piece of scheduled work does; when it runs stands in `work.timetable`."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from flask import current_app
from sqlalchemy.orm import Session

from jobcenter.drafts.rules import sweep
from jobcenter.jobs import delivery
from jobcenter.jobs.senders import senders
from jobcenter.work import rules as work

WORKER = f"{socket.gethostname()[:40]}:{os.getpid()}"


# Each returns a short account of what it did.
def deliver(session: Session) -> str:
    """Send what is due, until nothing is."""
    ways, total = senders(current_app.config["SETTINGS"]), 0
    while held := delivery.deliver(session, ways, worker=WORKER):
        total += held
    return str(total)


RUNS: dict[str, Callable[[Session], str]] = {
    "deliver": deliver,
    "clear-files": lambda session: str(work.clear_files(session)),
    "sweep-drafts": lambda session: str(sweep(session)),
}
