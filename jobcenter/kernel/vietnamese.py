"""Vietnamese text, names, phone numbers, personal IDs and dates, handled once.

Folding and sorting live here, in Python, because neither SQLite nor PostgreSQL without extensions
folds đ or sorts by given name and tone; the results are stored in shadow columns.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# ngang, huyền, hỏi, ngã, sắc, nặng
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}
_APOSTROPHES = re.compile("['\u2019\u02bc\u02bb`]")
_NO_DIGIT = re.compile("[^0-9]")
_NO_LETTER = re.compile(r"[\W_]+")
# Icelandic and African letters that look like đ and are typed for it.
_LIKE_D = str.maketrans("ðɖ", "dd")
# Mobile prefixes of eleven digits were cut to ten in 2018 (decision 798/QĐ-BTTTT).
OLD_MOBILE = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_MOBILE = re.compile(r"0[35789]\d{8}")
_LANDLINE = re.compile(r"02\d{8,9}")
NAME_KEY = 200  # letters of a key
_DATE = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")


def nfc(text: str) -> str:
    """Return `text` composed (NFC) and with lone surrogates dropped."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode("utf-8"))


def clean_line(text: str) -> str:
    """Return `text` as one NFC line: no control characters, single spaces, trimmed."""
    return _SPACES.sub(" ", _CONTROL.sub("", nfc(text).replace("\x0b", " "))).strip()


def clean_prose(text: str) -> str:
    """Return `text` as NFC lines: no control characters but the line break, trimmed."""
    lines = nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return "\n".join(_CONTROL.sub("", line).rstrip() for line in lines).strip()


def fold(text: str) -> str:
    """Return `text` lower-case without any mark: "Đào Thị Ánh" gives "dao thi anh"."""
    lowered = unicodedata.normalize("NFD", nfc(text).casefold())
    plain = "".join(c for c in lowered if not unicodedata.combining(c)).replace("đ", "d")
    plain = plain.translate(_LIKE_D)
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", plain)).strip()


def given_name(full_name: str) -> str:
    """Return the last word of a Vietnamese name, by which people are called and sorted."""
    return full_name.rsplit(maxsplit=1)[-1] if full_name.strip() else ""


def name_words(full_name: str) -> list[str]:
    """Return the folded words of a name in their order: "H'Hen Niê" gives "hhen", "nie"."""
    plain = _CONTROL.sub("", _APOSTROPHES.sub("", nfc(full_name)))
    return [word for part in plain.split() for word in _folded_parts(part)]


@lru_cache(maxsize=8_192)
def _folded_parts(word: str) -> tuple[str, ...]:
    """Return the folded words in one word of a name; names are made of few."""
    return tuple(part for part in _NO_LETTER.split(fold(word)) if part)


def name_key(full_name: str) -> str:
    """Return the words of a name folded and in alphabetical order: one key for every order."""
    return " ".join(sorted(name_words(full_name)))[:NAME_KEY]


def has_marks(text: str) -> bool:
    """Say whether anything in `text` bears a Vietnamese mark."""
    plain = unicodedata.normalize("NFKC", text.casefold())
    return fold(text) != _SPACES.sub(" ", plain).strip()


def spelling(full_name: str) -> list[tuple[str, str]]:
    """Return the words of a name with letters and tone, in alphabetical order.

    The tone stands apart from the vowel that carries it: "Hoà" and "Hòa" are spelt alike.
    """
    words = (_letters_and_tone(word) for word in clean_line(full_name).casefold().split())
    return sorted(words)


def _letters_and_tone(word: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(sorted(_TONES[char] for char in parts if char in _TONES))
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES)), tones


def sort_key(full_name: str) -> str:
    """Return an ASCII key that sorts by given name, then family and middle names.

    Letters follow the Vietnamese alphabet (ă â after a, đ after d); tones decide only between
    names that are otherwise equal, in the order ngang, huyền, hỏi, ngã, sắc, nặng.
    """
    words = fold_words(full_name)
    ordered = words[-1:] + words[:-1]
    return " ".join(w for w, _ in ordered) + "|" + " ".join(t for _, t in ordered)


def fold_words(text: str) -> list[tuple[str, str]]:
    """Return each word of `text` as (alphabet key, tone key)."""
    return [_word_key(word) for word in clean_line(text).casefold().split()]


def _word_key(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES and tones:
            tones[-1] = _TONES[char]
        elif char in _LETTER_MARKS and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        elif not unicodedata.combining(char):
            letters.append(char)
            tones.append("0")
    places = (_ALPHABET.find(letter) for letter in letters)
    return "".join(f"{place + 1:02d}" for place in places), "".join(tones)


def digits(text: str) -> str:
    """Return the ASCII digits in `text`; full-width digits count as digits."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _NO_DIGIT.sub("", plain)


def parse_phone(text: str) -> str:
    """Return a Vietnamese phone number as +84...; refuse with what is wrong.

    Takes blanks, dots, +84, 84 and the eleven-digit mobiles that ended in 2018.
    """
    if re.search(r"[^\d\s.()+\-–]", unicodedata.normalize("NFKC", text)):
        raise Refused(N_("Số điện thoại chỉ gồm chữ số."), field="phone")
    number = after_2018(dialled(text))
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return "+84" + number[1:]
    if len(number) != 10:
        raise Refused(N_("Cần 10 số, đang có %(have)s."), field="phone", have=len(number))
    raise Refused(
        N_("Đầu số %(prefix)s không có. Di động bắt đầu bằng 03, 05, 07, 08, 09."),
        field="phone",
        prefix=number[:3],
    )


def dialled(text: str) -> str:
    """Return the digits of a phone number as dialled inside the country, +84 and 0084 as 0."""
    number = digits(text).removeprefix("00")
    if number.startswith("84") and len(number) >= 11:
        number = "0" + number[2:]
    return number


def after_2018(number: str) -> str:
    """Return a number as `dialled` under the prefix that it has now."""
    return OLD_MOBILE[number[:4]] + number[4:] if has_old_prefix(number) else number


def has_old_prefix(number: str) -> bool:
    """Say whether a number as `dialled` is one of the eleven-digit mobiles that ended in 2018."""
    return len(number) == 11 and number[:4] in OLD_MOBILE


def show_phone(number: str) -> str:
    """Return a stored number as people read it: +84912345678 gives "0912 345 678"."""
    plain = "0" + number[3:] if number.startswith("+84") else number
    return f"{plain[:4]} {plain[4:7]} {plain[7:]}" if len(plain) >= 10 else plain


def mask_phone(number: str) -> str:
    """Return a number with three stars in the middle: "0912 *** 678"."""
    shown = show_phone(number)
    return f"{shown[:4]} *** {shown[-3:]}" if len(shown) >= 8 else "***"


@dataclass(frozen=True)
class PartialDate:
    """A birth date as papers give it: a day, or the year alone (`day` is then None)."""

    year: int
    day: dt.date | None


def parse_date(text: str) -> dt.date:
    """Return the day written d/m/yyyy, d-m-yyyy, d.m.yyyy or ddmmyyyy; refuse with why."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _DATE.fullmatch(plain) or re.fullmatch(r"(\d{2})(\d{2})(\d{4})", plain)
    if match is None:
        raise Refused(N_("Viết ngày theo dạng 23/11/2026."))
    day, month, year = (int(part) for part in match.groups())
    if not 1900 <= year <= 2200:
        raise Refused(N_("Năm %(year)s không hợp lý."), year=year)
    if not 1 <= month <= 12:
        raise Refused(N_("Không có tháng %(month)s."), month=month)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Refused(N_("Tháng %(month)s không có ngày %(day)s."), month=month, day=day) from None


def parse_time(text: str) -> dt.time | None:
    """Return the hour written as 18:00, 18.00, 18h30, 18h or 18; None when it is none."""
    match = re.fullmatch(r"(\d{1,2})(?:\s*[:.hH]\s*(\d{2})?)?", clean_line(text), re.ASCII)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return None
    return dt.time(int(match[1]), int(match[2] or 0))


def parse_birth(text: str, *, today: dt.date) -> PartialDate:
    """Return a birth date, or a birth year alone, that lies between 1900 and `today`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"\d{4}", plain):
        born = PartialDate(int(plain), None)
    else:
        day = parse_date(plain)
        born = PartialDate(day.year, day)
    if not 1900 <= born.year <= today.year or (born.day and born.day > today):
        raise Refused(N_("Năm sinh %(year)s không hợp lý."), year=born.year)
    return born


def parse_id_number(text: str) -> str:
    """Return a personal ID of 12 digits; refuse other lengths and one repeated digit.

    There is no check digit, and odd but valid numbers exist: see `doubt_id_number`.
    """
    if re.search(r"[^\d\s.\-]", unicodedata.normalize("NFKC", text)):
        raise Refused(N_("Số CCCD chỉ gồm chữ số."), field="id_number")
    number = digits(text)
    if len(number) != 12:
        raise Refused(N_("Cần 12 số, đang có %(have)s."), field="id_number", have=len(number))
    if len(set(number)) == 1:
        raise Refused(N_("Số CCCD không thể chỉ có một chữ số lặp lại."), field="id_number")
    return number


def parse_old_id_number(text: str) -> str:
    """Return an identity number of nine digits, as cards before 2016 bear it; refuse others."""
    if re.search(r"[^\d\s.\-]", unicodedata.normalize("NFKC", text)):
        raise Refused(N_("Số CMND cũ chỉ gồm chữ số."), field="old_id_number")
    number = digits(text)
    if len(number) != 9:
        raise Refused(N_("Cần 9 số, đang có %(have)s."), field="old_id_number", have=len(number))
    if len(set(number)) == 1:
        raise Refused(N_("Số CMND không thể chỉ có một chữ số lặp lại."), field="old_id_number")
    return number


def mask_id_number(number: str) -> str:
    """Return an ID, new or old, with only its last four digits: "********1234"."""
    return "*" * (len(number) - 4) + number[-4:]


def doubt_id_number(number: str, *, birth_year: int | None, sex: str | None) -> list[str]:
    """Return warnings (msgids) where an ID disagrees with the birth year or the sex given.

    Digit 4 tells century and sex (20th: 0 male 1 female, 21st: 2, 3), digits 5 and 6 the year.
    Never a reason to refuse: old papers have typing errors.
    """
    warnings = []
    marker = int(number[3])
    year = 1900 + 100 * (marker // 2) + int(number[4:6])
    if birth_year is not None and year != birth_year:
        warnings.append(N_("Năm sinh trong số CCCD khác năm sinh đã ghi."))
    if sex in ("male", "female") and (marker % 2 == 0) != (sex == "male"):
        warnings.append(N_("Giới tính trong số CCCD khác giới tính đã ghi."))
    return warnings
