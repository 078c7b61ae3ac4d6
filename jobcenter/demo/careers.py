"""What invented people learned and did: schooling, training, jobs that follow one another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from jobcenter.demo.draw import Draw, Table
from jobcenter.demo.vocabulary import LANGUAGES, Trade, say, trades, upper_first, words

_LEVELS = ("untrained", "no-certificate", "short-certificate", "so-cap", "trung-cap", "cao-dang")
_GENERAL = {
    "old": Table([("primary-not-finished", 2), ("tieu-hoc", 12), ("thcs", 58), ("thpt", 28)]),
    "middle": Table([("tieu-hoc", 4), ("thcs", 46), ("thpt", 50)]),
    "young": Table([("tieu-hoc", 1), ("thcs", 24), ("thpt", 75)]),
}
_PLAIN_LEVELS = Table(
    [
        ("untrained", 52), ("no-certificate", 24), ("short-certificate", 9), ("so-cap", 8),
        ("trung-cap", 5), ("cao-dang", 2),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Qualification:
    """A level of list B with field of study, school and year."""

    level: str
    field: str
    school: str
    year: int


@dataclass(frozen=True)
class Certificate:
    """A certificate or licence with its days."""

    name: str
    issued_on: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True)
class Job:
    """A job held; `ended_on` None means it goes on."""

    employer: str
    position: str
    occupation_code: str
    started_on: dt.date
    ended_on: dt.date | None
    duties: str


@cache
def by_sex(sex: str) -> Table[Trade]:
    """Return the trades as women or men mostly look for them."""
    return Table([(t, t.share * (t.women if sex == "female" else 100 - t.women)) for t in trades()])


def general_education(draw: Draw, trade: Trade, birth_year: int) -> str:
    """Return a code of list A that fits the age and what the trade was learned at."""
    if {"cao-dang", "dai-hoc"} & set(trade.levels):
        return "thpt"
    generation = "old" if birth_year < 1980 else "middle" if birth_year < 1995 else "young"
    return draw.of(_GENERAL[generation])


_LEAST_AGE = {"trung-cap": 19, "cao-dang": 21, "dai-hoc": 22}


def qualification(draw: Draw, trade: Trade, general: str, age: int) -> str:
    """Return a code of list B: the trade's own schooling, or what workers without it have."""
    if trade.levels and draw.chance(86):
        level = draw.pick(trade.levels)
        return level if age >= _LEAST_AGE.get(level, 18) else "short-certificate"
    level = draw.of(_PLAIN_LEVELS)
    return level if general == "thpt" or level != "cao-dang" else "so-cap"


def papers(
    draw: Draw, trade: Trade, level: str, birth_year: int, today: dt.date, language: str
) -> tuple[Qualification, ...]:
    """Return the diplomas behind a level; none below a short certificate."""
    if level in ("untrained", "no-certificate"):
        return ()
    life = words()["life"]
    fields = trade.fields or ("May công nghiệp", "Điện tử dân dụng", "Tin học văn phòng", "Cơ khí")
    field = say(draw, draw.pick(fields), trade, LANGUAGES.get(language, "Anh"))
    school = draw.pick(life["universities"] if level == "dai-hoc" else life["schools"])
    return (
        Qualification(level, field, school, min(birth_year + draw.between(19, 24), today.year)),
    )


def certificates(draw: Draw, trade: Trade, today: dt.date) -> tuple[Certificate, ...]:
    """Return the papers the trade needs, for those who have them; some have run out."""
    if not trade.certificate or not draw.chance(trade.certificate_share):
        return ()
    issued = today - dt.timedelta(days=draw.between(90, 2600))
    years = draw.pick((0, 0, 2, 3, 5))
    valid = issued + dt.timedelta(days=365 * years) if years else None
    found = [Certificate(trade.certificate, issued, valid)]
    if draw.chance(12):
        found.append(Certificate("Thẻ an toàn lao động nhóm 3", issued, None))
    return tuple(found)


def jobs(
    draw: Draw, trade: Trade, years: int, end: dt.date, *, sex: str, goes_on: bool, language: str
) -> tuple[Job, ...]:
    """Return up to four jobs, newest first, that fill about `years` before `end`."""
    likely = by_sex(sex)
    found: list[Job] = []
    left = years * 12
    while left > 2 and len(found) < 4:
        months = min(left, draw.pick((4, 6, 9, 12, 14, 18, 24, 30, 36, 48, 60)))
        start = end - dt.timedelta(days=30 * months + draw.below(20))
        last = None if goes_on and not found else end
        if draw.chance(9) and trade.general:
            position, code, duties = draw.pick(words()["life"]["other_jobs"][sex])
            found.append(Job("", position, code, start, last, duties))
        else:
            mine = trade if draw.chance(78) else draw.of(likely)
            found.append(_job(draw, trade, mine, start, last, language))
        left -= months + draw.pick((0, 1, 2, 4, 8))
        end = start - dt.timedelta(days=draw.between(12, 160))
    return tuple(found)


def _job(
    draw: Draw, trade: Trade, mine: Trade, start: dt.date, end: dt.date | None, language: str
) -> Job:
    if draw.chance(2.5) and start.year > 2012:
        return _abroad(draw, trade, start, end)
    if mine.levels and not trade.levels:
        mine = trade  # nobody was an engineer before sewing
    title = say(draw, draw.pick(mine.titles), mine, LANGUAGES.get(language, "Anh"))
    if mine.general and draw.chance(3):
        title = f"Tổ phó {title[:1].lower()}{title[1:]}"
    count = draw.pick((1, 1, 2, 2, 3))
    duties = ". ".join(say(draw, duty, mine) for duty in draw.some(mine.duties, count))
    return Job(_employer(draw, mine), title, mine.code, start, end, duties + ".")


def _employer(draw: Draw, trade: Trade) -> str:
    firms = words()["firms"]
    sector = draw.pick(words()["sectors"][draw.pick(trade.sectors)])
    if draw.chance(14):
        return draw.pick((f"Xưởng {sector.lower()} tư nhân", "Cơ sở gia đình", "Tổ hợp tác"))
    word = draw.pick(firms["words"] if draw.chance(55) else firms["east"])
    return f"Công ty {sector} {word}"


def _abroad(draw: Draw, trade: Trade, start: dt.date, end: dt.date | None) -> Job:
    country, title = draw.pick(
        (
            ("Nhật Bản", "Thực tập sinh kỹ năng"),
            ("Hàn Quốc", "Lao động EPS"),
            ("Đài Loan", "Công nhân"),
        )
    )
    duties = say(draw, draw.pick(trade.duties), trade)
    return Job(
        f"Nhà máy tại {country}", f"{title} tại {country}", trade.code, start, end, duties + "."
    )


def skills(draw: Draw, trade: Trade, years: int) -> str:
    """Return skills as people tell them at the counter, from one word to a short list."""
    count = draw.pick((1, 2, 2, 3, 3, 4, 5)) + (years > 4)
    told = [say(draw, skill, trade) for skill in draw.some(trade.skills, count)]
    front = draw.pick(("", "", "Biết ", "Thạo ", "Đã làm: ", "Quen "))
    text = front + ", ".join(told)
    if years and draw.chance(22):
        text += draw.pick((f" ({years} năm)", f"; làm được {years} năm", f", {years} năm tay nghề"))
    return upper_first(text)
