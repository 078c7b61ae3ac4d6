"""Comparing two people: why they may be one, and how much that says. No database here.

Names are compared folded and in any order; a letter or two may differ, as typing does it. What
speaks against (another year, sex or ID) lowers the strength, but never hides a same ID; a second
ground, or the same ward beside the same name, raises it by a step.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from jobcenter.kernel import crypto, vietnamese
from jobcenter.people.choices import Reason, Sex, Strength

# From this many letters on two of them may differ; a shorter name allows one.
TWO_SLIPS_FROM = 7
MOST_SLIPS = 2
MOST_YEARS = 90  # apart; a slip in the century is no slip

_STRENGTHS = {
    Reason.SAME_ID: Strength.CERTAIN,
    Reason.SAME_OLD_ID: Strength.STRONG,
    Reason.NAME_AND_TAIL: Strength.STRONG,
    Reason.NAME_AND_BIRTH_DATE: Strength.STRONG,
    Reason.NAME_AND_PHONE: Strength.STRONG,
    Reason.NAME_AND_NEAR_DATE: Strength.WEAK,
    Reason.NEAR_NAME_AND_BIRTH_DATE: Strength.LIKELY,
    Reason.NEAR_NAME_AND_PHONE: Strength.LIKELY,
    Reason.NAME_AND_BIRTH_YEAR: Strength.LIKELY,
    Reason.NEAR_NAME_AND_BIRTH_YEAR: Strength.WEAK,
    Reason.NAME_ALONE: Strength.WEAK,
    Reason.SAME_PHONE: Strength.WEAK,
}
GROUNDS = tuple(_STRENGTHS)


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What is known of a person, or typed so far; numbers as stored, None for unknown."""

    full_name: str = ""
    birth_date: dt.date | None = None
    birth_year: int | None = None
    sex: Sex | None = None
    phone: str | None = None
    id_number: str | None = None
    old_id_number: str | None = None
    commune: str | None = None
    typed_old_prefix: bool = False

    @cached_property
    def words(self) -> list[str]:
        """Return the folded words of the name."""
        return vietnamese.name_words(self.full_name)

    @cached_property
    def name(self) -> str:
        """Return the folded words in the order given."""
        return " ".join(self.words)

    @cached_property
    def name_key(self) -> str:
        """Return the words in alphabetical order."""
        return " ".join(sorted(self.words))[: vietnamese.NAME_KEY]

    @property
    def year(self) -> int | None:
        """Return the birth year, by the date where there is one."""
        return self.birth_date.year if self.birth_date else self.birth_year

    @property
    def id_blind(self) -> str | None:
        """Return the blind index of the ID."""
        return blind_id(self.id_number)

    @property
    def tail_blind(self) -> str | None:
        """Return the blind index of the last four digits."""
        return blind_tail(self.id_number)

    @property
    def old_id_blind(self) -> str | None:
        """Return the blind index of the old number."""
        return blind_old_id(self.old_id_number)


def blind_id(number: str | None) -> str | None:
    """Return the blind index by which a personal ID is looked up."""
    return crypto.keyring().blind(number, purpose="person.id_number") if number else None


def blind_tail(number: str | None) -> str | None:
    """Return the blind index of an ID's last four digits."""
    return crypto.keyring().blind(number[-4:], purpose="person.id_tail") if number else None


def blind_old_id(number: str | None) -> str | None:
    """Return the blind index by which an old number is looked up."""
    return crypto.keyring().blind(number, purpose="person.old_id_number") if number else None


@dataclass(frozen=True)
class Likeness:
    """Why two people may be one, the strongest reason first, and how much all that says."""

    reasons: tuple[Reason, ...]
    strength: Strength
    slips: int


def compare(one: Traits, other: Traits) -> Likeness | None:
    """Return how alike two people are; None when nothing says that they are one."""
    slips = name_slips(one, other)
    grounds = list(_grounds(one, other, slips))
    if not grounds and slips == 0 and (one.year is None or other.year is None):
        grounds = [Reason.NAME_ALONE]
    if not grounds:
        return None
    strength = max(_STRENGTHS[reason] for reason in grounds)
    if strength < Strength.CERTAIN:
        more = len(grounds) > 1 or (slips == 0 and _is_neighbour(one, other))
        told = strength + more - _against(one, other, slips)
        strength = Strength(min(max(told, Strength.WEAK), Strength.STRONG))
    reasons = [*grounds, *_explanations(one, other, slips)]
    order = list(Reason)
    far = MOST_SLIPS + 1 if slips is None else slips
    return Likeness(tuple(sorted(reasons, key=order.index)), strength, far)


def name_slips(one: Traits, other: Traits) -> int | None:
    """Return by how many slips two names differ (0 for the same words); None for other names."""
    if not one.words or not other.words:
        return None
    if one.name_key == other.name_key:
        return 0
    if is_shortened(one.words, other.words):
        return 1
    return slips_between(one.name, one.name_key, other.name, other.name_key)


def slips_between(name: str, key: str, other_name: str, other_key: str) -> int | None:
    """Return the fewest letters changed, lost, added or swapped between two folded names."""
    letters = min(len(name.replace(" ", "")), len(other_name.replace(" ", "")))
    most = MOST_SLIPS if letters >= TWO_SLIPS_FROM else 1
    found = min(
        OSA.distance(name, other_name, score_cutoff=most),
        OSA.distance(key, other_key, score_cutoff=most),
    )
    return found if found <= most else None


def is_shortened(words: list[str], others: list[str]) -> bool:
    """Say whether one name lacks one middle word of the other."""
    short, whole = sorted((words, others), key=len)
    if len(short) < 2 or len(whole) != len(short) + 1:
        return False
    ends = (short[0], short[-1]) == (whole[0], whole[-1])
    return ends and not Counter(short) - Counter(whole)


def near_dates(day: dt.date) -> Iterator[dt.date]:
    """Yield the days that one slip makes of `day`: a digit changed, or day and month swapped."""
    plain = f"{day:%d%m%Y}"
    slips = {plain[2:4] + plain[:2] + plain[4:]}
    for place in range(8):
        slips |= {plain[:place] + digit + plain[place + 1 :] for digit in "0123456789"}
    for text in sorted(slips - {plain}):
        try:
            slip = dt.date(int(text[4:]), int(text[2:4]), int(text[:2]))
        except ValueError:
            continue
        if is_date_slip(day, slip):
            yield slip


def is_date_slip(day: dt.date, other: dt.date) -> bool:
    """Say whether one slip leads from a day to the other: a digit, or day and month swapped."""
    if abs(day.year - other.year) > MOST_YEARS:
        return False
    swapped = (day.day, day.month, day.year) == (other.month, other.day, other.year)
    wrong = sum(a != b for a, b in zip(f"{day:%d%m%Y}", f"{other:%d%m%Y}", strict=True))
    return wrong == 1 or (swapped and day != other)


def _grounds(one: Traits, other: Traits, slips: int | None) -> Iterator[Reason]:
    if one.id_number and one.id_number == other.id_number:
        yield Reason.SAME_ID
    if one.old_id_number and one.old_id_number == other.old_id_number:
        yield Reason.SAME_OLD_ID
    is_same_phone = bool(one.phone) and one.phone == other.phone
    if is_same_phone and slips is None:
        yield Reason.SAME_PHONE
    if slips is None:
        return
    is_same = slips == 0
    if is_same and one.id_number and other.id_number and one.id_number[-4:] == other.id_number[-4:]:
        yield Reason.NAME_AND_TAIL
    if is_same_phone:
        yield Reason.NAME_AND_PHONE if is_same else Reason.NEAR_NAME_AND_PHONE
    birth = _same_birth(one, other, is_same=is_same)
    if birth is not None:
        yield birth


def _same_birth(one: Traits, other: Traits, *, is_same: bool) -> Reason | None:
    """Return what birth says beside a name that is the same, or near."""
    if one.birth_date and other.birth_date:
        if one.birth_date == other.birth_date:
            return Reason.NAME_AND_BIRTH_DATE if is_same else Reason.NEAR_NAME_AND_BIRTH_DATE
        if is_same and is_date_slip(one.birth_date, other.birth_date):
            return Reason.NAME_AND_NEAR_DATE
    if one.year is None or one.year != other.year:
        return None
    if is_same:
        return Reason.NAME_AND_BIRTH_YEAR
    # Two near names born on different days of a year are two people: names are that alike.
    return None if one.birth_date and other.birth_date else Reason.NEAR_NAME_AND_BIRTH_YEAR


def _against(one: Traits, other: Traits, slips: int | None) -> int:
    """Return how much speaks against: birth, sex, ID (twice: it is proof), name, marks."""
    facts = [
        _is_other_birth(one, other),
        bool(one.sex and other.sex) and one.sex != other.sex,
        2 * (_id_slips(one, other) is None),
        slips is None,
        slips == 0 and _other_marks(one, other) is Reason.OTHER_MARKS,
    ]
    return sum(facts)


def _is_neighbour(one: Traits, other: Traits) -> bool:
    """Say whether two live in one ward, and their births may be one."""
    lives = bool(one.commune) and one.commune == other.commune
    return lives and not _is_other_birth(one, other)


def _is_other_birth(one: Traits, other: Traits) -> bool:
    """Say whether two known births are apart by more than a slip."""
    if one.birth_date and other.birth_date:
        is_same = one.birth_date == other.birth_date
        return not (is_same or is_date_slip(one.birth_date, other.birth_date))
    return one.year is not None and other.year is not None and one.year != other.year


def _id_slips(one: Traits, other: Traits) -> int | None:
    """Return by how many digits two IDs differ: 0 where one is unknown, None for other IDs."""
    if not (one.id_number and other.id_number):
        return 0
    found = OSA.distance(one.id_number, other.id_number, score_cutoff=MOST_SLIPS)
    return found if found <= MOST_SLIPS else None


def _explanations(one: Traits, other: Traits, slips: int | None) -> Iterator[Reason]:
    id_slips = _id_slips(one, other)
    if id_slips != 0:
        yield Reason.OTHER_ID if id_slips is None else Reason.NEAR_ID
    if one.phone and one.phone == other.phone and (one.typed_old_prefix or other.typed_old_prefix):
        yield Reason.OLD_PREFIX
    if slips == 0:
        yield from _same_name_otherwise(one, other)
    elif slips is not None and is_shortened(one.words, other.words):
        yield Reason.SHORT_NAME


def _same_name_otherwise(one: Traits, other: Traits) -> Iterator[Reason]:
    if one.words != other.words:
        yield Reason.SWAPPED_ORDER
    marks = _other_marks(one, other)
    if marks is not None:
        yield marks


def _other_marks(one: Traits, other: Traits) -> Reason | None:
    """Return what the marks of two names of the same letters say; None when they agree."""
    if vietnamese.spelling(one.full_name) == vietnamese.spelling(other.full_name):
        return None
    is_bare = not (vietnamese.has_marks(one.full_name) and vietnamese.has_marks(other.full_name))
    return Reason.UNACCENTED if is_bare else Reason.OTHER_MARKS
