"""Loading the lists that ship with the program; running it again changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import inspect as sa_inspect
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.catalogue.choices import Award, DayKind, InSurvey, OnForm, ParkState, Unit
from jobcenter.catalogue.models import (
    CalendarDay,
    CatalogueStamp,
    CodeValue,
    Commune,
    CommuneRegion,
    LoadedFile,
    MinimumWage,
    Occupation,
    OccupationSynonym,
    Park,
    ProgrammeTypeRule,
    TargetGroupRule,
    UnitProfile,
)
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import Base

DATA = Path(__file__).parent / "data"
Row = dict[str, str]


def unloaded(session: Session, directory: Path = DATA) -> list[str]:
    """Return the shipped files that this database has not taken in as they are now."""
    seen = {row.name: row.digest for row in session.scalars(select(LoadedFile))}
    return [name for name in LOADERS if seen.get(name) != _digest(directory / name)]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_shipped(session: Session, directory: Path = DATA) -> dict[str, int]:
    """Load each shipped file whose content is new and return how many rows each gave.

    Rows are found again by their code. What an administrator added stays, and so does every
    column that they changed.
    """
    counts = {}
    for name, make in LOADERS.items():
        path = directory / name
        digest = _digest(path)
        seen = session.get(LoadedFile, name)
        if seen is not None and seen.digest == digest:
            continue
        rows = [make(row) for row in _rows(path)]
        _merge(session, rows)
        counts[name] = len(rows)
        if name in ("communes.csv", "commune_aliases.csv"):
            for commune in session.scalars(select(Commune)):
                commune.folded = folded_names(commune)
        session.merge(LoadedFile(name=name, digest=digest))
        session.flush()
    if counts:
        touch(session)
    return counts


def touch(session: Session) -> None:
    """Give the catalogue a new stamp: every process reads the lists afresh."""
    session.merge(CatalogueStamp(id=1, value=secrets.token_hex(16)))
    session.flush()


def _merge(session: Session, rows: Sequence[Base]) -> None:
    kind = type(rows[0])
    state = sa_inspect(kind)
    keys = [state.get_property_by_column(column).key for column in state.primary_key]
    there = {tuple(getattr(row, k) for k in keys): row for row in session.scalars(select(kind))}
    for row in rows:
        old = there.get(tuple(getattr(row, k) for k in keys))
        if old is None:
            session.add(row)
            continue
        given = {k: v for k, v in vars(row).items() if not k.startswith("_")}
        for name, value in given.items():
            if name not in keys and name not in getattr(old, "edited", ()):
                setattr(old, name, value)


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ",")


def _code_value(row: Row) -> CodeValue:
    return CodeValue(
        list=row["list"],
        code=row["code"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        position=int(row["position"]),
        source=row.get("source", ""),
    )


def _occupation(row: Row) -> Occupation:
    names = f"{row['name_vi']} {row['name_en']}"
    return Occupation(
        code=row["code"],
        level=int(row["level"]),
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        folded=vietnamese.fold(names)[:600],
    )


def _commune(row: Row) -> Commune:
    return Commune(
        code=row["code"],
        province_code=row["province_code"],
        province=row["province"],
        name=row["name"],
        full_name=row["full_name"],
        name_en=row["name_en"],
        lat=_number(row["lat"]),
        lon=_number(row["lon"]),
        before_merger=row["before_merger"][:2000],
        folded="",
    )


def folded_names(commune: Commune) -> str:
    """Return every name of a commune, new, old and local, as it is looked for."""
    names = (commune.full_name, commune.before_merger, *(commune.aliases or ()))
    return vietnamese.fold(" ; ".join(names))[:2200]


def _aliases(row: Row) -> Commune:
    return Commune(code=row["code"], aliases=_many(row["aliases"]))


def _many(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split("|") if one.strip())


def _region(row: Row) -> CommuneRegion:
    return CommuneRegion(
        commune_code=row["commune_code"],
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        region=int(row["region"]),
        source=row["source"],
    )


def _synonym(row: Row) -> OccupationSynonym:
    return OccupationSynonym(phrase=row["phrase"], code=row["code"])


def _target_group(row: Row) -> TargetGroupRule:
    return TargetGroupRule(
        code=row["code"],
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        on_form=OnForm(row["on_form"]),
        support=_whole(row["support"]),
        support_special=_whole(row["support_special"]),
        survey=InSurvey(row["survey"]),
        note=row["note"],
        source=row["source"],
    )


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _day(row: Row) -> CalendarDay:
    return CalendarDay(
        day=dt.date.fromisoformat(row["day"]),
        kind=DayKind(row["kind"]),
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        source=row["source"],
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _park(row: Row) -> Park:
    return Park(
        code=row["code"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        aliases=_many(row["aliases"]),
        zone=row["zone"],
        commune_code=row["commune_code"] or None,
        communes=_many(row["communes"]),
        state=ParkState(row["state"]).value,
        note=row["note"],
    )


def _minimum_wage(row: Row) -> MinimumWage:
    return MinimumWage(
        region=int(row["region"]),
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        monthly=int(row["monthly"]),
        hourly=int(row["hourly"]),
        source=row["source"],
    )


def _unit(row: Row) -> UnitProfile:
    texts = (
        "name_vi", "name_en", "superior_vi", "superior_en", "place", "address", "phone", "email",
        "stamp_note", "source",
    )  # fmt: skip
    return UnitProfile(
        unit=Unit(row["unit"]),
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        **{name: row[name] for name in texts},
    )


def _programme_type(row: Row) -> ProgrammeTypeRule:
    whole = (
        "hours_least", "hours_most", "modules_least", "theory_most", "size_theory",
        "size_practice", "size_hazard", "safety_group", "valid_months", "refresher_hours",
    )  # fmt: skip
    always = ("theory_attendance", "practice_attendance", "module_mark", "pass_mark")
    return ProgrammeTypeRule(
        type=row["type"],
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        grades=_many(row["grades"]),
        counts_in_plan=row["counts_in_plan"] == "yes",
        award=Award(row["award"]),
        note=row["note"],
        source=row["source"],
        **{name: _whole(row[name]) for name in whole},
        **{name: int(row[name]) for name in always},
    )


LOADERS: dict[str, Callable[[Row], Base]] = {
    "code_lists.csv": _code_value,
    "occupations.csv": _occupation,
    "communes.csv": _commune,
    "parks.csv": _park,
    "minimum_wages.csv": _minimum_wage,
    "synonyms.tsv": _synonym,
    "commune_aliases.csv": _aliases,
    "commune_regions.csv": _region,
    "target_groups.csv": _target_group,
    "calendar.csv": _day,
    "units.csv": _unit,
    "programme_types.csv": _programme_type,
}
