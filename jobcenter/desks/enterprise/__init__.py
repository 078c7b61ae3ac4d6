"""The enterprise's desk: its record, users, vacancies, candidates and who was put forward."""

from __future__ import annotations

from jobcenter.desks.enterprise import (
    candidates,
    facts,
    firm,
    hires,
    referrals,
    requests,
    safety,
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
    "referrals",
    "requests",
    "safety",
    "sheets",
    "users",
    "vacancies",
]
