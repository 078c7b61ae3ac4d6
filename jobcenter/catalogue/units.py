"""The two units by date: names, superior body, who signs, how numbers are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.choices import FILE_NUMBERS, Unit
from jobcenter.catalogue.editing import keep, needed, require_editor
from jobcenter.catalogue.models import NumberFormat, Signatory, UnitProfile
from jobcenter.catalogue.queries import stamp
from jobcenter.catalogue.rules import touch
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import expect_version
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.series import numbered
from jobcenter.kernel.words import N_

_read: dict[tuple[str, Unit, dt.date], UnitAt] = {}


@dataclass(frozen=True)
class Signer:
    """Who signs, and as what."""

    name: str
    title_vi: str
    title_en: str


@dataclass(frozen=True)
class UnitAt:
    """A unit as it was called, reached and led on one day."""

    unit: Unit
    name_vi: str
    name_en: str
    superior_vi: str
    superior_en: str
    place: str
    address: str
    phone: str
    email: str
    stamp_note: str
    signers: tuple[Signer, ...]

    def name(self, locale: str) -> str:
        """Return the unit's name in a language."""
        return self.name_vi if locale == "vi" else self.name_en

    def superior(self, locale: str) -> str:
        """Return the name of the body above the unit in a language."""
        return self.superior_vi if locale == "vi" else self.superior_en


def unit_at(session: Session, unit: Unit, on: dt.date) -> UnitAt:
    """Return a unit as it was on a day; before its first line, as in that line."""
    mark = stamp(session)
    found = _read.get((mark, unit, on)) if mark else None
    if found is None:
        found = _unit_at(session, unit, on)
        while len(_read) >= 60:
            _read.pop(next(iter(_read)), None)
        if mark:
            _read[mark, unit, on] = found
    return found


def _unit_at(session: Session, unit: Unit, on: dt.date) -> UnitAt:
    lines = profiles(session, unit)
    if not lines:
        raise Missing
    line = next((one for one in lines if one.valid_from <= on), lines[-1])
    signing = [one for one in signatories(session, unit) if signs(one, on)]
    return UnitAt(
        unit=unit,
        signers=tuple(Signer(one.name, one.title_vi, one.title_en) for one in signing),
        **{name: getattr(line, name) for name in (*_NEEDED, *_SPARE)},
    )


def signs(one: Signatory, on: dt.date) -> bool:
    """Say whether somebody signs on a day."""
    return one.valid_from <= on <= (one.valid_to or on)


def profiles(session: Session, unit: Unit) -> Sequence[UnitProfile]:
    """Return every line of a unit, the latest first."""
    return session.scalars(
        select(UnitProfile).where(UnitProfile.unit == unit).order_by(UnitProfile.valid_from.desc())
    ).all()


def signatories(session: Session, unit: Unit) -> Sequence[Signatory]:
    """Return everybody who signs or signed for a unit, in the order of their rank."""
    return session.scalars(
        select(Signatory)
        .where(Signatory.unit == unit)
        .order_by(Signatory.position, Signatory.valid_from.desc(), Signatory.id)
    ).all()


def one_signatory(session: Session, unit: Unit, key: object) -> Signatory:
    """Return one signatory of a unit, or refuse."""
    found = session.scalar(select(Signatory).where(Signatory.unit == unit, Signatory.key == key))
    if found is None:
        raise Missing
    return found


def formats(session: Session, unit: Unit) -> Sequence[NumberFormat]:
    """Return every number format of a unit, the latest of each paper first."""
    order = (NumberFormat.paper, NumberFormat.valid_from.desc())
    return session.scalars(
        select(NumberFormat).where(NumberFormat.unit == unit).order_by(*order)
    ).all()


def written(
    session: Session,
    *,
    unit: Unit,
    paper: str,
    number: int,
    on: dt.date,
    prefix: str,
    width: int,
) -> str:
    """Write a number as the unit writes it on a day; by default "HS-2026-00007"."""
    found = session.scalar(
        select(NumberFormat)
        .where(
            NumberFormat.unit == unit, NumberFormat.paper == paper, NumberFormat.valid_from <= on
        )
        .order_by(NumberFormat.valid_from.desc())
        .limit(1)
    )
    if found is None:
        return numbered(prefix, on.year, number, width)
    return _filled(found.pattern, found.width, number, on.year)


def file_number(session: Session, paper: str, *, number: int, on: dt.date) -> str:
    """Write the number of a record of `FILE_NUMBERS`."""
    unit, prefix, width, _label = FILE_NUMBERS[paper]
    return written(
        session, unit=unit, paper=paper, number=number, on=on, prefix=prefix, width=width
    )


def _filled(pattern: str, width: int, number: int, year: int) -> str:
    return pattern.replace("{number}", f"{number:0{width}d}").replace("{year}", str(year))


_NEEDED = ("name_vi", "name_en", "superior_vi", "superior_en", "place")
_SPARE = ("address", "phone", "email", "stamp_note")


@dataclass(frozen=True, kw_only=True)
class ProfileData:
    """What an administrator writes about a unit from a date on."""

    valid_from: dt.date
    name_vi: str
    name_en: str
    superior_vi: str
    superior_en: str
    place: str
    address: str = ""
    phone: str = ""
    email: str = ""
    stamp_note: str = ""
    source: str = ""


def set_profile(session: Session, *, unit: Unit, data: ProfileData, by: Actor) -> None:
    """Write down how a unit is called and reached from a date on; the same date is corrected."""
    require_editor(by)
    values = {name: needed(getattr(data, name), field=name) for name in _NEEDED}
    values |= {name: vietnamese.clean_line(getattr(data, name)) for name in (*_SPARE, "source")}
    row = session.get(UnitProfile, (unit, data.valid_from))
    if row is None:
        session.add(
            UnitProfile(unit=unit, valid_from=data.valid_from, edited=tuple(values), **values)
        )
    else:
        keep(row, **values)
    _done(session, by, "set-unit", unit, valid_from=data.valid_from.isoformat())


def add_signatory(
    session: Session,
    *,
    unit: Unit,
    title_vi: str,
    title_en: str,
    name: str,
    position: int,
    valid_from: dt.date,
    by: Actor,
) -> None:
    """Let somebody sign for a unit from a date on."""
    require_editor(by)
    row = Signatory(
        unit=unit,
        title_vi=needed(title_vi, field="title_vi"),
        title_en=needed(title_en, field="title_en"),
        name=needed(name, field="name"),
        position=position,
        valid_from=valid_from,
    )
    session.add(row)
    session.flush()
    _done(session, by, "add-signatory", unit, signatory=row.id)


def end_signatory(
    session: Session, *, signatory: Signatory, last_day: dt.date, version: int | None, by: Actor
) -> None:
    """Somebody signs no more after `last_day`; papers of before keep their name."""
    require_editor(by)
    expect_version(signatory, version)
    if last_day < signatory.valid_from:
        raise Refused(N_("Ngày thôi ký trước ngày bắt đầu ký."), field="last_day")
    signatory.valid_to = last_day
    _done(
        session, by, "end-signatory", signatory.unit,
        signatory=signatory.id, last_day=last_day.isoformat(),
    )  # fmt: skip


def set_format(
    session: Session,
    *,
    unit: Unit,
    paper: str,
    valid_from: dt.date,
    pattern: str,
    width: int,
    source: str,
    by: Actor,
) -> None:
    """Say how numbers of a paper are written from a date on; the counting itself goes on."""
    require_editor(by)
    plain = needed(pattern, field="pattern")
    rest = plain.replace("{number}", "", 1).replace("{year}", "", 1)
    if "{number}" not in plain or "{year}" not in plain or "{" in rest or "}" in rest:
        raise Refused(N_("Mẫu số cần đúng một {number} và một {year}."), field="pattern")
    most = 20 if paper in FILE_NUMBERS else 60
    if not 1 <= width <= 8 or len(_filled(plain, width, 10**width - 1, 9999)) > most:
        raise Refused(N_("Số viết ra dài quá %(most)s chữ."), field="pattern", most=most)
    values = {"pattern": plain, "width": width, "source": vietnamese.clean_line(source)}
    row = session.get(NumberFormat, (unit, paper, valid_from))
    if row is None:
        session.add(
            NumberFormat(
                unit=unit, paper=paper, valid_from=valid_from, edited=tuple(values), **values
            )
        )
    else:
        keep(row, **values)
    _done(session, by, "set-number-format", unit, paper=paper, valid_from=valid_from.isoformat())


def _done(session: Session, by: Actor, action: str, unit: Unit, **details: object) -> None:
    session.flush()
    touch(session)
    record(session, by=by, action=action, kind="unit", subject_id=None, unit=unit.value, **details)
