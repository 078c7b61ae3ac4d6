"""Who the invented people are: names by sex and age, birth, ID number, phone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from jobcenter.demo import places
from jobcenter.demo.draw import Draw, Table
from jobcenter.demo.places import Commune
from jobcenter.demo.vocabulary import words

_AGES = Table(
    [(age, 30 if age < 23 else 42 if age < 33 else 30 if age < 38 else 20) for age in range(18, 43)]
    + [(age, 14 if age < 48 else 8 if age < 53 else 4) for age in range(43, 60)]
)
_SPREAD = 611_953  # prime to a million, so that the tails of IDs never meet
_ETHNICITIES = Table(
    [("kinh", 986), ("tay", 4), ("muong", 3), ("thai", 2), ("nung", 2), ("hoa", 3)]
)


@dataclass(frozen=True)
class Identity:
    """The basic data of one invented person; phone as +84..., `birth_date` None: only the year."""

    full_name: str
    sex: str
    birth_date: dt.date | None
    birth_year: int
    id_number: str | None
    old_id_number: str | None
    id_issued_on: dt.date | None
    ethnicity: str
    phone: str
    email: str | None
    zalo: str | None
    permanent: Commune
    permanent_detail: str
    current: Commune
    current_detail: str
    social_insurance_number: str | None

    @property
    def comes_from_away(self) -> bool:
        """Whether the person's papers are of another province."""
        return not self.permanent.parks


@cache
def _names(sex: str, generation: str) -> tuple[Table[str], Table[str]]:
    told: dict[str, Any] = words()["names"][sex][generation]
    return Table(told["middle"]), Table(told["given"])


@cache
def _families() -> Table[str]:
    return Table(words()["names"]["family"])


def full_name(draw: Draw, sex: str, birth_year: int) -> str:
    """Return family, middle and given name as people of that age and sex bear them."""
    generation = "old" if birth_year < 1980 else "middle" if birth_year < 1995 else "young"
    middle, given = _names(sex, generation)
    return f"{draw.of(_families())} {draw.of(middle)} {draw.of(given)}"


def identity(
    draw: Draw, *, number: int, sex: str, age: int, today: dt.date, family_phone: str
) -> Identity:
    """Return a person; `number` keeps ID numbers apart, `family_phone` is at times shared."""
    year = today.year - age
    birth = dt.date(year, 1, 1) + dt.timedelta(days=draw.below(365))
    current = draw.of(places.home())
    permanent = draw.of(places.away()) if draw.chance(9) else current
    if permanent is current and draw.chance(6):
        permanent = draw.of(places.home())
    detail = places.address(draw, current)
    return Identity(
        full_name=full_name(draw, sex, year),
        sex=sex if draw.chance(99.9) else "other",
        birth_date=birth if draw.chance(95) else None,
        birth_year=year,
        id_number=_id_number(draw, number, birth, sex, permanent) if draw.chance(93) else None,
        old_id_number=_old_number(number, birth, permanent),
        id_issued_on=_issued(draw, today) if draw.chance(40) else None,
        ethnicity=draw.of(_ETHNICITIES),
        phone=family_phone if family_phone and draw.chance(4) else phone(draw),
        email=_email(draw, number) if draw.chance(14) else None,
        zalo=None,
        permanent=permanent,
        permanent_detail=detail if permanent is current else places.address(draw, permanent),
        current=current,
        current_detail=detail,
        social_insurance_number=(
            f"{draw.pick(('31', '30', '02'))}{draw.below(10**8):08d}" if draw.chance(28) else None
        ),
    )


def age(draw: Draw) -> int:
    """Return an age as the register has them: many between 20 and 35, few over 50."""
    return draw.of(_AGES)


def phone(draw: Draw) -> str:
    """Return a valid mobile number as +84 and nine digits."""
    return f"+84{draw.pick(words()['life']['phone_prefixes'])[1:]}{draw.below(10**7):07d}"


def _email(draw: Draw, number: int) -> str:
    return f"{draw.pick(('nld', 'hoso', 'timviec'))}{number:06d}@vidu.example"


def _issued(draw: Draw, today: dt.date) -> dt.date:
    return today - dt.timedelta(days=draw.between(60, 1800))


def _id_number(draw: Draw, number: int, birth: dt.date, sex: str, permanent: Commune) -> str:
    """Return a valid ID: province of registration, century and sex, year, six digits.

    A few are odd but valid, as on old papers: another province, a slip in sex or year.
    """
    province = permanent.id_province
    if draw.chance(3):
        province = draw.of(_odd_provinces())
    marker = 2 * (birth.year // 100 - 19) + (sex == "female")
    year = birth.year % 100
    if draw.chance(0.4):
        marker ^= 1
    elif draw.chance(0.4):
        year = (year + draw.pick((1, 99))) % 100
    return f"{province}{marker}{year:02d}{(number * _SPREAD + 17) % 1_000_000:06d}"


def _old_number(number: int, birth: dt.date, permanent: Commune) -> str | None:
    """Return the nine-digit number of some of those who had a card before 2016."""
    if birth.year > 2000 or number % 3 != 1:
        return None
    province = "14" if permanent.id_province == "030" else "03"
    return f"{province}{(number * _SPREAD + 271_828) % 10_000_000:07d}"


@cache
def _odd_provinces() -> Table[str]:
    return Table(words()["life"]["id_provinces"])
