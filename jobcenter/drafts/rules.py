"""Keeping, throwing away and sweeping drafts. None of it is history: the ledger is left alone."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from jobcenter.drafts.choices import MOST_DRAFTS, MOST_LETTERS, DraftKind
from jobcenter.drafts.models import Draft
from jobcenter.drafts.queries import oldest_kept, visible_to
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_


def keep(
    session: Session,
    *,
    key: uuid.UUID,
    kind: DraftKind,
    title: str,
    values: Mapping[str, Sequence[str]],
    by: Actor,
) -> Draft:
    """Keep what a form holds now under the key that its page was given; the last keeping counts.

    Refuses too much text, and one more draft than a person may have of a form: nothing is pushed
    out silently.
    """
    if by.user_id is None:
        raise Missing
    held = {name: [vietnamese.nfc(one) for one in many] for name, many in values.items()}
    if len(json.dumps(held)) > MOST_LETTERS:
        raise Refused(N_("Bản nháp dài quá, chưa lưu được. Rút bớt chữ."))
    draft = session.scalar(select(Draft).where(Draft.key == key))
    if draft is None:
        _refuse_too_many(session, kind, by)
        draft = Draft(key=key, user_id=by.user_id, kind=kind)
        session.add(draft)
    elif draft.user_id != by.user_id or draft.kind != kind:
        raise Missing
    draft.title, draft.payload, draft.saved_at = title[:120], held, clock.now()
    session.flush()
    return draft


def _refuse_too_many(session: Session, kind: DraftKind, by: Actor) -> None:
    found = visible_to(by).where(Draft.kind == kind).with_only_columns(func.count())
    if (session.scalar(found) or 0) >= MOST_DRAFTS:
        raise Refused(N_("Đã có %(most)s bản nháp. Lưu hoặc bỏ bớt bản cũ."), most=MOST_DRAFTS)


def discard(session: Session, *, key: uuid.UUID, by: Actor) -> bool:
    """Throw one's draft away; say whether there was one."""
    own = delete(Draft).where(Draft.key == key, Draft.user_id == (by.user_id or 0))
    return session.scalar(own.returning(Draft.id)) is not None


def sweep(session: Session) -> int:
    """Delete what was not touched for KEEP_DAYS and return how many drafts went."""
    old = delete(Draft).where(Draft.saved_at < oldest_kept())
    return len(session.scalars(old.returning(Draft.id)).all())
