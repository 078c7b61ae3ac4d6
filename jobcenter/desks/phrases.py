"""Writes the matcher's phrases in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from flask import Flask
from flask_babel import gettext as _

from jobcenter.desks import pages
from jobcenter.desks.labels import code_label
from jobcenter.documents.choices import KINDS


class Sayable(Protocol):
    """A msgid with typed values: a phrase of the matcher, an event of a room."""

    @property
    def text(self) -> str:
        """Return the msgid."""

    @property
    def values(self) -> Mapping[str, tuple[str, Any]]:
        """Return (kind, raw) for each name in it."""


def say(phrase: Sayable) -> str:
    """Return a phrase with its codes, amounts and days written out."""
    values = {name: _written(kind, raw) for name, (kind, raw) in phrase.values.items()}
    return str(_(phrase.text, **values) if values else _(phrase.text))


def attach(app: Flask) -> None:
    """Register the filter `say`."""
    app.jinja_env.filters |= {"say": say, "ward": ward}


def ward(code: str) -> str:
    """Return a commune as offices shorten it: "P. Thuỷ Nguyên", "X. An Lão"."""
    name = code_label(code, "commune")
    for front, short in (("Phường ", "P. "), ("Xã ", "X. ")):
        if name.startswith(front):
            return short + name[len(front) :]
    return name


def _written(kind: str, raw: Any) -> str:
    if raw is None or raw in ("", ()):
        return pages.NO_VALUE
    if kind in FIGURES:
        return FIGURES[kind](raw)
    if kind:
        codes = raw if isinstance(raw, tuple) else (raw,)
        return ", ".join(code_label(code, kind) for code in codes)
    return str(raw)


FIGURES: dict[str, Callable[[Any], str]] = {
    "money": pages.money,
    "number": pages.number,
    "years": lambda years: pages.unit(years, _("năm")),
    "km": lambda km: pages.number(max(round(km), 1)),
    "date": pages.date,
    "join": ", ".join,
    "paper-kind": lambda code: pages.translate(KINDS[code].label) if code in KINDS else str(code),
}
