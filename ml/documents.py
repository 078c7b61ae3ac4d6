"""What the matcher knows of a vacancy and of a person, and nothing else.

Missing, ``null``, ``""`` and ``[]`` all mean *unknown*. A key that is not listed here is refused:
that is how name, sex, birth date and the like can never reach a score.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

GENERAL_EDUCATION = ("tieu-hoc", "thcs", "thpt")
QUALIFICATIONS = ("so-cap", "trung-cap", "cao-dang", "dai-hoc")
SHIFTS = ("office", "two-shift-12h", "three-shift-8h", "night", "flexible")


class DocumentError(ValueError):
    """A record that cannot be read; the message names the key, and the line where one is known."""


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """An opening. Pay in VND a month, ``headcount`` in people, position in WGS84 degrees."""

    id: str
    title: str = ""
    description: str = ""
    requirement: str = ""
    skills: str = ""
    headcount: int | None = None
    occupation: str = ""
    general_education: str = ""
    qualification: str = ""
    years_experience: float | None = None
    certificates: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    park: str = ""
    commune: str = ""
    lat: float | None = None
    lon: float | None = None
    pay_min: int | None = None
    pay_max: int | None = None
    shift: str = ""
    start_on: date | None = None
    deadline: date | None = None
    has_bus: bool | None = None
    bus_communes: tuple[str, ...] = ()
    has_dormitory: bool | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Vacancy:
        """Build from plain data; raises DocumentError naming the key that is unknown or ill."""
        return cls(**_read(cls, data))

    def to_dict(self) -> dict[str, Any]:
        """Plain data without the unknown fields; ``from_dict`` gives the same vacancy back."""
        return _plain(self)

    def content_hash(self) -> str:
        """sha256 of the canonical JSON, stable between runs and machines."""
        return _digest(self.to_dict())


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A person as the matcher may see them. ``occupations`` stand in the order of the wishes.

    ``introduced`` is the number of live introductions: a fact to show beside the price, unscored.
    """

    id: str
    title: str = ""
    wishes: tuple[str, ...] = ()
    skills: str = ""
    experience: str = ""
    occupations: tuple[str, ...] = ()
    general_education: str = ""
    qualification: str = ""
    years_experience: float | None = None
    certificates: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    commune: str = ""
    lat: float | None = None
    lon: float | None = None
    parks: tuple[str, ...] = ()
    pay_min: int | None = None
    shifts: tuple[str, ...] = ()
    available_on: date | None = None
    needs_bus: bool | None = None
    needs_dormitory: bool | None = None
    tags: frozenset[str] = frozenset()
    introduced: int = 0

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Profile:
        """Build from plain data; raises DocumentError naming the key that is unknown or ill."""
        return cls(**_read(cls, data))

    def to_dict(self) -> dict[str, Any]:
        """Plain data without the unknown fields; ``from_dict`` gives the same profile back."""
        return _plain(self)

    def content_hash(self) -> str:
        """sha256 of the canonical JSON, stable between runs and machines."""
        return _digest(self.to_dict())


D = TypeVar("D", Vacancy, Profile)


def read_jsonl(path: Path, kind: type[D]) -> Iterator[D]:
    """Documents of a JSON-lines file; DocumentError names the file and the line (from 1)."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
                if not isinstance(data, dict):
                    raise DocumentError("not a JSON object")
                yield kind.from_dict(data)
            except (DocumentError, json.JSONDecodeError) as error:
                raise DocumentError(f"{path.name} line {number}: {error}") from error


def canonical_json(data: object) -> str:
    """One spelling for one content: sorted keys, no blanks, letters as they are."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _name(value: object) -> str:
    """An identifier: numbers are accepted, since judged files often number their records."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError("text")
    return str(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number")
    if not -1e15 < value < 1e15:  # also false for NaN
        raise TypeError("a finite number")
    return float(value)


def _count(value: object) -> int:
    number = _number(value)
    if number < 0 or number != int(number):
        raise TypeError("a whole number, 0 or more")
    return int(number)


def _years(value: object) -> float:
    number = _number(value)
    if number < 0:
        raise TypeError("a number, 0 or more")
    return number


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false")
    return value


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(value))
    except ValueError as error:
        raise TypeError("a date as YYYY-MM-DD") from error


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple | set | frozenset):
        raise TypeError("a list of texts")
    ordered = sorted(value, key=str) if isinstance(value, set | frozenset) else value
    return tuple(text for item in ordered if (text := _name(item)))


def _tags(value: object) -> frozenset[str]:
    return frozenset(_texts(value))


def _one_of(*allowed: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in allowed:
            raise TypeError("one of " + ", ".join(allowed))
        return _text(value)

    return read


def _shifts(value: object) -> tuple[str, ...]:
    read = _one_of(*SHIFTS)
    return tuple(read(code) for code in _texts(value))


_READERS: dict[str, Callable[[object], object]] = {
    "id": _name, "title": _text, "description": _text, "requirement": _text, "skills": _text,
    "experience": _text, "wishes": _texts, "headcount": _count, "occupation": _name,
    "occupations": _texts, "general_education": _one_of(*GENERAL_EDUCATION),
    "qualification": _one_of(*QUALIFICATIONS), "years_experience": _years,
    "certificates": _texts, "languages": _texts, "park": _name, "parks": _texts,
    "commune": _name, "lat": _number, "lon": _number, "pay_min": _count, "pay_max": _count,
    "shift": _one_of(*SHIFTS), "shifts": _shifts, "start_on": _day, "deadline": _day,
    "available_on": _day, "has_bus": _flag, "needs_bus": _flag, "bus_communes": _texts,
    "has_dormitory": _flag, "needs_dormitory": _flag, "tags": _tags, "introduced": _count,
}  # fmt: skip


def _unknown(value: object) -> bool:
    return value is None or (isinstance(value, str | list | tuple | set | frozenset) and not value)


def _read(kind: type[Vacancy | Profile], data: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name for field in fields(kind)}
    read: dict[str, Any] = {}
    for key, value in data.items():
        if key not in known:
            raise DocumentError(f"unknown key {key!r}")
        if _unknown(value):
            continue
        try:
            read[key] = _READERS[key](value)
        except TypeError as error:
            raise DocumentError(f"key {key!r} must be {error}, not {value!r}") from error
    if "id" not in read:
        raise DocumentError("key 'id' is missing")
    return read


def _plain(document: Vacancy | Profile) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for field in fields(document):
        value = getattr(document, field.name)
        if _unknown(value) or (field.name == "introduced" and value == 0):
            continue
        plain[field.name] = _plain_value(value)
    return plain


def _plain_value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()
