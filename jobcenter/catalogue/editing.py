"""What an administrator does with value lists: add, rename, reorder, end, take up again.

Nothing is ever deleted: old records keep their codes. Each verb writes the ledger and gives the
catalogue a new stamp.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.choices import CODE_PATTERN, FIXED_LISTS, LIST_NAMES, WRITE
from jobcenter.catalogue.models import CodeValue, Kept
from jobcenter.catalogue.queries import values_of
from jobcenter.catalogue.rules import touch
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import NotAllowed, Refused, Stale
from jobcenter.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class ValueData:
    """What an administrator writes about a value."""

    name_vi: str
    name_en: str
    source: str
    valid_from: dt.date | None


def add_value(
    session: Session,
    *,
    of: str,
    code: str,
    data: ValueData,
    by: Actor,
) -> CodeValue:
    """Add a value at the end of a list; forms offer it from `valid_from` on."""
    require_editor(by)
    _require_open_list(of)
    plain = vietnamese.clean_line(code)
    if not re.fullmatch(CODE_PATTERN, plain):
        raise Refused(N_("Mã chỉ gồm chữ không dấu, số và gạch nối."), field="code")
    if session.get(CodeValue, (of, plain)) is not None:
        raise Refused(N_("Mã này đã có trong danh mục."), field="code")
    last = session.scalar(select(func.max(CodeValue.position)).where(CodeValue.list == of))
    value = CodeValue(
        list=of,
        code=plain,
        name_vi=needed(data.name_vi, field="name_vi"),
        name_en=needed(data.name_en, field="name_en"),
        source=vietnamese.clean_line(data.source),
        position=(last or 0) + 1,
        valid_from=data.valid_from,
        edited=("name_vi", "name_en", "source", "position", "valid_from"),
    )
    _require_fresh_name(session, value)
    session.add(value)
    _done(session, by, "add-value", value)
    return value


def change_value(
    session: Session, *, value: CodeValue, data: ValueData, version: int | None, by: Actor
) -> None:
    """Rename a value; records that hold its code show the new name."""
    require_editor(by)
    expect(value, version)
    start = data.valid_from
    if start and value.valid_to and start > value.valid_to:
        raise Refused(N_("Ngày bắt đầu sau ngày ngừng dùng."), field="valid_from")
    if start != value.valid_from and value.list in FIXED_LISTS:
        raise _fixed()
    changed = keep(
        value,
        name_vi=needed(data.name_vi, field="name_vi"),
        name_en=needed(data.name_en, field="name_en"),
        source=vietnamese.clean_line(data.source),
        valid_from=start,
    )
    _require_fresh_name(session, value)
    if changed:
        _done(session, by, "change-value", value, fields=changed)


def end_value(
    session: Session, *, value: CodeValue, last_day: dt.date, version: int | None, by: Actor
) -> None:
    """Stop offering a value after `last_day`; records that hold it keep it."""
    require_editor(by)
    expect(value, version)
    _require_open_list(value.list)
    if value.valid_from and last_day < value.valid_from:
        raise Refused(N_("Ngày ngừng dùng trước ngày bắt đầu."), field="last_day")
    others = [v for v in values_of(session, value.list) if v is not value]
    if not any(other.is_valid(max(last_day + dt.timedelta(days=1), clock.today()))
               for other in others):  # fmt: skip
        raise Refused(N_("Danh mục cần còn ít nhất một giá trị đang dùng."), field="last_day")
    keep(value, valid_to=last_day)
    _done(session, by, "end-value", value, last_day=last_day.isoformat())


def reinstate_value(session: Session, *, value: CodeValue, version: int | None, by: Actor) -> None:
    """Offer an ended value again."""
    require_editor(by)
    expect(value, version)
    if value.valid_to is None:
        raise Refused(N_("Giá trị này đang dùng."))
    keep(value, valid_to=None)
    _done(session, by, "reinstate-value", value)


def move_value(session: Session, *, value: CodeValue, to: int, by: Actor) -> None:
    """Put a value at place `to` (from 1) of its list; the others close up."""
    require_editor(by)
    rows = [row for row in values_of(session, value.list) if row is not value]
    rows.insert(min(max(to, 1), len(rows) + 1) - 1, value)
    for place, row in enumerate(rows, start=1):
        keep(row, position=place)
    _done(session, by, "move-value", value, place=rows.index(value) + 1)


def keep(row: Kept, **values: object) -> list[str]:
    """Set what differs, remember it as edited, and return the names."""
    changed = [name for name, new in values.items() if getattr(row, name) != new]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.edited = tuple(dict.fromkeys((*row.edited, *changed)))
    return changed


def expect(row: Kept, version: int | None) -> None:
    """Refuse when the form was opened on an older version of the row."""
    if version is not None and row.version != version:
        raise Stale


def needed(text: str, *, field: str) -> str:
    """Return a cleaned text, or refuse when nothing is left of it."""
    plain = vietnamese.clean_line(text)
    if not plain:
        raise Refused(N_("Cần điền mục này."), field=field)
    return plain


def require_editor(by: Actor) -> None:
    """Refuse who may not keep the lists."""
    if not by.may(WRITE):
        raise NotAllowed


def _require_open_list(of: str) -> None:
    if of not in LIST_NAMES:
        raise Refused(N_("Chọn một giá trị trong danh sách."))
    if of in FIXED_LISTS:
        raise _fixed()


def _fixed() -> Refused:
    return Refused(N_("Phần mềm dựa vào danh mục này: chỉ đổi tên và thứ tự được."))


def _require_fresh_name(session: Session, value: CodeValue) -> None:
    """Two values in force under one name could not be told apart in a form."""
    with session.no_autoflush:
        for other in values_of(session, value.list):
            same = vietnamese.fold(other.name_vi) == vietnamese.fold(value.name_vi)
            if other is not value and same and other.is_valid(clock.today()):
                raise Refused(N_("Tên này đã có trong danh mục."), field="name_vi")


def _done(session: Session, by: Actor, action: str, value: CodeValue, **details: object) -> None:
    session.flush()
    touch(session)
    record(
        session, by=by, action=action, kind="code-list", subject_id=None,
        list=value.list, code=value.code, **details,
    )  # fmt: skip
