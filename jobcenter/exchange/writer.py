"""The single writer of spreadsheets: typed cells, text as text, ready for A4."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import xlsxwriter


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    FIGURE = "figure"  # whole, or with one decimal
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True)
class Heading:
    """One column as it is written: its name in the reader's language, kind and width."""

    name: str
    kind: Kind
    width: int


# What spreadsheet programs take for the start of a formula, full-width forms among them.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What no reader sees and some programs skip: blanks of every width, marks of order and joining.
_UNSEEN = " \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff\x00"
_FORMATS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"text_wrap": True, "valign": "top", "num_format": "@"},
    Kind.WHOLE: {"valign": "top", "num_format": "#,##0"},
    Kind.MONEY: {"valign": "top", "num_format": '#,##0" đ"'},
    Kind.FIGURE: {"valign": "top", "num_format": "General"},
    Kind.DAY: {"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"},
    Kind.MOMENT: {"valign": "top", "num_format": "dd/mm/yyyy hh:mm", "align": "left"},
}
_NUMBERS = (Kind.WHOLE, Kind.MONEY, Kind.FIGURE)
LONGEST_CELL = 32_000


def xlsx(title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a workbook with one sheet; rows are written as they come and not kept.

    `title` stands at the head of every printed page; the head row repeats.
    """
    out = io.BytesIO()
    book = open_book(out)
    sheet = book.add_worksheet("Danh sach")
    border: dict[str, Any] = {"border": 1, "border_color": "#857e72"}
    head = book.add_format(border | {"bold": True, "bg_color": "#f1eee7", "text_wrap": True})
    formats = {kind: book.add_format(border | look) for kind, look in _FORMATS.items()}
    _lay_out(sheet, title, headings)
    for at, one in enumerate(headings):
        sheet.write_string(0, at, one.name, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, (one, value) in enumerate(zip(headings, row, strict=True)):
            _write(sheet, last, at, one.kind, value, formats[one.kind])
    sheet.autofilter(0, 0, max(last, 1), len(headings) - 1)
    book.close()
    return out.getvalue()


def open_book(out: io.BytesIO, *, in_rows: bool = True) -> Any:
    """Return a new workbook in which no text can become a formula, a number or a link.

    With `in_rows` rows are written from the top down and not kept.
    """
    settings = {"constant_memory": in_rows, "in_memory": True, "strings_to_formulas": False,
                "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    return xlsxwriter.Workbook(out, settings)


def _lay_out(sheet: Any, title: str, headings: Sequence[Heading]) -> None:
    for at, one in enumerate(headings):
        sheet.set_column(at, at, one.width)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.4, top=0.8, bottom=0.6)
    sheet.set_header("&L" + title.replace("&", "&&")[:200])
    sheet.set_footer("&C&P/&N")


def _write(sheet: Any, row: int, at: int, kind: Kind, value: Any, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, at, None, look)
    elif kind in _NUMBERS:
        sheet.write_number(row, at, value, look)
    elif kind is Kind.TEXT:
        sheet.write_string(row, at, str(value)[:LONGEST_CELL], look)
    else:
        sheet.write_datetime(row, at, _naive(value), look)


def _naive(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value


def csv_file(headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file in UTF-8 with a byte order mark, as Excel opens it rightly.

    Text that a program could take for a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([guard(one.name) for one in headings])
    for row in rows:
        cells = zip(headings, row, strict=True)
        writer.writerow([_plain(one.kind, value) for one, value in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(kind: Kind, value: Any) -> str:
    if value is None or value == "":
        return ""
    if kind is Kind.DAY:
        return f"{value:%d/%m/%Y}"
    if kind is Kind.MOMENT:
        return f"{value:%d/%m/%Y %H:%M}"
    return str(value) if kind in _NUMBERS else guard(str(value))


def guard(text: str) -> str:
    """Put an apostrophe before text that begins like a formula, after what is not seen too."""
    return f"'{text}" if text.lstrip(_UNSEEN).startswith(DANGEROUS) else text
