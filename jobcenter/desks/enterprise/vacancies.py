"""The firm's own vacancies."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.enterprise.blueprint import desk


@desk.get("/vacancies")
@allow(Right.OWN_FIRM)
def vacancies() -> ResponseReturnValue:
    """The firm's own vacancies."""
    return ""
