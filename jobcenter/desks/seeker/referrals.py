"""The person's own referrals: what was shared with whom, a yes or no, and stepping back."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobcenter.accounts.choices import Right
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.forms import Form
from jobcenter.desks.referral_forms import StepForm
from jobcenter.desks.seeker.blueprint import desk
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.kernel.words import N_
from jobcenter.referrals import lists, rules, sight, steps
from jobcenter.referrals.choices import (
    REASON_LABELS,
    REFERRAL_LABELS,
    STATE_KINDS,
    ReferralState,
    Verb,
    reasons_for,
)
from jobcenter.referrals.queries import hands_of
from jobcenter.seekers import queries as seekers

# As the person reads their own referrals; other states have the same words for everybody.
LABELS = REFERRAL_LABELS | {
    ReferralState.PROPOSED: N_("Chờ bạn trả lời"),
    ReferralState.CONSENTED: N_("Bạn đã nhận lời"),
    ReferralState.WITHDRAWN: N_("Bạn đã từ chối"),
}


@desk.get("/referrals")
@allow(Right.OWN_FILE)
def referrals() -> ResponseReturnValue:
    """Show where the person was put forward, what waits for an answer first."""
    rows = lists.of_seeker(db.session(), seekers.own(db.session(), me()), me())
    return render_template(
        "seeker/referrals/list.html",
        waiting=[row for row in rows if row.state is ReferralState.PROPOSED],
        rows=[row for row in rows if row.state is not ReferralState.PROPOSED],
        opened=sight.opened(db.session(), rows, clock.today()),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"labels": LABELS, "state_kinds": STATE_KINDS, "reason_labels": REASON_LABELS}


@desk.get("/referrals/<uuid:referral_key>")
@allow(Right.OWN_FILE)
def referral(referral_key: uuid.UUID) -> ResponseReturnValue:
    """Show one place: the job, what the company sees, and the answer to give."""
    return _page(referral_key, None)


def _page(referral_key: uuid.UUID, tried: StepForm | None) -> str:
    found = lists.one(db.session(), referral_key, me())
    verbs = steps.verbs_for(found.state, hands_of(db.session(), found, me()))
    return render_template(
        "seeker/referrals/show.html",
        one=found,
        vacancy=found.vacancy,
        may_agree=Verb.CONSENT in verbs,
        may_leave=Verb.WITHDRAW in verbs,
        is_open=found.id in sight.opened(db.session(), [found], clock.today()),
        reasons=reasons_for(Verb.WITHDRAW),
        tried=tried,
        form_errors=tried is not None,
        fresh=lambda: Form(formdata=None),
        **_words(),
    )


@desk.post("/referrals/<uuid:referral_key>")
@allow(Right.OWN_FILE)
def answer_referral(referral_key: uuid.UUID) -> ResponseReturnValue:
    """Say yes to this company and this job, or no; a no later closes what was open."""
    found, form = lists.one(db.session(), referral_key, me()), StepForm()
    try:
        if form.verb.data not in (Verb.CONSENT, Verb.WITHDRAW):
            raise Refused(N_("Không có việc nào như vậy."))
        if not form.validate():
            return _page(referral_key, form), 422
        if before := once.already(form):
            return redirect(before)
        verb = Verb(form.verb.data)
        rules.act(
            db.session(), referral=found, verb=verb, by=me(), said=form.said(),
            version=form.seen_version(),
        )  # fmt: skip
        target = once.remember(form, url_for("seeker.referral", referral_key=referral_key))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(referral_key, form), 409 if isinstance(refused, Stale) else 422
    if verb is Verb.CONSENT:
        flash(_("Đã nhận lời. Trung tâm gửi phiếu giới thiệu cho công ty."), "success")
    else:
        flash(_("Đã ghi. Công ty không xem được tên và điện thoại của bạn."), "success")
    return redirect(target, 303)
