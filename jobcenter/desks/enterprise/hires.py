"""Who the firm hired into its vacancies."""

from __future__ import annotations

import uuid

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks import vacancy_hires
from jobcenter.desks.access import allow
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.enterprise.vacancies import HERE


@desk.get("/vacancies/<uuid:key>/hires")
@allow(Right.OWN_FIRM)
def hires(key: uuid.UUID) -> ResponseReturnValue:
    """Show who was hired, and who left."""
    return vacancy_hires.page(HERE, key)


@desk.post("/vacancies/<uuid:key>/hires")
@allow(Right.OWN_FIRM)
def hire(key: uuid.UUID) -> ResponseReturnValue:
    """Write down that somebody starts in the job."""
    return vacancy_hires.hire(HERE, key)


@desk.post("/placements/<uuid:key>/end")
@allow(Right.OWN_FIRM)
def end_placement(key: uuid.UUID) -> ResponseReturnValue:
    """Write down that somebody left the job."""
    return vacancy_hires.end(HERE, key)
