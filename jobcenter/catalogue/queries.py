"""Reading code lists. They change rarely: one read serves until the list's version changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from jobcenter.catalogue.choices import DayKind, ParkState
from jobcenter.catalogue.models import (
    CalendarDay,
    CatalogueStamp,
    CodeValue,
    Commune,
    CommuneRegion,
    MinimumWage,
    Occupation,
    Park,
    TargetGroupRule,
)
from jobcenter.catalogue.parks import known_as, parks
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

HOME_PROVINCE = "31"
_read: dict[tuple[str, dt.date], Lists] = {}
_days: dict[str | None, Mapping[dt.date, DayKind]] = {}


@dataclass(frozen=True)
class Lists:
    """Every value list with the names in both languages, and those still offered in forms."""

    names: Mapping[tuple[str, str], tuple[str, str]]
    offered: Mapping[str, Sequence[str]]
    known_as: Mapping[str, str]

    def name(self, of: str, code: str, locale: str) -> str:
        """Return the name of a code; unknown codes stand for themselves."""
        found = self.names.get((of, code))
        return found[locale != "vi"] if found else code

    def values(self, of: str, locale: str) -> list[tuple[str, str]]:
        """Return (code, name) of the values in force, in order."""
        return [(code, self._in_a_list(of, code, locale)) for code in self.offered.get(of, ())]

    def _in_a_list(self, of: str, code: str, locale: str) -> str:
        """Return the name as a form offers it: a park with the other name people know."""
        name, other = self.name(of, code, locale), self.known_as.get(code, "")
        return f"{name} ({other})" if of == "park" and other else name

    def codes(self, of: str) -> Sequence[str]:
        """Return the codes in force."""
        return self.offered.get(of, ())


def stamp(session: Session) -> str | None:
    """Return what changes whenever a list does, None before anything was loaded."""
    return session.scalar(select(CatalogueStamp.value))


def lists(session: Session, *, on: dt.date | None = None) -> Lists:
    """Return all lists: value lists A to W, parks, communes of Hải Phòng and provinces.

    They are read once for each stamp and day; the stamp is read before them, so what is kept
    is never older than its stamp.
    """
    day = on or clock.today()
    mark = stamp(session)
    if mark is None:
        return _read_lists(session, day)
    found = _read.get((mark, day))
    if found is None:
        found = _read_lists(session, day)
        while len(_read) >= 4:  # today, and the few days that reports look back to
            _read.pop(next(iter(_read)), None)
        _read[mark, day] = found
    return found


def _read_lists(session: Session, day: dt.date) -> Lists:
    names: dict[tuple[str, str], tuple[str, str]] = {}
    offered: dict[str, list[str]] = {}
    order = (CodeValue.list, CodeValue.position, CodeValue.code)
    for row in session.scalars(select(CodeValue).order_by(*order)):
        names[row.list, row.code] = (row.name_vi, row.name_en or row.name_vi)
        if row.is_valid(day):
            offered.setdefault(row.list, []).append(row.code)
    every_park = parks(session)
    for park in every_park:
        names["park", park.code] = (park.name_vi, park.name_en or park.name_vi)
        if park.state != ParkState.CLOSED:
            offered.setdefault("park", []).append(park.code)
    communes = select(
        Commune.code, Commune.full_name, Commune.name_en, Commune.province_code
    ).order_by(Commune.name, Commune.code)
    for code, full_name, name_en, province in session.execute(communes):
        names["commune", code] = (full_name, name_en or full_name)
        if province == HOME_PROVINCE:
            offered.setdefault("commune", []).append(code)
    return Lists(names, offered, {p.code: known_as(p) for p in every_park})


def values_of(session: Session, of: str) -> Sequence[CodeValue]:
    """Return every value of a list, ended ones too, in order."""
    return session.scalars(
        select(CodeValue).where(CodeValue.list == of).order_by(CodeValue.position, CodeValue.code)
    ).all()


def one_value(session: Session, of: str, code: str) -> CodeValue:
    """Return one value of a list, or refuse."""
    found = session.get(CodeValue, (of, code))
    if found is None:
        raise Missing
    return found


def sizes(session: Session, *, on: dt.date) -> dict[str, tuple[int, int]]:
    """Return for each list how many values are in force and how many are not."""
    found: dict[str, tuple[int, int]] = {}
    for value in session.scalars(select(CodeValue)):
        valid, other = found.get(value.list, (0, 0))
        is_valid = value.is_valid(on)
        found[value.list] = (valid + is_valid, other + (not is_valid))
    return found


def check_code(
    session: Session,
    of: str,
    code: str | None,
    *,
    field: str,
    kept: Collection[str | None] | None = (),
) -> str | None:
    """Return `code` when list `of` offers it today (None stays None), else refuse.

    `kept` is what the record held before: an ended value may stay where it was.
    """
    if code in (None, ""):
        return None
    row = session.get(CodeValue, (of, code))
    if row is None:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field=field)
    if not row.is_valid(clock.today()) and code not in (kept or ()):
        raise Refused(
            N_("“%(name)s” đã ngừng dùng. Chọn giá trị khác."), field=field, name=row.name_vi
        )
    return code


def find_commune(session: Session, text: str) -> list[Commune]:
    """Return communes whose present or former name holds `text`, Hải Phòng first, at most 20.

    Accents count when they are typed: "Cẩm Giang" and "Cẩm Giàng" are two communes.
    """
    wanted = vietnamese.fold(text)
    if not wanted:
        return []
    exact = case((Commune.name == vietnamese.clean_line(text), 0), else_=1)
    home = case((Commune.province_code == HOME_PROVINCE, 0), else_=1)
    return list(
        session.scalars(
            select(Commune)
            .where(Commune.folded.contains(wanted, autoescape=True))
            .order_by(exact, home, func.length(Commune.name), Commune.code)
            .limit(20)
        )
    )


def commune_names(session: Session, locale: str) -> dict[str, str]:
    """Return the names of all communes by code."""
    rows = session.execute(select(Commune.code, Commune.full_name, Commune.name_en))
    return {code: (en if locale == "en" and en else name) for code, name, en in rows}


def commune(session: Session, code: str | None) -> Commune | None:
    """Return a commune by code."""
    return session.get(Commune, code) if code else None


def read_commune(session: Session, text: str, *, field: str) -> str | None:
    """Return the code of the commune that a person typed: a code, a new or an old name.

    Refuses when nothing or more than one place fits, naming up to four that do.
    """
    plain = vietnamese.clean_line(text)
    if not plain:
        return None
    if session.get(Commune, plain) is not None:
        return plain
    found = find_commune(session, _bare(plain))
    same = [c for c in found if _same_place(c, plain)]
    if len(same) == 1 or (len(found) == 1 and not same):
        return (same or found)[0].code
    if not found:
        raise Refused(
            N_("Không có phường, xã nào tên “%(name)s”. Thử tên cũ hoặc tên đầy đủ."),
            field=field,
            name=plain,
        )
    names = ", ".join(f"{c.full_name} ({c.province})" for c in (same or found)[:4])
    raise Refused(
        N_("Có nhiều nơi tên gần như vậy: %(names)s. Chọn một."), field=field, names=names
    )


def _bare(text: str) -> str:
    """Drop "P.", "X.", "Phường" and the like in front of a name."""
    lowered = text.casefold()
    for front in ("phường ", "xã ", "đặc khu ", "p. ", "x. ", "đk ", "p.", "x."):
        if lowered.startswith(front):
            return text[len(front) :].strip()
    return text


def _same_place(found: Commune, typed: str) -> bool:
    bare = vietnamese.fold(_bare(typed))
    if found.province_code != HOME_PROVINCE:
        return False
    if vietnamese.has_marks(typed) and vietnamese.fold(found.name) == bare:
        return tone_free(found.name) == tone_free(_bare(typed))
    return vietnamese.fold(found.name) == bare or typed.casefold() == found.full_name.casefold()


def tone_free(text: str) -> list[tuple[str, str]]:
    """Return the words of `text` as letters and tones, wherever a tone mark was placed."""
    return [(letters, "".join(sorted(tones))) for letters, tones in vietnamese.fold_words(text)]


def occupation_names(session: Session, codes: Sequence[str]) -> dict[str, Occupation]:
    """Return the occupations with these codes."""
    rows = session.scalars(select(Occupation).where(Occupation.code.in_(codes)))
    return {row.code: row for row in rows}


def distance_km(a: Commune, b: Commune) -> float | None:
    """Return the great-circle distance of two commune centres in km, None where unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lon1, lat2, lon2 = map(radians, (a.lat, a.lon, b.lat, b.lon))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def minimum_wage(session: Session, *, region: int, on: dt.date) -> int | None:
    """Return the monthly minimum wage of a region in force on a day, in VND."""
    found = wage(session, region=region, on=on)
    return found.monthly if found else None


def wage(session: Session, *, region: int, on: dt.date) -> MinimumWage | None:
    """Return the minimum wage of a region in force on a day, with its date and source."""
    return session.scalar(
        select(MinimumWage)
        .where(MinimumWage.region == region, MinimumWage.valid_from <= on)
        .order_by(MinimumWage.valid_from.desc())
        .limit(1)
    )


def region_of_commune(session: Session, code: str, *, on: dt.date) -> int | None:
    """Return the wage region of a commune on a day, None where nobody wrote it down."""
    return session.scalar(
        select(CommuneRegion.region)
        .where(CommuneRegion.commune_code == code, CommuneRegion.valid_from <= on)
        .order_by(CommuneRegion.valid_from.desc())
        .limit(1)
    )


def region_of_park(session: Session, code: str, *, on: dt.date) -> int | None:
    """Return the wage region of a park: its own, else the highest paid of its communes."""
    found = session.get(Park, code)
    if found is None or found.wage_region is not None:
        return found.wage_region if found else None
    regions = [region_of_commune(session, one, on=on) for one in found.communes]
    return min((region for region in regions if region is not None), default=None)


def wage_floor(
    session: Session, *, park: str | None, commune: str | None, on: dt.date
) -> MinimumWage | None:
    """Return the minimum wage where a job is done: by its park, else by its commune.

    None where the region is unknown: nothing can be said then, so nothing is refused.
    """
    region = region_of_park(session, park, on=on) if park else None
    if region is None and commune:
        region = region_of_commune(session, commune, on=on)
    return wage(session, region=region, on=on) if region is not None else None


def target_group_rule(session: Session, code: str, *, on: dt.date) -> TargetGroupRule | None:
    """Return what a target group means on a day."""
    return session.scalar(
        select(TargetGroupRule)
        .where(TargetGroupRule.code == code, TargetGroupRule.valid_from <= on)
        .order_by(TargetGroupRule.valid_from.desc())
        .limit(1)
    )


def is_working_day(session: Session, day: dt.date) -> bool:
    """Say whether the office works on `day`: holidays, days off and made-up days counted."""
    return _works(_special_days(session), day)


def is_closed(session: Session, day: dt.date) -> bool:
    """Say whether `day` is a holiday or a day off in its place; a weekend is neither."""
    return _special_days(session).get(day) in (DayKind.HOLIDAY, DayKind.OFF)


def working_days_after(session: Session, day: dt.date, count: int) -> dt.date:
    """Return the working day that is `count` working days after `day`; `day` is not counted.

    With 0 it is `day` itself, or the next working day where the office is closed on it.
    """
    special = _special_days(session)
    found = day
    while count > 0:
        found += dt.timedelta(days=1)
        count -= _works(special, found)
    while not _works(special, found):
        found += dt.timedelta(days=1)
    return found


def working_days_between(session: Session, start: dt.date, end: dt.date) -> int:
    """Return how many working days lie after `start` up to and with `end`."""
    special = _special_days(session)
    days = ((start + dt.timedelta(days=n)) for n in range(1, (end - start).days + 1))
    return sum(_works(special, day) for day in days)


def _works(special: Mapping[dt.date, DayKind], day: dt.date) -> bool:
    kind = special.get(day, DayKind.ORDINARY)
    if kind is DayKind.ORDINARY:
        return day.weekday() < 5
    return kind is DayKind.WORKING


def _special_days(session: Session) -> Mapping[dt.date, DayKind]:
    mark = stamp(session)
    found = _days.get(mark) if mark is not None else None
    if found is None:
        rows = session.execute(select(CalendarDay.day, CalendarDay.kind))
        found = {row.day: row.kind for row in rows}
        _days.clear()
        _days[mark] = found
    return found
