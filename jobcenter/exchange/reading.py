"""Reading a file that somebody sent: which kind it is, then its cells; refuses in clear words.

Workbooks are opened by a process of their own with limits of memory and time (`opening`): a file
made to hurt costs that process alone. Nothing is unpacked to disk, nothing of the file is kept.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobcenter.exchange.opening import MOST_COLUMNS, MOST_ROWS, MOST_TEXT
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

MOST_BYTES = 12 * 1024 * 1024
WALL_SECONDS = 40
ROOT = Path(__file__).resolve().parents[2]
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Cell = str | float | bool | dt.date | dt.datetime | None
WRONGS = {
    "unreadable": N_("Không đọc được tệp: tệp hỏng hoặc không phải tệp Excel. Mở bằng Excel rồi "
                     "lưu lại dạng .xlsx."),
    "bomb": N_("Tệp này giải nén ra quá lớn, không nhận."),
    "macro": N_("Tệp có macro. Lưu lại dạng .xlsx không macro."),
    "ods": N_("Tệp .ods của LibreOffice chưa đọc được. Lưu lại dạng .xlsx."),
    "xls": N_("Tệp .xls kiểu cũ chưa đọc được. Mở bằng Excel rồi lưu dạng .xlsx."),
    "xlsb": N_("Tệp .xlsb chưa đọc được. Lưu lại dạng .xlsx."),
    "word": N_("Đây là tệp Word. Cần tệp Excel .xlsx hoặc tệp .csv."),
    "pdf": N_("Đây là tệp PDF. Cần tệp Excel .xlsx hoặc tệp .csv."),
    "web": N_("Đây là trang web được đặt tên như tệp Excel. Mở bằng Excel rồi lưu dạng .xlsx."),
    "no-workbook": N_("Đây không phải tệp Excel. Cần tệp .xlsx hoặc .csv."),
    "encrypted": N_("Tệp có mật khẩu. Bỏ mật khẩu rồi tải lại."),
    "entities": N_("Tệp có phần không tệp Excel nào có, không nhận."),
    "no-sheet": N_("Tệp không có trang tính nào hiện ra."),
    "too-wide": N_("Bảng rộng quá 120 cột. Chép riêng bảng sang một tệp mới rồi tải lại."),
    "too-long": N_("Bảng dài quá 20.000 dòng. Chia thành nhiều tệp rồi tải từng tệp."),
    "spent": N_("Đọc tệp này tốn quá nhiều bộ nhớ hoặc thời gian. Chép riêng bảng sang một tệp "
                "mới rồi tải lại."),
    "empty": N_("Tệp trống."),
    "letters": N_("Tệp .csv ghi bằng bảng mã cũ. Lưu lại dạng “CSV UTF-8”, hoặc .xlsx."),
    "too-big": N_("Tệp lớn quá 12 MB. Bỏ ảnh và trang thừa, hoặc chia thành nhiều tệp."),
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """The cells of one sheet as they stand, the formulas in it, and how it counts days."""

    rows: list[list[Cell]]
    sheet: str = ""
    formulas: tuple[str, ...] = ()
    is_1904: bool = False


def read(data: bytes) -> Table:
    """Return the cells of a workbook or of a CSV file; refuses whatever else it is."""
    if not data.strip(b"\0 \r\n\t"):
        raise wrong("empty")
    if len(data) > MOST_BYTES:
        raise wrong("too-big")
    if data.startswith(ZIP):
        return _workbook(data)
    return _text(data)


def wrong(name: str) -> Refused:
    """Return the refusal of this name."""
    return Refused(WRONGS.get(name, WRONGS["unreadable"]), field="file")


def _workbook(data: bytes) -> Table:
    told = _told(data)
    if "wrong" in told:
        raise wrong(str(told["wrong"]))
    return Table(
        rows=[[_cell(one) for one in row] for row in told["rows"]],
        sheet=str(told["sheet"]),
        formulas=tuple(told["formulas"]),
        is_1904=bool(told["is_1904"]),
    )


def _told(data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-m", "jobcenter.exchange.opening"]
    around = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing of the file in the line
            command, input=data, capture_output=True, timeout=WALL_SECONDS, check=False,
            cwd=ROOT, env=around,  # neither our settings nor our keys are in its reach
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise wrong("spent") from None
    if done.returncode != 0:
        raise wrong("spent")
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise wrong("unreadable") from None
    if not isinstance(told, dict):
        raise wrong("unreadable")
    return told


def _cell(told: Any) -> Cell:
    if isinstance(told, dict):
        if "day" in told:
            return dt.date.fromisoformat(told["day"])
        return dt.datetime.fromisoformat(told["at"])
    return None if told == "" else told


def _text(data: bytes) -> Table:
    """Return the cells of a CSV file; names what it is where it is something else."""
    if data.startswith(OLE):
        is_sealed = "EncryptedPackage".encode("utf-16-le") in data
        raise wrong("encrypted" if is_sealed else "xls")
    if data.startswith(b"%PDF"):
        raise wrong("pdf")
    text = _decoded(data)
    head = text[:2000].lstrip().casefold()
    if head.startswith(("<!doctype", "<html", "<?xml", "<table", "{", "[{", "{\\rtf")):
        raise wrong("web")
    return Table(rows=_lines(text))


def _decoded(data: bytes) -> str:
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                is_binary = b"\0" in data[:4096]
                raise wrong("no-workbook" if is_binary else "letters") from None
            if "\0" in text:
                raise wrong("no-workbook")
            return text
    raise wrong("letters")


def _lines(text: str) -> list[list[Cell]]:
    first = text.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=False):
            if len(row) > MOST_COLUMNS:
                raise wrong("too-wide")
            cells: list[Cell] = [one[:MOST_TEXT] or None for one in row]
            while cells and cells[-1] is None:
                cells.pop()
            rows.append(cells)
            if len(rows) > MOST_ROWS:
                raise wrong("too-long")
    except csv.Error:
        raise wrong("unreadable") from None
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise wrong("empty")
    return rows


def is_formula(text: str) -> bool:
    """Say whether a text is written like a formula, as in a CSV file or after an apostrophe."""
    return text.lstrip("'\u2019 \u00a0\t\u200b\ufeff").startswith(("=", "＝", "@", "＠"))
