"""State tables: which verb leads from which states to which, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

State = TypeVar("State", bound=StrEnum)


class MoveRefused(Refused):
    """The verb is not possible in the present state."""


@dataclass(frozen=True)
class Moves(Generic[State]):
    """The allowed moves: verb -> (states it starts from, state it leads to)."""

    table: Mapping[str, tuple[frozenset[State], State]]

    def after(self, verb: str, state: State) -> State:
        """Return the state that `verb` leads to from `state`, or refuse."""
        start, end = self.table[verb]
        if state not in start:
            raise MoveRefused(N_("Việc này không còn làm được ở trạng thái hiện tại."))
        return end

    def verbs(self, state: State) -> list[str]:
        """Return the verbs that are possible in `state`, in the table's order."""
        return [verb for verb, (start, _) in self.table.items() if state in start]


def moves(rows: Iterable[tuple[str, Iterable[State], State]]) -> Moves[State]:
    """Build a state table from (verb, from, to) rows."""
    return Moves({verb: (frozenset(start), end) for verb, start, end in rows})
