"""Reading a firm's answers to many people from one form.

Row n carries the key of its referral (`referral`, repeated), the version that was seen and the
answer; hour and place of interviews and the first working day stand once, below the rows.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from jobcenter.desks.errors import words
from jobcenter.desks.referral_forms import day_of, moment
from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.referrals.choices import REASONS, UNANSWERED, Verb
from jobcenter.referrals.guards import Said
from jobcenter.referrals.together import Answer

# What stands on the buttons of a row, in this order; the third value marks a refusal.
OPTIONS: tuple[tuple[Verb, str, bool], ...] = (
    (Verb.INVITE, N_("Mời"), False),
    (Verb.INTERVIEW, N_("Đã phỏng vấn"), False),
    (Verb.HIRE, N_("Nhận"), False),
    (Verb.REJECT, N_("Từ chối"), True),
    (Verb.NO_SHOW, N_("Không đến"), True),
)
_MOST = 200
_SHARED = ("day", "time", "place", "started_on")


@dataclass(frozen=True)
class Chosen:
    """One answered row."""

    row: Any
    verb: Verb
    reason: str
    note: str
    version: int | None


@dataclass
class Sheet:
    """What was typed: by row, and what all share; `errors` by field or by row."""

    chosen: dict[int, Chosen] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    row_errors: dict[int, str] = field(default_factory=dict)
    interview_at: dt.datetime | None = None
    started_on: dt.date | None = None

    @classmethod
    def prefilled(cls, rows: Sequence[Any], verb: str) -> Sheet:
        """Return a sheet with one answer chosen for everybody who has none yet."""
        sheet = cls()
        for row in rows if verb in (Verb.INVITE, Verb.REJECT) else ():
            if row.state in UNANSWERED:
                reason = "full" if verb == Verb.REJECT else ""
                sheet.chosen[row.id] = Chosen(row, Verb(verb), reason, "", row.version)
        return sheet

    @classmethod
    def read(cls, rows: Sequence[Any], typed: MultiDict[str, str]) -> Sheet:
        """Read the form against the rows that the firm may see; other keys are passed over."""
        known = {row.key: row for row in rows}
        sheet = cls(
            shared={name: vietnamese.clean_line(typed.get(name, ""))[:200] for name in _SHARED}
        )
        for number, text in enumerate(typed.getlist("referral")[:_MOST]):
            row = known.get(_key(text))
            verb = typed.get(f"answer-{number}", "")
            if row is not None and verb in {one.value for one, _l, _r in OPTIONS}:
                version = typed.get(f"version-{number}", "")
                is_number = version.isascii() and version.isdigit() and len(version) < 10
                sheet.chosen[row.id] = Chosen(
                    row, Verb(verb), typed.get(f"reason-{number}", "")[:30],
                    vietnamese.clean_line(typed.get(f"note-{number}", ""))[:300],
                    int(version) if is_number else None,
                )  # fmt: skip
        sheet._check()
        return sheet

    def _check(self) -> None:
        """Say what is missing where; the rules say the same again when it is done."""
        verbs = {one.verb for one in self.chosen.values()}
        for verb, read in ((Verb.INVITE, self._read_slot), (Verb.HIRE, self._read_start)):
            try:
                if verb in verbs:
                    read()
            except Refused as refused:
                self.errors[refused.field or "day"] = words(refused)
        for row_id, one in self.chosen.items():
            if one.verb is Verb.REJECT and one.reason not in REASONS:
                self.row_errors[row_id] = _("Chọn lý do.")
        if self.row_errors:
            self.errors["rows"] = _("Có người bị từ chối mà chưa chọn lý do.")

    def _read_slot(self) -> None:
        day = day_of(self.shared.get("day", ""), field="day")
        self.interview_at = moment(day, self.shared.get("time", ""))
        if self.interview_at is None:
            raise Refused(N_("Ghi ngày, giờ phỏng vấn."), field="day")

    def _read_start(self) -> None:
        self.started_on = day_of(self.shared.get("started_on", ""), field="started_on")
        if self.started_on is None:
            raise Refused(N_("Ghi ngày bắt đầu làm."), field="started_on")

    def answers(self) -> dict[int, Answer]:
        """Return what to do, by row number of the referral."""
        return {
            row_id: Answer(
                one.verb,
                Said(
                    reason=one.reason if one.verb is Verb.REJECT else None,
                    note=one.note,
                    interview_at=self.interview_at if one.verb is Verb.INVITE else None,
                    interview_place=(
                        self.shared.get("place", "") if one.verb is Verb.INVITE else ""
                    ),
                    started_on=self.started_on if one.verb is Verb.HIRE else None,
                ),
                one.version,
            )
            for row_id, one in self.chosen.items()
        }

    def verb(self, row_id: int) -> str:
        """Return the answer chosen for a row, "" for none."""
        return self.chosen[row_id].verb.value if row_id in self.chosen else ""


def rows_asked(rows: Sequence[Any], sheet: Sheet) -> list[Any]:
    """Return the rows that have an answer, in their order."""
    return [row for row in rows if row.id in sheet.chosen]


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
