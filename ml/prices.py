"""Congestion prices by entropic optimal transport.

Every vacancy wants its seats filled, and a person can be in one place (``capacity``). The plan
``max <P, S> + eps * H(P)`` with row mass = seats and column mass <= capacity has a multiplier
``v <= 1`` for each person: 1 for whoever is not wanted by more than can have them. Where there are
more seats than people the seats are scaled down to what there is; everybody is then wanted, so
multipliers are read against the median person's. ``eps * log v`` is what a crowded person's score
loses. Nobody gains, and no fit moves.

The multipliers of the people follow from those of the vacancies, of which there are few. A few
rounds of Sinkhorn come near; Newton's method on the vacancies' multipliers then ends at the
optimum itself, where Sinkhorn alone creeps when seats nearly equal people. All in the log domain,
block by block of people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BLOCK = 8192  # people handled at a time: 300 vacancies x 8192 doubles = 20 MB
_WARM = 8  # rounds of Sinkhorn to begin with
_STEPS = 60  # of Newton; five to fifteen do
_TOLERANCE = 1e-9  # part of the seats still unplaced
_HALVINGS = 30
_LONGEST = 4.0  # of a step: where all are full the curvature says nothing of the common level
_RIDGE = 1e-12  # of the mean seats: groups of vacancies that share nobody have a free level each

Floats = NDArray[np.float64]


def sinkhorn(
    scores: NDArray[np.float32], seats: Floats, *, eps: float = 0.1,
    capacity: Floats | None = None,
) -> Floats | None:  # fmt: skip
    """``log v`` of each person, 0 or less; None where nothing competes (fewer than two vacancies).

    scores: vacancies x people. seats: people wanted, > 0. capacity: 1 each unless given.
    """
    if eps <= 0:
        raise ValueError("eps must be positive")
    n_rows, n_columns = scores.shape
    if n_rows < 2 or n_columns < 2:
        return None
    column = np.ones(n_columns) if capacity is None else capacity
    enough = seats.sum() < column.sum()
    row = seats * min(1.0, float(column.sum() / seats.sum()))
    market = _Market(scores, row, column, eps, most=0.0 if enough else np.inf)
    log_v = market.log_v(_solve(market))
    return np.minimum(log_v - np.median(log_v), 0.0)


@dataclass(frozen=True)
class _Point:
    """The market at given multipliers of the vacancies."""

    log_u: Floats
    cost: float  # what the optimum makes least
    mass: Floats  # people that each vacancy gets
    curvature: Floats  # second derivatives

    def unplaced(self, row: Floats) -> float:
        return float(np.abs(self.mass - row).sum() / row.sum())


@dataclass(frozen=True)
class _Market:
    scores: NDArray[np.float32]
    row: Floats
    column: Floats
    eps: float
    most: float  # of log v: 0 where people are enough; no bound where everybody is wanted

    def log_v(self, log_u: Floats) -> Floats:
        """Multipliers that keep every person within their capacity."""
        return np.concatenate([self._part(log_u, part)[0] for part in self._parts()])

    def mass(self, log_u: Floats) -> Floats:
        """People that each vacancy gets."""
        mass = np.zeros(len(log_u))
        for part in self._parts():
            mass += self._part(log_u, part)[1].sum(axis=1)
        return mass

    def at(self, log_u: Floats) -> _Point:
        """Cost, its slope (mass less seats) and its curvature, in one pass."""
        cost = -float(self.row @ log_u)
        mass = np.zeros(len(log_u))
        curvature = np.zeros((len(log_u), len(log_u)))
        for part in self._parts():
            log_v, plan, reach = self._part(log_u, part)
            column = self.column[part]
            full = log_v < self.most
            filled = plan.sum(axis=0)
            cost += float(np.where(full, column * (1.0 + reach - np.log(column)), filled).sum())
            mass += plan.sum(axis=1)
            shared = plan[:, full]
            curvature -= (shared / column[full]) @ shared.T
        curvature[np.diag_indices(len(log_u))] += mass
        return _Point(log_u, cost, mass, curvature)

    def _part(self, log_u: Floats, part: slice) -> tuple[Floats, Floats, Floats]:
        """log v, the plan and the log of the unbounded column sums, of some people."""
        exponent = self.scores[:, part] / np.float64(self.eps) + log_u[:, None]
        top = exponent.max(axis=0)
        plan = np.exp(exponent - top)
        reach = top + np.log(plan.sum(axis=0))
        log_v = np.minimum(np.log(self.column[part]) - reach, self.most)
        plan *= np.exp(log_v + top)
        return log_v, plan, reach

    def _parts(self) -> list[slice]:
        return [slice(at, at + _BLOCK) for at in range(0, self.scores.shape[1], _BLOCK)]


def _solve(market: _Market) -> Floats:
    """The vacancies' multipliers at the optimum."""
    log_u = -market.scores.max(axis=1) / np.float64(market.eps)
    for _ in range(_WARM):
        log_u += np.log(market.row) - np.log(market.mass(log_u))
    point = market.at(log_u)
    for _ in range(_STEPS):
        if point.unplaced(market.row) < _TOLERANCE:
            break
        better = _step(market, point)
        if better is None:
            break
        point = better
    return point.log_u


def _step(market: _Market, point: _Point) -> _Point | None:
    """One step of Newton, halved until the cost falls; None where rounding ends it."""
    slope = point.mass - market.row
    curvature = point.curvature + np.diag(np.full(len(slope), _RIDGE * market.row.mean()))
    if market.most > 0:  # the level of all is free: any shift costs the same, so ask for none
        curvature += market.row.mean() / len(slope)
    step = -np.linalg.solve(curvature, slope)
    step *= min(1.0, _LONGEST / float(np.abs(step).max()))
    fall = float(slope @ step)
    length = 1.0
    for _ in range(_HALVINGS):
        tried = market.at(point.log_u + length * step)
        enough = tried.cost <= point.cost + 1e-4 * length * fall
        if enough or tried.unplaced(market.row) < 0.5 * point.unplaced(market.row):
            return tried
        length /= 2
    return None
