"""At an erasure every yes ends and the record gets a new key: old addresses lead nowhere."""

from __future__ import annotations

import uuid

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobcenter.kernel import clock
from jobcenter.kernel.erasing import Subject, eraser
from jobcenter.people.models import Consent, Person


@eraser
def end_consents(session: Session, subject: Subject) -> None:
    """Withdraw what still stands and mark the records as erased."""
    session.execute(
        update(Consent)
        .where(Consent.person_id.in_(subject.person_ids), Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    for person in session.scalars(select(Person).where(Person.id.in_(subject.person_ids))):
        person.erased_at, person.key, person.user_id = clock.now(), uuid.uuid4(), None
