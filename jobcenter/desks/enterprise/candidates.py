"""Masked candidates."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.enterprise.blueprint import desk


@desk.get("/candidates")
@allow(Right.OWN_FIRM)
def candidates() -> ResponseReturnValue:
    """Masked candidates."""
    return ""
