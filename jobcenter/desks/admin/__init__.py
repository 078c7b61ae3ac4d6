"""The administrator's desk: accounts, the ledger, code lists and registers."""

from __future__ import annotations

from jobcenter.desks.admin import (
    consent_texts,
    dated,
    factor,
    forms,
    health,
    interests,
    invitations,
    ledger,
    lists,
    messages,
    occupations,
    places,
    settings,
    sights,
    units,
    users,
)
from jobcenter.desks.admin.blueprint import desk

__all__ = [
    "consent_texts",
    "dated",
    "desk",
    "factor",
    "forms",
    "health",
    "interests",
    "invitations",
    "ledger",
    "lists",
    "messages",
    "occupations",
    "places",
    "settings",
    "sights",
    "units",
    "users",
]
