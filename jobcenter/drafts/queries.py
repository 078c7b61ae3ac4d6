"""Reading one's own drafts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jobcenter.drafts.choices import KEEP_DAYS, DraftKind
from jobcenter.drafts.models import Draft
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing


def oldest_kept() -> dt.datetime:
    """Return the instant before which a draft counts as gone, swept away or not yet."""
    return clock.now() - dt.timedelta(days=KEEP_DAYS)


def visible_to(actor: Actor) -> Select[Draft]:
    """Return the drafts that `actor` may see: their own, not expired."""
    return select(Draft).where(
        Draft.user_id == (actor.user_id or 0), Draft.saved_at >= oldest_kept()
    )


def one(session: Session, key: uuid.UUID, actor: Actor) -> Draft:
    """Return one draft, or refuse as if it were not there."""
    found = find(session, key, actor)
    if found is None:
        raise Missing
    return found


def find(session: Session, key: uuid.UUID, actor: Actor) -> Draft | None:
    """Return one draft, None where there is none of that key for `actor`."""
    return session.scalar(visible_to(actor).where(Draft.key == key))


def own(session: Session, actor: Actor, kind: DraftKind) -> Sequence[Draft]:
    """Return one's drafts of a form, the last saved first."""
    return session.scalars(
        visible_to(actor).where(Draft.kind == kind).order_by(Draft.saved_at.desc(), Draft.id.desc())
    ).all()
