"""Lists that are too long to wait for: which there are, and their filters as a job keeps them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy.orm import Session

from jobcenter.enterprises import queries as enterprises
from jobcenter.exchange.lists import ENTERPRISES, REGISTRATION, SEEKERS, VACANCIES, Column
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_
from jobcenter.seekers import queries as seekers
from jobcenter.vacancies import queries as vacancies

MOST_IN_EXCEL = 1_000_000  # rows of a sheet


@dataclass(frozen=True)
class LongList:
    """A list by its scoped query; `people` says whose data a row shows, with which fields."""

    title: str
    name: str
    shape: Sequence[Column]
    wanted: type[Any]
    listed: Callable[[Session, Actor, Any, Slice], Page[Any]]
    people: bool = False
    fields: str = ""


LONG_LISTS: dict[str, LongList] = {
    "seekers": LongList(
        N_("Người tìm việc"), "nguoi-tim-viec", SEEKERS, seekers.SeekerFilter, seekers.listed,
        people=True,
    ),
    "registration": LongList(
        N_("Người tìm việc"), "dang-ky-lao-dong", REGISTRATION, seekers.SeekerFilter,
        seekers.listed, people=True, fields="id_number",
    ),
    "vacancies": LongList(
        N_("Vị trí tuyển"), "vi-tri-tuyen", VACANCIES, vacancies.VacancyFilter, vacancies.listed
    ),
    "enterprises": LongList(
        N_("Doanh nghiệp"), "doanh-nghiep", ENTERPRISES, enterprises.EnterpriseFilter,
        enterprises.listed,
    ),
}  # fmt: skip


def packed(wanted: Any) -> dict[str, Any]:
    """Return a filter as plain values that a job keeps."""
    return {one.name: _plain(getattr(wanted, one.name)) for one in fields(wanted)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def unpacked(kind: type[Any], told: dict[str, Any]) -> Any:
    """Return the filter that `packed` made plain."""
    hints = get_type_hints(kind)
    return kind(**{name: _typed(hints[name], value) for name, value in told.items()})


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        kinds = get_args(hint)
        many = kinds[-1] is Ellipsis
        return tuple(_typed(kinds[0 if many else at], one) for at, one in enumerate(value))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    return uuid.UUID(value) if hint is uuid.UUID else value
