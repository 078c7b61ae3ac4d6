"""What a firm is shown of the people put forward, whether by its account or by a signed link.

What the templates get is made here: a name and a phone stand in it only while `sight.opened` says
that they are open to this firm.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jobcenter.audit.choices import Look
from jobcenter.desks.access import me
from jobcenter.desks.answer_sheet import OPTIONS
from jobcenter.desks.sights import saw
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.matching.queries import code_for_firm, job_for_firm
from jobcenter.referrals import sight, steps
from jobcenter.referrals.choices import (
    ANSWERS,
    HAND_LABELS,
    REASON_LABELS,
    REFERRAL_LABELS,
    STATE_KINDS,
    ReferralState,
    Verb,
)
from jobcenter.referrals.queries import hands_of

WORDS: dict[str, Any] = {
    "labels": REFERRAL_LABELS,
    "state_kinds": STATE_KINDS,
    "reason_labels": REASON_LABELS,
    "hand_labels": HAND_LABELS,
    "options": OPTIONS,
}


@dataclass(frozen=True)
class Line:
    """One person as the firm may see them now; `name` and `phone` are empty while masked."""

    key: uuid.UUID
    code: str
    job: str
    certificates: tuple[str, ...]
    commune: str
    available_on: dt.date | None
    name: str
    phone: str
    one: Any
    verbs: Sequence[Verb]


def lines_of(rows: Sequence[Any]) -> list[Line]:
    """Return each person as the firm may see them now, and note the sights."""
    session, firm = db.session(), me().enterprise_id or 0
    opened = sight.opened(session, rows, clock.today())
    found = []
    for row in rows:
        is_open, person = row.id in opened, row.seeker.person
        saw(person.id, Look.LIST if is_open else Look.MASKED, purpose=row.vacancy.number)
        can = steps.verbs_for(row.state, hands_of(session, row, me()))
        found.append(
            Line(
                key=row.key,
                code=code_for_firm(row.seeker, firm),
                job=job_for_firm(row.seeker),
                certificates=tuple(one.name for one in row.seeker.certificates),
                commune=person.current_commune or "",
                available_on=row.seeker.available_on,
                name=person.full_name if is_open else "",
                phone=(person.phone or "") if is_open else "",
                one=row,
                verbs=[
                    verb for verb in ANSWERS
                    if verb in can and row.state is not ReferralState.ASKED
                ],
            )
        )  # fmt: skip
    return found
