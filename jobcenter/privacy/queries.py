"""Reading requests and erasures; who an erasure is about."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.models import User
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import Base
from jobcenter.kernel.erasing import Hold, Subject, held, marks_of, rows_of
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.privacy import How, eraser_of
from jobcenter.people.models import Person
from jobcenter.people.queries import identities, roots
from jobcenter.privacy.choices import Asked, RequestState
from jobcenter.privacy.models import DataRequest, Erasure
from jobcenter.seekers.models import Seeker


@dataclass(frozen=True)
class RequestFilter:
    """What the register is narrowed to; empty means all."""

    text: str = ""
    state: RequestState | None = None
    asked: Asked | None = None


def listed(session: Session, wanted: RequestFilter, window: Slice) -> Page[DataRequest]:
    """Return one page of the register: what is open first, the nearest last day on top."""
    found = select(DataRequest)
    if wanted.state is not None:
        found = found.where(DataRequest.state == wanted.state)
    if wanted.asked is not None:
        found = found.where(DataRequest.asked == wanted.asked)
    if wanted.text:
        number = wanted.text.strip().upper()
        found = found.where(
            DataRequest.number.contains(number, autoescape=True)
            | DataRequest.name.contains(wanted.text, autoescape=True)
        )
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(
        found.options(joinedload(DataRequest.person))
        .order_by(DataRequest.state != RequestState.OPEN, DataRequest.due_on, DataRequest.id.desc())
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def overdue(session: Session, today: dt.date) -> int:
    """Return how many open requests are past their last day."""
    late = (DataRequest.state == RequestState.OPEN, DataRequest.due_on < today)
    return session.scalar(select(func.count(DataRequest.id)).where(*late)) or 0


def one(session: Session, key: uuid.UUID) -> DataRequest:
    """Return one request, or refuse."""
    found = session.scalar(select(DataRequest).where(DataRequest.key == key))
    if found is None:
        raise Missing
    return found


def own(session: Session, person_ids: Collection[int]) -> Sequence[DataRequest]:
    """Return the requests of one human, the newest first."""
    found = select(DataRequest).where(DataRequest.person_id.in_(person_ids))
    return session.scalars(found.order_by(DataRequest.id.desc())).all()


def own_one(session: Session, key: uuid.UUID, person_ids: Collection[int]) -> DataRequest:
    """Return one request of this human, or refuse as if it were not there."""
    found = one(session, key)
    if found.person_id not in person_ids:
        raise Missing
    return found


def erasure_of(session: Session, request: DataRequest) -> Erasure | None:
    """Return the erasure that met a request."""
    return session.scalar(select(Erasure).where(Erasure.request_id == request.id))


def unfinished(session: Session) -> Sequence[Erasure]:
    """Return the erasures whose traces on the disk are still to go."""
    open_ones = select(Erasure).where(Erasure.finished_at.is_(None))
    return session.scalars(open_ones.order_by(Erasure.id)).all()


def hash_of(key: uuid.UUID) -> str:
    """Return what the list of erasures keeps of a person's key: random in, so nothing to guess."""
    return hashlib.sha256(b"jobcenter erasure\0" + key.bytes).hexdigest()


def subject_of(session: Session, person_id: int, *, only: Collection[int] | None = None) -> Subject:
    """Return a human with every merged record, file and account, and what names them in texts.

    `only` leaves out merged records that are not in it.
    """
    ids = identities(session, person_id)
    if only is not None:
        ids = tuple(one for one in ids if one in only)
    people = session.scalars(select(Person).where(Person.id.in_(ids))).all()
    files = session.scalars(select(Seeker).where(Seeker.person_id.in_(ids))).all()
    user_ids = tuple(person.user_id for person in people if person.user_id is not None)
    users = session.scalars(select(User).where(User.id.in_(user_ids))).all()
    names = {vietnamese.fold(one.full_name) for one in people if len(one.full_name.split()) > 1}
    marks: frozenset[str] = marks_of(*(one.number for one in files))
    for one in people:
        marks |= marks_of(
            one.id_number, one.old_id_number, one.phone, one.email, one.zalo,
            one.social_insurance_number,
        )  # fmt: skip
    for user in users:
        marks |= marks_of(user.login, user.email)
    return Subject(ids, tuple(file.id for file in files), user_ids, frozenset(names), marks)


def holds_on(session: Session, person_id: int) -> list[Hold]:
    """Return why a person's data are still needed, if they are."""
    return held(session, subject_of(session, person_id))


@dataclass(frozen=True)
class Plan:
    """What an erasure would do: (table, rows), and for what stays why."""

    deleted: list[tuple[str, int]]
    blanked: list[tuple[str, int]]
    kept: list[tuple[str, int, str]]


def plan(session: Session, person_id: int) -> Plan:
    """Return what an erasure would do with a human's rows."""
    made = Plan([], [], [])
    rows = rows_of(session, subject_of(session, person_id))
    for table in Base.metadata.sorted_tables:
        how, count = eraser_of(table), len(rows.get(table.name, ()))
        if how is None or not count:
            continue
        if how.how is How.KEEP:
            made.kept.append((table.name, count, how.ground))
        else:
            (made.deleted if how.how is How.DELETE else made.blanked).append((table.name, count))
    return made


def person(session: Session, person_id: int) -> Person | None:
    """Return the person who stands for this one, None when erased."""
    found = session.get(Person, roots(session, [person_id])[person_id])
    return None if found is None or found.erased_at is not None else found
