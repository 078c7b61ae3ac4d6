"""The smaller facts of a posting: hours, contract, benefits, languages, papers, occupation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobcenter.kernel.errors import Refused
from jobcenter.kernel.vietnamese import fold, parse_date

_MODES = [
    ("part-time", r"ban thoi gian|part[- ]?time"),
    ("full-time", r"chinh thuc|toan thoi gian|full[- ]?time"),
]
_PURPOSES = [
    ("side-job", r"lam them|freelance|cong tac vien"),
    ("temporary", r"thoi vu|tam thoi|thuc tap|temporary|seasonal|intern"),
    ("long-term", r"chinh thuc|lau dai|permanent"),
]
_CONTRACTS = [
    ("indefinite", r"khong xac dinh thoi han|hop dong dai han|bien che"),
    ("under-12m", r"hop dong (?:thoi vu|ngan han|(?:0?[1-9]|1[01]) thang)|thoi vu \d+ thang"),
    (
        "12-36m",
        r"hop dong (?:lao dong )?(?:xac dinh thoi han )?(?:12|24|36|[1-3] nam|mot nam|0?[1-3] nam)",
    ),
]


def plain(text: str) -> str:
    """Fold to words of letters and digits with single spaces."""
    return re.sub(r"[^a-z0-9+#&]+", " ", fold(text)).strip()


def _first(table: Sequence[tuple[str, str]], text: str) -> str | None:
    return next((code for code, words in table if re.search(words, text)), None)


@dataclass(frozen=True)
class Engagement:
    """Mode (list I), purpose (list J) and contract (list O), None where not stated."""

    mode: str | None
    purpose: str | None
    contract: str | None


def engagement(employment_type: str, prose: Iterable[str]) -> Engagement:
    """Return how the person is taken on, as far as stated."""
    kind = fold(employment_type)
    whole = fold(" . ".join(prose))
    mode = _first(list(reversed(_MODES)), kind) or _first(_MODES, whole)
    return Engagement(mode, _first(list(reversed(_PURPOSES)), kind), _first(_CONTRACTS, whole))


_STARTS = re.compile(
    r"(?:bat dau (?:di )?lam|ngay bat dau|ngay di lam|nhan viec|start date|onboard)[^\d\n]{0,25}"
    r"(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})"
)
_PROBATION = re.compile(
    r"(?:thu viec|probation)\D{0,30}?(?:\d+\s*[-–]\s*)?(\d{1,3})\s*(ngay|thang|tuan"
    r"|month|day|week)?"
)
_DAYS = {"thang": 30, "month": 30, "tuan": 7, "week": 7, "ngay": 1, "day": 1}


def start_on(prose: Iterable[str]) -> dt.date | None:
    """Return the first day of work where a date is written."""
    for line in prose:
        match = _STARTS.search(fold(line))
        if match is None:
            continue
        try:
            return parse_date(match.group(1))
        except Refused:
            continue
    return None


def probation_days(prose: Iterable[str]) -> int | None:
    """Return the probation in days, months counted as 30; the longer of a range."""
    for line in prose:
        match = _PROBATION.search(fold(line))
        if match is None:
            continue
        number, unit = int(match.group(1)), match.group(2)
        if unit is None and number not in (1, 2, 3, 30, 60, 90):
            continue  # "thử việc 85" is a share of the pay
        days = number * (_DAYS[unit] if unit else 1 if number >= 6 else 30)
        if 1 <= days <= 180:
            return days
    return None


_BENEFITS = {
    "insurance": r"bao hiem(?! nhan tho)|\bbhxh\b|\bbhyt\b|social insurance|\binsurance\b",
    "life-insurance": r"bao hiem nhan tho",
    "bus": r"xe (?:dua don|dua ruoc|bus|buyt cong ty)|dua don (?:cong )?nhan vien|shuttle",
    "dormitory": r"ky tuc xa|\bktx\b|bao o|cho o mien phi|cho o tai|co cho o|dormitor",
    "housing-support": (
        r"ho tro (?:tien )?(?:nha|thue nha|nha o|cho o|tro)|phu cap (?:nha|nha o"
        r"|nha tro)|accommodation"
    ),
    "travel-support": r"(?:ho tro|phu cap) (?:tien )?(?:xang|di lai|xe)|tien xang",
    "training": (
        r"^dao tao$|duoc (?:cong ty )?dao tao|dao tao mien phi|huan luyen (?:mien phi"
        r"|chuyen)|training (?:course|program)"
    ),
    "promotion": r"co hoi thang tien|lo trinh (?:thang tien|cong danh)|promotion|career path",
    "severance": r"tro cap thoi viec",
    "nursery": r"nha tre|truong mam non cho con",
    "disabled-access": r"nguoi khuyet tat",
}
_MEALS = [
    ("meal-3", r"(?:bao|ho tro|an) (?:an )?3 bua|3 bua"),
    ("meal-2", r"(?:bao|ho tro|an) (?:an )?2 bua|2 bua"),
    (
        "meal-1",
        (
            r"bao an|com (?:trua|ca|mien phi)|bua an|bep an|suat an|ho tro com"
            r"|an trua mien phi|1 bua|free lunch"
        ),
    ),
    ("meal-cash", r"(?:phu cap|ho tro|tien) (?:tien )?(?:an|com)"),
]


def benefits(named: Sequence[str], prose: Iterable[str]) -> tuple[str, ...]:
    """Return codes of list P from tags and prose; a tag outside the list gives `other`."""
    tags = [fold(tag) for tag in named]
    lines = [*tags, *(fold(line) for line in prose)]
    codes = [
        code for code, words in _BENEFITS.items() if any(re.search(words, line) for line in lines)
    ]
    meal = next((code for code, words in _MEALS if any(re.search(words, x) for x in lines)), None)
    known = "|".join(_BENEFITS.values())
    rest = ["other"] if any(not re.search(known, tag) for tag in tags) else []
    return (*((meal,) if meal else ()), *codes, *rest)


_TIME_LABEL = re.compile(
    r"^\W*(?:\d\W+)?(?:thoi gian lam|gio lam|ca lam|working (?:hours?|time|days?))\b"
)
_SHIFTS = [
    ("night", r"ca dem co dinh|lam (?:ca )?dem co dinh|chuyen ca dem|fixed night"),
    (
        "two-shift-12h",
        (
            r"2 ca\W{0,3}(?:x\W?)?12|ca 12 ?(?:h|tieng|gio)|12 ?(?:h|tieng"
            r"|gio)\s*/\s*(?:1 )?(?:ca|ngay)|4 (?:lam|on) 2 (?:nghi|off)"
            r"|8h?-20h?.{0,12}20h?-8h?"
        ),
    ),
    ("three-shift-8h", r"\b3 ca\b|ba ca\b|ca ?3\W|\bca iii\b|3 shifts?"),
]
_OFFICE = re.compile(
    r"hanh chinh|hanh chanh|office hours?|(?:thu 2|thu hai|t2|monday"
    r"|mon)\b\W{0,4}(?:-|–|den|to|toi|~)|(?:0?8|8h|08h|7h30|8:00|08:00|8h30|7:30"
    r"|08:30|8:30)(?:00|h00|h|:00|am)?\s*(?:-|–|den|~|to)\s*(?:1[67]|5|17h|16h|18h"
    r"|18)"
)
_ROTATING = re.compile(
    r"xoay ca|theo ca\b(?! ky)|ca kip|doi ca|chia ca|dao ca|2 ca\b|ca sang|ca chieu|lam ca"
    r"|rotating shift|shift work|ca ?1\W.{3,60}ca ?2"
)
_TRAVEL = re.compile(r"di cong tac|cong tac xa|business trip|travel(?:l?ing)? to|di tinh")


@dataclass(frozen=True)
class Hours:
    """The words on hours, a shift of list K, and the further demands that they imply."""

    words: str
    shift: str | None
    demands: tuple[str, ...]


def hours(prose: Sequence[str]) -> Hours:
    """Return the working time; shifts that only "rotate" have no code but demand `shift-work`."""
    said = [line for line in prose if _TIME_LABEL.search(fold(line))]
    folded = [fold(line) for line in (said or prose)]
    rotating = any(_ROTATING.search(line) for line in folded)
    shift = _first_in(_SHIFTS, folded)
    if shift is None and not rotating and any(_OFFICE.search(line) for line in folded):
        shift = "office"
    shifts = rotating or shift in ("two-shift-12h", "three-shift-8h")
    trips = any(_TRAVEL.search(fold(line)) for line in prose)
    demands = [name for name, asked in (("shift-work", shifts), ("business-trips", trips)) if asked]
    head, colon, tail = (said[0] if said else "").partition(":")
    words = tail if colon and not re.search(r"\d", head) else head + colon + tail
    return Hours(words.strip()[:200], shift, tuple(demands))


def _first_in(table: Sequence[tuple[str, str]], lines: Iterable[str]) -> str | None:
    return next((code for line in lines if (code := _first(table, line))), None)


_LANGUAGES = {
    "en": r"tieng anh|english|anh van|toeic|ielts|toefl|ngoai ngu anh",
    "ko": r"tieng han|korean|topik|han ngu(?! trung)",
    "ja": r"tieng nhat|japanese|jlpt|nhat ngu|\bn[1-4]\b",
    "zh": r"tieng (?:trung|hoa|quan thoai)|chinese|mandarin|\bhsk\b|hoa ngu|trung van",
    "fr": r"tieng phap|french",
    "de": r"tieng duc|german",
    "ru": r"tieng nga|russian",
}
_WISH = re.compile(
    r"uu tien|loi the|diem cong|prefer|advantage|\bplus\b|khong (?:yeu cau|bat buoc|can)|neu co"
)


def languages(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the languages asked for (list `language`); those only wished for do not count."""
    asked = [
        clause
        for line in lines
        for clause in re.split(r"[;.]", fold(line))
        if not _WISH.search(clause)
    ]
    return tuple(
        code for code, words in _LANGUAGES.items() if any(re.search(words, x) for x in asked)
    )


_PAPERS = [
    (
        "Chứng chỉ lái xe nâng",
        r"(?:chung chi|bang|giay phep|the)[^.;\n]{0,25}xe nang|forklift (?:licen|certif)",
    ),
    (
        "Chứng chỉ hàn",
        (
            r"(?:chung chi|bang)[^.;\n]{0,20}\bhan\b (?:[1-6]g|tig|mig|co2|dien)"
            r"|(?:chung chi|bang) (?:nghe )?(?:tho )?han\b(?! quoc)|chung chi [1-6]g"
        ),
    ),
    ("Thẻ an toàn điện", r"the an toan dien|chung chi an toan dien|an toan dien bac|the atd"),
    ("Chứng chỉ vận hành lò hơi", r"(?:chung chi|the|bang)[^.;\n]{0,25}(?:lo hoi|noi hoi)"),
    (
        "Chứng chỉ vận hành cần trục",
        r"(?:chung chi|the|bang|lai)[^.;\n]{0,25}(?:can truc|cau truc|can cau)",
    ),
    (
        "Chứng chỉ an toàn lao động",
        r"(?:chung chi|chung nhan|the) (?:ve )?(?:an toan lao dong|atld|atvsld|huan luyen an toan)",
    ),
    ("Chứng chỉ vệ sinh an toàn thực phẩm", r"chung chi[^.;\n]{0,20}an toan thuc pham"),
    ("Chứng chỉ phòng cháy chữa cháy", r"(?:chung chi|chung nhan)[^.;\n]{0,25}(?:pccc|phong chay)"),
    ("Chứng chỉ hành nghề", r"chung chi hanh nghe"),
    ("Chứng chỉ kế toán trưởng", r"chung chi ke toan truong"),
    ("Chứng chỉ nghiệp vụ bảo vệ", r"chung chi[^.;\n]{0,20}bao ve"),
]
_DRIVING = re.compile(
    r"(?:bang lai(?: xe)?|bang|gplx|giay phep lai xe|lai xe)\s*(?:o to |oto |xe "
    r"|hang |loai |bang )*\(?"
    r"(a1|a2|b1|b2|c1|c|d|e|fc|fb|ce)\b"
)
_CAR = re.compile(r"bang lai xe o ?to|bang lai o ?to|driving licen[cs]e")


def certificates(requirement: Iterable[str]) -> tuple[str, ...]:
    """Return the certificates and licences demanded; those only wished for do not count."""
    found: list[str] = []
    for line in requirement:
        for clause in re.split(r"[;.]", fold(line)):
            if _WISH.search(clause):
                continue
            found += [name for name, words in _PAPERS if re.search(words, clause)]
            driving = _DRIVING.search(clause)
            if driving is not None:
                found.append(f"Giấy phép lái xe hạng {driving.group(1).upper()}")
            elif _CAR.search(clause):
                found.append("Giấy phép lái xe ô tô")
    return tuple(dict.fromkeys(found))


_SKILL = re.compile(
    r"ky nang|thanh thao|su dung (?:tot|duoc|thanh)|biet (?:su dung|doc|van hanh"
    r"|may)|excel|autocad|photoshop"
    r"|proficien|skills?\b|hieu biet|kien thuc|knowledge|van hanh duoc|tin hoc"
    r"|phan mem|\bsap\b|\berp\b"
)


def skills(requirement: Iterable[str]) -> str:
    """Return the requirement lines that speak of skills, one a line."""
    return "\n".join(line for line in requirement if _SKILL.search(fold(line)))


# Words for anyone who leads: they name an occupation of the list only in a workshop.
_LABOURER = "9329"
_LEADERS = {"leader", "supervisor", "to truong", "truong ca"}
_WORKSHOP = re.compile(r"san xuat|nha may|xuong|chuyen|lap rap|det may|co khi|\bin\b|may mac|kcn")


def occupation(
    title: str, industries: Iterable[str], phrases: Sequence[tuple[str, str]]
) -> str | None:
    """Return the occupation that `title` names first, as Vietnamese titles begin with the trade.

    "Công nhân" alone (manufacturing labourer) counts only where nothing better stands.
    """
    words = f" {plain(title)} "
    workshop = bool(_WORKSHOP.search(" ".join((words, *map(plain, industries)))))
    found = [
        (code == _LABOURER, words.index(f" {phrase} "), -len(phrase), code)
        for phrase, code in phrases
        if f" {phrase} " in words and (workshop or phrase not in _LEADERS)
    ]
    return min(found)[-1] if found else None
