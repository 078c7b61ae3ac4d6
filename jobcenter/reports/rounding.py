"""The one rounding rule: half up, to one decimal, and only at the very end.

Counts are whole and never rounded; a share is computed from the unrounded counts. Where there is
nothing to divide by, there is no share: None, never 0 or 100.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


def half_up(value: Decimal) -> float:
    """Return a value to one decimal, a half going up: 57.25 is 57.3."""
    return float(value.quantize(_TENTH, ROUND_HALF_UP))


def percent(part: float | None, whole: float | None) -> float | None:
    """Return part of whole in percent, None where the whole is nothing."""
    if part is None or not whole:
        return None
    return half_up(Decimal(str(part)) * 100 / Decimal(str(whole)))


def ratio(part: float | None, whole: float | None) -> float | None:
    """Return part by whole, None where the whole is nothing."""
    if part is None or not whole:
        return None
    return half_up(Decimal(str(part)) / Decimal(str(whole)))
