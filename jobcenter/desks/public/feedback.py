"""One question, answered once: how was it. Nobody is named and nobody signs in."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField

from jobcenter.advising import feedback as room
from jobcenter.advising.choices import FEEDBACK_LABELS, SCORES, FeedbackWay
from jobcenter.desks import qr
from jobcenter.desks.access import me, public
from jobcenter.desks.forms import Form, LineField
from jobcenter.desks.public.views import desk
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

SCORE_LABELS = {
    5: N_("Rất hài lòng"),
    4: N_("Hài lòng"),
    3: N_("Tạm được"),
    2: N_("Chưa hài lòng"),
    1: N_("Rất không hài lòng"),
}


class ScoreForm(Form):
    """A score and, where somebody wants, a few words."""

    score = RadioField(
        N_("Trung tâm làm như vậy có được không?"),
        choices=lambda: [(str(one), _(SCORE_LABELS[one])) for one in reversed(SCORES)],
        validate_choice=True,
    )
    words = LineField(N_("Muốn nói thêm"), most=300)


@desk.route("/feedback/<token>", methods=["GET", "POST"])
@public
def feedback(token: str) -> ResponseReturnValue:
    """Ask, keep the answer, use the link up."""
    try:
        found = room.invited(db.session(), token)
    except Missing:
        return render_template("public/feedback_over.html"), 404
    form = ScoreForm()
    if form.validate_on_submit():
        try:
            room.answer(
                db.session(), token=token, score=int(form.score.data), words=form.words.data or ""
            )
            db.session.commit()
            return redirect(url_for("public.feedback_thanks"), 303)
        except Missing:
            db.session.rollback()
            return render_template("public/feedback_over.html"), 404
        except Refused as refused:
            db.session.rollback()
            form.refuse(refused)
    at_counter = found.way is FeedbackWay.COUNTER and me().user_id is not None
    page = render_template(
        "public/feedback.html",
        form=form,
        about=FEEDBACK_LABELS[found.about],
        code=qr.draw(request.base_url) if at_counter else None,
        form_errors=bool(form.errors),
    )
    return page, 422 if form.is_submitted() else 200


@desk.get("/feedback-thanks")
@public
def feedback_thanks() -> ResponseReturnValue:
    """Say thanks; staff find the way back to the counter."""
    return render_template("public/feedback_thanks.html", is_staff=me().user_id is not None)
