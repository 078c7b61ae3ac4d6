"""Breaches of people's data: the clock from the moment of finding, steps, who was told, the end."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.documents.reports import Section
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.series import numbered, take
from jobcenter.kernel.words import N_
from jobcenter.privacy.choices import BREACH_HOURS
from jobcenter.privacy.models import Breach, BreachStep
from jobcenter.settings.queries import setting

SERIES = "SC"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is known of a breach by now."""

    what: str
    happened: str = ""
    kinds: str = ""
    people: int | None = None
    harm: str = ""
    measures: str = ""


def listed(session: Session) -> Sequence[Breach]:
    """Return every breach: those under way first, by their last moment."""
    order = (Breach.closed_at.is_not(None), Breach.tell_by, Breach.id)
    return session.scalars(select(Breach).order_by(*order).limit(500)).all()


def one(session: Session, key: uuid.UUID) -> Breach:
    """Return one breach, or refuse."""
    found = session.scalar(select(Breach).where(Breach.key == key))
    if found is None:
        raise Missing
    return found


def report(session: Session, *, found_at: dt.datetime, told: Told, by: Actor) -> Breach:
    """Write a breach down; the clock runs from when it was found, not from when it is written."""
    now = clock.now()
    if found_at > now:
        raise Refused(N_("Lúc phát hiện không thể sau bây giờ."), field="found_on")
    if found_at < now - dt.timedelta(days=3660):
        raise Refused(N_("Xem lại ngày phát hiện."), field="found_on")
    if not told.what.strip():
        raise Refused(N_("Ghi chuyện gì đã xảy ra."), field="what")
    day = clock.local(found_at).date()
    hours = setting(session, BREACH_HOURS, on=day)
    row = Breach(
        number=numbered(SERIES, day.year, take(session, SERIES, day.year)), found_at=found_at,
        tell_by=found_at + dt.timedelta(hours=hours), found_by_id=by.user_id,
        **_columns(told),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _note(session, row, "report-breach", "", by)
    return row


def change(session: Session, *, breach: Breach, told: Told, version: int | None, by: Actor) -> None:
    """Write down what is known by now."""
    hold(session, breach, version)
    _open(breach)
    if not told.what.strip():
        raise Refused(N_("Ghi chuyện gì đã xảy ra."), field="what")
    for name, value in _columns(told).items():
        setattr(breach, name, value)
    session.flush()
    _note(session, breach, "change-breach", "", by)


def step(session: Session, *, breach: Breach, verb: str, text: str, by: Actor) -> None:
    """Note what was done, that the authority or the people were told, or that all is done."""
    if verb not in VERBS:
        raise Refused(N_("Chọn một giá trị trong danh sách."))
    hold(session, breach, None)
    _open(breach)
    if not text.strip():
        raise Refused(N_("Ghi đã làm gì, báo ai, bằng cách nào."), field="text")
    now = clock.now()
    if verb == "tell-authority":
        breach.authority_told_at = breach.authority_told_at or now
    elif verb == "tell-people":
        breach.people_told_at = breach.people_told_at or now
    elif verb == "close-breach":
        breach.closed_at = now
    session.flush()
    _note(session, breach, verb, text, by)


VERBS = ("note-breach", "tell-authority", "tell-people", "close-breach")


def is_late(breach: Breach) -> bool:
    """Say whether the authority was not told in time."""
    return (breach.authority_told_at or breach.closed_at or clock.now()) > breach.tell_by


def hours_left(breach: Breach) -> int:
    """Return the whole hours until the authority must be told; none when it is over."""
    return max(int((breach.tell_by - clock.now()).total_seconds() // 3600), 0)


def letter(breach: Breach) -> list[Section]:
    """Return what the authority is told, in sections."""
    people = "Chưa rõ" if breach.people is None else str(breach.people)
    return [
        Section("1. Vi phạm", rows=[
            ("Số trong sổ", breach.number),
            ("Phát hiện lúc", _moment(breach.found_at)),
            ("Xảy ra khi nào, ở đâu", breach.happened or "Chưa rõ"),
            ("Loại dữ liệu", breach.kinds or "Chưa rõ"),
            ("Số người có dữ liệu liên quan", people),
        ], text=breach.what),
        Section("2. Hậu quả có thể có", text=breach.harm or "Đang đánh giá."),
        Section("3. Biện pháp đã làm và sẽ làm", text=breach.measures or "Đang xác định."),
        Section("4. Diễn biến", head=("Lúc", "Việc"), widths=(1, 3),
                body=[(_moment(one.at), one.text) for one in breach.steps if one.text]),
        Section("5. Người liên hệ", rows=[("Họ tên, chức vụ", "…………"), ("Điện thoại", "…………")]),
    ]  # fmt: skip


def _moment(instant: dt.datetime) -> str:
    return f"{clock.local(instant):%H:%M %d/%m/%Y}"


def _columns(told: Told) -> dict[str, object]:
    return {
        "what": told.what, "happened": told.happened, "kinds": told.kinds, "people": told.people,
        "harm": told.harm, "measures": told.measures,
    }  # fmt: skip


def _open(breach: Breach) -> None:
    if breach.closed_at is not None:
        raise Refused(N_("Vi phạm này đã xử lý xong."))


def _note(session: Session, breach: Breach, verb: str, text: str, by: Actor) -> None:
    session.add(BreachStep(breach_id=breach.id, verb=verb, text=text, by_id=by.user_id))
    session.flush()
    session.expire(breach, ["steps"])
    record(session, by=by, action=verb, kind="breach", subject_id=breach.id, number=breach.number)
