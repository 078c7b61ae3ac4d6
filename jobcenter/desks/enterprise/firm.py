"""The firm's own record."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.enterprise.blueprint import desk


@desk.get("/firm")
@allow(Right.OWN_FIRM)
def firm() -> ResponseReturnValue:
    """The firm's own record."""
    return ""
