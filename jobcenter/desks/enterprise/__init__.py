"""The enterprise's desk: its record, users, vacancies and the masked candidates for them."""

from __future__ import annotations

from jobcenter.desks.enterprise import (
    candidates,
    facts,
    firm,
    hires,
    requests,
    sheets,
    users,
    vacancies,
)
from jobcenter.desks.enterprise.blueprint import desk

__all__ = [
    "candidates",
    "desk",
    "facts",
    "firm",
    "hires",
    "requests",
    "sheets",
    "users",
    "vacancies",
]
