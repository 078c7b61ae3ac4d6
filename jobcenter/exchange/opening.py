"""The program that opens a stranger's workbook, alone in a process with little to spend.

`python -m jobcenter.exchange.opening` reads a workbook from its input and writes JSON: the cells of
the sheet that holds data, or the name of what is wrong. It sees no settings, keys or database.
Macros, entities, bombs and lying sizes are looked for before any parser of ours meets the file.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
import zipfile
from typing import Any

try:
    import resource
except ImportError:  # there is none on Windows
    resource = None  # type: ignore[assignment]

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20
MOST_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 300
MOST_COLUMNS = 120
MOST_ROWS = 20_100  # of data, and what stands around them
MOST_TEXT = 4_000  # letters of a cell that are looked at
DATA_SHEET = "Dữ liệu"  # as our own templates call it
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b(?:[^>]*?\sr="([A-Z]{1,3}\d{1,7})")?[^>]*>\s*<(?:\w+:)?f[\s/>]'
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")


class Wrong(Exception):
    """What is wrong with the file; its text is one of `reading.WRONGS`."""


def main() -> int:
    """Read a workbook, say what it holds."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        told = opened(data)
    except Wrong as wrong:
        told = {"wrong": str(wrong)}
    except (CalamineError, OSError, ValueError, KeyError, RecursionError, zipfile.BadZipFile):
        told = {"wrong": "unreadable"}
    sys.stdout.write(json.dumps(told, ensure_ascii=True, separators=(",", ":")))
    return 0


def _limit() -> None:
    """Bound what this process may spend; it can write no file."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(data: bytes) -> dict[str, Any]:
    """Return the cells of the sheet with data, its formulas, and how it counts days."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _parts(archive)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    name = _chosen(book)
    sheet = book.get_sheet_by_name(name)
    if sheet.total_width > MOST_COLUMNS:
        raise Wrong("too-wide")
    rows = _cells(sheet.to_python(skip_empty_area=False))
    return {
        "sheet": name,
        "rows": rows,
        "formulas": _formulas(parts, name),
        "is_1904": bool(_1904.search(parts.get("xl/workbook.xml", b""))),
    }


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Return every part of XML unpacked, counted as it unpacks, not as it says."""
    infos = archive.infolist()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise Wrong("bomb")
    _refuse_others(archive, {info.filename for info in infos})
    kept: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for info in infos:
        body = _unpacked(archive, info, left)
        left -= len(body)
        if info.filename.lower().endswith((".xml", ".rels")):
            _refuse_entities(body[:4096].lstrip())
            kept[info.filename] = body
    if b"macroEnabled" in kept.get("[Content_Types].xml", b""):
        raise Wrong("macro")
    return kept


def _refuse_others(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Refuse, by its name, what is no workbook of ours."""
    if any("vbaproject" in name.lower() for name in names):
        raise Wrong("macro")
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:100]:
        raise Wrong("ods")
    if "xl/workbook.bin" in names:
        raise Wrong("xlsb")
    if "xl/workbook.xml" not in names:
        raise Wrong("word" if "word/document.xml" in names else "no-workbook")


def _refuse_entities(head: bytes) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Wrong("entities")


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    if info.flag_bits & 1:
        raise Wrong("encrypted")
    with archive.open(info) as part:
        body = part.read(most + 1)
    if len(body) > most:
        raise Wrong("bomb")
    return body


def _chosen(book: CalamineWorkbook) -> str:
    """Return the sheet that holds data: the one our templates name so, else the first shown."""
    sheets = [
        one.name for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
    ]  # fmt: skip
    if not sheets:
        raise Wrong("no-sheet")
    return DATA_SHEET if DATA_SHEET in sheets else sheets[0]


def _cells(rows: list[list[Any]]) -> list[list[Any]]:
    found = [_trimmed([_plain(cell) for cell in row]) for row in rows]
    while found and not found[-1]:
        found.pop()
    if sum(1 for row in found if row) > MOST_ROWS:
        raise Wrong("too-long")
    return found


def _trimmed(row: list[Any]) -> list[Any]:
    while row and row[-1] == "":
        row.pop()
    return row


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell[:MOST_TEXT]
    if isinstance(cell, dt.datetime):
        return {"at": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"day": cell.isoformat()}
    if isinstance(cell, bool | int | float):
        return cell
    return str(cell)[:MOST_TEXT]  # an hour or a length of time: no column of ours reads one


def _formulas(parts: dict[str, bytes], sheet: str) -> list[str]:
    """Return the cells of the sheet that hold a formula, "?" where the file does not say which."""
    body = parts.get(_path(parts, sheet), b"")
    if b"f>" not in body and b"f " not in body:
        return []
    return [(found.group(1) or b"?").decode() for found in _FORMULA.finditer(body)]


def _path(parts: dict[str, bytes], sheet: str) -> str:
    book = parts.get("xl/workbook.xml", b"").decode("utf-8", "replace")
    links = parts.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets = {one.get("Id", ""): one.get("Target", "") for one in _attributes(_RELATION, links)}
    for one in _attributes(_SHEET, book):
        if _unescaped(one.get("name", "")) == sheet:
            target = targets.get(one.get("r:id", one.get("id", "")), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _attributes(tag: re.Pattern[str], text: str) -> list[dict[str, str]]:
    return [
        {name: first or second for name, first, second in _ATTRIBUTE.findall(found.group(1))}
        for found in tag.finditer(text)
    ]


def _unescaped(text: str) -> str:
    for code, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(code, letter)
    return text.replace("&amp;", "&")


if __name__ == "__main__":
    sys.exit(main())
