"""What reading a posting yields: a draft with notes, or a broken line; and the tables it needs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jobcenter.kernel.words import N_
from jobcenter.vacancies.posting_details import plain
from jobcenter.vacancies.posting_places import Gazetteer
from jobcenter.vacancies.wording import Flag

# What reading may have to say, by the code that is stored.
NOTES = {
    "title-cut": N_("Tên công việc dài quá %(limit)s ký tự, đã cắt."),
    "moved": N_("Ô %(field)s ghi nhầm “%(value)s”, đã chuyển."),
    "day-unread": N_("Không đọc được ngày “%(value)s”."),
    "pay-unread": N_("Không đọc được lương “%(value)s”."),
    "pay-from-text": N_("Lương lấy từ phần mô tả."),
    "pay-in-dollars": N_("Lương đổi từ đô la Mỹ, 1 USD = %(rate)s đồng."),
    "experience-unread": N_("Không đọc được kinh nghiệm “%(value)s”."),
    "two-educations": N_("Trình độ ghi ở hai chỗ khác nhau, cần xem lại."),
    "place-unknown": N_("Không biết nơi “%(value)s”."),
    "many-places": N_("Tin có nhiều nơi làm việc, lấy nơi đầu."),
    "commune-guessed": N_("Phường, xã đoán theo tên huyện cũ."),
}


@dataclass(frozen=True)
class Note:
    """Something a person should look at: a code of NOTES with its values; else a stored sentence.

    Stored as one line, `code {"limit": 200}`, so that every reader has it in their own language.
    """

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Return the Vietnamese msgid; what an earlier version stored is a sentence already."""
        return NOTES.get(self.code, self.code)

    def __str__(self) -> str:
        """Return the Vietnamese sentence with its values in place."""
        return self.message % self.params if self.params else self.message

    def stored(self) -> str:
        """Return the line that keeps the note."""
        return f"{self.code} {json.dumps(self.params, ensure_ascii=False, sort_keys=True)}"

    @classmethod
    def read(cls, line: str) -> Note:
        """Return the note that a stored line keeps."""
        code, _blank, values = line.partition(" ")
        return cls(code, json.loads(values)) if code in NOTES else cls(line)


@dataclass(frozen=True)
class BrokenLine:
    """A line kept out: its number from 1, and why (a msgid with `params`)."""

    number: int
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the Vietnamese reason with its values in place."""
        return self.reason % self.params if self.params else self.reason


@dataclass(frozen=True)
class Posting:
    """A posting as a draft vacancy: codes of the value lists, pay in VND per `pay_kind`.

    None means that the posting does not say. `other` holds the lines that are neither description
    nor requirement; demands among them (degree, sex, age) are repeated in `requirement`.
    """

    number: int
    source_ref: str
    title: str
    company: str | None = None
    places: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    description: str = ""
    requirement: str = ""
    other: str = ""
    province: str | None = None
    commune: str | None = None
    park: str | None = None
    occupation_code: str | None = None
    pay_kind: str | None = None
    pay_min: int | None = None
    pay_max: int | None = None
    experience: str | None = None
    years_experience: int | None = None
    general_education: str | None = None
    qualification: str | None = None
    rank: str | None = None
    contract: str | None = None
    mode: str | None = None
    purpose: str | None = None
    deadline: dt.date | None = None
    start_on: dt.date | None = None
    probation_days: int | None = None
    benefits: tuple[str, ...] = ()
    benefits_text: tuple[str, ...] = ()
    working_time: str = ""
    shift: str | None = None
    extra_demands: tuple[str, ...] = ()
    headcount: int | None = None
    languages: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    skills: str = ""
    flags: tuple[Flag, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Tables:
    """What reading needs from the code lists: places, and phrases that name occupations."""

    places: Gazetteer
    occupations: Sequence[tuple[str, str]] = ()

    @classmethod
    def of(cls, places: Gazetteer, synonyms: Iterable[Mapping[str, str]]) -> Tables:
        """Build from the gazetteer and rows of phrases, as `synonyms.tsv` has them."""
        phrases = [(plain(row["phrase"]), row["code"]) for row in synonyms]
        return cls(places, phrases)
