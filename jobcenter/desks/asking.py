"""Asking how a step was: the link that a person gets by message, or answers at the counter."""

from __future__ import annotations

from flask import url_for

from jobcenter.advising import feedback
from jobcenter.advising.choices import FeedbackAbout, FeedbackWay
from jobcenter.kernel.db import db


def ask_how_it_was(person_id: int | None, about: FeedbackAbout) -> None:
    """Tell a person the link, in the caller's transaction; at most once a quarter for a step."""
    session = db.session()
    if person_id is None or not feedback.may_ask(session, about=about, person_id=person_id):
        return
    token, until = feedback.invite(session, about=about, way=FeedbackWay.LINK)
    link = url_for("public.feedback", token=token, _external=True)
    feedback.send(session, about=about, person_id=person_id, link=link, until=until)
