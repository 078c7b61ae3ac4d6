"""The parts of two files as people read them, when the two are to become one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from jobcenter.desks import pages
from jobcenter.desks.labels import code_label
from jobcenter.kernel import vietnamese
from jobcenter.people.choices import SEX_LABELS, Sex
from jobcenter.seekers.choices import STATE_LABELS, FileState
from jobcenter.seekers.merging import LISTS, SENSITIVE

_CODES = {
    "general_education": "A", "qualification": "B", "office_it": "C", "soft_skills": "D",
    "services": "G", "mode": "I", "purpose": "J", "shifts": "K", "employer_types": "L",
    "parks": "park",
}  # fmt: skip
_MONEY = frozenset({"pay_min", "pay_wanted"})


def lines(name: str, values: tuple[Any, ...], users: Mapping[int, str]) -> list[str]:
    """Return a part of a file in words, a line for each row; nothing where nothing is known."""
    if not any(value not in (None, "", (), []) for value in values):
        return []
    if name == SENSITIVE:
        return [_("Có ghi, không hiện ở đây")]
    if name in LISTS:
        return [_row(row) for row in values]
    if name == "responsible_id":
        return [users.get(values[0], "–")]
    if name in _CODES:
        codes = values[0] if isinstance(values[0], (tuple, list)) else (values[0],)
        return [", ".join(code_label(code, _CODES[name]) for code in codes)]
    if name in _MONEY:
        return [pages.money(values[0])]
    told = _SPECIAL.get(name, _plain)(values)
    return [line for line in told.split("\n") if line]


def _plain(values: tuple[Any, ...]) -> str:
    return " · ".join(_said(value) for value in values if value not in (None, ""))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("Có") if value else _("Không"))
    return pages.date(value) if isinstance(value, dt.date) else str(value)


def _birth(values: tuple[Any, ...]) -> str:
    return pages.date(values[0]) if values[0] else str(values[1])


def _id(values: tuple[Any, ...]) -> str:
    number, day, place = values
    masked = vietnamese.mask_id_number(number) if number else ""
    return _plain((masked, day, place))


def _place(values: tuple[Any, ...]) -> str:
    commune, detail = values
    return _plain((detail, code_label(commune, "commune") if commune else None))


def _status(values: tuple[Any, ...]) -> str:
    status, since, reason, pay, benefit = values
    told = (
        code_label(status, "E") if status else None,
        since,
        reason,
        pages.money(pay) if pay else None,
        _("đang hưởng trợ cấp thất nghiệp") if benefit else None,
    )
    return _plain(told)


_SPECIAL: dict[str, Callable[[tuple[Any, ...]], str]] = {
    "birth": _birth,
    "sex": lambda values: pages.translate(SEX_LABELS[Sex(values[0])]),
    "state": lambda values: pages.translate(STATE_LABELS[FileState(values[0])]),
    "id_number": _id,
    "old_id_number": lambda values: vietnamese.mask_id_number(values[0]),
    "phone": lambda values: pages.phone(values[0]),
    "current_commune": _place,
    "permanent_commune": _place,
    "employment_status": _status,
}
_ROW_CODES = {"level": "B", "ability": "C", "code": "F"}


def _row(row: Any) -> str:
    """Return one line of a list: what it holds, in the order in which it is asked."""
    told = []
    for name in row.__dataclass_fields__:
        value = getattr(row, name)
        if name == "occupation_code" or value in (None, ""):
            continue
        told.append(code_label(value, _ROW_CODES[name]) if name in _ROW_CODES else _said(value))
    return " · ".join(told)
