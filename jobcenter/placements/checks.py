"""Whether people are still in their jobs: whose check is due, what was learned, who stayed.

Due checks are not stored: they follow from the day of the start and the marks of days (a setting
by date), so a start that is corrected or a mark that is added needs no other change. Only answers
are rows. Of several marks that went by unasked only the last is due.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, case, exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.choices import Channel
from jobcenter.notices.queries import by_effect
from jobcenter.notices.rules import To, record_reply, tell
from jobcenter.people.queries import identities
from jobcenter.placements.choices import (
    ASKS_BY_MESSAGE,
    DEFAULT_MARKS,
    FOLLOWED_ON,
    MARKS,
    SAMPLE,
    CheckAnswer,
    CheckWay,
    EndReason,
)
from jobcenter.placements.models import Placement, PlacementCheck
from jobcenter.placements.queries import visible_to
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import stand_in_files, standing_files
from jobcenter.settings.queries import setting

MOST_LOOKED_AT = 1_000
LONGEST_MARK = 2_000


def marks(session: Session, *, on: dt.date | None = None) -> tuple[int, ...]:
    """Return after how many days people are asked; the usual ones where the setting is unclear."""
    parts = setting(session, MARKS, on=on).replace(";", ",").split(",")
    days = [part.strip() for part in parts if part.strip()]
    good = all(one.isascii() and one.isdigit() and 0 < int(one) <= LONGEST_MARK for one in days)
    return tuple(sorted({int(one) for one in days})) if good and days else DEFAULT_MARKS


@dataclass(frozen=True)
class DueCheck:
    """A person who is to be asked: after how many days, since when it is due, how late it is."""

    placement: Placement
    seeker: Seeker
    mark: int
    due_on: dt.date
    days_late: int


def due(
    session: Session,
    actor: Actor,
    *,
    user_id: int | None = None,
    enterprise_id: int | None = None,
    limit: int = MOST_LOOKED_AT,
) -> Sequence[DueCheck]:
    """Return who is to be asked now, the most overdue first.

    `user_id` narrows to the people whom a counsellor is responsible for, or whose job they wrote
    down while nobody is. Who started so long ago that the last mark is far behind is left in peace.
    """
    today, every = clock.today(), marks(session)
    found = _due(visible_to(actor), today, every).options(
        contains_eager(Placement.seeker).contains_eager(Seeker.person),
        joinedload(Placement.enterprise), joinedload(Placement.vacancy),
    )  # fmt: skip
    if enterprise_id is not None:
        found = found.where(Placement.enterprise_id == enterprise_id)
    if user_id is not None:
        merged, stands = stand_in_files(), Seeker.__table__.alias("stands")
        found = (
            found.outerjoin(merged, merged.c.seeker_id == Placement.seeker_id)
            .outerjoin(stands, stands.c.id == merged.c.root_id)
            .where(
                func.coalesce(
                    stands.c.responsible_id, Seeker.responsible_id, Placement.recorded_by_id
                ) == user_id
            )
        )  # fmt: skip
    rows = session.scalars(
        found.order_by(Placement.started_on.desc(), Placement.id).limit(MOST_LOOKED_AT)
    ).all()
    stands_for = standing_files(session, [row.seeker_id for row in rows])
    lines = [_line(row, stands_for, today, every) for row in rows]
    return sorted(lines, key=lambda one: (-one.days_late, one.placement.id))[:limit]


def _due(found: Select[Placement], today: dt.date, every: Sequence[int]) -> Select[Placement]:
    """Narrow to live placements whose last mark so far has no answer yet."""
    reached = case(
        *((Placement.started_on <= today - dt.timedelta(days=m), m) for m in reversed(every)),
        else_=0,
    )
    answered = exists(
        select(PlacementCheck.id).where(
            PlacementCheck.placement_id == Placement.id, PlacementCheck.mark >= reached
        )
    )
    oldest = today - dt.timedelta(days=every[-1] + FOLLOWED_ON)
    return found.where(
        Placement.ended_on.is_(None),
        Placement.started_on <= today - dt.timedelta(days=every[0]),
        Placement.started_on >= oldest,
        ~answered,
    )


def _line(
    row: Placement, stands: dict[int, Seeker], today: dt.date, every: Sequence[int]
) -> DueCheck:
    mark = max(m for m in every if row.started_on <= today - dt.timedelta(days=m))
    on = row.started_on + dt.timedelta(days=mark)
    return DueCheck(row, stands.get(row.seeker_id, row.seeker), mark, on, (today - on).days)


def mark_due(session: Session, placement: Placement) -> int | None:
    """Return the mark at which this person is to be asked now, None where nobody asks."""
    today, every = clock.today(), marks(session)
    found = _due(select(Placement), today, every).where(Placement.id == placement.id)
    if session.scalar(found.with_only_columns(Placement.id)) is None:
        return None
    return max(m for m in every if placement.started_on <= today - dt.timedelta(days=m))


def of_placements(
    session: Session, placement_ids: Iterable[int]
) -> dict[int, list[PlacementCheck]]:
    """Return what was learned of these placements, in the order of the marks."""
    found: dict[int, list[PlacementCheck]] = {}
    ids = list(placement_ids)
    rows = select(PlacementCheck).where(PlacementCheck.placement_id.in_(ids))
    for row in session.scalars(rows.order_by(PlacementCheck.mark)):
        found.setdefault(row.placement_id, []).append(row)
    return found


def of_files(session: Session, actor: Actor, seeker_ids: Sequence[int]) -> Sequence[Placement]:
    """Return the jobs of a human, those that go on first, then the last to start."""
    found = visible_to(actor).where(Placement.seeker_id.in_(seeker_ids))
    return session.scalars(
        found.options(joinedload(Placement.enterprise), joinedload(Placement.vacancy)).order_by(
            Placement.ended_on.is_not(None), Placement.started_on.desc(), Placement.id.desc()
        )
    ).all()


def own(session: Session, actor: Actor) -> Sequence[Placement]:
    """Return the jobs of the person who is signed in that go on, whichever file they hang on."""
    if actor.person_id is None:
        return []
    people = identities(session, actor.person_id)
    return session.scalars(
        select(Placement)
        .join(Placement.seeker)
        .where(Seeker.person_id.in_(people), Placement.ended_on.is_(None))
        .options(joinedload(Placement.enterprise), joinedload(Placement.vacancy))
        .order_by(Placement.started_on.desc(), Placement.id)
    ).all()


def own_one(session: Session, key: uuid.UUID, actor: Actor) -> Placement:
    """Return one of one's own jobs, or refuse as if it were not there."""
    for row in own(session, actor):
        if row.key == key:
            return row
    raise Missing


def answer(
    session: Session,
    *,
    placement: Placement,
    said: CheckAnswer,
    way: CheckWay,
    by: Actor,
    mark: int | None = None,
    said_by: str = "",
    note: str = "",
) -> PlacementCheck | None:
    """Keep the answer for the mark that is due (or a given one); the first answer stays.

    Who left must have an end by then: `end` knows why and frees the place. Without a mark that is
    due nothing is kept.
    """
    is_own = way is CheckWay.OWN_PAGE and placement in own(session, by)
    if not (by.may(Right.VACANCIES_WRITE) or is_own):
        raise NotAllowed
    require_impartial(by, placement.enterprise_id)
    session.refresh(placement, with_for_update={"of": Placement})
    if said is CheckAnswer.LEFT and placement.ended_on is None:
        raise Refused(N_("Ghi ngày nghỉ và lý do."), field="ended_on")
    if said is CheckAnswer.THERE and placement.ended_on is not None:
        raise Refused(N_("Người này đã nghỉ việc đó."))
    mark = mark or mark_due(session, placement)
    if mark is None:
        return None
    there = select(PlacementCheck).where(
        PlacementCheck.placement_id == placement.id, PlacementCheck.mark == mark
    )
    known = session.scalar(there)
    if known is not None:
        return known
    row = PlacementCheck(
        placement_id=placement.id, mark=mark, answer=said, way=way, answered_on=clock.today(),
        said_by=said_by, note=note, by_id=by.user_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(session, by=by, action="check-placement", kind="seeker",
           subject_id=placement.seeker_id, outcome=said.value)  # fmt: skip
    if way is CheckWay.MESSAGE:
        _keep_reply(session, placement, mark, said, by)
    return row


def _keep_reply(
    session: Session, placement: Placement, mark: int, said: CheckAnswer, by: Actor
) -> None:
    notice = by_effect(session, _effect(placement, mark))
    if notice is not None:
        record_reply(
            session, notice=notice, question=f"check-{mark}", answer=said.value,
            channel=Channel.SMS, by=by,
        )  # fmt: skip


def _effect(placement: Placement, mark: int) -> str:
    return f"placement-check/{placement.id}/{mark}"


def ask(session: Session, *, today: dt.date, phone: str) -> int:
    """Ask by message everybody who is due, once for each mark; return how many were asked."""
    if not setting(session, ASKS_BY_MESSAGE, on=today):
        return 0
    every = marks(session, on=today)
    rows = session.execute(
        _due(select(Placement), today, every)
        .join(Placement.seeker)
        .options(joinedload(Placement.enterprise))
        .add_columns(Seeker.person_id)
        .order_by(Placement.id)
    ).all()
    told = 0
    for placement, person_id in rows:
        mark = max(m for m in every if placement.started_on <= today - dt.timedelta(days=m))
        told += tell(
            session,
            key=_effect(placement, mark),
            template="placement-check",
            to=To(person_id=person_id),
            params={
                "firm": placement.enterprise.short_name or placement.enterprise.name,
                "day": f"{placement.started_on:%d/%m/%Y}", "phone": phone,
            },
        )  # fmt: skip
    return told


@dataclass(frozen=True)
class Stayed:
    """Of those who started in a period and could be asked at a mark: who was still there.

    `unknown` are those of whom nobody knows; they are in no rate. `is_enough`: as many are known
    as a rate needs.
    """

    mark: int
    started: int
    there: int
    left: int
    is_enough: bool

    @property
    def unknown(self) -> int:
        """Return of how many nobody knows."""
        return self.started - self.there - self.left

    @property
    def percent(self) -> int | None:
        """Return how many of a hundred known ones were there; None below the sample."""
        known = self.there + self.left
        return round(self.there * 100 / known) if self.is_enough and known else None


def stayed(
    session: Session,
    *,
    since: dt.date,
    until: dt.date,
    mark: int,
    enterprise_id: int | None = None,
    own_finds: bool = False,
) -> Stayed:
    """Return who of those that started from `since` to `until` was still there after `mark` days.

    Those whose mark is still to come are not in it, nor what was written down by mistake.
    """
    rows = _facts(session, since, min(until, clock.today() - dt.timedelta(days=mark)), mark,
                  enterprise_id, own_finds=own_finds)  # fmt: skip
    there = left = 0
    for start, end, is_confirmed in rows:
        if end is not None and end < start + dt.timedelta(days=mark):
            left += 1
        elif end is not None or is_confirmed:
            there += 1
    enough = there + left >= setting(session, SAMPLE)
    return Stayed(mark, len(rows), there, left, enough)


def _facts(
    session: Session, since: dt.date, until: dt.date, mark: int, enterprise_id: int | None, *,
    own_finds: bool,
) -> Sequence[tuple[dt.date, dt.date | None, bool]]:  # fmt: skip
    """Return (start, end, was there at the mark by what somebody said) of each placement."""
    said = exists(
        select(PlacementCheck.id).where(
            PlacementCheck.placement_id == Placement.id,
            PlacementCheck.mark >= mark,
            PlacementCheck.answer == CheckAnswer.THERE,
        )
    )
    is_mistake = and_(Placement.end_reason.is_not(None), Placement.end_reason == EndReason.MISTAKE)
    found = select(Placement.started_on, Placement.ended_on, said).where(
        Placement.started_on.between(since, until), ~is_mistake
    )
    if not own_finds:
        found = found.where(Placement.is_own_find.is_(False))
    if enterprise_id is not None:
        found = found.where(Placement.enterprise_id == enterprise_id)
    return [(row[0], row[1], row[2]) for row in session.execute(found)]
