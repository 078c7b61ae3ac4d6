"""The register of vacancies."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.counsellor.blueprint import desk


@desk.get("/vacancies")
@allow(Right.VACANCIES_READ)
def vacancies() -> ResponseReturnValue:
    """The register of vacancies."""
    return ""
