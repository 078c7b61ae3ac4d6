"""What a vacancy asks and a person wishes, besides words: gates and weighted criteria.

Everything here is a plain function of the vacancy and one value of a person (see ``columns``).
A criterion gives a share 0..10000, or None where the person's side is unknown; a gate gives pass,
fail or unknown. Codes and numbers only: wording belongs to the caller.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ml.columns import WISHED_OCCUPATIONS
from ml.documents import GENERAL_EDUCATION, QUALIFICATIONS, Vacancy
from ml.text import phrase_key

FULL = 10_000
NEUTRAL = 5_000  # the share of a criterion whose answer is not known yet
NEAR_KM, FAR_KM = 5.0, 40.0  # to work on foot or motorbike; beyond, nobody commutes daily
LEAST_PAY = 0.7  # below this part of what is asked, pay earns nothing
LATEST_START_DAYS = 60
_OCCUPATION_SHARE = (0, 2_000, 5_000, 8_000, FULL, FULL)  # by shared leading VSCO digits
_WISH_ORDER = (FULL, 9_000, 8_000)  # the first wish counts in full


class Verdict(StrEnum):
    """What a gate says. Unknown is a question to ask next, never a fail."""

    PASS = "pass"  # noqa: S105 - a verdict, no secret
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How much each criterion counts; the only place where they are set.

    Within a side (job, wish) the criteria that the vacancy does not state drop out, so a weight is
    a share of what is left. ``job`` and ``wish`` weigh the two sides in the rank.
    """

    job: int = 60
    wish: int = 40
    text: int = 40
    occupation: int = 15
    general_education: int = 10
    qualification: int = 10
    years_experience: int = 15
    languages: int = 10
    pay: int = 25
    park: int = 10
    distance: int = 15
    bus: int = 5
    dormitory: int = 5
    shift: int = 20
    wanted: int = 15
    start: int = 5

    def of(self, code: str) -> int:
        """The weight of a criterion by its code."""
        weight: int = getattr(self, code)
        return weight


TEXT_ONLY = Weights(
    wish=0, occupation=0, general_education=0, qualification=0, years_experience=0, languages=0
)


@dataclass(frozen=True)
class Criterion:
    """One thing a vacancy states, read from one or more columns (the best one counts)."""

    code: str
    side: str  # "job" or "wish"
    columns: tuple[str, ...]
    stated: Callable[[Vacancy], Any]  # what the vacancy says; unknown drops the criterion
    share: Callable[[Vacancy, Any, int], int | None]  # (vacancy, value, column number)


@dataclass(frozen=True)
class Gate:
    """A condition that no surplus elsewhere can buy off."""

    code: str
    column: str | None
    stated: Callable[[Vacancy, date | None], bool]
    verdict: Callable[[Vacancy, Any, date | None], Verdict]


def _at_least(order: tuple[str, ...]) -> Callable[[str, str], int | None]:
    def share(asked: str, have: str) -> int | None:
        if not have:
            return None
        gap = order.index(asked) - order.index(have)
        return FULL if gap <= 0 else (4_000, 0)[min(gap, 2) - 1]

    return share


_EDUCATION, _QUALIFICATION = _at_least(GENERAL_EDUCATION), _at_least(QUALIFICATIONS)


def _years(vacancy: Vacancy, have: float | None, _slot: int) -> int | None:
    asked = vacancy.years_experience
    if have is None or asked is None:
        return None
    return FULL if have >= asked else _whole(FULL * have / asked)


def _same_digits(asked: str, have: str) -> int:
    shared = 0
    for left, right in zip(asked, have, strict=False):
        if left != right:
            break
        shared += 1
    return _OCCUPATION_SHARE[min(shared, len(_OCCUPATION_SHARE) - 1)]


def _occupation(vacancy: Vacancy, have: str, _slot: int) -> int | None:
    return _same_digits(vacancy.occupation, have) if have else None


def _wanted(vacancy: Vacancy, have: str, slot: int) -> int | None:
    if not have:
        return None
    return _same_digits(vacancy.occupation, have) * _WISH_ORDER[slot] // FULL


def _languages(vacancy: Vacancy, have: tuple[str, ...], _slot: int) -> int | None:
    if not have:
        return None
    held = [_key(language) for language in have]
    met = sum(any(_key(asked) <= one for one in held) for asked in vacancy.languages)
    return FULL * met // len(vacancy.languages)


def _pay(vacancy: Vacancy, asked: int | None, _slot: int) -> int | None:
    offered = vacancy.pay_max if vacancy.pay_max is not None else vacancy.pay_min
    if asked is None or offered is None:
        return None
    if offered >= asked:
        return FULL
    return _whole(FULL * max(offered / asked - LEAST_PAY, 0.0) / (1.0 - LEAST_PAY))


def _park(vacancy: Vacancy, asked: tuple[str, ...], _slot: int) -> int | None:
    return None if not asked else FULL * (vacancy.park in asked)


def distance_km(
    vacancy: Vacancy, commune: str, lat: float | None, lon: float | None
) -> float | None:
    """Kilometres between the centres of two communes, to 0.1; None where one is not known."""
    if vacancy.lat is None or vacancy.lon is None or lat is None or lon is None:
        return 0.0 if commune and commune == vacancy.commune else None
    north = (lat - vacancy.lat) * 111.195
    east = (lon - vacancy.lon) * 111.195 * math.cos(math.radians(vacancy.lat))
    return round(math.sqrt(north * north + east * east), 1)


def _distance(
    vacancy: Vacancy, place: tuple[str, float | None, float | None], _slot: int
) -> int | None:
    km = distance_km(vacancy, *place)
    if km is None:
        return None
    return _whole(FULL * min(max((FAR_KM - km) / (FAR_KM - NEAR_KM), 0.0), 1.0))


def _bus(vacancy: Vacancy, need: tuple[bool | None, str], _slot: int) -> int | None:
    needed, commune = need
    if needed is None or (needed and vacancy.has_bus and vacancy.bus_communes and not commune):
        return None
    if not needed:
        return FULL
    if not vacancy.has_bus:
        return 0
    return FULL * (not vacancy.bus_communes or commune in vacancy.bus_communes)


def _dormitory(vacancy: Vacancy, needed: bool | None, _slot: int) -> int | None:
    return None if needed is None else FULL * (not needed or bool(vacancy.has_dormitory))


def _shift(vacancy: Vacancy, accepted: tuple[str, ...], _slot: int) -> int | None:
    if vacancy.shift == "flexible":
        return FULL
    return FULL * (vacancy.shift in accepted) if accepted else None


def _start(vacancy: Vacancy, available: date | None, _slot: int) -> int | None:
    if available is None or vacancy.start_on is None:
        return None
    late = (available - vacancy.start_on).days
    return _whole(FULL * min(max(1.0 - late / LATEST_START_DAYS, 0.0), 1.0))


_OCCUPATIONS = tuple(f"occupation_{slot + 1}" for slot in range(WISHED_OCCUPATIONS))

CRITERIA: tuple[Criterion, ...] = (
    Criterion("occupation", "job", _OCCUPATIONS, lambda v: v.occupation, _occupation),
    Criterion("general_education", "job", ("general_education",), lambda v: v.general_education,
              lambda v, have, _: _EDUCATION(v.general_education, have)),
    Criterion("qualification", "job", ("qualification",), lambda v: v.qualification,
              lambda v, have, _: _QUALIFICATION(v.qualification, have)),
    Criterion("years_experience", "job", ("years_experience",),
              lambda v: v.years_experience or None, _years),
    Criterion("languages", "job", ("languages",), lambda v: v.languages, _languages),
    Criterion("pay", "wish", ("pay_min",),
              lambda v: v.pay_max if v.pay_max is not None else v.pay_min, _pay),
    Criterion("park", "wish", ("parks",), lambda v: v.park, _park),
    Criterion("distance", "wish", ("place",), lambda v: v.commune or v.lat, _distance),
    Criterion("bus", "wish", ("bus",), lambda v: v.has_bus, _bus),
    Criterion("dormitory", "wish", ("needs_dormitory",), lambda v: v.has_dormitory, _dormitory),
    Criterion("shift", "wish", ("shifts",), lambda v: v.shift, _shift),
    Criterion("wanted", "wish", _OCCUPATIONS, lambda v: v.occupation, _wanted),
    Criterion("start", "wish", ("available_on",), lambda v: v.start_on, _start),
)  # fmt: skip


def is_stated(criterion: Criterion, vacancy: Vacancy) -> bool:
    """Whether the vacancy says anything for the criterion to judge (False is an answer, 0 too)."""
    said = criterion.stated(vacancy)
    return said is not None and said not in ("", ())


# --- gates -----------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def _key(phrase: str) -> frozenset[str]:
    return phrase_key(phrase)


def missing_certificates(vacancy: Vacancy, have: tuple[str, ...]) -> tuple[str, ...]:
    """The mandatory certificates of which no held one contains all the words (short forms read)."""
    held = [_key(one) for one in have]
    return tuple(c for c in vacancy.certificates if not any(_holds(_key(c), h) for h in held))


def _holds(asked: frozenset[str], held: frozenset[str]) -> bool:
    return bool(asked) and asked <= held


def _certificates(vacancy: Vacancy, have: tuple[str, ...], _today: date | None) -> Verdict:
    if not have:
        return Verdict.UNKNOWN
    return Verdict.FAIL if missing_certificates(vacancy, have) else Verdict.PASS


def _shift_gate(vacancy: Vacancy, accepted: tuple[str, ...], _today: date | None) -> Verdict:
    share = _shift(vacancy, accepted, 0)
    if share is None:
        return Verdict.UNKNOWN
    return Verdict.PASS if share else Verdict.FAIL


def _deadline(vacancy: Vacancy, _value: Hashable, today: date | None) -> Verdict:
    over = vacancy.deadline is not None and today is not None and vacancy.deadline < today
    return Verdict.FAIL if over else Verdict.PASS


GATES: tuple[Gate, ...] = (
    Gate("certificates", "certificates", lambda v, _: bool(v.certificates), _certificates),
    Gate("shift", "shifts", lambda v, _: bool(v.shift), _shift_gate),
    Gate("deadline", None, lambda v, today: bool(v.deadline and today), _deadline),
)


def _whole(value: float) -> int:
    return math.floor(value + 0.5)
