"""The words of consents: which are in force, which were agreed to, and new ones for later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Purpose
from jobcenter.people.models import ConsentText

LEAST = 40  # letters; less than that tells nobody what is agreed to


def every_text(session: Session) -> Sequence[ConsentText]:
    """Return every version of every purpose, each purpose's newest first."""
    return session.scalars(
        select(ConsentText).order_by(ConsentText.purpose, ConsentText.valid_from.desc())
    ).all()


def in_force(session: Session, on: dt.date) -> dict[Purpose, ConsentText]:
    """Return the words that a consent is given to on `on`, in the order of the purposes."""
    rows = session.scalars(
        select(ConsentText).where(ConsentText.valid_from <= on).order_by(ConsentText.valid_from)
    )
    latest = {row.purpose: row for row in rows}
    return {purpose: latest[purpose] for purpose in Purpose if purpose in latest}


def add_text(
    session: Session,
    *,
    purpose: Purpose,
    valid_from: dt.date,
    text_vi: str,
    text_en: str,
    by: Actor,
) -> ConsentText:
    """Write down new words for a purpose, in force from a later day.

    Refuses a day that has begun: somebody may have agreed to the present words on it.
    """
    if not by.may(Right.CATALOGUE_WRITE):
        raise NotAllowed
    if valid_from <= clock.today():
        raise Refused(N_("Chọn một ngày sau hôm nay."), field="valid_from")
    for field, text in (("text_vi", text_vi), ("text_en", text_en)):
        if len(vietnamese.clean_prose(text)) < LEAST:
            raise Refused(
                N_("Viết đủ để người nghe hiểu, ít nhất %(least)s chữ cái."),
                field=field, least=LEAST,
            )  # fmt: skip
    taken = select(ConsentText.id).where(
        ConsentText.purpose == purpose, ConsentText.valid_from == valid_from
    )
    if session.scalar(taken) is not None:
        raise Refused(N_("Đã có lời văn bắt đầu từ ngày này."), field="valid_from")
    row = ConsentText(
        purpose=purpose,
        version=valid_from.isoformat(),
        valid_from=valid_from,
        text_vi=text_vi,
        text_en=text_en,
        added_by_id=by.user_id,
    )
    session.add(row)
    session.flush()
    record(
        session, by=by, action="add-consent-text", kind="consent-text", subject_id=row.id,
        purpose=purpose.value, valid_from=valid_from.isoformat(),
    )  # fmt: skip
    return row
