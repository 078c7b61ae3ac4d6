"""Taking a file out again that should never have been opened: a wrong list, imported just now.

Only while nobody touched it: no visit, paper, introduction or job hangs on it, no consent was
withdrawn, nothing was changed. Whatever else ends is closed or erased, never taken out.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel import crypto
from jobcenter.kernel.actor import Actor
from jobcenter.people.models import Consent, Person, SuspectedPair
from jobcenter.people.rules import Identity
from jobcenter.seekers.models import Seeker


def state_of(session: Session, seeker: Seeker) -> str:
    """Return a keyed digest of all that a file, its person and the consents say now."""
    person = seeker.person
    consents = session.execute(
        select(Consent.id, Consent.purpose, Consent.withdrawn_at)
        .where(Consent.person_id == person.id)
        .order_by(Consent.id)
    )
    said: list[Any] = [
        seeker.version, seeker.state.value, seeker.responsible_id, person.merged_into_id,
        person.user_id, [getattr(person, name) for name in Identity.__dataclass_fields__],
        [[one.id, one.purpose.value, one.withdrawn_at is None] for one in consents],
    ]  # fmt: skip
    return crypto.keyring().blind(json.dumps(said, default=str), purpose="seeker.state")


def take_out(session: Session, *, seeker_id: int, state: str, by: Actor) -> bool:
    """Delete a file and its person when both are as `state` says; say whether that was so."""
    seeker = session.get(Seeker, seeker_id, with_for_update={"of": Seeker})
    if seeker is None or state_of(session, seeker) != state:
        return False
    number, person_id = seeker.number, seeker.person_id
    pairs = SuspectedPair.first_id, SuspectedPair.second_id
    try:
        with session.begin_nested():
            for column in pairs:  # what a machine found and nobody looked at
                session.execute(
                    delete(SuspectedPair).where(
                        column == person_id, SuspectedPair.apart_at.is_(None)
                    )
                )
            session.execute(delete(Consent).where(Consent.person_id == person_id))
            session.delete(seeker)
            session.flush()
            session.execute(delete(Person).where(Person.id == person_id))
    except IntegrityError:
        session.expire_all()
        return False  # something hangs on it
    record(
        session, by=by, action="take-out-seeker", kind="seeker", subject_id=seeker_id, number=number
    )
    return True
