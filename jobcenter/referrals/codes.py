"""Short codes of referrals on printed and Excel lists: typed back by hand, so with a check letter.

The last letter makes the weighted sum of all a multiple of 31: one wrong letter, or two swapped
ones, never give another code.
"""

from __future__ import annotations

from jobcenter.kernel import vietnamese

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31, a prime; nothing that looks like another
_BASE = len(LETTERS)
_LEAST, _MOST = 4, 10


def code_of(referral_id: int) -> str:
    """Return the code of a referral, e.g. 22K7M."""
    digits: list[int] = []
    rest = referral_id
    while rest or len(digits) < _LEAST:
        rest, digit = divmod(rest, _BASE)
        digits.append(digit)
    digits.reverse()
    return "".join(LETTERS[one] for one in [*digits, _check(digits)])


def _check(digits: list[int]) -> int:
    return -sum(one * (at + 2) for at, one in enumerate(reversed(digits))) % _BASE


def read_code(text: str) -> int | None:
    """Return which referral a typed code means, None where it is no code of ours."""
    typed = vietnamese.clean_line(text).upper().replace("-", "").replace(" ", "")
    if not _LEAST < len(typed) <= _MOST + 1 or any(one not in LETTERS for one in typed):
        return None
    digits = [LETTERS.index(one) for one in typed]
    if digits[-1] != _check(digits[:-1]):
        return None
    found = 0
    for one in digits[:-1]:
        found = found * _BASE + one
    return found
