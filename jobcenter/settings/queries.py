"""Reading settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.kernel import clock
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.settings.choices import REGISTER, Setting, Value
from jobcenter.settings.models import SettingValue


def setting(session: Session, of: Setting[Value], *, on: dt.date | None = None) -> Value:
    """Return the value of a setting on a day, today by default; its default where none is given.

    A value that no longer fits (the bounds in code became narrower) gives way to the default.
    """
    with session.no_autoflush:
        found = session.scalar(
            select(SettingValue.value)
            .where(SettingValue.key == of.key, SettingValue.valid_from <= (on or clock.today()))
            .order_by(SettingValue.valid_from.desc())
            .limit(1)
        )
    if found is None:
        return of.default
    try:
        return of.read(found)
    except Refused:
        return of.default


def one_setting(key: str) -> Setting[int] | Setting[bool] | Setting[str]:
    """Return a setting by its key, or refuse."""
    found = REGISTER.get(key)
    if found is None:
        raise Missing
    return found


def values_of(session: Session, key: str) -> Sequence[SettingValue]:
    """Return the values of a setting, the latest first; future ones stand on top."""
    return session.scalars(
        select(SettingValue).where(SettingValue.key == key).order_by(SettingValue.valid_from.desc())
    ).all()


def all_values(session: Session) -> Mapping[str, Sequence[SettingValue]]:
    """Return the values of every setting, each with the latest first."""
    found: dict[str, list[SettingValue]] = {}
    order = (SettingValue.key, SettingValue.valid_from.desc())
    for row in session.scalars(select(SettingValue).order_by(*order)):
        found.setdefault(row.key, []).append(row)
    return found
