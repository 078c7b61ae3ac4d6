"""Checks that nobody is ranked by what may not count, and that chances are spread.

Groups are known only to the caller: they are passed in here for counting and never reach a score.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from ml.documents import Profile, Vacancy
from ml.index import MatchIndex

D = TypeVar("D", Vacancy, Profile)
_TEXTS = ("title", "description", "requirement", "skills", "experience")
LEAST = 30  # people in a group below which a ratio says nothing
ALARM = 0.8


@dataclass(frozen=True)
class Selection:
    """How often a group was chosen, beside the group chosen most often.

    ``ratio`` with its bootstrap 95 % interval is None where either group is too small.
    """

    group: str
    people: int
    selected: int
    ratio: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def too_few(self) -> bool:
        """Whether the group, or the one it is compared with, is too small to say anything."""
        return self.ratio is None

    @property
    def alarm(self) -> bool:
        """Whether the group is chosen less than four times for five of the best one."""
        return self.ratio is not None and self.ratio < ALARM


def swap_test(
    index: MatchIndex, vacancies: Iterable[Vacancy], profiles: Iterable[Profile],
    swap: Callable[[str], str],
) -> list[tuple[str, str]]:  # fmt: skip
    """Pairs (vacancy, profile) whose score moves by a single bit when every text is swapped.

    ``swap`` rewrites a text, say "nữ" to "nam"; empty means that it made no difference.
    """
    people = [(profile, _swapped(profile, swap)) for profile in profiles]
    moved = []
    for vacancy in vacancies:
        other = _swapped(vacancy, swap)
        for profile, twin in people:
            if _numbers(index, vacancy, profile) != _numbers(index, other, twin):
                moved.append((vacancy.id, profile.id))
    return moved


def exposures(rankings: Iterable[Sequence[str]], ids: Iterable[str]) -> dict[str, float]:
    """Mean of ``1 / log2(1 + rank)`` over the lists for each id; 0 where it is not listed."""
    total = dict.fromkeys(ids, 0.0)
    lists = 0
    for ranking in rankings:
        lists += 1
        for rank, id_ in enumerate(ranking, start=1):
            if id_ in total:
                total[id_] += 1 / math.log2(1 + rank)
    return {id_: amount / lists if lists else 0.0 for id_, amount in total.items()}


def selection_audit(
    groups: Mapping[str, str], selected: Collection[str], *, seed: int = 1, draws: int = 2000
) -> list[Selection]:
    """Selection rate of each group against the best one among those large enough.

    groups: person -> group. selected: the people chosen. Ordered by group.
    """
    people = Counter(groups.values())
    chosen = Counter(groups[id_] for id_ in set(selected) if id_ in groups)
    large = [group for group, count in people.items() if count >= LEAST]
    best = max(large, key=lambda g: (chosen[g] / people[g], g), default=None)
    if best is None or len(large) < 2 or not chosen[best]:
        return [Selection(group, people[group], chosen[group]) for group in sorted(people)]
    random = np.random.default_rng(seed)
    top = random.binomial(people[best], chosen[best] / people[best], draws) / people[best]
    found = []
    for group in sorted(people):
        count, hits = people[group], chosen[group]
        if group not in large:
            found.append(Selection(group, count, hits))
            continue
        drawn = random.binomial(count, hits / count, draws) / count
        ratios = drawn[top > 0] / top[top > 0]
        low, high = (1.0, 1.0) if group == best else np.percentile(ratios, [2.5, 97.5])
        ratio = (hits / count) / (chosen[best] / people[best])
        found.append(Selection(group, count, hits, ratio, float(low), float(high)))
    return found


def _swapped(document: D, swap: Callable[[str], str]) -> D:
    texts = {field.name: swap(value) for field in fields(document)
             if field.name in _TEXTS and (value := getattr(document, field.name))}  # fmt: skip
    return type(document).from_dict({**document.to_dict(), **texts})


def _numbers(index: MatchIndex, vacancy: Vacancy, profile: Profile) -> tuple[object, ...]:
    match = index.score_pair(vacancy, profile)
    return match.score, match.text, match.job_fit.hundredths, match.wish_fit.hundredths
