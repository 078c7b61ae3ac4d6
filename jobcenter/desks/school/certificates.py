"""Certificates of a class, the register, one line of it, and printing."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.catalogue.choices import AWARD_LABELS, Award
from jobcenter.certificates import queries, rules, safety
from jobcenter.certificates.choices import ENTRY_LABELS, KINDS, ON_BLANKS, SAFETY, Entry
from jobcenter.courses import queries as courses
from jobcenter.courses.choices import GRADE_LABELS
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.errors import words
from jobcenter.desks.paper_files import confirm_address, pdf_page
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.teaching import ActForm, course_of, frame, learners_of
from jobcenter.desks.sights import saw
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.documents import rules as documents
from jobcenter.enrolments.choices import EnrolState
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.papers import rules as papers
from jobcenter.teaching import queries as teaching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcenter.certificates.models import Certificate

MOST_AT_ONCE = 60


def types_with_paper() -> list[str]:
    """Return the programme types for which the school issues a paper now."""
    rules_of = courses.rules_of_types(db.session())
    return [of for of, rows in rules_of.items() if rows[0].award in KINDS]


@desk.get("/certificates")
@allow(Right.SCHOOL)
def certificates() -> ResponseReturnValue:
    """Show the register, and which classes wait for their certificates."""
    award = request.args.get("award", "")
    year = request.args.get("year", "")
    text = vietnamese.clean_line(request.args.get("q", ""))[:80]
    page = queries.listed(
        db.session(), me(), asked(request.args.get("page")),
        award=Award(award) if award in set(Award) else None,
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        text=text,
    )  # fmt: skip
    saw([row.enrolment.person_id for row in page.items], Look.LIST)
    return render_template(
        "school/certificates/list.html",
        page=page,
        award=award,
        year=year,
        text=text,
        awards=[(one, AWARD_LABELS[one]) for one in KINDS],
        award_labels=AWARD_LABELS,
        entry_labels=ENTRY_LABELS,
        waiting=queries.to_issue(db.session(), types_with_paper()),
    )


@desk.get("/classes/<uuid:class_key>/certificates")
@allow(Right.SCHOOL)
def class_certificates(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show who passed, who holds which paper, and issue to those who do not."""
    course = course_of(class_key)
    session = db.session()
    rows = [row for row in learners_of(course) if row.state is EnrolState.COMPLETED]
    ids = [row.id for row in rows]
    rule = courses.rule_of(session, course.programme.type, on=course.starts_on)
    award = rule.award if rule else Award.NONE
    return render_template(
        "school/certificates/of_class.html",
        **frame(course, "certificates"),
        rows=rows,
        award=award,
        award_labels=AWARD_LABELS,
        is_safety=award in SAFETY,
        is_issued=award in KINDS,
        results=teaching.results(session, ids),
        held=queries.of_enrolments(session, ids),
        records=queries.records(session, ids),
        grades=GRADE_LABELS,
        entry_labels=ENTRY_LABELS,
        next_blank=queries.next_blanks(session).get(award) if award in ON_BLANKS else None,
        needs_blank=award in ON_BLANKS,
    )


@desk.post("/classes/<uuid:class_key>/certificates")
@allow(Right.SCHOOL)
def issue_certificates(class_key: uuid.UUID) -> ResponseReturnValue:
    """Issue to the chosen learners, in the order of their names."""
    course = course_of(class_key)
    here = url_for("school.class_certificates", class_key=class_key)
    form = ActForm()
    if before := once.already(form):
        return redirect(before, 303)
    wanted = {key_in(one) for one in request.form.getlist("learner")[:500]}
    chosen = [row for row in learners_of(course) if row.key in wanted]
    if not form.validate() or not chosen:
        flash(_("Chọn ít nhất một người."), "warning")
        return redirect(here, 303)
    session = db.session()
    rule = courses.rule_of(session, course.programme.type, on=course.starts_on)
    try:
        refused = None
        if rule is not None and rule.award in SAFETY:
            count = safety.enter(session, course=course, learners=chosen, by=me())
        else:
            count, refused = rules.issue_all(session, learners=chosen, by=me())
        once.remember(form, here)
        db.session.commit()
        if refused:
            flash(words(refused), "error")
        flash(_("Đã cấp %(count)s trên %(all)s người.", count=count, all=len(chosen)), "success")
    except Refused as refused_all:
        db.session.rollback()
        flash(words(refused_all), "error")
    return redirect(here, 303)


@desk.post("/certificates/print")
@allow(Right.SCHOOL)
def print_certificates() -> ResponseReturnValue:
    """Give the chosen certificates as one PDF; each print is a line of the ledger."""
    keys = [key for one in request.form.getlist("certificate") if (key := key_in(one))]
    if not ActForm().validate() or not keys:
        flash(_("Chọn ít nhất một giấy để in."), "warning")
        return redirect(url_for("school.certificates"), 303)
    if len(keys) > MOST_AT_ONCE:
        flash(_("Mỗi lần in nhiều nhất %(most)s giấy.", most=MOST_AT_ONCE), "warning")
        return redirect(url_for("school.certificates"), 303)
    rows = queries.by_keys(db.session(), me(), keys)
    if len(rows) != len(set(keys)):
        raise Missing
    standing = [row for row in rows if row.ended is None]
    if not standing:
        flash(_("Các giấy đã chọn đều đã thu hồi hoặc huỷ."), "warning")
        return redirect(url_for("school.certificates"), 303)
    return _pdf(standing)


def _pdf(rows: Sequence[Certificate]) -> ResponseReturnValue:
    session = db.session()
    saw([row.enrolment.person_id for row in rows], Look.PAPER)
    found = [row.paper for row in rows]
    body = documents.pdf(session, found, address=confirm_address(""))
    for paper in found:
        papers.record_print(session, paper=paper, by=me())
    db.session.commit()
    return pdf_page(body, _("%(count)s giấy", count=len(found)))


@desk.get("/certificates/<uuid:certificate_key>")
@allow(Right.SCHOOL)
def certificate(certificate_key: uuid.UUID) -> ResponseReturnValue:
    """Show one line of the register with all that happened to it."""
    return _one(certificate_key)


def _one(key: uuid.UUID, refused: str = "") -> str:
    row = queries.one(db.session(), key, me())
    saw(row.enrolment.person_id, Look.FILE)
    verbs = [one for one in Entry if one is not Entry.ISSUED]
    if row.award not in ON_BLANKS:
        verbs = [one for one in verbs if one is not Entry.BLANK_REPLACED]
    return render_template(
        "school/certificates/show.html",
        row=row,
        award_labels=AWARD_LABELS,
        entry_labels=ENTRY_LABELS,
        verbs=verbs if row.ended is None else [],
        fresh=lambda: ActForm(formdata=None),
        refused=refused,
        typed=request.form,
        confirm_at=confirm_address(row.paper.code) if row.paper.code else "",
    )


@desk.post("/certificates/<uuid:certificate_key>")
@allow(Right.SCHOOL)
def write_certificate(certificate_key: uuid.UUID) -> ResponseReturnValue:
    """Hand over, issue again, replace the blank, revoke or cancel."""
    row = queries.one(db.session(), certificate_key, me())
    here = url_for("school.certificate", certificate_key=certificate_key)
    form = ActForm()
    if before := once.already(form):
        return redirect(before, 303)
    kind = request.form.get("kind", "")
    try:
        if not form.validate() or kind not in set(Entry):
            raise Refused(N_("Chọn một giá trị trong danh sách."), field="kind")
        rules.write(
            db.session(), certificate=row, kind=Entry(kind), by=me(),
            reason=request.form.get("reason", ""), decision=request.form.get("decision", ""),
            receiver=request.form.get("receiver", ""),
        )  # fmt: skip
    except Refused as refused:
        told = words(refused)
        db.session.rollback()
        return _one(certificate_key, told), 422
    once.remember(form, here)
    db.session.commit()
    flash(_("Đã ghi vào sổ: %(what)s.", what=_(ENTRY_LABELS[Entry(kind)])), "success")
    return redirect(here, 303)
