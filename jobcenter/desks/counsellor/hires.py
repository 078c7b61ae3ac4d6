"""Who was hired into a vacancy."""

from __future__ import annotations

import uuid

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks import vacancy_hires
from jobcenter.desks.access import allow
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.vacancies import HERE


@desk.get("/vacancies/<uuid:key>/hires")
@allow(Right.MATCHES_READ)
def hires(key: uuid.UUID) -> ResponseReturnValue:
    """Show who was hired, and who left."""
    return vacancy_hires.page(HERE, key)


@desk.post("/vacancies/<uuid:key>/hires")
@allow(Right.VACANCIES_WRITE)
def hire(key: uuid.UUID) -> ResponseReturnValue:
    """Write down that somebody starts in the job."""
    return vacancy_hires.hire(HERE, key)


@desk.post("/placements/<uuid:key>/end")
@allow(Right.VACANCIES_WRITE)
def end_placement(key: uuid.UUID) -> ResponseReturnValue:
    """Write down that somebody left the job."""
    return vacancy_hires.end(HERE, key)


@desk.post("/placements/<uuid:key>/confirm")
@allow(Right.VACANCIES_WRITE)
def confirm_placement(key: uuid.UUID) -> ResponseReturnValue:
    """Confirm a hire that the firm reported."""
    return vacancy_hires.confirm(HERE, key)
