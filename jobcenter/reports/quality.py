"""Facts of how well it went: waiting times in days, complaints, what people said of the service.

Who complained and who gave a score are left out of the rows on purpose: a figure does not need it.
"""

from __future__ import annotations

from sqlalchemy import Integer, String, cast, func, literal, null, select, type_coerce
from sqlalchemy.orm import Session

from jobcenter.advising.choices import FEEDBACK_SAMPLE, ComplaintState
from jobcenter.advising.models import Complaint, FeedbackAnswer
from jobcenter.placements.models import Placement
from jobcenter.referrals.choices import Verb
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.reports.facts import (
    Fact,
    Rows,
    days_between,
    local_day,
    of_referrals,
    placed,
    row,
)
from jobcenter.reports.periods import Window
from jobcenter.settings.queries import setting
from jobcenter.vacancies.models import Vacancy

_NO_VACANCY = cast(null(), Integer)  # a bare NULL is a text to PostgreSQL, and is joined on
_SENT = ReferralEvent.verb == Verb.SEND.value


def first_referrals(session: Session, window: Window) -> Rows:
    """Vacancies whose first letter was sent; the amount is the days since they were registered."""
    first = (
        select(Referral.vacancy_id, func.min(ReferralEvent.at).label("at"))
        .join(Referral, Referral.id == ReferralEvent.referral_id)
        .where(_SENT, ReferralEvent.at < window.end)
        .group_by(Referral.vacancy_id)
        .subquery()
    )
    days = days_between(session, Vacancy.registered_on, local_day(session, first.c.at))
    return (
        select(
            *row(
                id=Vacancy.id, at=first.c.at, firm=Vacancy.enterprise_id, vacancy=Vacancy.id,
                amount=days,
            )
        )
        .join(first, first.c.vacancy_id == Vacancy.id)
        .where(first.c.at >= window.begin)
    )  # fmt: skip


def answers(session: Session, window: Window) -> Rows:
    """Referrals that a firm answered; the amount is the days since they were sent."""
    sent, moment = Referral.sent_at, Referral.answered_at
    days = days_between(session, local_day(session, sent), local_day(session, moment))
    return of_referrals(moment, amount=days).where(
        moment >= window.begin, moment < window.end, sent.is_not(None)
    )


def hires(session: Session, window: Window) -> Rows:
    """Jobs begun by way of a letter; the amount is the days from the letter to the first day."""
    sent = (
        select(func.min(Referral.sent_at))
        .where(Referral.placement_id == Placement.id)
        .correlate(Placement)
        .scalar_subquery()
    )
    days = days_between(session, local_day(session, sent), Placement.started_on)
    started = Placement.started_on.between(window.first, window.last)
    return placed(started, sent.is_not(None), amount=days)


def complaints(_session: Session, window: Window) -> Rows:
    """Complaints received."""
    return select(
        *row(
            id=Complaint.id, day=Complaint.received_on, firm=Complaint.enterprise_id,
            vacancy=_NO_VACANCY, of=type_coerce(Complaint.kind, String),
        )
    ).where(Complaint.received_on.between(window.first, window.last))  # fmt: skip


def complaints_ended(_session: Session, window: Window) -> Rows:
    """Complaints that came to an end; `is_so`: settled."""
    return select(
        *row(
            id=Complaint.id, day=Complaint.closed_on, firm=Complaint.enterprise_id,
            vacancy=_NO_VACANCY, of=type_coerce(Complaint.kind, String),
            is_so=Complaint.state == ComplaintState.SETTLED,
        )
    ).where(Complaint.closed_on.between(window.first, window.last))  # fmt: skip


def feedback(session: Session, window: Window) -> Rows:
    """Scores given, by month; `is_so`: they are enough to be told."""
    enough = (
        select(func.count(FeedbackAnswer.id))
        .where(FeedbackAnswer.month.between(window.first, window.last))
        .correlate(None)
        .scalar_subquery()
    )
    return select(
        *row(
            id=FeedbackAnswer.id, day=FeedbackAnswer.month,
            is_so=enough >= literal(setting(session, FEEDBACK_SAMPLE)),
        )
    ).where(FeedbackAnswer.month.between(window.first, window.last))  # fmt: skip


def content(session: Session, window: Window) -> Rows:
    """Scores of 4 and 5, where scores are enough to be told."""
    told = feedback(session, window)
    enough = told.subquery().c
    return told.where(FeedbackAnswer.score >= 4, select(enough.id).where(enough.is_so).exists())


FIRST_REFERRALS = Fact("first-referrals", first_referrals)
ANSWERS = Fact("answers", answers)
HIRES = Fact("hires", hires)
COMPLAINTS = Fact("complaints", complaints)
COMPLAINTS_ENDED = Fact("complaints-ended", complaints_ended)
FEEDBACK = Fact("feedback", feedback)
CONTENT = Fact("content", content)
