"""Files for tests of Excel in: a template filled in, and rows that are good."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import openpyxl
from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import lists
from jobcenter.exchange.fields import Kind
from jobcenter.exchange.template import template

PERSON = {
    "full_name": "Nguyễn Thị Thu Hường", "birth": "14/03/1998", "sex": "Nữ",
    "id_number": "031198001234", "phone": "0912345678", "current_commune": "Phường An Biên",
    "general_education": "Tốt nghiệp THPT", "wishes": "Công nhân may", "shifts": "3 ca x 8 giờ",
    "consent_register": "Có", "consent_introduce": "Có", "consent_on": "02/11/2026",
    "consent_way": "Trên giấy", "consent_evidence": "Phiếu số 12",
}  # fmt: skip
FIRM = {
    "name": "Công ty TNHH Dệt may Biển Xanh", "tax_number": "0209876543",
    "type": "Ngoài nhà nước", "park_code": "KCN Tràng Duệ", "phone": "0225 3842 111",
}  # fmt: skip
VACANCY = {"title": "Công nhân may", "headcount": 40, "pay_min": "8,5 triệu", "shift": "3 ca"}
LEARNER = {
    "full_name": "Nguyễn Thị Thu Hường", "birth": "14/03/1998", "sex": "Nữ",
    "id_number": "031198001234", "phone": "0912345678", "job_title": "Thợ hàn",
}  # fmt: skip
FIGURE = {"as_of": "31/10/2026", "vietnamese": 1200, "foreign": 30, "female": 900}


def filled(session: Session, kind: Kind, rows: Iterable[dict[str, Any]]) -> bytes:
    """Return our own template with these rows in it, as somebody fills it in with a program."""
    book = openpyxl.load_workbook(io.BytesIO(template(kind, lists(session))))
    sheet = book["Dữ liệu"]
    places = {one.name: at for at, one in enumerate(kind.fields, start=2)}
    for number, row in enumerate(rows, start=3):
        sheet.cell(number, 1).value = number - 2
        for name, value in row.items():
            sheet.cell(number, places[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bare(heads: list[Any], *rows: list[Any], **options: Any) -> bytes:
    """Return a workbook as an office has it: heads in row 1, cells as they are."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
