"""Reading the counter: who waits, who is served where, when somebody was here last."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.choices import Right, Role
from jobcenter.accounts.models import User
from jobcenter.advising.choices import AT_HAND, LAST_SHOWN, OPEN, OVER, WAIT_AMBER, VisitState
from jobcenter.advising.models import CounterSeat, Visit
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.people.models import Person
from jobcenter.people.queries import families, identities, roots
from jobcenter.seekers.models import Seeker
from jobcenter.settings.queries import setting


@dataclass(frozen=True)
class Row:
    """A visit as the counter shows it: with the file behind it and how often the person came."""

    visit: Visit
    file: Seeker | None
    times: int
    minutes: int
    amber: int

    @property
    def is_late(self) -> bool:
        """Say whether the wait is shown in amber."""
        return self.visit.state == VisitState.WAITING and self.minutes >= self.amber


@dataclass(frozen=True)
class Board:
    """The counter of one day."""

    waiting: Sequence[Row]
    at_desks: Sequence[Row]
    over: Sequence[Row]
    counts: dict[VisitState, int]

    @property
    def longest(self) -> int:
        """Return the longest present wait in minutes."""
        return max((row.minutes for row in self.waiting), default=0)


def visible_to(actor: Actor) -> Select[Visit]:
    """Return the visits that `actor` may see: the counter's staff all, others none."""
    found = select(Visit)
    return found if actor.may(Right.SEEKERS_WRITE) else found.where(Visit.id.is_(None))


def one(session: Session, key: uuid.UUID, actor: Actor) -> Visit:
    """Return one visit, or refuse as if it were not there."""
    return _or_missing(session.scalar(_told(visible_to(actor)).where(Visit.key == key)))


def find_by_reference(session: Session, text: str, actor: Actor) -> Visit | None:
    """Return the visit whose slip carries this reference, None where there is none."""
    wanted = text.strip().upper()
    if len(wanted) != 10 or not wanted.startswith("V"):
        return None
    return session.scalar(_told(visible_to(actor)).where(Visit.reference == wanted))


def _or_missing(row: Visit | None) -> Visit:
    if row is None:
        raise Missing
    return row


def _told(found: Select[Visit]) -> Select[Visit]:
    return found.options(
        joinedload(Visit.person), joinedload(Visit.served_by), joinedload(Visit.for_user)
    )


def board(session: Session, actor: Actor, day: dt.date) -> Board:
    """Return who waits (first come first), who is at a desk, and who was served last."""
    found = _told(visible_to(actor)).where(Visit.day == day)
    present = session.scalars(
        found.where(Visit.state.in_(OPEN)).order_by(Visit.waiting_since, Visit.number)
    ).all()
    over = session.scalars(
        found.where(Visit.state.in_(OVER)).order_by(Visit.ended_at.desc(), Visit.id.desc())
        .limit(setting(session, LAST_SHOWN, on=day))
    ).all()  # fmt: skip
    rows = rows_of(session, [*present, *over])
    counted = visible_to(actor).where(Visit.day == day)
    counts = session.execute(
        counted.with_only_columns(Visit.state, func.count()).group_by(Visit.state)
    )
    return Board(
        waiting=[row for row in rows if row.visit.state == VisitState.WAITING],
        at_desks=sorted(
            (row for row in rows if row.visit.state in AT_HAND),
            key=lambda row: (row.visit.desk or 0, row.visit.number),
        ),
        over=[row for row in rows if row.visit.state in OVER],
        counts=dict.fromkeys(VisitState, 0) | dict(counts.all()),
    )


def at_hand(session: Session, actor: Actor) -> Row | None:
    """Return the visitor whom `actor` has called or serves, of whatever day."""
    visit = session.scalar(
        _told(visible_to(actor)).where(
            Visit.served_by_id == (actor.user_id or 0), Visit.state.in_(AT_HAND)
        )
    )
    return rows_of(session, [visit])[0] if visit else None


def open_visit(session: Session, actor: Actor, person_id: int) -> Visit | None:
    """Return the open visit of a person, if there is one."""
    people = identities(session, person_id)
    found = _told(visible_to(actor)).where(Visit.person_id.in_(people), Visit.state.in_(OPEN))
    return session.scalars(found.order_by(Visit.id)).first()


def rows_of(session: Session, visits: Sequence[Visit]) -> list[Row]:
    """Return visits as the counter shows them, in the same order."""
    people = [visit.person for visit in visits if visit.person is not None]
    files = _files(session, people)
    times = _times(session, [person.id for person in people])
    now, amber = clock.now(), setting(session, WAIT_AMBER)
    return [
        Row(
            visit,
            files.get(visit.person_id or 0),
            times.get(visit.person_id or 0, 0),
            int((_until(visit, now) - _since(visit)).total_seconds() // 60),
            amber,
        )
        for visit in visits
    ]


def _since(visit: Visit) -> dt.datetime:
    """Return when what the visitor does now began; for a past visit, when it was taken up."""
    if visit.state == VisitState.WAITING:
        return visit.waiting_since
    return visit.started_at or visit.called_at or visit.waiting_since


def _until(visit: Visit, now: dt.datetime) -> dt.datetime:
    return visit.ended_at or now


def _files(session: Session, people: Collection[Person]) -> dict[int, Seeker]:
    """Return the file of each person by the person's id; a merged person's is that of the rest."""
    standing = roots(session, [person.id for person in people])
    rows = session.scalars(select(Seeker).where(Seeker.person_id.in_(set(standing.values()))))
    by_person = {row.person_id: row for row in rows}
    return {one: by_person[other] for one, other in standing.items() if other in by_person}


def _times(session: Session, person_ids: Collection[int]) -> dict[int, int]:
    members = families(session, person_ids)
    counted = (
        select(Visit.person_id, func.count())
        .where(Visit.person_id.in_({one for family in members.values() for one in family}))
        .group_by(Visit.person_id)
    )
    counts = {row[0]: row[1] for row in session.execute(counted)}
    return {one: sum(counts.get(i, 0) for i in family) for one, family in members.items()}


def last_visits(session: Session, person_ids: Collection[int]) -> dict[int, dt.date]:
    """Return the day of the last visit of each of these people; absent where there was none."""
    members = families(session, person_ids)
    found = (
        select(Visit.person_id, func.max(Visit.day))
        .where(Visit.person_id.in_({one for family in members.values() for one in family}))
        .group_by(Visit.person_id)
    )
    days = {row[0]: row[1] for row in session.execute(found)}
    came = {one: [days[i] for i in family if i in days] for one, family in members.items()}
    return {one: max(of) for one, of in came.items() if of}


def seats(session: Session) -> Sequence[CounterSeat]:
    """Return who sits where, by desk."""
    return session.scalars(
        select(CounterSeat).options(joinedload(CounterSeat.user)).order_by(CounterSeat.desk)
    ).all()


def seat_of(session: Session, user_id: int | None) -> int | None:
    """Return the desk of a counsellor, None when none was chosen."""
    return session.scalar(select(CounterSeat.desk).where(CounterSeat.user_id == (user_id or 0)))


def colleagues(session: Session, actor: Actor) -> Sequence[User]:
    """Return the other counsellors, by name: to whom a visitor can be handed over."""
    return session.scalars(
        select(User)
        .where(User.role == Role.COUNSELLOR, User.is_active, User.id != (actor.user_id or 0))
        .order_by(User.name, User.id)
    ).all()
