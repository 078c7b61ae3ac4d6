"""Reading placements, scoped to who asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Select, exists, func, select
from sqlalchemy.orm import Session, contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from jobcenter.accounts.choices import Right
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.placements.models import Placement
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import files_of, stand_in_files, standing_files
from jobcenter.vacancies.models import Vacancy


def visible_to(actor: Actor) -> Select[Placement]:
    """Return the placements that `actor` may see: staff all, a firm those in its own jobs."""
    found = select(Placement).join(Placement.seeker).join(Seeker.person)
    if actor.may(Right.SEEKERS_READ):
        return found
    return found.where(Placement.enterprise_id.in_(actor.firm_ids))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Placement:
    """Return one placement with its person, or refuse as if it were not there."""
    row = session.scalar(_with_person(visible_to(actor).where(Placement.key == key)))
    if row is None:
        raise Missing
    return row


def of_vacancy(session: Session, vacancy: Vacancy, actor: Actor) -> Sequence[Placement]:
    """Return who was hired into a vacancy, those still there first, then the last to start.

    A file that was merged is shown as the file that stands for it.
    """
    found = visible_to(actor).where(Placement.vacancy_id == vacancy.id)
    order = (Placement.ended_on.is_not(None), Placement.started_on.desc(), Placement.id.desc())
    rows = session.scalars(_with_person(found).order_by(*order)).all()
    stands = standing_files(session, [row.seeker_id for row in rows])
    for row in rows:
        if row.seeker_id in stands:
            set_committed_value(row, "seeker", stands[row.seeker_id])
    return rows


def _with_person(found: Select[Placement]) -> Select[Placement]:
    return found.options(contains_eager(Placement.seeker).contains_eager(Seeker.person))


def hired(session: Session, vacancy_id: int) -> Sequence[int]:
    """Return who is in the job now, by id of the file; who stands for the merged."""
    merged = stand_in_files()
    stands = func.coalesce(merged.c.root_id, Placement.seeker_id)
    return session.scalars(
        select(stands)
        .outerjoin(merged, merged.c.seeker_id == Placement.seeker_id)
        .where(Placement.vacancy_id == vacancy_id, Placement.ended_on.is_(None))
        .distinct()
        .order_by(stands)
    ).all()


def is_there(session: Session, vacancy: Vacancy, seeker: Seeker) -> bool:
    """Say whether this human is in the job of the vacancy, whichever file it hangs on."""
    files = files_of(session, seeker)
    there = (Placement.vacancy_id == vacancy.id) & Placement.seeker_id.in_(files)
    found = select(Placement.id).where(there, Placement.ended_on.is_(None)).limit(1)
    return session.scalar(found) is not None


def is_hired(
    vacancy_id: ColumnExpressionArgument[int], seeker_id: ColumnExpressionArgument[int]
) -> ColumnElement[bool]:
    """Return the condition "this seeker is in the job of this vacancy" for a query on both.

    Files of one human count as one, whichever of them was merged.
    """
    holder, asker = stand_in_files().alias("holder"), stand_in_files().alias("asker")
    stands = (
        select(asker.c.root_id)
        .where(asker.c.seeker_id == seeker_id)
        .correlate_except(asker)
        .scalar_subquery()
    )
    in_job = (
        select(Placement.id)
        .outerjoin(holder, holder.c.seeker_id == Placement.seeker_id)
        .where(
            Placement.vacancy_id == vacancy_id,
            Placement.ended_on.is_(None),
            func.coalesce(holder.c.root_id, Placement.seeker_id)
            == func.coalesce(stands, seeker_id),
        )
        .correlate_except(Placement, holder)
    )
    return exists(in_job)


def counted(session: Session, vacancy_id: int) -> int:
    """Return how many places of a vacancy its placements fill: what `Vacancy.filled` must say."""
    counts = (Placement.vacancy_id == vacancy_id) & Placement.counts_to_headcount
    return session.scalar(select(func.count()).select_from(Placement).where(counts)) or 0


def unbalanced(session: Session) -> Sequence[Vacancy]:
    """Return the vacancies whose `filled` is not the number of their placements: never any."""
    counts = (
        select(func.count())
        .select_from(Placement)
        .where(Placement.vacancy_id == Vacancy.id, Placement.counts_to_headcount)
        .scalar_subquery()
    )
    return session.scalars(
        select(Vacancy).where(Vacancy.filled != counts).order_by(Vacancy.id)
    ).all()
