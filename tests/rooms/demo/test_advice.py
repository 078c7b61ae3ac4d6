"""A year of advice in the invented town: believable, and true to the rules of the rooms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.models import User
from jobcenter.advising import appointments, complaints, counts, feedback, plans, sessions
from jobcenter.advising.choices import FeedbackAbout, VisitState
from jobcenter.advising.models import Consultation, Visit
from jobcenter.catalogue.queries import lists
from jobcenter.demo import load as demo
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.paging import Slice
from jobcenter.placements import checks

ALL = system("tests", EVERYTHING)


def test_a_town_has_a_year_of_advice_and_aftercare(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    today = clock.today()
    demo.load(
        session, seed=1, today=today, instance=tmp_path, seekers=160, enterprises=6, vacancies=30,
        with_2020=False,
    )  # fmt: skip
    year = counts.counted(session, today.replace(month=1, day=1), today)
    assert year.times > year.people > 60
    assert year.unknown > 0
    done = select(func.count()).where(Visit.state == VisitState.DONE)
    told = select(func.count()).where(Consultation.visit_id.is_not(None))
    assert session.scalar(done) == session.scalar(told)
    known = set(lists(session).codes("G"))
    assert all(set(s or ()) <= known for s in session.scalars(select(Consultation.subjects)))
    assert sum(one.sessions for one in sessions.counted(session, dt.date(2020, 1, 1), today)) > 0
    mine = session.scalars(
        select(User.id).where(User.role == Role.COUNSELLOR).order_by(User.id)
    ).first()
    assert mine is not None
    assert plans.open_plans(session)[mine] > 5
    assert plans.due_steps(session, user_id=mine, until=today)
    assert len(appointments.of_days(session, ALL, today, today, user_id=mine)) == 5
    stayed = checks.stayed(session, since=today - dt.timedelta(days=420), until=today, mark=30)
    assert stayed.there > 0
    assert checks.due(session, ALL)
    open_ones = complaints.listed(session, ALL, is_open=True, window=Slice())
    over = complaints.listed(session, ALL, is_open=False, window=Slice())
    assert open_ones.total >= 1
    assert over.total >= 1
    scores = feedback.counted(session, today.replace(month=1, day=1), today)
    assert scores[FeedbackAbout.VISIT].average is not None
