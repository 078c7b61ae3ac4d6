"""One page of an ordered list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
SIZES = (25, 50, 100)
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Items `first`..`last` of `total`; `number` counts from 1; `is_more`: not all were counted."""

    items: Sequence[Item]
    number: int
    size: int
    total: int
    is_more: bool = False

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Return the place of the first item shown, 0 when the list is empty."""
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        """Return the place of the last item shown."""
        return (self.number - 1) * self.size + len(self.items)


@dataclass(frozen=True)
class Slice:
    """Which page is asked for; made from a request by `asked`, already bounded."""

    number: int = 1
    size: int = SIZES[0]

    @property
    def offset(self) -> int:
        """Return how many items stand before the page."""
        return (self.number - 1) * self.size


def asked(number: str | None, size: str | None = None) -> Slice:
    """Return the page asked for in an address; anything unreadable gives the first page."""
    page = int(number) if number and number.isascii() and number.isdigit() else 1
    length = int(size) if size and size.isascii() and size.isdigit() else SIZES[0]
    return Slice(min(max(page, 1), LAST_PAGE), length if length in SIZES else SIZES[0])
