"""The QR of a citizen card, as a keyboard-wedge scanner types it.

`ID|old number|name|birth date|sex|address|issue date`, dates as DDMMYYYY. Scans come odd: no old
number (with or without its bar), no issue date, decomposed letters, full-width digits, capitals,
no accents, dates with strokes, more fields on newer cards. Whatever cannot be read is kept as it
was typed, beside what is wrong with it: nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Sex

BARS = "|｜¦"
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
LEAST_BARS = 4
LONGEST = 600
ORDER = ("id_number", "old_id_number", "full_name", "birth", "sex", "address", "issued_on")
_SEXES = {
    "nam": Sex.MALE, "male": Sex.MALE, "m": Sex.MALE,
    "nu": Sex.FEMALE, "female": Sex.FEMALE, "f": Sex.FEMALE, "khac": Sex.OTHER,
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """What a scan said. Each value is read or, where `faults` names the field, as it was typed."""

    id_number: str = ""
    old_id_number: str = ""
    full_name: str = ""
    birth: str = ""
    sex: str = ""
    address: str = ""
    issued_on: str = ""
    rest: tuple[str, ...] = ()
    faults: dict[str, Refused] = field(default_factory=dict)

    @property
    def issued(self) -> dt.date | None:
        """Return the day of issue where it could be read."""
        if not self.issued_on or "issued_on" in self.faults:
            return None
        return vietnamese.parse_date(self.issued_on)


def looks_scanned(text: str) -> bool:
    """Say whether `text` has the bars of a card's QR, whatever stands between them."""
    return sum(text.count(bar) for bar in BARS) >= LEAST_BARS


def read(text: str, *, today: dt.date) -> Card:
    """Return what a scan says; refuses only what is no scan of a card at all."""
    if len(text) > LONGEST or not looks_scanned(text):
        raise Refused(
            N_("Mã vừa quét không phải mã QR trên thẻ căn cước. Quét lại, hoặc gõ tay."),
            field="card",
        )
    plain = text.translate(_NARROW)
    pieces = [vietnamese.clean_line(piece) for piece in re.split(f"[{BARS}]", plain)]
    typed = dict(zip(ORDER, _aligned(pieces), strict=False))
    faults: dict[str, Refused] = {}
    values = {}
    for name, value in typed.items():
        values[name] = value
        if value and name in _READERS:
            try:
                values[name] = _READERS[name](value, today)
            except Refused as refused:
                faults[name] = refused
    rest = tuple(piece for piece in _aligned(pieces)[len(ORDER) :] if piece)
    return Card(**values, rest=rest, faults=faults)


def _aligned(pieces: list[str]) -> list[str]:
    """Put the old number's empty place back where a card without one left out its bar too."""
    if len(pieces) > 1 and re.search(r"[^\W\d_]", pieces[1]):
        return [pieces[0], "", *pieces[1:]]
    return pieces


def _name(text: str, _today: dt.date) -> str:
    """Return a name as people write it: cards of some years have it in capitals."""
    return text.title() if text == text.upper() else text


def _birth(text: str, today: dt.date) -> str:
    """Return a birth date as forms take it; of a date without day and month, the year."""
    plain = unicodedata.normalize("NFKC", text)
    if without := re.fullmatch(r"0{2}\D?0{2}\D?(\d{4})", plain):
        plain = without.group(1)
    born = vietnamese.parse_birth(plain, today=today)
    return f"{born.day:%d/%m/%Y}" if born.day else str(born.year)


def _sex(text: str, _today: dt.date) -> str:
    sex = _SEXES.get(vietnamese.fold(text))
    if sex is None:
        raise Refused(N_("Không đọc được giới tính trên thẻ."), field="sex")
    return sex.value


def _issued(text: str, today: dt.date) -> str:
    day = vietnamese.parse_date(text)
    if day > today:
        raise Refused(N_("Ngày cấp ở sau hôm nay."), field="issued_on")
    return f"{day:%d/%m/%Y}"


_READERS: dict[str, Callable[[str, dt.date], str]] = {
    "id_number": lambda text, _today: vietnamese.parse_id_number(text),
    "old_id_number": lambda text, _today: vietnamese.parse_old_id_number(text),
    "full_name": _name,
    "birth": _birth,
    "sex": _sex,
    "issued_on": _issued,
}
