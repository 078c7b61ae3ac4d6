"""Names of list codes in the reader's language, read once per request."""

from __future__ import annotations

from typing import Protocol, cast

from flask import g
from flask_babel import get_locale
from sqlalchemy.exc import SQLAlchemyError

from jobcenter.catalogue import queries
from jobcenter.catalogue.choices import Unit
from jobcenter.catalogue.occupations import named
from jobcenter.catalogue.parks import parks
from jobcenter.catalogue.queries import Lists
from jobcenter.catalogue.units import UnitAt, unit_at
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing


class Named(Protocol):
    """A catalogue row with a name in both languages."""

    @property
    def name_vi(self) -> str:
        """Vietnamese name."""

    @property
    def name_en(self) -> str:
        """English name, empty where none is known."""


def lists() -> Lists:
    """Return the code lists in force, loaded once per process version."""
    found = getattr(g, "lists", None)
    if found is None:
        found = g.lists = queries.lists(db.session())
    return cast("Lists", found)


def code_label(code: str | None, of: str) -> str:
    """Return the name of `code` in list `of`; an unknown old code shows as itself."""
    return lists().name(of, code, str(get_locale())) if code else "–"


def choices(of: str, *, blank: str | None = None) -> list[tuple[str, str]]:
    """Return (code, name) of the values in force, in order; `blank` names an empty first one."""
    values = lists().values(of, str(get_locale()))
    return values if blank is None else [("", blank), *values]


def park_names() -> list[str]:
    """Return every name a park goes by, for the list under a field that takes any of them."""
    known = parks(db.session())
    return [name for park in known for name in (own_name(park), *park.aliases)]


def own_name(row: Named) -> str:
    """Return the name of a catalogue row; Vietnamese where no English is known."""
    return row.name_vi if str(get_locale()) == "vi" else row.name_en or row.name_vi


def occupation_label(code: str | None) -> str:
    """Return "8153 – Thợ vận hành máy may"; an unknown code stands for itself."""
    found = named(db.session(), code)
    return f"{found.code} – {own_name(found)}" if found else code or ""


def centre() -> UnitAt:
    """Return the centre as it is today, for whatever prints its name."""
    found = getattr(g, "centre", None)
    if found is None:
        found = g.centre = unit_at(db.session(), Unit.CENTRE, clock.today())
    return cast("UnitAt", found)


def unit_line() -> str:
    """Return "centre – superior body" for the foot of a page; empty where nothing can be read."""
    try:
        unit, locale = centre(), str(get_locale())
    except (Missing, SQLAlchemyError):
        return ""  # a page about a failing database has a foot too
    return f"{unit.name(locale)} – {unit.superior(locale)}"
