"""From an address as cards and old papers write it to the commune of today.

"Số 5 Lạch Tray, Lạch Tray, Ngô Quyền, Hải Phòng": until July 2025 the ward stood before the
district; since then there is no district. Former names are understood, and where an old name
went into several communes, or may be a district's, the answer says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.catalogue.models import Commune
from jobcenter.catalogue.queries import HOME_PROVINCE, tone_free
from jobcenter.catalogue.shipped import rows
from jobcenter.kernel import vietnamese

MERGER = dt.date(2025, 7, 1)
OLD_HAI_PHONG_FROM = "11300"  # codes of Hải Phòng that were Hải Dương's come before
_WARD = r"(phường|xã|thị trấn|đặc khu|phuong|xa|thi tran|dac khu|p|x|tt)"
_DISTRICT = r"(quận|huyện|thị xã|thành phố|quan|huyen|thi xa|thanh pho|q|h|tx|tp)"
_FRONT = re.compile(rf"^({_WARD}|{_DISTRICT})(\.\s*|\s+)", re.IGNORECASE)
_IS_DISTRICT = re.compile(rf"^{_DISTRICT}(\.\s*|\s+)", re.IGNORECASE)
_IS_WARD = re.compile(rf"^{_WARD}(\.\s*|\s+)", re.IGNORECASE)
_UNIT = re.compile(r"^\s*(?:Phường|Xã|Thị trấn|Đặc khu)\s+([^(]+?)\s*(?:\(([^)]*)\))?\s*$")


@dataclass(frozen=True)
class Placed:
    """The commune of an address, or those it may be; `is_sure` where nothing speaks against it."""

    code: str | None = None
    name: str = ""
    options: tuple[str, ...] = ()
    is_sure: bool = False


def place(session: Session, address: str, *, written: dt.date | None = None) -> Placed:
    """Return the commune that an address names; `written` is when its paper was issued."""
    pieces = [vietnamese.clean_line(one) for one in address.split(",")]
    pieces = [one for one in pieces if one]
    province = province_code(pieces[-1]) if pieces else None
    if province is None:
        return Placed()
    # A paper without a date is read as an old one first.
    readings = (written >= MERGER,) if written else (False, True)
    found = (_place(session, pieces, province, is_new=is_new) for is_new in readings)
    return next((one for one in found if one.code or one.options), Placed())


def _place(session: Session, pieces: Sequence[str], province: str, *, is_new: bool) -> Placed:
    communes = _communes(session, province, "" if is_new else pieces[-1])
    for ward, district in _positions(pieces[:-1], is_new=is_new):
        found = _named(communes, ward, district, is_new=is_new)
        if len(found) == 1:
            is_sure = is_new or bool(district) or not _names_district(communes, ward)
            return Placed(found[0].code, _full(found[0]), is_sure=is_sure)
        if found:
            return Placed(options=tuple(_full(one) for one in found))
    return Placed()


def _communes(session: Session, province: str, before: str) -> Sequence[Commune]:
    """Return the communes of a province; of Hải Phòng before the merger, its own half."""
    found = select(Commune).where(Commune.province_code == province).order_by(Commune.code)
    if province == HOME_PROVINCE and before:
        is_hai_duong = vietnamese.fold(before).endswith("hai duong")
        half = Commune.code < OLD_HAI_PHONG_FROM
        found = found.where(half if is_hai_duong else ~half)
    return session.scalars(found).all()


def _positions(pieces: Sequence[str], *, is_new: bool) -> list[tuple[str, str]]:
    """Return (ward, district) as the pieces may be meant, the likelier first."""
    if not pieces:
        return []
    last, before = pieces[-1], pieces[-2] if len(pieces) > 1 else ""
    as_ward = [] if _IS_DISTRICT.match(last) else [(last, "")]
    with_district = [(before, last)] if before and not _IS_WARD.match(last) else []
    return as_ward + with_district if is_new else with_district + as_ward


def _named(communes: Sequence[Commune], ward: str, district: str, *, is_new: bool) -> list[Commune]:
    """Return the communes that bear the name or took in a ward of the name."""
    if district:
        communes = [one for one in communes if _in_district(one, district)]
    present = [one for one in communes if same_name(one.name, ward)]
    former = [one for one in communes if _took_in(one, ward, district)]
    return (present or former) if is_new else (former or present)


def _in_district(commune: Commune, district: str) -> bool:
    """Say whether the commune lies where that district was: the former districts are aliases."""
    return any(same_name(alias, district) for alias in commune.aliases)


def _names_district(communes: Sequence[Commune], name: str) -> bool:
    """Say whether a name without "Phường" or "Xã" may be that of a former district."""
    return not _IS_WARD.match(name) and any(_in_district(one, name) for one in communes)


def _took_in(commune: Commune, ward: str, district: str) -> bool:
    """Say whether a ward of the name went into the commune, where told, one of that district."""
    for unit in commune.before_merger.split(","):
        match = _UNIT.match(unit)
        if match and same_name(match[1], ward):
            return not (match[2] and district) or same_name(match[2], district)
    return False


def same_name(known: str, typed: str) -> bool:
    """Say whether two names of places are one; accents count where they were typed."""
    bare, name = bare_name(typed), bare_name(known)
    if not vietnamese.has_marks(bare):
        return vietnamese.fold(name) == vietnamese.fold(bare)
    return tone_free(name) == tone_free(bare)


def bare_name(text: str) -> str:
    """Drop "Phường", "X.", "Quận" and the like in front of a name."""
    return _FRONT.sub("", text).strip()


def place_name(found: Placed) -> str:
    """Return a place as forms offer it: communes of Hải Phòng without the province."""
    return found.name.removesuffix(", Hải Phòng")


def _full(commune: Commune) -> str:
    """Return a commune with its province, as the forms read it again."""
    return f"{commune.full_name}, {vietnamese.clean_line(_province(commune.province))}"


def _province(name: str) -> str:
    return re.sub(r"^(Thành phố|Tỉnh)\s+", "", name)


def province_code(text: str) -> str | None:
    """Return the code of a province by its name of today or before the merger."""
    return _provinces().get(vietnamese.fold(bare_name(re.sub(r"^[Tt]ỉnh\s+", "", text))))


@cache
def _provinces() -> dict[str, str]:
    names = {}
    for row in rows("former_provinces.csv"):
        for name in (row["name"], *row["aliases"].split("|")):
            names[vietnamese.fold(name)] = row["province_code"]
    for row in rows("communes.csv"):
        names[vietnamese.fold(_province(row["province"]))] = row["province_code"]
    names.pop("", None)
    return names
