"""What became of the invented orders: their history, sheets, people hired, and who left early."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.demo.draw import Draw
from jobcenter.kernel import clock, series
from jobcenter.placements.choices import EARLY_DAYS, EndReason
from jobcenter.placements.models import Placement
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.choices import CloseReason, VacancyState
from jobcenter.vacancies.models import RecruitmentSheet, Vacancy, VacancyChange
from jobcenter.vacancies.steps import settle

MOST_SHEETS = 8
MOST_FULL = 8  # vacancies that found everybody
LONGEST_AGO = 210  # days since the first of those who are in a job started
SMALL = 6  # a headcount that so few hands can fill
_UNPUBLISHED = (VacancyState.DRAFT, VacancyState.SUBMITTED)


def write(session: Session, *, seed: int, today: dt.date) -> None:
    """Hire the people whose files say so, end a few jobs early, and tell the history."""
    draw = Draw(f"{seed}-hires")
    orders = session.scalars(select(Vacancy).order_by(Vacancy.id)).all()
    for order in orders:
        if order.state is VacancyState.CLOSED:
            order.close_reason = draw.pick(tuple(CloseReason))
        _tell(session, order)
    _write_sheets(session, orders)
    _hire(session, draw, orders, today)
    session.flush()


def _tell(session: Session, order: Vacancy) -> None:
    """Write who drafted and who published, as the pages would have."""
    steps: list[tuple[str, str, str | None, str | None, int]] = [
        ("draft-vacancy", "", None, None, 0)
    ]
    if order.state not in _UNPUBLISHED:
        steps.append(("publish-vacancy", "state", "submitted", "open", 1))
    if order.state not in (*_UNPUBLISHED, VacancyState.OPEN):
        verb = "close-vacancy" if order.state is VacancyState.CLOSED else "hold-vacancy"
        steps.append((verb, "state", "open", order.state.value, 2))
    for action, field, before, after, days in steps:
        day = min(order.registered_on + dt.timedelta(days=days), clock.today())
        session.add(
            VacancyChange(
                vacancy_id=order.id, actor="Trần Thu Hà", action=action, field=field,
                before=before, after=after,
                at=dt.datetime.combine(day, dt.time(9 + days), clock.LOCAL),
            )
        )  # fmt: skip


def _write_sheets(session: Session, orders: Sequence[Vacancy]) -> None:
    """Put the first two orders of some firms on one sheet."""
    by_firm: dict[int, list[Vacancy]] = {}
    for order in orders:
        if order.enterprise_id is not None:
            by_firm.setdefault(order.enterprise_id, []).append(order)
    several = [found for found in by_firm.values() if len(found) > 1][:MOST_SHEETS]
    for found in several:
        first = found[0]
        year = first.registered_on.year
        number = series.take(session, "PN", year)
        sheet = RecruitmentSheet(
            number=series.numbered("PN", year, number, 4),
            enterprise_id=first.enterprise_id,
            received_on=first.registered_on,
            contact_name=first.contact_name,
            contact_position="Nhân sự",
            contact_phone=first.contact_phone,
            contact_email=first.contact_email,
            services=first.services,
        )
        session.add(sheet)
        session.flush()
        for order in found[:2]:
            order.sheet_id = sheet.id


def _hire(session: Session, draw: Draw, orders: Sequence[Vacancy], today: dt.date) -> None:
    wanted = select(Seeker.id).where(Seeker.state == FileState.PLACED).order_by(Seeker.id)
    free = list(session.scalars(wanted.limit(400)))
    looking = select(Seeker.id).where(Seeker.state == FileState.LOOKING).order_by(Seeker.id)
    former = list(session.scalars(looking.limit(12)))
    open_ones = [order for order in orders if order.state is VacancyState.OPEN]
    small = [order for order in open_ones if order.headcount <= SMALL][:MOST_FULL]
    for order in small:
        if len(free) > order.headcount:
            for _n in range(order.headcount):
                _add(session, draw, order, free.pop(), today)
    others = [order for order in open_ones if order not in small]
    for order in others:
        for _n in range(min(draw.between(0, 4), order.headcount - 1, len(free))):
            _add(session, draw, order, free.pop(), today)
        if former and draw.chance(8):
            _add(session, draw, order, former.pop(), today, leaves=True)
    for order in open_ones:
        settle(order)


def _add(
    session: Session, draw: Draw, order: Vacancy, seeker_id: int, today: dt.date, *,
    leaves: bool = False,
) -> None:  # fmt: skip
    age = max(1, min(LONGEST_AGO, (today - order.registered_on).days))
    start = today - dt.timedelta(days=draw.between(1, age if draw.chance(45) else min(40, age)))
    stayed = dt.timedelta(days=draw.below(min((today - start).days, EARLY_DAYS - 1) + 1))
    session.add(
        Placement(
            seeker_id=seeker_id,
            vacancy_id=order.id,
            enterprise_id=order.enterprise_id,
            started_on=start,
            ended_on=start + stayed if leaves else None,
            end_reason=draw.pick((EndReason.QUIT, EndReason.NEVER_CAME)) if leaves else None,
            counts_to_headcount=not leaves,
            confirmed_at=None if draw.chance(10) and not leaves else clock.now(),
        )
    )
    order.filled += not leaves
