"""An occupation from what people call it: a code, a name in either language, a word of the trade.

Names, English names and synonyms are all phrases that lead to a code. Marks need not
be typed; where they are, they decide between phrases that are otherwise equally near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.catalogue.models import Occupation, OccupationSynonym
from jobcenter.catalogue.queries import stamp, tone_free
from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

PICKED = 4  # the level that records are coded with
_MOST_WORDS = 8
_WORDS, _BEGUN, _OTHER_MARKS = 3, 4, 5  # distances; see _near
_CODE = re.compile(r"(\d{1,5})(?:\s*[–-]\s*|\s+|$)")
_WORD = re.compile(r"[^\W_]+")
_read: dict[str | None, Mapping[str, Sequence[str]]] = {}


@dataclass(frozen=True)
class Found:
    """An occupation that the typed words may mean."""

    code: str
    name_vi: str
    name_en: str


class Several(Refused):
    """The words typed fit more than one occupation; `found` holds the nearest."""

    def __init__(self, found: Sequence[Found], *, field: str | None = None) -> None:
        super().__init__(N_("Có nhiều nghề gần giống. Chọn một nghề bên dưới."), field=field)
        self.found = found


def suggest(session: Session, text: str, *, limit: int = 8) -> list[Found]:
    """Return the occupations that `text` may mean, nearest first; at most `limit`."""
    typed = _CODE.match(vietnamese.clean_line(text))
    whole = named(session, typed.group(1)) if typed and len(typed.group(1)) >= PICKED else None
    return [whole] if whole else [found for _near, found in _ranked(session, text)[:limit]]


def read_occupation(session: Session, text: str, *, field: str | None = None) -> str | None:
    """Return the code that `text` names: "8153", "8153 – ...", a name, a synonym; None for none.

    Raises Several where more than one occupation fits, Refused where none does.
    """
    plain = vietnamese.clean_line(text)
    if not plain:
        return None
    typed = _CODE.match(plain)
    if typed and session.get(Occupation, typed.group(1)) is not None:
        return typed.group(1)
    ranked = _ranked(session, plain)
    if not ranked:
        raise Refused(N_("Không có nghề nào tên như vậy. Thử từ khác, hoặc bỏ trống."), field=field)
    # "tho may" is thợ may or thợ máy: without marks a phrase is taken only where none begins alike
    least = 0 if _has_marks(plain) else 1
    near = [found for distance, found in ranked if distance <= least]
    if (len(near) == 1 and ranked[0][0] == 0) or len(ranked) == 1:
        return ranked[0][1].code
    raise Several([found for _near, found in ranked[:8]], field=field)


def named(session: Session, code: str | None) -> Found | None:
    """Return an occupation of any level by its code."""
    row = session.get(Occupation, code) if code else None
    return Found(row.code, row.name_vi, row.name_en) if row else None


def _ranked(session: Session, text: str) -> list[tuple[int, Found]]:
    """Return (distance, occupation), nearest first; distance 0 is a phrase typed in full."""
    plain = vietnamese.clean_line(text[:200])
    wanted = _key(plain)
    if not wanted:
        return []
    marks = _marks(plain) if _has_marks(plain) else ""
    others, ranked = synonyms(session), []
    for row in session.execute(_PICKED):
        found = Found(*row)
        if wanted.isdigit():
            near = (int(found.code != wanted), 0) if found.code.startswith(wanted) else None
        else:
            phrases = (found.name_vi, found.name_en, *others.get(found.code, ()))
            near = min((n for n in (_near(p, wanted, marks) for p in phrases) if n), default=None)
        if near:
            ranked.append((near, found))
    ranked.sort(key=lambda one: (one[0], one[1].code))
    # where the words stand somewhere as they are, those that are only begun are noise
    most = _WORDS if ranked and ranked[0][0][0] < _WORDS else _OTHER_MARKS
    return [(near[0], found) for near, found in ranked if near[0] <= most]


_PICKED = select(Occupation.code, Occupation.name_vi, Occupation.name_en).where(
    Occupation.level == PICKED
)


def _near(phrase: str, wanted: str, marks: str) -> tuple[int, int] | None:
    """Return (distance, length) of a phrase that holds the words, None where it does not.

    Distance: 0 the same, 1 begins so, 2 holds it, then every word in any order, every word begun,
    and what fits only while marks do not count.
    """
    key = _key(phrase)
    if key == wanted:
        distance = 0
    elif key.startswith(wanted):
        distance = 1
    elif f" {wanted}" in f" {key}":
        distance = 2
    elif (words := set(wanted.split()[:_MOST_WORDS])) <= set(key.split()):
        distance = _WORDS
    elif _begins_words(key.split(), words):
        distance = _BEGUN
    else:
        return None
    if marks and distance < _WORDS and f" {marks}" not in f" {_marks(phrase)}":
        distance = _OTHER_MARKS
    return distance, len(key)


def _begins_words(have: Sequence[str], asked: Iterable[str]) -> bool:
    return all(any(word.startswith(one) for word in have) for one in asked)


def _has_marks(text: str) -> bool:
    return text.casefold() != vietnamese.fold(text)


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    """Return the words of a phrase, folded, with single blanks between."""
    return " ".join(_WORD.findall(vietnamese.fold(text)))


@lru_cache(maxsize=8192)
def _marks(text: str) -> str:
    """Return each word as its tone and letters, wherever the tone was placed (hoà, hòa)."""
    typed = vietnamese.nfc(text).casefold()
    words = (pair for word in _WORD.findall(typed) for pair in tone_free(word))
    return " ".join(f"{tones[-1:]}{letters}" for letters, tones in words)


def synonyms(session: Session) -> Mapping[str, Sequence[str]]:
    """Return what else people call an occupation, by code; read again when a list changed."""
    mark = stamp(session)
    found = _read.get(mark) if mark is not None else None
    if found is None:
        phrases: dict[str, list[str]] = {}
        in_use = select(OccupationSynonym).where(OccupationSynonym.is_off.is_(False))
        for row in session.scalars(in_use.order_by(OccupationSynonym.phrase)):
            phrases.setdefault(row.code, []).append(row.phrase)
        found = phrases
        _read.clear()
        _read[mark] = found
    return found


def one_occupation(session: Session, code: str) -> Occupation:
    """Return an occupation of any level, or refuse."""
    found = session.get(Occupation, code)
    if found is None:
        raise Missing
    return found


def branch(session: Session, code: str) -> tuple[Sequence[Occupation], Sequence[Occupation]]:
    """Return the groups that `code` lies in, from the widest, and what lies in it.

    The hierarchy is in the codes: 8153 lies in 815, 81 and 8. An empty code gives the widest.
    """
    above = [code[:length] for length in range(1, len(code))]
    path = session.scalars(
        select(Occupation).where(Occupation.code.in_(above)).order_by(Occupation.level)
    ).all()
    within = session.scalars(
        select(Occupation)
        .where(Occupation.level == len(code) + 1, Occupation.code.startswith(code, autoescape=True))
        .order_by(Occupation.code)
    ).all()
    return path, within


def phrases_of(session: Session, code: str) -> Sequence[OccupationSynonym]:
    """Return every phrase that leads to an occupation, switched-off ones too."""
    return session.scalars(
        select(OccupationSynonym)
        .where(OccupationSynonym.code == code)
        .order_by(OccupationSynonym.is_off, OccupationSynonym.phrase)
    ).all()
