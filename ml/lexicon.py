"""The frozen vocabulary: which words and pairs of words exist, and how rare each one is.

Two channels are fitted on the same documents: words as typed, and words folded. A document is one
sparse row over both. Rows of an accented person are ``[a, f]``, of a person typed without marks
``[0, 2f]``, with ``a`` and ``f`` of unit length; an accented query is ``[a/2, f/2]`` and one
without marks ``[0, f]``. So one product gives the mean of the two cosines where both sides carry
marks, and the folded cosine elsewhere (``Query.folded_only`` halves the doubled rows).

Weights are ``(1 + ln tf) * (ln((1 + n) / (1 + df)) + 1)``, each field brought to unit length,
blended by its weight, and the blend brought to unit length again. Words met only after the fit
have no weight until the next one: scores do not move while the lexicon stands.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.documents import Profile, Vacancy
from ml.text import are_marked, fold, is_stop, segments

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BREAK = -1  # between runs: no pair is formed across it
UNSEEN = -2
_CHUNK = 4000  # documents encoded at a time, to bound the memory of a fit
_LOG_TF = np.array([0.0, *(1.0 + math.log(n) for n in range(1, 4096))])

PROFILE_FIELDS = {"head": 0.3, "skills": 0.3, "experience": 0.4}
VACANCY_FIELDS = {"title": 0.3, "description": 0.3, "requirement": 0.4}


def profile_fields(profile: Profile) -> dict[str, str]:
    """The texts of a person that are scored, by field."""
    return {"head": " . ".join((profile.title, *profile.wishes)), "skills": profile.skills,
            "experience": profile.experience}  # fmt: skip


def vacancy_fields(vacancy: Vacancy) -> dict[str, str]:
    """The texts of a vacancy that are scored, by field."""
    return {"title": vacancy.title, "description": vacancy.description,
            "requirement": f"{vacancy.requirement} . {vacancy.skills}"}  # fmt: skip


@dataclass(frozen=True)
class Analysed:
    """The runs of words of each field with the field's weight, before any vocabulary."""

    fields: tuple[tuple[float, tuple[tuple[str, ...], ...]], ...]
    accented: bool


def analyse(document: Vacancy | Profile) -> Analysed:
    """Tokens of a document by field; what every fit, update and query starts from."""
    if isinstance(document, Vacancy):
        texts, weights = vacancy_fields(document), VACANCY_FIELDS
    else:
        texts, weights = profile_fields(document), PROFILE_FIELDS
    read = {name: segments(text) for name, text in texts.items() if text}
    return Analysed(tuple((weights[name], text.runs) for name, text in read.items()),
                    are_marked(read.values()))  # fmt: skip


@dataclass(frozen=True)
class Channel:
    """Terms of one channel: ``size`` single words, then the pairs in the order of ``pairs``."""

    size: int
    pairs: Ints
    idf: Floats

    def __len__(self) -> int:
        return len(self.idf)

    def terms(self, sequence: Ints, unit: Ints) -> tuple[Ints, Ints]:
        """Term ids with their units, of a run of word ids with breaks."""
        key, at = _pair_keys(sequence, self.size)
        found = np.searchsorted(self.pairs, key)
        known = found < len(self.pairs)
        known[known] = self.pairs[found[known]] == key[known]
        single = sequence >= 0
        term = np.concatenate([sequence[single], found[known] + self.size])
        return term, np.concatenate([unit[single], unit[at[known]]])


def _pair_keys(sequence: Ints, size: int) -> tuple[Ints, Ints]:
    left, right = sequence[:-1], sequence[1:]
    at = np.flatnonzero((left >= 0) & (right >= 0))
    return left[at] * size + right[at], at


@dataclass(frozen=True)
class Rows:
    """Sparse rows in CSR form over the terms of both channels; values are float32."""

    indptr: NDArray[np.int32]
    indices: NDArray[np.int32]
    data: NDArray[np.float32]
    accented: NDArray[np.bool_]


@dataclass(frozen=True)
class Query:
    """A vacancy as terms (ascending) and float32 weights."""

    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    folded_only: bool


class Lexicon:
    """Vocabulary and idf of both channels. Immutable; build with ``fit`` or ``from_bytes``."""

    def __init__(self, words: Sequence[str], accented: Channel, folded: Channel) -> None:
        self.words = tuple(words)
        self.accented = accented
        self.folded = folded
        self._id_of = {word: i for i, word in enumerate(self.words)}
        folded_of = [fold(word) for word in self.words]
        self.folded_words = tuple(sorted(set(folded_of)))
        position = {word: i for i, word in enumerate(self.folded_words)}
        self._folded_id = np.array([position[word] for word in folded_of], dtype=np.int64)
        self._folded_position = position
        self._is_stop = np.array([is_stop(word) for word in self.words], dtype=np.bool_)

    def __len__(self) -> int:
        return len(self.accented) + len(self.folded)

    # --- fit ---------------------------------------------------------------------------------

    @classmethod
    def fit(cls, documents: Sequence[Analysed]) -> Lexicon:
        """Learn words, pairs and document frequencies from analysed profiles."""
        words = sorted(set(_words(documents)))
        empty = Channel(0, np.zeros(0, np.int64), np.zeros(0))
        draft = cls(words, empty, empty)
        sequence, unit, doc_of = draft._sequence(documents)
        document = doc_of[unit] if len(unit) else unit
        spoken = draft._spoken(sequence)
        accented = _fit_channel(sequence[spoken], document[spoken], len(words), len(documents))
        folded = _fit_channel(draft._fold(sequence), document, len(draft.folded_words),
                              len(documents))  # fmt: skip
        return cls(words, accented, folded)

    def _sequence(self, documents: Iterable[Analysed]) -> tuple[Ints, Ints, Ints]:
        """Word ids with breaks, the unit (a field of a document) of each, each unit's document."""
        ids: list[int] = []
        lengths: list[int] = []
        doc_of: list[int] = []
        get = self._id_of.get
        for number, document in enumerate(documents):
            for _, runs in document.fields:
                before = len(ids)
                for run in runs:
                    found = [get(word, UNSEEN) for word in run]
                    if UNSEEN in found:
                        found = [self._known(word) for word in run]
                    ids.extend(found)
                    ids.append(BREAK)
                lengths.append(len(ids) - before)
                doc_of.append(number)
        unit = np.repeat(np.arange(len(lengths)), lengths)
        return np.array(ids, dtype=np.int64), unit, np.array(doc_of, dtype=np.int64)

    def _spoken(self, sequence: Ints) -> NDArray[np.bool_]:
        """What the accented channel reads: everything but stop words, their neighbours joined."""
        keep = np.ones(len(sequence), dtype=np.bool_)
        seen = sequence >= 0
        keep[seen] = ~self._is_stop[sequence[seen]]
        return keep

    def _known(self, word: str) -> int:
        """A word's id; a new spelling whose folded form is known is coded below UNSEEN."""
        if word in self._id_of:
            return self._id_of[word]
        known = self._folded_position.get(fold(word))
        return UNSEEN if known is None else UNSEEN - 1 - known

    def _fold(self, sequence: Ints) -> Ints:
        folded = sequence.copy()
        seen = sequence >= 0
        folded[seen] = self._folded_id[sequence[seen]]
        respelt = sequence < UNSEEN
        folded[respelt] = UNSEEN - 1 - sequence[respelt]
        return folded

    # --- encode ------------------------------------------------------------------------------

    def rows(self, documents: Sequence[Analysed]) -> Rows:
        """Profile rows. A document gives the same bits alone as among any others."""
        parts = [self._encode(documents[i : i + _CHUNK]) for i in range(0, len(documents), _CHUNK)]
        counts = [np.zeros(1, np.int64), *(count for count, _, _ in parts)]
        return Rows(
            np.cumsum(np.concatenate(counts)).astype(np.int32),
            np.concatenate([np.zeros(0, np.int32), *(term for _, term, _ in parts)]),
            np.concatenate([np.zeros(0, np.float32), *(value for _, _, value in parts)]),
            np.array([d.accented for d in documents], dtype=np.bool_),
        )

    def _encode(
        self, documents: Sequence[Analysed]
    ) -> tuple[Ints, NDArray[np.int32], NDArray[np.float32]]:
        accented, folded = self._channels(documents)
        marked = np.array([d.accented for d in documents], dtype=np.bool_)
        keep = marked[accented[0]]
        left, right = accented[0][keep], folded[0]
        n_left = np.bincount(left, minlength=len(documents))
        n_right = np.bincount(right, minlength=len(documents))
        # Each document's accented terms, then its folded ones: both already sorted.
        at_left = np.arange(len(left)) + (np.cumsum(n_right) - n_right)[left]
        at_right = np.arange(len(right)) + np.cumsum(n_left)[right]
        term = np.empty(len(left) + len(right), dtype=np.int32)
        value = np.empty(len(term), dtype=np.float32)
        term[at_left], term[at_right] = accented[1][keep], folded[1] + len(self.accented)
        value[at_left] = accented[2][keep]
        value[at_right] = folded[2] * np.where(marked, 1, 2)[right]
        return n_left + n_right, term, value

    def query(self, document: Analysed) -> Query:
        """A vacancy's terms and weights; empty when no word of it is known."""
        accented, folded = self._channels([document])
        offset = len(self.accented)
        if not document.accented:
            return Query((folded[1] + offset).astype(np.int32), folded[2].astype(np.float32), True)
        terms = np.concatenate([accented[1], folded[1] + offset])
        weights = np.concatenate([accented[2], folded[2]]) * 0.5
        return Query(terms.astype(np.int32), weights.astype(np.float32), False)

    def _channels(
        self, documents: Sequence[Analysed]
    ) -> tuple[tuple[Ints, Ints, Floats], tuple[Ints, Ints, Floats]]:
        sequence, unit, doc_of = self._sequence(documents)
        weight = np.array([w for d in documents for w, _ in d.fields], dtype=np.float64)
        folded = self._fold(sequence)
        spoken = self._spoken(sequence)
        accented = np.where(sequence < UNSEEN, UNSEEN, sequence)[spoken]
        return (_encode_channel(self.accented, accented, unit[spoken], doc_of, weight),
                _encode_channel(self.folded, folded, unit, doc_of, weight))  # fmt: skip

    # --- words of terms, and storing -----------------------------------------------------------

    def folded_terms(self, texts: Iterable[str]) -> set[str]:
        """Folded words of texts as the index knows them; what a keyword is compared with."""
        return {fold(word) for text in texts for run in segments(text).runs for word in run}

    def words_of(self, term: int) -> tuple[str, ...]:
        """The folded words of a term of either channel, one or two of them."""
        channel, names = self.accented, self.words
        if term >= len(self.accented):
            term -= len(self.accented)
            channel, names = self.folded, self.folded_words
        if term < channel.size:
            return (fold(names[term]),)
        left, right = divmod(int(channel.pairs[term - channel.size]), channel.size)
        return fold(names[left]), fold(names[right])

    def restricted(self, documents: Iterable[Analysed]) -> Lexicon:
        """The part that these documents use, in the same order: their scores keep every bit."""
        used = sorted(self._id_of[w] for w in _words(documents) if w in self._id_of)
        need = {fold(word) for word in _words(documents)}
        # A word known only by its folded form still needs one spelling to carry that form.
        have = {fold(self.words[i]) for i in used}
        extra = {fold(w): i for i, w in enumerate(self.words) if fold(w) in need - have}
        keep = np.array(sorted({*used, *extra.values()}), dtype=np.int64)
        words = [self.words[i] for i in keep]
        folded = np.unique(self._folded_id[keep]) if len(keep) else keep
        return Lexicon(words, _restrict(self.accented, keep), _restrict(self.folded, folded))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What ``from_arrays`` needs beside the words."""
        return {
            "accented_pairs": self.accented.pairs, "accented_idf": self.accented.idf,
            "folded_pairs": self.folded.pairs, "folded_idf": self.folded.idf,
        }  # fmt: skip

    @classmethod
    def from_arrays(cls, words: Sequence[str], arrays: Mapping[str, NDArray[Any]]) -> Lexicon:
        """The lexicon of ``words`` and ``arrays()``; arrays may be memory-mapped."""
        size = len({fold(word) for word in words})
        return cls(
            words,
            Channel(len(words), arrays["accented_pairs"], arrays["accented_idf"]),
            Channel(size, arrays["folded_pairs"], arrays["folded_idf"]),
        )

    def to_bytes(self) -> bytes:
        """A portable copy (npz with JSON words, no pickle)."""
        buffer = io.BytesIO()
        text = np.frombuffer(json.dumps(self.words, ensure_ascii=False).encode(), dtype=np.uint8)
        np.savez_compressed(buffer, words=text, **self.arrays())  # type: ignore[arg-type]
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Lexicon:
        """The lexicon of ``to_bytes``; ValueError when the bytes are not one."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
            words = json.loads(arrays["words"].tobytes().decode())
            return cls.from_arrays(words, {name: arrays[name] for name in arrays.files})


def _words(documents: Iterable[Analysed]) -> Iterator[str]:
    return (word for d in documents for _, runs in d.fields for run in runs for word in run)


def _fit_channel(sequence: Ints, document: Ints, size: int, n_documents: int) -> Channel:
    key, at = _pair_keys(sequence, size)
    single = sequence >= 0
    word_df = _distinct(sequence[single], document[single], max(size, 1), n_documents)[1]
    pairs, pair_df = _distinct(key, document[at], max(size * size, 1), n_documents)
    df = np.concatenate([_spread(sequence[single], word_df, size), pair_df])
    return Channel(size, pairs, np.log((1.0 + n_documents) / (1.0 + df)) + 1.0)


def _spread(ids: Ints, df: Ints, size: int) -> Ints:
    full = np.zeros(size, dtype=np.int64)
    full[_unique(ids)[0]] = df
    return full


def _distinct(term: Ints, document: Ints, n_terms: int, n_documents: int) -> tuple[Ints, Ints]:
    """Distinct terms, ascending, and in how many documents each stands."""
    if n_terms * max(n_documents, 1) < 2**62:
        both, _ = _unique(term * max(n_documents, 1) + document)
        return _unique(both // max(n_documents, 1))
    names, _ = _unique(term)
    dense = np.searchsorted(names, term)
    both, _ = _unique(dense * max(n_documents, 1) + document)
    return names, np.bincount(both // max(n_documents, 1), minlength=len(names))


def _unique(values: Ints) -> tuple[Ints, Ints]:
    """Distinct values, ascending, with counts. numpy's own hashes, four times slower here."""
    ordered = np.sort(values)
    start = _starts(ordered)
    return ordered[start], np.diff(np.append(start, len(ordered)))


def _encode_channel(
    channel: Channel, sequence: Ints, unit: Ints, doc_of: Ints, weight: Floats
) -> tuple[Ints, Ints, Floats]:
    """(document, term, value) sorted by document and term, each document of unit length."""
    term, of_unit = channel.terms(sequence, unit)
    width = max(len(channel), 1)
    key, count = _unique(of_unit * width + term)
    of_unit, term = key // width, key % width
    value = _LOG_TF[np.minimum(count, len(_LOG_TF) - 1)] * channel.idf[term]
    value = value / _norms(value, of_unit) * weight[of_unit]
    doc = doc_of[of_unit] if len(of_unit) else of_unit
    order = np.argsort(doc * width + term, kind="stable")  # fields of a term stay in order
    doc, term, value = doc[order], term[order], value[order]
    start = _starts(doc * width + term)
    doc, term, value = doc[start], term[start], _sums(value, start)
    return doc, term, value / _norms(value, doc)


def _starts(key: Ints) -> Ints:
    return np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else key


def _sums(value: Floats, start: Ints) -> Floats:
    return np.add.reduceat(value, start) if len(start) else value


def _norms(value: Floats, group: Ints) -> Floats:
    """Length of each group's vector, repeated for its members (groups are contiguous)."""
    start = _starts(group)
    lengths = np.diff(np.append(start, len(value)))
    return np.repeat(np.sqrt(_sums(value * value, start)), lengths)


def _restrict(channel: Channel, keep: Ints) -> Channel:
    new_id = np.full(channel.size, -1, dtype=np.int64)
    new_id[keep] = np.arange(len(keep))
    left, right = np.divmod(channel.pairs, max(channel.size, 1))
    kept = np.flatnonzero((new_id[left] >= 0) & (new_id[right] >= 0))
    pairs = new_id[left[kept]] * len(keep) + new_id[right[kept]]
    idf = np.concatenate([channel.idf[keep], channel.idf[channel.size + kept]])
    return Channel(len(keep), pairs, idf)
