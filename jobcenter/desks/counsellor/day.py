"""The counsellor's day."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.counsellor.blueprint import desk


@desk.get("/day")
@allow(Right.SEEKERS_WRITE)
def day() -> ResponseReturnValue:
    """The counsellor's day."""
    return ""
