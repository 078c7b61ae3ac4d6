"""From the cells of a sheet to judged rows: find the heads, read each cell, look at the whole."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import lists
from jobcenter.exchange.fields import Field, Kind, Look, Problem, Row, Values
from jobcenter.exchange.parsers import plain
from jobcenter.exchange.reading import Cell, Table, is_formula
from jobcenter.kernel import clock, crypto, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

HEAD_WITHIN = 15  # rows: titles and units of the office may stand above the heads
MOST_ROWS = 20_000
SAMPLE = "vi du"  # in the first column of the row that our template shows as an example
TICK = 500
MOST_SEEN = 1_000  # different cells of a column that are remembered
BESIDE = frozenset({"stt", "tt", "ly do"})  # heads of columns that hold nothing to read
_BESIDE = re.compile(r"\([^)]*\)|[*:：.]")
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Heads:
    """Which row holds the heads, which column is what, and heads that nobody knows."""

    row: int
    fields: dict[int, Field]
    unread: tuple[str, ...]

    def column(self, name: str) -> int | None:
        """Return the place of a field, None where the file lacks it."""
        return next((at for at, one in self.fields.items() if one.name == name), None)


@dataclass(frozen=True)
class Checked:
    """What a file turned out to hold."""

    heads: Heads
    rows: list[Row]

    def count(self, state: str) -> int:
        """Return how many rows are in a state."""
        return sum(row.state == state for row in self.rows)


def heads(kind: Kind, table: Table) -> Heads:
    """Find the heads; refuses a file that has none, lacks what is needed, or says it twice."""
    best = max(
        (_heads_in(kind, at, row) for at, row in enumerate(table.rows[:HEAD_WITHIN])),
        key=lambda found: len(found.fields), default=Heads(0, {}, ()),
    )  # fmt: skip
    if len(best.fields) < min(2, len(kind.fields)):
        raise Refused(
            N_("Không thấy dòng tên cột nào quen. Tải tệp mẫu, chép dữ liệu vào đó rồi tải lên."),
            field="file",
        )
    names = [one.name for one in best.fields.values()]
    twice = next((f for f in best.fields.values() if names.count(f.name) > 1), None)
    if twice is not None:
        raise Refused(N_("Có hai cột cùng là “%(name)s”. Bỏ bớt một cột."), field="file",
                      name=twice.label)  # fmt: skip
    lacking = [one.label for one in kind.fields if one.needed and one.name not in names]
    if lacking:
        raise Refused(N_("Thiếu cột: %(names)s. Thêm cột, hoặc dùng tệp mẫu."), field="file",
                      names=", ".join(lacking))  # fmt: skip
    return best


def _heads_in(kind: Kind, at: int, row: Sequence[Cell]) -> Heads:
    known: dict[str, Field] = {}
    for one in kind.fields:
        for word in (one.label, one.name, *one.aliases):
            known.setdefault(bare_head(word), one)
    fields: dict[int, Field] = {}
    unread = []
    for place, cell in enumerate(row):
        text = bare_head(plain(cell)) if isinstance(cell, str) else ""
        if text in known:
            fields[place] = known[text]
        elif text and text not in BESIDE:
            unread.append(plain(cell)[:60])
    return Heads(at, fields, tuple(unread))


def bare_head(text: str) -> str:
    """Return a head as it is compared: folded, without notes in brackets, stars and colons."""
    return " ".join(_BESIDE.sub(" ", vietnamese.fold(text)).replace("_", " ").split())


def refuse_formulas(found: Heads, table: Table) -> None:
    """Refuse a file with formulas where we read: their last value is not what somebody wrote."""
    cells = [one for one in table.formulas if one == "?" or _is_read(one, found)]
    for number, row in enumerate(table.rows[found.row + 1 :], start=found.row + 2):
        for at, cell in enumerate(row):
            if not isinstance(cell, str) or cell[:1].isalnum() or at not in found.fields:
                continue
            if is_formula(cell) or _is_call(cell):
                cells.append(f"{letters(at)}{number}")
    if cells:
        raise Refused(
            N_("Tệp có công thức ở ô %(cells)s. Chép cả bảng, dán lại dạng giá trị rồi tải lại."),
            field="file", cells=", ".join(cells[:5]) + (" …" if len(cells) > 5 else ""),
        )  # fmt: skip


def _is_call(text: str) -> bool:
    """Say whether a text calls another program the way old spreadsheets let it."""
    return text.lstrip()[:1] in ("+", "-", "|") and "|" in text and "!" in text


def _is_read(cell: str, found: Heads) -> bool:
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    if match is None:
        return True
    at = 0
    for letter in match.group(1):
        at = at * 26 + ord(letter) - 64
    return at - 1 in found.fields and int(match.group(2)) > found.row + 1


def letters(at: int) -> str:
    """Return the letters of a column as spreadsheets call it: 0 is A, 27 is AB."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text


def check(
    session: Session, *, kind: Kind, table: Table, by: Actor, known: dict[str, str] | None = None,
    tell: Tell = lambda _done, _total: None,
) -> Checked:  # fmt: skip
    """Read and judge every row; `known` are marks of rows that stand already, with what of them."""
    found = heads(kind, table)
    refuse_formulas(found, table)
    look = Look(session, by, lists(session), clock.today(), table.is_1904)
    numbered = [
        (number, row)
        for number, row in enumerate(table.rows[found.row + 1 :], start=found.row + 2)
        if not _is_beside(row, found)
    ]
    if len(numbered) > MOST_ROWS:
        raise Refused(N_("Bảng dài quá 20.000 dòng. Chia thành nhiều tệp rồi tải từng tệp."),
                      field="file")  # fmt: skip
    if not numbered:
        raise Refused(N_("Tệp chưa có dòng dữ liệu nào dưới dòng tên cột."), field="file")
    with _uncollected():
        rows = []
        for done, (number, cells) in enumerate(numbered):
            rows.append(read_row(kind, found, look, number, cells))
            if done % TICK == 0:
                tell(done, 2 * len(numbered))
        _judge(kind, look, rows, known or {})
    tell(len(numbered) * 2, len(numbered) * 2)
    return Checked(found, rows)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles away: looking again and again at all rows costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _is_beside(row: Sequence[Cell], found: Heads) -> bool:
    """Say whether a row holds nothing of ours: empty, or the example of the template."""
    if row and isinstance(row[0], str) and vietnamese.fold(row[0]).startswith(SAMPLE):
        return True
    return not any(at < len(row) and row[at] not in (None, "") for at in found.fields)


def read_row(kind: Kind, found: Heads, look: Look, number: int, cells: Sequence[Cell]) -> Row:
    """Read one row; what cannot be read is said at its cell."""
    look.problems = []
    values: Values = {}
    for at, one in found.fields.items():
        look.column = one.name
        cell = cells[at] if at < len(cells) else None
        try:
            value = None if cell is None else _value(one, cell, look)
        except Refused as refused:
            look.problems.append(Problem(one.name, refused.message, refused.params))
            continue
        if value is None and one.needed:
            look.problems.append(Problem(one.name, N_("Cần điền mục này."), {}))
        values[one.name] = value
    look.column = ""
    if not any(not one.is_warning for one in look.problems):
        try:
            kind.whole(look, values)
        except Refused as refused:
            look.problems.append(Problem(refused.field or "", refused.message, refused.params))
    row = Row(number, values, look.problems)
    row.mark = mark_of(kind, values, look.by)
    row.state = "bad" if row.faults else "good"
    return row


def _value(one: Field, cell: Cell, look: Look) -> Any:
    """Read a cell; what a column says again and again is read once."""
    seen = look.kept.setdefault(("seen", one.name), {})
    key = (type(cell), cell)  # True, 1 and 1.0 are equal keys and three cells
    if key in seen:
        value, problems = seen[key]
        look.problems += problems
        return value
    before = len(look.problems)
    value = one.read(cell, look)
    if len(seen) < MOST_SEEN:
        seen[key] = (value, look.problems[before:])
    return value


def mark_of(kind: Kind, values: Values, by: Actor) -> str:
    """Return the keyed digest by which the very same row is known again."""
    said = sorted((name, value) for name, value in values.items() if value is not None)
    text = repr((kind.code, sorted(by.firm_ids), said))
    return crypto.keyring().blind(text, purpose="import.row")


def _judge(kind: Kind, look: Look, rows: list[Row], known: dict[str, str]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if row.state == "bad":
            continue
        if row.mark in known:
            row.state = "known"
            row.problems.append(Problem("", known[row.mark], {}, is_warning=True))
        elif row.mark in first:
            row.state = "known"
            row.problems.append(
                Problem("", N_("Giống hệt dòng %(row)s."), {"row": first[row.mark]},
                        is_warning=True)
            )  # fmt: skip
        else:
            first[row.mark] = row.number
    fresh = [row for row in rows if row.state == "good"]
    kind.judge(look, fresh)
    for row in fresh:
        if row.faults:
            row.state = "bad"
