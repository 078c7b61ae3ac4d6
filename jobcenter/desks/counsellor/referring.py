"""Putting people forward: several for a vacancy, or one for several, in one act."""

from __future__ import annotations

import uuid
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks import once
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.counsellor.referrals import IN_ONE_ACT, WORDS
from jobcenter.desks.errors import words
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.referral_forms import SPOKEN
from jobcenter.desks.sights import saw
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import WAY_LABELS, Way
from jobcenter.referrals import lists, rules, together
from jobcenter.referrals.choices import VERB_LABELS, Verb
from jobcenter.referrals.guards import Said
from jobcenter.referrals.together import Answer, Outcome
from jobcenter.seekers import queries as seekers
from jobcenter.vacancies import queries as vacancies

MOST = 60  # pairs in one act


class ReferForm(Form):
    """How the people are asked."""

    how = RadioField(
        N_("Người lao động đã đồng ý chưa"), default="ask",
        choices=lambda: [
            ("ask", _("Chưa hỏi: gửi lời hỏi")), ("agreed", _("Đã đồng ý: gửi doanh nghiệp luôn")),
        ],
    )  # fmt: skip
    way = RadioField(
        N_("Đồng ý bằng cách nào"), default=Way.COUNTER.value,
        choices=lambda: [(way.value, _(WAY_LABELS[way])) for way in SPOKEN],
    )  # fmt: skip
    evidence = LineField(N_("Cuộc gọi, giấy làm chứng"), most=200)

    def agreed(self) -> Said | None:
        """Return the yes that was given already, None where the people are asked now."""
        if self.how.data != "agreed":
            return None
        if self.way.data != Way.COUNTER and not self.evidence.data:
            text = N_("Ghi cuộc gọi lúc nào hoặc giấy nào làm chứng cho lời đồng ý.")
            raise Refused(text, field="evidence")
        return Said(way=Way(self.way.data), evidence=self.evidence.data or "")


@desk.get("/refer")
@allow(Right.VACANCIES_WRITE)
def review_refer() -> ResponseReturnValue:
    """Show whom the act is about, and who cannot be put forward now."""
    return _review(ReferForm(formdata=None))


def _review(form: ReferForm) -> str:
    pairs = _pairs()
    rows = [
        (vacancy, seeker, rules.hindrance(db.session(), vacancy, seeker))
        for vacancy, seeker in pairs
    ]
    saw({seeker.person_id for _vacancy, seeker in pairs}, Look.LIST)
    return render_template(
        "counsellor/referrals/refer.html",
        form=form,
        rows=[(vacancy, seeker, words(no) if no else "") for vacancy, seeker, no in rows],
        ready=sum(no is None for _v, _s, no in rows),
        form_errors=bool(form.errors),
        back=_back(pairs),
    )


@desk.post("/refer")
@allow(Right.VACANCIES_WRITE)
def refer() -> ResponseReturnValue:
    """Put each of them forward; who cannot be is told beside who was."""
    form, pairs = ReferForm(), _pairs()
    if not pairs:
        raise Refused(N_("Chọn ít nhất một người và một vị trí."))
    try:
        if not form.validate():
            return _review(form), 422
        if before := once.already(form):
            return redirect(before)
        done = together.refer(db.session(), pairs=pairs, by=me(), agreed=form.agreed())
        once.remember(form, _back(pairs))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        form.refuse(refused)
        return _review(form), 422
    return _told(done, _("Giới thiệu"), _back(pairs))


@desk.post("/referrals/steps")
@allow(Right.VACANCIES_WRITE)
def step_referrals() -> ResponseReturnValue:
    """Take one step with each of the chosen referrals."""
    form, back = Form(), url_for("counsellor.referrals")
    verb = request.form.get("verb", "")
    rows = lists.by_keys(db.session(), _keys(request.form.getlist("referral")), me())
    if not form.validate() or verb not in IN_ONE_ACT or not rows:
        raise Refused(N_("Chọn ít nhất một lượt giới thiệu."))
    if before := once.already(form):
        return redirect(before)
    answers = {row.id: Answer(Verb(verb)) for row in rows}
    done = together.answer(db.session(), rows=rows, answers=answers, by=me())
    once.remember(form, back)
    db.session.commit()
    return _told(done, _(VERB_LABELS[Verb(verb)]), back)


def _told(done: list[Outcome], title: str, back: str) -> str:
    """Say for each person what became of it."""
    saw({one.seeker.person_id for one in done}, Look.LIST)
    return render_template(
        "counsellor/referrals/done.html",
        title=title,
        done=[(one, words(one.refused) if one.refused else "") for one in done],
        went=sum(one.refused is None for one in done),
        back=back,
        **WORDS,
    )


def _pairs() -> list[tuple[Any, Any]]:
    """Return every chosen vacancy with every chosen person; both by the scoped queries."""
    jobs = [vacancies.one(db.session(), key, me()) for key in _keys(request.values.getlist("job"))]
    who = [seekers.one(db.session(), key, me()) for key in _keys(request.values.getlist("who"))]
    pairs = [(job, one) for job in jobs for one in who]
    if len(pairs) > MOST:
        raise Refused(N_("Một lần nhiều nhất %(most)s lượt giới thiệu."), most=MOST)
    return pairs


def _keys(typed: list[str]) -> list[uuid.UUID]:
    found: dict[uuid.UUID, None] = {}
    for text in typed[: 4 * MOST]:
        try:
            found[uuid.UUID(text)] = None
        except ValueError:
            raise Missing from None
    return list(found)


def _back(pairs: list[tuple[Any, Any]]) -> str:
    """Return the page on which the people or vacancies were chosen from."""
    jobs, people = {job.key for job, _one in pairs}, {one.key for _job, one in pairs}
    if len(jobs) == 1:
        return url_for("counsellor.vacancy_referrals", key=next(iter(jobs)))
    if len(people) == 1:
        return url_for("counsellor.seeker_referrals", key=next(iter(people)))
    return url_for("counsellor.referrals")
