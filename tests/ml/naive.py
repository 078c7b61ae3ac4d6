"""Slow twins: the same rules written again from the text of the rules, with dictionaries."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ml.documents import GENERAL_EDUCATION, QUALIFICATIONS, Profile, Vacancy
from ml.filters import Filters
from ml.index import MatchIndex
from ml.scoring import Match
from ml.text import segments
from tests.ml.market import TODAY

Vector = dict[str, float]
STOP = {"và", "của"}  # of the words that ``market`` uses


def strip(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def grams(text: str, *, folded: bool, known: frozenset[str] = STOP) -> Counter[str]:
    """Words and pairs; a stop word that no profile writes parts its neighbours, as any stranger."""
    found: Counter[str] = Counter()
    for run in segments(text).runs:
        words = [strip(w) for w in run] if folded else [w for w in run if w not in STOP & known]
        found.update(words)
        found.update(f"{a} {b}" for a, b in pairwise(words))
    return found


def fields(document: Vacancy | Profile) -> list[tuple[float, str]]:
    if isinstance(document, Vacancy):
        texts = [(0.3, document.title), (0.3, document.description),
                 (0.4, f"{document.requirement} . {document.skills}")]  # fmt: skip
    else:
        texts = [(0.3, " . ".join((document.title, *document.wishes))), (0.3, document.skills),
                 (0.4, document.experience)]  # fmt: skip
    return [(weight, text) for weight, text in texts if text]


def marked(document: Vacancy | Profile) -> bool:
    words = [w for _, text in fields(document) for w in _words(text)]
    count = sum(word != strip(word) for word in words)
    return count > 0 and count >= 0.1 * len(words)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()


def unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(v * v for v in vector.values()))
    return {term: v / length for term, v in vector.items()} if length else {}


class Texts:
    """tf-idf of both channels, fitted on profiles."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        texts = (text for profile in profiles for _, text in fields(profile))
        self.known = frozenset(
            word for text in texts for run in segments(text).runs for word in run
        )
        self.idf = {folded: self._idf(profiles, folded=folded) for folded in (True, False)}

    def _idf(self, profiles: Sequence[Profile], *, folded: bool) -> Vector:
        df: Counter[str] = Counter()
        for profile in profiles:
            df.update(set().union(*(grams(text, folded=folded) for _, text in fields(profile))))
        return {t: math.log((1 + len(profiles)) / (1 + n)) + 1 for t, n in df.items()}

    def vector(self, document: Vacancy | Profile, *, folded: bool) -> Vector:
        idf, blend = self.idf[folded], Counter[str]()
        for weight, text in fields(document):
            found = grams(text, folded=folded, known=self.known)
            counts = {t: n for t, n in found.items() if t in idf}
            field = unit({t: (1 + math.log(n)) * idf[t] for t, n in counts.items()})
            for term, value in field.items():
                blend[term] += weight * value  # type: ignore[assignment]
        return unit(dict(blend))

    def cosine(self, vacancy: Vacancy, profile: Profile) -> float:
        both = marked(vacancy) and marked(profile)
        values = []
        for folded in (True, False) if both else (True,):
            q, d = self.vector(vacancy, folded=folded), self.vector(profile, folded=folded)
            values.append(sum(v * d.get(t, 0.0) for t, v in q.items()))
        return sum(values) / len(values)


def shares(v: Vacancy, p: Profile) -> dict[str, float | None]:
    """Share 0..1 of every criterion that the vacancy states; None where the person's is unknown."""
    found: dict[str, float | None] = {}
    if v.occupation:
        same = [(0, 0.2, 0.5, 0.8, 1, 1)[_prefix(v.occupation, code)] for code in p.occupations[:3]]
        found["occupation"] = max(same) if same else None
        order = [s * f for s, f in zip(same, (1, 0.9, 0.8), strict=False)]
        found["wanted"] = max(order) if order else None
    orders = {"general_education": GENERAL_EDUCATION, "qualification": QUALIFICATIONS}
    for name, levels in orders.items():
        asked, have = getattr(v, name), getattr(p, name)
        if asked:
            gap = levels.index(asked) - levels.index(have) if have else None
            found[name] = None if gap is None else 1 if gap <= 0 else 0.4 if gap == 1 else 0
    if v.years_experience:
        have_years = p.years_experience
        found["years_experience"] = (
            None if have_years is None else min(1, have_years / v.years_experience)
        )
    if v.languages:
        met = sum(language in p.languages for language in v.languages)
        found["languages"] = met / len(v.languages) if p.languages else None
    found.update(_wishes(v, p))
    return found


def _wishes(v: Vacancy, p: Profile) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    pay = v.pay_max if v.pay_max is not None else v.pay_min
    if pay is not None:
        short = None if p.pay_min is None else max(0.0, (pay / p.pay_min - 0.7) / 0.3)
        found["pay"] = None if short is None else min(1.0, short)
    if v.park:
        found["park"] = (v.park in p.parks) if p.parks else None
    if v.commune or v.lat:
        found["distance"] = _distance(v, p)
    if v.has_bus is not None:
        found["bus"] = _bus(v, p)
    if v.has_dormitory is not None:
        found["dormitory"] = (None if p.needs_dormitory is None
                              else not p.needs_dormitory or v.has_dormitory)  # fmt: skip
    if v.shift:
        accepted = v.shift == "flexible" or v.shift in p.shifts
        found["shift"] = accepted if p.shifts or v.shift == "flexible" else None
    if v.start_on:
        late = (p.available_on - v.start_on).days if p.available_on else None
        found["start"] = None if late is None else min(1.0, max(0.0, 1 - late / 60))
    return found


def _distance(v: Vacancy, p: Profile) -> float | None:
    if None in (v.lat, v.lon, p.lat, p.lon):
        return 1.0 if p.commune and p.commune == v.commune else None
    north = math.radians(p.lat - v.lat) * 6371.0
    east = math.radians(p.lon - v.lon) * 6371.0 * math.cos(math.radians(v.lat))
    return min(1.0, max(0.0, (40 - round(math.hypot(north, east), 1)) / 35))


def _bus(v: Vacancy, p: Profile) -> bool | None:
    if p.needs_bus is None:
        return None
    if p.needs_bus and v.has_bus and v.bus_communes and not p.commune:
        return None
    stops = not v.bus_communes or p.commune in v.bus_communes
    return not p.needs_bus or bool(v.has_bus and stops)


def _prefix(left: str, right: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
                min(len(left), len(right)))  # fmt: skip


JOB = {"occupation": 15, "general_education": 10, "qualification": 10, "years_experience": 15,
       "languages": 10}  # fmt: skip
WISH = {"pay": 25, "park": 10, "distance": 15, "bus": 5, "dormitory": 5, "shift": 20, "wanted": 15,
        "start": 5}  # fmt: skip


def sides(v: Vacancy, p: Profile, cosine: float, *, has_words: bool) -> tuple[float, float, float]:
    """Job fit, wish fit (0..100) and the score without price."""
    found = shares(v, p)
    job = [(JOB[c], 0.5 if s is None else s) for c, s in found.items() if c in JOB]
    wish = [(WISH[c], 0.5 if s is None else s) for c, s in found.items() if c in WISH]
    if has_words:
        job.append((40, math.sqrt(max(cosine, 0.0))))
    values, weights = [], []
    for lines, weight in ((job, 60), (wish, 40)):
        total = sum(w for w, _ in lines)
        values.append(sum(w * s for w, s in lines) / total if total else 0.0)
        weights.append(weight if total else 0)
    score = sum(a * b for a, b in zip(values, weights, strict=True)) / max(sum(weights), 1)
    return 100 * values[0], 100 * values[1], score


def passes(p: Profile, f: Filters) -> bool:
    checks = (
        f.communes is None or p.commune in f.communes,
        f.parks is None or bool(set(p.parks) & f.parks),
        not f.shift or f.shift in p.shifts or (not p.shifts and not f.shift_confirmed),
        _reaches(GENERAL_EDUCATION, f.general_education, p.general_education),
        _reaches(QUALIFICATIONS, f.qualification, p.qualification),
        f.available_by is None or p.available_on is None or p.available_on <= f.available_by,
        f.tags <= p.tags,
        _has_words(p, f.keyword),
    )  # fmt: skip
    return all(checks)


def _reaches(levels: tuple[str, ...], least: str, have: str) -> bool:
    return not least or (bool(have) and levels.index(have) >= levels.index(least))


def _has_words(p: Profile, keyword: str) -> bool:
    texts = (p.title, *p.wishes, p.skills, p.experience)
    known = {strip(w) for text in texts for run in segments(text).runs for w in run}
    asked = [strip(w) for w in segments(keyword).runs[0] if w not in STOP]
    return all(any(w.startswith(a) for w in known) for a in asked)


def rank(
    index: MatchIndex, people: Iterable[Profile], v: Vacancy, f: Filters | None = None
) -> list[Match]:
    """Every pair by itself, then one plain sort."""
    found = [index.score_pair(v, p, TODAY) for p in people if f is None or passes(p, f)]
    return sorted(found, key=lambda m: (-(m.score - 10 * m.failed), m.profile_id))
