"""What is typed with a step of a referral, read alike on every desk."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from jobcenter.desks.forms import DateField, Form, LineField
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import WAY_LABELS, Way
from jobcenter.referrals.choices import REASONS, Verb, reasons_for
from jobcenter.referrals.guards import Said

# What the form of each verb asks.
ASKS: dict[Verb, tuple[str, ...]] = {
    Verb.PROPOSE: (),
    Verb.CONSENT: ("way", "evidence"),
    Verb.SEND: (),
    Verb.INVITE: ("day", "time", "place", "note"),
    Verb.INTERVIEW: (),
    Verb.HIRE: ("started_on",),
    Verb.NO_SHOW: ("note",),
    Verb.REJECT: ("reason", "note"),
    Verb.WITHDRAW: ("reason", "note"),
    Verb.DECLINE: ("note",),
    Verb.EXPIRE: ("note",),
}
SPOKEN = (Way.COUNTER, Way.PHONE, Way.PAPER)


class StepForm(Form):
    """Every field that some verb asks for; the verb says which are read."""

    verb = LineField(most=30)
    reason = LineField(N_("Lý do"), most=30)
    note = LineField(N_("Ghi thêm"), most=300)
    way = LineField(N_("Trả lời bằng cách nào"), most=20)
    evidence = LineField(N_("Cuộc gọi, giấy làm chứng"), most=200)
    day = DateField(N_("Ngày phỏng vấn"))
    time = LineField(N_("Giờ"), most=20)
    place = LineField(N_("Địa điểm"), most=200)
    started_on = DateField(N_("Ngày bắt đầu làm"))

    def said(self) -> Said:
        """Return what was typed as the rules take it; refuse an hour that is none."""
        return Said(
            reason=self.reason.data if self.reason.data in REASONS else None,
            note=self.note.data or "",
            way=Way(self.way.data) if self.way.data in set(Way) else None,
            evidence=self.evidence.data or "",
            interview_at=moment(self.day.day, self.time.data or ""),
            interview_place=self.place.data or "",
            started_on=self.started_on.day,
        )


def moment(day: dt.date | None, typed: str, *, field: str = "time") -> dt.datetime | None:
    """Return day and hour as an instant; without an hour it is half past seven."""
    if day is None:
        return None
    return dt.datetime.combine(day, hour(typed, field=field), clock.LOCAL)


def hour(typed: str, *, field: str = "time") -> dt.time:
    """Read "8:30", "08h30" or "8h"."""
    if not typed:
        return dt.time(7, 30)
    found = re.fullmatch(r"(\d{1,2})\s*[:hg.]?\s*(\d{2})?", typed.strip().lower(), re.ASCII)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Refused(N_("Viết giờ theo dạng 08:30."), field=field)
    return dt.time(int(found[1]), int(found[2] or 0))


def day_of(typed: str, *, field: str) -> dt.date | None:
    """Read a day that stands in a row of a longer form; refuse what is none."""
    plain = vietnamese.clean_line(typed)[:20]
    if not plain:
        return None
    try:
        return vietnamese.parse_date(plain)
    except Refused as refused:
        raise Refused(refused.message, field=field, **refused.params) from None


def words() -> Mapping[str, Any]:
    """Return the choices that the pieces of a step's form offer."""
    return {
        "asks": ASKS,
        "reasons": {verb: reasons_for(verb) for verb in (Verb.REJECT, Verb.WITHDRAW)},
        "ways": [(way.value, _(WAY_LABELS[way])) for way in SPOKEN],
    }
