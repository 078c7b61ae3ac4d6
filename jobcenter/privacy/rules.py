"""Taking requests about data, replying, extending, meeting or refusing them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.queries import working_days_after
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.series import numbered, take
from jobcenter.kernel.words import N_
from jobcenter.people.choices import Purpose
from jobcenter.people.models import Person
from jobcenter.people.rules import withdraw_consent
from jobcenter.privacy.choices import (
    DAYS_OF,
    ENDING,
    EXTENSION_DAYS,
    REPLY_DAYS,
    REQUEST_MOVES,
    Asked,
    Came,
    Ground,
    RequestState,
)
from jobcenter.privacy.models import DataRequest
from jobcenter.privacy.queries import one
from jobcenter.settings.queries import setting

SERIES = "QL"
ERASED = "Đã xoá theo yêu cầu."


def take_request(
    session: Session,
    *,
    asked: Asked,
    came: Came,
    by: Actor,
    person: Person | None = None,
    name: str = "",
    contact: str = "",
    said: str = "",
    proof: str = "",
    received_on: dt.date | None = None,
) -> DataRequest:
    """Write a request down with its last days; refuses a day to come, and a request of nobody."""
    today = clock.today()
    received = received_on or today
    if received > today:
        raise Refused(N_("Ngày nhận không thể sau hôm nay."), field="received_on")
    if received < today - dt.timedelta(days=366):
        raise Refused(N_("Ngày nhận cách đây hơn một năm. Xem lại."), field="received_on")
    if person is None and not name.strip():
        raise Refused(N_("Ghi số hồ sơ hoặc họ tên người hỏi."), field="name")
    row = DataRequest(
        number=numbered(SERIES, received.year, take(session, SERIES, received.year)),
        person_id=person.id if person is not None else None,
        name=name, contact=contact, asked=asked, came=came, said=said, proof=proof,
        received_on=received,
        reply_by=_last_day(session, received, setting(session, REPLY_DAYS, on=received)),
        due_on=_last_day(session, received, setting(session, DAYS_OF[asked], on=received)),
        state=RequestState.OPEN, taken_by_id=by.user_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _note(session, row, "take-request", by, way=came.value)
    return row


def _last_day(session: Session, received: dt.date, days: int) -> dt.date:
    return working_days_after(session, received, days)


def recognise(
    session: Session, *, request: DataRequest, person: Person, proof: str, by: Actor
) -> None:
    """Say whose data a request is about and how that was made sure of."""
    _open(session, request)
    if not proof.strip():
        raise Refused(N_("Ghi đã đối chiếu gì để biết đúng người."), field="proof")
    request.person_id, request.proof = person.id, proof
    session.flush()
    _note(session, request, "take-request", by)


def reply(session: Session, *, request: DataRequest, by: Actor) -> None:
    """Write down that the person was answered for the first time; a second time changes nothing."""
    _open(session, request)
    if request.replied_on is None:
        request.replied_on = clock.today()
        session.flush()
        _note(session, request, "reply-request", by)


def extend(session: Session, *, request: DataRequest, why: str, by: Actor) -> None:
    """Move the last day once, for a reason that the person is told."""
    _open(session, request)
    if request.extended_on is not None:
        raise Refused(N_("Chỉ gia hạn một lần."))
    if not why.strip():
        raise Refused(N_("Cần ghi lý do."), field="why")
    days = setting(session, EXTENSION_DAYS)
    request.due_on = working_days_after(session, request.due_on, days)
    request.extended_on, request.extended_why = clock.today(), why
    session.flush()
    _note(session, request, "extend-request", by)


def finish(
    session: Session,
    *,
    request: DataRequest,
    outcome: str,
    by: Actor,
    purposes: Collection[Purpose] = (),
) -> None:
    """Write down how a request was met; consents named in `purposes` end with it."""
    _open(session, request)
    if request.asked is Asked.ERASE:
        raise Refused(N_("Yêu cầu xoá xong khi dữ liệu đã xoá. Bấm xoá dữ liệu."))
    if not outcome.strip():
        raise Refused(N_("Ghi đã làm gì."), field="outcome")
    if purposes:
        if request.asked not in ENDING or request.person is None:
            raise Refused(N_("Yêu cầu này không rút sự đồng ý nào."))
        for purpose in sorted(purposes):
            withdraw_consent(session, person=request.person, purpose=purpose, by=by)
    end(session, request=request, verb="finish", outcome=outcome, by=by)


def finish_erased(session: Session, *, key: uuid.UUID, outcome: str, by: Actor) -> None:
    """End a request to erase; called when the data are gone, with nothing of them in the words."""
    request = one(session, key)
    end(session, request=request, verb="finish", outcome=outcome or ERASED, by=by)


def refuse(
    session: Session, *, request: DataRequest, ground: Ground, outcome: str, by: Actor
) -> None:
    """Refuse on a ground, in words that the person is told."""
    _open(session, request)
    if not outcome.strip():
        raise Refused(N_("Ghi vì sao từ chối, để người hỏi hiểu."), field="outcome")
    request.ground = ground
    end(session, request=request, verb="refuse", outcome=outcome, by=by)


def take_back(session: Session, *, request: DataRequest, by: Actor) -> None:
    """Let the person take the request back."""
    _open(session, request)
    end(session, request=request, verb="take-back", outcome="", by=by)


def end(session: Session, *, request: DataRequest, verb: str, outcome: str, by: Actor) -> None:
    """End a request by a move; its last day and reply stay as they were."""
    request.state = REQUEST_MOVES.after(verb, request.state)
    request.outcome = outcome or request.outcome
    request.replied_on = request.replied_on or clock.today()
    request.ended_at, request.ended_by_id = clock.now(), by.user_id
    session.flush()
    _note(session, request, f"{verb}-request", by)


def _open(session: Session, request: DataRequest) -> None:
    hold(session, request, None)
    if request.state is not RequestState.OPEN:
        raise Refused(N_("Yêu cầu này đã kết thúc."))


def _note(session: Session, request: DataRequest, action: str, by: Actor, **more: object) -> None:
    record(
        session, by=by, action=action, kind="data-request", subject_id=request.id,
        number=request.number, **more,
    )  # fmt: skip
