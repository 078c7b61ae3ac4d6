"""The register of job seekers."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.counsellor.blueprint import desk


@desk.get("/seekers")
@allow(Right.SEEKERS_READ)
def seekers() -> ResponseReturnValue:
    """The register of job seekers."""
    return ""
