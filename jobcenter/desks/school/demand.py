"""What the vacancies ask for."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.school.blueprint import desk


@desk.get("/demand")
@allow(Right.SCHOOL)
def demand() -> ResponseReturnValue:
    """What the vacancies ask for."""
    return ""
