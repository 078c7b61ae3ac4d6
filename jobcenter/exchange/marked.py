"""The same file back: cells as they stood, bad ones coloured, a last column that says why."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Any

from jobcenter.exchange.check import Heads
from jobcenter.exchange.fields import Problem, Row
from jobcenter.exchange.opening import DATA_SHEET
from jobcenter.exchange.reading import Cell
from jobcenter.exchange.writer import LONGEST_CELL, open_book
from jobcenter.kernel.errors import shown

REASON_HEAD = "Lý do"
Say = Callable[[str], str]
_COLOURS = {"bad": "#f6d5cf", "warn": "#fbe9c0", "head": "#f1eee7"}
_KINDS = {"text": "@", "number": "General", "day": "dd/mm/yyyy"}


def marked(
    cells: Sequence[Sequence[Cell]], found: Heads, rows: Sequence[Row], say: Say,
    label: Callable[[str], str],
) -> bytes:  # fmt: skip
    """Return the workbook; `label` names a column that a reason is about."""
    out = io.BytesIO()
    book = open_book(out)
    sheet = book.add_worksheet(DATA_SHEET)
    looks = _looks(book)
    judged = {row.number: row for row in rows}
    width = max((len(row) for row in cells), default=0)
    sheet.set_column(0, max(width - 1, 0), 16)
    sheet.set_column(width, width, 60)
    for at, line in enumerate(cells):
        row = judged.get(at + 1)
        colours = _colours(found, row)
        for column, cell in enumerate(line):
            _write(sheet, at, column, cell, looks, colours.get(column, colours.get(-1, "")))
        for column in set(colours) - {-1} - set(range(len(line))):
            sheet.write_blank(at, column, None, looks["text", colours[column]])
        if at == found.row:
            sheet.write_string(at, width, REASON_HEAD, looks["text", "head"])
        elif row is not None and row.problems:
            told = "; ".join(reason(one, say, label) for one in row.problems)
            sheet.write_string(at, width, told[:LONGEST_CELL], looks["text", ""])
    sheet.freeze_panes(found.row + 1, 0)
    book.close()
    return out.getvalue()


def reason(problem: Problem, say: Say, label: Callable[[str], str]) -> str:
    """Return a problem in words: "Điện thoại: Cần 10 số, đang có 9."."""
    values = {name: shown(value) for name, value in problem.params.items()}
    text = say(problem.message) % values if values else say(problem.message)
    return f"{label(problem.field)}: {text}" if problem.field else text


def _looks(book: Any) -> dict[tuple[str, str], Any]:
    return {
        (kind, colour): book.add_format(
            {"num_format": number, "text_wrap": colour == "head", "valign": "top"}
            | ({"bg_color": _COLOURS[colour]} if colour else {})
        )
        for kind, number in _KINDS.items()
        for colour in ("", *_COLOURS)
    }


def _colours(found: Heads, row: Row | None) -> dict[int, str]:
    """Return the colour of each column of a row; -1 stands for all the others."""
    colours: dict[int, str] = {}
    for one in row.problems if row is not None else ():
        at = found.column(one.field)
        colour = "warn" if one.is_warning else "bad"
        if at is not None and colours.get(at) != "bad":
            colours[at] = colour
        elif at is None and not one.is_warning:
            colours[-1] = "bad"
    return colours


def _write(
    sheet: Any, row: int, column: int, cell: Cell, looks: dict[tuple[str, str], Any], colour: str
) -> None:
    if cell is None or cell == "":
        if colour:
            sheet.write_blank(row, column, None, looks["text", colour])
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, looks["number", colour])
    elif isinstance(cell, float | int):
        sheet.write_number(row, column, cell, looks["number", colour])
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, looks["day", colour])
    else:
        sheet.write_string(row, column, cell[:LONGEST_CELL], looks["text", colour])
