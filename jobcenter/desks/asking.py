"""Asking how a step was: the link that a person gets by message, or answers at the counter."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from jobcenter.advising import feedback
from jobcenter.advising.choices import FeedbackAbout, FeedbackWay
from jobcenter.kernel.db import db
from jobcenter.referrals.choices import ReferralState
from jobcenter.referrals.together import Outcome

# After these a person has seen the whole way of an introduction, and can say how it was.
_SEEN_IT = (ReferralState.INTERVIEWED, ReferralState.HIRED, ReferralState.REJECTED)


def ask_how_it_was(person_id: int | None, about: FeedbackAbout) -> None:
    """Tell a person the link, in the caller's transaction; at most once a quarter for a step."""
    session = db.session()
    if person_id is None or not feedback.may_ask(session, about=about, person_id=person_id):
        return
    token, until = feedback.invite(session, about=about, way=FeedbackWay.LINK)
    link = url_for("public.feedback", token=token, _external=True)
    feedback.send(session, about=about, person_id=person_id, link=link, until=until)


def ask_after_answers(outcomes: Iterable[Outcome]) -> None:
    """Ask those whom a firm answered, where something was done."""
    for one in outcomes:
        if one.referral is not None and one.refused is None and one.referral.state in _SEEN_IT:
            ask_how_it_was(one.seeker.person_id, FeedbackAbout.REFERRAL)
