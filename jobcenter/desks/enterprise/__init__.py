"""The enterprise's desk: its record, users, vacancies, candidates and who was put forward."""

from __future__ import annotations

from jobcenter.desks.enterprise import (
    candidates,
    classes,
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
    "classes",
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
