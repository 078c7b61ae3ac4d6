"""Telling a firm's users that the deadline of a vacancy comes near: once for each mark of days."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.enterprises.models import Member
from jobcenter.notices.rules import To, tell
from jobcenter.vacancies.choices import DUE_DAYS, VacancyState
from jobcenter.vacancies.models import Vacancy


def remind(session: Session, *, today: dt.date) -> int:
    """Write down what is to be told today and return how much; a second run tells nothing new.

    A deadline that was extended is told of anew, because its day is part of what was told.
    """
    last = today + dt.timedelta(days=max(DUE_DAYS))
    near = (
        select(Vacancy, Member.user_id)
        .join(Member, Member.enterprise_id == Vacancy.enterprise_id)
        .where(Vacancy.state == VacancyState.OPEN, Vacancy.deadline.between(today, last))
        .order_by(Vacancy.id, Member.user_id)
    )
    told = 0
    for vacancy, user_id in session.execute(near).all():
        left = (vacancy.deadline - today).days if vacancy.deadline else 0
        mark = min(days for days in DUE_DAYS if left <= days)
        told += tell(
            session,
            key=f"vacancy-due/{vacancy.id}/{vacancy.deadline:%Y%m%d}/{mark}/{user_id}",
            template="vacancy-due",
            to=To(user_id=user_id),
            params={
                "vacancy": vacancy.number,
                "title": vacancy.title,
                "day": f"{vacancy.deadline:%d/%m/%Y}",
                "left": str(vacancy.headcount - vacancy.filled),
            },
            href=f"/enterprise/vacancies/{vacancy.key}/steps",
        )
    return told
