"""Loading the lists that ship with the program; running it again changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from jobcenter.catalogue.models import (
    CodeValue,
    Commune,
    LoadedFile,
    MinimumWage,
    Occupation,
    Park,
)
from jobcenter.kernel import vietnamese

DATA = Path(__file__).parent / "data"
Row = dict[str, str]


def load_shipped(session: Session, directory: Path = DATA) -> dict[str, int]:
    """Load each shipped file whose content is new and return how many rows each gave.

    Rows are merged by their code, so what an administrator added stays.
    """
    counts = {}
    for name, make in LOADERS.items():
        path = directory / name
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        seen = session.get(LoadedFile, name)
        if seen is not None and seen.digest == digest:
            continue
        counts[name] = 0
        for row in _rows(path):
            session.merge(make(row))
            counts[name] += 1
        session.merge(LoadedFile(name=name, digest=digest))
        session.flush()
    return counts


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


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
        folded=vietnamese.fold(f"{row['full_name']} {row['before_merger']}")[:2200],
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _park(row: Row) -> Park:
    return Park(
        code=row["code"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        aliases=tuple(a.strip() for a in row["aliases"].split("|") if a.strip()),
        zone=row["zone"],
        commune_code=row["commune_code"] or None,
        state=row["state"],
    )


def _minimum_wage(row: Row) -> MinimumWage:
    return MinimumWage(
        region=int(row["region"]),
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        monthly=int(row["monthly"]),
        hourly=int(row["hourly"]),
        source=row["source"],
    )


LOADERS: dict[str, Callable[[Row], object]] = {
    "code_lists.csv": _code_value,
    "occupations.csv": _occupation,
    "communes.csv": _commune,
    "parks.csv": _park,
    "minimum_wages.csv": _minimum_wage,
}
