"""The history of a vacancy: what each change made of each field, and holding its row meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.errors import NotAllowed
from jobcenter.vacancies.choices import UnderWay
from jobcenter.vacancies.models import Vacancy, VacancyChange
from jobcenter.vacancies.queries import may_write

# People at the firm: that it changed is told, not what it was.
CONTACT = frozenset({"contact_name", "contact_phone", "contact_email"})


def note(
    session: Session,
    *,
    vacancy: Vacancy,
    by: Actor,
    action: str,
    field: str = "",
    before: Any = None,
    after: Any = None,
    note: str = "",
    people: int | None = None,
    under_way: UnderWay | None = None,
) -> None:
    """Write one line of the history, in the transaction of the change."""
    hidden = field in CONTACT
    session.add(
        VacancyChange(
            vacancy_id=vacancy.id,
            user_id=by.user_id,
            actor=by.name or by.role,
            action=action,
            field=field,
            before=None if hidden else kept(before),
            after=None if hidden else kept(after),
            note=note,
            people=people,
            under_way=under_way,
        )
    )


def note_all(
    session: Session,
    *,
    vacancy: Vacancy,
    by: Actor,
    action: str,
    changed: Mapping[str, tuple[Any, Any]],
) -> None:
    """Write one line for each field that changed, in the order given."""
    for field, (before, after) in changed.items():
        note(
            session, vacancy=vacancy, by=by, action=action, field=field, before=before, after=after
        )


def kept(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def require_writer(by: Actor, vacancy: Vacancy) -> None:
    """Refuse whoever may not write this vacancy."""
    require_impartial(by, vacancy.enterprise_id)
    if not may_write(vacancy, by):
        raise NotAllowed
