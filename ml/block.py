"""People as arrays: rows of term weights and columns of codes, scored by scipy products.

A block never changes. The large one also holds posting lists (terms x people); small ones are
read row by row. Both ways add the same float32 numbers in the same order, so a person's score has
the same bits whichever way was taken, alone or among 150,000.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse._sparsetools import csc_matvec

from ml import columns
from ml.columns import Column
from ml.criteria import CRITERIA, GATES, NEUTRAL, Criterion, Gate, Verdict, Weights, is_stated
from ml.documents import Profile, Vacancy
from ml.filters import Filters
from ml.lexicon import Query, Rows
from ml.scoring import blend, side_value, text_share

Positions = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FAILED = 10.0  # taken from the order of a person whom a gate refuses; scores stay within -5..5
_FEW = 100  # people for whom reading their own rows beats searching hundreds of posting lists


@dataclass(frozen=True)
class Request:
    """One vacancy made ready: its terms, and what of it counts how much."""

    vacancy: Vacancy
    query: Query
    weights: Weights
    today: date | None = None

    @cached_property
    def _stated(self) -> dict[str, list[Criterion]]:
        stated = [c for c in CRITERIA if self.weights.of(c.code) and is_stated(c, self.vacancy)]
        return {side: [c for c in stated if c.side == side] for side in ("job", "wish")}

    def criteria(self, side: str) -> list[Criterion]:
        """The criteria of a side that the vacancy states and that weigh anything."""
        return self._stated[side]

    @property
    def text_weight(self) -> int:
        """0 when no word of the vacancy is known."""
        return self.weights.text if len(self.query.terms) else 0

    def side_weight(self, side: str) -> int:
        """The sum of weights that a side is divided by."""
        words = self.text_weight if side == "job" else 0
        return words + sum(self.weights.of(c.code) for c in self.criteria(side))

    def shared(self) -> tuple[int, int]:
        """How much the job and the wish side count; a side with nothing stated counts nothing."""
        return (self.weights.job * bool(self.side_weight("job")),
                self.weights.wish * bool(self.side_weight("wish")))  # fmt: skip


@dataclass(frozen=True)
class Scores:
    """Results for chosen positions; ``order`` is the score less FAILED where a gate refuses."""

    positions: Positions
    text: NDArray[np.float32]
    job: Floats
    wish: Floats
    score: Floats
    order: Floats


@dataclass(frozen=True)
class Block:
    """People (ascending by commune, then id) with their rows and columns."""

    ids: tuple[str, ...]
    rows: Rows
    columns: dict[str, Column]
    n_terms: int
    postings: sp.csr_array | None = None
    id_order: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    _scratch: threading.local = field(default_factory=threading.local, compare=False, repr=False)

    @classmethod
    def build(cls, profiles: Sequence[Profile], rows: Rows, n_terms: int) -> Block:
        """A block without posting lists; profiles and rows in the same order."""
        ids = tuple(profile.id for profile in profiles)
        return cls(ids, rows, columns.build(profiles), n_terms, None, _id_order(ids))

    def with_postings(self) -> Block:
        """The same block with posting lists, int32 throughout (mixed widths copy on each call)."""
        turned = _csr(self.rows, 0, len(self.ids), self.n_terms).tocsc()
        postings = sp.csr_array((turned.data, turned.indices.astype(np.int32, copy=False),
                                 turned.indptr.astype(np.int32, copy=False)),
                                shape=(self.n_terms, len(self.ids)))  # fmt: skip
        return Block(self.ids, self.rows, self.columns, self.n_terms, postings, self.id_order)

    def __len__(self) -> int:
        return len(self.ids)

    # --- who is asked about --------------------------------------------------------------------

    def survivors(self, alive: Flags | None, filters: Filters | None) -> Positions:
        """Positions that are alive and pass every filter (the keyword aside), ascending."""
        passed = [(self.columns[name], self.columns[name].table(test).astype(np.bool_))
                  for name, test in (filters.judges() if filters else ())]  # fmt: skip
        keep = np.ones(len(self), dtype=np.bool_) if alive is None else alive
        if passed:  # the first narrows everybody by mask, the others look only at who is left
            column, table = passed[0]
            keep = keep & table[column.codes]
        at = np.flatnonzero(keep)
        for column, table in passed[1:]:
            at = at[table[column.codes[at]]]
        return at

    # --- score ---------------------------------------------------------------------------------

    def scores(self, request: Request, at: Positions, prices: Floats | None) -> Scores:
        """Score the people at the positions (ascending)."""
        text = self.text(request.query, at)
        job = self._points(request, "job", at)
        if request.text_weight:
            job = job + request.text_weight * text_share(text)
        job = side_value(job, request.side_weight("job"))
        wish = side_value(self._points(request, "wish", at), request.side_weight("wish"))
        score = blend(job, wish, *request.shared())
        if prices is not None:
            score = score + prices[at]
        return Scores(at, text, job, wish, score, self._order(request, at, score))

    def _order(self, request: Request, at: Positions, score: Floats) -> Floats:
        refused = np.zeros(len(at), dtype=np.bool_)
        for gate in GATES:
            if not gate.stated(request.vacancy, request.today):
                continue
            if gate.column is None:
                refused |= gate.verdict(request.vacancy, None, request.today) is Verdict.FAIL
                continue
            column = self.columns[gate.column]
            table = column.table(_failing(gate, request))
            refused |= table[column.codes[at]].astype(np.bool_)
        return score - FAILED * refused if refused.any() else score

    def text(self, query: Query, at: Positions) -> NDArray[np.float32]:
        """Cosine (mean of two channels, or folded) of each position with the query."""
        if not len(query.terms) or not len(at):
            return np.zeros(len(at), dtype=np.float32)
        if self.postings is None or len(at) < _FEW:
            found = self._by_rows(query, at)
        else:
            first, last = self._run(at)
            found = self._by_postings(query, first, last)[at - first]
        if query.folded_only:
            found = found * np.where(self.rows.accented[at], np.float32(1), np.float32(0.5))
        return found

    def _run(self, at: Positions) -> tuple[int, int]:
        """The run of positions to add up: people of one place stand together, so it is short."""
        return int(at[0]), int(at[-1]) + 1

    def mass(self, query: Query) -> int:
        """How many postings the terms of the query have together."""
        if self.postings is None:
            return 0
        indptr = self.postings.indptr
        return int((indptr[query.terms + 1] - indptr[query.terms]).sum(dtype=np.int64))

    def _by_postings(self, query: Query, first: int, last: int) -> NDArray[np.float32]:
        """Add up the posting lists within first..last, term by term and in place.

        Slicing the lists out first costs twice as much. The kernel is the one behind
        ``csc_array @ vector``; a test holds it to that product, bit for bit.
        """
        found = np.zeros(len(self), dtype=np.float32)
        if self.postings is None:
            return found[first:last]
        indices, data = self.postings.indices, self.postings.data
        bounds = np.column_stack((self.postings.indptr[query.terms],
                                  self.postings.indptr[query.terms + 1]))  # fmt: skip
        if last - first < len(self):
            bounds = np.column_stack((_bisect(indices, bounds, first),
                                      _bisect(indices, bounds, last)))  # fmt: skip
        for i in np.flatnonzero(bounds[:, 0] < bounds[:, 1]).tolist():
            csc_matvec(len(self), 1, bounds[i], indices, data, query.weights[i : i + 1], found)
        return found[first:last]

    def _by_rows(self, query: Query, at: Positions) -> NDArray[np.float32]:
        """One product over the run of rows that holds the positions: no row is copied."""
        dense = getattr(self._scratch, "dense", None)
        if dense is None:
            dense = self._scratch.dense = np.zeros(self.n_terms, dtype=np.float32)
        dense[query.terms] = query.weights
        first, last = int(at[0]), int(at[-1]) + 1
        if (last - first) > 4 * len(at):  # scattered: copying the few rows is less work
            part = _csr(self.rows, first, last, self.n_terms)[at - first]
            found: NDArray[np.float32] = part @ dense
        else:
            found = (_csr(self.rows, first, last, self.n_terms) @ dense)[at - first]
        dense[query.terms] = 0.0
        return found

    def _points(self, request: Request, side: str, at: Positions) -> Floats:
        points = np.zeros(len(at), dtype=np.int32)
        for criterion in request.criteria(side):
            points += self._shares(request, criterion, at) * request.weights.of(criterion.code)
        return points.astype(np.float64)

    def _shares(self, request: Request, criterion: Criterion, at: Positions) -> NDArray[np.int32]:
        best: NDArray[np.int32] | None = None
        for slot, name in enumerate(criterion.columns):
            column = self.columns[name]
            table = column.table(_numbered(criterion, request.vacancy, slot))
            if len(criterion.columns) == 1:
                table[table < 0] = NEUTRAL
            shares = table[column.codes[at]]
            best = shares if best is None else np.maximum(best, shares)
        if best is None:
            raise ValueError(criterion.code)
        if len(criterion.columns) > 1:
            best[best < 0] = NEUTRAL
        return best


def best(scores: Scores, block: Block, count: int) -> list[int]:
    """Indices into ``scores`` of the best ``count``, ordered by (-order, id), ties decided by id.

    argpartition breaks ties as it likes: so everybody at the threshold is kept, then sorted.
    """
    order = scores.order
    if 0 < count < len(order):
        threshold = np.partition(order, len(order) - count)[len(order) - count]
        near = np.flatnonzero(order >= threshold)
    else:
        near = np.arange(len(order) if count else 0)
    ids = block.id_order[scores.positions[near]]
    ranked: list[int] = near[np.lexsort((ids, -order[near]))][:count].tolist()
    return ranked


def _numbered(criterion: Criterion, vacancy: Vacancy, slot: int) -> Callable[[Any], int]:
    def share(value: Any) -> int:
        found = criterion.share(vacancy, value, slot)
        return -1 if found is None else found

    return share


def _failing(gate: Gate, request: Request) -> Callable[[Any], int]:
    return lambda value: gate.verdict(request.vacancy, value, request.today) is Verdict.FAIL


def _bisect(
    indices: NDArray[np.int32], bounds: NDArray[np.int32], position: int
) -> NDArray[np.int32]:
    """Within each posting list, where the first person at or after the position stands."""
    low, high = bounds[:, 0].copy(), bounds[:, 1].copy()
    last = max(len(indices) - 1, 0)
    while (open_ := low < high).any():
        middle = low + (high - low) // 2  # their sum may pass int32
        before = open_ & (indices[np.minimum(middle, last)] < position)
        low = np.where(before, middle + 1, low)
        high = np.where(open_ & ~before, middle, high)
    return low


def _id_order(ids: Sequence[str]) -> NDArray[np.int32]:
    order = np.empty(len(ids), dtype=np.int32)
    order[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
    return order


def _csr(rows: Rows, first: int, last: int, n_terms: int) -> sp.csr_array:
    """Rows first..last as a matrix over the same memory."""
    start, stop = int(rows.indptr[first]), int(rows.indptr[last])
    indptr = rows.indptr[first : last + 1] - np.int32(start)
    return sp.csr_array((rows.data[start:stop], rows.indices[start:stop], indptr),
                        shape=(last - first, n_terms))  # fmt: skip
