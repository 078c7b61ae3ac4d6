"""Congestion prices by entropic optimal transport.

Every vacancy wants its seats filled and every person can be in one place. The plan
``max <P, S> + eps * H(P)`` with row mass = seats and equal column mass = the person's capacity
(seats scaled to meet it) has one multiplier for each person; ``eps * log v`` is what their score
must change by so that nobody is recommended to everyone. Sinkhorn in the log domain; one pass of
exponentials per round serves both sides, block by block of people.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BLOCK = 8192  # people handled at a time: 300 vacancies x 8192 doubles = 20 MB
_MAX_ROUNDS = 200
_TOLERANCE = 1e-3

Floats = NDArray[np.float64]


def sinkhorn(
    scores: NDArray[np.float32], seats: Floats, *, eps: float = 0.1,
    capacity: Floats | None = None, rounds: int = _MAX_ROUNDS,
) -> Floats | None:  # fmt: skip
    """``log v`` of each person (mean 0); None when there are fewer than two vacancies.

    scores: vacancies x people. seats: people wanted, > 0. capacity: 1 each unless given. A single
    vacancy has no competitor and so no price.
    """
    if eps <= 0:
        raise ValueError("eps must be positive")
    n_rows, n_columns = scores.shape
    if n_rows < 2 or n_columns < 2:
        return None
    row = seats / seats.sum()
    column = np.ones(n_columns) if capacity is None else capacity
    column = column / column.sum()
    log_u = np.log(row)
    log_v = np.zeros(n_columns)
    for _ in range(rounds):
        mass = np.zeros(n_rows)
        for start in range(0, n_columns, _BLOCK):
            part = slice(start, start + _BLOCK)
            log_v[part], filled = _columns(scores[:, part], log_u, column[part], eps)
            mass += filled
        error = float(np.abs(mass - row).sum())
        log_u += np.log(row) - np.log(mass)
        if error < _TOLERANCE:
            break
    centred: Floats = log_v - log_v.mean()
    return centred


def _columns(
    scores: NDArray[np.float32], log_u: Floats, column: Floats, eps: float
) -> tuple[Floats, Floats]:
    """The columns' multipliers that meet their mass exactly, and the rows' mass that follows."""
    exponent = scores / np.float64(eps) + log_u[:, None]
    top = exponent.max(axis=0)
    plan = np.exp(exponent - top)
    total = plan.sum(axis=0)
    plan *= column / total
    return np.log(column) - top - np.log(total), plan.sum(axis=1)
