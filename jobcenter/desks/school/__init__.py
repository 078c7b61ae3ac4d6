"""The school's desk: demand, teaching."""

from __future__ import annotations

from jobcenter.desks.school import attendance, demand, marks, teaching
from jobcenter.desks.school.blueprint import desk

__all__ = ["attendance", "demand", "desk", "marks", "teaching"]
