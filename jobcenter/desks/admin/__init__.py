"""The administrator's desk: accounts and the ledger."""

from __future__ import annotations

from jobcenter.desks.admin import forms, ledger, lists, users
from jobcenter.desks.admin.blueprint import desk

__all__ = ["desk", "forms", "ledger", "lists", "users"]
