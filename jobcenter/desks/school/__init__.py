"""The school's desk: the day, classes, timetables, learners, teaching, programmes, the plan."""

from __future__ import annotations

from jobcenter.desks.school import (
    applying,
    attendance,
    classes,
    day,
    demand,
    enrolments,
    exports,
    marks,
    programmes,
    resources,
    teaching,
    timetable,
)
from jobcenter.desks.school.blueprint import desk

__all__ = [
    "applying",
    "attendance",
    "classes",
    "day",
    "demand",
    "desk",
    "enrolments",
    "exports",
    "marks",
    "programmes",
    "resources",
    "teaching",
    "timetable",
]
