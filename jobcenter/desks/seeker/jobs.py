"""Jobs that fit."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.seeker.blueprint import desk


@desk.get("/jobs")
@allow(Right.OWN_FILE)
def jobs() -> ResponseReturnValue:
    """Jobs that fit."""
    return ""
