"""The file that people fill in: heads, an example row, drop-downs, and how each column is meant."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from jobcenter.catalogue.queries import Lists
from jobcenter.exchange.check import letters
from jobcenter.exchange.fields import Field, Kind
from jobcenter.exchange.opening import DATA_SHEET
from jobcenter.exchange.writer import open_book
from jobcenter.kernel.words import N_

GUIDE_SHEET, LIST_SHEET = "Hướng dẫn", "Danh mục"
LAST_ROW = 5_000  # that drop-downs reach to
_BORDER: dict[str, Any] = {"border": 1, "border_color": "#857e72", "valign": "top"}
_STEPS = (
    N_("Ghi dữ liệu ở trang “Dữ liệu”, từ dòng 3. Dòng ví dụ không được nhập, xoá đi cũng được."),
    N_("Giữ nguyên dòng tên cột. Cột có dấu * là cột bắt buộc; cột không dùng thì bỏ được."),
    N_("Dán dữ liệu từ tệp khác thì dán dạng giá trị, không dán công thức."),
    N_("Số điện thoại, số CCCD, mã số thuế ghi dạng văn bản để không mất số 0 ở đầu."),
    N_("Một tệp nhiều nhất 20.000 dòng. Tải lên, xem trước, rồi mới ghi vào sổ."),
)


def template(kind: Kind, lists: Lists, rows: Sequence[dict[str, str]] = ()) -> bytes:
    """Return the template of a kind, with `rows` filled in where we know them."""
    out = io.BytesIO()
    book = open_book(out, in_rows=False)
    looks = _looks(book)
    data, guide = book.add_worksheet(DATA_SHEET), book.add_worksheet(GUIDE_SHEET)
    values = book.add_worksheet(LIST_SHEET)
    ranges = _write_lists(values, looks, kind, lists)
    _write_data(data, looks, kind, ranges)
    for at, row in enumerate(rows, start=2):
        data.write_string(at, 0, str(at - 1), looks["text"])
        for place, one in enumerate(kind.fields, start=1):
            if row.get(one.name):
                data.write_string(at, place, row[one.name], looks["text"])
    _write_guide(guide, looks, kind, lists)
    book.close()
    return out.getvalue()


def head_of(one: Field) -> str:
    """Return the head of a column as the template writes it."""
    return f"{one.label} *" if one.needed else one.label


def offered(one: Field, lists: Lists) -> Sequence[str]:
    """Return the values that the drop-down of a column offers."""
    return one.offers or ([name for _code, name in lists.values(one.of, "vi")] if one.of else ())


def _looks(book: Any) -> dict[str, Any]:
    head = _BORDER | {"bold": True, "text_wrap": True, "bg_color": "#f1eee7"}
    return {
        "head": book.add_format(head),
        "needed": book.add_format(head | {"bg_color": "#dbe7e4"}),
        "sample": book.add_format(
            _BORDER | {"italic": True, "font_color": "#6b665d", "num_format": "@"}
        ),
        "text": book.add_format({"num_format": "@", "valign": "top"}),
        "cell": book.add_format(_BORDER | {"text_wrap": True, "num_format": "@"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_data(sheet: Any, looks: dict[str, Any], kind: Kind, ranges: dict[str, str]) -> None:
    sheet.set_column(0, 0, 7, looks["text"])
    sheet.write_string(0, 0, "STT", looks["head"])
    sheet.write_string(1, 0, "Ví dụ", looks["sample"])
    for at, one in enumerate(kind.fields, start=1):
        sheet.set_column(at, at, one.width, looks["text"])
        sheet.write_string(0, at, head_of(one), looks["needed" if one.needed else "head"])
        sheet.write_string(1, at, one.example, looks["sample"])
        if one.name in ranges:
            sheet.data_validation(
                2, at, LAST_ROW, at,
                {"validate": "list", "source": ranges[one.name], "error_type": "information",
                 "error_title": "Ngoài danh mục", "error_message": "Xem trang Danh mục."},
            )  # fmt: skip
    sheet.freeze_panes(1, 2)


def _write_lists(sheet: Any, looks: dict[str, Any], kind: Kind, lists: Lists) -> dict[str, str]:
    ranges = {}
    at = 0
    for one in kind.fields:
        names = offered(one, lists)
        if not names:
            continue
        sheet.set_column(at, at, 34)
        sheet.write_string(0, at, one.label, looks["head"])
        for row, name in enumerate(names, start=1):
            sheet.write_string(row, at, name, looks["text"])
        column = letters(at)
        ranges[one.name] = f"='{LIST_SHEET}'!${column}$2:${column}${len(names) + 1}"
        at += 1
    return ranges


def _write_guide(sheet: Any, looks: dict[str, Any], kind: Kind, lists: Lists) -> None:
    for at, width in enumerate((30, 12, 44, 30)):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, f"{GUIDE_SHEET}: {kind.label}", looks["title"])
    row = 1
    for text in (kind.about, *_STEPS, *kind.notes):
        sheet.merge_range(row, 0, row, 3, "", looks["plain"])
        sheet.write_string(row, 0, text, looks["plain"])
        row += 1
    row += 1
    for at, text in enumerate(("Cột", "Bắt buộc", "Cách ghi", "Ví dụ")):
        sheet.write_string(row, at, text, looks["head"])
    for line, one in enumerate(kind.fields, start=row + 1):
        how = [one.hint] if one.hint else []
        if offered(one, lists):
            how.append("Chọn trong danh sách")
        cells = (one.label, "Có" if one.needed else "", "; ".join(how), one.example)
        for at, text in enumerate(cells):
            sheet.write_string(line, at, text, looks["cell"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
