"""From attendance and marks to a result: pure arithmetic in exact fractions, one line per step.

Averages are rounded half up to a tenth at each step that a grade book prints. Of an end test or an
examination that was sat again the best turn counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from jobcenter.courses.choices import Grade
from jobcenter.kernel.words import N_
from jobcenter.teaching.choices import MarkKind

PASS, FAIL, ASK = "pass", "fail", "ask"


@dataclass(frozen=True)
class Weights:
    """How much each mark counts; `course_share` is the percent of a module got on the way."""

    regular: int = 1
    periodic: int = 2
    course_share: int = 40
    modules: int = 3
    practice: int = 2
    theory: int = 1


@dataclass(frozen=True)
class Bounds:
    """What the rule of the programme type asks; marks in tenths, floors in percent."""

    theory_floor: int = 0
    practice_floor: int = 0
    module_mark: int = 50
    pass_mark: int = 50
    grades: Sequence[tuple[int, Grade]] = ()
    needed: Sequence[MarkKind] = ()


@dataclass(frozen=True)
class ModuleMarks:
    """The marks of one module in tenths, by kind, and its weight among the modules."""

    code: str
    hours: int
    marks: Mapping[MarkKind, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Time:
    """Minutes of one kind of session: held so far, and missed of them."""

    held: int = 0
    missed: int = 0

    @property
    def share(self) -> Fraction:
        """Return the percent that was attended; nothing held is nothing missed."""
        return Fraction(100 * (self.held - self.missed), self.held) if self.held else Fraction(100)


@dataclass(frozen=True)
class Step:
    """One line of a reckoning: pass, fail or ask (something is missing); words with values."""

    state: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What comes out: `grade` None while something is missing."""

    grade: Grade | None
    average: int | None
    steps: Sequence[Step]

    @property
    def is_passed(self) -> bool:
        """Say whether everything was reached."""
        return self.grade is not None and self.grade is not Grade.FAILED


def tenth(value: Fraction) -> int:
    """Round half up to a whole number of tenths."""
    return int((value * 2 + 1) // 2)


def module_average(marks: Mapping[MarkKind, Sequence[int]], weights: Weights) -> int | None:
    """Return the average of a module in tenths; None while its end test has no mark."""
    ends = marks.get(MarkKind.END, ())
    if not ends:
        return None
    end = max(ends)
    regular, periodic = marks.get(MarkKind.REGULAR, ()), marks.get(MarkKind.PERIODIC, ())
    count = weights.regular * len(regular) + weights.periodic * len(periodic)
    if not count:
        return end
    course = Fraction(weights.regular * sum(regular) + weights.periodic * sum(periodic), count)
    share = Fraction(weights.course_share, 100)
    return tenth(course * share + end * (1 - share))


def modules_average(modules: Sequence[ModuleMarks], weights: Weights) -> int | None:
    """Return the average of all modules by their hours; None while one has none."""
    found = [(one.hours, module_average(one.marks, weights)) for one in modules]
    hours = sum(hours for hours, _mark in found)
    if not hours or any(mark is None for _hours, mark in found):
        return None
    return tenth(Fraction(sum(hours * (mark or 0) for hours, mark in found), hours))


def reckon(
    *, theory: Time, practice: Time, modules: Sequence[ModuleMarks],
    exams: Mapping[MarkKind, Sequence[int]], bounds: Bounds, weights: Weights,
) -> Outcome:  # fmt: skip
    """Return result and reckoning of one learner."""
    steps = [*_attended(theory, practice, bounds), *_modules(modules, bounds, weights)]
    steps += _exams(exams, bounds)
    average = _average(modules, exams, weights)
    states = {step.state for step in steps}
    if ASK in states and FAIL not in states:
        return Outcome(None, average, steps)
    if average is None:
        grade = Grade.FAILED if FAIL in states else None
        if not modules and not bounds.needed and FAIL not in states:
            grade = Grade.PASSED
        return Outcome(grade, None, steps)
    steps.append(_final(average, bounds))
    if FAIL in {step.state for step in steps}:
        return Outcome(Grade.FAILED, average, steps)
    earned = (name for bound, name in sorted(bounds.grades, reverse=True) if average >= bound)
    return Outcome(next(earned, Grade.PASSED), average, steps)


def _attended(theory: Time, practice: Time, bounds: Bounds) -> list[Step]:
    found = []
    for time, floor, good, bad in (
        (theory, bounds.theory_floor, N_("Dự %(share)s%% giờ lý thuyết, cần %(floor)s%%"),
         N_("Chỉ dự %(share)s%% giờ lý thuyết, cần %(floor)s%%")),
        (practice, bounds.practice_floor, N_("Dự %(share)s%% giờ thực hành, cần %(floor)s%%"),
         N_("Chỉ dự %(share)s%% giờ thực hành, cần %(floor)s%%")),
    ):  # fmt: skip
        if floor and time.held:
            reached = time.share >= floor
            values = {"share": int(time.share), "floor": floor}
            found.append(Step(PASS if reached else FAIL, good if reached else bad, values))
    return found


def _modules(modules: Sequence[ModuleMarks], bounds: Bounds, weights: Weights) -> list[Step]:
    found = []
    for one in modules:
        mark = module_average(one.marks, weights)
        values = {"code": one.code, "mark": mark, "least": bounds.module_mark}
        if mark is None:
            found.append(Step(ASK, N_("Mô đun %(code)s chưa có điểm kết thúc"), values))
        elif mark >= bounds.module_mark:
            found.append(Step(PASS, N_("Mô đun %(code)s: %(mark)s, cần %(least)s"), values))
        else:
            found.append(Step(FAIL, N_("Mô đun %(code)s: %(mark)s, chưa tới %(least)s"), values))
    return found


_EXAM_WORDS = {
    MarkKind.EXAM_THEORY: (
        N_("Chưa có điểm thi lý thuyết"), N_("Thi lý thuyết: %(mark)s, cần %(least)s"),
        N_("Thi lý thuyết: %(mark)s, chưa tới %(least)s"),
    ),
    MarkKind.EXAM_PRACTICE: (
        N_("Chưa có điểm thi thực hành"), N_("Thi thực hành: %(mark)s, cần %(least)s"),
        N_("Thi thực hành: %(mark)s, chưa tới %(least)s"),
    ),
}  # fmt: skip


def _exams(exams: Mapping[MarkKind, Sequence[int]], bounds: Bounds) -> list[Step]:
    found = []
    for kind, (missing, good, bad) in _EXAM_WORDS.items():
        turns = exams.get(kind, ())
        if not turns:
            if kind in bounds.needed:
                found.append(Step(ASK, missing))
            continue
        reached = max(turns) >= bounds.pass_mark
        values = {"mark": max(turns), "least": bounds.pass_mark}
        found.append(Step(PASS if reached else FAIL, good if reached else bad, values))
    return found


def _average(
    modules: Sequence[ModuleMarks], exams: Mapping[MarkKind, Sequence[int]], weights: Weights
) -> int | None:
    parts = [
        (weights.modules, modules_average(modules, weights)),
        (weights.practice, max(exams.get(MarkKind.EXAM_PRACTICE, ()), default=None)),
        (weights.theory, max(exams.get(MarkKind.EXAM_THEORY, ()), default=None)),
    ]
    if modules and parts[0][1] is None:
        return None
    there = [(weight, mark) for weight, mark in parts if mark is not None and weight]
    if not there:
        return None
    return tenth(Fraction(sum(w * m for w, m in there), sum(w for w, _m in there)))


def _final(average: int, bounds: Bounds) -> Step:
    values = {"mark": average, "least": bounds.pass_mark}
    if average >= bounds.pass_mark:
        return Step(PASS, N_("Điểm tổng kết: %(mark)s, cần %(least)s"), values)
    return Step(FAIL, N_("Điểm tổng kết: %(mark)s, chưa tới %(least)s"), values)
