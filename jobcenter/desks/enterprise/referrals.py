"""The people put forward for the firm's vacancies: seen, answered in one form, reviewed, sent.

What the templates get is made here: a name and a phone stand in it only while `sight.opened` says
that they are open to this firm.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.widgets import TextArea

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks import once
from jobcenter.desks.access import allow, me, reads_only
from jobcenter.desks.answer_sheet import Sheet, rows_asked
from jobcenter.desks.asking import ask_after_answers
from jobcenter.desks.enterprise.blueprint import desk
from jobcenter.desks.errors import words
from jobcenter.desks.firm_lines import WORDS, lines_of
from jobcenter.desks.forms import Form, ProseField
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import aside, db
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.kernel.words import N_
from jobcenter.referrals import lists, responses, rules, together
from jobcenter.referrals.choices import (
    INSIDE,
    UNANSWERED,
    Hand,
    ReferralState,
    Verb,
    reasons_for,
)
from jobcenter.vacancies import queries as vacancies


@dataclass(frozen=True)
class Told:
    """One thing that was done, as far as it is the firm's to know."""

    after: ReferralState
    hand: Hand
    actor: str
    at: dt.datetime
    reason: str | None
    note: str
    slot_at: dt.datetime | None
    slot_place: str


# Notes of the centre that are written for the firm.
FOR_FIRM = frozenset({Verb.DECLINE.value, Verb.STOP.value})


class NoteForm(Form):
    """What the firm notes of somebody."""

    firm_note = ProseField(N_("Ghi chú của công ty"), most=2000, widget=TextArea())


@desk.get("/referrals")
@allow(Right.OWN_FIRM)
def answers() -> ResponseReturnValue:
    """Show what needs an answer, vacancy by vacancy."""
    return render_template(
        "enterprise/referrals/overview.html",
        waits=lists.waiting_by_vacancy(db.session(), me()),
        answered=responses.response_of(db.session(), me().enterprise_id or 0, today=clock.today()),
        **WORDS,
    )


@desk.get("/vacancies/<uuid:key>/referrals")
@allow(Right.OWN_FIRM)
def referrals(key: uuid.UUID) -> ResponseReturnValue:
    """Show everybody asked for and sent, each with the answers that are possible now."""
    vacancy = vacancies.one(db.session(), key, me())
    if lists.is_unseen(db.session(), vacancy, me()):
        # The receipt comes before the page is made: its forms carry the versions that are left.
        with aside() as own:
            rules.see_sent(own, vacancy_id=vacancy.id, by=me())
        db.session.rollback()
        vacancy = vacancies.one(db.session(), key, me())
    rows = lists.of_vacancy(db.session(), vacancy, me())
    return _sheet(vacancy, rows, Sheet.prefilled(rows, request.args.get("all", "")))


def _sheet(vacancy: Any, rows: Sequence[Any], sheet: Sheet, refused: Refused | None = None) -> str:
    lines = lines_of(rows)
    live = [line for line in lines if line.one.ended_at is None]
    to_answer = [line for line in live if line.verbs]
    return render_template(
        "enterprise/referrals/sheet.html",
        vacancy=vacancy,
        to_answer=to_answer,
        asked=[line for line in live if not line.verbs],
        ended=[line for line in lines if line.one.ended_at is not None],
        silent=sum(line.one.state in UNANSWERED for line in to_answer),
        due=min((line.one.answer_by for line in to_answer if line.one.answer_by), default=None),
        sheet=sheet,
        refused=words(refused) if refused else "",
        form=Form(formdata=None),
        form_errors=refused is not None or bool(sheet.errors),
        left=vacancies.openings_left(vacancy),
        waiting=len(live),
        reasons=reasons_for(Verb.REJECT),
        **WORDS,
    )


@desk.post("/vacancies/<uuid:key>/referrals/review")
@allow(Right.OWN_FIRM)
@reads_only
def review_answers(key: uuid.UUID) -> ResponseReturnValue:
    """Show the answers once more before they are sent; what is missing is said in its row."""
    vacancy = vacancies.one(db.session(), key, me())
    rows = lists.of_vacancy(db.session(), vacancy, me())
    sheet = Sheet.read(rows, request.form)
    if not sheet.chosen and not sheet.errors:
        none = Refused(N_("Chưa chọn câu trả lời nào."))
        return _sheet(vacancy, rows, sheet, none), 422
    if sheet.errors:
        return _sheet(vacancy, rows, sheet), 422
    asked = rows_asked(rows, sheet)
    return render_template(
        "enterprise/referrals/review.html",
        vacancy=vacancy,
        lines=lines_of(asked),
        sheet=sheet,
        form=Form(formdata=None),
        **WORDS,
    )


@desk.post("/vacancies/<uuid:key>/referrals/edit")
@allow(Right.OWN_FIRM)
@reads_only
def edit_answers(key: uuid.UUID) -> ResponseReturnValue:
    """Go back from the review to the form, with everything as it was chosen."""
    vacancy = vacancies.one(db.session(), key, me())
    rows = lists.of_vacancy(db.session(), vacancy, me())
    return _sheet(vacancy, rows, Sheet.read(rows, request.form))


@desk.post("/vacancies/<uuid:key>/referrals/send")
@allow(Right.OWN_FIRM)
def send_answers(key: uuid.UUID) -> ResponseReturnValue:
    """Do what was answered for each person; what cannot be done is told beside what was."""
    vacancy = vacancies.one(db.session(), key, me())
    rows = lists.of_vacancy(db.session(), vacancy, me())
    form, sheet = Form(), Sheet.read(rows, request.form)
    if not form.validate() or sheet.errors or not sheet.chosen:
        return _sheet(vacancy, rows, sheet), 422
    target = url_for("enterprise.referrals", key=key)
    if before := once.already(form):
        return redirect(before)
    done = together.answer(db.session(), rows=rows, answers=sheet.answers(), by=me())
    ask_after_answers(done)
    once.remember(form, target)
    db.session.commit()
    refused = {one.referral.id: words(one.refused) for one in done if one.referral and one.refused}
    return render_template(
        "enterprise/referrals/done.html",
        vacancy=vacancy,
        lines=lines_of([one.referral for one in done if one.referral]),
        refused=refused,
        **WORDS,
    )


@desk.get("/referrals/<uuid:referral_key>")
@allow(Right.OWN_FIRM)
def referral(referral_key: uuid.UUID) -> ResponseReturnValue:
    """Show one person as far as they are open to the firm, and what was done."""
    return _show(referral_key, None)


def _show(referral_key: uuid.UUID, form: NoteForm | None) -> str:
    found = lists.one(db.session(), referral_key, me())
    line = lines_of([found])[0]
    if line.name:
        saw(found.seeker.person_id, Look.FILE, purpose=found.vacancy.number)
    return render_template(
        "enterprise/referrals/show.html",
        line=line,
        one=found,
        seeker=found.seeker if line.name else None,
        form=form or NoteForm(data={"firm_note": found.firm_note}, formdata=None),
        form_errors=bool(form and form.errors),
        told=_told(found),
        **WORDS,
    )


def _told(found: Any) -> list[Told]:
    """Return what the firm may know of what was done: its own deeds, and where it stands since."""
    return [
        Told(
            after=event.after,
            hand=event.hand,
            actor=event.actor if event.hand is Hand.FIRM else "",
            at=event.at,
            reason=event.reason if event.hand is Hand.FIRM else None,
            note=event.note if event.hand is Hand.FIRM or event.verb in FOR_FIRM else "",
            slot_at=event.slot_at,
            slot_place=event.slot_place,
        )
        for event in lists.history(db.session(), [found])[found.id]
        if event.hand is Hand.FIRM or event.after not in INSIDE
    ]


@desk.post("/referrals/<uuid:referral_key>/note")
@allow(Right.OWN_FIRM)
def note_referral(referral_key: uuid.UUID) -> ResponseReturnValue:
    """Keep the firm's note on somebody, for as long as it sees them."""
    found, form = lists.one(db.session(), referral_key, me()), NoteForm()
    try:
        if not form.validate():
            return _show(referral_key, form), 422
        rules.write_firm_note(
            db.session(), referral=found, text=form.firm_note.data or "", by=me(),
            version=form.seen_version(),
        )  # fmt: skip
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _show(referral_key, form), 409 if isinstance(refused, Stale) else 422
    flash(_("Đã lưu ghi chú."), "success")
    return redirect(url_for("enterprise.referral", referral_key=referral_key), 303)
