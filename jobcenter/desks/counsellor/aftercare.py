"""After the hire: who is to be asked whether they are still there, answers, terms, other jobs."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.advising.choices import FeedbackAbout
from jobcenter.audit.choices import Look
from jobcenter.desks import editing, once
from jobcenter.desks.access import allow, me
from jobcenter.desks.asking import ask_how_it_was
from jobcenter.desks.counsellor.aftercare_forms import OWN, AnswerForm, JobForm, TermsForm
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.errors import words
from jobcenter.desks.forms import Form
from jobcenter.desks.sights import saw
from jobcenter.enterprises import queries as enterprises
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.placements import checks, queries, terms
from jobcenter.placements.choices import (
    ANSWER_KINDS,
    ANSWER_LABELS,
    END_LABELS,
    WAY_LABELS,
    CheckAnswer,
    CheckWay,
    EndReason,
)
from jobcenter.referrals import hiring
from jobcenter.seekers import queries as seekers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcenter.placements.models import Placement

SHOWN = 100
FAMILY = {"answers": ANSWER_LABELS, "answer_kinds": ANSWER_KINDS, "ends": END_LABELS,
          "ways": WAY_LABELS}  # fmt: skip


@desk.get("/aftercare")
@allow(Right.SEEKERS_WRITE)
def aftercare() -> ResponseReturnValue:
    """List who is to be asked whether they are still in the job, the most overdue first."""
    everybody = request.args.get("who") == "all"
    rows = checks.due(db.session(), me(), user_id=None if everybody else me().user_id)
    saw([row.seeker.person_id for row in rows[:SHOWN]], Look.LIST)
    firms: dict[Any, int] = {}
    for row in rows:
        firms[row.placement.enterprise] = firms.get(row.placement.enterprise, 0) + 1
    return render_template(
        "counsellor/aftercare.html",
        rows=rows[:SHOWN],
        count=len(rows),
        firms=sorted(firms.items(), key=lambda pair: (-pair[1], pair[0].name))[:12],
        everybody=everybody,
        marks=checks.marks(db.session()),
        fresh=lambda: Form(formdata=None),
    )


@desk.get("/placements/<uuid:key>")
@allow(Right.SEEKERS_WRITE)
def placement(key: uuid.UUID) -> ResponseReturnValue:
    """Show one job: terms, what was learned since, and the question that is due."""
    return _placement_page(_found(key))


def _found(key: uuid.UUID) -> Placement:
    found = queries.one(db.session(), key, me())
    saw(found.seeker.person_id, Look.FILE)
    return found


def _placement_page(
    found: Placement, *, form: TermsForm | None = None, asking: AnswerForm | None = None
) -> ResponseReturnValue:
    session = db.session()
    files = seekers.of_people(session, me(), [found.seeker.person_id])
    page = render_template(
        "counsellor/placement.html",
        row=found,
        file=files.get(found.seeker.person_id),
        owner=found.seeker.person,
        form=form or editing.fresh(TermsForm.of(found, formdata=None), found),
        asking=asking or AnswerForm(formdata=None),
        tried=form or asking,
        form_errors=bool(form or asking),
        due=checks.mark_due(session, found),
        learned=checks.of_placements(session, [found.id]).get(found.id, []),
        marks=checks.marks(session),
        **FAMILY,
    )
    return page, 422 if form or asking else 200


@desk.post("/placements/<uuid:key>/terms")
@allow(Right.VACANCIES_WRITE)
def write_terms(key: uuid.UUID) -> ResponseReturnValue:
    """Write down contract, pay and probation."""
    found, form = _found(key), TermsForm()
    if not form.validate():
        return _placement_page(found, form=form)
    try:
        terms.write_terms(
            db.session(), placement=found, terms=form.terms(), version=form.seen_version(), by=me()
        )
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _placement_page(_found(key), form=form)
    flash(_("Đã ghi hợp đồng, lương, thử việc."), "success")
    return redirect(url_for("counsellor.placement", key=key), 303)


@desk.post("/placements/<uuid:key>/check")
@allow(Right.VACANCIES_WRITE)
def answer_check(key: uuid.UUID) -> ResponseReturnValue:
    """Keep what was learned; who left is ended in the same act, and a place may be free again."""
    found, form = _found(key), AnswerForm()
    there = url_for("counsellor.placement", key=key)
    back = url_for("counsellor.aftercare") if request.form.get("then") == "list" else there
    if before := once.already(form):
        return redirect(before, 303)
    if not form.validate():
        return _placement_page(found, asking=form)
    try:
        said = CheckAnswer(form.answer.data)
        mark = checks.mark_due(db.session(), found)
        frees = _end(found, form.end()) if said is CheckAnswer.LEFT else False
        checks.answer(
            db.session(), placement=found, said=said, way=CheckWay(form.way.data), mark=mark,
            said_by=form.said_by.data or "", note=form.note.data or "", by=me(),
        )  # fmt: skip
        if said is CheckAnswer.THERE:
            ask_how_it_was(found.seeker.person_id, FeedbackAbout.PLACEMENT)
        target = once.remember(form, back)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _placement_page(_found(key), asking=form)
    name = found.seeker.person.full_name
    told = (
        _("Đã ghi nghỉ việc. Chỗ này trống lại.") if frees else f"{name}: {_(ANSWER_LABELS[said])}"
    )
    flash(told, "success")
    return redirect(target, 303)


def _end(found: Placement, told: tuple[dt.date, EndReason]) -> bool:
    if found.ended_on is not None:
        return False
    return hiring.end_job(db.session(), placement=found, ended_on=told[0], reason=told[1], by=me())


@desk.route("/enterprises/<uuid:key>/still-there", methods=["GET", "POST"])
@allow(Right.VACANCIES_WRITE)
def firm_checks(key: uuid.UUID) -> ResponseReturnValue:
    """Go through a firm's people in one act, as its personnel office reads them out."""
    firm = enterprises.one(db.session(), key, me())
    rows = checks.due(db.session(), me(), enterprise_id=firm.id)[:SHOWN]
    form, wrong = Form(), {}
    if form.is_submitted():
        if before := once.already(form):
            return redirect(before, 303)
        wrong = _answered(rows) if form.validate() else {}
        if not wrong and not form.errors:
            here = url_for("counsellor.firm_checks", key=key)
            target = once.remember(form, here)
            db.session.commit()
            flash(_("Đã ghi các câu trả lời."), "success")
            return redirect(target, 303)
        db.session.rollback()
        firm = enterprises.one(db.session(), key, me())
        rows = checks.due(db.session(), me(), enterprise_id=firm.id)[:SHOWN]
    saw([row.seeker.person_id for row in rows], Look.LIST)
    page = render_template(
        "counsellor/firm_checks.html",
        firm=firm,
        rows=rows,
        form=form,
        faults=wrong,
        sent=request.form,
        form_errors=bool(wrong),
        **FAMILY,
    )
    return page, 422 if wrong else 200


def _answered(rows: Sequence[checks.DueCheck]) -> dict[uuid.UUID, str]:
    """Keep the answer of each line that has one; return what is wrong with which line."""
    wrong: dict[uuid.UUID, str] = {}
    by = vietnamese.clean_line(request.form.get("said_by", ""))[:120]
    for row in rows:
        key = row.placement.key
        typed = request.form.get(f"answer-{key}", "")
        if typed not in set(CheckAnswer):
            continue
        said = CheckAnswer(typed)
        try:
            if said is CheckAnswer.LEFT:
                _end(row.placement, _when_and_why(key))
            checks.answer(
                db.session(), placement=row.placement, said=said, way=CheckWay.FIRM_LIST,
                mark=row.mark, said_by=by, by=me(),
            )  # fmt: skip
        except Refused as refused:
            wrong[key] = words(refused)
    return wrong


def _when_and_why(key: uuid.UUID) -> tuple[dt.date, EndReason]:
    day, why = request.form.get(f"ended-{key}", ""), request.form.get(f"reason-{key}", "")
    if not day or why not in set(EndReason):
        raise Refused(N_("Ghi ngày nghỉ và lý do."))
    return vietnamese.parse_date(day), EndReason(why)


@desk.route("/seekers/<uuid:key>/job", methods=["GET", "POST"])
@allow(Right.VACANCIES_WRITE)
def record_job(key: uuid.UUID) -> ResponseReturnValue:
    """Write down a job without a vacancy of ours."""
    found = seekers.one(db.session(), key, me())
    saw(found.person_id, Look.FILE)
    form = JobForm()

    def act() -> Any:
        session = db.session()
        firm = enterprises.read_firm(session, form.firm.data or "", field="firm")
        if firm is None:
            raise Refused(N_("Cần điền mục này."), field="firm")
        return hiring.record_job(
            session, seeker=seekers.one(session, key, me()), enterprise=firm,
            started_on=form.start(), terms=form.terms(), is_own_find=OWN in (form.found.data or ()),
            by=me(),
        )  # fmt: skip

    return editing.create(
        form,
        act=act,
        leads_to=lambda made: url_for("counsellor.placement", key=made.key),
        told=lambda _made: _("Đã ghi nhận việc."),
        show=lambda: render_template(
            "counsellor/file/job.html",
            **frame(seekers.one(db.session(), key, me()), "advice"),
            form=form,
            firms=enterprises.names(db.session(), me()),
            form_errors=bool(form.errors),
        ),
    )


def jobs_shown(found: Any) -> dict[str, Any]:
    """Return what the page of a file tells of the person's jobs."""
    session = db.session()
    rows = checks.of_files(session, me(), seekers.files_of(session, found))
    return {
        "jobs": rows,
        "learned": checks.of_placements(session, [row.id for row in rows]),
        **FAMILY,
    }
