"""Changing settings."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.settings.choices import WRITE, Setting, Value
from jobcenter.settings.models import SettingValue


def change(
    session: Session, *, of: Setting[Value], text: str, valid_from: dt.date, by: Actor
) -> Value:
    """Give a setting a value from a day on and return it; the same day is corrected."""
    _require_writer(by)
    value = of.read(text)
    row = session.get(SettingValue, (of.key, valid_from))
    before = row.value if row is not None else None
    if row is None:
        row = SettingValue(key=of.key, valid_from=valid_from)
        session.add(row)
    row.value = of.stored(value)
    row.changed_at, row.changed_by = clock.now(), by.name or by.role
    session.flush()
    record(
        session, by=by, action="change-setting", kind="setting", subject_id=None,
        key=of.key, value=row.value, before=before or "", valid_from=valid_from.isoformat(),
    )  # fmt: skip
    return value


def withdraw(session: Session, *, key: str, valid_from: dt.date, by: Actor) -> None:
    """Take back a value that has not begun; what has begun is changed by a newer one."""
    _require_writer(by)
    row = session.get(SettingValue, (key, valid_from))
    if row is None:
        raise Missing
    if valid_from <= clock.today():
        raise Refused(N_("Giá trị này đã dùng rồi. Ghi giá trị mới thay cho nó."))
    session.delete(row)
    session.flush()
    record(
        session, by=by, action="withdraw-setting", kind="setting", subject_id=None,
        key=key, valid_from=valid_from.isoformat(),
    )  # fmt: skip


def _require_writer(by: Actor) -> None:
    if not by.may(WRITE):
        raise NotAllowed
