"""Pay, experience, education and headcount as Vietnamese job postings write them.

Each reader takes a phrase or lines of text and returns codes of the value lists (domain.md 2.3), or
None where nothing is stated: a guess that cannot be read from the words is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jobcenter.kernel.vietnamese import fold

DOLLAR = 25_000  # VND; postings in USD are converted so that they can be compared, and noted
_LEAST_A_MONTH, _MOST_A_MONTH = 1_000_000, 500_000_000


@dataclass(frozen=True)
class Pay:
    """Pay in VND per `kind` of list H (month, day, hour, negotiable); None where not stated."""

    kind: str
    low: int | None = None
    high: int | None = None
    in_dollars: bool = False


@dataclass(frozen=True)
class Experience:
    """A code of list N and the least whole years asked for."""

    code: str
    years: int
    is_ceiling: bool = False  # "lên đến 15 năm" tells the most, not the least


_NUMBER = r"(?<![\d.,])\d{1,12}(?:[.,]\d{1,9}){0,4}"
_UNIT = r"trieu|tr|million|mil|m|k|nghin|ngan|usd|\$|vnd|vnđ|dong|d"
_RANGE = re.compile(
    rf"(?:\$\s*)?({_NUMBER})\s*({_UNIT})?(?![a-z])\s*(?:vnd|dong)?\s*(?:/\s*thang)?"
    rf"\s*(?:->|-|–|—|~|den|toi|to)\s*(?:\$\s*)?({_NUMBER})\s*({_UNIT})?(?![a-z])"
)
_ONE = re.compile(rf"(?:\$\s*)?({_NUMBER})\s*({_UNIT})?(?![a-z])")
_TENTHS = re.compile(r"(\d+)\s?tr(?:ieu)?\s?(\d)(?!\s*\d|\s*tr)")  # "9tr5" is 9.5 million
_UP_TO = re.compile(
    r"(?:len (?:den|toi)|toi da|up ?to|duoi|khong qua|den|<)\s*(?:hon\s*)?(?:\$\s*)?$"
)
_NEGOTIABLE = re.compile(
    r"canh tranh|thoa thuan|thuong luong|trao doi khi|competitive|negotia|\bdeal\b"
    r"|hap dan|attractive"
)
_PER_HOUR = re.compile(r"/\s*(?:1\s*)?(?:h|gio|hour|tieng)\b|(?:moi|mot|1) (?:gio|tieng)\b")
_PER_DAY = re.compile(r"/\s*(?:1\s*)?(?:ngay|day|cong|ca)\b|(?:moi|mot|1) ngay\b")


def parse_pay(phrase: str, *, dollar: int = DOLLAR) -> Pay | None:
    """Return the pay a short phrase states: "8 Tr - 12 Tr VND", "25k/giờ", "Cạnh tranh".

    Amounts that no month's pay can be are not read.
    """
    text = _TENTHS.sub(r"\1.\2tr", fold(phrase))
    kind = "hour" if _PER_HOUR.search(text) else "day" if _PER_DAY.search(text) else "month"
    found = _range(text) or _single(text)
    if found is not None:
        pay = _in_dong(found, text, kind, dollar)
        if pay is not None:
            return pay
    return Pay("negotiable") if _NEGOTIABLE.search(text) else None


def _range(text: str) -> tuple[float | None, float | None] | None:
    match = _RANGE.search(text)
    if match is None:
        return None
    low, low_unit, high, high_unit = match.groups()
    unit = high_unit or low_unit
    return _value(low, low_unit or unit), _value(high, unit)


def _single(text: str) -> tuple[float | None, float | None] | None:
    match = _ONE.search(text)
    if match is None:
        return None
    amount = _value(*match.groups())
    if _UP_TO.search(text[: match.start()]):
        return None, amount
    return amount, None


def _value(number: str, unit: str | None) -> float:
    """Read 9,5 and 9.5 as nine and a half, 8.000.000 and 1,000 as groups of thousands."""
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number)
    plain = float(
        re.sub(r"[.,]", "", number) if grouped else number.replace(",", ".", 1).split(",")[0]
    )
    if unit in ("trieu", "tr", "million", "mil", "m"):
        return plain * 1_000_000
    return plain * 1_000 if unit in ("k", "nghin", "ngan") else plain


_DONG = re.compile(r"\bdong\b|vnd|\dd\b")


def _in_dong(
    found: tuple[float | None, float | None], text: str, kind: str, dollar: int
) -> Pay | None:
    low, high = found
    in_dollars = bool(re.search(r"usd|\$", text)) and "tr" not in text
    most = max(value for value in found if value is not None)
    rate = dollar if in_dollars else 1
    if kind == "month" and not in_dollars and most < 1_000 and not _DONG.search(text):
        rate = 1_000_000  # "lương 8-10": people leave the unit out
    low, high = (None if value is None else round(value * rate) for value in (low, high))
    if low is not None and high is not None and low > high:
        low, high = high, low
    if kind == "month" and not all(
        _LEAST_A_MONTH <= value <= _MOST_A_MONTH for value in (low, high) if value is not None
    ):
        return None
    return Pay(kind, low, high, in_dollars)


_PAY_WORD = re.compile(
    r"\b(?<!so )(?<!chat )(?<!nang )(?<!khoi )(?<!san )(?<!trong )(?<!luu )(?<!dinh )luong\b"
    r"|\bthu nhap\b|\bsalary\b|\bincome\b"
)
_NOT_PAY = re.compile(
    r"luong thang (?:13|thu)|thang luong|doanh (?:so|thu)|hoc bong|thuong|phu cap|ho tro|luong 13"
    r"|review|xet tang|tang luong|kinh nghiem|nam\b|%|so luong|chat luong|nang luong|khoi luong"
    r"|san luong|luong (?:khach|hang|cong viec)|trong luong|luu luong|dinh luong|tien luong"
)
_MONEY = re.compile(
    rf"{_NUMBER}\s*(?:trieu|tr\b|tr\d|million|usd|\$|k\b|vnd|dong|d\b)|\$\s*\d"
    rf"|\d{{1,3}}(?:[.,]000){{2}}"
)


def find_pay(lines: Iterable[str]) -> Pay | None:
    """Return the first pay that a line of prose states, None where there is none."""
    for line in lines:
        text = fold(line)
        word = _PAY_WORD.search(text)
        if word is None:
            continue
        phrase = re.split(r"[;+(]|\. |, (?:thuong|phu cap|ho tro)", text[word.start() :])[0][:90]
        if _MONEY.search(phrase) and not _NOT_PAY.search(phrase):
            pay = parse_pay(phrase)
            if pay is not None and pay.kind != "negotiable":
                return pay
    return None


_YEARS = re.compile(r"(\d+)\s*(?:-|–|~|den|to)\s*(\d+)\s*\+?\s*(nam|year|thang|month)")
_FROM = re.compile(r"(\d+)\s*\+?\s*-?\s*(nam|year|thang|month)")
_TO_YEARS = re.compile(
    r"(?:len (?:den|toi)|duoi|khong qua|less than|under)\s*(\d+)\s*(nam|year|thang|month)"
)
_NONE = re.compile(
    r"(?:khong|ko|k) (?:yeu cau|can|doi hoi)(?: co)?(?: nhieu)? kinh nghiem"
    r"|chua (?:co|can) kinh nghiem"
    r"|khong kinh nghiem|no experience|khong can biet|kinh nghiem\s*:?\s*khong (?:yeu cau|can)"
    r"|chap nhan (?:chua co kinh nghiem|sinh vien moi)|se (?:duoc )?dao tao tu dau"
)
_WORDS = {"mot": "1", "hai": "2", "ba": "3", "bon": "4", "nam": "5", "sau": "6"}
_SPELT = re.compile(r"\b(mot|hai|ba|bon|sau)\s+(?=(?:\(\d+\)\s*)?(?:nam|thang)\b)")
_AROUND = re.compile(
    r"(?:(?:\d+\s*(?:-|–|~|den|to)\s*)?\d+\s*\+?\s*-?\s*(?:nam|year|thang"
    r"|month)\w*(?:\s*tro len)?[^.;\n]{0,45}?(?:kinh nghiem|experience|lam viec))"
    r"|(?:(?:kinh nghiem|experience|da lam|tung lam"
    r"|o vi tri)[^.;\n]{0,70}?\d+\s*\+?\s*-?\s*(?:nam|year|thang|month))"
)


def parse_experience(phrase: str) -> Experience | None:
    """Return the experience a short phrase asks for: "3 - 5 Năm", "Chưa có kinh nghiệm"."""
    text = _SPELT.sub(lambda match: _WORDS[match.group(1)] + " ", fold(phrase))
    if _NONE.search(text):
        return Experience("none", 0)
    if _TO_YEARS.search(text):
        return Experience("under-1", 0, is_ceiling=True)
    match = _YEARS.search(text) or _FROM.search(text)
    if match is None:
        return None
    months = int(match.group(1)) * (1 if match.groups()[-1] in ("thang", "month") else 12)
    return _band(months) if months <= 40 * 12 else None


def _band(months: int) -> Experience:
    code = (
        "under-1" if months < 12 else "1-2" if months < 24 else "2-5" if months < 60 else "over-5"
    )
    return Experience(code, months // 12)


def find_experience(lines: Iterable[str]) -> Experience | None:
    """Return the experience that lines of prose ask for: the longest named, or none needed."""
    best: Experience | None = None
    for line in lines:
        text = _SPELT.sub(lambda match: _WORDS[match.group(1)] + " ", fold(line))
        match = _AROUND.search(text)
        wanted = parse_experience(match.group()) if match else None
        if wanted is None and _NONE.search(text):
            wanted = Experience("none", 0)
        if wanted is not None and _is_wish(text) and best is not None:
            continue
        if wanted is not None and (best is None or wanted.years > best.years):
            best = wanted
    return best


def _is_wish(text: str) -> bool:
    return bool(re.search(r"uu tien|loi the|prefer|advantage|is a plus", text))


@dataclass(frozen=True)
class Education:
    """Codes of list A and list B that a posting asks for at least, and the field of study."""

    general: str | None = None
    qualification: str | None = None


LEVELS = ("so-cap", "trung-cap", "cao-dang", "dai-hoc", "thac-si", "tien-si")
_LEVEL_WORDS = [
    ("tien-si", re.compile(r"\btien s[iy]\b|\bphd\b|\bdoctorate\b")),
    ("thac-si", re.compile(r"\bthac s[iy]\b|\bsau dai hoc\b|\bmaster'?s?\b(?! data)|\bmba\b")),
    (
        "dai-hoc",
        re.compile(
            r"(?<!sau )\bdai hoc\b|\bcu nhan\b|\bbachelor'?s?\b|\buniversity\b|\bdh\b|\bky su\b"
            r"|\bundergraduate\b"
        ),
    ),
    ("cao-dang", re.compile(r"\bcao dang\b|\bcollege\b|\bcd\b(?!\s*/\s*dvd)|\bassociate degree\b")),
    (
        "trung-cap",
        re.compile(r"\btrung cap\b|\bintermediate degree\b|\bthcn\b|\btrung hoc chuyen nghiep\b"),
    ),
    ("so-cap", re.compile(r"\bso cap\b|\bchung chi nghe\b|\bnghe so cap\b")),
]
_GENERAL_WORDS = [
    ("tieu-hoc", re.compile(r"\btieu hoc\b|\bcap (?:1|i)\b|\b5/(?:5|10|12)\b")),
    (
        "thcs",
        re.compile(r"\bthcs\b|\btrung hoc co so\b|\bcap (?:2|ii)\b|\b9/(?:12|10|9)\b|\blop 9\b"),
    ),
    (
        "thpt",
        re.compile(
            r"\bthpt\b|\bptth\b|\btrung hoc pho thong\b|\bcap (?:3|iii)\b|\b1[02]/1[02]\b"
            r"|\blop 12\b"
            r"|\bhigh school\b|\bpho thong trung hoc\b|^trung hoc$|\btot nghiep (?:12|pho thong)\b"
        ),
    ),
]
_DEGREE = re.compile(
    r"tot nghiep|trinh do|bang cap|bang\b|hoc van|graduat|degree|bachelor|master"
    r"|qualification|tro len"
    r"|education|university|college|dai hoc|cao dang|trung cap|diploma|9/12|12/12"
)
_NOT_DEGREE = re.compile(
    r"sinh vien (?:nam|dang|cac truong)|day hoc|giang day|hoc sinh|cac truong dai hoc|tuyen sinh"
    r"|khoa hoc dai hoc|du hoc|co tiep tuc"
)
_ANY_DEGREE = re.compile(
    r"(?:khong|ko) (?:yeu cau|can|doi hoi|phan biet)(?: ve)? (?:bang cap|trinh do|hoc van)"
)


def parse_education(phrase: str) -> Education:
    """Return what a short phrase asks for at least: "Cao đẳng/Đại học" asks for a college."""
    text = fold(phrase)
    if _ANY_DEGREE.search(text):
        return Education(qualification="untrained")
    named = [code for code, words in _LEVEL_WORDS if words.search(text)]
    lowest = min(named, key=LEVELS.index) if named else None
    general = next((code for code, words in _GENERAL_WORDS if words.search(text)), None)
    if general and lowest and lowest != "so-cap":
        lowest = None  # "THPT, trung cấp, cao đẳng": the school certificate is enough
    return Education(general, lowest)


def find_education(lines: Iterable[str]) -> Education:
    """Return what lines of prose ask for; wishes ("ưu tiên đại học") do not count."""
    found = Education()
    for line in lines:
        text = fold(line)
        if not _DEGREE.search(text) or _NOT_DEGREE.search(text):
            continue
        clause = re.split(r"uu tien|loi the|prefer", text)[0] or ""
        read = parse_education(clause[:160])
        if found.qualification is None and read.qualification:
            found = replace(found, qualification=read.qualification)
        if found.general is None and read.general:
            found = replace(found, general=read.general)
    return found


_HEADS = re.compile(
    r"^\W*(?:\d\W+)?(?:so luong|sl|so luong (?:can )?tuyen(?: dung)?|chi tieu|so nguoi|quantity"
    r"|headcount|vacancies|openings)\s*(?:can tuyen|tuyen dung"
    r"|tuyen)?\s*[:\-–]\s*(\d{1,4})(?![\d.,]?\d|\s*%)"
    r"|\((?:so luong|sl|can|tuyen)?\s*[:\-–]?\s*(\d{1,4})\s*(?:nguoi|nam|nu|vi tri|bac si)?\)"
    r"|\b(?:tuyen dung|tuyen gap|can tuyen|tuyen|can gap|can)\s+(?:them\s+|gap\s+"
    r"|bo sung\s+)?(\d{1,4})\s+"
    r"(?:nguoi|cong nhan|nhan vien|lao dong|lđpt|ldpt|cn|ung vien|nam|nu|tho|ky su"
    r"|vi tri|ban|cnsx)\b"
    r"|\bso luong(?: tuyen)?\s*:\s*(\d{1,4})\s*(?:nguoi|$|\)|,|;)"
    r"|\bx\s?(\d{1,4}) nguoi\b"
)
MOST_PEOPLE = 5_000


def find_headcount(lines: Iterable[str]) -> int | None:
    """Return how many people are wanted: "Số lượng: 05", "tuyển 20 công nhân"; 1 to 5,000."""
    for line in lines:
        match = _HEADS.search(fold(line))
        if match is None:
            continue
        number = int(next(group for group in match.groups() if group))
        if 1 <= number <= MOST_PEOPLE and not (match.group(2) and number > 500):
            return number
    return None
