"""Results by the rules against a naive calculator that knows decimals only."""

from __future__ import annotations

import os
import random
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from jobcenter.courses.choices import Grade
from jobcenter.kernel.errors import Refused
from jobcenter.teaching.attendance import Sign, read_sign
from jobcenter.teaching.choices import MarkKind, Presence
from jobcenter.teaching.grading import (
    FAIL,
    Bounds,
    ModuleMarks,
    Time,
    Weights,
    module_average,
    reckon,
)
from jobcenter.teaching.marks import read_marks

R, P, E = MarkKind.REGULAR, MarkKind.PERIODIC, MarkKind.END
T, X = MarkKind.EXAM_THEORY, MarkKind.EXAM_PRACTICE
GRADES = [(90, Grade.EXCELLENT), (80, Grade.GOOD), (70, Grade.FAIR), (60, Grade.FAIRLY_AVERAGE),
          (50, Grade.AVERAGE)]  # fmt: skip
CASES = int(os.environ.get("JOBCENTER_RESULTS", "400"))


def half_up(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def naive(case: dict[str, Any]) -> tuple[str, Decimal | None]:  # noqa: C901 - it is naive
    """Return ("pass" | "fail" | "open", average on ten)."""
    failed = missing = False
    for held, missed, floor in case["time"]:
        if held and Decimal(held - missed) * 100 < Decimal(floor) * held:
            failed = True
    sum_, hours, open_ = Decimal(0), 0, False
    for one in case["modules"]:
        if not one[E]:
            missing = open_ = True
            continue
        end = Decimal(max(one[E])) / 10
        way = [Decimal(m) / 10 for m in one[R]] + [Decimal(m) / 10 for m in one[P] for _n in "12"]
        mark = half_up(sum(way) / len(way) * Decimal("0.4") + end * Decimal("0.6")) if way else end
        failed |= mark < 5
        sum_, hours = sum_ + mark * one["hours"], hours + one["hours"]
    parts: list[tuple[int, Decimal]] = []
    if case["modules"] and not open_:
        parts.append((3, half_up(sum_ / hours)))
    for kind, weight in ((X, 2), (T, 1)):
        if case["exams"][kind]:
            best = Decimal(max(case["exams"][kind])) / 10
            failed |= best < 5
            parts.append((weight, best))
        elif kind is X:
            missing = True
    average = None
    if parts and not open_:
        average = half_up(sum((w * m for w, m in parts), Decimal(0)) / sum(w for w, _m in parts))
    if missing and not failed:
        return "open", average
    failed |= average is not None and average < 5
    return ("fail" if failed else "pass"), average


def drawn(draw: random.Random) -> dict[str, Any]:
    def some(most: int, least: int = 0) -> list[int]:
        low = draw.choice((0, 40, 50))
        return [draw.randint(low, 100) for _n in range(draw.randint(least, most))]

    held = draw.choice((0, 600, 4500))
    return {
        "time": [
            (held, draw.choice((0, 0, held // 5, held // 4)), 80),
            (held, draw.choice((0, 0, 0, 30)) if held else 0, 100),
        ],
        "modules": [
            {R: some(3), P: some(2), E: some(2, draw.random() < 0.95), "hours": draw.randint(9, 99)}
            for _n in range(draw.randint(1, 4))
        ],
        "exams": {T: some(2), X: some(2, 1)},
    }  # fmt: skip


def test_results_agree_with_a_naive_calculator() -> None:
    draw = random.Random(f"{os.environ.get('JOBCENTER_SEED', '1')} results")
    seen = set()
    for _case in range(CASES):
        case = drawn(draw)
        out = reckon(
            theory=Time(*case["time"][0][:2]),
            practice=Time(*case["time"][1][:2]),
            modules=[
                ModuleMarks(f"MD{n}", one["hours"], {k: one[k] for k in (R, P, E)})
                for n, one in enumerate(case["modules"])
            ],
            exams=case["exams"],
            bounds=Bounds(80, 100, 50, 50, GRADES, (X,)),
            weights=Weights(),
        )
        state, average = naive(case)
        got = "open" if out.grade is None else "pass" if out.is_passed else "fail"
        assert (got, out.average) == (state, None if average is None else int(average * 10)), case
        if out.is_passed:
            assert out.grade == next(g for bound, g in GRADES if (out.average or 0) >= bound)
        assert (got == "fail") == any(step.state == FAIL for step in out.steps)
        seen.add(got)
    assert seen == {"open", "pass", "fail"}


def test_the_known_edges_of_rounding() -> None:
    marks = {R: [70], P: [80], E: [75]}
    assert module_average(marks, Weights()) == 76  # 7.6667*0.4 + 7.5*0.6 = 7.5667
    assert module_average({R: [49], E: [50]}, Weights(course_share=50)) == 50  # 4.95 up
    assert module_average({R: [90]}, Weights()) is None
    assert module_average({E: [30, 60]}, Weights()) == 60  # sat again: the best counts


@pytest.mark.parametrize(
    ("typed", "sign"),
    [
        ("c", Sign(Presence.PRESENT)), (".", Sign(Presence.PRESENT)),
        ("K", Sign(Presence.UNEXCUSED)),
        ("m 20", Sign(Presence.LATE, 20)), ("M", Sign(Presence.LATE, 15)), ("", None),
        ("B", Sign(Presence.MADE_UP)),
    ],
)  # fmt: skip
def test_signs_are_one_letter(typed: str, sign: Sign | None) -> None:
    assert read_sign(typed) == sign


@pytest.mark.parametrize("typed", ["X", "CC", "K20", "M1234", "đ", "\x00"[:0] + "20"])
def test_what_is_no_sign_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_sign(typed)


def test_marks_are_read_as_people_type_them() -> None:
    assert read_marks("7 8,5  9.0;10", R) == [70, 85, 90, 100]
    assert read_marks("", E) == []
    for wrong in ("11", "7,55", "bảy", "-1", "7 8 9 10"):
        with pytest.raises(Refused):
            read_marks(wrong, E)
