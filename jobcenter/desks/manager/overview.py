"""Counts with a way down to their rows."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.manager.blueprint import desk


@desk.get("/overview")
@allow(Right.OVERVIEW)
def overview() -> ResponseReturnValue:
    """Counts with a way down to their rows."""
    return ""
