"""Matching people and vacancies: text, criteria, price, reasons. Knows nothing of the centre.

Pure Python on numpy, scipy and scikit-learn: no web, no database. Start with ``MatchIndex``.
"""

from ml.criteria import TEXT_ONLY, Verdict, Weights, distance_km
from ml.documents import DocumentError, Profile, Vacancy, read_jsonl
from ml.explain import Ask, Explanation, SharedTerm
from ml.filters import Filters
from ml.gaps import Missing, MostAsked, certificates_wanted, most_asked
from ml.index import MatchIndex
from ml.ranking import RankedList
from ml.scoring import Fit, GateResult, Match, Part, State
from ml.storage import IndexUnreadable

__all__ = [
    "TEXT_ONLY", "Ask", "DocumentError", "Explanation", "Filters", "Fit", "GateResult",
    "IndexUnreadable", "Match", "MatchIndex", "Missing", "MostAsked", "Part", "Profile",
    "RankedList", "SharedTerm", "State", "Vacancy", "Verdict", "Weights", "certificates_wanted",
    "distance_km", "most_asked", "read_jsonl",
]  # fmt: skip
