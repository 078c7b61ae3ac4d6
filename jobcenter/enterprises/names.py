"""Names and tax numbers of firms, compared: the legal form says nothing about who a firm is."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from jobcenter.kernel import vietnamese
from jobcenter.kernel.words import N_

TAX_NUMBER = re.compile(r"\d{10}(-\d{3})?")
NEAR = 90  # of 100; below it people would call two names different
_NO_WORD = re.compile(r"[^a-z0-9]+")
# Legal forms as registered and as people shorten them, longest first; folded.
_FORMS = (
    "trach nhiem huu han mot thanh vien", "trach nhiem huu han hai thanh vien tro len",
    "trach nhiem huu han hai thanh vien", "trach nhiem huu han", "doanh nghiep tu nhan",
    "van phong dai dien", "tong cong ty", "cong ty cp", "cong ty", "cty cp", "cty", "ctcp",
    "co phan", "hop danh", "hop tac xa", "tap doan", "lien doanh", "chi nhanh",
    "tnhh mot thanh vien", "tnhh mtv", "tnhh 1tv", "tnhh", "mtv", "1tv", "mot thanh vien",
    "hai thanh vien", "dntn", "htx", "joint stock company", "company limited", "co ltd",
    "limited liability company", "joint stock", "corporation", "incorporated", "company",
    "limited", "ltd", "jsc", "corp", "inc", "llc", "branch of",
)  # fmt: skip
_FORM = re.compile(r"\b(?:" + "|".join(_FORMS) + r")\b")
# Words that many firms share tell two apart only where nothing else does.
_WEAK = frozenset({"viet", "nam", "vietnam", "vina", "hai", "phong", "haiphong", "vn", "hp"})
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def bare_name(name: str) -> str:
    """Return the words that tell who a firm is: "CÔNG TY TNHH Sao Biển" gives "sao bien"."""
    plain = _NO_WORD.sub(" ", vietnamese.fold(name)).strip()
    bare = " ".join(_FORM.sub(" ", plain).split())
    return bare or plain


def is_near(one: str, other: str) -> bool:
    """Say whether two bare names may be one firm's: a word more, other order, a slip, no blanks."""
    if not one or not other:
        return False
    strong = [" ".join(w for w in name.split() if w not in _WEAK) or name for name in (one, other)]
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    return fuzz.token_set_ratio(*strong) >= NEAR or fuzz.ratio(*strong) >= NEAR


def clean_tax_number(text: str) -> str | None:
    """Return a tax number as it is kept, 10 digits or 10-3, or None where it is not one.

    A branch's thirteen digits are often written without the dash.
    """
    number = vietnamese.nfc(text).replace(" ", "").replace(".", "").replace("–", "-")
    if len(number) == 13 and number.isascii() and number.isdigit():
        number = f"{number[:10]}-{number[10:]}"
    return number if number.isascii() and TAX_NUMBER.fullmatch(number) else None


def root(tax_number: str) -> str:
    """Return the number that a firm and its branches share."""
    return tax_number[:10]


def is_branch_number(tax_number: str) -> bool:
    """Say whether the number is a branch's."""
    return len(tax_number) > 10


def near_numbers(one: str, other: str) -> bool:
    """Say whether two roots differ by one digit, or by two neighbours that changed places."""
    pairs = [(a, b) for a, b in zip(root(one), root(other), strict=True) if a != b]
    swapped = len(pairs) == 2 and pairs[0] == pairs[1][::-1]
    return len(pairs) == 1 or swapped


def tax_number_doubt(tax_number: str | None) -> str | None:
    """Return a warning (msgid) when the tenth digit is not the check digit of the first nine.

    A warning alone: the rule is public practice, and papers decide.
    """
    if not tax_number:
        return None
    total = sum(int(d) * w for d, w in zip(tax_number[:9], _WEIGHTS, strict=True))
    if 10 - total % 11 == int(tax_number[9]):
        return None
    return N_("Chữ số thứ mười không khớp chín số đầu. Xem lại giấy đăng ký.")
