"""Writing down what was advised: after a visit, by phone, for several people, from paper notes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.advising.choices import AT_COUNTER, MOST_PEOPLE, Outcome
from jobcenter.advising.models import Consultation, JobSession, Visit
from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import check_code
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.models import Person

EARLIEST = dt.date(2000, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a consultation was about and what it led to."""

    day: dt.date
    channel: str
    subjects: tuple[str, ...] = ()
    outcome: Outcome | None = None
    next_step: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Advised:
    """Who was advised: a person with a file, else a name and a phone, or neither.

    What stands here goes before what the note says for everybody.
    """

    person: Person | None = None
    name: str = ""
    phone: str | None = None
    subjects: tuple[str, ...] = ()
    outcome: Outcome | None = None
    note: str = ""


def of_visit(session: Session, *, visit: Visit, told: Told | None = None) -> Consultation:
    """Write the consultation of a visit that is over; a visit has one, whoever ends it."""
    found = session.scalar(select(Consultation).where(Consultation.visit_id == visit.id))
    if found is not None:
        return found
    told = told or Told(day=visit.day, channel=AT_COUNTER, subjects=visit.services or ())
    _check(session, told)
    row = _row(told, Advised(person=visit.person, name=visit.name), visit.served_by_id)
    row.visit_id = visit.id
    session.add(row)
    session.flush()
    return row


def write(
    session: Session,
    *,
    told: Told,
    people: Sequence[Advised],
    by: Actor,
    job_session: JobSession | None = None,
) -> list[Consultation]:
    """Write one note for everybody in `people`: a row each, under one key where they are several.

    Refuses nobody, too many, the same person twice, and a day to come.
    """
    _check(session, told)
    if not people:
        raise Refused(N_("Ghi ít nhất một người."), field="people")
    if len(people) > MOST_PEOPLE:
        raise Refused(N_("Ghi nhiều nhất %(most)s người một lần."), field="people",
                      most=MOST_PEOPLE)  # fmt: skip
    _refuse_twice(people)
    group = uuid.uuid4() if len(people) > 1 and job_session is None else None
    rows = []
    for one in people:
        _check_subjects(session, one.subjects)
        row = _row(told, one, by.user_id)
        row.group_key, row.session_id = group, job_session.id if job_session else None
        rows.append(row)
    session.add_all(rows)
    session.flush()
    for row in rows:
        _note(session, row, "write-consultation", by)
    return rows


def _row(told: Told, who: Advised, by_id: int | None) -> Consultation:
    phone = vietnamese.parse_phone(who.phone) if who.phone and not who.person else None
    note = "\n".join(part for part in (told.note, who.note) if part)
    return Consultation(
        day=told.day,
        person_id=who.person.id if who.person else None,
        name="" if who.person else who.name,
        phone=phone,
        channel=told.channel,
        subjects=tuple(who.subjects or told.subjects) or None,
        outcome=who.outcome or told.outcome,
        next_step=told.next_step,
        note=note,
        by_id=by_id,
    )


def _refuse_twice(people: Sequence[Advised]) -> None:
    seen: set[int] = set()
    for one in people:
        if one.person is None:
            continue
        if one.person.id in seen:
            raise Refused(
                N_("%(name)s được ghi hai lần."), field="people", name=one.person.full_name
            )
        seen.add(one.person.id)


def change(
    session: Session, *, consultation: Consultation, told: Told, by: Actor,
    version: int | None = None,
) -> None:  # fmt: skip
    """Correct one row; the others of its group keep what they say."""
    hold(session, consultation, version)
    _refuse_struck(consultation)
    _check(session, told, kept=consultation)
    consultation.day, consultation.channel = told.day, told.channel
    consultation.subjects = tuple(told.subjects) or None
    consultation.outcome = told.outcome
    consultation.next_step, consultation.note = told.next_step, told.note
    session.flush()
    _note(session, consultation, "change-consultation", by)


def join(session: Session, *, consultation: Consultation, person: Person, by: Actor) -> None:
    """Say whose consultation this was, once the file is found or opened."""
    hold(session, consultation, None)
    if consultation.person_id == person.id:
        return
    _refuse_struck(consultation)
    if consultation.person_id is not None:
        raise Refused(N_("Lượt này đã là của người khác."))
    consultation.person_id, consultation.name, consultation.phone = person.id, "", None
    session.flush()
    session.refresh(consultation, ["person"])
    _note(session, consultation, "join-consultation", by)


def follow_visit(session: Session, visit: Visit, by: Actor) -> None:
    """Let the consultation of a visit know whose it was, once the visit does."""
    found = session.scalar(select(Consultation).where(Consultation.visit_id == visit.id))
    if found is not None and found.person_id is None and visit.person is not None:
        join(session, consultation=found, person=visit.person, by=by)


def strike(
    session: Session, *, consultation: Consultation, because: str, by: Actor,
    version: int | None = None,
) -> None:  # fmt: skip
    """Take a row out of every count, with the reason; it stays to be read."""
    hold(session, consultation, version)
    if consultation.struck_at is not None:
        return
    if not because:
        raise Refused(N_("Ghi lý do gạch."), field="because")
    consultation.struck_at, consultation.struck_by_id = clock.now(), by.user_id
    consultation.struck_because = because
    session.flush()
    _note(session, consultation, "strike-consultation", by)


def _refuse_struck(row: Consultation) -> None:
    if row.struck_at is not None:
        raise Refused(N_("Lượt này đã gạch, không sửa được nữa."))


def _check(session: Session, told: Told, kept: Consultation | None = None) -> None:
    if told.day > clock.today():
        raise Refused(N_("Ngày tư vấn chưa tới."), field="day")
    if told.day < EARLIEST:
        raise Refused(N_("Ngày tư vấn từ %(day)s trở đi."), field="day", day=EARLIEST)
    if not told.channel:
        raise Refused(N_("Cần điền mục này."), field="channel")
    channel = (kept.channel,) if kept else ()
    check_code(session, "S", told.channel, field="channel", kept=channel)
    _check_subjects(session, told.subjects, (kept.subjects or ()) if kept else ())


def _check_subjects(session: Session, subjects: Sequence[str], kept: Sequence[str] = ()) -> None:
    for code in subjects:
        check_code(session, "G", code, field="subjects", kept=kept)


def _note(session: Session, row: Consultation, action: str, by: Actor) -> None:
    record(
        session, by=by, action=action, kind="person" if row.person_id else "consultation",
        subject_id=row.person_id or row.id, day=f"{row.day:%d/%m/%Y}",
    )  # fmt: skip
