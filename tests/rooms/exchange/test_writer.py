"""The single writer: no value becomes a formula, figures and days are typed, lists are whole."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jobcenter.exchange.lists import ENTERPRISES, REGISTRATION, SEEKERS, VACANCIES, whole
from jobcenter.exchange.writer import DANGEROUS, Heading, Kind, csv_file, guard, xlsx
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Page, Slice
from tests.support.hostile import FORMULAS

SEED = os.environ.get("JOBCENTER_SEED", "1")
CELLS = int(os.environ.get("JOBCENTER_CELLS", "1000"))
REPORT = os.environ.get("JOBCENTER_PROOF_REPORT")
ATTACKS = [
    *(f"{start}cmd|' /C calc'!A0" for start in DANGEROUS),
    '=HYPERLINK("http://evil.example","x")', "+84912345678", "-2+3", "@SUM(1+1)", " =1+1",
    "\u00a0=1+1", "=1+1\t", "＝1+1", "{=1+1}", "'=1+1", '"=1+1"', "a,b;=1+1", "=1\n=2",
    "http://evil.example", "mailto:x@y", "1e309", "0912345678", "031098001234", "Nguyễn Thị Ễ",
]  # fmt: skip
HEADS = [
    Heading("Tên", Kind.TEXT, 20), Heading("Số", Kind.WHOLE, 8), Heading("Lương", Kind.MONEY, 12),
    Heading("Ngày", Kind.DAY, 12), Heading("Lúc", Kind.MOMENT, 16),
]  # fmt: skip
DAY = dt.date(2026, 2, 28)
MOMENT = dt.datetime(2026, 2, 28, 23, 59, tzinfo=dt.UTC)


def rows() -> list[list[Any]]:
    return [[text, -7, 8_500_000, DAY, MOMENT] for text in ATTACKS] + [[None] * 5]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx("Danh sách & =1+1", HEADS, rows())))
    sheet = book.active
    assert sheet is not None
    read = list(sheet.iter_rows(min_row=2))
    assert len(read) == len(ATTACKS) + 1
    for cells, text in zip(read, ATTACKS, strict=False):
        assert cells[0].data_type == "s", text
        assert cells[0].hyperlink is None
        # The file format writes a carriage return as _x000D_.
        assert str(cells[0].value).replace("_x000D_", "\r") == text
        assert [cell.value for cell in cells[1:3]] == [-7, 8_500_000]
        assert cells[3].value == dt.datetime(2026, 2, 28)  # noqa: DTZ001 - Excel knows no zones
    assert [cell.value for cell in read[-1]] == [None] * 5
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == ("9", "landscape") or (
        sheet.page_setup.paperSize, sheet.page_setup.orientation
    ) == (9, "landscape")  # fmt: skip


def test_no_cell_of_a_csv_file_begins_like_a_formula() -> None:
    body = csv_file(HEADS, rows())
    assert body.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    for cells, text in zip(read[1:], ATTACKS, strict=False):
        assert not cells[0].lstrip(" \u00a0").startswith(DANGEROUS), text
        assert cells[0] in (text, f"'{text}")
        assert cells[1:] == ["-7", "8500000", "28/02/2026", "28/02/2026 23:59"]


def corpus(count: int) -> list[str]:
    """Return hostile texts, drawn anew: known attacks behind every start, blank and quote."""
    draw = random.Random(f"formulas {SEED}")
    fronts = ("", " ", "\u00a0", "\u200b", "\ufeff", "'", '"', "\t", "\r\n", "\x00", "{")
    made = []
    while len(made) < count:
        text = draw.choice(FORMULAS + tuple(ATTACKS)).lstrip("=+-@")
        made.append(draw.choice(fronts) + draw.choice(DANGEROUS) + text)
    return made


def test_formulas_in_no_exported_cell_over_a_corpus_of_attacks() -> None:
    texts = corpus(CELLS // 4)
    rows = [[text, 1, 1, DAY, MOMENT] for text in texts]
    heads = [Heading("=1+1", one.kind, one.width) for one in HEADS]
    book = openpyxl.load_workbook(io.BytesIO(xlsx("=1+1", heads, rows)), read_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [cell for cell in cells if cell.data_type == "f"]
    book.close()
    body = csv_file(heads, rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(body, newline="")))
    # What a program may skip before it looks for a formula.
    blanks = " \u00a0\u200b\ufeff\x00"
    alive = [one for row in read for one in row if one.lstrip(blanks).startswith(DANGEROUS)]
    assert len(cells) == len([one for row in read for one in row]) == 5 * (len(texts) + 1)
    assert formulas == []
    assert alive == [], alive[:5]
    if REPORT:
        told = {"cells": 2 * len(cells), "hostile_texts": len(texts), "formulas": 0}
        Path(REPORT).write_text(json.dumps(told), encoding="utf-8")


def test_plain_text_is_left_alone() -> None:
    for text in ("Nguyễn Thị Thu Hường", "0912 345 678", "", "a=b", "1-2"):
        assert guard(text) == text


@pytest.mark.parametrize("shape", [SEEKERS, REGISTRATION, VACANCIES, ENTERPRISES])
def test_columns_have_names_of_their_own(shape: Any) -> None:
    names = [one.label for one in shape]
    assert len(set(names)) == len(names)
    assert all(8 <= one.width <= 60 for one in shape)


def test_a_list_is_read_chunk_by_chunk_to_its_end() -> None:
    everything = list(range(2_345))

    def fetch(window: Slice) -> Page[int]:
        part = everything[window.offset : window.offset + window.size]
        return Page(part, window.number, window.size, len(everything))

    assert list(whole(fetch)) == everything
    assert list(whole(lambda w: Page([], w.number, w.size, 0))) == []
    with pytest.raises(Refused, match="Lọc bớt"):
        list(whole(lambda w: Page([1], w.number, w.size, 20_001)))
