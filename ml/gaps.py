"""What stands between a person and a vacancy, and which questions would help most people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ml.criteria import Verdict, missing_certificates
from ml.documents import Profile, Vacancy
from ml.scoring import GateResult, Match, State


@dataclass(frozen=True)
class Missing:
    """A gate that fails or a criterion not wholly met; ``asked`` and ``have`` as data."""

    code: str
    gate: bool
    asked: Any = None
    have: Any = None


@dataclass(frozen=True)
class MostAsked:
    """An unknown: how many people it concerns; how many would pass every gate if it were yes."""

    code: str
    gate: bool
    people: int
    would_pass: int


def missing_of(match: Match) -> tuple[Missing, ...]:
    """What is missing in a match: failed gates first, then criteria not wholly met."""
    gates = [Missing(g.code, True, g.asked, g.have) for g in match.gates
             if g.verdict is Verdict.FAIL]  # fmt: skip
    known = {gap.code for gap in gates}
    lines = (*match.job_fit.parts, *match.wish_fit.parts)
    return (*gates, *(Missing(p.code, False, p.asked, p.have) for p in lines
                      if p.state in (State.UNMET, State.PARTLY)
                      and p.code != "text" and p.code not in known))  # fmt: skip


def certificates_wanted(vacancy: Vacancy, profile: Profile) -> tuple[str, ...]:
    """The mandatory certificates that the person does not hold (all of them if none is known)."""
    return missing_certificates(vacancy, profile.certificates)


def most_asked(matches: Iterable[Match]) -> list[MostAsked]:
    """For each unknown of a ranked list, whom it concerns; gates first, then by people."""
    people: Counter[tuple[str, bool]] = Counter()
    would_pass: Counter[tuple[str, bool]] = Counter()
    for match in matches:
        for key in _unknowns(match):
            people[key] += 1
            would_pass[key] += all(_passes(gate, key[0]) for gate in match.gates)
    found = [MostAsked(code, gate, people[code, gate], would_pass[code, gate])
             for code, gate in people]  # fmt: skip
    return sorted(found, key=lambda q: (not q.gate, -q.people, q.code))


def _unknowns(match: Match) -> set[tuple[str, bool]]:
    gates = {gate.code for gate in match.gates if gate.verdict is Verdict.UNKNOWN}
    lines = (*match.job_fit.parts, *match.wish_fit.parts)
    rest = {p.code for p in lines if p.state is State.UNKNOWN} - gates
    return {(code, True) for code in gates} | {(code, False) for code in rest}


def _passes(gate: GateResult, answered: str) -> bool:
    return gate.verdict is Verdict.PASS or (
        gate.verdict is Verdict.UNKNOWN and gate.code == answered
    )
