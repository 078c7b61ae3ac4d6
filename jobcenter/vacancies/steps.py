"""Moving a vacancy along its table of states."""

from __future__ import annotations

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.audit.rules import record
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.words import N_
from jobcenter.vacancies.changes import hold_row, note, require_writer
from jobcenter.vacancies.checks import require_publishable
from jobcenter.vacancies.choices import FIRM_VERBS, VACANCY_MOVES, VacancyState
from jobcenter.vacancies.models import Vacancy


def move(session: Session, *, vacancy: Vacancy, verb: str, by: Actor, reason: str = "") -> None:
    """Move a vacancy along `VACANCY_MOVES`; what becomes open must be fit for job seekers."""
    require_writer(by, vacancy)
    if verb not in VACANCY_MOVES.table:
        raise Refused(N_("Không có việc nào như vậy."))
    if not by.may(Right.VACANCIES_WRITE) and verb not in FIRM_VERBS:
        raise NotAllowed
    hold_row(session, vacancy)
    after = VACANCY_MOVES.after(verb, vacancy.state)
    reason = vietnamese.clean_prose(reason)
    if verb == "send-back" and not reason:
        raise Refused(N_("Ghi lý do để doanh nghiệp biết sửa gì."), field="reason")
    if after is VacancyState.OPEN:
        require_publishable(session, vacancy)
    before, vacancy.state = vacancy.state, after
    if verb in ("send-back", "submit", "publish"):
        vacancy.sent_back_for = reason if verb == "send-back" else ""
    session.flush()
    record(
        session, by=by, action=f"{verb}-vacancy", kind="vacancy", subject_id=vacancy.id,
        before=before.value, after=after.value,
    )  # fmt: skip
    note(
        session, vacancy=vacancy, by=by, action=f"{verb}-vacancy", field="state",
        before=before.value, after=after.value, note=reason,
    )  # fmt: skip


def verbs_for(vacancy: Vacancy, by: Actor) -> list[str]:
    """Return what `by` may do with the vacancy now, in the table's order."""
    verbs = VACANCY_MOVES.verbs(vacancy.state)
    if by.may(Right.VACANCIES_WRITE):
        return verbs
    return [verb for verb in verbs if by.acts_for(vacancy.enterprise_id) and verb in FIRM_VERBS]
