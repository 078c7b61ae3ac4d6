"""Chance that gives the same town everywhere: no libm, no hash order, one stream per purpose."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Table(Generic[T]):
    """Things with whole-number weights, ready to be drawn from."""

    def __init__(self, pairs: Iterable[tuple[T, int]]) -> None:
        listed = list(pairs)
        self.items = [item for item, _weight in listed]
        self.sums = list(accumulate(weight for _item, weight in listed))


class Draw:
    """Draws from one named stream; equal names give equal draws."""

    def __init__(self, name: str) -> None:
        self._next = random.Random(name).random

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to limit - 1."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self._next() * (high - low + 1))

    def chance(self, percent: float) -> bool:
        """Say yes in so many of a hundred cases."""
        return self._next() * 100 < percent

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`, each as likely."""
        return items[int(self._next() * len(items))]

    def of(self, table: Table[T]) -> T:
        """Return one of a table by weight."""
        return table.items[bisect_right(table.sums, self._next() * table.sums[-1])]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return up to `count` different items, in the order drawn."""
        left = list(items)
        return [left.pop(int(self._next() * len(left))) for _ in range(min(count, len(left)))]
