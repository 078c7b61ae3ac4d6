"""The register of papers: find, look, print, sign, cancel; and making one of a record."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.audit.queries import history
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.forms import Form, LineField, NumberField
from jobcenter.desks.paper_files import WORD, attachment, confirm_address, pdf_page
from jobcenter.desks.sights import saw
from jobcenter.documents import queries as documents
from jobcenter.documents import rules as makers
from jobcenter.documents.choices import KINDS, may_make, seen_by
from jobcenter.documents.referral_papers import files_named
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.paging import Slice, asked
from jobcenter.kernel.words import N_
from jobcenter.matching import queries as matching
from jobcenter.matching.choices import Audience
from jobcenter.papers import queries, rules
from jobcenter.papers.choices import (
    PAPER_MOVES,
    STATE_KINDS,
    STATE_LABELS,
    UNIT_LABELS,
    VERB_LABELS,
    PaperState,
)
from jobcenter.seekers import queries as seekers
from jobcenter.vacancies import queries as vacancies
from jobcenter.work import rules as work
from jobcenter.work.queue import ring

if TYPE_CHECKING:
    from jobcenter.papers.models import Paper

MOST_AT_ONCE = 500
AT_ONCE = 25  # more are set by a worker, with a bar that shows how far it is
SHEET_LINES = 50


class FilterForm(Form):
    """How the register is narrowed; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    text = LineField(N_("Số giấy"), most=60)
    kind = SelectField(
        N_("Loại giấy"), default="",
        choices=lambda: [("", _("Tất cả")), *((c, _(KINDS[c].label)) for c in seen_by(me()))],
    )  # fmt: skip
    state = SelectField(
        N_("Trạng thái"), default="",
        choices=lambda: [("", _("Tất cả")), *((s.value, _(STATE_LABELS[s])) for s in PaperState)],
    )  # fmt: skip
    year = NumberField(N_("Năm"), least=2000, most=2200)

    def wanted(self) -> queries.PaperFilter:
        """Return the filter; what cannot be read narrows nothing and is said beside its field."""
        good = {field.name: field.data for field in self if field.data and not field.errors}
        kind = good.get("kind")
        return queries.PaperFilter(
            kinds=[kind] if kind else seen_by(me()),
            state=PaperState(good["state"]) if "state" in good else None,
            year=good.get("year"),
            text=good.get("text", ""),
        )


@desk.get("/papers")
@allow(Right.SEEKERS_READ, Right.VACANCIES_READ)
def papers() -> ResponseReturnValue:
    """List the papers of every kind that the reader may see, cancelled ones among them."""
    form = FilterForm(request.args)
    form.validate()
    return render_template(
        "papers/list.html",
        form=form,
        page=queries.listed(db.session(), form.wanted(), asked(request.args.get("page"))),
        is_narrowed=any(form[name].data for name in ("text", "kind", "state", "year")),
        kinds=KINDS,
        states=STATE_LABELS,
        state_kinds=STATE_KINDS,
        most=MOST_AT_ONCE,
    )


@desk.get("/papers/<uuid:key>")
@allow(Right.SEEKERS_READ, Right.VACANCIES_READ)
def paper(key: uuid.UUID) -> ResponseReturnValue:
    """Show one paper: what it is, its steps, who printed it when."""
    found = _seen(key, seen_by(me()))
    kind = KINDS[found.kind]
    verbs = PAPER_MOVES.verbs(found.state) if may_make(me(), kind) else []
    return render_template(
        "papers/show.html",
        paper=found,
        kind=kind,
        units=UNIT_LABELS,
        states=STATE_LABELS,
        state_kinds=STATE_KINDS,
        verbs=[(verb, VERB_LABELS[verb]) for verb in verbs if verb not in ("print", "cancel")],
        may_print="print" in verbs,
        may_cancel="cancel" in verbs,
        has_word=documents.form_in_use(db.session(), found.kind) is not None,
        lines=history(db.session(), kind="paper", subject_id=found.id),
        confirm_at=confirm_address(found.code) if found.code else "",
    )


@desk.get("/papers/<uuid:key>/look")
@allow(Right.SEEKERS_READ, Right.VACANCIES_READ)
def look_at_paper(key: uuid.UUID) -> ResponseReturnValue:
    """Show the paper as it would be printed, without counting a print."""
    found = _seen(key, seen_by(me()))
    return pdf_page(makers.pdf(db.session(), [found], address=confirm_address("")), found.title)


@desk.post("/papers/<uuid:key>/print")
@allow(Right.SEEKERS_WRITE, Right.VACANCIES_WRITE, Right.SCHOOL)
def print_paper(key: uuid.UUID) -> ResponseReturnValue:
    """Give the file to print, as PDF or on the office's Word form; each print is a line."""
    found = _seen(key, _made_by_me())
    if not Form().validate():
        return redirect(url_for("counsellor.paper", key=key), 303)
    address = confirm_address("")
    if request.form.get("as") == "word":
        body = makers.docx(db.session(), found, address=address)
        answer = attachment(body, f"{found.shown}.docx", WORD)
    else:
        answer = pdf_page(makers.pdf(db.session(), [found], address=address), found.shown or "")
    rules.record_print(db.session(), paper=found, by=me())
    db.session.commit()
    return answer


@desk.post("/papers/print")
@allow(Right.SEEKERS_WRITE, Right.VACANCIES_WRITE, Right.SCHOOL)
def print_papers() -> ResponseReturnValue:
    """Give several papers as one PDF, in the order of their numbers."""
    keys = _keys(request.form.getlist("paper"))
    if not Form().validate() or not keys:
        flash(_("Chọn ít nhất một giấy để in."), "warning")
        return redirect(url_for("counsellor.papers"), 303)
    mine = _made_by_me()
    found = [_seen(key, mine) for key in keys]
    chosen = queries.many(db.session(), [one.id for one in found])
    if len(chosen) > AT_ONCE:
        return print_later([one.id for one in chosen])
    body = makers.pdf(db.session(), chosen, address=confirm_address(""))
    for one in chosen:
        rules.record_print(db.session(), paper=one, by=me())
    db.session.commit()
    return pdf_page(body, _("%(count)s giấy", count=len(chosen)))


@desk.post("/papers/<uuid:key>/move")
@allow(Right.SEEKERS_WRITE, Right.VACANCIES_WRITE, Right.SCHOOL, Right.OVERVIEW)
def move_paper(key: uuid.UUID) -> ResponseReturnValue:
    """Check, approve, number, sign, send back or cancel."""
    approver = me().may(Right.OVERVIEW)
    found = queries.one(db.session(), key, seen_by(me()) if approver else _made_by_me())
    verb, reason = request.form.get("verb", ""), request.form.get("reason", "")[:300]
    session, by = db.session(), me()
    if verb == "approve" and not approver:
        raise NotAllowed
    if verb == "check":
        rules.check(session, paper=found, by=by)
    elif verb == "approve":
        rules.approve(session, paper=found, by=by)
    elif verb == "send-back":
        rules.send_back(session, paper=found, reason=reason, by=by)
    elif verb == "number":
        rules.number(session, papers=[found], kind=KINDS[found.kind], by=by)
    elif verb == "sign":
        rules.sign(session, paper=found, by=by)
    elif verb == "cancel":
        rules.cancel(session, paper=found, reason=reason, by=by)
    else:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="verb")
    db.session.commit()
    flash(_("Giấy nay là: %(state)s.", state=_(STATE_LABELS[found.state])), "success")
    return redirect(url_for("counsellor.paper", key=key), 303)


@desk.post("/seekers/<uuid:key>/papers/consent")
@allow(Right.SEEKERS_WRITE)
def make_consent_sheet(key: uuid.UUID) -> ResponseReturnValue:
    """Make the consent sheet of a person."""
    seeker = seekers.one(db.session(), key, me())
    made = makers.consent_sheet(db.session(), seeker=seeker, by=me())
    return _made(made.key)


@desk.post("/vacancies/<uuid:key>/papers/sheet")
@allow(Right.VACANCIES_WRITE)
def make_vacancy_sheet(key: uuid.UUID) -> ResponseReturnValue:
    """Make the recruitment-need form of a vacancy."""
    vacancy = vacancies.one(db.session(), key, me())
    made = makers.vacancy_sheet(db.session(), vacancy=vacancy, by=me())
    return _made(made.key)


@desk.post("/vacancies/<uuid:key>/papers/candidates")
@allow(Right.VACANCIES_WRITE)
def make_candidate_sheet(key: uuid.UUID) -> ResponseReturnValue:
    """Make the masked list of a vacancy's candidates, those who agreed to be shown."""
    vacancy = vacancies.one(db.session(), key, me())
    found = matching.candidates(
        db.session(), vacancy=vacancy, actor=me(), audience=Audience.ENTERPRISE,
        wanted=matching.CandidateFilter(), window=Slice(1, SHEET_LINES),
    )  # fmt: skip
    made = makers.candidate_sheet(db.session(), found=found, by=me())
    return _made(made.key)


def print_later(papers: list[int]) -> ResponseReturnValue:
    """Let a worker set many papers in one file; the page shows how far it is."""
    job = work.ask(
        db.session(), kind="print-papers", title=N_("In nhiều giấy vào một tệp"),
        params={"papers": papers, "address": confirm_address("")}, by=me(),
    )  # fmt: skip
    db.session.commit()
    ring(job.key)
    return redirect(url_for("work.job", key=job.key), 303)


def _seen(key: uuid.UUID, kinds: list[str]) -> Paper:
    """Return a paper of these kinds and note whose data it shows."""
    found = queries.one(db.session(), key, kinds)
    if found.person_id is not None:
        saw(found.person_id, Look.PAPER, purpose=found.shown or "")
    named = (seekers.person_behind(db.session(), number) for number in files_named(found))
    saw([one for one in named if one is not None], Look.PAPER, purpose=found.shown or "")
    return found


def _made(key: uuid.UUID) -> ResponseReturnValue:
    db.session.commit()
    flash(_("Đã lập giấy và cấp số. Xem rồi in."), "success")
    return redirect(url_for("counsellor.paper", key=key), 303)


def _made_by_me() -> list[str]:
    return [code for code in seen_by(me()) if may_make(me(), KINDS[code])]


def _keys(typed: list[str]) -> list[uuid.UUID]:
    found = []
    for text in typed[:MOST_AT_ONCE]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
