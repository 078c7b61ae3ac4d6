"""A firm answers without an account: the signed link opens who was sent, and takes the answers.

The reader of a link is the firm's contact, whoever else may be signed in in this browser: what is
shown and done is theirs, and stands in the log of sights and in the ledger as theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter.accounts.rules import TooManyTries, count_guess
from jobcenter.config import Settings
from jobcenter.desks import once
from jobcenter.desks.access import public, reads_only
from jobcenter.desks.answer_links import key_of
from jobcenter.desks.answer_sheet import Sheet, rows_asked
from jobcenter.desks.asking import ask_after_answers
from jobcenter.desks.errors import words
from jobcenter.desks.firm_lines import WORDS, lines_of
from jobcenter.desks.forms import Form
from jobcenter.desks.public.views import desk
from jobcenter.kernel.db import aside, db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.referrals import links
from jobcenter.referrals.choices import UNANSWERED, ReferralState, Verb, reasons_for
from jobcenter.vacancies.queries import openings_left


def _count_try(what: str) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    db.session.rollback()  # the count is a short transaction of its own
    with aside() as own:
        count_guess(
            own, login=what, address=request.remote_addr or "", tries=settings.sign_in_tries,
            seconds=settings.sign_in_window_seconds,
        )  # fmt: skip


def _open(token: str) -> Any:
    """Return the link of a token and act as its contact from now on.

    A wrong one is counted where something is sent; looking writes nothing, and nobody guesses a
    signature.
    """
    try:
        link = links.opened(db.session(), key_of(token))
    except Missing:
        if request.method == "POST":
            _count_try("answer-link")
        raise
    g.actor = links.actor_of(link)
    return link


def _over(why: Refused) -> ResponseReturnValue:
    status = 429 if isinstance(why, TooManyTries) else 410
    return render_template("public/answers/over.html", why=why), status


@desk.get("/answer/<token>")
@public
def answer_sheet(token: str) -> ResponseReturnValue:
    """Show who was sent, each with the answers that are possible now."""
    try:
        link = _open(token)
        rows = links.people(db.session(), link)
        if any(row.state is ReferralState.SENT for row in rows):
            with aside() as own:  # the receipt comes first: the forms carry the versions it leaves
                links.see(own, key=link.key)
            db.session.rollback()
            link = _open(token)
            rows = links.people(db.session(), link)
    except (links.LinkOver, TooManyTries) as over:
        return _over(over)
    return _sheet(token, link, rows, Sheet.prefilled(rows, request.args.get("all", "")))


def _sheet(
    token: str, link: Any, rows: Sequence[Any], sheet: Sheet, refused: Refused | None = None
) -> str:
    lines = lines_of(rows)
    return render_template(
        "public/answers/sheet.html",
        token=token,
        link=link,
        vacancy=link.vacancy,
        to_answer=[line for line in lines if line.verbs],
        silent=sum(line.one.state in UNANSWERED for line in lines),
        due=min((line.one.answer_by for line in lines if line.one.answer_by), default=None),
        sheet=sheet,
        refused=words(refused) if refused else "",
        form=Form(formdata=None),
        form_errors=refused is not None or bool(sheet.errors),
        left=openings_left(link.vacancy),
        reasons=reasons_for(Verb.REJECT),
        **WORDS,
    )


@desk.post("/answer/<token>/review")
@public
@reads_only
def review_answer_sheet(token: str) -> ResponseReturnValue:
    """Show the answers once more before they are sent; what is missing is said in its row."""
    try:
        link = _open(token)
    except (links.LinkOver, TooManyTries) as over:
        return _over(over)
    rows = links.people(db.session(), link)
    sheet = Sheet.read(rows, request.form)
    if not sheet.chosen and not sheet.errors:
        return _sheet(token, link, rows, sheet, Refused(N_("Chưa chọn câu trả lời nào."))), 422
    if sheet.errors:
        return _sheet(token, link, rows, sheet), 422
    return render_template(
        "public/answers/review.html",
        token=token,
        link=link,
        vacancy=link.vacancy,
        lines=lines_of(rows_asked(rows, sheet)),
        sheet=sheet,
        form=Form(formdata=None),
        **WORDS,
    )


@desk.post("/answer/<token>/edit")
@public
@reads_only
def edit_answer_sheet(token: str) -> ResponseReturnValue:
    """Go back from the review to the form, with everything as it was chosen."""
    try:
        link = _open(token)
    except (links.LinkOver, TooManyTries) as over:
        return _over(over)
    rows = links.people(db.session(), link)
    return _sheet(token, link, rows, Sheet.read(rows, request.form))


@desk.post("/answer/<token>/send")
@public
def send_answer_sheet(token: str) -> ResponseReturnValue:
    """Do what was answered for each person; what cannot be done is told beside what was."""
    try:
        link = _open(token)
        _count_try(f"answer-link/{link.id}")
        link = _open(token)
    except (links.LinkOver, TooManyTries) as over:
        return _over(over)
    form, rows = Form(), links.people(db.session(), link)
    if before := once.already(form):
        return redirect(before)
    sheet = Sheet.read(rows, request.form)
    if not form.validate() or sheet.errors or not sheet.chosen:
        return _sheet(token, link, rows, sheet), 422
    try:
        done = links.answer(db.session(), link=link, answers=sheet.answers())
    except links.LinkOver as over:
        db.session.rollback()
        return _over(over)
    ask_after_answers(done)
    once.remember(form, url_for("public.answer_sheet", token=token))
    db.session.commit()
    refused = {one.referral.id: words(one.refused) for one in done if one.referral and one.refused}
    return render_template(
        "public/answers/done.html",
        token=token,
        link=link,
        vacancy=link.vacancy,
        lines=lines_of([one.referral for one in done if one.referral]),
        refused=refused,
        is_open=link.answered_at is None,
        **WORDS,
    )
