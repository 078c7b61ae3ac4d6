"""Reading cells: what people and Excel make of numbers, days, names of places and list values.

A reader returns the value, None for an empty cell; it refuses what cannot be read, and warns of
what it mended. Texts come in any Unicode form, with full-width digits, apostrophes and blanks.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from jobcenter.catalogue import addresses
from jobcenter.catalogue.parks import read_park
from jobcenter.catalogue.queries import read_commune
from jobcenter.enterprises.names import clean_tax_number
from jobcenter.exchange.fields import Look, Reader
from jobcenter.exchange.reading import Cell
from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

_SHORTENED = re.compile(r"\d+(?:[.,]\d+)?\s*[eE]\s*\+?\s*\d+")
_SEVERAL = re.compile(r"\s*[/;,\n]\s*|\s+-\s+")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_BIRTH = re.compile(r"\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_SHORT_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{2})")
_PAY = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:trieu|tr|m)\s*(\d{1,3})?\s*(?:d|dong|vnd)?")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
_YES = frozenset({"co", "x", "yes", "y", "1", "true", "dung", "dong y", "v", "✓", "roi"})
_NO = frozenset({"khong", "no", "n", "0", "false", "k", "ko", "sai", "chua", "khong dong y"})
EPOCH, EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
MOST_SERIAL = 110_000  # days: the year 2201
# What people write for values of a list beside its own names; folded.
SPOKEN: dict[str, dict[str, str]] = {
    "A": {"12/12": "thpt", "thpt": "thpt", "cap 3": "thpt", "lop 12": "thpt", "10/10": "thpt",
          "ptth": "thpt", "trung hoc pho thong": "thpt", "tot nghiep cap 3": "thpt",
          "9/12": "thcs", "thcs": "thcs", "cap 2": "thcs", "lop 9": "thcs", "7/10": "thcs",
          "trung hoc co so": "thcs", "tot nghiep cap 2": "thcs", "5/12": "tieu-hoc",
          "tieu hoc": "tieu-hoc", "cap 1": "tieu-hoc", "lop 5": "tieu-hoc"},
    "B": {"khong": "untrained", "chua": "untrained", "ldpt": "untrained",
          "trung cap nghe": "trung-cap",
          "lao dong pho thong": "untrained", "cao dang nghe": "cao-dang", "tc": "trung-cap",
          "cd": "cao-dang", "dh": "dai-hoc", "so cap nghe": "so-cap", "cu nhan": "dai-hoc",
          "ky su": "dai-hoc", "tccn": "trung-cap", "trung cap chuyen nghiep": "trung-cap"},
    "K": {"hc": "office", "gio hanh chinh": "office", "3 ca": "three-shift-8h", "ca": "shifts",
          "2 ca": "two-shift-12h", "ca dem": "night", "xoay ca": "shifts", "di ca": "shifts"},
    "L": {"fdi": "foreign", "nuoc ngoai": "foreign", "100% von nuoc ngoai": "foreign",
          "tu nhan": "private", "von trong nuoc": "private", "dnnn": "state", "nha nuoc": "state"},
    "sex": {"nam": "male", "nu": "female", "m": "male", "f": "female", "male": "male",
            "female": "female", "khac": "other", "other": "other", "trai": "male", "gai": "female"},
}  # fmt: skip


def plain(cell: Cell) -> str:
    """Return a cell as one clean line; a whole number without its ".0"."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return vietnamese.clean_line(cell)


def line(most: int = 200) -> Reader:
    """Read one line of at most `most` letters."""

    def read(cell: Cell, look: Look) -> str | None:
        text = plain(cell)
        if len(text) > most:
            raise Refused(N_("Dài quá %(limit)s ký tự, cần viết ngắn lại."), limit=most)
        return text or None

    return read


def prose(most: int = 4_000) -> Reader:
    """Read several lines."""

    def read(cell: Cell, look: Look) -> str | None:
        text = vietnamese.clean_prose(cell) if isinstance(cell, str) else plain(cell)
        if len(text) > most:
            raise Refused(N_("Dài quá %(limit)s ký tự, cần viết ngắn lại."), limit=most)
        return text or None

    return read


def name(cell: Cell, look: Look) -> str | None:
    """Read a person's name; digits in it are a slip of the columns."""
    text = plain(cell)
    if not text:
        return None
    if any(char.isdigit() for char in text) or not any(char.isalpha() for char in text):
        raise Refused(N_("Họ tên không có chữ số. Có thể lệch cột."))
    if len(text) > 120:
        raise Refused(N_("Dài quá %(limit)s ký tự, cần viết ngắn lại."), limit=120)
    if text == text.upper() and len(text) > 3:
        return text.title()
    return text


def numeral(cell: Cell, look: Look) -> str:
    """Return the digits of a number that Excel may have mangled, with whatever stands beside."""
    if isinstance(cell, bool | dt.date):
        raise Refused(N_("Ô này là ngày hoặc đúng/sai. Định dạng cột là Văn bản rồi gõ lại số."))
    text = unicodedata.normalize("NFKC", plain(cell)).strip("'\u2019`\" ")
    if _SHORTENED.fullmatch(text):
        raise Refused(
            N_("Excel đã rút gọn số này thành %(text)s, mất chữ số. Định dạng cột là Văn bản rồi "
               "gõ lại."), text=text,
        )  # fmt: skip
    if isinstance(cell, float) and not cell.is_integer():
        raise Refused(N_("Không đọc được số này: %(text)s."), text=text)
    return text.removesuffix(".0")


def id_number(cell: Cell, look: Look) -> str | None:
    """Read a personal ID; zeros in front that Excel lost are put back."""
    text = numeral(cell, look)
    digits = vietnamese.digits(text)
    if not text:
        return None
    if len(digits) in (10, 11) and not re.search(r"[^\d\s.\-]", text):
        digits = digits.zfill(12)
        look.warn(N_("Excel làm mất số 0 ở đầu, đã thêm lại: kết thúc bằng %(tail)s."),
                  tail=digits[-4:])  # fmt: skip
        text = digits
    if len(digits) == 9 and not re.search(r"[^\d\s.\-]", text):
        return vietnamese.parse_old_id_number(text)
    return vietnamese.parse_id_number(text)


def phone(cell: Cell, look: Look) -> str | None:
    """Read a phone number; a lost zero is put back, a prefix of before 2018 changed."""
    text = numeral(cell, look)
    if not text:
        return None
    parts = [one for one in _SEVERAL.split(text) if vietnamese.digits(one)]
    if len(parts) > 1 and len(vietnamese.digits(parts[0])) >= 9:
        look.warn(N_("Ô có nhiều số điện thoại, lấy số đầu."))
        text = parts[0]
    digits = vietnamese.digits(text)
    is_bare = not re.search(r"[^\d\s.()\-]", text)
    lost = (len(digits) == 9 and digits[0] in "35789") or (
        len(digits) == 10 and (digits[0] == "2" or "0" + digits[:3] in vietnamese.OLD_MOBILE)
    )
    if lost and is_bare:
        text = "0" + digits
        look.warn(N_("Excel làm mất số 0 ở đầu số điện thoại, đã thêm lại."))
    if vietnamese.has_old_prefix(vietnamese.dialled(text)):
        look.warn(N_("Đầu số cũ 11 số, đã đổi sang đầu số mới."))
    return vietnamese.parse_phone(text)


def tax_number(cell: Cell, look: Look) -> str | None:
    """Read a tax number; the zero that Excel lost is put back."""
    text = numeral(cell, look)
    if not text:
        return None
    if len(text) in (9, 12) and text.isascii() and text.isdigit():
        text = "0" + text
        look.warn(N_("Excel làm mất số 0 ở đầu mã số thuế, đã thêm lại."))
    found = clean_tax_number(text)
    if found is None:
        raise Refused(N_("Mã số thuế gồm 10 số, chi nhánh thêm “-” và 3 số."))
    return found


def mail(cell: Cell, look: Look) -> str | None:
    """Read an e-mail address."""
    text = plain(cell).removeprefix("mailto:")
    if text and (not _MAIL.fullmatch(text) or len(text) > 120):
        raise Refused(N_("Địa chỉ email viết chưa đúng."))
    return text or None


def day(cell: Cell, look: Look) -> dt.date | None:
    """Read a day: a real date, Excel's number of days, or text in the usual shapes."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        raise Refused(N_("Viết ngày theo dạng 23/11/2026."))
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, float | int):
        return _counted(float(cell), look)
    return _written(plain(cell).strip("'\u2019` "), look)


def _counted(number: float, look: Look) -> dt.date:
    text = str(int(number))
    if 60 < number < MOST_SERIAL:
        return (EPOCH_1904 if look.is_1904 else EPOCH) + dt.timedelta(days=int(number))
    if len(text) in (7, 8) and number.is_integer():  # 14031998 typed without strokes
        return vietnamese.parse_date(text.zfill(8))
    raise Refused(N_("Viết ngày theo dạng 23/11/2026."))


def _written(text: str, look: Look) -> dt.date:
    plain_text = unicodedata.normalize("NFKC", text)
    if match := _ISO.fullmatch(plain_text):
        year, month, number = (int(part) for part in match.groups())
        return vietnamese.parse_date(f"{number}/{month}/{year}")
    if match := _SHORT_YEAR.fullmatch(plain_text):
        number, month, short = (int(part) for part in match.groups())
        year = (2000 if short <= look.today.year % 100 else 1900) + short
        look.warn(N_("Năm viết hai số, đọc là %(year)s."), year=year)
        return vietnamese.parse_date(f"{number}/{month}/{year}")
    if plain_text.isascii() and plain_text.isdigit() and len(plain_text) == 5:
        return _counted(float(plain_text), look)
    return vietnamese.parse_date(plain_text)


def birth(cell: Cell, look: Look) -> vietnamese.PartialDate | None:
    """Read a birth date, or a year alone."""
    if cell is None or cell == "":
        return None
    text = plain(cell)
    if _BIRTH.fullmatch(text):
        return vietnamese.parse_birth(text, today=look.today)
    found = day(cell, look)
    return vietnamese.parse_birth(f"{found:%d/%m/%Y}", today=look.today) if found else None


def whole(least: int = 0, most: int = 2_000_000_000) -> Reader:
    """Read a whole number within bounds; dots between thousands are understood."""

    def read(cell: Cell, look: Look) -> int | None:
        if isinstance(cell, bool | dt.date):
            raise Refused(N_("Ghi bằng chữ số."))
        text = unicodedata.normalize("NFKC", plain(cell)).strip("'\u2019 ")
        if not text:
            return None
        if isinstance(cell, str):
            text = re.sub(r"(?<=\d)[.,\s](?=\d{3}(?:\D|$))", "", text)
            text = re.sub(r"\s*(?:người|nguoi|đồng|đ|vnđ|vnd)$", "", text, flags=re.IGNORECASE)
        if not (text.isascii() and text.isdigit()) or len(text) > 12:
            raise Refused(N_("Ghi bằng chữ số."))
        value = int(text)
        if not least <= value <= most:
            raise Refused(N_("Từ %(least)s đến %(most)s."), least=least, most=most)
        return value

    return read


_amount = whole()


def pay(cell: Cell, look: Look) -> int | None:
    """Read an amount in VND: 8.500.000, 8,5 triệu, 8tr5."""
    text = vietnamese.fold(plain(cell)) if isinstance(cell, str) else ""
    if match := _PAY.fullmatch(text):
        millions = float(match.group(1).replace(",", "."))
        part = match.group(2) or ""
        return round(millions * 1_000_000) + (int(part.ljust(3, "0")) * 1_000 if part else 0)
    if isinstance(cell, float) and 0 < cell < 1_000:
        look.warn(N_("Đọc là triệu đồng."))
        return round(cell * 1_000_000)
    found: int | None = _amount(cell, look)
    return found


def code(of: str) -> Reader:
    """Read one value of a list by its name in either language, its code, or how people say it."""

    def read(cell: Cell, look: Look) -> str | None:
        text = plain(cell)
        return _code(of, text, look) if text else None

    return read


def codes(of: str) -> Reader:
    """Read several values of a list, between semicolons, commas or lines."""

    def read(cell: Cell, look: Look) -> tuple[str, ...] | None:
        text = cell if isinstance(cell, str) else plain(cell)
        if not plain(text):
            return None
        known = _known(of, look)
        if (whole_one := known.get(vietnamese.fold(plain(text)))) is not None:
            return (whole_one,)
        parts = [plain(part) for part in re.split(r"[;\n]|,(?!\s*(?:chưa|đã))", text)]
        return tuple(dict.fromkeys(_code(of, part, look) for part in parts if part))

    return read


def _code(of: str, text: str, look: Look) -> str:
    found = _known(of, look).get(vietnamese.fold(text).rstrip("."))
    if found is None:
        raise Refused(N_("“%(name)s” không có trong danh sách. Chọn một giá trị của danh sách."),
                      name=text[:60])  # fmt: skip
    return found


def _known(of: str, look: Look) -> dict[str, str]:
    known: dict[str, str] | None = look.kept.get(("list", of))
    if known is None:
        known = {}
        for one in look.lists.codes(of):
            for word in (one, look.lists.name(of, one, "vi"), look.lists.name(of, one, "en")):
                known.setdefault(vietnamese.fold(word), one)
        offered = set(known.values())
        for word, one in SPOKEN.get(of, {}).items():
            if one in offered or of == "sex":
                known.setdefault(word, one)
        look.kept["list", of] = known
    return known


def yes_no(cell: Cell, look: Look) -> bool | None:
    """Read yes or no; an empty cell is "not asked"."""
    if isinstance(cell, bool):
        return cell
    text = vietnamese.fold(plain(cell))
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise Refused(N_("Ghi “Có” hoặc “Không”."))


def place(cell: Cell, look: Look) -> str | None:
    """Read a commune by its name of today or of before the merger, or by a whole address."""
    text = plain(cell)
    if not text:
        return None
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    key = ("place", ",".join(pieces[-3:]).casefold())
    if key not in look.kept:
        try:
            look.kept[key] = _placed(", ".join(pieces[-3:]), look)
        except Refused as refused:
            look.kept[key] = refused
    found = look.kept[key]
    if isinstance(found, Refused):
        raise found
    told, warning = found
    if warning:
        look.warn(N_("Địa danh cũ, nay là %(name)s."), name=warning)
    return str(told)


def _placed(text: str, look: Look) -> tuple[str, str]:
    """Return a commune's code and, where it was called otherwise, what it is called now."""
    found = addresses.place(look.session, text) if "," in text else addresses.Placed()
    if found.code is not None:
        is_old = vietnamese.fold(found.name.split(",")[0]) not in vietnamese.fold(text)
        return found.code, addresses.place_name(found) if is_old else ""
    if found.options:
        raise Refused(N_("Có nhiều nơi tên gần như vậy: %(names)s. Chọn một."),
                      names="; ".join(found.options[:4]))  # fmt: skip
    first = text.partition(",")[0]
    told = read_commune(look.session, first, field="")
    name_now = look.lists.name("commune", told or "", "vi")
    bare = vietnamese.fold(addresses.bare_name(first))
    is_old = vietnamese.fold(addresses.bare_name(name_now)) != bare and text != told
    return told or "", name_now if is_old else ""


def park(cell: Cell, look: Look) -> str | None:
    """Read a park by any of its names."""
    text = plain(cell)
    if not text:
        return None
    key = ("park", text.casefold())
    if key not in look.kept:
        try:
            look.kept[key] = read_park(look.session, text, field="")
        except Refused as refused:
            look.kept[key] = refused
    found = look.kept[key]
    if isinstance(found, Refused):
        raise found
    return str(found)


def parks(cell: Cell, look: Look) -> tuple[str, ...] | None:
    """Read several parks, between semicolons or lines."""
    text = cell if isinstance(cell, str) else plain(cell)
    found = [park(part, look) for part in re.split(r"[;\n]", text)]
    return tuple(dict.fromkeys(one for one in found if one)) or None
