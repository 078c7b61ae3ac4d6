"""Questions to one person, their answers, and the calls that no machine can make."""

from __future__ import annotations

import uuid

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks.access import allow, me
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.errors import words
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.paging import asked
from jobcenter.kernel.words import N_
from jobcenter.notices import queries, rules
from jobcenter.notices.choices import CALL_LABELS, CHANNEL_LABELS, CallState, Channel
from jobcenter.notices.rules import To
from jobcenter.people.queries import identities
from jobcenter.seekers import answers
from jobcenter.seekers import queries as seekers


class AnswerForm(Form):
    """What a person said to a question, and how it came back."""

    answer = LineField(N_("Người đó trả lời"), most=200, needed=True)
    channel = SelectField(
        N_("Qua"),
        choices=lambda: [
            (one.value, _(CHANNEL_LABELS[one]))
            for one in (Channel.CALL, Channel.SMS, Channel.ZALO, Channel.EMAIL)
        ],
        default=Channel.CALL.value,
    )


class CallForm(Form):
    """How a call went."""

    note = LineField(N_("Ghi chú"), most=300)


@desk.get("/calls")
@allow(Right.SEEKERS_READ)
def calls() -> ResponseReturnValue:
    """List the calls to make, the longest wait first."""
    page = queries.calls(db.session(), window=asked(request.args.get("page")))
    people = seekers.of_people(db.session(), me(), [call.person_id for call in page.items])
    saw([call.person_id for call in page.items], Look.LIST)
    return render_template(
        "counsellor/calls.html",
        page=page,
        people=people,
        read=queries.as_read,
        may_write=me().may(Right.SEEKERS_WRITE),
    )


@desk.post("/calls/<uuid:key>")
@allow(Right.SEEKERS_WRITE)
def close_call(key: uuid.UUID) -> ResponseReturnValue:
    """Write down how a call went."""
    call, form = queries.one_call(db.session(), key), CallForm()
    state = request.form.get("state", "")
    if not form.validate() or state not in (CallState.DONE, CallState.GIVEN_UP):
        raise Refused(N_("Chọn một giá trị trong danh sách."))
    rules.close_call(
        db.session(), call=call, state=CallState(state), note=form.note.data or "", by=me()
    )
    db.session.commit()
    flash(_(CALL_LABELS[CallState(state)]), "success")
    return redirect(url_for("counsellor.calls"), 303)


@desk.get("/seekers/<uuid:key>/questions")
@allow(Right.SEEKERS_READ)
def questions(key: uuid.UUID) -> ResponseReturnValue:
    """Show what one person was asked and answered, and what can be asked next."""
    return _questions(key, AnswerForm(), None)


def _questions(key: uuid.UUID, form: AnswerForm, wrong: uuid.UUID | None) -> ResponseReturnValue:
    seeker = seekers.one(db.session(), key, me())
    saw(seeker.person_id, Look.FILE)
    page = render_template(
        "counsellor/questions.html",
        seeker=seeker,
        owner=seeker.person,
        form=form,
        bad_key=wrong,
        form_errors=wrong is not None,
        rows=queries.questions(db.session(), identities(db.session(), seeker.person_id)),
        to_ask=answers.open_questions(seeker),
        texts=answers.QUESTIONS,
        channels=CHANNEL_LABELS,
        may_write=me().may(Right.SEEKERS_WRITE),
    )
    return page, 422 if wrong else 200


@desk.post("/seekers/<uuid:key>/questions")
@allow(Right.SEEKERS_WRITE)
def ask_question(key: uuid.UUID) -> ResponseReturnValue:
    """Ask a person one thing by message; who has no message address is put on the call list."""
    seeker = seekers.one(db.session(), key, me())
    question = request.form.get("question", "")
    if not Form().validate() or question not in answers.QUESTIONS:
        raise Refused(N_("Chọn một giá trị trong danh sách."))
    is_new = rules.tell(
        db.session(),
        key=f"question/{seeker.person_id}/{question}/{clock.today():%Y%m%d}",
        template="question",
        to=To(person_id=seeker.person_id),
        params={
            "question": answers.QUESTIONS[question],
            "phone": current_app.config["SETTINGS"].call_back_phone,
        },
        href=question,
    )
    db.session.commit()
    said = _("Đã ghi câu hỏi, tin sẽ gửi ngay trong giờ ban ngày.")
    flash(said if is_new else _("Hôm nay đã hỏi câu này rồi."), "success")
    return redirect(url_for("counsellor.questions", key=key), 303)


@desk.post("/seekers/<uuid:key>/questions/<uuid:notice_key>")
@allow(Right.SEEKERS_WRITE)
def record_answer(key: uuid.UUID, notice_key: uuid.UUID) -> ResponseReturnValue:
    """Keep what the person answered and fill the field that was unknown."""
    seeker, form = seekers.one(db.session(), key, me()), AnswerForm()
    notice = queries.one(db.session(), notice_key)
    mine = identities(db.session(), seeker.person_id)
    if notice.person_id not in mine or notice.href not in answers.QUESTIONS:
        raise Missing
    if not form.validate():
        return _questions(key, form, notice_key)
    try:
        said = form.answer.data or ""
        answers.answer(db.session(), seeker=seeker, question=notice.href, said=said, by=me())
        rules.record_reply(
            db.session(), notice=notice, question=notice.href, answer=said,
            channel=Channel(form.channel.data), by=me(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        form.answer.errors = [words(refused)]
        return _questions(key, form, notice_key)
    db.session.commit()
    flash(_("Đã ghi câu trả lời vào hồ sơ."), "success")
    return redirect(url_for("counsellor.questions", key=key), 303)
