"""What each piece of scheduled work does; when it runs stands in `work.timetable`."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.advising import appointments
from jobcenter.audit import sealing
from jobcenter.audit.choices import Log
from jobcenter.drafts.rules import sweep
from jobcenter.enrolments import rules as enrolments
from jobcenter.exchange import rules as importing
from jobcenter.jobs import delivery
from jobcenter.jobs.senders import senders
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.people import suspects as people
from jobcenter.placements import checks as placed
from jobcenter.privacy import erasing, retention
from jobcenter.referrals import responses
from jobcenter.referrals.expiry import expire_due
from jobcenter.upkeep import checks
from jobcenter.vacancies import reminders, steps
from jobcenter.work import rules as work

BY = system("jobs", EVERYTHING)
WORKER = f"{socket.gethostname()[:40]}:{os.getpid()}"


# Each returns a short account of what it did.
def deliver(session: Session) -> str:
    """Send what is due, until nothing is."""
    ways, total = senders(current_app.config["SETTINGS"]), 0
    while held := delivery.deliver(session, ways, worker=WORKER):
        total += held
    return str(total)


def seal_logs(session: Session) -> str:
    """Put what was logged since under seal."""
    session.commit()  # sealing has transactions of its own; SQLite knows one writer
    heads = current_app.config["SETTINGS"].seal_heads
    return str(sum(sealing.seal_all(db.engine, heads).values()))


def check_seals(session: Session) -> str:
    """Read both logs through; fail loudly at the first thing that is not as it was."""
    session.commit()
    heads = current_app.config["SETTINGS"].seal_heads
    found = [sealing.verify(db.engine, log, heads) for log in Log]
    faults = [str(one.fault) for one in found if one.fault is not None]
    if faults:
        raise sealing.SealsBroken("; ".join(faults))
    return str(sum(one.rows for one in found))


def check_promises(session: Session) -> str:
    """Look for what must never be; fail loudly with the names of the broken promises."""
    session.commit()
    found = checks.run(session, current_app.config["SETTINGS"].seal_heads)
    broken = [f"{one.code}: {one.count}" for one in found if one.count]
    if broken:
        raise checks.PromisesBroken(", ".join(broken))
    return str(len(found))


def close_due(session: Session) -> str:
    """Close the vacancies and the referrals whose time is over, remind of what ends soon."""
    today = clock.today()
    closed = steps.close_due(session, today=today, by=BY)
    over = expire_due(session, today=today, by=BY)
    told = reminders.remind(session, today=today) + responses.remind(session, today=today)
    return f"{len(closed)} + {over} + {told}"


def finish_erasures(session: Session) -> str:
    """Take who was erased out of the index and the files; nothing is held while it is made anew."""
    left = erasing.left_over(session)
    session.commit()
    if left is None:
        return "0"
    left = erasing.clear_index(session, left)
    return str(erasing.finish(session, left, instance=_instance(), by=BY))


def find_due(session: Session) -> str:
    """Tell who falls due for erasure, and drop old names of visitors without a file."""
    phone = current_app.config["SETTINGS"].call_back_phone
    found = retention.find_due(session, phone=phone, by=BY)
    return f"{found} + {retention.drop_names(session)}"


def _instance() -> Path:
    instance: Path = current_app.config["SETTINGS"].instance
    return instance


def ask_placed(session: Session) -> str:
    """Ask by message who has been in a job for so many days."""
    phone = current_app.config["SETTINGS"].call_back_phone
    return str(placed.ask(session, today=clock.today(), phone=phone))


def remind_appointments(session: Session) -> str:
    """Tell who has an appointment tomorrow."""
    phone = current_app.config["SETTINGS"].call_back_phone
    return str(appointments.remind(session, today=clock.today(), phone=phone))


RUNS: dict[str, Callable[[Session], str]] = {
    "deliver": deliver,
    "seal-logs": seal_logs,
    "check-seals": check_seals,
    "close-due": close_due,
    "clear-files": lambda s: f"{work.clear_files(s)} + {importing.clear_old(s)}",
    "ask-placed": ask_placed,
    "remind-appointments": remind_appointments,
    "class-offers": lambda session: str(enrolments.expire_offers(session, by=BY)),
    "sweep-drafts": lambda session: str(sweep(session)),
    "finish-erasures": finish_erasures,
    "find-due": find_due,
    "check-promises": check_promises,
    "find-suspects": lambda session: str(people.find_suspects(session)),
}
