"""Job postings in JSON lines, read into drafts, with notes on what they leave open.

One bad line never stops the rest: it comes back as a `BrokenLine` with its number. Everything is
NFC. Nothing here touches a database; the tables it needs are passed in (`Tables`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from jobcenter.kernel.errors import Refused
from jobcenter.kernel.vietnamese import clean_line, clean_prose, fold, nfc, parse_date
from jobcenter.kernel.words import N_
from jobcenter.vacancies import posting_details as details
from jobcenter.vacancies import posting_terms as terms
from jobcenter.vacancies.posting import BrokenLine, Note, Posting, Tables
from jobcenter.vacancies.posting_places import HOME_PROVINCE, Place
from jobcenter.vacancies.wording import Flag, flag_discrimination

__all__ = [
    "BrokenLine", "Flag", "Note", "Posting", "Tables", "bounded_lines", "flag_discrimination",
    "read_postings",
]  # fmt: skip

MAX_LINE = 1_000_000
MAX_LINES = 100_000
_TITLE = 200


def bounded_lines(file: BinaryIO, *, limit: int = MAX_LINE) -> Iterator[bytes]:
    """Yield the lines of `file`; of a longer one only limit + 1 bytes, so memory stays bounded."""
    while line := file.readline(limit + 1):
        yield line
        rest = line
        while len(rest) > limit and not rest.endswith(b"\n"):
            rest = file.readline(limit + 1)


def read_postings(
    lines: Iterable[bytes], tables: Tables, *, max_line: int = MAX_LINE, max_lines: int = MAX_LINES
) -> Iterator[Posting | BrokenLine]:
    """Yield a `Posting` or a `BrokenLine` for each line that is not blank, in order."""
    for number, line in enumerate(lines, 1):
        if number > max_lines:
            yield BrokenLine(
                number, N_("Tệp có hơn %(limit)s dòng, phần sau không đọc."), {"limit": max_lines}
            )
            return
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            record = _record(line, max_line)
            yield _Reader(number, record, tables).posting()
        except Refused as refused:
            yield BrokenLine(number, refused.message, refused.params)


def _record(line: bytes, max_line: int) -> dict[str, Any]:
    if len(line) > max_line:
        raise Refused(N_("Dòng dài quá %(limit)s byte."), limit=max_line)
    if b"\x00" in line:
        raise Refused(N_("Dòng có ký tự NUL."))
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(N_("Dòng không phải UTF-8, sai ở byte %(at)s."), at=error.start + 1) from None
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(N_("Dòng không phải JSON.")) from None
    if not isinstance(record, dict):
        raise Refused(N_("Dòng không phải một bản ghi (cần { ... })."))
    return record


# UTF-8 read as Latin-1 or Windows-1252, and letters of the old TCVN3 fonts; thrice is no chance.
_GARBLED = re.compile(
    r"Ã[\x80-\xbf¡-¿ ]|á[ºª»][\x80-\xbf¡-¿–—‘-”†-…‹›€™]|Ä‘|Æ°|[A-Za-z][¸µ¶·¹¨¾¼½®¬](?=[a-z ])"
)
_GARBLED_AT_LEAST = 3
_RANKS = [
    ("leader", re.compile(r"^(?:giam doc|pho giam doc|tong giam doc|director|lanh dao|ceo)")),
    (
        "manager",
        re.compile(r"^(?:quan ly|truong nhom|truong phong|giam sat|manager|team ?lead|supervisor)"),
    ),
    ("staff", re.compile(r"^(?:nhan vien|cong nhan|chuyen vien|staff|ky su)")),
    (
        "other",
        re.compile(r"^(?:sinh vien|thuc tap|moi tot nghiep|moi ra truong|intern|fresher|khac)"),
    ),
]
_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}")
_DEMANDS = ("bang cap", "gioi tinh", "do tuoi")


class _Reader:
    """Reads one record; `notes` collects what a person should look at."""

    def __init__(self, number: int, record: dict[str, Any], tables: Tables) -> None:
        self.number = number
        self.record = record
        self.tables = tables
        self.notes: list[Note] = []

    def posting(self) -> Posting:
        """Return the record as a draft; refuse when it has no title or a field of a wrong type."""
        draft = self._words()
        requirement = draft.requirement.split("\n")
        prose = [
            draft.title,
            *draft.description.split("\n"),
            *requirement,
            *draft.other.split("\n"),
        ]
        draft = self._cells(draft, prose)
        draft = self._told(draft, prose, requirement)
        return replace(draft, notes=tuple(self.notes))

    def _words(self) -> Posting:
        """Return the texts, with the demands that stand among the other lines, and their flags."""
        title = self._title()
        other = self._lines("other")
        requirement = self._lines("requirement") + [line for line in other if _is_demand(line)]
        draft = Posting(
            number=self.number,
            source_ref=self._ref(),
            title=title,
            company=clean_line(self._text("company"))[:200] or None,
            places=tuple(self._lines("places")),
            industries=tuple(self._lines("industries")),
            description="\n".join(self._lines("description")),
            requirement="\n".join(requirement),
            other="\n".join(other),
            benefits_text=tuple(self._lines("benefits")),
        )
        flags = [
            flag
            for name in ("title", "description", "requirement")
            for flag in flag_discrimination(getattr(draft, name), field=name)
        ]
        return replace(draft, flags=tuple(flags))

    def _cells(self, draft: Posting, prose: list[str]) -> Posting:
        """Add what the single fields say, and the prose where they are silent."""
        cells = self._mended()
        pay = self._pay(cells["pay"], draft.other.split("\n"), prose)
        wanted = self._experience(cells["experience"], draft.requirement.split("\n"))
        education = self._education(draft)
        rank = _rank(cells["rank"])
        if wanted is None and rank == "other":
            wanted = terms.Experience("none", 0)  # a place for students and fresh graduates
        return replace(
            draft,
            pay_kind=pay.kind if pay else None,
            pay_min=pay.low if pay else None,
            pay_max=pay.high if pay else None,
            experience=wanted.code if wanted else None,
            years_experience=wanted.years if wanted else None,
            general_education=education.general,
            qualification=education.qualification,
            rank=rank,
            deadline=self._day(cells["deadline"]),
        )

    def _told(self, draft: Posting, prose: list[str], requirement: list[str]) -> Posting:
        """Add what only the prose tells."""
        place = self._place(draft, prose)
        hours = details.hours(prose)
        engagement = details.engagement(self._text("employment_type"), prose)
        return replace(
            draft,
            province=place.province,
            commune=place.commune,
            park=place.park,
            occupation_code=details.occupation(
                draft.title, draft.industries, self.tables.occupations
            ),
            mode=engagement.mode,
            purpose=engagement.purpose,
            contract=engagement.contract,
            start_on=details.start_on(prose),
            probation_days=details.probation_days(prose),
            benefits=details.benefits(draft.benefits_text, prose),
            working_time=hours.words,
            shift=hours.shift,
            extra_demands=hours.demands,
            headcount=terms.find_headcount(prose),
            languages=details.languages([draft.title, *requirement]),
            certificates=details.certificates(requirement),
            skills=details.skills(requirement),
        )

    def _note(self, code: str, **params: str | int) -> None:
        self.notes.append(Note(code, params))

    def _ref(self) -> str:
        given = self.record.get("id")
        if isinstance(given, int | str) and not isinstance(given, bool) and clean_line(str(given)):
            return clean_line(str(given))[:100]
        whole = json.dumps(self.record, sort_keys=True, ensure_ascii=True).encode()
        return "sha256-" + hashlib.sha256(whole).hexdigest()[:24]

    def _title(self) -> str:
        title = clean_line(self._text("title"))
        if not title:
            raise Refused(N_("Tin không có tên công việc."))
        if len(title) > _TITLE:
            self._note("title-cut", limit=_TITLE)
        return title[:_TITLE].rstrip()

    def _text(self, name: str) -> str:
        value = self.record.get(name)
        if value is None:
            return ""
        if isinstance(value, list):
            return ", ".join(self._lines(name))
        if not isinstance(value, str):
            raise Refused(N_("Ô %(field)s sai kiểu: cần chữ."), field=name)
        return _sound(nfc(value))

    def _lines(self, name: str) -> list[str]:
        value = self.record.get(name)
        if value is None or value == "":
            return []
        parts = value.split("\n") if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            raise Refused(N_("Ô %(field)s sai kiểu: cần danh sách dòng chữ."), field=name)
        lines = clean_prose(_sound("\n".join(parts))).split("\n")
        return [line.strip() for line in lines if re.search(r"\w", line)]

    def _mended(self) -> dict[str, str]:
        """Return pay, experience, rank, deadline: each value where its shape belongs."""
        names = ("pay", "experience", "rank", "deadline")
        written = {name: clean_line(self._text(name)) for name in names}
        homes = {name: _shape(value) or name for name, value in written.items()}
        right = {name: value for name, value in written.items() if homes[name] == name}
        for name, value in written.items():
            if homes[name] == name or value == right.get(homes[name]):
                continue
            right[homes[name]] = right.get(homes[name]) or value
            self._note("moved", field=name, value=value[:60])
        return {name: right.get(name, "") for name in names}

    def _day(self, written: str) -> dt.date | None:
        if not written:
            return None
        try:
            return parse_date(written)
        except Refused:
            self._note("day-unread", value=written[:40])
            return None

    def _pay(self, written: str, other: list[str], prose: list[str]) -> terms.Pay | None:
        cell = written or next((line for line in other if fold(line).startswith("luong")), "")
        pay = terms.parse_pay(cell)
        if written and pay is None:
            self._note("pay-unread", value=written[:60])
        if pay is None or pay.kind == "negotiable":
            told = terms.find_pay(prose)
            if told is not None:
                self._note("pay-from-text")
            pay = told or pay
        if pay is not None and pay.in_dollars:
            self._note("pay-in-dollars", rate=terms.DOLLAR)
        return pay

    def _experience(self, written: str, requirement: list[str]) -> terms.Experience | None:
        found = terms.parse_experience(written)
        if written and found is None:
            self._note("experience-unread", value=written[:60])
        if found is None or found.is_ceiling:
            found = terms.find_experience(requirement) or found
        return found

    def _education(self, draft: Posting) -> terms.Education:
        others = draft.other.split("\n")
        cell = next((line for line in others if fold(line).startswith("bang cap")), "")
        stated = terms.parse_education(cell.partition(":")[2])
        told = terms.find_education(x for x in draft.requirement.split("\n") if x != cell)
        if stated.qualification and told.qualification not in (None, stated.qualification):
            self._note("two-educations")
        if fold(cell).endswith("trung hoc"):
            stated = terms.Education(told.general or stated.general)  # "Trung học": THCS or THPT
        qualification = stated.qualification or (None if stated.general else told.qualification)
        return terms.Education(stated.general or told.general, qualification)

    def _place(self, draft: Posting, prose: list[str]) -> Place:
        gazetteer = self.tables.places
        codes: list[str] = []
        for name in draft.places:
            code = gazetteer.province(name) or gazetteer.province_in(name)
            if code is None:
                self._note("place-unknown", value=name[:60])
            elif code not in codes:
                codes.append(code)
        if len(codes) > 1:
            self._note("many-places")
        province = codes[0] if codes else gazetteer.province_in(draft.title)
        if HOME_PROVINCE in codes:
            province = HOME_PROVINCE
        place = gazetteer.find([*draft.places, *prose], province)
        if place.doubtful:
            self._note("commune-guessed")
        return place


def _sound(text: str) -> str:
    """Return `text`, or refuse what no repair can be trusted with."""
    if "\x00" in text:
        raise Refused(N_("Dòng có ký tự NUL."))
    if len(_GARBLED.findall(text)) >= _GARBLED_AT_LEAST:
        raise Refused(N_("Chữ bị hỏng do đổi bảng mã nhiều lần."))
    return text


def _is_demand(line: str) -> bool:
    key, _, value = fold(line).partition(":")
    return key.strip() in _DEMANDS and "khong" not in value


def _rank(written: str) -> str | None:
    text = fold(written)
    return next((code for code, words in _RANKS if words.search(text)), None)


def _shape(value: str) -> str:
    """Tell which of the four fields a value looks like; "" when it does not tell."""
    if _DATE.fullmatch(value):
        return "deadline"
    if _rank(value):
        return "rank"
    if terms.parse_experience(value):
        return "experience"
    return "pay" if value and terms.parse_pay(value) else ""
