"""How words, criteria and price make one score, and how a shown number is cut into its parts.

A side (job, wish) is ``sum(weight * share) / sum(weight)`` over what the vacancy states, in
hundredths of a point (0..10000). The rank score is the weighted mean of the two sides, 0..1, less
what congestion takes (``eps * log v``, 0 or less). The shown fit is the side rounded half up, and
its parts are cut by largest remainder, so that they add up to the shown number exactly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.criteria import FULL, NEUTRAL, Verdict


class State(StrEnum):
    """How a criterion stands."""

    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Part:
    """One line of a fit. ``hundredths`` of ``of_hundredths`` points; ``asked``/``have`` as data."""

    code: str
    hundredths: int
    of_hundredths: int
    state: State
    asked: Any = None
    have: Any = None

    @property
    def points(self) -> float:
        """Points out of 100."""
        return self.hundredths / 100


@dataclass(frozen=True)
class Fit:
    """A number 0..100 in hundredths and the parts that add up to it; no parts: nothing stated."""

    hundredths: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def points(self) -> float:
        """Points out of 100."""
        return self.hundredths / 100

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True)
class GateResult:
    """A gate's answer, with what was asked and what the person has."""

    code: str
    verdict: Verdict
    asked: Any = None
    have: Any = None


@dataclass(frozen=True)
class Match:
    """One person for one vacancy. ``rank`` counts from 1, equal people share it.

    ``score`` is what the list is ordered by (0..1 before the price); ``price`` is what congestion
    takes from it (0 or less), None when prices are off; ``tie_group`` is equal for equal
    people and None for a person who stands alone.
    """

    vacancy_id: str
    profile_id: str
    rank: int
    score: float
    job_fit: Fit
    wish_fit: Fit
    price: float | None
    gates: tuple[GateResult, ...]
    text: float
    introduced: int
    tie_group: int | None = None
    set_back: int = 0  # ranks lost in this list because many vacancies want the person

    @property
    def failed(self) -> bool:
        """Whether a gate says no; such a person stands below all the others."""
        return any(gate.verdict is Verdict.FAIL for gate in self.gates)


def text_share(cosine: Any) -> Any:
    """Share 0..10000 of a cosine: its square root, since real cosines crowd near 0.1.

    Two different texts on one trade reach .1 to .4; the root spreads them and keeps their order.
    """
    return FULL * np.sqrt(np.minimum(np.maximum(np.asarray(cosine, dtype=np.float64), 0.0), 1.0))


def side_value(points: Any, weight: int) -> Any:
    """A side in hundredths; 0 where the vacancy states nothing on it."""
    return points / weight if weight else points * 0.0


def blend(job: Any, wish: Any, job_weight: int, wish_weight: int) -> NDArray[np.float64]:
    """The two sides as one score 0..1."""
    total = job_weight + wish_weight
    mixed: NDArray[np.float64] = (job * job_weight + wish * wish_weight) / (max(total, 1) * FULL)
    return mixed


def half_up(value: float) -> int:
    """Whole hundredths, halves up."""
    return math.floor(value + 0.5)


def cut(total: int, sizes: Sequence[float]) -> list[int]:
    """Whole parts in proportion to ``sizes`` (not negative) that add up to ``total`` exactly."""
    whole = sum(sizes)
    if not whole:
        return [0] * len(sizes)
    exact = [total * size / whole for size in sizes]
    parts = [math.floor(value) for value in exact]
    by_remainder = sorted(range(len(sizes)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def make_fit(lines: Sequence[tuple[str, int, float | None, Any, Any]], value: float) -> Fit:
    """The fit of lines ``(code, weight, share or None, asked, have)`` whose side is ``value``."""
    if not lines:
        return Fit()
    shares = [NEUTRAL if share is None else share for _, _, share, _, _ in lines]
    weights = [weight for _, weight, _, _, _ in lines]
    total = half_up(value)
    got = cut(total, [w * s for w, s in zip(weights, shares, strict=True)])
    whole = [
        got[i] if share == FULL else max(most, got[i])
        for i, (share, most) in enumerate(zip(shares, cut(FULL, weights), strict=True))
    ]
    return Fit(total, tuple(
        Part(code, got[i], whole[i], _state(share), asked, have)
        for i, (code, _, share, asked, have) in enumerate(lines)
    ))  # fmt: skip


def _state(share: float | None) -> State:
    if share is None:
        return State.UNKNOWN
    if share >= FULL:
        return State.MET
    return State.PARTLY if share > 0 else State.UNMET
