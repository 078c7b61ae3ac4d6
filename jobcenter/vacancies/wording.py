"""Wordings that may discriminate (Labour Code art. 3(8)).

Sex, age, origin, looks, family, maternity, disability, illness, religion, union.

Works on any text a firm typed: composed or not, with or without accents, in capitals. It warns a
person and decides nothing, so it prefers one line read too many over one demand missed, save for
the false alarms that would teach people to click it away ("Việt Nam", "thời trang nữ").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from jobcenter.catalogue import shipped
from jobcenter.kernel.vietnamese import fold, nfc
from jobcenter.vacancies.choices import FlagKind

EXCERPT = 300


@dataclass(frozen=True)
class Flag:
    """A wording of `kind` at `start:end` of the NFC form of the text in `field`."""

    kind: FlagKind
    field: str
    start: int
    end: int
    excerpt: str


# Names and things in which "nam" or "nữ" is no sex; blanked before anything is looked for.
_NO_SEX = re.compile(
    r"\b(?:viet|mien|phia|dong|tay|ha|quang|bac|vao|khu vuc|thi truong|hoang|phuong) nam\b"
    r"|\bnam (?:a|a chau|dinh|sach|tu liem|phi|ky|bo|trung bo|truc|dan|dan|dinh vu|cau kien"
    r"|trang cat|hai|son|do son|an phu|thanh mien|bac|my)\b"
    r"|\bphu nu\b(?! duoi| tu \d)|\bnu (?:ho sinh|trang|cong|hoang)\b"
    r"|\b(?:thoi trang|do|quan ao|ao|quan|giay|dep|tui|may|do lot|so mi|my pham|toc|dong phuc"
    r"|giay dep|vest|nuoc hoa|khach hang|hoc sinh|ky tuc xa|phong) (?:nam nu|nam|nu)\b"
    r"|\blao dong nu (?:duoc|nuoi|mang thai|co thai|nghi|trong thoi gian)\b"
)
_BOTH = re.compile(
    r"(?:khong (?:phan biet|yeu cau|gioi han|han che)\s*(?:ve )?(?:gioi tinh|nam|nu)[\s,/]*)"
    r"(?:(?:hay |hoac |va )?(?:nam|nu))?"
    r"|\b(?:ca )?nam\s*(?:/|,|-|–|&|\+|va|hoac|hay|lan|or)?\s*nu\b(?!\s*:\s*(?:nam|nu)\b)"
    r"|\bnu\s*(?:/|,|-|–|&|\+|va|hoac|hay|lan|or)?\s*nam\b(?!\s*\d)"
    r"|\b(?:fe)?males?\s*(?:/|,|-|–|&|and|or)\s*(?:fe)?males?\b"
)
_SEX = r"(?:nam|nu)(?: gioi)?\b"
_FIRST = r"^[\W\d_]{0,12}"
_STAFF = (
    r"(?:ung vien|ung cu vien|nhan vien|cong nhan|lao dong|nhan su|ban|nguoi|tho|le tan|bao ve"
    r"|tai xe|lai xe|ky su|phuc vu|thu ky|ke toan|cong tac vien|ldpt|lap rap)"
)
_ASKED = (
    r"(?:tuyen|uu tien|uu tien la|yeu cau|chi nhan|chi lay|chi can|can|hoan nghenh|khuyen khich"
    r"|gioi tinh|can tim)"
)
_SEX_RULES = [
    re.compile(rf"(?:gioi tinh|gender|nam\s*/\s*nu)\s*[:\-–]?\s*(?:la )?{_SEX}"),
    re.compile(rf"\b{_ASKED}[:\s]+(?:[\w/.]+[ ,]+){{0,4}}?{_SEX}"),
    re.compile(
        rf"{_FIRST}{_SEX}\s*(?:$|[,;.:(/\-–]|tu\b|duoi\b|tren\b|tuoi\b|do tuoi|tot nghiep|co\b"
        rf"|khong qua|la\b|suc khoe|cao\b|\d\d?)"
    ),
    re.compile(rf"\b{_SEX}[,:\s(]*(?:tuoi |do tuoi )?(?:tu |duoi |tren |khong qua )?\d\d\b(?! ?%)"),
    re.compile(rf"\b{_STAFF} (?:la )?{_SEX}\s*(?:$|[,;.:()]|tu \d|duoi \d|tren \d|\d\d)"),
    re.compile(r"(?<=[,;(/]) ?(?:tuyen )?(?:nam|nu) gioi\b|\((?:tuyen |chi )?(?:nam|nu)\)"),
    re.compile(
        r"\b(?:gender|sex)\W{1,3}(?:fe)?male\b|\b(?:fe)?males? (?:only|prefer\w*|candidate)"
    ),
    re.compile(
        r"\b(?:only|prefer\w*) (?:fe)?males?\b|" + _FIRST + r"(?:fe)?males?\s*(?:$|[,;.(\d])"
    ),
]
_NUMBER = r"(?:1[5-9]|[2-6]\d)"
_TO = r"\s*t?(?:uoi)?\s*(?:-|–|~|->|den|toi|to|and)\s*"
_YEARS = r"\s*(?:t|tuoi)\b"
_AGE_RULES = [
    re.compile(rf"\b(?P<low>{_NUMBER}){_TO}(?P<high>{_NUMBER}){_YEARS}"),
    re.compile(
        rf"\b(?:do tuoi|tuoi tac|tuoi doi|tuoi|age|ages|aged)\b(?:\W|\b(?:nam|nu|tu|yeu cau|khoang"
        rf"|phu hop|between|from|la|trong|uu tien|tot nhat)\b){{0,12}}"
        rf"(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?\b(?![/.]?\d)"
    ),
    re.compile(
        rf"\b(?:do tuoi|tuoi|age)\b[\W]{{0,6}}(?:duoi|tren|khong qua|toi da|toi thieu|under|over"
        rf"|below|above|max)\s*(?P<high>{_NUMBER})\b"
    ),
    re.compile(
        rf"\b(?:duoi|khong qua|toi da|chua qua|under|below|max)\s*(?P<high>{_NUMBER})"
        rf"(?:{_YEARS}| years? old)"
    ),
    re.compile(
        rf"\b(?:tu|tren|du|toi thieu|over|above)?\s*(?P<low>{_NUMBER})(?:{_YEARS}| years? old)"
    ),
    re.compile(rf"\b(?P<low>{_NUMBER}){_TO}(?P<high>{_NUMBER}) years? old"),
    re.compile(
        rf"\b(?:nam|nu)[,:;\s(]*(?:tu )?(?P<low>{_NUMBER}){_TO}(?P<high>{_NUMBER})\b(?! ?%)"
    ),
    re.compile(r"\bsinh (?:tu )?(?:nam )?(?P<born>(?:19|20)\d\d)|年[龄齢]\s*(?P<low>\d\d)"),
]
_NO_AGE = re.compile(
    r"(?:khong (?:gioi han|phan biet|yeu cau|quan trong)(?: ve)?(?: do)? tuoi"
    r"|tuoi\s*:?\s*khong gioi han|moi do tuoi|tuoi tho|\d nam tuoi)"
)
_CHILD = re.compile(r"\b(?:tre|tre em|con|con nho|hoc sinh|hoc vien|chau|be|khach hang)\b")
_DOCUMENTS = re.compile(r"\b(?:photo|cong chung|ban sao|so ho khau|so yeu|xac nhan)\b")
_PROVINCES = "|".join(
    re.escape(fold(name))
    for row in shipped.rows("former_provinces.csv")
    for name in (row["name"], *row["aliases"].split("|"))
    if len(name) > 3
)
_ORIGIN_RULES = [
    re.compile(
        rf"\b(?:uu tien|la|tuyen|nhan)\b[^\n.;]{{0,25}}?\bnguoi (?:o |tai "
        rf"|tinh )?(?:{_PROVINCES})\b"
    ),
    re.compile(r"\bho khau\b[^\n.;]{0,40}"),
    re.compile(
        r"\bkhong (?:tuyen|nhan|lay|nhan ho so)\b[^\n.;]{0,30}?\b(?:nguoi|tinh|que|vung|ho so)\b"
        r"[^\n.;]{0,40}"
    ),
    re.compile(
        r"\b(?:uu tien|chi tuyen|chi nhan|yeu cau|la)\b[^\n.;]{0,25}?"
        r"\b(?:nguoi (?:dia phuong|ban dia|mien|tinh|goc|que|ha noi|hai phong|hai duong"
        r"|sai gon)|que (?:o|quan|tai)|dan toc kinh|nguoi kinh)\b[^\n.;]{0,30}"
    ),
    re.compile(rf"\bque (?:o |tai |quan )?(?:{_PROVINCES})\b"),
    re.compile(r"\bgiong (?:noi )?(?:mien )?(?:bac|nam|trung|ha noi|sai gon)\b"),
    re.compile(r"\bdan toc\s*:\s*\w+"),
]
_LOOKS_RULES = [
    re.compile(r"\bngoai hinh\b[^\n.;,]{0,30}|\b(?:ua|de) nhin\b"),
    re.compile(
        r"\bguong mat\b[^\n.;,]{0,20}|\bxinh (?:dep|xan|gai|tuoi)\b|\bdep trai\b|\blan da\b"
    ),
    re.compile(
        r"\b(?:chieu )?cao (?:tu|tren|toi thieu|it nhat|>)?\s*:?\s*(?:1[.,m]\s?[4-9]"
        r"|1[4-9]\d ?cm)\d?m?"
    ),
    re.compile(r"\bchieu cao\b\W{0,3}(?:tu|tren|toi thieu|it nhat|tot|can doi)"),
    re.compile(r"\bkhong (?:co )?(?:xam|hinh xam|nhuom toc)\b[^\n.;,]{0,15}"),
    re.compile(r"\bgood[- ]looking\b|\b(?:good|nice|pleasant|attractive) appearance\b"),
]
_NO_LOOKS = re.compile(r"khong (?:yeu cau|phan biet|quan trong|can)(?: ve)? ngoai hinh")
_FAMILY_RULES = [
    re.compile(
        r"\b(?:chua|khong|da)\s+(?:lap gia dinh|ket hon|co gia dinh|co chong|co vo|co con)\b"
    ),
    re.compile(r"\bdoc than\b|\b(?:tinh trang )?hon nhan\b|\bmarital status\b|\bmust be single\b"),
    re.compile(r"\bkhong (?:dang |phai )?nuoi con\b"),
    re.compile(r"\bkhong (?:bi )?vuong (?:ban|bau)[^\n.;,]{0,10}(?:gia dinh|con)\b|\bunmarried\b"),
]
_MATERNITY_RULES = [
    re.compile(
        r"\b(?:khong|chua) (?:dang |duoc |co |bi )?(?:mang thai|mang bau|co thai|co bau|thai san"
        r"|sinh con|sinh de|de con|thai)\b[^\n.;,]{0,20}"
    ),
    re.compile(r"\b(?:que thu|xet nghiem|thu|test) thai\b|\b(?:not|non)[- ]pregnant\b"),
    re.compile(r"\bpregnan\w+ test\b"),
]
_DISABILITY_RULES = [
    re.compile(
        r"\bkhong (?:bi |co |nhan |tuyen |lay |phai )?(?:la )?(?:nguoi )?"
        r"(?:khuyet tat|di tat|tan tat|tat nguyen)\b[^\n.;,]{0,15}"
    ),
    re.compile(
        r"\bkhong (?:bi )?(?:noi ngong|noi lap|cam diec|khiem thi|khiem thinh)\b|\blanh lan\b"
    ),
    re.compile(r"\bno disabilit\w+|\bnot disabled\b|\bable[- ]bodied\b"),
]
_ILL = (
    r"(?:benh(?! vien| nhan| xa\b)|hiv|aids|viem gan|hbv|lao phoi|dong kinh|tieu duong|ung thu"
    r"|tien su benh|cao huyet ap|huyet ap cao)"
)
_HEALTH_RULES = [
    re.compile(
        r"\b(?:khong|chua)\s+(?:(?:tung|bi|mac|nhiem|co|dang|phai)\s+){0,3}"
        rf"(?:(?:cac|loai|nguoi|can|nhung)\s+){{0,2}}{_ILL}\b[^\n.;,]{{0,25}}"
    ),
    re.compile(
        r"\b(?:am tinh|xet nghiem|test)\s+(?:voi\s+)?(?:virus\s+)?(?:hiv|aids|viem gan|hbv|hbsag)"
        r"[^\n.;,]{0,10}"
    ),
    re.compile(r"\b(?:hiv|hbsag|hbv|viem gan b?)\s*[:(]?\s*(?:am tinh|khong\b|negative|-)"),
    re.compile(r"\bno (?:hiv|hepatitis)\b|\bfree (?:of|from) (?:hiv|hepatitis)\b"),
]
_NO_HEALTH = re.compile(
    r"\bkhong (?:yeu cau|bat buoc|can|phan biet|loai tru)[^\n.;,]{0,25}(?:benh|hiv|viem gan|hbv)\b"
)
_RELIGION_RULES = [
    re.compile(r"\bkhong (?:theo |co )(?:ton giao|dao)\b|\bkhong ton giao\b|\bton giao\s*:\s*\w+"),
    re.compile(
        r"\b(?:uu tien|chi tuyen|chi nhan|khong (?:tuyen|nhan|lay))\b[^\n.;]{0,20}"
        r"\b(?:theo dao|co dao|cong giao|thien chua giao|phat tu|phat giao|tin lanh|hoi giao)\b"
    ),
]
_UNION_RULES = [
    re.compile(
        r"\bkhong (?:duoc |tung )?(?:gia nhap|tham gia|vao|lap|thanh lap|la thanh vien|hoat dong)"
        r"(?: cua)?(?: to chuc)?(?: trong)? cong doan\b"
    ),
    re.compile(r"\b(?:ra khoi|roi khoi|roi) cong doan\b|\bnon[- ]union\b|\bno union member\w*"),
]
_BENEFIT = re.compile(r"\b(?:phu cap|phuc loi|ho tro|tro cap|tang|thuong|qua|duoc nghi|che do)\b")


def flag_discrimination(text: str, *, field: str = "") -> list[Flag]:
    """Return what may discriminate in `text`, in reading order, at most one per kind and line.

    A lawful minimum ("đủ 18 tuổi trở lên") comes back as LEGAL_AGE: a note, not a violation.
    """
    whole = nfc(text)
    flags: list[Flag] = []
    start = 0
    for line in whole.split("\n"):
        found = _flag_line(line, accented=_accented(whole))
        for kind, (at, end) in sorted(found.items(), key=lambda item: item[1]):
            at, end = _trim(line, at, end)
            excerpt = line[at:end][:EXCERPT]
            flags.append(Flag(kind, field, start + at, start + end, excerpt))
        start += len(line) + 1
    return flags


def _flag_line(line: str, *, accented: bool) -> dict[FlagKind, tuple[int, int]]:
    folded, places = _fold_with_places(line)
    found: dict[FlagKind, tuple[int, int]] = {}
    for kind, start, end in _findings(line, folded, accented=accented):
        spot = (places[start], places[end - 1] + 1)
        if kind not in found:
            found[kind] = spot
    return found


def _findings(line: str, folded: str, *, accented: bool) -> Iterator[tuple[FlagKind, int, int]]:
    yield from _find_sex(line, folded, accented=accented)
    yield from _find_age(folded)
    if not _DOCUMENTS.search(folded):
        yield from _find(FlagKind.ORIGIN, _ORIGIN_RULES, folded)
    if not _NO_LOOKS.search(folded):
        yield from _find(FlagKind.LOOKS, _LOOKS_RULES, folded)
    for kind, rules in ((FlagKind.MARITAL, _FAMILY_RULES), (FlagKind.MATERNITY, _MATERNITY_RULES)):
        for _kind, start, end in _find(kind, rules, folded):
            if not _BENEFIT.search(folded[:start]):
                yield kind, start, end
    yield from _find(FlagKind.DISABILITY, _DISABILITY_RULES, folded)
    yield from _find(FlagKind.HEALTH, _HEALTH_RULES, _blank(_NO_HEALTH, folded))
    yield from _find(FlagKind.RELIGION, _RELIGION_RULES, folded)
    # "công đoàn" (union) and "công đoạn" (a step of the work) are told apart by their accents.
    if not accented or "công đoàn" in line.casefold() or line.isascii():
        yield from _find(FlagKind.UNION, _UNION_RULES, folded)


def _find(
    kind: FlagKind, rules: list[re.Pattern[str]], text: str
) -> Iterator[tuple[FlagKind, int, int]]:
    for rule in rules:
        for match in rule.finditer(text):
            if match.end() > match.start():
                yield kind, match.start(), match.end()


def _find_sex(line: str, folded: str, *, accented: bool) -> Iterator[tuple[FlagKind, int, int]]:
    readable = _blank(_NO_SEX, _blank(_BOTH, folded))
    readable = _blank_other_words(line, readable, accented=accented)
    yield from _find(FlagKind.SEX, _SEX_RULES, readable)


def _find_age(folded: str) -> Iterator[tuple[FlagKind, int, int]]:
    readable = _blank(_NO_AGE, folded)
    for rule in _AGE_RULES:
        for match in rule.finditer(readable):
            if _CHILD.search(readable[max(0, match.start() - 24) : match.start()]):
                continue
            yield _age_kind(match, readable), match.start(), match.end()


def _age_kind(match: re.Match[str], text: str) -> FlagKind:
    """Tell a lawful floor (15, 16 or 18 and nothing more) from an employer's wish."""
    bounds = match.groupdict()
    bare = bounds.get("high") is None and bounds.get("low") in ("15", "16", "18")
    if bare and not re.match(rf"\s*(?:-|–|~|den|toi)\s*{_NUMBER}", text[match.end() :]):
        return FlagKind.LEGAL_AGE
    return FlagKind.AGE


def _blank(rule: re.Pattern[str], text: str) -> str:
    return rule.sub(lambda match: "#" * len(match.group()), text)


_SEX_WORD = re.compile(r"\b(?:nam|nu)\b")
_MAY_FOLLOW = re.compile(r"\W*(?:tuoi|do|tot|duoi|tren|tu|co|gioi|suc|nu|nam|khong|uu|nhan|cao)\b")


def _blank_other_words(line: str, text: str, *, accented: bool) -> str:
    """Blank "năm", "nấm", "nụ", years of experience and names such as "Nam Cường"."""
    chars = list(text)
    folded, places = _fold_with_places(line)
    for match in _SEX_WORD.finditer(text):
        start, end = match.span()
        written = line[places[start] : places[end - 1] + 1].casefold()
        other = accented and written not in ("nam", "nữ")
        if not accented and match.group() == "nam":
            other = bool(
                re.search(r"(?:\d\+?|mot|hai|ba|trong|hang|moi|cac|nhieu|may) $", folded[:start])
            )
        if other or _is_name(line, places, end):
            chars[start:end] = "#" * (end - start)
    return "".join(chars)


def _is_name(line: str, places: list[int], end: int) -> bool:
    """Tell whether a capitalised word follows, as in "Nam Cường", in a line of mixed case."""
    rest = line[places[end - 1] + 1 :] if end <= len(places) else ""
    follows = re.match(r" (\w+)", rest)
    if follows is None or line.isupper() or _MAY_FOLLOW.match(_fold_with_places(rest)[0]):
        return False
    return follows.group(1)[0].isupper() and not follows.group(1).isupper()


def _accented(text: str) -> bool:
    return any(c in "đĐ" or unicodedata.normalize("NFD", c) != c for c in text)


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return `text` folded as `kernel.vietnamese.fold` does, and where each letter came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        plain = unicodedata.normalize("NFKD", char.casefold()).replace("đ", "d")
        for letter in plain:
            if not unicodedata.combining(letter):
                letters.append(" " if letter.isspace() else letter)
                places.append(place)
    return "".join(letters), places


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    piece = line[start:end]
    left = len(piece) - len(piece.lstrip(" \t-–•·*+,;.:(/\u200b"))
    right = len(piece) - len(piece.rstrip(" \t\xa0,;.:"))
    return start + left, end - right
