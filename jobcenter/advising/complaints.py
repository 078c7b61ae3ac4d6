"""Complaints: recorded at the counter or by the person, followed to an end, counted."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.choices import Right
from jobcenter.advising.choices import (
    COMPLAINT_DAYS,
    COMPLAINT_ENDS,
    COMPLAINT_MOVES,
    ComplaintKind,
    ComplaintState,
    ComplaintWay,
)
from jobcenter.advising.models import Complaint, ComplaintNote
from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import working_days_after
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel import clock, series, vietnamese
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.paging import Page, Slice
from jobcenter.kernel.words import N_
from jobcenter.people.models import Person
from jobcenter.settings.queries import setting

SERIES = "KN"
MOST_LETTERS = 4_000


def visible_to(actor: Actor) -> Select[Complaint]:
    """Return the complaints that `actor` may see: staff all but those of a firm in which they have
    an interest, a seeker their own.
    """
    found = select(Complaint)
    if actor.may(Right.SEEKERS_READ):
        if not actor.partial_to:
            return found
        free = Complaint.enterprise_id.not_in(actor.partial_to)
        return found.where(or_(Complaint.enterprise_id.is_(None), free))
    return found.where(Complaint.person_id == (actor.person_id or 0))


def _told(found: Select[Complaint]) -> Select[Complaint]:
    return found.options(
        joinedload(Complaint.person), joinedload(Complaint.enterprise), joinedload(Complaint.owner)
    )


def one(session: Session, key: uuid.UUID, actor: Actor) -> Complaint:
    """Return one complaint, or refuse as if it were not there."""
    row = session.scalar(_told(visible_to(actor)).where(Complaint.key == key))
    if row is None:
        raise Missing
    return row


def listed(
    session: Session, actor: Actor, *, is_open: bool | None, window: Slice
) -> Page[Complaint]:
    """Return one page of the complaints: open ones by what is due first, else the latest."""
    found = visible_to(actor)
    if is_open is not None:
        is_over = Complaint.state.in_(COMPLAINT_ENDS)
        found = found.where(~is_over if is_open else is_over)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    order = (Complaint.due_on, Complaint.id) if is_open else (Complaint.id.desc(),)
    rows = session.scalars(_told(found).order_by(*order).limit(window.size).offset(window.offset))
    return Page(rows.all(), window.number, window.size, total)


def of_people(session: Session, actor: Actor, person_ids: Sequence[int]) -> Sequence[Complaint]:
    """Return what a human complained of, under whichever of their ids, the latest first."""
    found = select(Complaint) if actor.person_id in person_ids else visible_to(actor)
    return session.scalars(
        _told(found).where(Complaint.person_id.in_(person_ids)).order_by(Complaint.id.desc())
    ).all()


def notes_of(session: Session, complaint: Complaint) -> Sequence[ComplaintNote]:
    """Return what was done about a complaint, the first first."""
    return session.scalars(
        select(ComplaintNote)
        .where(ComplaintNote.complaint_id == complaint.id)
        .order_by(ComplaintNote.id)
    ).all()


def due(session: Session, actor: Actor, *, until: dt.date) -> Sequence[Complaint]:
    """Return the open complaints of `actor` or of nobody that are new or due by `until`."""
    found = visible_to(actor).where(
        Complaint.state.not_in(COMPLAINT_ENDS),
        or_(Complaint.owner_id.is_(None), Complaint.owner_id == (actor.user_id or 0)),
        or_(Complaint.state == ComplaintState.NEW, Complaint.due_on <= until),
    )
    return session.scalars(_told(found).order_by(Complaint.due_on, Complaint.id)).all()


def record_complaint(
    session: Session,
    *,
    kind: ComplaintKind,
    way: ComplaintWay,
    text: str,
    by: Actor,
    person: Person | None = None,
    name: str = "",
    enterprise: Enterprise | None = None,
    received_on: dt.date | None = None,
) -> Complaint:
    """Write a complaint down with its number and the day until which it is answered.

    A person complains for themselves; staff write down anybody's, with or without a name.
    """
    is_own = person is not None and by.person_id == person.id
    if not (by.may(Right.SEEKERS_WRITE) or is_own):
        raise NotAllowed
    told, today = vietnamese.clean_prose(text), clock.today()
    _require_words(told, "text")
    received = received_on or today
    if not today - dt.timedelta(days=366) <= received <= today:
        raise Refused(N_("Ngày nhận trong vòng một năm, đến hôm nay."), field="received_on")
    number = series.take(session, SERIES, received.year)
    days = setting(session, COMPLAINT_DAYS, on=received)
    row = Complaint(
        number=series.numbered(SERIES, received.year, number, 4),
        received_on=received,
        kind=kind,
        way=way,
        person_id=person.id if person else None,
        name="" if person else name,
        enterprise_id=enterprise.id if enterprise else None,
        told={"text": told},
        outcome={},
        state=ComplaintState.NEW,
        due_on=working_days_after(session, received, days),
        recorded_by_id=by.user_id,
    )
    session.add(row)
    session.flush()
    _note(session, row, "record-complaint", by)
    return row


def add_note(session: Session, *, complaint: Complaint, text: str, by: Actor) -> None:
    """Write what was done; who writes first takes the complaint on."""
    _require_staff(complaint, by)
    told = vietnamese.clean_prose(text)
    _require_words(told, "text")
    hold(session, complaint, None)
    if complaint.state is ComplaintState.NEW:
        _move(session, complaint, "take", by)
    session.add(ComplaintNote(complaint_id=complaint.id, by_id=by.user_id, text={"text": told}))
    session.flush()
    _note(session, complaint, "note-complaint", by)


def move(
    session: Session, *, complaint: Complaint, verb: str, by: Actor, outcome: str = "",
    version: int | None = None,
) -> None:  # fmt: skip
    """Take a complaint on, end it with what came of it, or open it again."""
    _require_staff(complaint, by)
    if verb not in COMPLAINT_MOVES.table:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="verb")
    hold(session, complaint, version)
    told = vietnamese.clean_prose(outcome)
    if verb in ("settle", "dismiss", "pass-on"):
        _require_words(told, "outcome")
    _move(session, complaint, verb, by, told)


def _move(session: Session, complaint: Complaint, verb: str, by: Actor, outcome: str = "") -> None:
    before = complaint.state
    complaint.state = COMPLAINT_MOVES.after(verb, before)
    is_over = complaint.state in COMPLAINT_ENDS
    complaint.closed_on = clock.today() if is_over else None
    if is_over:
        complaint.outcome = {"text": outcome}
    if verb == "take" or complaint.owner_id is None:
        complaint.owner_id = by.user_id
    session.flush()
    session.refresh(complaint, ["owner"])
    record(
        session, by=by, action=f"{verb}-complaint", kind="complaint", subject_id=complaint.id,
        number=complaint.number, before=before.value, after=complaint.state.value,
    )  # fmt: skip


def _require_staff(complaint: Complaint, by: Actor) -> None:
    if not by.may(Right.SEEKERS_WRITE):
        raise NotAllowed
    require_impartial(by, complaint.enterprise_id)


def _require_words(text: str, field: str) -> None:
    if not text:
        raise Refused(N_("Cần điền mục này."), field=field)
    if len(text) > MOST_LETTERS:
        raise Refused(
            N_("Dài quá %(limit)s ký tự, cần viết ngắn lại."), field=field, limit=MOST_LETTERS
        )


def _note(session: Session, row: Complaint, action: str, by: Actor) -> None:
    record(session, by=by, action=action, kind="complaint", subject_id=row.id, number=row.number)


@dataclass(frozen=True)
class Count:
    """Complaints of one kind in a period: all, still open, and open beyond their day."""

    received: int
    open: int
    late: int


def counted(
    session: Session, since: dt.date, until: dt.date, *, enterprise_id: int | None = None
) -> dict[ComplaintKind, Count]:
    """Return the complaints received in a period by kind."""
    is_open = Complaint.state.not_in(COMPLAINT_ENDS)
    is_late = is_open & (Complaint.due_on < clock.today())
    found = select(
        Complaint.kind, func.count(), func.count().filter(is_open), func.count().filter(is_late)
    ).where(Complaint.received_on.between(since, until))
    if enterprise_id is not None:
        found = found.where(Complaint.enterprise_id == enterprise_id)
    rows = {row[0]: Count(*row[1:]) for row in session.execute(found.group_by(Complaint.kind))}
    return {kind: rows.get(kind, Count(0, 0, 0)) for kind in ComplaintKind}
