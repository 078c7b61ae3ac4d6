"""The places of a class: taken and given back by one conditional UPDATE of its row.

Of many at once exactly as many get in as there are places. The class is always locked before an
enrolment, and several classes in the order of their row numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from jobcenter.courses.choices import TAKING
from jobcenter.courses.models import TrainingClass
from jobcenter.kernel import clock


def lock(session: Session, class_ids: Iterable[int]) -> None:
    """Lock classes until the transaction ends and read them afresh."""
    session.flush()
    rows = select(TrainingClass).where(TrainingClass.id.in_(set(class_ids)))
    session.scalars(
        rows.order_by(TrainingClass.id)
        .with_for_update(of=TrainingClass)
        .execution_options(populate_existing=True)
    ).all()


def take(session: Session, course: TrainingClass) -> bool:
    """Take one place; say whether there was one. A class that is over or only planned has none."""
    free = TrainingClass.taken < TrainingClass.places
    return _count(session, course, free & TrainingClass.state.in_(TAKING), 1)


def give_back(session: Session, course: TrainingClass) -> None:
    """Free one place."""
    if not _count(session, course, TrainingClass.taken > 0, -1):
        raise AssertionError(f"class {course.id} counts fewer people than it has")


def _count(
    session: Session, course: TrainingClass, condition: ColumnElement[bool], by: int
) -> bool:
    session.flush()
    done = session.execute(
        update(TrainingClass)
        .where(TrainingClass.id == course.id, condition)
        .values(
            taken=TrainingClass.taken + by,
            version=TrainingClass.version + 1,
            changed_at=clock.now(),
        )
        .execution_options(synchronize_session=False)
    )
    session.refresh(course)
    return cast("CursorResult[Any]", done).rowcount == 1
