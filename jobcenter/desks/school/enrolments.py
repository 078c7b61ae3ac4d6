"""Who wants to learn: the line of a class, its sharing out, acts on one and on many people."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.audit.queries import history
from jobcenter.courses import queries as courses
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.class_words import WORDS
from jobcenter.desks.errors import words
from jobcenter.desks.forms import Form
from jobcenter.desks.school.blueprint import desk
from jobcenter.desks.school.class_frame import frame
from jobcenter.desks.school.enrolment_forms import (
    EnrolmentFilterForm,
    FundingForm,
    LeaveForm,
    TransferForm,
)
from jobcenter.desks.sights import saw
from jobcenter.desks.vacancy_lists import key_in
from jobcenter.enrolments import eligibility, filling, queries, rules, support
from jobcenter.enrolments.choices import ENROL_MOVES, OFFER_DAYS, VERB_LABELS
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.settings.queries import setting

MOST_AT_ONCE = 200
LEAVING = ("decline", "withdraw", "refuse", "drop")
BULK: dict[str, str] = {
    "enrol": N_("Ghi vào lớp"),
    "offer": N_("Mời vào lớp"),
    "refuse": N_("Không nhận"),
    "withdraw": N_("Ghi rút đơn"),
    "drop": N_("Ghi bỏ học"),
}


@desk.get("/classes/<uuid:class_key>/line")
@allow(Right.CLASSES_READ)
def class_line(class_key: uuid.UUID) -> ResponseReturnValue:
    """Show who is invited and who waits, in their turn, and what the rule would give."""
    return _line(class_key)


def _line(class_key: uuid.UUID, refused: Refused | None = None) -> str:
    course = courses.one_class(db.session(), class_key, me())
    sharing = filling.share(db.session(), course)
    invited = queries.offered(db.session(), me(), course)
    past = queries.past(db.session(), me(), course)
    people = [turn.enrolment.person for turn in sharing.turns]
    saw([one.person_id for one in (*invited, *past)] + [p.id for p in people], Look.LIST)
    warnings = {
        turn.enrolment.id: [
            ground for ground in eligibility.grounds(db.session(), turn.enrolment.person, course)
            if ground.state in ("warn", "ask", "fail") and ground.name not in ("twice", "open")
        ]
        for turn in sharing.turns[:50]
    }  # fmt: skip
    return render_template(
        "school/class/line.html",
        sharing=sharing,
        past=past,
        grounds=warnings,
        days=setting(db.session(), OFFER_DAYS),
        bulk={verb: BULK[verb] for verb in ("offer", "enrol", "refuse", "withdraw")},
        refused=refused,
        form_errors=bool(refused),
        **frame(course, "line"),
    )


def _act_on_line(class_key: uuid.UUID, act: Callable[[Any], int]) -> ResponseReturnValue:
    form = Form()
    there = url_for("school.class_line", class_key=class_key)
    if before := once.already(form):
        return redirect(before, 303)
    course = courses.one_class(db.session(), class_key, me())
    if not form.validate():
        return redirect(there, 303)
    try:
        count = act(course)
        once.remember(form, there)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _line(class_key, refused), 422
    if count:
        flash(ngettext("Đã mời %(num)s người.", "Đã mời %(num)s người.", count), "success")
    else:
        flash(_("Không có chỗ trống hoặc không còn ai chờ."), "warning")
    return redirect(there, 303)


@desk.post("/classes/<uuid:class_key>/fill")
@allow(Right.SCHOOL)
def fill_class(class_key: uuid.UUID) -> ResponseReturnValue:
    """Share out the free places by the written rule."""
    return _act_on_line(
        class_key, lambda course: filling.fill(db.session(), course=course, by=me())
    )


@desk.post("/classes/<uuid:class_key>/invite")
@allow(Right.SCHOOL)
def invite_next(class_key: uuid.UUID) -> ResponseReturnValue:
    """Offer the free places down the waiting list."""
    return _act_on_line(
        class_key, lambda course: filling.invite_next(db.session(), course=course, by=me())
    )


@desk.get("/enrolments")
@allow(Right.CLASSES_READ)
def enrolments() -> ResponseReturnValue:
    """List applications and learners by the filters in the address."""
    form = EnrolmentFilterForm(request.args)
    wanted = form.wanted(
        course=key_in(request.args.get("course")), due=request.args.get("due") == "yes"
    )
    page = queries.listed(db.session(), me(), wanted, asked(request.args.get("page")))
    saw([one.person_id for one in page.items], Look.LIST)
    return render_template(
        "school/enrolments_list.html",
        form=form,
        page=page,
        wanted=wanted,
        bulk=BULK,
        may_write=me().may(Right.SCHOOL),
        fresh=lambda: Form(formdata=None),
        **WORDS,
    )


@desk.post("/enrolments/act")
@allow(Right.SCHOOL)
def act_on_many() -> ResponseReturnValue:
    """Do one thing for each person that was ticked; whoever it is refused for is named."""
    form, verb = Form(), request.form.get("verb", "")
    back = _back(request.form.get("back"))
    if verb not in BULK or not form.validate():
        flash(_("Chọn người và việc cần làm."), "warning")
        return redirect(back, 303)
    if before := once.already(form):
        return redirect(before, 303)
    keys = _keys(request.form.getlist("enrolment"))
    chosen = queries.by_keys(db.session(), keys, me())
    done, against = 0, []
    for row in chosen:
        try:
            with db.session.begin_nested():
                _act(row, verb, request.form.get("reason", ""))
            done += 1
        except Refused as refused:
            against.append(f"{row.person.full_name}: {words(refused)}")
    once.remember(form, back)
    db.session.commit()
    if done:
        flash(ngettext("Đã ghi %(num)s người.", "Đã ghi %(num)s người.", done), "success")
    for text in against[:10]:
        flash(text, "warning")
    if not chosen:
        flash(_("Chọn ít nhất một người."), "warning")
    return redirect(back, 303)


def _act(row: Any, verb: str, reason: str) -> None:
    session, by = db.session(), me()
    if verb == "enrol":
        rules.enrol(session, enrolment=row, by=by)
    elif verb == "offer":
        rules.offer(session, enrolment=row, by=by)
    elif verb == "return":
        rules.come_back(session, enrolment=row, by=by)
    else:
        rules.leave(session, enrolment=row, verb=verb, reason=reason, by=by)


def _keys(typed: list[str]) -> list[uuid.UUID]:
    found = []
    for text in typed[:MOST_AT_ONCE]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _back(text: str | None) -> str:
    """Return the page that a bulk act came from: the list, or a class."""
    key = None
    if text:
        try:
            key = uuid.UUID(text)
        except ValueError:
            key = None
    if key is None:
        return url_for("school.enrolments")
    return url_for("school.class_line", class_key=key)


@desk.get("/enrolments/<uuid:enrolment_key>")
@allow(Right.CLASSES_READ)
def enrolment(enrolment_key: uuid.UUID) -> ResponseReturnValue:
    """Show one learner in one class: state, funding, proof, what happened."""
    return _show(enrolment_key)


def _show(
    key: uuid.UUID, *, leaving: LeaveForm | None = None, funding: FundingForm | None = None,
    moving: TransferForm | None = None, refused: Refused | None = None,
) -> str:  # fmt: skip
    row = queries.one(db.session(), key, me())
    is_school = me().may(Right.SCHOOL)
    saw(row.person_id, Look.FILE, purpose=row.number)
    if is_school and row.target_group:
        saw(row.person_id, Look.SENSITIVE, fields="target_group", purpose=row.number)
    purpose = vietnamese.clean_line(request.args.get("purpose", ""))[:200]
    has_proof = bool(row.proof_number or row.proof_issuer or row.proof_on)
    if is_school and has_proof and purpose:
        saw(row.person_id, Look.SENSITIVE, fields="proof", purpose=purpose)
    moving = moving or TransferForm(formdata=None)
    moving.offer(courses.taking(db.session(), me(), clock.today()), row.course)
    verbs = ENROL_MOVES.verbs(row.state)
    return render_template(
        "school/enrolment.html",
        row=row,
        owner=row.person,
        verbs=[verb for verb in verbs if verb in ("offer", "enrol", "return")],
        leaves=[verb for verb in verbs if verb in LEAVING],
        may_move="transfer" in verbs and is_school,
        leaving=leaving or LeaveForm(formdata=None),
        funding=funding or FundingForm(formdata=None, data=_values(row)),
        shows_proof=bool(purpose) or not has_proof or "proof_number" in request.form,
        moving=moving,
        supports=queries.supports(db.session(), row.person_id),
        others=[
            one for one in queries.of_person(db.session(), me(), row.person_id)
            if one.id != row.id
        ],
        grounds=eligibility.grounds(db.session(), row.person, row.course),
        lines=history(db.session(), kind="enrolment", subject_id=row.id),
        refused=refused,
        tried=next((form for form in (leaving, funding, moving) if form and form.errors), None),
        form_errors=bool(refused or leaving or funding),
        may_write=is_school,
        fresh=lambda: Form(formdata=None),
        **WORDS,
    )  # fmt: skip


def _values(row: Any) -> dict[str, Any]:
    names = ("funding", "proof_number", "proof_issuer", "proof_on", "support_grounds")
    return {name: getattr(row, name) for name in names} | {
        "target_group": row.target_group, "earlier_support": row.earlier_support,
    }  # fmt: skip


@desk.post("/enrolments/<uuid:enrolment_key>/move")
@allow(Right.SCHOOL)
def move_enrolment(enrolment_key: uuid.UUID) -> ResponseReturnValue:
    """Invite, enrol, take back, or write down that somebody leaves."""
    form, verb = LeaveForm(), request.form.get("verb", "")
    there = url_for("school.enrolment", enrolment_key=enrolment_key)
    if before := once.already(form):
        return redirect(before, 303)
    row = queries.one(db.session(), enrolment_key, me())
    if verb not in ("offer", "enrol", "return", *LEAVING):
        raise Missing
    try:
        if not form.validate():
            return _show(enrolment_key, leaving=form), 422
        _act(row, verb, form.reason.data or "")
        once.remember(form, there)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _show(enrolment_key, leaving=form), 422
    flash(_("Đã ghi: %(verb)s.", verb=_(VERB_LABELS[verb])), "success")
    return redirect(there, 303)


@desk.post("/enrolments/<uuid:enrolment_key>/funding")
@allow(Right.SCHOOL)
def set_funding(enrolment_key: uuid.UUID) -> ResponseReturnValue:
    """Write who pays, the target group and its proof."""
    form = FundingForm()
    row = queries.one(db.session(), enrolment_key, me())
    try:
        if not form.validate():
            return _show(enrolment_key, funding=form), 422
        proof = form.proof()
        if "proof_number" not in request.form:  # the page kept it closed: it stays as it is
            proof = replace(
                proof, number=row.proof_number, issuer=row.proof_issuer, on=row.proof_on
            )
        support.set_funding(
            db.session(), enrolment=row, funding=form.funding.data or "", proof=proof,
            grounds=form.support_grounds.data or "", version=form.seen_version(), by=me(),
        )  # fmt: skip
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _show(enrolment_key, funding=form), 422
    flash(_("Đã lưu nguồn kinh phí."), "success")
    return redirect(url_for("school.enrolment", enrolment_key=enrolment_key), 303)


@desk.post("/enrolments/<uuid:enrolment_key>/transfer")
@allow(Right.SCHOOL)
def transfer(enrolment_key: uuid.UUID) -> ResponseReturnValue:
    """Move somebody into another class."""
    form = TransferForm()
    row = queries.one(db.session(), enrolment_key, me())
    open_ones = courses.taking(db.session(), me(), clock.today())
    form.offer(open_ones, row.course)
    if before := once.already(form):
        return redirect(before, 303)
    try:
        if not form.validate():
            return _show(enrolment_key, moving=form), 422
        to = courses.one_class(db.session(), uuid.UUID(form.to.data), me())
        made = rules.transfer(
            db.session(), enrolment=row, to=to, by=me(), reason=form.why.data or ""
        )
        there = once.remember(form, url_for("school.enrolment", enrolment_key=made.key))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _show(enrolment_key, moving=form), 422
    flash(_("Đã chuyển sang lớp %(code)s.", code=to.code), "success")
    return redirect(there, 303)
