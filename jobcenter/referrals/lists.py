"""Lists of referrals: the centre's work, a vacancy's pipeline, a person's own, a firm's."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.people.models import Person
from jobcenter.referrals.choices import UNANSWERED, WITH_FIRM, ReferralState, Show
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.referrals.queries import is_asked_twice, visible_to
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import files_of, standing_files
from jobcenter.vacancies.models import Vacancy

_S = ReferralState


@dataclass(frozen=True, kw_only=True)
class ReferralFilter:
    """How the work list is narrowed; empty means all."""

    show: Show = Show.TODO
    text: str = ""
    mine: int | None = None  # the user whose referrals they are


def _shown(show: Show, today: dt.date) -> ColumnElement[bool]:
    late = and_(Referral.state.in_(WITH_FIRM), Referral.answer_by < today)
    return {
        Show.TODO: or_(Referral.state.in_((_S.ASKED, _S.DRAFTED, _S.CONSENTED)), late),
        Show.ASKED: Referral.state == _S.ASKED,
        Show.PROPOSED: Referral.state == _S.PROPOSED,
        Show.WITH_FIRM: Referral.state.in_(WITH_FIRM),
        Show.LATE: late,
        Show.INTERVIEWS: Referral.state == _S.INVITED,
        Show.ENDED: Referral.ended_at.is_not(None),
        Show.ALL: Referral.id > 0,
    }[show]


def _conditions(wanted: ReferralFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        or_(
            Vacancy.number == word.upper(),
            Vacancy.folded.contains(vietnamese.fold(word), autoescape=True),
            Enterprise.folded.contains(vietnamese.fold(word), autoescape=True),
            Person.search.contains(f" {vietnamese.fold(word)}", autoescape=True),
            Seeker.number == word.upper(),
        )
        for word in vietnamese.clean_line(wanted.text).split()[:6]
    ]
    if wanted.mine is not None:
        mine = or_(Referral.drafted_by_id == wanted.mine, Seeker.responsible_id == wanted.mine)
        found.append(mine)
    return found


def _with_all(found: Select[Referral]) -> Select[Referral]:
    return (
        found.outerjoin(Enterprise, Enterprise.id == Vacancy.enterprise_id)
        .join(Seeker, Seeker.id == Referral.seeker_id)
        .join(Person, Person.id == Seeker.person_id)
        .where(or_(Referral.ended_at.is_not(None), ~is_asked_twice()))
        .options(
            contains_eager(Referral.vacancy).joinedload(Vacancy.enterprise),
            joinedload(Referral.seeker).joinedload(Seeker.person),
        )
    )


def listed(session: Session, actor: Actor, wanted: ReferralFilter, window: Slice) -> Page[Referral]:
    """Return one page of the referrals that fit, what is due first; ended ones newest first.

    A file that was merged is shown as the file that stands for it.
    """
    today = clock.today()
    found = _with_all(visible_to(actor)).where(_shown(wanted.show, today), *_conditions(wanted))
    total = session.scalar(
        select(func.count()).select_from(found.with_only_columns(Referral.id).subquery())
    )
    due = {
        Show.INTERVIEWS: Referral.interview_at.asc(),
        Show.ASKED: Referral.asked_at.asc(),
    }.get(wanted.show, Referral.answer_by.asc().nulls_last())
    newest = wanted.show in (Show.ENDED, Show.ALL)
    order = (
        (case((Referral.ended_at.is_(None), 0), else_=1), Referral.changed_at.desc())
        if newest
        else (due,)
    )
    rows = session.scalars(
        found.order_by(*order, Referral.id).limit(window.size).offset(window.offset)
    ).all()
    return Page(standing(session, rows), window.number, window.size, total or 0)


def counted(session: Session, actor: Actor, wanted: ReferralFilter) -> dict[Show, int]:
    """Return how many fit each of the lists, narrowed alike."""
    found = _with_all(visible_to(actor)).where(*_conditions(wanted))
    today = clock.today()
    sums = [func.sum(case((_shown(show, today), 1), else_=0)) for show in Show]
    row = session.execute(found.options().with_only_columns(*sums).order_by(None)).one()
    return {show: int(count or 0) for show, count in zip(Show, row, strict=True)}


def standing(session: Session, rows: Sequence[Referral]) -> Sequence[Referral]:
    """Let each referral of a merged file show the file that stands."""
    stands = standing_files(session, [row.seeker_id for row in rows])
    for row in rows:
        if row.seeker_id in stands:
            set_committed_value(row, "seeker", stands[row.seeker_id])
    return rows


def one(session: Session, key: uuid.UUID, actor: Actor) -> Referral:
    """Return one referral with all around it, or refuse as if it were not there."""
    row = session.scalar(_with_all(visible_to(actor)).where(Referral.key == key))
    if row is None:
        raise Missing
    return standing(session, [row])[0]


def by_keys(session: Session, keys: Collection[uuid.UUID], actor: Actor) -> Sequence[Referral]:
    """Return those of these referrals that the actor may see, by row number."""
    found = _with_all(visible_to(actor)).where(Referral.key.in_(keys)).order_by(Referral.id)
    return standing(session, session.scalars(found).all())


def by_ids(session: Session, ids: Collection[int], actor: Actor) -> Sequence[Referral]:
    """Return those of these referrals that the actor may see, by row number."""
    found = _with_all(visible_to(actor)).where(Referral.id.in_(ids)).order_by(Referral.id)
    return standing(session, session.scalars(found).all())


def of_vacancy(session: Session, vacancy: Vacancy, actor: Actor) -> Sequence[Referral]:
    """Return the pipeline of a vacancy, live ones first, in the order in which they came in."""
    found = (
        _with_all(visible_to(actor))
        .where(Referral.vacancy_id == vacancy.id)
        .options(
            joinedload(Referral.seeker).selectinload(Seeker.experiences),
            joinedload(Referral.seeker).selectinload(Seeker.wishes),
            joinedload(Referral.seeker).selectinload(Seeker.certificates),
            selectinload(Referral.placement),
        )
        .order_by(case((Referral.ended_at.is_(None), 0), else_=1), Referral.id)
    )
    return standing(session, session.scalars(found).all())


def is_unseen(session: Session, vacancy: Vacancy, actor: Actor) -> bool:
    """Say whether somebody was sent for a vacancy whom its firm has not looked at yet."""
    found = visible_to(actor).where(Referral.vacancy_id == vacancy.id, Referral.state == _S.SENT)
    return session.scalar(found.with_only_columns(Referral.id).limit(1)) is not None


def of_seeker(session: Session, seeker: Seeker, actor: Actor) -> Sequence[Referral]:
    """Return a human's referrals, live ones first, then the newest."""
    found = (
        _with_all(visible_to(actor))
        .where(Referral.seeker_id.in_(files_of(session, seeker)))
        .options(selectinload(Referral.placement))
        .order_by(case((Referral.ended_at.is_(None), 0), else_=1), Referral.id.desc())
    )
    return standing(session, session.scalars(found).all())


def history(session: Session, rows: Collection[Referral]) -> dict[int, list[ReferralEvent]]:
    """Return what was done with these referrals, newest first, by referral."""
    told: dict[int, list[ReferralEvent]] = {row.id: [] for row in rows}
    found = select(ReferralEvent).where(ReferralEvent.referral_id.in_(told))
    for event in session.scalars(found.order_by(ReferralEvent.id.desc())):
        told[event.referral_id].append(event)
    return told


@dataclass(frozen=True)
class Waits:
    """What a firm owes for one vacancy: how many answers, by when, how many interviews come."""

    vacancy: Vacancy
    unanswered: int
    due: dt.date | None
    interviews: int
    results: int
    asked: int


def waiting_by_vacancy(session: Session, actor: Actor) -> list[Waits]:
    """Return the vacancies with people under way that the actor may see, the most urgent first."""
    rows = session.scalars(
        _with_all(visible_to(actor)).where(Referral.state.in_(WITH_FIRM | {_S.ASKED}))
    ).all()
    by_vacancy: dict[int, list[Referral]] = {}
    for row in rows:
        by_vacancy.setdefault(row.vacancy_id, []).append(row)
    now = clock.now()
    found = []
    for mine in by_vacancy.values():
        owed = [row for row in mine if row.state in UNANSWERED]
        coming = [
            row for row in mine
            if row.state is _S.INVITED and row.interview_at and row.interview_at > now
        ]  # fmt: skip
        asked = sum(row.state is _S.ASKED for row in mine)
        found.append(
            Waits(
                vacancy=mine[0].vacancy,
                unanswered=len(owed),
                due=min((row.answer_by for row in owed if row.answer_by), default=None),
                interviews=len(coming),
                results=len(mine) - len(owed) - len(coming) - asked,
                asked=asked,
            )
        )
    return sorted(found, key=lambda one: (one.due or dt.date.max, one.vacancy.id))
