"""The register of enterprises."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.counsellor.blueprint import desk


@desk.get("/enterprises")
@allow(Right.ENTERPRISES_READ)
def enterprises() -> ResponseReturnValue:
    """The register of enterprises."""
    return ""
