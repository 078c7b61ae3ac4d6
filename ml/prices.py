"""Congestion prices by entropic optimal transport.

Every vacancy wants its seats filled, and a person can be in one place (``capacity``). The plan
``max <P, S> + eps * H(P)`` with row mass = seats and column mass <= capacity has a multiplier
``v <= 1`` for each person: 1 for whoever is not wanted by more than can have them. Where there are
more seats than people the seats are scaled down to what there is; everybody is then wanted, so
multipliers are read against the median person's. ``eps * log v`` is what a crowded person's score
loses. Nobody gains, and no fit moves.

Sinkhorn in the log domain, block by block of people; one pass of exponentials serves both sides.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BLOCK = 8192  # people handled at a time: 300 vacancies x 8192 doubles = 20 MB
_ROUNDS = 200
_TOLERANCE = 1e-3  # part of the seats still unplaced

Floats = NDArray[np.float64]


def sinkhorn(
    scores: NDArray[np.float32], seats: Floats, *, eps: float = 0.1,
    capacity: Floats | None = None, rounds: int = _ROUNDS,
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
    row = seats * min(1.0, float(column.sum() / seats.sum()))
    log_v = np.zeros(n_columns)
    log_u = np.log(row) - _row_mass(scores, np.zeros(n_rows), log_v, eps)
    for _ in range(rounds):
        mass = np.zeros(n_rows)
        for start in range(0, n_columns, _BLOCK):
            part = slice(start, start + _BLOCK)
            log_v[part], filled = _columns(scores[:, part], log_u, column[part], eps)
            mass += filled
        error = float(np.abs(mass - row).sum() / row.sum())
        log_u += np.log(row) - np.log(mass)
        if error < _TOLERANCE:
            break
    return np.minimum(log_v - np.median(log_v), 0.0)


def _columns(
    scores: NDArray[np.float32], log_u: Floats, column: Floats, eps: float
) -> tuple[Floats, Floats]:
    """Multipliers that keep every column within its capacity, and the rows' mass that follows."""
    exponent = scores / np.float64(eps) + log_u[:, None]
    top = exponent.max(axis=0)
    plan = np.exp(exponent - top)
    log_v = np.minimum(np.log(column) - top - np.log(plan.sum(axis=0)), 0.0)
    plan *= np.exp(log_v + top)
    return log_v, plan.sum(axis=1)


def _row_mass(scores: NDArray[np.float32], log_u: Floats, log_v: Floats, eps: float) -> Floats:
    """Log of each row's mass under the multipliers, by blocks."""
    total = np.full(len(log_u), -np.inf)
    for start in range(0, scores.shape[1], _BLOCK):
        part = slice(start, start + _BLOCK)
        exponent = scores[:, part] / np.float64(eps) + log_v[part] + log_u[:, None]
        total = np.logaddexp(total, np.logaddexp.reduce(exponent, axis=1))
    return total
