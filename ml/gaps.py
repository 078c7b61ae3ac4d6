"""What stands between a person and a vacancy, and which questions would help most people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ml.columns import READ
from ml.criteria import CRITERIA, GATES, Criterion, Gate, Verdict, is_stated, missing_certificates
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


# --- one person, many vacancies ----------------------------------------------------------------


@dataclass(frozen=True)
class OpenQuestion:
    """An unanswered field of a profile: how many vacancies wait for it, how many at a gate.

    ``opens`` counts those at a gate where no other gate fails: there an answer decides.
    """

    field: str
    vacancies: int
    gates: int
    opens: int


# The field of a profile that an unknown waits for.
WAITS_FOR = {
    "occupation": "occupations", "wanted": "occupations", "pay": "pay_min", "park": "parks",
    "distance": "commune", "dormitory": "needs_dormitory", "shift": "shifts",
    "start": "available_on",
}  # fmt: skip


def open_questions(
    profile: Profile, vacancies: Iterable[Vacancy], today: date | None = None
) -> list[OpenQuestion]:
    """Which fields of a profile are blank and waited for; where an answer decides most, first."""
    values = {name: read(profile) for name, read in READ.items()}
    waiting: Counter[str] = Counter()
    at_gate: Counter[str] = Counter()
    opens: Counter[str] = Counter()
    for vacancy in vacancies:
        verdicts = {
            gate.code: _verdict(gate, vacancy, values, today)
            for gate in GATES
            if gate.stated(vacancy, today)
        }
        gates = {
            field
            for code, verdict in verdicts.items()
            if verdict is Verdict.UNKNOWN and (field := _blank(profile, code))
        }
        soft = {
            field
            for criterion in CRITERIA
            if _is_unknown(criterion, vacancy, values)
            and (field := _blank(profile, criterion.code))
        }
        waiting.update(gates | soft)
        at_gate.update(gates)
        if Verdict.FAIL not in verdicts.values():
            opens.update(gates)
    found = [OpenQuestion(f, waiting[f], at_gate[f], opens[f]) for f in waiting]
    return sorted(found, key=lambda q: (-q.opens, -q.gates, -q.vacancies, q.field))


def _verdict(gate: Gate, vacancy: Vacancy, values: dict[str, Any], today: date | None) -> Verdict:
    return gate.verdict(vacancy, values[gate.column] if gate.column else None, today)


def _is_unknown(criterion: Criterion, vacancy: Vacancy, values: dict[str, Any]) -> bool:
    return is_stated(criterion, vacancy) and all(
        criterion.share(vacancy, values[column], slot) is None
        for slot, column in enumerate(criterion.columns)
    )


def _blank(profile: Profile, code: str) -> str:
    """The field that the unknown waits for, where it is blank; a bus is asked about first."""
    if code == "bus":
        field = "needs_bus" if profile.needs_bus is None else "commune"
    else:
        field = WAITS_FOR.get(code, code)
    return field if getattr(profile, field) in (None, "", ()) else ""
