"""Invented job seekers with lives that hang together."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from jobcenter.town.names import FAMILY, FIRMS, GIVEN, MIDDLE, PREFIXES
from jobcenter.town.trades import TRADES, Trade


@dataclass(frozen=True)
class Job:
    """A job held, in months of the calendar."""

    position: str
    code: str
    employer: str
    started_on: dt.date
    ended_on: dt.date | None
    duties: str


@dataclass(frozen=True)
class Story:
    """One invented person and their file; None and empty mean "not asked"."""

    full_name: str
    sex: str
    birth_date: dt.date | None
    birth_year: int
    id_number: str | None
    phone: str
    commune: str
    address: str
    registered_on: dt.date
    state: str
    general_education: str | None
    qualification: str | None
    field: str
    skills: str | None
    wishes: tuple[tuple[str, str], ...]
    jobs: tuple[Job, ...]
    certificates: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    shifts: tuple[str, ...] | None
    pay_min: int | None
    pay_wanted: int | None
    parks: tuple[str, ...] | None
    needs_bus: bool | None
    needs_dormitory: bool | None
    accepts_overtime: bool | None
    available_on: dt.date | None
    employment_status: str | None
    services: tuple[str, ...]
    target_groups: tuple[str, ...]
    consents: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()


def stories(
    *,
    seed: int,
    count: int,
    today: dt.date,
    communes: dict[str, float],
    parks: tuple[str, ...],
    trades: tuple[Trade, ...] = TRADES,
) -> Iterator[Story]:
    """Yield `count` people, the same for the same arguments; `communes` maps codes to weights."""
    draw = random.Random(f"people-{seed}")
    places = (list(communes), list(communes.values()))
    family_phone = "+84912000000"
    for number in range(count):
        story = _story(draw, number, today, places, parks, trades, family_phone)
        family_phone = story.phone
        yield story


def _story(
    draw: random.Random,
    number: int,
    today: dt.date,
    places: tuple[list[str], list[float]],
    parks: tuple[str, ...],
    trades: tuple[Trade, ...],
    family_phone: str,
) -> Story:
    sex = draw.choice(("female", "female", "male"))
    age = min(58, max(18, round(draw.gauss(30, 8))))
    birth = dt.date(today.year - age, draw.randint(1, 12), draw.randint(1, 28))
    trade = draw.choices(trades, [t.share for t in trades])[0]
    years = max(0, min(age - 18, round(draw.expovariate(1 / 4))))
    general, qualification = _schooling(draw, trade)
    registered = today - dt.timedelta(days=round(draw.triangular(0, 700, 60)))
    full = draw.random() < 0.62  # the others left parts of the form unanswered
    pay = round(draw.uniform(*trade.pay) * (0.88 + 0.015 * years), 1)

    def asked(chance: float, value: object) -> object:
        return value if full or draw.random() < chance else None

    skills = draw.sample(trade.skills, min(len(trade.skills), draw.randint(1, 4)))
    return Story(
        full_name=_name(draw, sex),
        sex=sex,
        birth_date=birth if draw.random() < 0.94 else None,
        birth_year=birth.year,
        id_number=_id_number(draw, number, birth, sex) if draw.random() < 0.9 else None,
        phone=family_phone if draw.random() < 0.04 else _phone(draw),
        commune=draw.choices(*places)[0],
        address=_address(draw),
        registered_on=registered,
        state=draw.choices(
            ("looking", "new", "placed", "found-alone", "paused", "closed"), (62, 16, 9, 5, 5, 3)
        )[0],
        general_education=asked(0.7, general),  # type: ignore[arg-type]
        qualification=asked(0.5, qualification),  # type: ignore[arg-type]
        field=trade.field if qualification not in ("untrained", "no-certificate") else "",
        skills=asked(0.5, ", ".join(skills)),  # type: ignore[arg-type]
        wishes=_wishes(draw, trade, trades),
        jobs=_jobs(draw, trade, years, today, trades) if full or draw.random() < 0.5 else (),
        certificates=_certificates(draw, trade, years),
        languages=_languages(draw, trade),
        shifts=asked(0.35, _shifts(draw)),  # type: ignore[arg-type]
        pay_min=asked(0.45, int(pay * 0.92 * 10) * 100_000),  # type: ignore[arg-type]
        pay_wanted=int(pay * 10) * 100_000 if draw.random() < 0.4 else None,
        parks=tuple(draw.sample(parks, min(len(parks), draw.randint(1, 3))))
        if draw.random() < 0.35
        else None,
        needs_bus=asked(0.3, draw.random() < 0.45),  # type: ignore[arg-type]
        needs_dormitory=asked(0.3, draw.random() < 0.12),  # type: ignore[arg-type]
        accepts_overtime=asked(0.3, draw.random() < 0.8),  # type: ignore[arg-type]
        available_on=asked(  # type: ignore[arg-type]
            0.4, today + dt.timedelta(days=draw.choice((-20, -7, 0, 7, 14, 30, 45)))
        ),
        employment_status=asked(  # type: ignore[arg-type]
            0.5,
            draw.choice(("unemployed-before", "unemployed-before", "unemployed-never", "employed")),
        ),
        services=tuple(
            draw.sample(
                ("job", "referral", "vocational", "unemployment-insurance"), draw.randint(1, 2)
            )
        ),
        target_groups=_groups(draw),
        consents=_consents(draw),
        withdrawn=("publish",) if draw.random() < 0.02 else (),
    )


def _name(draw: random.Random, sex: str) -> str:
    family = draw.choices(list(FAMILY), list(FAMILY.values()))[0]
    return f"{family} {draw.choice(MIDDLE[sex])} {draw.choice(GIVEN[sex])}"


def _phone(draw: random.Random) -> str:
    return f"+84{draw.choice(PREFIXES)[1:]}{draw.randrange(10**7):07d}"


def _id_number(draw: random.Random, number: int, birth: dt.date, sex: str) -> str:
    """Return a valid ID; the running number in its tail keeps people of one demo apart."""
    province = draw.choices(("031", "030", "034", "033", "022", "036"), (70, 16, 5, 3, 3, 3))[0]
    marker = (0 if birth.year < 2000 else 2) + (sex == "female")
    return f"{province}{marker}{birth.year % 100:02d}{number % 10**6:06d}"


def _address(draw: random.Random) -> str:
    kind = draw.choice(("Thôn", "Tổ dân phố", "Số"))
    if kind == "Số":
        street = draw.choice(("Đà Nẵng", "Lạch Tray", "Tô Hiệu", "Trường Chinh", "Bạch Đằng"))
        return f"Số {draw.randint(1, 320)} {street}"
    return f"{kind} {draw.randint(1, 14)}"


def _schooling(draw: random.Random, trade: Trade) -> tuple[str, str]:
    if trade.code == "2643":
        return "thpt", draw.choice(("cao-dang", "dai-hoc", "dai-hoc"))
    general = draw.choices(("tieu-hoc", "thcs", "thpt"), (4, 38, 58))[0]
    if trade.field and general == "thpt":
        return general, draw.choices(
            ("trung-cap", "cao-dang", "dai-hoc", "so-cap"), (40, 30, 15, 15)
        )[0]
    return general, draw.choices(
        ("untrained", "no-certificate", "short-certificate", "so-cap", "trung-cap"),
        (48, 22, 12, 12, 6),
    )[0]


def _wishes(
    draw: random.Random, trade: Trade, trades: tuple[Trade, ...]
) -> tuple[tuple[str, str], ...]:
    wishes = [(draw.choice(trade.titles), trade.code)]
    while len(wishes) < 3 and draw.random() < 0.3:
        other = draw.choices(trades, [t.share for t in trades])[0]
        if all(code != other.code for _title, code in wishes):
            wishes.append((draw.choice(other.titles), other.code))
    return tuple(wishes)


def _jobs(
    draw: random.Random, trade: Trade, years: int, today: dt.date, trades: tuple[Trade, ...]
) -> tuple[Job, ...]:
    jobs: list[Job] = []
    end = today - dt.timedelta(days=draw.randint(0, 240))
    left = years * 12
    while left > 3 and len(jobs) < 3:
        months = min(left, draw.randint(4, 40))
        mine = trade if draw.random() < 0.75 else draw.choices(trades, [t.share for t in trades])[0]
        start = end - dt.timedelta(days=30 * months)
        duties = "; ".join(draw.sample(mine.duties, min(len(mine.duties), draw.randint(1, 2))))
        jobs.append(
            Job(draw.choice(mine.titles), mine.code, draw.choice(FIRMS), start, end, duties)
        )
        end = start - dt.timedelta(days=draw.randint(10, 120))
        left -= months
    return tuple(jobs)


def _certificates(draw: random.Random, trade: Trade, years: int) -> tuple[str, ...]:
    if trade.certificate and draw.random() < (0.75 if years > 1 else 0.4):
        return (trade.certificate,)
    return ()


def _languages(draw: random.Random, trade: Trade) -> tuple[tuple[str, str], ...]:
    if trade.code == "2643":
        return ((draw.choice(("ko", "zh", "ja")), draw.choice(("good", "fair"))),)
    if draw.random() < 0.06:
        return ((draw.choice(("en", "en", "zh", "ko")), draw.choice(("average", "fair"))),)
    return ()


def _shifts(draw: random.Random) -> tuple[str, ...]:
    return draw.choices(
        (
            ("office",),
            ("office", "two-shift-12h"),
            ("office", "three-shift-8h"),
            ("office", "two-shift-12h", "three-shift-8h"),
            ("three-shift-8h", "night"),
            ("flexible",),
        ),
        (18, 18, 18, 34, 6, 6),
    )[0]


def _groups(draw: random.Random) -> tuple[str, ...]:
    found = [
        code
        for code, chance in (
            ("HN", 0.03),
            ("HCN", 0.04),
            ("KT", 0.01),
            ("BDXN", 0.04),
            ("THD", 0.03),
            ("DTTS", 0.01),
        )
        if draw.random() < chance
    ]
    return tuple(found)


def _consents(draw: random.Random) -> tuple[str, ...]:
    given = ["register"]
    for purpose, chance in (("introduce", 0.9), ("publish", 0.68), ("statistics", 0.85)):
        if draw.random() < chance:
            given.append(purpose)
    return tuple(given)
