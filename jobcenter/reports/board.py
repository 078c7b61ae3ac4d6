"""The manager's board: plan and pace, where people get stuck, who does not answer, what ends soon.

On a large register counting takes seconds. What took long is kept in the process for sixty times
as long, at most ten minutes, and the page says when it was counted; what was quick is counted anew
for every reader.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from jobcenter.courses.choices import ClassState
from jobcenter.courses.models import Programme, TrainingClass
from jobcenter.enrolments.choices import QUEUED
from jobcenter.enrolments.models import Enrolment
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock
from jobcenter.referrals.choices import UNANSWERED
from jobcenter.referrals.models import Referral
from jobcenter.reports import counting, periods, rounding, splitting
from jobcenter.reports.counting import Figure
from jobcenter.reports.declaring import Dimension
from jobcenter.reports.indicators import ALL
from jobcenter.reports.periods import Period
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy

PLANNED = ("consultations", "referrals", "persons_placed", "intake", "placed_after_training",
           "safety_trainees")  # fmt: skip
STEPS = ("persons_advised", "files_received", "persons_referred", "persons_attended_selection",
         "persons_placed")  # fmt: skip
SHOWN = frozenset({*PLANNED, *STEPS, "referrals_answered", "openings_left", "due_30", "stayed_30"})
BEHIND = 10  # points behind the pace from which on a plan is shown as late
SOON = 7
MOST = 6
SLOW, KEEP, LONGEST = 0.3, 60, 600  # seconds
_kept: dict[tuple[str, str, dt.date], tuple[float, Board]] = {}


@dataclass(frozen=True)
class PlanLine:
    """An indicator with a plan: how much of it is reached, and whether that is behind the pace."""

    figure: Figure
    percent: float | None
    is_late: bool
    short: int  # how many are missing to be on pace, 0 where none


@dataclass(frozen=True)
class Silent:
    """A firm that owes answers past their day."""

    firm: str
    key: str
    referrals: int
    since: dt.date | None


@dataclass(frozen=True)
class Filling:
    """A class that takes people or is about to begin."""

    code: str
    name: str
    type: str
    starts_on: dt.date
    places: int
    taken: int
    waiting: int


@dataclass(frozen=True)
class ParkLine:
    """One park in the period; `stayed` None: fewer than thirty people to tell it of."""

    park: str
    openings: int
    referrals: int
    placed: int
    rate: float | None
    stayed: float | None


@dataclass(frozen=True)
class Board:
    """Everything that the page shows, as it was at `counted_at`."""

    period: Period
    counted_at: dt.datetime
    pace: float  # share of the year that has passed, in percent
    figures: Mapping[str, Figure]
    plan: Sequence[PlanLine]
    months: Sequence[tuple[Period, int]]
    silent: Sequence[Silent]
    waiting_answers: int
    classes: Sequence[Filling]
    vacancies_due: int
    vacancies_late: int
    classes_ending: int
    letters_ending: int
    parks: Sequence[ParkLine]


def board(session: Session, period: Period) -> Board:
    """Return the board of a period, counted now or a short while ago."""
    today = clock.today()
    where = (str(session.get_bind().engine.url), period.code, today)
    kept = _kept.get(where)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    started = time.monotonic()
    made = _count(session, period, today)
    took = time.monotonic() - started
    _kept.pop(where, None)
    if took > SLOW:
        while len(_kept) > 20:
            _kept.pop(next(iter(_kept)), None)
        _kept[where] = (time.monotonic() + min(KEEP * took, LONGEST), made)
    return made


def forget() -> None:
    """Drop what is kept: whoever puts another database in place of this one says so."""
    _kept.clear()


def _count(session: Session, period: Period, today: dt.date) -> Board:
    figures = counting.figures(session, period, today=today, compare=True, codes=SHOWN)
    last = min(period.last, today)
    days = (dt.date(period.year, 12, 31) - dt.date(period.year, 1, 1)).days + 1
    pace = rounding.percent((last - dt.date(period.year, 1, 1)).days + 1, days) or 0.0
    late = (Vacancy.state == VacancyState.OPEN, Vacancy.deadline.is_not(None))
    soon = today + dt.timedelta(days=SOON)
    return Board(
        period=period,
        counted_at=clock.now(),
        pace=pace,
        figures=figures,
        plan=[_plan_line(figures[code], pace) for code in PLANNED],
        months=_months(session, period, today),
        silent=_silent(session, today),
        waiting_answers=_one(session, _owed(today)),
        classes=_classes(session, today),
        vacancies_due=_one(session, select(func.count(Vacancy.id)).where(
            *late, Vacancy.deadline.between(today, soon))),
        vacancies_late=_one(session, select(func.count(Vacancy.id)).where(
            *late, Vacancy.deadline < today)),
        classes_ending=_one(session, select(func.count(TrainingClass.id)).where(
            TrainingClass.state == ClassState.RUNNING,
            TrainingClass.ends_on.between(today, soon))),
        letters_ending=_one(session, select(func.count(Referral.id)).where(
            Referral.state.in_(UNANSWERED), Referral.valid_to.between(today, soon))),
        parks=_parks(session, period, today),
    )  # fmt: skip


def _one(session: Session, counted: object) -> int:
    return int(session.scalar(counted) or 0)  # type: ignore[call-overload]


def _plan_line(figure: Figure, pace: float) -> PlanLine:
    percent = rounding.percent(figure.year_to_date, figure.plan)
    if percent is None or figure.plan is None:
        return PlanLine(figure, None, False, 0)
    due = figure.plan * pace / 100
    short = max(0, round(due - (figure.year_to_date or 0)))
    return PlanLine(figure, percent, percent < pace - BEHIND, short)


def _months(session: Session, period: Period, today: dt.date) -> list[tuple[Period, int]]:
    """Return how many people started work in each month of the year that has begun."""
    found = []
    for month in periods.months(period.year):
        if month.first <= today:
            count = counting.count(session, month.window(today), {"persons_placed"})
            found.append((month, int(count["persons_placed"] or 0)))
    return found


def _owed(today: dt.date) -> object:
    return select(func.count(Referral.id)).where(
        Referral.state.in_(UNANSWERED), Referral.answer_by < today
    )


def _silent(session: Session, today: dt.date) -> list[Silent]:
    rows = session.execute(
        select(Enterprise.name, Enterprise.key, func.count(Referral.id).label("n"),
               func.min(Referral.answer_by))
        .join(Vacancy, Vacancy.enterprise_id == Enterprise.id)
        .join(Referral, Referral.vacancy_id == Vacancy.id)
        .where(Referral.state.in_(UNANSWERED), Referral.answer_by < today)
        .group_by(Enterprise.id, Enterprise.name, Enterprise.key)
        .order_by(func.count(Referral.id).desc(), Enterprise.id)
        .limit(MOST)
    )  # fmt: skip
    return [Silent(name, str(key), count, since) for name, key, count, since in rows]


def _classes(session: Session, today: dt.date) -> list[Filling]:
    waiting = (
        select(func.count(Enrolment.id))
        .where(Enrolment.class_id == TrainingClass.id, Enrolment.state.in_(QUEUED))
        .scalar_subquery()
    )
    rows = session.execute(
        select(TrainingClass.code, TrainingClass.name, Programme.type, TrainingClass.starts_on,
               TrainingClass.places, TrainingClass.taken, waiting)
        .join(Programme, Programme.id == TrainingClass.programme_id)
        .where(
            or_(
                TrainingClass.state == ClassState.ENROLLING,
                (TrainingClass.state == ClassState.PLANNED) & (TrainingClass.starts_on >= today),
            )
        )
        .order_by(TrainingClass.starts_on, TrainingClass.id)
        .limit(MOST)
    )  # fmt: skip
    return [Filling(*row) for row in rows]


def _parks(session: Session, period: Period, today: dt.date) -> list[ParkLine]:
    window = period.window(today)

    def by_park(code: str) -> dict[str, int]:
        found = splitting.split(session, ALL[code], window, Dimension.PARK)
        return {part.value: part.figure for part in found}

    openings, referrals, placed, due, there = (
        by_park(code)
        for code in ("openings_left", "referrals", "placed_by_referral", "due_90", "stayed_90")
    )
    lines = [
        ParkLine(
            park, openings.get(park, 0), referrals.get(park, 0), placed.get(park, 0),
            rounding.percent(placed.get(park, 0), referrals.get(park, 0)),
            rounding.percent(there.get(park, 0), due[park]) if due.get(park, 0) >= 30 else None,
        )
        for park in openings.keys() | referrals.keys() | placed.keys()
    ]  # fmt: skip
    return sorted(lines, key=lambda one: (-one.placed, -one.referrals, -one.openings, one.park))
