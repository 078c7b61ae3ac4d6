"""The administrator's desk: accounts and the ledger."""

from __future__ import annotations

from jobcenter.desks.admin import ledger, lists, users
from jobcenter.desks.admin.blueprint import desk

__all__ = ["desk", "ledger", "lists", "users"]
