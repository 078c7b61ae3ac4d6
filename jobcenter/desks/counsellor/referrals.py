"""Referrals at the counter: the work list, one referral with its steps, a vacancy's, a person's."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField, SelectField

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks import once, referral_forms
from jobcenter.desks.access import allow, me
from jobcenter.desks.asking import ask_after_answers
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.file_frame import frame
from jobcenter.desks.counsellor.referral_papers import slots_of
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.referral_forms import StepForm
from jobcenter.desks.sights import saw
from jobcenter.documents.choices import KINDS
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import STATE_LABELS as PAPER_STATES
from jobcenter.papers.queries import of_subject
from jobcenter.referrals import hiring, lists, rules, sight, steps
from jobcenter.referrals.choices import (
    HAND_LABELS,
    OPEN,
    REASON_LABELS,
    REFERRAL_LABELS,
    SHOW_LABELS,
    STATE_KINDS,
    VERB_LABELS,
    WITH_FIRM,
    Show,
    Verb,
)
from jobcenter.referrals.lists import ReferralFilter
from jobcenter.referrals.queries import hands_of, in_process
from jobcenter.referrals.together import Outcome
from jobcenter.seekers import queries as seekers
from jobcenter.vacancies import queries as vacancies

WORDS: dict[str, Any] = {
    "labels": REFERRAL_LABELS,
    "state_kinds": STATE_KINDS,
    "verb_labels": VERB_LABELS,
    "reason_labels": REASON_LABELS,
    "hand_labels": HAND_LABELS,
    "show_labels": SHOW_LABELS,
}
# What several rows of a list may be told to do at once: needs nothing typed.
IN_ONE_ACT = (Verb.PROPOSE, Verb.SEND, Verb.EXPIRE)


class FilterForm(Form):
    """How the work list is narrowed; it lives in the address."""

    class Meta(Form.Meta):
        """A search needs no token."""

        csrf = False

    text = LineField(N_("Người, doanh nghiệp, số yêu cầu"), most=80)
    show = SelectField(
        N_("Xem"), default=Show.TODO.value,
        choices=lambda: [(one.value, _(SHOW_LABELS[one])) for one in Show],
    )  # fmt: skip
    mine = BooleanField(N_("Chỉ của tôi"))

    def wanted(self) -> ReferralFilter:
        """Return the filter; what cannot be read narrows nothing and is said beside its field."""
        known = self.show.data in set(Show)
        return ReferralFilter(
            show=Show(self.show.data) if known else Show.TODO,
            text="" if self.text.errors else self.text.data or "",
            mine=me().user_id if self.mine.data else None,
        )


@desk.get("/referrals")
@allow(Right.MATCHES_READ)
def referrals() -> ResponseReturnValue:
    """Show the referrals that wait for something, or those of a filter."""
    form = FilterForm(request.args)
    form.validate()
    wanted = form.wanted()
    page = lists.listed(db.session(), me(), wanted, asked(request.args.get("page")))
    saw([one.seeker.person_id for one in page.items], Look.LIST)
    return render_template(
        "counsellor/referrals/list.html",
        form=form,
        page=page,
        wanted=wanted,
        counts=lists.counted(db.session(), me(), wanted),
        is_narrowed=bool(wanted.text or wanted.mine),
        fresh=lambda: Form(formdata=None),
        **around(page.items),
    )


@desk.get("/introductions")
@allow(Right.MATCHES_READ)
def introductions() -> ResponseReturnValue:
    """Lead messages of an earlier day to the list of what firms asked for."""
    return redirect(url_for("counsellor.referrals", show=Show.ASKED.value), 302)


def around(rows: Any) -> dict[str, Any]:
    """Return what the table of referrals needs beside its rows."""
    may_write = me().may(Right.VACANCIES_WRITE)
    can = {row.id: _in_one_act(row) for row in rows}
    return {
        "can": can if may_write else {},
        "in_one_act": [verb for verb in IN_ONE_ACT if any(verb in one for one in can.values())],
        "may_write": may_write,
        **WORDS,
    }


def _in_one_act(row: Any) -> set[Verb]:
    """Return what a row of a list may be told to do at once; only the overdue are closed so."""
    found = set(steps.verbs_for(row.state, hands_of(db.session(), row, me()))) & set(IN_ONE_ACT)
    is_late = row.answer_by is not None and row.answer_by < clock.today()
    return found if is_late else found - {Verb.EXPIRE}


@desk.get("/vacancies/<uuid:key>/referrals")
@allow(Right.MATCHES_READ)
def vacancy_referrals(key: uuid.UUID) -> ResponseReturnValue:
    """Show who was put forward for a vacancy and where each of them stands."""
    vacancy = vacancies.one(db.session(), key, me())
    rows = lists.of_vacancy(db.session(), vacancy, me())
    saw([one.seeker.person_id for one in rows], Look.LIST, purpose=vacancy.number)
    return render_template(
        "counsellor/referrals/vacancy.html",
        vacancy=vacancy,
        rows=rows,
        left=vacancies.openings_left(vacancy),
        waiting=len(in_process(db.session(), vacancy.id)),
        slots=slots_of(rows),
        with_firm=sum(row.state in WITH_FIRM for row in rows),
        fresh=lambda: Form(formdata=None),
        **around(rows),
    )


@desk.get("/seekers/<uuid:key>/referrals")
@allow(Right.MATCHES_READ)
def seeker_referrals(key: uuid.UUID) -> ResponseReturnValue:
    """Show where a person was put forward and what came of it."""
    found = seekers.one(db.session(), key, me())
    rows = lists.of_seeker(db.session(), found, me())
    saw(found.person_id, Look.FILE)
    return render_template(
        "counsellor/referrals/seeker.html",
        rows=rows,
        fresh=lambda: Form(formdata=None),
        **around(rows) | frame(found, "referrals"),
    )


@desk.get("/referrals/<uuid:key>")
@allow(Right.MATCHES_READ)
def referral(key: uuid.UUID) -> ResponseReturnValue:
    """Show one referral: where it stands, what may be done now, what was done."""
    return _page(key)


@desk.post("/referrals/<uuid:key>/step")
@allow(Right.VACANCIES_WRITE)
def step_referral(key: uuid.UUID) -> ResponseReturnValue:
    """Take a referral one step further."""
    found, form = lists.one(db.session(), key, me()), StepForm()
    try:
        if not form.validate():
            return _page(key, form), 422
        if before := once.already(form):
            return redirect(before)
        verb = verb_of(form)
        if verb is Verb.HIRE:
            hiring.hire(
                db.session(), referral=found, by=me(), said=form.said(), version=form.seen_version()
            )
        else:
            rules.act(
                db.session(), referral=found, verb=verb, by=me(), said=form.said(),
                version=form.seen_version(),
            )  # fmt: skip
        ask_after_answers([Outcome(found.vacancy, found.seeker, found)])
        target = once.remember(form, url_for("counsellor.referral", key=key))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(key, form), 409 if isinstance(refused, Stale) else 422
    flash(_("Đã ghi: %(verb)s.", verb=_(VERB_LABELS[verb])), "success")
    return redirect(target)


def verb_of(form: StepForm) -> Verb:
    """Return the verb of a form; another text is no choice."""
    if form.verb.data not in set(Verb):
        raise Refused(N_("Không có việc nào như vậy."))
    return Verb(form.verb.data)


def _page(key: uuid.UUID, tried: StepForm | None = None) -> str:
    found = lists.one(db.session(), key, me())
    saw(found.seeker.person_id, Look.LIST, purpose=found.vacancy.number)
    may_write = me().may(Right.VACANCIES_WRITE)
    hands = hands_of(db.session(), found, me())
    return render_template(
        "counsellor/referrals/show.html",
        one=found,
        verbs=steps.verbs_for(found.state, hands) if may_write else [],
        tried=tried,
        form_errors=tried is not None,
        told=lists.history(db.session(), [found])[found.id],
        papers=of_subject(db.session(), kind="referral", subject_ids=[found.id]),
        paper_kinds=KINDS,
        paper_states=PAPER_STATES,
        may_letter=found.state in OPEN,
        may_notice=found.sent_at is not None,
        is_open=found.id in sight.opened(db.session(), [found], clock.today()),
        may_write=may_write,
        fresh=lambda: Form(formdata=None),
        **WORDS,
        **referral_forms.words(),
    )
