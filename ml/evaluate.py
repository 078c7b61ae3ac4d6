"""The product's own ranking beside plain ``TfidfVectorizer()`` + cosine, on judged data.

Prices are cross-fitted: vacancies are split in two by a fixed shuffle, and each half is ranked
with prices learned on the other half only, whose seats count as those of the whole.
A vacancy without any judgement above 0 says nothing
and is left out; the binary measures leave out those without a grade of 2 or more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from ml.criteria import TEXT_ONLY, Weights
from ml.documents import DocumentError, Profile, Vacancy, read_jsonl
from ml.filters import profile_texts
from ml.index import MatchIndex
from ml.metrics import MEASURES, RELEVANT, gini, interval

Rankings = dict[str, list[str]]


@dataclass(frozen=True)
class Judged:
    """Vacancies, profiles, and the grade 0..3 of judged pairs."""

    vacancies: tuple[Vacancy, ...]
    profiles: tuple[Profile, ...]
    grades: Mapping[str, Mapping[str, int]]


def load(vacancies: Path, profiles: Path, judgements: Path) -> Judged:
    """Read judged data; DocumentError names file and line of what is ill or unknown."""
    asked = tuple(read_jsonl(vacancies, Vacancy))
    people = tuple(read_jsonl(profiles, Profile))
    _distinct(asked, vacancies)
    _distinct(people, profiles)
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    known_vacancies, known_profiles = {v.id for v in asked}, {p.id for p in people}
    for number, line in enumerate(judgements.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{judgements.name} line {number}"
        cells = line.split("\t")
        if len(cells) != 3 or cells[2].strip() not in {"0", "1", "2", "3"}:
            raise DocumentError(f"{where}: want vacancy id, profile id and grade 0-3, by tabs")
        if cells[0] not in known_vacancies or cells[1] not in known_profiles:
            raise DocumentError(f"{where}: unknown vacancy or profile")
        grades[cells[0]][cells[1]] = int(cells[2])
    return Judged(asked, people, grades)


def evaluate(judged: Judged, *, text_only: bool = False, seed: int = 1) -> dict[str, Any]:
    """Every measure with its interval for both rankings, and how exposure is spread."""
    ours = pipeline(judged, text_only=text_only, seed=seed)
    return {
        "pipeline": measure(ours, judged.grades),
        "plain_tfidf": measure(plain(judged), judged.grades),
        "exposure": exposure(ours, judged.profiles),
    }


def pipeline(judged: Judged, *, text_only: bool = False, seed: int = 1) -> Rankings:
    """The product's lists: all criteria and cross-fitted prices, or the text channel alone."""
    index = MatchIndex(weights=TEXT_ONLY if text_only else Weights()).fit(judged.profiles)
    if text_only:
        return {vacancy.id: index.best_ids(vacancy) for vacancy in judged.vacancies}
    order = np.random.default_rng(seed).permutation(len(judged.vacancies))
    halves = [[judged.vacancies[i] for i in sorted(order[start::2])] for start in (0, 1)]
    rankings: Rankings = {}
    for half, other in (halves, halves[::-1]):
        index.learn_prices(other, share=len(other) / max(len(judged.vacancies), 1))
        rankings.update({vacancy.id: index.best_ids(vacancy) for vacancy in half})
    return rankings


def plain(judged: Judged) -> Rankings:
    """What a few lines of scikit-learn give, ties by id."""
    people = sorted(judged.profiles, key=lambda profile: profile.id)
    ids = [profile.id for profile in people]
    vectorizer = TfidfVectorizer()
    try:
        matrix = vectorizer.fit_transform(" ".join(profile_texts(p)) for p in people)
    except ValueError:  # no profile has any word
        return {vacancy.id: ids for vacancy in judged.vacancies}
    rankings: Rankings = {}
    for vacancy in judged.vacancies:
        texts = (vacancy.title, vacancy.description, vacancy.requirement, vacancy.skills)
        scores = (matrix @ vectorizer.transform([" ".join(texts)]).T).toarray()[:, 0]
        rankings[vacancy.id] = [ids[i] for i in np.argsort(-scores, kind="stable")]
    return rankings


def measure(
    rankings: Rankings, grades: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """Each measure over the vacancies that have a judgement for it."""
    found: dict[str, dict[str, float]] = {}
    for name, function in MEASURES.items():
        least = 1 if name.startswith("ndcg") else RELEVANT
        values = [function(ranking, grades[id_]) for id_, ranking in rankings.items()
                  if max(grades.get(id_, {}).values(), default=0) >= least]  # fmt: skip
        found[name] = interval(values)
    return found


def exposure(rankings: Rankings, profiles: Sequence[Profile]) -> dict[str, float]:
    """How unevenly places among the first ten are spread, and the share who never get one."""
    shown = Counter(id_ for ranking in rankings.values() for id_ in ranking[:10])
    counts = [shown[profile.id] for profile in profiles]
    never = counts.count(0) / len(counts) if counts else 0.0
    return {"gini@10": gini(counts), "never_shown@10": never}


def _distinct(documents: Sequence[Vacancy | Profile], path: Path) -> None:
    for id_, times in Counter(document.id for document in documents).items():
        if times > 1:
            raise DocumentError(f"{path.name}: id {id_!r} occurs {times} times")
