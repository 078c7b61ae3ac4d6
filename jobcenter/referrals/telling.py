"""Who is told of a step, in the transaction of the step: the person, the counsellor, the firm."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.enterprises.models import Member
from jobcenter.kernel import clock
from jobcenter.notices.rules import To, tell
from jobcenter.people.queries import roots
from jobcenter.referrals.choices import ANSWERS, Hand, Verb
from jobcenter.referrals.models import Referral, ReferralEvent

_TO_PERSON = {
    Verb.PROPOSE: "referral-proposed",
    Verb.INVITE: "referral-invited",
    Verb.STOP: "referral-stopped",
}
_TO_FIRM = {Verb.SUPERSEDE: "referral-lost", Verb.WITHDRAW: "referral-lost"}


def tell_of(session: Session, row: Referral, event: ReferralEvent, verb: Verb) -> None:
    """Write down what is to be told of a step that was just taken."""
    if verb in _TO_PERSON and row.valid_to is not None:  # they were asked, so they know of it
        _tell_person(session, row, event, _TO_PERSON[verb])
    if verb is Verb.SEND:
        _tell_firm(session, row, f"sent/{clock.today():%Y%m%d}", "referral-sent")
    if verb in _TO_FIRM and row.sent_at is not None:
        _tell_firm(session, row, f"lost/{event.id}", _TO_FIRM[verb])
    by_others = event.hand in (Hand.FIRM, Hand.SEEKER) and verb in (
        *ANSWERS, Verb.CONSENT, Verb.WITHDRAW,
    )  # fmt: skip
    if by_others or (event.hand is Hand.CLOCK and verb is Verb.EXPIRE):
        _tell_counsellor(session, row, event)


def _tell_person(session: Session, row: Referral, event: ReferralEvent, template: str) -> None:
    vacancy, firm = row.vacancy, row.vacancy.enterprise
    params = {"title": vacancy.title, "firm": firm.name if firm else vacancy.firm_as_written}
    if template == "referral-invited" and row.interview_at is not None:
        at = clock.local(row.interview_at)
        params |= {"when": f"{at:%H:%M %d/%m/%Y}", "place": row.interview_place or "…"}
    person_id = row.seeker.person_id
    tell(
        session,
        key=f"referral/{row.id}/{event.id}/person",
        template=template,
        to=To(person_id=roots(session, [person_id])[person_id]),
        params=params,
        href=f"/me/referrals/{row.key}",
    )


def _tell_firm(session: Session, row: Referral, what: str, template: str) -> None:
    """Tell each of the firm's users; that people were sent is told once a day for a vacancy."""
    if row.vacancy.enterprise_id is None:
        return
    users = select(Member.user_id).where(Member.enterprise_id == row.vacancy.enterprise_id)
    for user_id in session.scalars(users.order_by(Member.user_id)):
        tell(
            session,
            key=f"referral/{row.vacancy_id}/{what}/{user_id}",
            template=template,
            to=To(user_id=user_id),
            params={"vacancy": row.vacancy.number, "title": row.vacancy.title},
            href=f"/enterprise/vacancies/{row.vacancy.key}/referrals",
        )


def _tell_counsellor(session: Session, row: Referral, event: ReferralEvent) -> None:
    user_id = row.drafted_by_id or row.seeker.responsible_id
    if user_id is not None:
        tell(
            session,
            key=f"referral/{row.id}/{event.id}/centre",
            template="referral-moved",
            to=To(user_id=user_id),
            params={"file": row.seeker.number, "vacancy": row.vacancy.number},
            href=f"/counsellor/referrals/{row.key}",
        )
