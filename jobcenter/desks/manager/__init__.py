"""The manager's desk: counts with a way down to their rows."""

from __future__ import annotations

from jobcenter.desks.manager import bulletins, frozen, overview, reports, workload
from jobcenter.desks.manager.blueprint import desk

__all__ = ["bulletins", "desk", "frozen", "overview", "reports", "workload"]
