"""Measures of a ranking against judgements, and their intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

RELEVANT = 2  # binary measures count grades from here
Grades = Mapping[str, int]


def ndcg(ranking: Sequence[str], grades: Grades, *, cut: int = 10) -> float:
    """Normalised discounted cumulative gain; the gain of grade g is 2^g - 1."""
    ideal = sorted(grades.values(), reverse=True)[:cut]
    best = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(ideal))
    got = sum((2 ** grades.get(id_, 0) - 1) / math.log2(place + 2)
              for place, id_ in enumerate(ranking[:cut]))  # fmt: skip
    return got / best if best else 0.0


def average_precision(ranking: Sequence[str], grades: Grades) -> float:
    """Mean precision at each relevant place."""
    found, total = 0, 0.0
    for place, id_ in enumerate(ranking, start=1):
        if grades.get(id_, 0) >= RELEVANT:
            found += 1
            total += found / place
    wanted = _relevant(grades)
    return total / wanted if wanted else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """One over the place of the first relevant one."""
    places = (place for place, id_ in enumerate(ranking, start=1)
              if grades.get(id_, 0) >= RELEVANT)  # fmt: skip
    first = next(places, 0)
    return 1 / first if first else 0.0


def recall(ranking: Sequence[str], grades: Grades, *, cut: int = 100) -> float:
    """Part of the relevant ones within the cut."""
    found = sum(grades.get(id_, 0) >= RELEVANT for id_ in ranking[:cut])
    wanted = _relevant(grades)
    return found / wanted if wanted else 0.0


MEASURES: dict[str, Callable[[Sequence[str], Grades], float]] = {
    "ndcg@10": ndcg,
    "map": average_precision,
    "mrr": reciprocal_rank,
    "recall@100": recall,
}


def interval(values: Sequence[float], *, seed: int = 1, draws: int = 2000) -> dict[str, float]:
    """Mean with the bootstrap 95 % interval over queries."""
    data = np.asarray(values, dtype=np.float64)
    if not len(data):
        return {"value": 0.0, "low": 0.0, "high": 0.0}
    picks = np.random.default_rng(seed).integers(0, len(data), size=(draws, len(data)))
    low, high = np.percentile(data[picks].mean(axis=1), [2.5, 97.5])
    return {"value": float(data.mean()), "low": float(low), "high": float(high)}


def gini(amounts: Sequence[float]) -> float:
    """0 when everybody has the same, near 1 when one has all; 0 for nothing."""
    data = np.sort(np.asarray(amounts, dtype=np.float64))
    total = float(data.sum())
    if not len(data) or total <= 0:
        return 0.0
    place = np.arange(1, len(data) + 1)
    return float((2 * place - len(data) - 1) @ data / (len(data) * total))


def _relevant(grades: Grades) -> int:
    return sum(grade >= RELEVANT for grade in grades.values())
