"""Why a person has their score: shared words, criteria, gates, price, and what to ask next.

The cosine is a sum over shared terms, so the parts of the words add up to ``match.text``.
Words stand as they are spelt in both texts. No wording in any language: codes and numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from ml.block import Request
from ml.criteria import FULL, NEUTRAL, Verdict
from ml.documents import Profile
from ml.gaps import Missing, missing_of
from ml.lexicon import Lexicon, Rows, profile_fields, vacancy_fields
from ml.scoring import Match, State, blend, half_up
from ml.text import fold, is_stop, readings, tokens, words


@dataclass(frozen=True)
class SharedTerm:
    """One or two neighbouring words found on both sides, and their part of the cosine."""

    in_vacancy: str
    in_profile: str
    contribution: float


@dataclass(frozen=True)
class Ask:
    """An unknown and what the numbers would be if the answer were yes (fits in hundredths)."""

    code: str
    gate: bool
    job_fit: int
    wish_fit: int
    score: float


@dataclass(frozen=True)
class Explanation:
    """``terms`` are all shared ones, strongest first; they add up to ``match.text``."""

    match: Match
    terms: tuple[SharedTerm, ...]
    missing: tuple[Missing, ...]
    ask: tuple[Ask, ...]

    def strongest(self, count: int = 8) -> tuple[SharedTerm, ...]:
        """The first terms that say something, enough for a page (no "và", no "của")."""
        telling = (t for t in self.terms if not all(is_stop(w) for w in words(t.in_vacancy)))
        return tuple(islice(telling, count))


def explain(
    request: Request, profile: Profile, match: Match, rows: Rows, lexicon: Lexicon
) -> Explanation:
    """Explain one pair; ``rows`` is the profile's single row under ``lexicon``."""
    return Explanation(match, _terms(request, profile, rows, lexicon), missing_of(match),
                       tuple(asks(request, match)))  # fmt: skip


def _terms(
    request: Request, profile: Profile, rows: Rows, lexicon: Lexicon
) -> tuple[SharedTerm, ...]:
    query = request.query
    shared, at_query, at_row = np.intersect1d(query.terms, rows.indices, return_indices=True)
    scale = 1.0 if not query.folded_only or rows.accented[0] else 0.5
    part: dict[tuple[str, ...], float] = {}
    for term, i, j in zip(shared, at_query, at_row, strict=True):
        key = lexicon.words_of(int(term))
        part[key] = part.get(key, 0.0) + scale * float(query.weights[i]) * float(rows.data[j])
    asked = _spellings(vacancy_fields(request.vacancy).values())
    have = _spellings(profile_fields(profile).values())
    shown: dict[tuple[str, str], float] = {}
    for key, value in part.items():  # the words of one reading stand as its one short form
        pair = (_spelt(asked, key), _spelt(have, key))
        shown[pair] = shown.get(pair, 0.0) + value
    found = [SharedTerm(*pair, value) for pair, value in shown.items()]
    return tuple(sorted(found, key=lambda t: (-t.contribution, t.in_vacancy, t.in_profile)))


def _spelt(known: Mapping[tuple[str, ...], str], key: tuple[str, ...]) -> str:
    return known.get(key, " ".join(key))


def _spellings(texts: Iterable[str]) -> dict[tuple[str, ...], str]:
    """Folded words -> how they stand in the text first; a reading stands as its short form."""
    found: dict[tuple[str, ...], str] = {}
    later: dict[tuple[str, ...], str] = {}
    for text in texts:
        run = tokens(text)
        for i, token in enumerate(run):
            found.setdefault((fold(token.word),), token.surface)
            if i + 1 < len(run):
                after = run[i + 1]
                pair = (fold(token.word), fold(after.word))
                found.setdefault(pair, f"{token.surface} {after.surface}")
            for reading in readings(token.word):
                folded = [fold(word) for word in reading]
                for key in [*((w,) for w in folded), *pairwise(folded)]:
                    later.setdefault(key, token.surface)
    return {**later, **found}


def asks(request: Request, match: Match) -> Iterable[Ask]:
    """Every unknown gate and criterion of a match, the ones that move the score most first."""
    found = [_ask(request, match, gate.code) for gate in match.gates
             if gate.verdict is Verdict.UNKNOWN]  # fmt: skip
    lines = (*match.job_fit.parts, *match.wish_fit.parts)
    known = {ask.code for ask in found}
    found += [_ask(request, match, part.code) for part in lines
              if part.state is State.UNKNOWN and part.code not in known]  # fmt: skip
    return sorted(found, key=lambda ask: (not ask.gate, -ask.score, ask.code))


def _ask(request: Request, match: Match, code: str) -> Ask:
    """The pair as it would be were the answer to ``code`` the best one."""
    sides = {}
    for side, fit in (("job", match.job_fit), ("wish", match.wish_fit)):
        weight = request.side_weight(side)
        unknown = any(p.code == code and p.state is State.UNKNOWN for p in fit.parts)
        gain = request.weights.of(code) * (FULL - NEUTRAL) / weight if unknown else 0.0
        sides[side] = (fit.hundredths + gain, half_up(fit.hundredths + gain), gain)
    gained = float(blend(sides["job"][2], sides["wish"][2], *request.shared()))
    is_gate = any(gate.code == code and gate.verdict is Verdict.UNKNOWN for gate in match.gates)
    return Ask(code, is_gate, sides["job"][1], sides["wish"][1], match.score + gained)
