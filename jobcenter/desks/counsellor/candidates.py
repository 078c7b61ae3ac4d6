"""Candidates for a vacancy."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.counsellor.blueprint import desk


@desk.get("/candidates")
@allow(Right.MATCHES_READ)
def candidates() -> ResponseReturnValue:
    """Candidates for a vacancy."""
    return ""
