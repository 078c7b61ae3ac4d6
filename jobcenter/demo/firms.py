"""Invented enterprises in the real parks, with buses through the communes around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from jobcenter.demo import people, places
from jobcenter.demo.draw import Draw, Table
from jobcenter.demo.places import Commune
from jobcenter.demo.vocabulary import trades, upper_first, words


@dataclass(frozen=True)
class Contact:
    """A person at the firm whom the centre calls."""

    name: str
    position: str
    phone: str
    email: str
    takes_sms: bool
    takes_email: bool


@dataclass(frozen=True)
class BusStop:
    """A stop in a commune, at a time as people say it."""

    name: str
    commune_code: str
    at: str


@dataclass(frozen=True)
class BusRoute:
    """A worker bus, stops in order of travel."""

    name: str
    stops: tuple[BusStop, ...]


@dataclass(frozen=True)
class Firm:
    """One invented enterprise; `kind` is the key of its sector in the vocabulary."""

    name: str
    short_name: str
    tax_number: str
    type: str
    capital_country: str
    park_code: str
    commune_code: str
    address: str
    phone: str
    email: str
    kind: str
    sector: str
    product: str
    size_band: str
    has_dormitory: bool
    contacts: tuple[Contact, ...]
    bus_routes: tuple[BusRoute, ...]


_SIZES = Table(
    [
        ("10-50", 6), ("51-100", 12), ("101-300", 26), ("301-500", 20), ("501-1000", 20),
        ("over-1000", 16),
    ]
)  # fmt: skip
_KINDS = Table(
    [
        ("electronics", 26), ("garment", 13), ("plastics", 10), ("metal", 10), ("logistics", 9),
        ("footwear", 6), ("food", 6), ("packaging", 6), ("automotive", 5), ("service", 5),
        ("rubber", 3), ("furniture", 2), ("shipbuilding", 2),
    ]
)  # fmt: skip
_EAST = ("Hàn Quốc", "Nhật Bản", "Trung Quốc", "Đài Loan", "Hồng Kông")


@cache
def _countries() -> Table[str]:
    return Table(words()["firms"]["countries"])


def firms(seed: int, count: int = 60) -> list[Firm]:
    """Return `count` enterprises with invented names that no two share."""
    draw = Draw(f"firms-{seed}")
    found: dict[str, Firm] = {}
    for number in range(count):
        firm = _firm(draw, number)
        if firm.short_name in found:
            mark = f"{firm.short_name} {number}"
            firm = replace(firm, name=f"{firm.name} {number}", short_name=mark)
        found[firm.short_name] = firm
    return list(found.values())


def tax_number(number: int) -> str:
    """Return an invented tax number with a right check digit; heads that give none are skipped."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    for head in range(10):
        nine = f"0209{head}{number:04d}"
        left = sum(int(d) * w for d, w in zip(nine, weights, strict=True)) % 11
        if left:
            return f"{nine}{10 - left}"
    raise ValueError(number)


def _firm(draw: Draw, number: int) -> Firm:
    kind = draw.of(_KINDS)
    country = draw.of(_countries())
    if kind == "service":
        country = "Việt Nam"
    sector = draw.pick(words()["sectors"][kind])
    name, short = _name(draw, sector, country)
    park = draw.pick(tuple(places.parks()))
    size = draw.of(_SIZES)
    mark = f"cty{number:03d}"
    return Firm(
        name=name,
        short_name=short,
        tax_number=tax_number(number),
        type="private" if country == "Việt Nam" else "foreign",
        capital_country=country,
        park_code=park,
        commune_code=places.parks()[park],
        address=f"Lô {draw.pick('ABCDEFGH')}{draw.between(1, 24)}",
        phone=f"+842253{draw.below(10**6):06d}",
        email=f"tuyendung@{mark}.example",
        kind=kind,
        sector=sector,
        product=_product(draw, kind),
        size_band=size,
        has_dormitory=size in ("501-1000", "over-1000") and draw.chance(40),
        contacts=tuple(_contact(draw, mark) for _ in range(draw.pick((1, 1, 2)))),
        bus_routes=_routes(draw, places.parks()[park], size),
    )


def _name(draw: Draw, sector: str, country: str) -> tuple[str, str]:
    told = words()["firms"]
    if country == "Việt Nam":
        word, tail = draw.pick(told["words"]), ""
    else:
        word = draw.pick(told["east"] if country in _EAST else told["west"])
        tail = draw.pick((" Việt Nam", " Vina", " Hải Phòng", ""))
    form = draw.pick(("TNHH", "TNHH", "TNHH", "Cổ phần"))
    short = f"{sector} {word}{tail}"
    return f"Công ty {form} {short}", short


def _product(draw: Draw, kind: str) -> str:
    making = [trade for trade in trades() if kind in trade.sectors and trade.general]
    fitting = making or [trade for trade in trades() if kind in trade.sectors]
    products = [p for trade in fitting[:2] for p in trade.products if "{" not in p]
    return ", ".join(draw.some(products, 2))


def _contact(draw: Draw, mark: str) -> Contact:
    sex = draw.pick(("female", "female", "male"))
    return Contact(
        name=people.full_name(draw, sex, draw.between(1978, 2000)),
        position=draw.pick(words()["firms"]["positions"]),
        phone=people.phone(draw),
        email=f"nhansu{draw.between(1, 9)}@{mark}.example",
        takes_sms=draw.chance(60),
        takes_email=draw.chance(85),
    )


def _routes(draw: Draw, commune: str, size: str) -> tuple[BusRoute, ...]:
    """Return up to four routes; each comes in from one side through communes on the way."""
    most = {"10-50": 0, "51-100": 1, "101-300": 2}.get(size, 4)
    found = []
    for number in range(1, draw.between(min(1, most), most) + 1):
        ends = draw.some(places.around(commune), 5)
        ends.sort(key=lambda at: -places.apart(at.code, commune))
        found.append(BusRoute(f"Tuyến {number}: {ends[0].name}", _stops(draw, ends)))
    return tuple(found)


def _stops(draw: Draw, communes: list[Commune]) -> tuple[BusStop, ...]:
    minute = 5 * 60 + draw.pick((20, 30, 40, 50))
    found = []
    for at in communes:
        name = f"{upper_first(draw.pick(words()['firms']['stops']))} {at.name}"
        found.append(BusStop(name, at.code, f"{minute // 60:02d}:{minute % 60:02d}"))
        minute += draw.between(5, 14)
    return tuple(found)
