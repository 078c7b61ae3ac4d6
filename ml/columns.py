"""People as columns of small codes: each distinct value is judged once, then looked up.

A criterion is a plain function of one value. Over 150,000 people it runs once for each of the few
hundred distinct values and is gathered by code, so the fast path and the single pair are the same
function by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.documents import Profile

Codes = NDArray[np.uint16] | NDArray[np.int32]
_MANY = 8  # people to each value: beyond, every value is judged
WISHED_OCCUPATIONS = 3  # the form has up to three wishes


@dataclass(frozen=True)
class Column:
    """``values[codes[i]]`` is the value of person i."""

    codes: Codes
    values: tuple[Any, ...]

    def table(self, judge: Callable[[Any], int]) -> NDArray[np.int32]:
        """One judgement for each distinct value."""
        return np.fromiter((judge(v) for v in self.values), dtype=np.int32, count=len(self.values))

    def judged(self, judge: Callable[[Any], int], at: NDArray[np.int64]) -> NDArray[np.int32]:
        """The judgement of each person at the positions.

        Of few people only the values that they have are judged: most of what a table costs is the
        judging, and the people of one place share few values.
        """
        codes = self.codes[at]
        if len(at) > _MANY * len(self.values):
            return self.table(judge)[codes]
        met = np.zeros(len(self.values), dtype=np.bool_)
        met[codes] = True
        table = np.zeros(len(self.values), dtype=np.int32)
        for code in np.flatnonzero(met).tolist():
            table[code] = judge(self.values[code])
        return table[codes]

    def value(self, at: int) -> Any:
        """The value of the person at a position."""
        return self.values[int(self.codes[at])]


def _wish(slot: int) -> Callable[[Profile], str]:
    return lambda profile: profile.occupations[slot] if slot < len(profile.occupations) else ""


# Name -> what is read. Order of a tuple carries no meaning except in ``occupation_n``.
READ: dict[str, Callable[[Profile], Hashable]] = {
    "general_education": lambda p: p.general_education,
    "qualification": lambda p: p.qualification,
    "years_experience": lambda p: p.years_experience,
    **{f"occupation_{slot + 1}": _wish(slot) for slot in range(WISHED_OCCUPATIONS)},
    "certificates": lambda p: tuple(sorted(set(p.certificates))),
    "languages": lambda p: tuple(sorted(set(p.languages))),
    "place": lambda p: (p.commune, p.lat, p.lon),
    "parks": lambda p: tuple(sorted(set(p.parks))),
    "pay_min": lambda p: p.pay_min,
    "shifts": lambda p: tuple(sorted(set(p.shifts))),
    "available_on": lambda p: p.available_on,
    "bus": lambda p: (p.needs_bus, p.commune),
    "needs_dormitory": lambda p: p.needs_dormitory,
    "introduced": lambda p: p.introduced,
    "tags": lambda p: tuple(sorted(p.tags)),
}


def build(profiles: Sequence[Profile]) -> dict[str, Column]:
    """Every column over the profiles, in their order."""
    return {name: _column(map(read, profiles)) for name, read in READ.items()}


def _column(values: Iterable[Hashable]) -> Column:
    code_of: dict[Hashable, int] = {}
    codes = np.array([code_of.setdefault(v, len(code_of)) for v in values], dtype=np.int32)
    small = codes.astype(np.uint16) if len(code_of) <= 1 << 16 else codes
    return Column(small, tuple(code_of))


def plain_values(column: Column) -> list[Any]:
    """The distinct values as JSON can hold them."""
    return [v.isoformat() if isinstance(v, date) else v for v in column.values]


def restore_value(name: str, value: Any) -> Any:
    """The opposite of ``plain_values`` for one value."""
    if name == "available_on" and value is not None:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
