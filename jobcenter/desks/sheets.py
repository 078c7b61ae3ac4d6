"""What a form holds: as a browser sends it, as it is compared, and as people read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, FileField, PasswordField, RadioField, SelectMultipleField

from jobcenter.desks.forms import OWN, DateField, Form
from jobcenter.desks.lines import Lines
from jobcenter.desks.pages import translate
from jobcenter.kernel.vietnamese import nfc

Sent = tuple[str, ...]
Answers = dict[str, Sent]  # name of an input -> what a browser sends for it
UNSEEN = "~"  # before the name of a field whose stored value the page does not show


@dataclass(frozen=True)
class Cell:
    """What one input holds: as sent, as compared, as people read it."""

    label: str
    sent: Sent
    value: Any
    words: str

    def same(self, other: Cell) -> bool:
        """Say whether both hold the same answer ("9.000.000" and "9000000" do)."""
        return self.sent == other.sent or (bool(self.sent) and self.value == other.value)


Row = dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """Repeated lines by their place; an empty line is None."""

    label: str
    ordered: bool
    parts: tuple[str, ...]
    rows: list[Row | None]

    def put(self, name: str, place: int, row: Row | None) -> Answers:
        """Return the answers of a line; an empty one keeps its place, by which lines are known."""
        sent = {part: cell.sent for part, cell in (row or {}).items()}
        return {f"{name}-{place}-{part}": sent.get(part, ("",)) for part in self.parts}

    def sent(self, name: str) -> Answers:
        """Return the answers of all lines."""
        found: Answers = {}
        for place, row in enumerate(self.rows):
            found |= self.put(name, place, row)
        return found


@dataclass(frozen=True)
class Sheet:
    """A form's answers, read once."""

    cells: Row = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)


@dataclass(frozen=True)
class Unseen:
    """A stored value that the page does not show: a mark to compare by, and its masked words."""

    mark: str
    words: str


def answers(form: Form, unseen: Mapping[str, Unseen]) -> Answers:
    """Return what a browser would send for `form`, and the marks of what it does not show."""
    held = sheet(form)
    found = {name: cell.sent for name, cell in held.cells.items()}
    for name, table in held.tables.items():
        found |= table.sent(name)
    return found | {UNSEEN + name: (one.mark, one.words) for name, one in unseen.items()}


def dump(found: Answers) -> str:
    """Return answers as the text that a hidden field carries."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def load(text: str | None) -> Answers | None:
    """Return the answers in a hidden field, None when they cannot be read."""
    try:
        raw = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict):
        return None
    good = all(
        isinstance(sent, list) and all(isinstance(one, str) for one in sent)
        for sent in raw.values()
    )
    return {nfc(name): tuple(map(nfc, sent)) for name, sent in raw.items()} if good else None


def sheet(form: Form, sent: Answers | None = None) -> Sheet:
    """Read a form; `sent` (where given) is what was really sent, whatever the form fell back to."""
    found = Sheet()
    for one in form:
        if one.short_name in OWN or isinstance(one, PasswordField | FileField):
            continue
        if isinstance(one, Lines):
            rows = [_row(entry.form, sent) for entry in one.entries]
            label = translate(str(one.label.text))
            found.tables[one.name] = Table(label, one.ordered, one.parts, rows)
        else:
            found.cells[one.name] = _cell(one, sent)
    return found


def _row(line: Any, sent: Answers | None) -> Row | None:
    row = {one.short_name: _cell(one, sent) for one in line}
    return row if any(any(cell.sent) for cell in row.values()) else None


def _cell(one: Any, sent: Answers | None) -> Cell:
    names = (getattr(one, "part_of", ""), str(one.label.text))  # "Giấy khám: Ghi chú"
    label = ": ".join(translate(name) for name in names if name)
    given = _sent(one) if sent is None else sent.get(one.name, ())
    return Cell(label, given, _value(one, given), said(one) if any(given) else "")


def _sent(one: Any) -> Sent:
    if isinstance(one, BooleanField):
        return ("y",) if one.data else ()
    if isinstance(one, SelectMultipleField):
        return tuple(map(str, one.data or ()))
    if hasattr(one, "iter_choices"):
        if one.data is not None:
            return (str(one.data),)
        offered = [] if isinstance(one, RadioField) else list(one.iter_choices())
        return (str(offered[0].value),) if offered else ()
    return (str(one._value()),)  # noqa: SLF001 - what the input shows is what a browser sends


def _value(one: Any, given: Sent) -> Any:
    if isinstance(one, SelectMultipleField):
        return frozenset(given)
    return one.read() if isinstance(one, DateField) else one.data


def said(one: Any) -> str:
    """Return what a field holds in words."""
    if isinstance(one, BooleanField):
        return _("Có") if one.data else ""
    if hasattr(one, "iter_choices"):
        picked = (c for c in one.iter_choices() if c.selected and c.value)
        return ", ".join(translate(str(c.label)) for c in picked)
    return str(one._value())  # noqa: SLF001 - as the input shows it: "9.000.000", not 9000000
