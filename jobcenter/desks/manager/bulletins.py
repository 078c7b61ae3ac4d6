"""The recruitment-demand bulletin in numbered rounds, on the page and as a file."""

from __future__ import annotations

import datetime as dt
import re

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.labels import code_label
from jobcenter.desks.manager.blueprint import desk
from jobcenter.desks.manager.reports import asked_period
from jobcenter.desks.paper_files import WORD, attachment, pdf_page
from jobcenter.documents import reports as documents
from jobcenter.documents.reports import Section
from jobcenter.documents.writing import number
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing
from jobcenter.reports import bulletin as room
from jobcenter.reports.bulletin import Bulletin, Round

_PATTERN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-([1-9]\d?)", re.ASCII)


@desk.get("/reports/bulletin")
@allow(Right.OVERVIEW)
def bulletin() -> ResponseReturnValue:
    """Show the bulletin of a round, the latest by default."""
    known = room.rounds(db.session())
    asked = _asked(known)
    return render_template(
        "manager/reports/bulletin.html",
        rounds=[(_code(one), named(one)) for one in known],
        code=_code(asked) if asked else "",
        found=room.bulletin(db.session(), asked) if asked else None,
        title=named(asked) if asked else "",
        period=asked_period(),
    )


@desk.get("/reports/bulletin/file.<form>")
@allow(Right.OVERVIEW)
def bulletin_file(form: str) -> ResponseReturnValue:
    """Give the bulletin of a round as PDF or Word."""
    asked = _asked(room.rounds(db.session()))
    if asked is None or form not in ("pdf", "docx"):
        raise Missing
    found = room.bulletin(db.session(), asked)
    title = f"NHU CẦU TUYỂN DỤNG LAO ĐỘNG {_vietnamese(asked).upper()}"
    lead, parts, name = _lead(found), _sections(found), f"nhu-cau-tuyen-{_code(asked)}"
    if form == "pdf":
        body = documents.pdf(db.session(), title=title, lead=lead, sections=parts)
        return pdf_page(body, name)
    return attachment(documents.docx(title=title, lead=lead, sections=parts), f"{name}.docx", WORD)


def named(of: Round) -> str:
    """Return a round as it is called: "Đợt 1, tháng 6/2023"."""
    month, count = of
    return str(_("Đợt %(n)s, tháng %(month)s", n=count, month=f"{month.month}/{month.year}"))


def _vietnamese(of: Round) -> str:
    return f"đợt {of[1]}, tháng {of[0].month}/{of[0].year}"


def _code(of: Round) -> str:
    return f"{of[0]:%Y-%m}-{of[1]}"


def _asked(known: list[Round]) -> Round | None:
    found = _PATTERN.fullmatch(request.args.get("round", ""))
    if found:
        one = (dt.date(int(found[1]) or 1, int(found[2]), 1), int(found[3]))
        if one in known:
            return one
    return known[0] if known else None


def _lead(found: Bulletin) -> str:
    return (
        f"{number(found.firms)} doanh nghiệp trong các khu công nghiệp, khu kinh tế cần tuyển "
        f"{number(found.wanted)} người; lao động phổ thông {number(found.general)} người "
        f"({number(found.general_percent or 0)}%), lao động qua đào tạo {number(found.trained)} "
        f"người ({number(found.trained_percent or 0)}%)."
    )


def _sections(found: Bulletin) -> list[Section]:
    head = ("Cần tuyển", "Tỷ lệ %", "Còn tuyển")
    parts = []
    for title, name, of, lines in (
        ("1. Theo nhóm vị trí", "Nhóm vị trí", "U", found.classes),
        ("2. Theo trình độ", "Trình độ", "B", found.qualifications),
    ):
        body = [
            [code_label(line.code, of), number(line.wanted), number(line.percent or 0),
             number(line.left)]
            for line in lines
        ]  # fmt: skip
        parts.append(Section(title, head=(name, *head), body=body, widths=(4, 2, 2, 2)))
    body = [[one.name, number(one.wanted), number(one.left)] for one in found.by_firm]
    head = ("Doanh nghiệp", "Cần tuyển", "Còn tuyển")
    parts.append(Section("3. Theo doanh nghiệp", head=head, body=body, widths=(5, 2, 2)))
    return parts
