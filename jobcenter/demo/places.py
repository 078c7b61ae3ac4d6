"""Where invented people live: communes by weight, addresses in new and old names, parks nearby."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jobcenter.catalogue.shipped import rows
from jobcenter.demo.draw import Draw, Table
from jobcenter.demo.vocabulary import words

HOME = "31"
_OLD_CITY = "11300"  # communes of the former Hải Phòng, where most parks are, come after this code
_NO_WEIGHT = {"11948"}  # Bạch Long Vĩ: an island far out
# Province of birth registration (the first triple of an ID) by today's province.
ID_PROVINCE = {
    "33": "034", "38": "038", "40": "040", "22": "022", "15": "015", "37": "036", "24": "027",
    "19": "019", "25": "026", "01": "001", "42": "042", "14": "014", "08": "002",
}  # fmt: skip


@dataclass(frozen=True)
class Commune:
    """A commune of the catalogue with what addresses need."""

    code: str
    name: str
    is_ward: bool
    old_names: tuple[str, ...]
    id_province: str
    parks: tuple[str, ...]


@cache
def home() -> Table[Commune]:
    """Return the communes of Hải Phòng; wards of the old city weigh most."""
    found = [
        (_commune(row, "031" if row["code"] > _OLD_CITY else "030"), _weight(row))
        for row in rows("communes.csv")
        if row["province_code"] == HOME and row["code"] not in _NO_WEIGHT
    ]
    return Table(found)


@cache
def away() -> Table[Commune]:
    """Return the communes of the provinces that workers come from."""
    found = [
        (_commune(row, ID_PROVINCE[row["province_code"]]), 4 if row["province_code"] == "33" else 1)
        for row in rows("communes.csv")
        if row["province_code"] in ID_PROVINCE
    ]
    return Table(found)


@cache
def parks() -> dict[str, str]:
    """Return the operating parks and the commune each lies in."""
    return {
        row["code"]: row["commune_code"]
        for row in rows("parks.csv")
        if row["state"] == "operating" and row["commune_code"]
    }


def _weight(row: dict[str, str]) -> int:
    near = row["code"] > _OLD_CITY
    ward = row["full_name"].startswith("Phường")
    return (5 if ward else 4) if near else (3 if ward else 2)


def _commune(row: dict[str, str], id_province: str) -> Commune:
    former = (re.sub(r"\(.*?\)", "", name).strip() for name in row["before_merger"].split(","))
    is_home = row["province_code"] == HOME
    return Commune(
        code=row["code"],
        name=row["name"],
        is_ward=row["full_name"].startswith("Phường"),
        old_names=tuple(n for n in former if n.startswith(("Xã ", "Phường ", "Thị trấn "))),
        id_province=id_province,
        parks=_nearest(row) if is_home else (),
    )


@cache
def _centres() -> dict[str, tuple[float, float]]:
    return {r["code"]: (float(r["lat"]), float(r["lon"])) for r in rows("communes.csv") if r["lat"]}


def _nearest(row: dict[str, str]) -> tuple[str, ...]:
    """Return the parks by distance, near enough on a plane at Hải Phòng's latitude."""
    lat, lon = float(row["lat"]), float(row["lon"])

    def away_from(item: tuple[str, str]) -> tuple[float, str]:
        there = _centres()[item[1]]
        return (there[0] - lat) ** 2 + ((there[1] - lon) * 0.934) ** 2, item[0]

    return tuple(code for code, _at in sorted(parks().items(), key=away_from))


def address(draw: Draw, commune: Commune) -> str:
    """Return the part of an address below the commune, now and then with its former name."""
    life = words()["life"]
    if commune.is_ward and draw.chance(55):
        line = f"Số {draw.between(1, 380)} {draw.pick(life['streets'])}"
        if draw.chance(25):
            line = f"Số {draw.between(2, 90)}/{draw.between(1, 40)} {draw.pick(life['streets'])}"
    elif commune.is_ward:
        line = f"Tổ dân phố {draw.between(1, 24)}"
    elif draw.chance(70):
        line = f"Thôn {draw.pick(life['hamlets'])}"
    else:
        line = f"Thôn {draw.between(1, 12)}"
    if commune.old_names and draw.chance(18):
        line += f" ({draw.pick(commune.old_names).lower().capitalize()} cũ)"
    return line


def apart(one: str, other: str) -> float:
    """Return how far apart two communes are, for ordering only."""
    (lat1, lon1), (lat2, lon2) = _centres()[one], _centres()[other]
    return (lat1 - lat2) ** 2 + ((lon1 - lon2) * 0.934) ** 2


@cache
def around(commune: str) -> tuple[Commune, ...]:
    """Return the 28 communes of Hải Phòng nearest to one, itself left out."""
    others = [at for at in home().items if at.code != commune]
    return tuple(sorted(others, key=lambda at: (apart(at.code, commune), at.code))[:28])
