"""The inventory of personal data and the impact file, made from the models."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import ROLE_LABELS, Right
from jobcenter.desks.access import allow
from jobcenter.desks.paper_files import WORD, attachment, pdf_page
from jobcenter.desks.privacy.blueprint import desk
from jobcenter.documents import reports
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing
from jobcenter.privacy.choices import HOW_LABELS
from jobcenter.privacy.inventory import impact, inventory

TITLE = "Hồ sơ đánh giá tác động xử lý dữ liệu cá nhân"
LEAD = (
    "Lập theo Luật Bảo vệ dữ liệu cá nhân 91/2025 và Nghị định 356/2025, từ chính phần mềm đang "
    "chạy. Chỗ trống do đơn vị điền."
)


@desk.get("/inventory")
@allow(Right.PRIVACY)
def show_inventory() -> ResponseReturnValue:
    """Show every table with personal data: fields, classes, purpose, who sees, what is erased."""
    return render_template(
        "privacy/inventory.html", lines=inventory(), roles=ROLE_LABELS, hows=HOW_LABELS
    )


@desk.get("/impact.<form>")
@allow(Right.PRIVACY)
def impact_file(form: str) -> ResponseReturnValue:
    """Give the impact assessment as PDF, or as Word to go on writing in."""
    if form not in ("pdf", "docx"):
        raise Missing
    sections = impact(db.session())
    if form == "docx":
        body = reports.docx(title=TITLE, lead=LEAD, sections=sections)
        return attachment(body, "danh-gia-tac-dong.docx", WORD)
    return pdf_page(
        reports.pdf(db.session(), title=TITLE, lead=LEAD, sections=sections), "danh-gia-tac-dong"
    )
