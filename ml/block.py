"""People as arrays: rows of term weights and columns of codes, scored by scipy products.

A block never changes. The large one also holds posting lists (terms x people); small ones are
read row by row. Both ways add the same float32 numbers in the same order, so a person's score has
the same bits whichever way was taken, alone or among 150,000.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ml import columns
from ml.columns import Column
from ml.criteria import CRITERIA, GATES, NEUTRAL, Criterion, Gate, Verdict, Weights, is_stated
from ml.documents import Profile, Vacancy
from ml.filters import Filters
from ml.lexicon import Query, Rows
from ml.postings import Postings
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
    # What each value of the large block's columns is worth to this vacancy, judged once.
    tables: dict[tuple[str, int], NDArray[np.int32]] = field(default_factory=dict, compare=False)

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
    """Results for chosen positions; ``order`` is the score less FAILED where a gate refuses.

    ``free`` is what ``order`` would be if nobody paid for being wanted by many.
    """

    positions: Positions
    text: NDArray[np.float32]
    job: Floats
    wish: Floats
    score: Floats
    order: Floats
    free: Floats

    def __getitem__(self, chosen: Flags) -> Scores:
        """The chosen ones."""
        return Scores(self.positions[chosen], self.text[chosen], self.job[chosen],
                      self.wish[chosen], self.score[chosen], self.order[chosen],
                      self.free[chosen])  # fmt: skip


@dataclass(frozen=True)
class Block:
    """People (ascending by commune, then id) with their rows and columns."""

    ids: tuple[str, ...]
    rows: Rows
    columns: dict[str, Column]
    n_terms: int
    postings: Postings | None = None
    id_order: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    _scratch: threading.local = field(default_factory=threading.local, compare=False, repr=False)

    @classmethod
    def build(cls, profiles: Sequence[Profile], rows: Rows, n_terms: int) -> Block:
        """A block without posting lists; profiles and rows in the same order."""
        ids = tuple(profile.id for profile in profiles)
        return cls(ids, rows, columns.build(profiles), n_terms, None, _id_order(ids))

    def with_postings(self) -> Block:
        """The same block with posting lists."""
        rows = _csr(self.rows, 0, len(self.ids), self.n_terms)
        starts = [first for first, _last in self.runs.values()]
        return replace(self, postings=Postings.build(rows, starts))

    def __len__(self) -> int:
        return len(self.ids)

    # --- who is asked about --------------------------------------------------------------------

    def survivors(self, alive: Flags | None, filters: Filters | None) -> Positions:
        """Positions that are alive and pass every filter (the keyword aside), ascending."""
        passed = dict(filters.judges() if filters else ())
        if filters is not None and filters.communes is not None:
            del passed["place"]
            at = self._people_of(filters.communes)
            if alive is not None:
                at = at[alive[at]]
        elif passed:  # the first narrows everybody by mask, the others look only at who is left
            name = next(iter(passed))
            column, test = self.columns[name], passed.pop(name)
            among = column.table(test).astype(np.bool_)[column.codes]
            at = np.flatnonzero(among if alive is None else alive & among)
        else:
            at = np.arange(len(self)) if alive is None else np.flatnonzero(alive)
        for name, test in passed.items():
            at = at[self.columns[name].judged(test, at) != 0]
        return at

    @cached_property
    def runs(self) -> dict[str, tuple[int, int]]:
        """Commune -> (first, last + 1) of its people, who stand together."""
        column = self.columns["place"]
        communes = sorted({commune for commune, _lat, _lon in column.values})
        number = {commune: i for i, commune in enumerate(communes)}
        of_value = np.array([number[c] for c, _lat, _lon in column.values], dtype=np.int32)
        at = of_value[column.codes] if len(self) else np.zeros(0, np.int32)
        starts = np.searchsorted(at, np.arange(len(communes) + 1)).tolist()
        return {commune: (starts[i], starts[i + 1]) for commune, i in number.items()}

    def _people_of(self, communes: frozenset[str]) -> Positions:
        runs = sorted(self.runs[commune] for commune in communes if commune in self.runs)
        return np.concatenate([np.zeros(0, np.int64), *(np.arange(*run) for run in runs)])

    # --- score ---------------------------------------------------------------------------------

    def scores(self, request: Request, at: Positions, prices: Floats | None) -> Scores:
        """Score the people at the positions (ascending)."""
        text = self.text(request.query, at)
        job = self._points(request, "job", at)
        if request.text_weight:
            job = job + request.text_weight * text_share(text)
        job = side_value(job, request.side_weight("job"))
        wish = side_value(self._points(request, "wish", at), request.side_weight("wish"))
        fit = blend(job, wish, *request.shared())
        refused = self._refused(request, at)
        free = fit - FAILED * refused if refused.any() else fit
        if prices is None:
            return Scores(at, text, job, wish, fit, free, free)
        score = fit + prices[at]
        order = score - FAILED * refused if refused.any() else score
        return Scores(at, text, job, wish, score, order, free)

    def _refused(self, request: Request, at: Positions) -> Flags:
        refused = np.zeros(len(at), dtype=np.bool_)
        for gate in GATES:
            if not gate.stated(request.vacancy, request.today):
                continue
            if gate.column is None:
                refused |= gate.verdict(request.vacancy, None, request.today) is Verdict.FAIL
                continue
            found = self._judged(request, gate.code, -1, self.columns[gate.column],
                                 _failing(gate, request), at)  # fmt: skip
            refused |= found != 0
        return refused

    def text(self, query: Query, at: Positions) -> NDArray[np.float32]:
        """Cosine (mean of two channels, or folded) of each position with the query."""
        if not len(query.terms) or not len(at):
            return np.zeros(len(at), dtype=np.float32)
        if self.postings is None or len(at) < _FEW:
            found = self._by_rows(query, at)
        else:
            first, last = self._run(at)
            found = self.postings.add_up(query.terms, query.weights, first, last)[at - first]
        if query.folded_only:
            found = found * np.where(self.rows.accented[at], np.float32(1), np.float32(0.5))
        return found

    def _run(self, at: Positions) -> tuple[int, int]:
        """The run of positions to add up: people of one place stand together, so it is short."""
        return int(at[0]), int(at[-1]) + 1

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
            judge = _numbered(criterion, request.vacancy, slot)
            shares = self._judged(request, criterion.code, slot, column, judge, at)
            if len(criterion.columns) == 1:
                shares[shares < 0] = NEUTRAL
            best = shares if best is None else np.maximum(best, shares)
        if best is None:
            raise ValueError(criterion.code)
        if len(criterion.columns) > 1:
            best[best < 0] = NEUTRAL
        return best

    def _judged(
        self, request: Request, code: str, slot: int, column: Column, judge: Callable[[Any], int],
        at: Positions,
    ) -> NDArray[np.int32]:  # fmt: skip
        """Each person's judgement. The large block's values are judged once for a request."""
        if self.postings is None:
            return column.judged(judge, at)
        table = request.tables.get((code, slot))
        if table is None:
            table = request.tables[code, slot] = column.table(judge)
        return table[column.codes[at]]


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
