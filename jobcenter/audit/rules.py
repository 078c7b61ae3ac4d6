"""Writing the ledger: inside the transaction of the change it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from jobcenter.audit.choices import Look
from jobcenter.audit.models import LedgerEntry, Sight
from jobcenter.kernel import clock
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
    """Add one line to the ledger; `details` holds codes and names of fields, no secrets.

    A job seeker stands in it by role and account number, never by name: no line is ever changed.
    """
    session.add(
        LedgerEntry(
            user_id=by.user_id,
            actor=by.known_as,
            action=action,
            subject_kind=kind,
            subject_id=subject_id,
            details=details,
        )
    )


@dataclass(frozen=True)
class Glance:
    """One look at one person; `fields` and `purpose` as `Sight` keeps them."""

    person_id: int
    look: Look
    fields: str = ""
    purpose: str = ""


def log_sights(glances: Sequence[Glance], *, by: Actor) -> None:
    """Record what `by` saw, all at once in a short transaction of its own."""
    now = clock.now()
    rows = [{"user_id": by.user_id, "at": now} | asdict(glance) for glance in glances]
    with aside() as session:
        session.execute(insert(Sight), rows)
