"""Whose files are whose: a counsellor's caseload, what is stuck in it, and handing files over.

A file has at most one responsible person. Handing over says from whom: a file that has gone to
somebody else in the meantime is left where it is, and told.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from jobcenter.accounts.choices import RIGHTS, Right
from jobcenter.accounts.models import User
from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import visible_to, with_person

# Days without any change after which an open file is stuck.
STUCK_AFTER = {FileState.NEW: 7, FileState.LOOKING: 30, FileState.REFERRED: 14}
MOST = 5_000  # files of one act
CHUNK = 500


@dataclass(frozen=True)
class CaseFilter:
    """Whose files (None: nobody's), in which state, only the stuck ones."""

    responsible_id: int | None
    state: FileState | None = None
    is_stuck: bool = False


@dataclass(frozen=True)
class HandedOver:
    """What became of an act: how many files moved, how many were somebody else's by then."""

    moved: int
    left: int


def carriers(session: Session) -> Sequence[User]:
    """Return who can be responsible for a file, by name."""
    roles = [role for role, rights in RIGHTS.items() if Right.SEEKERS_WRITE in rights]
    found = select(User).where(User.role.in_(roles), User.is_active)
    return session.scalars(found.order_by(User.name, User.id)).all()


def is_stuck(now: dt.datetime) -> ColumnElement[bool]:
    """Return the condition of an open file on which nothing has moved for too long."""
    return or_(
        *(
            and_(Seeker.state == state, Seeker.changed_at < now - dt.timedelta(days=days))
            for state, days in STUCK_AFTER.items()
        )
    )


def stuck_among(files: Iterable[Seeker]) -> set[int]:
    """Return the ids of those of these files that are stuck."""
    now = clock.now()
    return {
        one.id
        for one in files
        if (days := STUCK_AFTER.get(one.state)) and one.changed_at < now - dt.timedelta(days=days)
    }


@dataclass(frozen=True)
class Load:
    """How many open files somebody carries, and how many of them are stuck."""

    user: User | None
    open: int
    stuck: int


def loads(session: Session, actor: Actor) -> list[Load]:
    """Return everybody's open files; those of nobody, or of who has left, come first."""
    if not actor.may(Right.CASELOADS):
        raise NotAllowed
    stuck = func.sum(case((is_stuck(clock.now()), 1), else_=0))
    rows = session.execute(
        visible_to(actor)
        .where(Seeker.state.in_(STUCK_AFTER))
        .with_only_columns(Seeker.responsible_id, func.count(), stuck)
        .group_by(Seeker.responsible_id)
    )
    counted = {row[0]: (row[1], int(row[2])) for row in rows}
    people = {user.id: user for user in carriers(session)}
    gone = session.scalars(select(User).where(User.id.in_(set(counted) - set(people) - {None})))
    people = {user.id: user for user in gone} | people
    found = [Load(None, *counted[None])] if None in counted else []
    return found + [Load(user, *counted.get(user.id, (0, 0))) for user in people.values()]


def _cases(actor: Actor, wanted: CaseFilter) -> Select[Seeker]:
    found = visible_to(actor).where(Seeker.responsible_id == wanted.responsible_id)
    if wanted.responsible_id is None:
        found = visible_to(actor).where(Seeker.responsible_id.is_(None))
    if wanted.state is not None:
        found = found.where(Seeker.state == wanted.state)
    return found.where(is_stuck(clock.now())) if wanted.is_stuck else found


def cases(session: Session, actor: Actor, wanted: CaseFilter, window: Slice) -> Page[Seeker]:
    """Return one page of a caseload, what has waited longest first."""
    _require_sight(actor, wanted.responsible_id)
    found = _cases(actor, wanted)
    ids = found.with_only_columns(Seeker.id).subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    rows = session.scalars(
        with_person(found)
        .options(selectinload(Seeker.wishes))
        .order_by(Seeker.changed_at, Seeker.id)
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def chosen(
    session: Session, actor: Actor, responsible_id: int | None, keys: Collection[uuid.UUID]
) -> Sequence[Seeker]:
    """Return those of these files that are this person's now, by name; at most `MOST`."""
    _require_sight(actor, responsible_id)
    found = _cases(actor, CaseFilter(responsible_id)).where(Seeker.key.in_(list(keys)[:MOST]))
    return session.scalars(with_person(found).order_by(Seeker.id)).all()


def all_keys(session: Session, actor: Actor, wanted: CaseFilter) -> Sequence[uuid.UUID]:
    """Return the keys of a whole caseload, at most `MOST`."""
    _require_sight(actor, wanted.responsible_id)
    found = _cases(actor, wanted).with_only_columns(Seeker.key)
    return session.scalars(found.order_by(Seeker.id).limit(MOST)).all()


def _require_sight(actor: Actor, responsible_id: int | None) -> None:
    """Let a counsellor see their own files and nobody's; who leads them, everybody's."""
    if not actor.may(Right.CASELOAD):
        raise NotAllowed
    is_own = responsible_id is None or responsible_id == actor.user_id
    if not is_own and not actor.may(Right.CASELOADS):
        raise NotAllowed


def hand_over(
    session: Session,
    *,
    keys: Collection[uuid.UUID],
    from_id: int | None,
    to: User | None,
    reason: str,
    by: Actor,
) -> HandedOver:
    """Give files of one person (None: nobody's) to another, with the reason.

    Refuses a receiver who cannot work on files, and an empty reason. Of two people who hand over
    the same file at once one does; the other's count says what was left.
    """
    _require_sight(by, from_id)
    why = vietnamese.clean_line(reason)
    if to is None or to not in carriers(session):
        raise Refused(N_("Chọn người nhận trong danh sách."), field="to")
    if to.id == from_id:
        raise Refused(N_("Hồ sơ đang do chính người này phụ trách."), field="to")
    if not why:
        raise Refused(N_("Ghi lý do bàn giao."), field="reason")
    if len(keys) > MOST:
        raise Refused(N_("Bàn giao nhiều nhất %(most)s hồ sơ một lần."), most=MOST)
    before = session.get(User, from_id) if from_id is not None else None
    moved = 0
    for part in _parts(sorted(set(keys))):
        for seeker_id in _move(session, part, from_id, to):
            moved += 1
            record(
                session, by=by, action="hand-over-file", kind="seeker", subject_id=seeker_id,
                handed_from=before.name if before else "", handed_to=to.name, reason=why,
            )  # fmt: skip
    session.flush()
    return HandedOver(moved, len(set(keys)) - moved)


def _parts(keys: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _move(
    session: Session, keys: Sequence[uuid.UUID], from_id: int | None, to: User
) -> Sequence[int]:
    """Move the files that are still theirs; the condition stands in the UPDATE itself."""
    still = Seeker.responsible_id.is_(None) if from_id is None else Seeker.responsible_id == from_id
    return session.scalars(
        update(Seeker)
        .where(Seeker.key.in_(keys), still)
        .values(
            responsible_id=to.id,
            version=Seeker.version + 1,
            changed_at=Seeker.changed_at,  # a file that was stuck is not less so with another
        )
        .returning(Seeker.id)
        .execution_options(synchronize_session=False)
    ).all()
