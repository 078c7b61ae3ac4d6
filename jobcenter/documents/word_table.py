"""A list of the school as a Word file that the office goes on writing in."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH

from jobcenter.documents.school_papers import TableOf


def docx(table: TableOf) -> bytes:
    """Return title, facts, articles and the table, in Times as offices write."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    if table.across:
        page = document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(table.title.upper()).bold = True
    below = document.add_paragraph(table.sub)
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, value in table.facts:
        document.add_paragraph(f"{name}: {value}")
    for text in table.words:
        document.add_paragraph(text)
    grid = document.add_table(rows=1, cols=len(table.heads))
    grid.style = "Table Grid"
    for cell, (text, _share) in zip(grid.rows[0].cells, table.heads, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
