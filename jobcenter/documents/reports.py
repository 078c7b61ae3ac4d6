"""Plain reports under the letterhead: a title, a lead, sections of rows or of a table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.shared import Pt
from sqlalchemy.orm import Session

from jobcenter.catalogue.choices import Unit
from jobcenter.catalogue.units import unit_at
from jobcenter.documents import typesetting, writing
from jobcenter.kernel import clock, training


@dataclass(frozen=True)
class Section:
    """A part of a report: words, then rows "name: value", then a table."""

    title: str
    text: str = ""
    rows: Sequence[tuple[str, str]] = ()
    head: Sequence[str] = ()
    body: Sequence[Sequence[str]] = field(default=())
    widths: Sequence[int] = ()


def pdf(session: Session, *, title: str, lead: str, sections: Sequence[Section]) -> bytes:
    """Return a report as PDF; it has no number and is signed by nobody."""
    unit = unit_at(session, Unit.CENTRE, clock.today())
    head = typesetting.Head(
        so="…………", noi_ngay=writing.long_day(unit.place, clock.today()),
        cap_tren=unit.superior_vi.upper(), don_vi=unit.name_vi.upper(), chuc_vu_ky="",
        nguoi_ky="", gia_tri_den="", ma_xac_nhan="", ten_giay=title,
        trang_thai="BẢN TẬP HUẤN" if training.is_training() else "",
    )  # fmt: skip
    content = {"mo_dau": lead, "phan": [_told(one) for one in sections]}
    return typesetting.pdf([typesetting.Sheet("report", head, content)])


def _told(one: Section) -> dict[str, Any]:
    return {
        "ten": one.title,
        "loi": one.text,
        "dong": [{"ten": name, "tri": value} for name, value in one.rows],
        "cot": list(one.head),
        "rong": list(one.widths) or [1] * len(one.head),
        "bang": [list(row) for row in one.body],
    }


def docx(*, title: str, lead: str, sections: Sequence[Section]) -> bytes:
    """Return the same report as a Word file that the office goes on writing in."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    document.add_heading(title, level=1)
    document.add_paragraph(lead)
    for one in sections:
        document.add_heading(one.title, level=2)
        if one.text:
            document.add_paragraph(one.text)
        for name, value in one.rows:
            document.add_paragraph(f"{name}: {value}")
        if one.head:
            _table(document, one)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, one: Section) -> None:
    table = document.add_table(rows=1, cols=len(one.head))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, one.head, strict=True):
        cell.text = text
    for row in one.body:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
