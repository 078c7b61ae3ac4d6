"""The person's own file."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.seeker.blueprint import desk


@desk.get("/file")
@allow(Right.OWN_FILE)
def file() -> ResponseReturnValue:
    """The person's own file."""
    return ""
