"""Vietnamese text to tokens: normalising, folding, protected words removed, short forms read out.

NFC comes before anything else, so a decomposed text gives the very same tokens. Words that state
sex, age, looks, family or origin ("nữ", "18-35 tuổi", "ngoại hình") are taken out before any
channel sees them, and the words left and right of them become neighbours: whether a text says
"tuyển nữ công nhân", "tuyển nam công nhân" or "tuyển công nhân" makes no difference to any score.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from operator import ne
from sys import intern
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_MARKED_SHARE = 0.1  # running Vietnamese is marked on two words of three; English on none


class Token(NamedTuple):
    """A word as it stands in the text and as it is compared."""

    surface: str
    word: str


def nfc(text: str) -> str:
    """The composed form. Every text passes here first."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Lower case without marks; đ has no decomposition in Unicode and is mapped by hand."""
    lowered = nfc(text).lower()
    if lowered.isascii():
        return lowered
    parts = unicodedata.normalize("NFD", lowered.replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def words(text: str) -> list[str]:
    """Runs of letters and digits, lower case, one-letter words kept; nothing else done."""
    return _WORD.findall(nfc(text).lower())


def tokens(text: str) -> list[Token]:
    """The words of a text that may be scored, with their spelling: protected words are out."""
    found = [match.group() for match in _WORD.finditer(nfc(text))]
    lowered = [surface.lower() for surface in found]
    keep = _kept(lowered, [fold(word) for word in lowered])
    return [Token(found[i], lowered[i]) for i in keep]


def scored_words(text: str) -> list[str]:
    """The words of ``tokens`` that say something: stop words are out too."""
    lowered = words(text)
    keep = _kept(lowered, [fold(word) for word in lowered])
    return [lowered[i] for i in keep if not is_stop(lowered[i])]


def is_stop(word: str) -> bool:
    """Whether the word as typed is on the stop list.

    The accented channel leaves stop words out. The folded one keeps them: folded, "của" (of) is
    also "cửa" (door) and "có" (has) is also "cơ" (mechanical), and a text typed without marks does
    not say which; so both ways of typing must keep the same words, and idf makes them light.
    """
    return word in _stopwords()


def is_accented(texts: Iterable[str]) -> bool:
    """Whether the texts were typed with Vietnamese marks (at least one word in ten has one)."""
    return are_marked(segments(text) for text in texts)


def are_marked(texts: Iterable[Runs]) -> bool:
    """The same of texts already read."""
    counts = [(text.marked, text.total) for text in texts]
    marked = sum(count for count, _ in counts)
    return marked > 0 and marked >= _MARKED_SHARE * sum(total for _, total in counts)


def readings(word: str) -> tuple[tuple[str, ...], ...]:
    """Every way to read a short form, each as its words; empty for an ordinary word."""
    return _abbreviations().get(fold(word), ())


class Runs(NamedTuple):
    """A text as it is scored; pairs of neighbours are formed inside a run only."""

    runs: tuple[tuple[str, ...], ...]  # the scored words, then one run for each reading
    marked: int  # how many of all words carry marks
    total: int


def segments(text: str) -> Runs:
    """The scored words, followed by one run for each reading of each short form."""
    lowered = words(text)
    folded = [fold(word) for word in lowered]
    keep = _kept(lowered, folded)
    table = _abbreviations()
    own = tuple([intern(lowered[i]) for i in keep])  # one copy of a word for 150,000 people
    read = [reading for i in keep if folded[i] in table for reading in table[folded[i]]]
    return Runs((own, *read), sum(map(ne, lowered, folded)), len(lowered))


def phrase_key(text: str) -> frozenset[str]:
    """Folded words of a certificate or language with its short forms read out, for comparing."""
    return frozenset(fold(word) for run in segments(text).runs for word in run
                     if not is_stop(word))  # fmt: skip


# --- protected words -------------------------------------------------------------------------


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SEX = _set("nữ nu nam female male")
_PAIRS = frozenset({
    "gioi tinh", "phu nu", "dan ong", "con trai", "con gai", "nam gioi", "nu gioi", "ngoai hinh",
    "do tuoi", "tuoi tac", "tuoi doi", "doc than", "ket hon", "hon nhan", "ho khau", "ua nhin",
    "ton giao", "dan toc", "year old", "years old",
})  # fmt: skip
_AGE = _set("tuoi age aged")
_LINK = _set("tu den duoi tren khong qua toi da thieu trong khoang tro len xuong va hoac to "
             "from over under between max min and or")  # fmt: skip
# "nam" is also south and a part of names: these neighbours, as typed, keep it. Not folded: "đông
# nam" (south-east) must not shelter "lao động nam" (male workers).
_SOUTH_BEFORE = _set("việt viet miền mien phía phia đông tây hướng hà quảng")
_SOUTH_AFTER = _set("châm phi định đình sách cầu tràng bộ ninh cham dinh")
_TRIGGERS = frozenset({*_AGE, "nu", "nam", "female", "male", "sinh",
                       *(pair.split()[0] for pair in _PAIRS)})  # fmt: skip
_REACH = 6  # how far an age may stand from the word that makes it an age


def _kept(lowered: Sequence[str], folded: Sequence[str]) -> list[int]:
    gone = _protected(lowered, folded)
    return [i for i in range(len(lowered)) if i not in gone] if gone else list(range(len(lowered)))


def _protected(lowered: Sequence[str], folded: Sequence[str]) -> set[int]:
    gone: set[int] = set()
    for i in [i for i, word in enumerate(folded) if word in _TRIGGERS]:
        word = folded[i]
        if lowered[i] == "năm":  # year: without marks it is read as "nam", and that is out
            gone.add(i)
        if word in _AGE or _is_sex(i, lowered):
            gone.add(i)
            gone.update(_ages_beside(i, folded))
        elif i + 1 < len(folded) and f"{word} {folded[i + 1]}" in _PAIRS:
            gone.update((i, i + 1))
            gone.update(_ages_beside(i + 1, folded))
        elif word == "sinh" and i + 2 < len(folded) and folded[i + 1] == "nam":
            gone.update(_birth_years(i, folded))
    return gone


def _is_sex(i: int, lowered: Sequence[str]) -> bool:
    if lowered[i] not in _SEX:
        return False
    if lowered[i] != "nam":
        return True
    before = lowered[i - 1] if i else ""
    after = lowered[i + 1] if i + 1 < len(lowered) else ""
    return before not in _SOUTH_BEFORE and after not in _SOUTH_AFTER


def _ages_beside(anchor: int, folded: Sequence[str]) -> Iterator[int]:
    """Numbers that look like an age, reached over linking words only, and those words."""
    for step in (-1, 1):
        walked: list[int] = []
        i = anchor + step
        while 0 <= i < len(folded) and abs(i - anchor) <= _REACH and _leads(folded[i]):
            walked.append(i)
            i += step
        if any(_looks_like_age(folded[j]) for j in walked):
            yield from walked


def _leads(word: str) -> bool:
    return word in _LINK or word in _AGE or word in _SEX or _looks_like_age(word)


def _looks_like_age(word: str) -> bool:
    digits = word.removesuffix("t")
    return len(digits) == 2 and digits.isdigit() and 14 <= int(digits) <= 75


def _birth_years(i: int, folded: Sequence[str]) -> Iterator[int]:
    years = [
        j
        for j in range(i + 2, min(i + 2 + _REACH, len(folded)))
        if folded[j].isdigit() and folded[j][:2] in {"19", "20"} and len(folded[j]) == 4
    ]
    if years:
        yield from (i, i + 1, *years)


# --- data files ------------------------------------------------------------------------------


def _lines(name: str) -> Iterator[str]:
    data = (resources.files("ml") / "data" / name).read_text(encoding="utf-8")
    for line in data.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    return frozenset(_lines("stopwords.txt"))


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in _lines("abbreviations.tsv"):
        short, _, long = line.partition("\t")
        table[fold(short)] = tuple(tuple(scored_words(reading)) for reading in long.split("|"))
    return table
