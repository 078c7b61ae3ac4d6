"""What a list may be narrowed to. A filter hides people; it never changes a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ml.documents import GENERAL_EDUCATION, QUALIFICATIONS, Profile


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Every filter given must hold. An empty or None filter is none.

    ``shift``: people who accept it or have not said (with ``shift_confirmed`` only the former).
    ``available_by``: people free on that day or before, or who have not said. ``keyword``: each
    word of it must begin a word of the person's texts, marks and case aside.
    """

    communes: frozenset[str] | None = None
    parks: frozenset[str] | None = None
    shift: str = ""
    shift_confirmed: bool = False
    general_education: str = ""
    qualification: str = ""
    available_by: date | None = None
    tags: frozenset[str] = frozenset()
    keyword: str = ""

    def judges(self) -> Iterable[tuple[str, Callable[[Any], bool]]]:
        """(column, test of one value) for every filter that is set, save the keyword."""
        if self.communes is not None:
            yield "place", lambda place: place[0] in (self.communes or ())
        if self.parks is not None:
            yield "parks", lambda parks: not (self.parks or frozenset()).isdisjoint(parks)
        if self.shift:
            yield "shifts", self._accepts
        if self.general_education:
            yield "general_education", _reaches(GENERAL_EDUCATION, self.general_education)
        if self.qualification:
            yield "qualification", _reaches(QUALIFICATIONS, self.qualification)
        if self.available_by is not None:
            yield "available_on", lambda day: day is None or day <= self.available_by
        if self.tags:
            yield "tags", self.tags.issubset

    def _accepts(self, shifts: tuple[str, ...]) -> bool:
        return self.shift in shifts or (not shifts and not self.shift_confirmed)


def _reaches(order: tuple[str, ...], least: str) -> Callable[[str], bool]:
    enough = frozenset(order[order.index(least) :])
    return lambda have: have in enough


def profile_texts(profile: Profile) -> tuple[str, ...]:
    """The texts that a keyword is looked for in."""
    return (profile.title, *profile.wishes, profile.skills, profile.experience)
