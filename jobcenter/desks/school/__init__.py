"""The school's desk: the day, classes, timetables, learners, teaching, certificates, the plan."""

from __future__ import annotations

from jobcenter.desks.school import (
    applying,
    attendance,
    blanks,
    certificates,
    classes,
    day,
    decision,
    demand,
    enrolments,
    exports,
    marks,
    money,
    papers,
    programmes,
    resources,
    safety,
    teaching,
    timetable,
)
from jobcenter.desks.school.blueprint import desk

__all__ = [
    "applying",
    "attendance",
    "blanks",
    "certificates",
    "classes",
    "day",
    "decision",
    "demand",
    "desk",
    "enrolments",
    "exports",
    "marks",
    "money",
    "papers",
    "programmes",
    "resources",
    "safety",
    "teaching",
    "timetable",
]
