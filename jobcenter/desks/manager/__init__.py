"""The manager's desk: counts with a way down to their rows."""

from __future__ import annotations

from jobcenter.desks.manager import frozen, overview, reports
from jobcenter.desks.manager.blueprint import desk

__all__ = ["desk", "frozen", "overview", "reports"]
