"""Firms and their answers: reminders before the day, a call list after it, how they usually do."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.enterprises.models import Enterprise, Member
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.rules import To, tell
from jobcenter.referrals.choices import CALL_AFTER, REMIND_BEFORE, UNANSWERED
from jobcenter.referrals.models import Referral
from jobcenter.referrals.queries import visible_to
from jobcenter.settings.queries import setting
from jobcenter.vacancies.models import Vacancy

LEAST = 5  # fewer introductions say nothing about how a firm answers
WINDOW = dt.timedelta(days=365)
FURTHEST = dt.timedelta(days=60)  # a later promise is no promise


@dataclass(frozen=True)
class Response:
    """How a firm answered over the last year; the figures are None below `LEAST` introductions.

    `due` counts the people whose answer was given or has fallen due.
    """

    due: int
    percent: float | None
    days: float | None  # median of days from sending to the first answer


@dataclass(frozen=True)
class Silent:
    """A firm that owes answers: for how many people of which vacancies, since which day."""

    firm: Enterprise
    people: int
    vacancies: Sequence[Vacancy]
    sent_on: dt.date
    days_late: int


def remind(session: Session, *, today: dt.date) -> int:
    """Tell each user of a firm, once for a vacancy and day, that answers fall due; return how many.

    The day itself is in the key, so that a new day (a promise on the phone) reminds anew.
    """
    until = today + dt.timedelta(days=setting(session, REMIND_BEFORE))
    rows = session.execute(
        select(Referral.vacancy_id, Referral.answer_by, func.count())
        .join(Vacancy, Vacancy.id == Referral.vacancy_id)
        .where(
            Referral.state.in_(UNANSWERED),
            Referral.answer_by.between(today, until),
            Vacancy.enterprise_id.is_not(None),
        )
        .group_by(Referral.vacancy_id, Referral.answer_by)
        .order_by(Referral.vacancy_id, Referral.answer_by)
    ).all()
    told = 0
    for vacancy_id, day, count in rows:
        vacancy = session.get_one(Vacancy, vacancy_id)
        users = select(Member.user_id).where(Member.enterprise_id == vacancy.enterprise_id)
        for user_id in session.scalars(users.order_by(Member.user_id)):
            told += tell(
                session,
                key=f"answers-due/{vacancy.id}/{day:%Y%m%d}/{user_id}",
                template="answers-due",
                to=To(user_id=user_id),
                params={
                    "count": str(count), "title": vacancy.title, "vacancy": vacancy.number,
                    "day": f"{day:%d/%m/%Y}",
                },
                href=f"/enterprise/vacancies/{vacancy.key}/referrals",
            )  # fmt: skip
    return told


def silent(session: Session, actor: Actor, *, today: dt.date) -> list[Silent]:
    """Return the firms to call, who is late the longest first."""
    by_firm: dict[int, list[Referral]] = {}
    for row in _late(session, actor, today):
        by_firm.setdefault(row.vacancy.enterprise_id or 0, []).append(row)
    found = []
    for rows in by_firm.values():
        firm = rows[0].vacancy.enterprise
        first = min(row.answer_by for row in rows if row.answer_by)
        sent = min(row.sent_at for row in rows if row.sent_at)
        orders = {row.vacancy_id: row.vacancy for row in rows}
        if firm is not None:
            found.append(
                Silent(firm, len(rows), [orders[i] for i in sorted(orders)],
                       clock.local(sent).date(), (today - first).days)
            )  # fmt: skip
    return sorted(found, key=lambda one: (-one.days_late, -one.people, one.firm.id))


def _late(session: Session, actor: Actor, today: dt.date) -> Sequence[Referral]:
    over = today - dt.timedelta(days=setting(session, CALL_AFTER))
    return session.scalars(
        visible_to(actor)
        .join(Vacancy.enterprise)
        .options(contains_eager(Referral.vacancy).contains_eager(Vacancy.enterprise))
        .where(Referral.state.in_(UNANSWERED), Referral.answer_by <= over)
        .order_by(Referral.id)
    ).all()


def promise(
    session: Session, *, firm: Enterprise, until: dt.date | None, note: str, by: Actor
) -> int:
    """Write down that a firm was called and answers by `until`; return for how many people.

    Refuses a day that is past or too far, and a firm that owes nothing (called already).
    """
    if not by.may(Right.VACANCIES_WRITE):
        raise NotAllowed
    require_impartial(by, firm.id)
    today = clock.today()
    if until is None or until < today:
        raise Refused(N_("Ghi ngày doanh nghiệp hẹn trả lời, từ hôm nay trở đi."), field="until")
    if until > today + FURTHEST:
        raise Refused(N_("Ngày hẹn xa hơn hai tháng, xem lại."), field="until")
    rows = [row for row in _late(session, by, today) if row.vacancy.enterprise_id == firm.id]
    if not rows:
        raise Refused(N_("Doanh nghiệp này không còn ai chờ trả lời quá hạn."))
    for row in rows:
        row.answer_by = until
        row.valid_to = max(row.valid_to or until, until)
    session.flush()
    record(
        session, by=by, action="promise-answers", kind="enterprise", subject_id=firm.id,
        people=len(rows), until=until.isoformat(), note=note[:200],
    )  # fmt: skip
    return len(rows)


def one_silent(session: Session, key: object, actor: Actor, *, today: dt.date) -> Silent:
    """Return one firm of the call list, or refuse as if it were not there."""
    for one in silent(session, actor, today=today):
        if one.firm.key == key:
            return one
    raise Missing


def response_of(session: Session, firm_id: int, *, today: dt.date) -> Response:
    """Return how a firm answers what it was sent in the last year."""
    return responses(session, [firm_id], today=today)[firm_id]


def responses(session: Session, firm_ids: Sequence[int], *, today: dt.date) -> dict[int, Response]:
    """Return how each of these firms answers; somebody not due yet counts neither way."""
    since = clock.now() - WINDOW
    rows = session.execute(
        select(Vacancy.enterprise_id, Referral.sent_at, Referral.answered_at)
        .join(Vacancy, Vacancy.id == Referral.vacancy_id)
        .where(
            Vacancy.enterprise_id.in_(firm_ids),
            Referral.sent_at >= since,
            or_(Referral.answered_at.is_not(None), Referral.answer_by < today),
        )
    ).all()
    found: dict[int, list[float | None]] = {firm_id: [] for firm_id in firm_ids}
    for firm_id, sent, answered in rows:
        took = (answered - sent).total_seconds() / 86_400 if answered and sent else None
        found[firm_id or 0].append(took)
    return {firm_id: _response(took) for firm_id, took in found.items()}


def _response(took: Sequence[float | None]) -> Response:
    answered = [days for days in took if days is not None]
    if len(took) < LEAST:
        return Response(len(took), None, None)
    percent = round(100 * len(answered) / len(took), 1)
    return Response(len(took), percent, statistics.median(answered) if answered else None)
