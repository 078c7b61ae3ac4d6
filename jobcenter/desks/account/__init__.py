"""Everybody's own account: name, language, password, second factor, where one is signed in."""

from __future__ import annotations

from jobcenter.desks.account import confirm, factor, inbox, own
from jobcenter.desks.account.blueprint import desk

__all__ = ["confirm", "desk", "factor", "inbox", "own"]
