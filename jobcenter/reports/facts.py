"""What happened, as rows: each fact is one query, whose rows are counted and shown alike.

The columns of every fact are the same (`COLUMNS`): the row, its day, the human behind it (who
stands for the merged), firm, vacancy, class, programme type, an amount, and three notes that
indicators narrow by. A fact reads the tables of the other rooms and changes none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from jobcenter.advising.models import Consultation, JobSession
from jobcenter.courses.choices import ClassState
from jobcenter.courses.models import Programme, TrainingClass
from jobcenter.courses.queries import plan_types
from jobcenter.enrolments.choices import TAKEN_IN, EnrolState
from jobcenter.enrolments.models import Enrolment
from jobcenter.people.queries import stand_ins
from jobcenter.placements.choices import NEVER_WORKED
from jobcenter.placements.models import Placement
from jobcenter.referrals.choices import ReferralState, Verb
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.reports.periods import Window
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy, VacancyChange

COLUMNS = ("id", "day", "human", "firm", "vacancy", "course", "type", "amount", "of", "at", "is_so")
Rows = Select[Any]
JOB_DAYS = 183  # six months in which a job counts as found after training
JOB_DAYS_3M = 92


@dataclass(frozen=True)
class Fact:
    """One kind of thing that happens; `rows` gives those of a window."""

    code: str
    rows: Callable[[Session, Window], Rows]
    is_stock: bool = False  # what stands at the end, not what happened within


def row(**columns: Any) -> list[Any]:
    """Return the columns of a fact in their order; those not told are empty."""
    told = {"amount": literal(1)} | columns
    return [told.get(name, null()).label(name) for name in COLUMNS]


def _human(person: Any) -> ColumnElement[Any]:
    return func.coalesce(stand_ins().c.root_id, person)


def later(session: Session, day: Any, days: int) -> ColumnElement[Any]:
    """Return the day so many days after, in the words of the database."""
    if session.get_bind().dialect.name == "sqlite":
        return func.date(day, f"+{days} days")
    after: ColumnElement[Any] = day + literal(days)
    return after


def local_day(session: Session, moment: Any) -> ColumnElement[Any]:
    """Return the day of an instant in Hải Phòng, in the words of the database."""
    if session.get_bind().dialect.name == "sqlite":
        return func.date(moment, "+7 hours")
    return cast(func.timezone("Asia/Ho_Chi_Minh", moment), Date)


def days_between(session: Session, first: Any, last: Any) -> ColumnElement[Any]:
    """Return the whole days from one day to another, never less than none."""
    if session.get_bind().dialect.name == "sqlite":
        days: Any = cast(func.julianday(last) - func.julianday(first), Integer)
    else:
        days = type_coerce(last, Integer) - type_coerce(first, Integer)
    return case((days < 0, 0), else_=days)


def consultations(_session: Session, window: Window) -> Rows:
    """Advice given to one person once; struck rows are left out."""
    merged = stand_ins()
    return (
        select(
            *row(
                id=Consultation.id, day=Consultation.day, human=_human(Consultation.person_id),
                of=type_coerce(Consultation.subjects, String),
            )
        )
        .outerjoin(merged, merged.c.person_id == Consultation.person_id)
        .where(
            Consultation.day.between(window.first, window.last), Consultation.struck_at.is_(None)
        )
    )  # fmt: skip


def files(_session: Session, window: Window) -> Rows:
    """Files opened."""
    merged = stand_ins()
    return (
        select(*row(id=Seeker.id, day=Seeker.registered_on, human=_human(Seeker.person_id)))
        .outerjoin(merged, merged.c.person_id == Seeker.person_id)
        .where(Seeker.registered_on.between(window.first, window.last))
    )


def of_referrals(moment: Any, **more: Any) -> Rows:
    """Return referrals with the human behind each, at a moment of theirs."""
    merged = stand_ins()
    return (
        select(
            *row(
                id=Referral.id, at=moment, human=_human(Seeker.person_id),
                firm=Vacancy.enterprise_id, vacancy=Referral.vacancy_id, **more,
            )
        )
        .select_from(Referral)
        .join(Seeker, Seeker.id == Referral.seeker_id)
        .join(Vacancy, Vacancy.id == Referral.vacancy_id)
        .outerjoin(merged, merged.c.person_id == Seeker.person_id)
    )  # fmt: skip


def referrals(_session: Session, window: Window) -> Rows:
    """Letters sent: the event that sent them; `is_so`: the firm has answered."""
    sent = ReferralEvent
    return (
        of_referrals(sent.at, is_so=Referral.answered_at.is_not(None))
        .join(sent, sent.referral_id == Referral.id)
        .where(sent.verb == Verb.SEND.value, sent.at >= window.begin, sent.at < window.end)
    )


def selections(_session: Session, window: Window) -> Rows:
    """Referrals whose person took part in the selection: the first event that says so.

    An interview, a no after it or a hire; a hire that never was says nothing.
    """
    told = ReferralEvent
    first = (
        select(told.referral_id, func.min(told.at).label("at"))
        .join(Referral, Referral.id == told.referral_id)
        .where(
            or_(
                told.verb.in_((Verb.INTERVIEW.value, Verb.REJECT.value)),
                (told.verb == Verb.HIRE.value)
                & (Referral.state != ReferralState.HIRE_CANCELLED),
            ),
            told.at < window.end,
        )
        .group_by(told.referral_id)
        .subquery()
    )  # fmt: skip
    return (
        of_referrals(first.c.at)
        .join(first, first.c.referral_id == Referral.id)
        .where(first.c.at >= window.begin)
    )


def placed(*columns: ColumnElement[bool], **more: Any) -> Rows:
    """Return jobs that somebody really began."""
    merged = stand_ins()
    worked = or_(Placement.end_reason.is_(None), Placement.end_reason.not_in(NEVER_WORKED))
    return (
        select(
            *row(
                id=Placement.id, day=Placement.started_on, human=_human(Seeker.person_id),
                firm=Placement.enterprise_id, vacancy=Placement.vacancy_id, **more,
            )
        )
        .join(Seeker, Seeker.id == Placement.seeker_id)
        .outerjoin(merged, merged.c.person_id == Seeker.person_id)
        .where(worked, *columns)
    )  # fmt: skip


def placements(_session: Session, window: Window) -> Rows:
    """Jobs begun; `is_so`: by way of a referral of the centre."""
    by_referral = select(Referral.id).where(Referral.placement_id == Placement.id).exists()
    started = Placement.started_on.between(window.first, window.last)
    return placed(started, is_so=by_referral)


def _stayed(days: int) -> Callable[[Session, Window], Rows]:
    def rows(session: Session, window: Window) -> Rows:
        due = window.earlier(days)
        started = Placement.started_on.between(due.first, due.last)
        there = or_(
            Placement.ended_on.is_(None),
            Placement.ended_on > later(session, Placement.started_on, days),
        )
        return placed(started, is_so=there)

    return rows


_NEVER_ASKED = (VacancyState.DRAFT, VacancyState.SUBMITTED)
_ASKED = (Vacancy.state.not_in(_NEVER_ASKED), Vacancy.enterprise_id.is_not(None))


def vacancies(_session: Session, window: Window) -> Rows:
    """Vacancies that firms registered; drafts and what waits for approval are none yet."""
    return select(
        *row(
            id=Vacancy.id, day=Vacancy.registered_on, firm=Vacancy.enterprise_id,
            vacancy=Vacancy.id, amount=Vacancy.headcount,
        )
    ).where(Vacancy.registered_on.between(window.first, window.last), *_ASKED)  # fmt: skip


def openings(_session: Session, window: Window) -> Rows:
    """Vacancies that took people on the last day, and how many places were left on it."""
    day, end = window.last, window.end
    change = (VacancyChange.vacancy_id == Vacancy.id) & (VacancyChange.field == "state")
    next_one = (
        select(cast(VacancyChange.before, String))
        .where(change, VacancyChange.at >= end)
        .order_by(VacancyChange.at, VacancyChange.id)
        .limit(1)
        .scalar_subquery()
    )
    state = func.coalesce(next_one, '"' + cast(Vacancy.state, String) + '"')
    # What was filled later than that day was open on it; nothing else closes by being filled.
    taken = (
        select(func.count(Placement.id))
        .where(
            Placement.vacancy_id == Vacancy.id,
            Placement.counts_to_headcount,
            or_(Placement.started_on <= day, Placement.created_at < end),
        )
        .scalar_subquery()
    )
    left = Vacancy.headcount - taken
    return select(
        *row(
            id=Vacancy.id, day=Vacancy.registered_on, firm=Vacancy.enterprise_id,
            vacancy=Vacancy.id, amount=left,
        )
    ).where(
        Vacancy.registered_on <= day, *_ASKED,
        or_(Vacancy.deadline.is_(None), Vacancy.deadline >= day),
        state.in_(('"open"', '"filled"')), left > 0,
    )  # fmt: skip


def sessions(_session: Session, window: Window) -> Rows:
    """Job sessions held."""
    return select(
        *row(
            id=JobSession.id, day=JobSession.day, of=JobSession.kind,
            amount=func.coalesce(JobSession.attended, 0),
        )
    ).where(JobSession.day.between(window.first, window.last))  # fmt: skip


def _enrolments(session: Session, window: Window, day: Any) -> Rows:
    merged = stand_ins()
    counts = Programme.type.in_(sorted(plan_types(session, window.last.year)))
    return (
        select(
            *row(
                id=Enrolment.id, day=day, human=_human(Enrolment.person_id),
                firm=func.coalesce(Enrolment.enterprise_id, TrainingClass.enterprise_id),
                course=TrainingClass.id, type=Programme.type, of=Enrolment.target_group,
                is_so=counts,
            )
        )
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Programme, Programme.id == TrainingClass.programme_id)
        .outerjoin(merged, merged.c.person_id == Enrolment.person_id)
        .where(
            TrainingClass.state != ClassState.CANCELLED,
            day.between(window.first, window.last),
        )
    )  # fmt: skip


def intake(session: Session, window: Window) -> Rows:
    """Learners taken in, on the day their class begins; `is_so`: the type counts in the plan."""
    rows = _enrolments(session, window, TrainingClass.starts_on)
    return rows.where(Enrolment.state.in_(TAKEN_IN))


def _done() -> ColumnElement[Any]:
    return func.coalesce(Enrolment.ended_on, TrainingClass.ends_on)


def completions(session: Session, window: Window) -> Rows:
    """Learners who completed, on the day they did or their class ended."""
    rows = _enrolments(session, window, _done())
    return rows.where(Enrolment.state == EnrolState.COMPLETED)


def _jobs_after(days: int) -> Callable[[Session, Window], Rows]:
    def rows(session: Session, window: Window) -> Rows:
        """Learners who completed and began a job soon; a row for each of both."""
        jobs = placed().subquery()
        done = completions(session, window).subquery()
        begun = jobs.c.day.between(done.c.day, later(session, done.c.day, days))
        columns = [jobs.c.firm if name == "firm" else done.c[name] for name in COLUMNS]
        return select(*columns).join(jobs, (jobs.c.human == done.c.human) & begun).distinct()

    return rows


def classes(_session: Session, window: Window) -> Rows:
    """Classes begun; the amount is their places, `at` how many of these are taken."""
    return (
        select(
            *row(
                id=TrainingClass.id, day=TrainingClass.starts_on, course=TrainingClass.id,
                firm=TrainingClass.enterprise_id, type=Programme.type, amount=TrainingClass.places,
                at=TrainingClass.taken,
            )
        )
        .join(Programme, Programme.id == TrainingClass.programme_id)
        .where(
            TrainingClass.state.not_in((ClassState.CANCELLED, ClassState.PLANNED)),
            TrainingClass.starts_on.between(window.first, window.last),
        )
    )  # fmt: skip


CONSULTATIONS = Fact("consultations", consultations)
FILES = Fact("files", files)
REFERRALS = Fact("referrals", referrals)
SELECTIONS = Fact("selections", selections)
PLACEMENTS = Fact("placements", placements)
STAYED_30 = Fact("stayed-30", _stayed(30))
STAYED_90 = Fact("stayed-90", _stayed(90))
STAYED_180 = Fact("stayed-180", _stayed(180))
STAYED_365 = Fact("stayed-365", _stayed(365))
VACANCIES = Fact("vacancies", vacancies)
OPENINGS = Fact("openings", openings, is_stock=True)
SESSIONS = Fact("sessions", sessions)
INTAKE = Fact("intake", intake)
COMPLETIONS = Fact("completions", completions)
JOBS_AFTER = Fact("jobs-after", _jobs_after(JOB_DAYS))
JOBS_AFTER_3M = Fact("jobs-after-3m", _jobs_after(JOB_DAYS_3M))
CLASSES = Fact("classes", classes)
