"""Names of list codes in the reader's language, read once per request."""

from __future__ import annotations

from typing import Protocol, cast

from flask import g
from flask_babel import get_locale

from jobcenter.catalogue import queries
from jobcenter.catalogue.occupations import named
from jobcenter.catalogue.queries import Lists
from jobcenter.kernel.db import db


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


def own_name(row: Named) -> str:
    """Return the name of a catalogue row; Vietnamese where no English is known."""
    return row.name_en or row.name_vi if str(get_locale()) == "en" else row.name_vi


def occupation_label(code: str | None) -> str:
    """Return "8153 – Thợ vận hành máy may"; an unknown code stands for itself."""
    found = named(db.session(), code)
    return f"{found.code} – {own_name(found)}" if found else code or ""
