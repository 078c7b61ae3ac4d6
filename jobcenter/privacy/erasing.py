"""Erasing a person: from every table at once, then from the files outside the database.

The second part has its own moment because it reads the whole register to make the index anew; an
erasure whose second part was interrupted is finished by the next run of the schedule.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts import erasing as _accounts
from jobcenter.audit.rules import record
from jobcenter.drafts import erasing as _drafts
from jobcenter.enrolments import erasing as _enrolments
from jobcenter.exchange import erasing as _exchange
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.erasing import Subject, erase, held
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.matching import erasing as _matching
from jobcenter.notices import erasing as _notices
from jobcenter.papers import erasing as _papers
from jobcenter.people import erasing as _people
from jobcenter.people.models import Person
from jobcenter.people.queries import roots
from jobcenter.placements import erasing as _placements
from jobcenter.privacy.choices import Cause
from jobcenter.privacy.models import Erasure
from jobcenter.privacy.queries import hash_of, subject_of, unfinished
from jobcenter.referrals import erasing as _referrals
from jobcenter.seekers import erasing as _seekers
from jobcenter.work import erasing as _work

# Each of these registers what its room does at an erasure; a room that is not named does nothing.
ROOMS = (
    _accounts, _drafts, _enrolments, _exchange, _matching, _notices, _papers, _people, _placements,
    _referrals, _seekers, _work,
)  # fmt: skip
LIST = "erasures.json"  # in the instance folder, beside the keys
OUTBOX = "outbox"  # messages written to files instead of being sent


def erase_person(
    session: Session,
    *,
    person_id: int,
    cause: Cause,
    by: Actor,
    why: str = "",
    despite: str = "",
    request_id: int | None = None,
    only: Collection[int] | None = None,
) -> Erasure:
    """Erase a human from every table; what is counted stays, without a name.

    Refused while the data are still needed (`held`), unless `despite` says why they go all the
    same; what the law keeps goes for nobody.
    """
    subject = subject_of(session, person_id, only=only)
    people = session.scalars(
        select(Person)
        .where(Person.id.in_(subject.person_ids))
        .order_by(Person.id)
        .with_for_update()
    ).all()
    if not people or all(person.erased_at is not None for person in people):
        raise Refused(N_("Dữ liệu của người này đã xoá rồi."))
    if cause is not Cause.AGAIN:
        _check_free(session, subject, despite)
    hashes = [hash_of(person.key) for person in people]
    words = _matching.words_of(session, subject.seeker_ids)
    traces = {
        "person_ids": list(subject.person_ids),
        "names": sorted(subject.names),
        "marks": sorted(subject.marks),
        "words": words,
    }
    done = erase(session, subject)
    made = Erasure(
        person_id=person_id, request_id=request_id, cause=cause, why=despite or why,
        hashes=hashes, counts=asdict(done), traces=traces, erased_by_id=by.user_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        session, by=by, action="erase-person", kind="person", subject_id=person_id,
        because=cause.value,
    )  # fmt: skip
    return made


def _check_free(session: Session, subject: Subject, despite: str) -> None:
    found = held(session, subject)
    firm = [hold for hold in found if hold.is_firm]
    if firm:
        raise Refused(firm[0].ground)
    if found and not despite.strip():
        raise Refused(N_("Dữ liệu còn cần dùng. Ghi vì sao vẫn xoá."), field="despite")


@dataclass(frozen=True)
class Leftover:
    """What is still to be looked for outside the tables, of every erasure that is not finished."""

    erasures: tuple[int, ...]
    subject: Subject
    words: tuple[str, ...]
    vocabularies: tuple[str, ...] = ()


def left_over(session: Session) -> Leftover | None:
    """Return what unfinished erasures left, None when there is nothing to do."""
    rows = unfinished(session)
    if not rows:
        return None
    told = [row.traces or {} for row in rows]

    def every(name: str) -> list[Any]:
        return sorted({one for traces in told for one in traces.get(name, ())})

    subject = Subject(
        tuple(every("person_ids")), names=frozenset(every("names")), marks=frozenset(every("marks"))
    )
    return Leftover(tuple(row.id for row in rows), subject, tuple(every("words")))


def clear_index(session: Session, left: Leftover) -> Leftover:
    """Make the index anew; reads in transactions of its own, so nothing may be held meanwhile."""
    return replace(left, vocabularies=tuple(_matching.forget(session, left.words)))


def finish(session: Session, left: Leftover, *, instance: Path, by: Actor) -> int:
    """Take people out of stored vocabularies and written messages; note the list outside."""
    _matching.drop_vocabularies(session, left.vocabularies)
    for file in sorted((instance / OUTBOX).glob("*/*.json")):
        if left.subject.is_in(file.read_text(encoding="utf-8")):
            file.unlink()
    note(session, instance)
    for row in session.scalars(select(Erasure).where(Erasure.id.in_(left.erasures))):
        row.traces, row.finished_at = None, clock.now()
        record(
            session, by=by, action="finish-erasure", kind="person", subject_id=row.person_id
        )  # fmt: skip
    session.flush()
    return len(left.erasures)


def note(session: Session, instance: Path) -> int:
    """Write the list of erasures beside the keys, where no restored backup overwrites it."""
    path = instance / LIST
    known = set(noted(path))
    for row in session.scalars(select(Erasure.hashes)):
        known |= set(row)
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(sorted(known), indent=0), encoding="utf-8")
    partial.replace(path)
    return len(known)


def noted(path: Path) -> list[str]:
    """Return the hashes that a list holds; none where there is no list."""
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def erase_again(session: Session, hashes: Iterable[str], *, by: Actor) -> list[Erasure]:
    """Erase whoever a restored backup brought back, by the list; return the new erasures."""
    known = set(hashes)
    for row in session.scalars(select(Erasure.hashes)):
        known |= set(row)
    if not known:
        return []
    back = {
        row.id
        for row in session.execute(select(Person.id, Person.key, Person.erased_at))
        if row.erased_at is None and hash_of(row.key) in known
    }
    return [
        erase_person(session, person_id=person_id, cause=Cause.AGAIN, by=by, only=back)
        for person_id in sorted(set(roots(session, back).values()))
    ]
