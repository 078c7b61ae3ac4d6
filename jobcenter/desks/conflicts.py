"""Two people edited one record: what it was, what the other saved, what was typed now.

A form carries what it was opened on (`opened`: the answers that an untouched page would send), so
that the second save can be told apart field by field: changed by the other alone, by this one
alone, or by both. Only "both" must be decided by hand; nothing is dropped without being shown.
Repeated lines are matched by content, so that two people may change different lines of one list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.audit.queries import history
from jobcenter.desks.pages import datetime
from jobcenter.desks.sheets import UNSEEN, Answers, Cell, Row, Sent, Sheet, Table
from jobcenter.kernel.db import db

Put = Mapping[str, Answers]  # choice -> the answers that it stands for
BOTH, THEIRS, MINE = "both", "theirs", "mine"


@dataclass(frozen=True)
class Difference:
    """One thing in which two versions differ, and the answers that either choice stands for."""

    name: str
    label: str
    kind: str
    opened: str
    theirs: str
    mine: str
    put: Put

    @property
    def preset(self) -> str:
        """Return the choice that stands before anybody looks; none where both changed it."""
        return "" if self.kind == BOTH else self.kind


@dataclass(frozen=True)
class Merge:
    """Three versions laid side by side: what is settled, and what differs."""

    settled: Answers
    differences: tuple[Difference, ...]

    @property
    def needs_a_look(self) -> bool:
        """Say whether the other one changed anything that this one did not change likewise."""
        return any(one.kind != MINE for one in self.differences)

    def undecided(self, picks: Mapping[str, str]) -> list[Difference]:
        """Return what still waits for a choice."""
        return [one for one in self.differences if picks.get(one.name) not in (THEIRS, MINE)]

    def answers(self, picks: Mapping[str, str]) -> Answers:
        """Return the answers that the choices make."""
        chosen = dict(self.settled)
        for one in self.differences:
            chosen |= one.put[picks[one.name]]
        return chosen


def merge(
    *, opened: tuple[Answers, Sheet] | None, theirs: tuple[Answers, Sheet], mine: Sheet
) -> Merge:
    """Lay what was opened, what the other saved and what was typed side by side.

    Answers hold the marks of unseen fields. Without `opened` every difference must be looked at.
    """
    settled: Answers = {}
    differences: list[Difference] = []
    before = opened[1] if opened else None
    for name, cell in mine.cells.items():
        if UNSEEN + name in theirs[0]:
            found = _unseen(name, cell, (opened or ({}, None))[0], theirs[0])
        else:
            was = before.cells.get(name) if before else None
            found = _compared(name, cell.label, was, theirs[1].cells[name], cell)
        _take(found, settled, differences)
    for name, table in mine.tables.items():
        base = before.tables[name] if before else None
        other = theirs[1].tables[name]
        if base is None or table.ordered:
            results = _whole(name, base, other, table)
        else:
            results = _lines(name, base, other, table)
        for found in results:
            _take(found, settled, differences)
    order = {BOTH: 0, THEIRS: 1, MINE: 2}
    return Merge(settled, tuple(sorted(differences, key=lambda one: order[one.kind])))


def _take(found: Difference | Answers, settled: Answers, differences: list[Difference]) -> None:
    if isinstance(found, Difference):
        differences.append(found)
    else:
        settled |= found


def _kind(*, theirs_changed: bool, mine_changed: bool) -> str:
    if theirs_changed and mine_changed:
        return BOTH
    return THEIRS if theirs_changed else MINE


def _compared(
    name: str, label: str, was: Cell | None, theirs: Cell, mine: Cell
) -> Difference | Answers:
    if theirs.same(mine):
        return {name: mine.sent}
    kind = BOTH if was is None else _kind(
        theirs_changed=not was.same(theirs), mine_changed=not was.same(mine)
    )  # fmt: skip
    put: Put = {THEIRS: {name: theirs.sent}, MINE: {name: mine.sent}}
    words = (was.words if was else "", theirs.words, mine.words)
    return Difference(name, label, kind, *words, put)


def _unseen(name: str, mine: Cell, opened: Answers, theirs: Answers) -> Difference | Answers:
    """Compare by marks; nothing typed means "keep what is stored", whoever stored it."""
    mark, words = theirs[UNSEEN + name]
    was = opened.get(UNSEEN + name, ("", ""))
    if not any(mine.sent):
        return {name: ("",)}
    kind = BOTH if was[0] != mark else MINE
    put: Put = {THEIRS: {name: ("",)}, MINE: {name: mine.sent}}
    return Difference(name, mine.label, kind, was[-1], words, mine.words, put)


# --- repeated lines ----------------------------------------------------------------------------


def _whole(name: str, base: Table | None, theirs: Table, mine: Table) -> list[Difference | Answers]:
    """Compare a list whose order counts, or whose beginning is not known, as one thing."""
    new, old = mine.sent(name), theirs.sent(name)
    if _filled(mine) == _filled(theirs):
        return [new]
    kind = BOTH if base is None else _kind(
        theirs_changed=_filled(base) != _filled(theirs),
        mine_changed=_filled(base) != _filled(mine),
    )  # fmt: skip
    words = (_all_words(base) if base else "", _all_words(theirs), _all_words(mine))
    return [Difference(name, mine.label, kind, *words, {THEIRS: old, MINE: new})]


def _filled(table: Table) -> list[tuple[Sent, ...]]:
    return [tuple(cell.sent for cell in row.values()) for row in table.rows if row]


def _all_words(table: Table) -> str:
    return "; ".join(_row_words(row) for row in table.rows if row)


def _row_words(row: Row | None) -> str:
    return " · ".join(cell.words for cell in (row or {}).values() if cell.words)


def _lines(name: str, base: Table, theirs: Table, mine: Table) -> list[Difference | Answers]:
    """Compare line by line. Lines of the saved version keep their places; others come after."""
    found: list[Difference | Answers] = []
    for place, (was, old, new) in enumerate(_side_by_side(base, theirs, mine)):
        if old is not None and new is not None and was is not None:
            found += _parts(name, place, mine.label, was, old, new)
        else:
            found.append(_line(name, place, mine, was, old, new))
    return found


def _side_by_side(
    base: Table, theirs: Table, mine: Table
) -> list[tuple[Row | None, Row | None, Row | None]]:
    """Return (was, saved, typed) of every line that any of the three holds."""
    edited, added = _typed(base, mine)
    origin = {theirs_at: base_at for base_at, theirs_at in _matched(base, theirs).items()}
    rows: list[tuple[Row | None, Row | None, Row | None]] = []
    for place, row in enumerate(theirs.rows):
        at = origin.get(place)
        if at is not None:
            rows.append((base.rows[at], row, edited.get(at)))
            continue
        twin = next((one for one in added if row and _equal(one, row)), None)
        if twin is not None:
            added.remove(twin)
        rows.append((None, row, twin))
    gone = [at for at, row in enumerate(base.rows) if row and at not in origin.values()]
    rows += [(base.rows[at], None, edited[at]) for at in gone if edited.get(at)]
    return rows + [(None, None, row) for row in added]


def _typed(base: Table, mine: Table) -> tuple[dict[int, Row], list[Row]]:
    """Return my lines by the place of the line they were, and those that are new."""
    edited: dict[int, Row] = {}
    added: list[Row] = []
    for place, row in enumerate(mine.rows):
        was = base.rows[place] if place < len(base.rows) else None
        if row is not None and was is not None and _is_edit(was, row):
            edited[place] = row
        elif row is not None:
            added.append(row)
    return edited, added


def _is_edit(was: Row, row: Row) -> bool:
    """Say whether a line typed in the place of another is that one changed, not a new one."""
    first = next(iter(was))
    others = [part for part, cell in was.items() if part != first and any(cell.sent)]
    kept = bool(others) and all(was[part].same(row[part]) for part in others)
    return was[first].same(row[first]) or kept


def _matched(base: Table, theirs: Table) -> dict[int, int]:
    """Return which saved line each line became, by its first part; of equal ones the likest."""
    pairs = sorted(
        (-_shared(was, row), abs(before - after), before, after)
        for before, was in enumerate(base.rows)
        for after, row in enumerate(theirs.rows)
        if was and row and was[theirs.parts[0]].same(row[theirs.parts[0]])
    )
    found: dict[int, int] = {}
    for _alike, _far, before, after in pairs:
        if before not in found and after not in found.values():
            found[before] = after
    return found


def _shared(one: Row, other: Row) -> int:
    """Count the parts that two lines have in common."""
    return sum(any(cell.sent) and cell.same(other[part]) for part, cell in one.items())


def _equal(one: Row, other: Row) -> bool:
    return all(cell.same(other[part]) for part, cell in one.items())


def _parts(
    name: str, place: int, label: str, was: Row, old: Row, new: Row
) -> list[Difference | Answers]:
    title = f"{label} {place + 1}"
    return [
        _compared(f"{name}-{place}-{part}", f"{title}: {cell.label}", was[part], old[part], cell)
        for part, cell in new.items()
    ]


def _line(
    name: str, place: int, mine: Table, was: Row | None, old: Row | None, new: Row | None
) -> Difference | Answers:
    """Compare a line that one side has added or taken out."""
    if old is new or (old and new and _equal(old, new)):
        return mine.put(name, place, new)
    kind = _kind(theirs_changed=not _alike(was, old), mine_changed=not _alike(was, new))
    put: Put = {THEIRS: mine.put(name, place, old), MINE: mine.put(name, place, new)}
    words = (_row_words(was), _row_words(old), _row_words(new))
    return Difference(f"{name}-{place}", f"{mine.label} {place + 1}", kind, *words, put)


def _alike(one: Row | None, other: Row | None) -> bool:
    return one is other or bool(one and other and _equal(one, other))


def last_change(*, kind: str, subject_id: int) -> tuple[str, str]:
    """Return who saved a record last and when, in words."""
    lines = history(db.session(), kind=kind, subject_id=subject_id)
    if not lines:
        return _("Người khác"), ""
    return lines[0].actor, datetime(lines[0].at)
