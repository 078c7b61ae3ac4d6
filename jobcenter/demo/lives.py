"""Invented job seekers: a person, what they can do, and wishes that follow from both.

Many files are incomplete, as real ones are: None and () mean "not asked".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from jobcenter.demo import careers, places
from jobcenter.demo.careers import Certificate, Job, Qualification
from jobcenter.demo.draw import Draw, Table
from jobcenter.demo.people import Identity, age, identity
from jobcenter.demo.vocabulary import LANGUAGES, Trade, say, words

T = TypeVar("T")


@dataclass(frozen=True)
class Wish:
    """A job wanted; the order is the order of choice."""

    title: str
    occupation_code: str


@dataclass(frozen=True)
class Language:
    """A language (list `language`) with ability (list C) and certificate."""

    language: str
    ability: str
    certificate: str


@dataclass(frozen=True)
class TargetGroup:
    """A target group of list F with its proof."""

    code: str
    proof_number: str
    issuer: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True)
class Consent:
    """A yes for one purpose on a day, and the day it was taken back."""

    purpose: str
    way: str
    given_on: dt.date
    withdrawn_on: dt.date | None


@dataclass(frozen=True)
class SeekerStory:
    """One invented file, fields as domain.md 2.1; pay in VND a month."""

    identity: Identity
    registered_on: dt.date
    state: str
    general_education: str | None = None
    qualification: str | None = None
    skill_grade: int | None = None
    office_it: str | None = None
    soft_skills: tuple[str, ...] | None = None
    skills: str | None = None
    employment_status: str | None = None
    status_since: dt.date | None = None
    job_loss_reason: str | None = None
    last_pay: int | None = None
    on_unemployment_benefit: bool | None = None
    services: tuple[str, ...] | None = None
    pay_wanted: int | None = None
    pay_min: int | None = None
    mode: str | None = None
    purpose: str | None = None
    shifts: tuple[str, ...] | None = None
    accepts_overtime: bool | None = None
    needs_dormitory: bool | None = None
    needs_bus: bool | None = None
    employer_types: tuple[str, ...] | None = None
    parks: tuple[str, ...] | None = None
    available_on: dt.date | None = None
    note: str | None = None
    wishes: tuple[Wish, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    experiences: tuple[Job, ...] = ()
    languages: tuple[Language, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    consents: tuple[Consent, ...] = ()


def stories(seed: int, count: int, today: dt.date) -> Iterator[SeekerStory]:
    """Yield `count` files one at a time, the same for the same arguments on every machine."""
    draw = Draw(f"seekers-{seed}")
    family_phone = ""
    for number in range(count):
        story = _Life(draw, number, today, family_phone).story()
        family_phone = story.identity.phone
        yield story


_ASKED = Table([(96, 58), (62, 30), (22, 12)])  # how fully forms are filled, and how often
_STATES = Table(
    [
        ("looking", 62), ("new", 15), ("referred", 5), ("placed", 7), ("found-alone", 5),
        ("paused", 4), ("closed", 2),
    ]
)  # fmt: skip
_SHIFTS = Table(
    [
        (("office",), 18), (("office", "two-shift-12h"), 16), (("office", "three-shift-8h"), 16),
        (("two-shift-12h", "three-shift-8h"), 14), (("two-shift-12h",), 8),
        (("office", "two-shift-12h", "three-shift-8h"), 20), (("flexible",), 4),
        (("three-shift-8h", "night"), 4),
    ]
)  # fmt: skip
_CERTIFICATES = {
    "ko": ("TOPIK 3", "TOPIK 4", "TOPIK 5", "EPS-TOPIK", ""),
    "zh": ("HSK 3", "HSK 4", "HSK 5", ""),
    "ja": ("JLPT N4", "JLPT N3", "JLPT N2", ""),
    "en": ("TOEIC 450", "TOEIC 600", "Chứng chỉ B", "", ""),
}
_NOTICE = (0, 0, 0, 7, 7, 14, 30, 45)
_WAYS = Table([("counter", 70), ("paper", 16), ("phone", 8), ("online", 6)])


class _Life:
    """Makes one story; every later answer is drawn in the light of the earlier ones."""

    def __init__(self, draw: Draw, number: int, today: dt.date, family_phone: str) -> None:
        self.draw = draw
        self.today = today
        years_old = age(draw)
        sex = "female" if draw.chance(57) else "male"
        self.person = identity(
            draw, number=number, sex=sex, age=years_old, today=today, family_phone=family_phone
        )
        self.trade = draw.of(careers.by_sex(sex))
        self.language = draw.pick(tuple(LANGUAGES)) if self.trade.interprets else ""
        self.years = max(
            0, min(years_old - 19, draw.pick((0, 0, 1, 1, 2, 3, 3, 4, 5, 6, 8, 10, 14)))
        )
        self.years += 3 if self.trade.leads and years_old > 26 else 0
        self.asked = draw.of(_ASKED)
        self.registered = today - dt.timedelta(days=min(draw.below(720), draw.below(720)))
        self.state = draw.of(_STATES)

    def maybe(self, value: T) -> T | None:
        """Return `value` where the form was filled in that far."""
        return value if self.draw.chance(self.asked) else None

    def story(self) -> SeekerStory:
        """Return the whole file."""
        goes_on = self.state in ("placed", "found-alone") or self.draw.chance(10)
        left = self.registered - dt.timedelta(days=self.draw.between(3, 300))
        held = careers.jobs(
            self.draw,
            self.trade,
            self.years,
            left,
            sex="female" if self.person.sex == "female" else "male",
            goes_on=goes_on,
            language=self.language,
        )
        status = "employed" if goes_on and held else self._status(bool(held))
        story = SeekerStory(self.person, self.registered, self.state)
        story = self._able(story, held)
        story = self._stands(story, held, status)
        story = self._wants(story)
        groups = self._groups(status)
        return replace(
            story,
            on_unemployment_benefit=self.maybe("TCTN" in [group.code for group in groups]),
            target_groups=groups,
            consents=self._consents(is_sensitive=bool(groups)),
        )

    def _able(self, story: SeekerStory, held: tuple[Job, ...]) -> SeekerStory:
        """Add schooling, papers, jobs, skills."""
        draw, trade, person = self.draw, self.trade, self.person
        general = careers.general_education(draw, trade, person.birth_year)
        level = careers.qualification(draw, trade, general, self.today.year - person.birth_year)
        learned = careers.papers(draw, trade, level, person.birth_year, self.today, self.language)
        soft = tuple(draw.some(words()["life"]["soft_skills"], draw.between(1, 3)))
        return replace(
            story,
            general_education=self.maybe(general),
            qualification=self.maybe(level),
            skill_grade=draw.between(1, 4) if trade.levels and draw.chance(12) else None,
            office_it=self._office(),
            soft_skills=soft if draw.chance(self.asked / 4) else None,
            skills=self.maybe(careers.skills(draw, trade, self.years)),
            qualifications=learned if draw.chance(self.asked) else (),
            certificates=careers.certificates(draw, trade, self.today),
            experiences=held if draw.chance(self.asked + 4) else held[:1],
            languages=self._languages(held),
        )

    def _stands(self, story: SeekerStory, held: tuple[Job, ...], status: str) -> SeekerStory:
        """Add whether the person works now, since when, why not."""
        draw = self.draw
        ended = held[0].ended_on if held else None
        was_paid = held and status in ("unemployed-before", "employed")
        why = draw.pick(words()["life"]["reasons"]) if status == "unemployed-before" else None
        return replace(
            story,
            employment_status=self.maybe(status),
            status_since=ended if draw.chance(self.asked / 2) else None,
            job_loss_reason=why if draw.chance(self.asked / 2) else None,
            last_pay=self._pay() if was_paid and draw.chance(self.asked / 2) else None,
            services=self.maybe(self._services()),
            note=draw.pick(words()["life"]["notes"]) if draw.chance(7) else None,
        )

    def _wants(self, story: SeekerStory) -> SeekerStory:
        """Add wishes and terms: pay by trade and years, shifts, place, bed, bus."""
        draw, pay = self.draw, self._pay()
        is_far = self.person.comes_from_away
        office = self.trade.code in ("4110", "2411", "3331", "2643", "2141")
        shifts = ("office",) if office else draw.of(_SHIFTS)
        start = max(self.today - dt.timedelta(days=30), self.registered)
        return replace(
            story,
            pay_wanted=pay if draw.chance(self.asked * 0.7) else None,
            pay_min=self.maybe(pay * draw.between(84, 96) // 10_000_000 * 100_000),
            mode=self.maybe("full-time" if draw.chance(96) else "part-time"),
            purpose=self.maybe("long-term" if draw.chance(88) else "temporary"),
            shifts=self.maybe(shifts),
            accepts_overtime=self.maybe(draw.chance(80)),
            needs_dormitory=self.maybe(draw.chance(46 if is_far else 5)),
            needs_bus=self.maybe(draw.chance(52)),
            employer_types=("foreign",) if draw.chance(self.asked / 6) else None,
            parks=self._parks() if draw.chance(self.asked * 0.6) else None,
            available_on=self.maybe(start + dt.timedelta(days=draw.pick(_NOTICE))),
            wishes=self._wishes(),
        )

    def _pay(self) -> int:
        """Return VND a month, whole hundred thousands, growing with years in the trade."""
        low, high = self.trade.pay
        grown = low + (high - low) * min(self.years, 10) // 12
        return (grown + self.draw.between(-4, 14) * 100) // 100 * 100_000

    def _status(self, has_worked: bool) -> str:
        if not has_worked:
            return self.draw.pick(("unemployed-never", "unemployed-never", "inactive-study"))
        return "inactive-home" if self.draw.chance(6) else "unemployed-before"

    def _office(self) -> str | None:
        chance = 85 if not self.trade.general else 12
        return self.draw.pick(("good", "fair", "average")) if self.draw.chance(chance) else None

    def _services(self) -> tuple[str, ...]:
        asked = ["referral"] if self.draw.chance(78) else ["job"]
        more = self.draw.pick(("job", "vocational", "unemployment-insurance", "policy-law", ""))
        return tuple(dict.fromkeys([*asked, *([more] if more else [])]))

    def _parks(self) -> tuple[str, ...]:
        near = self.person.current.parks[:5] or tuple(places.parks())
        return tuple(self.draw.some(near, self.draw.pick((1, 1, 2, 2, 3))))

    def _wishes(self) -> tuple[Wish, ...]:
        found = {self.trade.code: self._wish(self.trade)}
        while len(found) < 3 and self.draw.chance(32):
            other = self.draw.of(careers.by_sex(self.person.sex))
            if other.general or other.code == self.trade.code:
                found.setdefault(other.code, self._wish(other))
        return tuple(found.values())

    def _wish(self, trade: Trade) -> Wish:
        tongue = LANGUAGES.get(self.language, "Anh")
        return Wish(say(self.draw, self.draw.pick(trade.titles), trade, tongue), trade.code)

    def _languages(self, held: tuple[Job, ...]) -> tuple[Language, ...]:
        draw, found = self.draw, {}
        if self.language:
            found[self.language] = draw.pick(("good", "good", "fair"))
        for country, code in (("Hàn Quốc", "ko"), ("Nhật Bản", "ja"), ("Đài Loan", "zh")):
            if any(job.employer.endswith(country) for job in held):
                found.setdefault(code, draw.pick(("fair", "average")))
        if draw.chance(34 if "dai-hoc" in self.trade.levels else 4):
            found.setdefault("en", draw.pick(("fair", "average")))
        return tuple(
            Language(code, ability, draw.pick(_CERTIFICATES[code]))
            for code, ability in found.items()
        )

    def _groups(self, status: str) -> tuple[TargetGroup, ...]:
        draw, person = self.draw, self.person
        years_old = self.today.year - person.birth_year
        rural = not person.current.is_ward
        chances = {
            "KT": 1.2, "HN": 2.2, "HCN": 3.4, "NCC": 0.8, "CHA": 0.3, "THD": 2.2,
            "BDXN": 9.0 if person.sex == "male" and years_old < 28 else 0.6,
            "DTTS": 0.0 if person.ethnicity == "kinh" else 70.0,
            "NMV": 4.0 if person.sex == "female" and status == "unemployed-before" else 0.0,
            "LDNT": 9.0 if rural else 0.4,
            "TN": 3.0 if years_old <= 30 else 0.0,
            "PN": 1.5 if person.sex == "female" else 0.0,
            "ND": 0.6 if rural else 0.1,
            "TCTN": 6.0 if status == "unemployed-before" else 0.0,
        }  # fmt: skip
        return tuple(self._group(code) for code, p in chances.items() if p and draw.chance(p))

    def _group(self, code: str) -> TargetGroup:
        draw, issuer = self.draw, self.draw.pick(words()["life"]["issuers"])
        if code in ("PN", "TN", "LDNT"):
            return TargetGroup(code, "", "", None, None)
        year = self.registered.year
        number = f"{draw.between(1, 980)}/{draw.pick(('XN', 'GCN', 'QĐ'))}-{year}"
        if code in ("HN", "HCN"):  # poverty lists are yearly
            return TargetGroup(code, number, issuer, dt.date(year, 1, 1), dt.date(year, 12, 31))
        return TargetGroup(code, number, issuer, None, None)

    def _consents(self, *, is_sensitive: bool) -> tuple[Consent, ...]:
        """Most say yes to being introduced, about half to be shown masked; some take it back."""
        draw, way = self.draw, self.draw.of(_WAYS)
        given = ["register"]
        if draw.chance(93):
            given.append("introduce")
            given += ["publish"] if draw.chance(58) else []
        given += [p for p, percent in (("statistics", 82), ("keep", 36)) if draw.chance(percent)]
        given += ["sensitive"] if is_sensitive else []
        found = []
        for purpose in given:
            gone = purpose in ("introduce", "publish") and draw.chance(3)
            span = max(1, (self.today - self.registered).days)
            back = self.registered + dt.timedelta(days=draw.below(span)) if gone else None
            found.append(Consent(purpose, way, self.registered, back))
        return tuple(found)
