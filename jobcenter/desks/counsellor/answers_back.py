"""Answers on paper and in Excel: the list that goes to the firm, and its codes typed back.

A line is a code and a letter ("22K7M N"), after T the number of the reason ("22K7M T3"). What is
wrong is said beside its line; the good lines are kept and done, the wrong ones stay to be mended.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.validators import StopValidation
from wtforms.widgets import TextArea

from jobcenter.accounts.choices import Right
from jobcenter.audit.choices import Look
from jobcenter.desks import once
from jobcenter.desks.access import allow, me, reads_only
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.errors import words
from jobcenter.desks.forms import DateField, Form, LineField, ProseField
from jobcenter.desks.labels import lists as code_lists
from jobcenter.desks.list_files import EXCEL
from jobcenter.desks.paper_files import attachment
from jobcenter.desks.referral_forms import moment
from jobcenter.desks.sights import saw
from jobcenter.exchange.answers import NO_SUCH_CODE, answer_list
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.referrals import lists, steps, together
from jobcenter.referrals.choices import REFERRAL_LABELS, STATE_KINDS, Verb, reasons_for
from jobcenter.referrals.codes import read_code
from jobcenter.referrals.guards import Said
from jobcenter.referrals.queries import hands_of
from jobcenter.vacancies import queries as vacancies

LETTERS: dict[str, tuple[Verb, str]] = {
    "M": (Verb.INVITE, N_("Mời")),
    "P": (Verb.INTERVIEW, N_("Đã phỏng vấn")),
    "N": (Verb.HIRE, N_("Nhận")),
    "T": (Verb.REJECT, N_("Từ chối")),
    "K": (Verb.NO_SHOW, N_("Không đến")),
}
MOST = 200
_LINE = re.compile(r"\s*([0-9A-Za-z-]+)[\s,;:]+([A-Za-z])\s*(\d{0,2})\s*")
NO_VERB = N_("Ghi chữ M, P, N, T hoặc K sau mã; sau T ghi số lý do.")


class TypedForm(Form):
    """The lines, and what all who are invited or hired share."""

    lines = ProseField(N_("Mỗi dòng một mã và một chữ"), most=6_000, widget=TextArea())
    day = DateField(N_("Ngày phỏng vấn"))
    time = LineField(N_("Giờ"), most=20)
    place = LineField(N_("Địa điểm"), most=200)
    started_on = DateField(N_("Ngày bắt đầu làm"))

    def validate_lines(self, field: ProseField) -> None:
        """Refuse more lines than one act takes; none is left out unsaid."""
        if len(_texts(self)) > MOST:
            raise StopValidation(_("Một lần nhiều nhất %(most)s dòng.", most=MOST))


# What all lines share: it stays in the form beside the lines that are still to be mended.
SHARED = ("day", "time", "place", "started_on")


@dataclass
class Line:
    """One typed line: what it means, or why it cannot be done."""

    text: str
    row: Any = None
    verb: Verb | None = None
    said: Said | None = None
    wrong: str = ""


@desk.get("/vacancies/<uuid:key>/answer-list.xlsx")
@allow(Right.VACANCIES_WRITE)
def answer_list_file(key: uuid.UUID) -> ResponseReturnValue:
    """Give the firm's list of a vacancy: to print, or to be filled in and sent back."""
    vacancy = vacancies.one(db.session(), key, me())
    body, rows = answer_list(db.session(), vacancy=vacancy, by=me(), lists=code_lists())
    saw([row.seeker.person_id for row in rows], Look.EXPORT, purpose=vacancy.number)
    return attachment(body, f"tra-loi-{vacancy.number}.xlsx", EXCEL)


@desk.get("/answers")
@allow(Right.VACANCIES_WRITE)
def typed_answers() -> ResponseReturnValue:
    """Ask for the codes of a list that came back on paper."""
    return _page(TypedForm(formdata=None), [])


def _page(form: TypedForm, typed: list[Line], done: list[Line] | None = None) -> str:
    saw({one.row.seeker.person_id for one in [*typed, *(done or [])] if one.row}, Look.LIST)
    return render_template(
        "counsellor/referrals/typed.html",
        form=form,
        typed=typed,
        good=sum(not one.wrong for one in typed),
        done=done,
        letters=LETTERS,
        verb_words=dict(LETTERS.values()),
        reasons=[label for _code, label in reasons_for(Verb.REJECT)],
        form_errors=bool(form.errors) or any(one.wrong for one in typed),
        labels=REFERRAL_LABELS,
        state_kinds=STATE_KINDS,
    )


@desk.post("/answers/review")
@allow(Right.VACANCIES_WRITE)
@reads_only
def review_typed_answers() -> ResponseReturnValue:
    """Show what each line means before it is done."""
    form = TypedForm()
    if not form.validate():
        return _page(form, []), 422
    typed = _read(form)
    return _page(form, typed), 422 if any(one.wrong for one in typed) or not typed else 200


@desk.post("/answers")
@allow(Right.VACANCIES_WRITE)
def do_typed_answers() -> ResponseReturnValue:
    """Do the good lines; the wrong ones stay in the form with what is wrong with them."""
    form = TypedForm()
    if not form.validate():
        return _page(form, []), 422
    if once.already(form):
        return _page(TypedForm(formdata=None), [], [])
    typed = _read(form)
    good = [one for one in typed if not one.wrong]
    answers = {
        one.row.id: together.Answer(one.verb, one.said)
        for one in good if one.verb is not None and one.said is not None
    }  # fmt: skip
    outcomes = together.answer(
        db.session(), rows=[one.row for one in good], answers=answers, by=me()
    )
    once.remember(form, "/counsellor/answers")
    db.session.commit()
    refused = {one.referral.id: one.refused for one in outcomes if one.referral and one.refused}
    for one in good:
        if one.row.id in refused:
            one.wrong = words(refused[one.row.id])
    left = [one for one in typed if one.wrong]
    kept = {name: form[name].data for name in SHARED}
    fresh = TypedForm(formdata=None, data=kept | {"lines": "\n".join(one.text for one in left)})
    return _page(fresh, left, [one for one in good if not one.wrong]), 422 if left else 200


def _texts(form: TypedForm) -> list[str]:
    return [vietnamese.clean_line(t) for t in (form.lines.data or "").splitlines() if t.strip()]


def _read(form: TypedForm) -> list[Line]:
    lines = [Line(text) for text in _texts(form)]
    codes = {one.text: _parts(one.text) for one in lines}
    ids = {found[0] for found in codes.values() if found and found[0] is not None}
    known = {row.id: row for row in lists.by_ids(db.session(), ids, me())}
    seen: set[int] = set()
    for one in lines:
        try:
            _fill(one, codes[one.text], known, seen, form)
        except Refused as refused:
            one.wrong = words(refused)
    return lines


def _parts(text: str) -> tuple[int | None, str, str] | None:
    found = _LINE.fullmatch(text)
    return (read_code(found[1]), found[2].upper(), found[3]) if found else None


def _fill(
    one: Line, parts: tuple[int | None, str, str] | None, known: dict[int, Any], seen: set[int],
    form: TypedForm,
) -> None:  # fmt: skip
    if parts is None or parts[1] not in LETTERS:
        raise Refused(NO_VERB)
    row = known.get(parts[0] or 0)
    if row is None:
        raise Refused(NO_SUCH_CODE)
    one.row, one.verb = row, LETTERS[parts[1]][0]
    if row.id in seen:
        raise Refused(N_("Mã này đã ghi ở dòng trên."))
    seen.add(row.id)
    if steps.step_for(one.verb, row.state, hands_of(db.session(), row, me())) is None:
        raise Refused(N_("Người này không còn chờ câu trả lời như vậy."))
    one.said = _said(one.verb, parts[2], form)


def _said(verb: Verb, number: str, form: TypedForm) -> Said:
    if verb is Verb.REJECT:
        codes = [code for code, _label in reasons_for(Verb.REJECT)]
        at = int(number or 0)
        if not 1 <= at <= len(codes):
            raise Refused(N_("Sau T ghi số lý do, từ 1 đến %(most)s."), most=len(codes))
        return Said(reason=codes[at - 1])
    if verb is Verb.INVITE:
        at_time = moment(form.day.day, form.time.data or "")
        if at_time is None:
            raise Refused(N_("Ghi ngày, giờ phỏng vấn."))
        return Said(interview_at=at_time, interview_place=form.place.data or "")
    if verb is Verb.HIRE and form.started_on.day is None:
        raise Refused(N_("Ghi ngày bắt đầu làm."))
    return Said(started_on=form.started_on.day if verb is Verb.HIRE else None)
