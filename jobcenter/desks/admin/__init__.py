"""The administrator's desk: accounts, the ledger, code lists and registers."""

from __future__ import annotations

from jobcenter.desks.admin import (
    dated,
    factor,
    forms,
    ledger,
    lists,
    occupations,
    places,
    units,
    users,
)
from jobcenter.desks.admin.blueprint import desk

__all__ = [
    "dated",
    "desk",
    "factor",
    "forms",
    "ledger",
    "lists",
    "occupations",
    "places",
    "units",
    "users",
]
