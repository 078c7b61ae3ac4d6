"""What a column of an import is: a name, what its head may be called, and how a cell is read.

A room declares its columns as `Field`s and its rows as a `Kind`; template, check, preview, marked
file and command line follow from that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import Lists
from jobcenter.exchange.reading import Cell
from jobcenter.kernel.actor import Actor

Values = dict[str, Any]
Twin = tuple[str, int, tuple[str, ...]]  # what it is, its number, and why


@dataclass(frozen=True)
class Problem:
    """What is said of a cell, or of the whole row where `field` is empty.

    A warning tells what was mended or what to look at; the row is good all the same.
    """

    field: str
    message: str
    params: dict[str, Any]
    is_warning: bool = False


@dataclass
class Look:
    """What reading cells needs: lists, places, the day; and what is found while reading a row."""

    session: Session
    by: Actor
    lists: Lists
    today: dt.date
    is_1904: bool = False
    column: str = ""
    problems: list[Problem] = field(default_factory=list)
    kept: dict[Any, Any] = field(default_factory=dict)

    def warn(self, message: str, **params: object) -> None:
        """Say something of the cell being read."""
        self.problems.append(Problem(self.column, message, dict(params), is_warning=True))


Reader = Callable[[Cell, Look], Any]


@dataclass(frozen=True)
class Field:
    """One column: `label` is its head in our template, `aliases` what else it is called, folded.

    `of` names the list whose values the template offers; `example` is what its sample row says.
    """

    name: str
    label: str
    read: Reader
    example: str
    needed: bool = False
    aliases: tuple[str, ...] = ()
    of: str = ""
    offers: tuple[str, ...] = ()
    hint: str = ""
    width: int = 18
    is_text: bool = True  # the template's cells are text: Excel then leaves digits alone


@dataclass
class Row:
    """One row as it was read and judged; `number` is Excel's own."""

    number: int
    values: Values
    problems: list[Problem]
    mark: str = ""  # keyed digest of the values: the same row again changes nothing
    state: str = "good"
    twins: list[Twin] = field(default_factory=list)

    @property
    def faults(self) -> list[Problem]:
        """Return what makes the row bad."""
        return [one for one in self.problems if not one.is_warning]

    @property
    def warnings(self) -> list[Problem]:
        """Return what was mended or wants a look."""
        return [one for one in self.problems if one.is_warning]


@dataclass(frozen=True)
class Made:
    """What one row became: which record, its state then, and whether it is new."""

    subject_id: int
    stamp: str
    number: str = ""
    before: dict[str, Any] | None = None


@dataclass(frozen=True)
class Source:
    """Where a row comes from, for evidence and origin."""

    batch: str
    row: int
    mark: str
    apart: tuple[int, ...] = ()


Judge = Callable[[Look, Sequence[Row]], None]


@dataclass(frozen=True)
class Kind:
    """A kind of rows: its columns, who may bring them, how they are judged, written, undone.

    `whole` looks at one row's values together; `judge` at all rows, with the register: it fills
    `state` and `twins`. `undo` says whether it could, for a record that nobody touched since.
    """

    code: str
    label: str
    about: str
    right: str
    fields: tuple[Field, ...]
    whole: Callable[[Look, Values], None]
    judge: Judge
    write: Callable[[Look, Values, Source], Made]
    undo: Callable[[Session, Actor, int, str, dict[str, Any] | None], bool]
    subject: str
    notes: tuple[str, ...] = ()
    own_right: str = ""  # with it an enterprise's user may bring rows of the own firm

    def field(self, name: str) -> Field | None:
        """Return a column by name."""
        return next((one for one in self.fields if one.name == name), None)
