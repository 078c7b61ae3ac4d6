"""Gap-free numbers that people read, one series per kind and year."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from jobcenter.kernel.models import SeriesCounter


def take(session: Session, series: str, year: int, count: int = 1) -> int:
    """Take the next `count` numbers of a series and return the first of them.

    The counter row stays locked until the caller commits, so a rollback gives the numbers back.
    """
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    session.execute(
        insert(SeriesCounter).values(series=series, year=year, last=0).on_conflict_do_nothing()
    )
    last = session.execute(
        update(SeriesCounter)
        .where(SeriesCounter.series == series, SeriesCounter.year == year)
        .values(last=SeriesCounter.last + count)
        .returning(SeriesCounter.last)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return last - count + 1


def numbered(prefix: str, year: int, number: int, width: int = 5) -> str:
    """Write a number as people read it: numbered("HS", 2026, 7) gives "HS-2026-00007"."""
    return f"{prefix}-{year}-{number:0{width}d}"
