"""The history of a vacancy in words: who changed what, from what to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from jobcenter.desks import pages
from jobcenter.desks.access import me
from jobcenter.desks.labels import code_label, occupation_label
from jobcenter.enterprises import queries as enterprises
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_
from jobcenter.placements import choices as placements
from jobcenter.vacancies.changes import CONTACT
from jobcenter.vacancies.choices import (
    ACTION_LABELS,
    CLOSE_LABELS,
    FIELD_LABELS,
    LIST_OF,
    LIST_OF_MANY,
    STATE_LABELS,
    UNDER_WAY_LABELS,
    CloseReason,
    VacancyState,
)

LONG = 90  # letters; a longer text is folded away
_ACTIONS = ACTION_LABELS | placements.ACTION_LABELS
_MORE_LABELS = {
    "state": N_("Trạng thái"),
    "enterprise": N_("Tên doanh nghiệp"),
    "close_reason": N_("Lý do"),
    "filled": N_("Đã nhận"),
}
_LISTS = LIST_OF | LIST_OF_MANY | {"park_code": "park", "commune_code": "commune"}


@dataclass(frozen=True)
class Field:
    """One field of a change in words; `is_hidden` when only the fact is kept."""

    label: str
    before: str
    after: str
    is_hidden: bool

    @property
    def is_long(self) -> bool:
        """Say whether the texts are folded away."""
        return len(self.before) + len(self.after) > LONG


@dataclass(frozen=True)
class Told:
    """What one person did at one time."""

    action: str
    actor: str
    at: dt.datetime
    note: str
    fields: Sequence[Field]
    people: int
    under_way: str


def told(lines: Sequence[Any]) -> list[Told]:
    """Return changes in words, newest first; the fields of one act stand together."""
    found = []
    for (at, actor, action), group in groupby(lines, key=lambda x: (x.at, x.actor, x.action)):
        rows = list(group)
        found.append(
            Told(
                action=pages.translate(_ACTIONS.get(action, action)),
                actor=actor,
                at=at,
                note="\n".join(dict.fromkeys(row.note for row in rows if row.note)),
                fields=[_field(row) for row in reversed(rows) if row.field],
                people=rows[0].people or 0,
                under_way=pages.translate(UNDER_WAY_LABELS.get(rows[0].under_way, "")),
            )
        )
    return found


def _field(row: Any) -> Field:
    label = FIELD_LABELS.get(row.field) or _MORE_LABELS.get(row.field, row.field)
    hidden = row.field in CONTACT
    return Field(
        label=pages.translate(label),
        before="" if hidden else worded(row.field, row.before),
        after="" if hidden else worded(row.field, row.after),
        is_hidden=hidden,
    )


def worded(field: str, value: Any) -> str:
    """Return the value of a field as the pages show it."""
    if value in (None, "", []):
        return str(_("Chưa nêu"))
    if isinstance(value, bool):
        return str(_("Có") if value else _("Không"))
    if field in _LISTS:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(code_label(code, _LISTS[field]) for code in codes)
    if field in _WORDED:
        return _WORDED[field](value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return pages.number(value) if isinstance(value, int) else str(value)


def _firm(row_id: int) -> str:
    return enterprises.name_of(db.session(), row_id, me()) or vietnamese.clean_line(str(row_id))


def _day(text: str) -> str:
    return pages.date(dt.date.fromisoformat(text))


_WORDED: dict[str, Callable[[Any], str]] = {
    "pay_min": pages.money,
    "pay_max": pages.money,
    "deadline": _day,
    "start_on": _day,
    "round_month": lambda text: f"{dt.date.fromisoformat(text):%m/%Y}",
    "occupation_code": occupation_label,
    "enterprise": _firm,
    "close_reason": lambda value: pages.translate(CLOSE_LABELS[CloseReason(value)]),
    "state": lambda value: pages.translate(STATE_LABELS[VacancyState(value)]),
}
