"""The lists of a class as PDF or as a workbook that the office edits."""

from __future__ import annotations

import uuid

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.paper_files import attachment, pdf_page
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.teaching import course_of, frame, learners_of
from jobcenter.desks.sights import saw
from jobcenter.documents import school_papers, word_table
from jobcenter.documents.school_papers import SCHOOL_LISTS, TableOf
from jobcenter.exchange.writer import Heading, Kind, xlsx
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing
from jobcenter.tuition import queries as tuition

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk.get("/classes/<uuid:class_key>/papers")
@allow(Right.SCHOOL)
def class_papers(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show which papers of a class there are."""
    course = course_of(class_key)
    return render_template(
        "school/teach/papers.html",
        **frame(course, "papers"),
        papers=SCHOOL_LISTS,
        sheets=tuition.sheets(db.session(), course),
    )


@desk.get("/classes/<uuid:class_key>/papers/<paper>.<form>")
@allow(Right.SCHOOL)
def class_paper(class_key: uuid.UUID, paper: str, form: str) -> ResponseReturnValue:
    """Give one list of a class."""
    course = course_of(class_key)
    if paper not in SCHOOL_LISTS:
        raise Missing
    look = Look.PAPER if form == "pdf" else Look.EXPORT
    saw([row.person_id for row in learners_of(course)], look)
    table = school_papers.make(db.session(), paper, course, me())
    return file_of(table, f"{course.code} {_(SCHOOL_LISTS[paper])}", form)


@desk.get("/classes/<uuid:class_key>/payments/<uuid:payments_key>.<form>")
@allow(Right.SCHOOL)
def payment_paper(class_key: uuid.UUID, payments_key: uuid.UUID, form: str) -> ResponseReturnValue:
    """Give a payment sheet."""
    course = course_of(class_key)
    sheet = tuition.one_sheet(db.session(), payments_key, course)
    look = Look.PAPER if form == "pdf" else Look.EXPORT
    saw([item.person_id for item in sheet.items], look)
    return file_of(school_papers.payment_sheet(db.session(), sheet), sheet.number, form)


def file_of(table: TableOf, name: str, form: str) -> ResponseReturnValue:
    """Return a table as the file that was asked for."""
    if form == "pdf":
        return pdf_page(school_papers.pdf(db.session(), table), name)
    if form == "docx":
        return attachment(word_table.docx(table), f"{name}.docx", WORD)
    if form != "xlsx":
        raise Missing
    heads = [Heading(head, Kind.TEXT, max(8, int(share * 5))) for head, share in table.heads]
    return attachment(xlsx(f"{table.title}. {table.sub}", heads, table.rows), f"{name}.xlsx", EXCEL)
