"""Writing the ledger: inside the transaction of the change it tells of."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry, Sight
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import aside


def record(
    session: Session,
    *,
    by: Actor,
    action: str,
    kind: str,
    subject_id: int | None,
    **details: object,
) -> None:
    """Add one line to the ledger; `details` holds codes and names of fields, no secrets."""
    session.add(
        LedgerEntry(
            user_id=by.user_id,
            actor=by.name or by.role,
            action=action,
            subject_kind=kind,
            subject_id=subject_id,
            details=details,
        )
    )


def log_sight(*, by: Actor, person_ids: Iterable[int], fields: str, purpose: str) -> None:
    """Record that `by` saw `fields` of these people, in a short transaction of its own."""
    with aside() as session:
        session.add_all(
            Sight(user_id=by.user_id, person_id=person, fields=fields, purpose=purpose)
            for person in person_ids
        )
