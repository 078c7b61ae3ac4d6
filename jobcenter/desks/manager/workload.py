"""How much each counsellor has done and has to do, and what people say of it afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.advising import complaints, counts, feedback, plans
from jobcenter.advising.choices import COMPLAINT_KIND_LABELS, FEEDBACK_LABELS
from jobcenter.desks.access import allow, me
from jobcenter.desks.manager.blueprint import desk
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.placements import checks
from jobcenter.seekers import caseload

PERIODS = ("month", "year")


@dataclass(frozen=True)
class Load:
    """What one counsellor did in the period and carries now; `name` is empty for nobody."""

    name: str
    done: counts.Count
    files: int
    stuck: int
    plans: int
    steps: int
    checks: int


@desk.get("/workload")
@allow(Right.OVERVIEW)
def workload() -> ResponseReturnValue:
    """Show consultations, files, plans and what is due by counsellor, with the total."""
    period = request.args.get("period", "")
    period = period if period in PERIODS else "month"
    today = clock.today()
    since = today.replace(day=1) if period == "month" else today.replace(month=1, day=1)
    session = db.session()
    return render_template(
        "manager/workload.html",
        period=period,
        since=since,
        loads=_loads(since, today),
        whole=counts.counted(session, since, today),
        kinds=COMPLAINT_KIND_LABELS,
        abouts=FEEDBACK_LABELS,
        complaints=complaints.counted(session, since, today),
        scores=feedback.counted(session, since, today),
        stayed=_stayed(today),
    )


def _loads(since: dt.date, today: dt.date) -> list[Load]:
    session = db.session()
    done = counts.by_counsellor(session, since, today)
    led = plans.open_plans(session)
    steps = _per_user(plans.due_steps(session, user_id=None, until=today))
    asked = _per_user(checks.due(session, me()))
    none = counts.Count(0, 0, 0)
    rows = []
    for load in caseload.loads(session, me()):
        user_id = load.user.id if load.user else None
        rows.append(
            Load(
                load.user.name if load.user else "", done.get(user_id, none), load.open,
                load.stuck, led.get(user_id, 0), steps.get(user_id, 0), asked.get(user_id, 0),
            )
        )  # fmt: skip
    return rows


def _per_user(rows: Any) -> dict[int | None, int]:
    """Count lines by who is responsible for the file."""
    found: dict[int | None, int] = {}
    for row in rows:
        user_id = row.seeker.responsible_id
        found[user_id] = found.get(user_id, 0) + 1
    return found


def _stayed(today: dt.date) -> list[checks.Stayed]:
    """Return who stayed at each mark, of those who started within the last two years."""
    session = db.session()
    since = today - dt.timedelta(days=730)
    return [
        checks.stayed(session, since=since, until=today, mark=mark)
        for mark in checks.marks(session)
    ]
