"""From contents to one PDF: typst with the fonts of this folder and no others."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import segno
import typst

HERE = Path(__file__).parent
FORMS = HERE / "forms"


@dataclass(frozen=True)
class Head:
    """What stands around the content: letterhead, number, signature."""

    so: str
    noi_ngay: str
    cap_tren: str
    don_vi: str
    chuc_vu_ky: str
    nguoi_ky: str
    gia_tri_den: str
    ma_xac_nhan: str
    ten_giay: str
    trang_thai: str = ""
    dia_chi_xac_nhan: str = ""
    qr: str = ""


@dataclass(frozen=True)
class Sheet:
    """One paper to set: the name of its form, what stands around it, what it says."""

    form: str
    head: Head
    content: dict[str, Any]


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")]
    )
    return typst.Compiler(str(FORMS / "main.typ"), root=str(FORMS), font_paths=fonts)


def pdf(sheets: Sequence[Sheet]) -> bytes:
    """Return one PDF with every sheet on pages of its own, numbered from 1 each."""
    data = json.dumps([asdict(sheet) for sheet in sheets], ensure_ascii=False)
    made = _compiler().compile(sys_inputs={"data": data}, format="pdf")
    return cast("bytes", made)


def qr(address: str) -> str:
    """Return a QR code as SVG text."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, border=0, omitsize=True
    )
    return out.getvalue().decode()
