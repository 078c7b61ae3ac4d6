"""The school's desk: which occupations the open vacancies ask for."""

from __future__ import annotations

from jobcenter.desks.school import demand
from jobcenter.desks.school.blueprint import desk

__all__ = ["demand", "desk"]
