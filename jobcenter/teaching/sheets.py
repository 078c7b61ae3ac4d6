"""Sheets that several people write on: the second of two writers is told, none is lost."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Stale
from jobcenter.teaching.models import AttendanceDay, MarkSheet

Sheet = TypeVar("Sheet", AttendanceDay, MarkSheet)


def take_hold(session: Session, wanted: Sheet, version: int | None) -> Sheet:
    """Return the sheet like `wanted`, made when it is new, locked until the transaction ends.

    `version` is what the writer saw; 0 where there was no sheet yet.
    """
    kind = type(wanted)
    places = [c.key for c in inspect(kind).column_attrs if c.key in ("class_id", "day", "code")]
    same = select(kind).where(*(getattr(kind, n) == getattr(wanted, n) for n in places))
    found = session.scalar(same)
    if found is None:
        try:
            with session.begin_nested():
                session.add(wanted)
        except IntegrityError:
            found = session.scalars(same).one()
        else:
            return wanted
    if version == 0:
        raise Stale
    hold(session, found, version)
    return found
