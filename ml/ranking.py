"""From scored positions to a list of people with parts that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ml.block import Block, Request, Scores
from ml.criteria import GATES, Criterion, distance_km
from ml.documents import Vacancy
from ml.scoring import GateResult, Match, make_fit, text_share


@dataclass(frozen=True)
class RankedList:
    """The page asked for. ``total`` counts everybody eligible; ``tied_beyond`` those after the
    page who equal its last person, so that a cut through equals can be shown as one."""

    items: tuple[Match, ...]
    total: int
    tied_beyond: int = 0

    def __iter__(self) -> Iterator[Match]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class Person:
    """Where a person stands among the scores of a block, and what belongs to them."""

    block: Block
    scores: Scores
    at: int  # index into scores
    price: float | None

    @property
    def position(self) -> int:
        """Position within the block."""
        return int(self.scores.positions[self.at])

    @property
    def order(self) -> float:
        """What the list is sorted by, best first."""
        return float(self.scores.order[self.at])

    @property
    def id(self) -> str:
        """The profile's id."""
        return self.block.ids[self.position]


def make_match(request: Request, person: Person) -> Match:
    """The shown form of one scored person, alone (rank 1)."""
    scores, at = person.scores, person.at
    job: list[tuple[str, int, float | None, Any, Any]] = []
    if request.text_weight:
        job.append(("text", request.text_weight, float(text_share(scores.text[at])), None, None))
    job.extend(_line(request, c, person) for c in request.criteria("job"))
    wish = [_line(request, c, person) for c in request.criteria("wish")]
    return Match(
        vacancy_id=request.vacancy.id,
        profile_id=person.id,
        rank=1,
        score=float(scores.score[at]),
        job_fit=make_fit(job, float(scores.job[at])),
        wish_fit=make_fit(wish, float(scores.wish[at])),
        price=person.price,
        gates=_gates(request, person),
        text=float(scores.text[at]),
        introduced=person.block.columns["introduced"].value(person.position),
    )


def number(matches: Sequence[Match], orders: Sequence[float], tied_beyond: int) -> list[Match]:
    """Ranks and tie groups for matches sorted best first; equal people share the first's rank."""
    ranked: list[Match] = []
    for i, match in enumerate(matches):
        same = i > 0 and orders[i] == orders[i - 1]
        rank = ranked[-1].rank if same else i + 1
        follows = i + 1 < len(orders) and orders[i + 1] == orders[i]
        tied = same or follows or (tied_beyond > 0 and orders[i] == orders[-1])
        ranked.append(replace(match, rank=rank, tie_group=rank if tied else None))
    return ranked


def set_back(
    matches: Sequence[Match], people: Sequence[Person], parts: Sequence[Scores]
) -> list[Match]:
    """Say how many ranks each lost because many want them; ``matches`` are numbered ``people``.

    Exact: the rank in this very list, less the rank in the same list with prices off.
    """
    paying = [i for i, person in enumerate(people) if person.price]
    if not paying:
        return list(matches)
    free = np.sort(np.concatenate([scores.free for scores in parts]))
    told = list(matches)
    for i in paying:
        own = people[i].scores.free[people[i].at]
        rank = len(free) - int(np.searchsorted(free, own, side="right")) + 1
        told[i] = replace(told[i], set_back=max(told[i].rank - rank, 0))
    return told


def _line(
    request: Request, criterion: Criterion, person: Person
) -> tuple[str, int, float | None, Any, Any]:
    values = [person.block.columns[name].value(person.position) for name in criterion.columns]
    shares = [criterion.share(request.vacancy, value, i) for i, value in enumerate(values)]
    known = [share for share in shares if share is not None]
    asked, have = criterion.stated(request.vacancy), _shown(request.vacancy, criterion, values)
    share = max(known) if known else None
    return criterion.code, request.weights.of(criterion.code), share, asked, have


def _shown(vacancy: Vacancy, criterion: Criterion, values: list[Any]) -> Any:
    if criterion.code == "distance":
        return distance_km(vacancy, *values[0])
    if criterion.code == "bus":
        return values[0][0]
    if len(values) > 1:
        return tuple(value for value in values if value)
    return values[0]


def _gates(request: Request, person: Person) -> tuple[GateResult, ...]:
    results = []
    for gate in GATES:
        if not gate.stated(request.vacancy, request.today):
            continue
        have = (person.block.columns[gate.column].value(person.position)
                if gate.column else request.today)  # fmt: skip
        verdict = gate.verdict(request.vacancy, have, request.today)
        results.append(GateResult(gate.code, verdict, getattr(request.vacancy, gate.code), have))
    return tuple(results)
