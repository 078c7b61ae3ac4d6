"""The enterprise's desk: its own vacancies and the masked candidates for them, nothing else."""

from __future__ import annotations

from jobcenter.desks.enterprise import candidates, firm, vacancies
from jobcenter.desks.enterprise.blueprint import desk

__all__ = ["candidates", "desk", "firm", "vacancies"]
