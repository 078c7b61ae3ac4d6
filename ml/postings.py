"""Posting lists: for each term the people who have it, ascending, with their weights.

The lists stand in memory from the last term to the first, while a query's terms ascend. Read two
by two, their bounds then only ever step back in memory, so one call of scipy's column kernel walks
all the lists of a query: what lies between two of them has an end before its start, and the kernel
passes over it. Nothing is copied, and a person's parts are added in the order of terms, as reading
their row does.

People stand by commune, so the people of one place are a short run. Long lists are entered where
the run begins, by one look-up in ``bounds``; short ones are read whole, which costs less than
finding the run in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse._sparsetools import csc_matvec

_SLICES = 256  # of people, at most so many, cut where a place begins
_LONG = 256  # postings; shorter lists are read whole

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Postings:
    """The list of term t is ``indptr[n - 1 - t] : indptr[n - t]`` of indices and data, n terms.

    ``bounds[i, s]`` is where the list of ``long_terms[i]`` reaches the person ``slices[s]``.
    """

    indptr: Ints
    indices: Ints
    data: Floats
    slices: Ints  # first person of each slice, then the number of people
    long_terms: Ints  # ascending
    bounds: Ints

    @classmethod
    def build(cls, rows: sp.csr_array, place_starts: Sequence[int]) -> Postings:
        """Turn rows (people x terms); int32 throughout, since mixed widths copy on each call."""
        people, terms = rows.shape
        flipped = sp.csr_array((rows.data, np.int32(terms - 1) - rows.indices, rows.indptr),
                               shape=rows.shape).tocsc()  # fmt: skip
        indptr, indices = (a.astype(np.int32, copy=False) for a in (flipped.indptr,
                                                                    flipped.indices))  # fmt: skip
        slices = _slices(people, place_starts)
        long_terms = (terms - 1 - np.flatnonzero(np.diff(indptr) >= _LONG)[::-1]).astype(np.int32)
        bounds = np.empty((len(long_terms), len(slices)), dtype=np.int32)
        for row, term in enumerate(long_terms.tolist()):
            low, high = int(indptr[terms - 1 - term]), int(indptr[terms - term])
            bounds[row] = np.searchsorted(indices[low:high], slices) + low
        return cls(indptr, indices, flipped.data, slices, long_terms, bounds)

    @property
    def people(self) -> int:
        """How many people there are lists of."""
        return int(self.slices[-1])

    def lists(self, terms: NDArray[np.integer]) -> Ints:
        """(start, end) of each term's list."""
        at = len(self.indptr) - 2 - terms
        return np.column_stack((self.indptr[at], self.indptr[at + 1]))

    def mass(self, terms: Ints) -> int:
        """How many postings the terms have together."""
        lists = self.lists(terms)
        return int((lists[:, 1] - lists[:, 0]).sum(dtype=np.int64))

    def people_with(self, terms: Sequence[int]) -> Ints:
        """Everybody who has one of the terms, some more than once."""
        lists = self.lists(np.array(terms, dtype=np.int64)).tolist()
        return np.concatenate([np.zeros(0, np.int32), *(self.indices[a:b] for a, b in lists)])

    def add_up(self, terms: Ints, weights: Floats, first: int, last: int) -> Floats:
        """Sum of weight x posting of each person in first..last (exclusive); terms ascend."""
        found = np.zeros(self.people, dtype=np.float32)
        lists = self.lists(terms)
        if last - first < self.people:
            self._draw_in(lists, terms, first, last)
        steps = np.zeros(2 * len(terms) - 1, dtype=np.float32)  # a list, a step back, a list ...
        steps[::2] = weights
        csc_matvec(self.people, len(steps), lists.ravel(), self.indices, self.data, steps, found)
        return found[first:last]

    def _draw_in(self, lists: Ints, terms: Ints, first: int, last: int) -> None:
        """Leave of the long lists what may hold first..last."""
        row = np.searchsorted(self.long_terms, terms)
        long = row < len(self.long_terms)
        long[long] = self.long_terms[row[long]] == terms[long]
        left = int(np.searchsorted(self.slices, first, side="right")) - 1
        right = int(np.searchsorted(self.slices, last, side="left"))
        lists[long, 0] = self.bounds[row[long], left]
        lists[long, 1] = self.bounds[row[long], right]


def _slices(people: int, place_starts: Sequence[int]) -> Ints:
    """Starts of slices that no place is cut by, and the end."""
    least = max(people // _SLICES, 1)
    starts = [0]
    for start in place_starts:
        if start - starts[-1] >= least and start < people:
            starts.append(start)
    return np.array([*starts, people], dtype=np.int32)
