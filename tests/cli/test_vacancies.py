"""flask vacancies close-due: closes what is over, lists what ends soon."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import clock
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy


def test_the_command_closes_and_reminds(app: Flask, session: Session, make_vacancy: Any) -> None:
    today, day = clock.today(), dt.timedelta(days=1)
    over = make_vacancy(deadline=today - day)
    soon, later = make_vacancy(deadline=today + 3 * day), make_vacancy(deadline=today + 7 * day)
    far = make_vacancy(deadline=today + 8 * day)
    session.commit()
    dry = app.test_cli_runner().invoke(args=["vacancies", "close-due", "--dry-run"])
    session.expire_all()
    assert session.get(Vacancy, over.id).state is VacancyState.OPEN
    session.commit()
    done = app.test_cli_runner().invoke(args=["vacancies", "close-due"])
    assert (dry.exit_code, done.exit_code) == (0, 0), str(done.exception)
    assert dry.output == done.output
    lines = done.output.splitlines()
    assert [over.number in lines[0], soon.number in lines[1], later.number in lines[2]] == [
        True
    ] * 3
    assert lines[1].startswith("Còn 3 ngày")
    assert far.number not in done.output
    session.expire_all()
    assert session.get(Vacancy, over.id).state is VacancyState.CLOSED
    entry = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert (entry.action, entry.actor) == ("close-vacancy", "flask vacancies")
