"""Keeping no longer than needed: who falls due, told before, erased only by an officer's word.

A file falls due so many months after the last contact; the person is told some weeks before and
any contact since keeps the file. Names of visitors without a file go by themselves.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.models import SignIn
from jobcenter.advising.models import Consultation, Visit
from jobcenter.audit.rules import record
from jobcenter.enrolments.models import Enrolment
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_
from jobcenter.notices.models import Notice, Reply
from jobcenter.notices.rules import To, tell
from jobcenter.people.models import Consent, Person
from jobcenter.people.queries import identities
from jobcenter.placements.models import Placement
from jobcenter.privacy import erasing
from jobcenter.privacy.choices import (
    KEEP_MONTHS,
    NAME_MONTHS,
    NOTICE_DAYS,
    Cause,
    DueState,
)
from jobcenter.privacy.models import RetentionDue
from jobcenter.privacy.queries import holds_on
from jobcenter.referrals.models import Referral
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker
from jobcenter.settings.queries import setting

AT_ONCE = 200  # of one run; the rest comes with the next
TEMPLATE = "retention-due"


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months earlier, the last of a shorter month."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def _since(day: dt.date) -> list[ColumnElement[bool]]:
    """Return the conditions "had a contact on or after `day`" on Person."""
    moment = dt.datetime.combine(day, dt.time(), clock.LOCAL).astimezone(dt.UTC)
    of_seeker = Seeker.person_id == Person.id
    return [
        exists().where(of_seeker, Seeker.registered_on >= day),
        exists().where(Visit.person_id == Person.id, Visit.day >= day),
        exists().where(Consultation.person_id == Person.id, Consultation.day >= day),
        exists().where(Consent.person_id == Person.id, Consent.given_at >= moment),
        exists().where(Enrolment.person_id == Person.id, Enrolment.changed_at >= moment),
        exists().where(of_seeker, Referral.seeker_id == Seeker.id, Referral.changed_at >= moment),
        exists().where(
            of_seeker, Placement.seeker_id == Seeker.id,
            or_(Placement.ended_on.is_(None), Placement.ended_on >= day,
                Placement.started_on >= day),
        ),
        exists().where(
            Notice.person_id == Person.id, Reply.notice_id == Notice.id, Reply.at >= moment
        ),
        exists().where(SignIn.user_id == Person.user_id, SignIn.at >= moment),
    ]  # fmt: skip


def last_contact(session: Session, person_ids: Collection[int]) -> dt.date | None:
    """Return the last day on which a human had to do with the centre; a job goes on until today."""
    ids, found = list(person_ids), []
    files = list(session.scalars(select(Seeker.id).where(Seeker.person_id.in_(ids))))
    users = list(session.scalars(select(Person.user_id).where(Person.id.in_(ids))))
    for column, where in (
        (Seeker.registered_on, Seeker.person_id.in_(ids)),
        (Visit.day, Visit.person_id.in_(ids)),
        (Consultation.day, Consultation.person_id.in_(ids)),
        (Placement.started_on, Placement.seeker_id.in_(files)),
        (Placement.ended_on, Placement.seeker_id.in_(files)),
    ):
        found.append(session.scalar(select(func.max(column)).where(where)))
    for moment, where in (
        (Consent.given_at, Consent.person_id.in_(ids)),
        (Enrolment.changed_at, Enrolment.person_id.in_(ids)),
        (Referral.changed_at, Referral.seeker_id.in_(files)),
        (SignIn.at, SignIn.user_id.in_([one for one in users if one is not None])),
    ):
        at = session.scalar(select(func.max(moment)).where(where))
        found.append(clock.local(at).date() if at is not None else None)
    replied = session.scalar(
        select(func.max(Reply.at)).join(Notice).where(Notice.person_id.in_(ids))
    )
    found.append(clock.local(replied).date() if replied is not None else None)
    live = Placement.seeker_id.in_(files) & Placement.ended_on.is_(None)
    if session.scalar(select(func.count(Placement.id)).where(live)):
        found.append(clock.today())
    return max((day for day in found if day is not None), default=None)


def find_due(session: Session, *, phone: str, by: Actor) -> int:
    """Write down whose file falls due soon and tell them; return how many were found."""
    today = clock.today()
    months, days = setting(session, KEEP_MONTHS), setting(session, NOTICE_DAYS)
    close_contacted(session, by=by)
    cutoff = months_before(today + dt.timedelta(days=days), months)
    known = select(RetentionDue.person_id).where(RetentionDue.state.in_(STANDING))
    old = select(Seeker.person_id).where(
        Seeker.state != FileState.ANONYMISED, Seeker.registered_on < cutoff
    )
    people = session.scalars(
        select(Person)
        .where(
            Person.id.in_(old),
            Person.merged_into_id.is_(None),
            Person.erased_at.is_(None),
            Person.id.not_in(known),
            *(~one for one in _since(cutoff)),
        )
        .order_by(Person.id)
        .limit(AT_ONCE)
    ).all()
    found = 0
    for person in people:
        last = last_contact(session, identities(session, person.id))
        if last is None or last >= cutoff:
            continue  # a merged record had a contact since
        found += 1
        _tell(session, person.id, last, months, today + dt.timedelta(days=days), phone)
    session.flush()
    return found


def _tell(
    session: Session, person_id: int, last: dt.date, months: int, earliest: dt.date, phone: str
) -> None:
    due_on = max(months_before(last, -months), earliest)
    session.add(
        RetentionDue(
            person_id=person_id, last_contact=last, due_on=due_on, state=DueState.TOLD,
            told_at=clock.now(),
        )
    )  # fmt: skip
    tell(
        session, key=f"retention/{person_id}/{due_on:%Y%m%d}", template=TEMPLATE,
        to=To(person_id=person_id), params={"day": f"{due_on:%d/%m/%Y}", "phone": phone},
    )  # fmt: skip


STANDING = (DueState.TOLD, DueState.HELD)


def close_contacted(session: Session, *, by: Actor) -> int:
    """Let those stay who had a contact since they were told; return how many."""
    count = 0
    told = select(RetentionDue).where(RetentionDue.state == DueState.TOLD)
    for row in session.scalars(told.order_by(RetentionDue.id)).all():
        last = last_contact(session, identities(session, row.person_id))
        if last is not None and last > row.last_contact:
            row.state, row.ended_at = DueState.STAYS, clock.now()
            count += 1
    session.flush()
    return count


def listed(session: Session) -> Sequence[RetentionDue]:
    """Return whose data fall due, the nearest day first."""
    return session.scalars(
        select(RetentionDue)
        .where(RetentionDue.state.in_(STANDING))
        .options(joinedload(RetentionDue.person))
        .order_by(RetentionDue.due_on, RetentionDue.id)
        .limit(500)
    ).all()


def one(session: Session, key: uuid.UUID) -> RetentionDue:
    """Return one line, or refuse."""
    found = session.scalar(select(RetentionDue).where(RetentionDue.key == key))
    if found is None:
        raise Missing
    return found


def keep(session: Session, *, due: RetentionDue, why: str, by: Actor) -> None:
    """Hold a file back from erasure, with the reason; a line that ended is left alone."""
    session.refresh(due, with_for_update={"of": RetentionDue})
    if due.state not in STANDING:
        raise Refused(N_("Dòng này đã xử lý xong."))
    if not why.strip():
        raise Refused(N_("Cần ghi lý do."), field="why")
    due.state, due.why = DueState.HELD, why
    due.decided_by_id = by.user_id
    session.flush()
    record(session, by=by, action="hold-retention", kind="person", subject_id=due.person_id)


def erase_due(session: Session, *, due: RetentionDue, by: Actor) -> bool:
    """Erase one person whose day has come; False when something still needs the data.

    Refused before the day, and for a line that is held or has ended.
    """
    session.refresh(due, with_for_update={"of": RetentionDue})
    if due.state is not DueState.TOLD:
        raise Refused(N_("Dòng này đang giữ lại hoặc đã xử lý xong."))
    if due.due_on > clock.today():
        raise Refused(N_("Chưa đến ngày đã báo cho người đó."))
    last = last_contact(session, identities(session, due.person_id))
    if last is not None and last > due.last_contact:
        due.state, due.ended_at = DueState.STAYS, clock.now()
        session.flush()
        return False
    if holds_on(session, due.person_id):
        return False
    due.state, due.ended_at, due.decided_by_id = DueState.ERASED, clock.now(), by.user_id
    session.flush()
    erasing.erase_person(
        session, person_id=due.person_id, cause=Cause.RETENTION, by=by, why="retention"
    )
    return True


def drop_names(session: Session) -> int:
    """Empty the names of visitors without a file after some months: the rule says so by itself."""
    before = months_before(clock.today(), setting(session, NAME_MONTHS))
    gone = 0
    for table, values in (
        (Visit, {"name": "", "about": ""}),
        (Consultation, {"name": "", "phone": None}),
    ):
        rows = session.execute(
            update(table)
            .where(table.person_id.is_(None), table.day < before, table.name != "")
            .values(version=table.version + 1, **values)
            .returning(table.id)
            .execution_options(synchronize_session=False)
        ).all()
        gone += len(rows)
    return gone
