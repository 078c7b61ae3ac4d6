"""Moving a vacancy along its table of states, and the adjustments that leave its state.

Whoever holds, cuts, closes or reopens says what becomes of the people under way: the desk counts
them and calls the verb of `referrals` when they are released. Those who stay are told the note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.moves import MoveRefused
from jobcenter.kernel.words import N_
from jobcenter.vacancies.changes import note, require_writer
from jobcenter.vacancies.checks import require_future, require_publishable
from jobcenter.vacancies.choices import (
    ADJUSTMENTS,
    AUTOMATIC,
    FIRM_VERBS,
    VACANCY_MOVES,
    CloseReason,
    UnderWay,
    VacancyState,
)
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.queries import may_write


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What comes with a step; `note` is its reason, and what the people under way are told."""

    note: str = ""
    deadline: dt.date | None = None
    headcount: int | None = None
    reason: CloseReason | None = None
    people: int = 0
    under_way: UnderWay = UnderWay.STAY


NOTHING = Asked()
_WRITTEN = ("state", "deadline", "headcount", "close_reason")
_TELLING = frozenset({"hold", "cut", "close", "reopen"})


def move(
    session: Session, *, vacancy: Vacancy, verb: str, by: Actor, asked: Asked = NOTHING
) -> None:
    """Take one step; what becomes open must be fit for job seekers."""
    require_writer(by, vacancy)
    if verb in AUTOMATIC or not (verb in VACANCY_MOVES.table or verb in ADJUSTMENTS):
        raise Refused(N_("Không có việc nào như vậy."))
    if not by.may(Right.VACANCIES_WRITE) and verb not in FIRM_VERBS:
        raise NotAllowed
    hold(session, vacancy, None)
    before = {name: getattr(vacancy, name) for name in _WRITTEN}
    try:
        _take(session, vacancy, verb, asked)
    except Refused:
        for name, was in before.items():
            setattr(vacancy, name, was)
        raise
    session.flush()
    _tell(session, vacancy, verb, by, asked, before)


def _take(session: Session, vacancy: Vacancy, verb: str, asked: Asked) -> None:
    before, after = vacancy.state, _after(verb, vacancy.state)
    vacancy.close_reason = None
    if verb in _TAKE:
        _TAKE[verb](vacancy, asked)
    vacancy.state = after
    settle(vacancy)
    if vacancy.state is VacancyState.OPEN and before is not VacancyState.OPEN:
        require_publishable(session, vacancy)


def _after(verb: str, state: VacancyState) -> VacancyState:
    if verb not in ADJUSTMENTS:
        return VACANCY_MOVES.after(verb, state)
    if state not in ADJUSTMENTS[verb]:
        raise MoveRefused(N_("Việc này không còn làm được ở trạng thái hiện tại."))
    return state


def settle(vacancy: Vacancy) -> None:
    """Let the state follow the count of places; call it with the row held."""
    full = vacancy.filled >= vacancy.headcount
    if full and vacancy.state in (VacancyState.OPEN, VacancyState.ON_HOLD):
        vacancy.state = VacancyState.FILLED
    elif not full and vacancy.state is VacancyState.FILLED:
        late = vacancy.deadline is not None and vacancy.deadline < clock.today()
        vacancy.state = VacancyState.ON_HOLD if late else VacancyState.OPEN


def _tell(
    session: Session, vacancy: Vacancy, verb: str, by: Actor, asked: Asked, before: dict[str, Any]
) -> None:
    changed = {
        name: (_code(was), _code(now))
        for name, was in before.items()
        if was != (now := getattr(vacancy, name))
    }
    people = asked.people if verb in _TELLING else None
    fate = UnderWay.STAY if verb == "hold" else asked.under_way
    action, told = f"{verb}-vacancy", vietnamese.clean_prose(asked.note)
    for name, (was, now) in changed.items():
        note(
            session, vacancy=vacancy, by=by, action=action, field=name, before=was, after=now,
            note=told, people=people, under_way=fate if people else None,
        )  # fmt: skip
    record(
        session, by=by, action=action, kind="vacancy", subject_id=vacancy.id,
        before=before["state"].value, after=vacancy.state.value, fields=list(changed),
    )  # fmt: skip


def _code(value: Any) -> Any:
    return getattr(value, "value", value)


def _submit(vacancy: Vacancy, _asked: Asked) -> None:
    vacancy.sent_back_for = ""


def _send_back(vacancy: Vacancy, asked: Asked) -> None:
    reason = vietnamese.clean_prose(asked.note)
    if not reason:
        raise Refused(N_("Ghi lý do để doanh nghiệp biết sửa gì."), field="note")
    vacancy.sent_back_for = reason


def _extend(vacancy: Vacancy, asked: Asked) -> None:
    if asked.deadline is None:
        raise Refused(N_("Ghi hạn mới."), field="deadline")
    require_future(asked.deadline)
    if vacancy.deadline is not None and asked.deadline <= vacancy.deadline:
        raise Refused(
            N_("Hạn mới phải sau hạn cũ, %(day)s."), field="deadline", day=vacancy.deadline
        )
    vacancy.deadline = asked.deadline


def _resume(vacancy: Vacancy, asked: Asked) -> None:
    if asked.deadline is not None:
        require_future(asked.deadline)
        vacancy.deadline = asked.deadline


def _cut(vacancy: Vacancy, asked: Asked) -> None:
    if asked.headcount is None:
        raise Refused(N_("Ghi số lượng tuyển mới."), field="headcount")
    if asked.headcount < max(1, vacancy.filled):
        text = N_("Đã nhận %(least)s người, không giảm dưới số đó.")
        text = text if vacancy.filled else N_("Ít nhất %(least)s người.")
        raise Refused(text, field="headcount", least=max(1, vacancy.filled))
    if asked.headcount >= vacancy.headcount:
        raise Refused(
            N_("Đang tuyển %(now)s người, ghi số nhỏ hơn."),
            field="headcount",
            now=vacancy.headcount,
        )
    vacancy.headcount = asked.headcount


def _close(vacancy: Vacancy, asked: Asked) -> None:
    if asked.reason is None:
        raise Refused(N_("Chọn lý do đóng."), field="reason")
    vacancy.close_reason = asked.reason


def _reopen(vacancy: Vacancy, asked: Asked) -> None:
    _resume(vacancy, asked)
    vacancy.headcount = asked.headcount or vacancy.headcount
    if vacancy.headcount <= vacancy.filled:
        raise Refused(
            N_("Đã nhận %(filled)s người. Muốn nhận thêm, ghi số lượng tuyển lớn hơn."),
            field="headcount",
            filled=vacancy.filled,
        )


_TAKE: dict[str, Callable[[Vacancy, Asked], None]] = {
    "submit": _submit,
    "publish": _submit,
    "send-back": _send_back,
    "extend": _extend,
    "resume": _resume,
    "cut": _cut,
    "close": _close,
    "reopen": _reopen,
}


def verbs_for(vacancy: Vacancy, by: Actor) -> list[str]:
    """Return what `by` may do with the vacancy now, in the table's order."""
    verbs = [v for v in VACANCY_MOVES.verbs(vacancy.state) if v not in AUTOMATIC]
    verbs += [verb for verb, states in ADJUSTMENTS.items() if vacancy.state in states]
    if not may_write(vacancy, by):
        return []
    return verbs if by.may(Right.VACANCIES_WRITE) else [v for v in verbs if v in FIRM_VERBS]


def close_due(session: Session, *, today: dt.date, by: Actor) -> Sequence[Vacancy]:
    """Close every open vacancy whose deadline is over, and return them.

    They took nobody since that day (`queries.is_open`): this writes down what was true already.
    """
    over = select(Vacancy).where(Vacancy.state == VacancyState.OPEN, Vacancy.deadline < today)
    found = session.scalars(over.order_by(Vacancy.id)).all()
    for vacancy in found:
        move(session, vacancy=vacancy, verb="close", by=by, asked=Asked(reason=CloseReason.EXPIRED))
    return found
