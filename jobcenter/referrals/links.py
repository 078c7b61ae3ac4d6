"""A link by which a firm without an account answers for the people sent for one vacancy.

The address is signed by the desk; here stands what the link is for and when it is over. It shows
who was sent before it was made, as the firm's account would, and acts as the firm in the name of
its contact. It is used up when nobody of it waits for a first answer any more.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.enterprises.queries import is_closed
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.referrals import lists, rules, together
from jobcenter.referrals.choices import LINK_DAYS, UNANSWERED, WITH_FIRM, LinkState
from jobcenter.referrals.models import AnswerLink, Referral
from jobcenter.settings.queries import setting
from jobcenter.vacancies.models import Vacancy

ROLE = "answer-link"
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class LinkOver(Refused):
    """The link was right once; nothing can be answered by it any more."""


def make(session: Session, *, vacancy: Vacancy, contact: str, email: str, by: Actor) -> AnswerLink:
    """Make the vacancy's link for a contact of its firm; the one before is of no use any more.

    Refuses where nobody waits for an answer.
    """
    if not by.may(Right.VACANCIES_WRITE):
        raise NotAllowed
    require_impartial(by, vacancy.enterprise_id)
    contact, email = vietnamese.clean_line(contact)[:120], vietnamese.clean_line(email)[:120]
    if not contact:
        raise Refused(N_("Ghi tên người trả lời của doanh nghiệp."), field="contact")
    if email and not MAIL.fullmatch(email):
        raise Refused(N_("Email chưa đúng, ví dụ: lan@congty.vn."), field="email")
    session.execute(select(Vacancy.id).where(Vacancy.id == vacancy.id).with_for_update())
    with_firm = select(Referral.id).where(
        Referral.vacancy_id == vacancy.id, Referral.state.in_(WITH_FIRM)
    )
    if vacancy.enterprise_id is None or session.scalar(with_firm.limit(1)) is None:
        raise Refused(N_("Chưa có ai ở doanh nghiệp chờ câu trả lời."))
    for old in session.scalars(_live(vacancy)):
        old.revoked_at = clock.now()
    session.flush()
    now = clock.now()
    link = AnswerLink(
        vacancy_id=vacancy.id, enterprise_id=vacancy.enterprise_id, contact_name=contact,
        contact_email=email or None, made_by_id=by.user_id, made_at=now,
        expires_at=now + dt.timedelta(days=setting(session, LINK_DAYS)),
    )  # fmt: skip
    session.add(link)
    session.flush()
    record(
        session, by=by, action="make-answer-link", kind="vacancy", subject_id=vacancy.id,

    )  # fmt: skip
    return link


def _live(vacancy: Vacancy) -> Select[AnswerLink]:
    return select(AnswerLink).where(
        AnswerLink.vacancy_id == vacancy.id,
        AnswerLink.answered_at.is_(None),
        AnswerLink.revoked_at.is_(None),
    )


def of_vacancy(session: Session, vacancy: Vacancy) -> Sequence[AnswerLink]:
    """Return the links of a vacancy that the reader may see, newest first."""
    found = select(AnswerLink).where(AnswerLink.vacancy_id == vacancy.id)
    return session.scalars(found.order_by(AnswerLink.id.desc()).limit(5)).all()


def one(session: Session, vacancy: Vacancy, key: uuid.UUID) -> AnswerLink:
    """Return a link of a vacancy, or refuse as if it were not there."""
    row = session.scalar(
        select(AnswerLink).where(AnswerLink.key == key, AnswerLink.vacancy_id == vacancy.id)
    )
    if row is None:
        raise Missing
    return row


def revoke(session: Session, *, link: AnswerLink, by: Actor) -> None:
    """Take a link back; one that is over already stays as it is."""
    if not by.may(Right.VACANCIES_WRITE):
        raise NotAllowed
    require_impartial(by, link.enterprise_id)
    session.refresh(link, with_for_update={"of": AnswerLink})
    if link.answered_at is None and link.revoked_at is None:
        link.revoked_at = clock.now()
        session.flush()
        record(
            session, by=by, action="revoke-answer-link", kind="vacancy",
            subject_id=link.vacancy_id,
        )  # fmt: skip


def opened(session: Session, key: uuid.UUID) -> AnswerLink:
    """Return the link of a signed address while something can be answered by it."""
    link = session.scalar(
        select(AnswerLink)
        .where(AnswerLink.key == key)
        .options(joinedload(AnswerLink.vacancy).joinedload(Vacancy.enterprise))
    )
    if link is None:
        raise Missing
    _require_live(link)
    return link


def _require_live(link: AnswerLink) -> None:
    vacancy = link.vacancy
    if vacancy.enterprise_id != link.enterprise_id or is_closed(vacancy.enterprise):
        raise LinkOver(WHY_OVER[LinkState.REVOKED])
    if link.state is not LinkState.OPEN:
        raise LinkOver(WHY_OVER[link.state])


WHY_OVER = {
    LinkState.ANSWERED: N_(
        "Mọi người trong liên kết này đã được trả lời. Cảm ơn quý doanh nghiệp."
    ),
    LinkState.EXPIRED: N_("Liên kết đã hết hạn. Gọi trung tâm để nhận liên kết mới."),
    LinkState.REVOKED: N_("Liên kết đã được thay hoặc thu hồi. Dùng liên kết mới nhất."),
}


def actor_of(link: AnswerLink) -> Actor:
    """Return who answers by a link: the firm's contact, with the hands of that firm alone."""
    return Actor(
        user_id=None, name=link.contact_name, role=ROLE, rights=frozenset({Right.OWN_FIRM.value}),
        enterprise_id=link.enterprise_id,
    )  # fmt: skip


def people(session: Session, link: AnswerLink) -> list[Referral]:
    """Return who is with the firm of those sent before the link was made."""
    rows = lists.of_vacancy(session, link.vacancy, actor_of(link))
    return [
        row for row in rows
        if row.state in WITH_FIRM and row.sent_at is not None and row.sent_at <= link.made_at
    ]  # fmt: skip


def see(session: Session, *, key: uuid.UUID) -> None:
    """Note the receipt: whoever has the link opened the list."""
    link = opened(session, key)
    rules.see(session, referrals=people(session, link), by=actor_of(link))


def answer(
    session: Session, *, link: AnswerLink, answers: Mapping[int, together.Answer]
) -> list[together.Outcome]:
    """Do what was answered, as the contact; the link ends when nobody of it waits any more."""
    by = actor_of(link)
    session.execute(select(Vacancy.id).where(Vacancy.id == link.vacancy_id).with_for_update())
    session.refresh(link, with_for_update={"of": AnswerLink})
    _require_live(link)
    done = together.answer(session, rows=people(session, link), answers=answers, by=by)
    session.flush()
    if not any(row.state in UNANSWERED for row in people(session, link)):
        link.answered_at = clock.now()
        session.flush()
    record(
        session, by=by, action="answer-by-link", kind="vacancy", subject_id=link.vacancy_id,
        people=sum(one.refused is None for one in done),
    )  # fmt: skip
    return done
