"""The invented town in a database: known codes, flags, one sign-in for each role."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.queries import find_user
from jobcenter.advising.choices import VisitState
from jobcenter.advising.models import Visit
from jobcenter.catalogue.queries import lists
from jobcenter.certificates.choices import BlankState, Entry
from jobcenter.certificates.models import Blank, Certificate, SafetyRecord
from jobcenter.courses import queries as timetable
from jobcenter.courses.choices import ClassState
from jobcenter.courses.models import TrainingClass
from jobcenter.demo import load as demo
from jobcenter.enterprises import workforce
from jobcenter.enterprises.choices import RequestState, Standing
from jobcenter.enterprises.models import Enterprise, FirmRequest, Member
from jobcenter.enterprises.names import tax_number_doubt
from jobcenter.kernel import clock
from jobcenter.people.choices import Way
from jobcenter.people.models import Consent
from jobcenter.placements.models import Placement
from jobcenter.placements.queries import unbalanced
from jobcenter.placements.rules import is_early
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.referrals.steps import TABLE
from jobcenter.seekers.caseload import stuck_among
from jobcenter.seekers.choices import PaperState
from jobcenter.seekers.dossier import dossier
from jobcenter.seekers.models import Seeker
from jobcenter.teaching.models import Result
from jobcenter.tuition.choices import FeeKind, SheetState
from jobcenter.tuition.models import FeeLine, PaymentSheet
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import RecruitmentSheet, Vacancy, VacancyChange, WordingFlag

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def town(app: Flask, session: Session, tmp_path: Path) -> Path:
    demo.load(
        session, seed=1, today=TODAY, instance=tmp_path, seekers=120, enterprises=6, vacancies=30
    )
    return tmp_path


def test_a_town_is_loaded_with_codes_that_the_lists_know(session: Session, town: Path) -> None:
    assert session.scalar(select(func.count()).select_from(Seeker)) == 120
    known = lists(session)
    for seeker in session.scalars(select(Seeker)):
        assert set(seeker.shifts or ()) <= set(known.codes("K"))
        assert seeker.general_education in {None, *known.codes("A")}
        assert seeker.qualification in {None, *known.codes("B")}
    for vacancy in session.scalars(select(Vacancy)):
        assert set(vacancy.benefits or ()) <= set(known.codes("P"))
        assert set(vacancy.conditions or ()) <= set(known.codes("Q"))
    numbers = session.scalars(select(Seeker.number)).all()
    assert len(set(numbers)) == 120


def test_some_wording_is_flagged_and_each_role_can_sign_in(session: Session, town: Path) -> None:
    assert session.scalar(select(func.count()).select_from(WordingFlag)) is not None
    told: dict[str, Any] = json.loads((town / "demo-accounts.json").read_text())
    assert set(told) == {role.value for role in Role}
    assert (town / "demo-accounts.json").stat().st_mode & 0o077 == 0
    assert len(demo.sign_ins(town)) == len(Role)


def test_the_school_year_shows_what_was_taught_issued_and_paid(
    session: Session, town: Path
) -> None:
    results = session.scalars(select(Result)).all()
    assert {one.is_passed for one in results} == {True, False}
    assert all(one.enrolment.course.ends_on < TODAY for one in results)
    lines = session.scalars(select(Certificate).order_by(Certificate.id)).all()
    assert lines
    assert all(
        Entry.ISSUED is one.events[0].kind and clock.local(one.events[0].at).date() == one.issued_on
        for one in lines
    )
    blanks = set(session.scalars(select(Blank.state).distinct()))
    assert blanks == set(BlankState)
    running_out = session.scalars(
        select(SafetyRecord.valid_to).where(SafetyRecord.valid_to < TODAY + dt.timedelta(days=60))
    ).all()
    assert running_out
    kinds = set(session.scalars(select(FeeLine.kind).distinct()))
    assert {FeeKind.DUE, FeeKind.PAID} <= kinds
    sheets = set(session.scalars(select(PaymentSheet.state).distinct()))
    assert SheetState.PAID in sheets
    closed = session.scalars(
        select(TrainingClass).where(TrainingClass.state == ClassState.CLOSED)
    ).all()
    for course in closed:  # a timetable ends when the class does
        assert timetable.sessions_of(session, course)[-1].day <= course.ends_on


def test_a_morning_at_the_counter_is_under_way(session: Session, town: Path) -> None:
    visits = session.scalars(select(Visit).where(Visit.day == TODAY).order_by(Visit.number)).all()
    assert [visit.number for visit in visits] == list(range(1, len(visits) + 1))
    states = {visit.state for visit in visits}
    assert states == {
        VisitState.WAITING, VisitState.SERVING, VisitState.DONE, VisitState.LEFT,
    }  # fmt: skip
    assert all(v.started_at <= v.ended_at for v in visits if v.started_at and v.ended_at)
    assert session.scalar(select(func.count()).where(Visit.day < TODAY))


def test_firms_have_people_branches_requests_a_ban_and_figures(
    session: Session, town: Path
) -> None:
    firms = session.scalars(select(Enterprise).order_by(Enterprise.id)).all()
    assert [f.standing for f in firms if f.parent_id is None].count(Standing.BANNED) == 1
    branches = [f for f in firms if f.parent is not None]
    assert branches
    assert all(f.tax_number == f"{f.parent.tax_number}-001" for f in branches if f.parent)
    assert all(tax_number_doubt(f.tax_number) is None for f in firms)
    states = session.scalars(select(FirmRequest.state).order_by(FirmRequest.id)).all()
    assert states == [RequestState.WAITING, RequestState.WAITING, RequestState.ASKED]
    joining = session.scalars(select(FirmRequest).order_by(FirmRequest.id)).first()
    assert joining is not None
    assert joining.enterprise_id == firms[0].id
    assert session.scalar(select(func.count()).select_from(Member)) == 3
    then, now = (workforce.zone_total(session, on=day) for day in (dt.date(2020, 12, 31), TODAY))
    assert 0 < then.total < now.total
    assert then.foreign < then.vietnamese
    for firm in firms:
        last = workforce.latest(session, firm)
        assert last is None or workforce.size_band(last.total) == firm.size_band


def test_a_demo_is_never_mixed_with_people(session: Session, town: Path) -> None:
    with pytest.raises(demo.NotEmpty):
        demo.load(session, seed=1, today=TODAY, instance=town, seekers=1)


def test_the_counsellor_has_files_with_papers_and_proof_of_consents(
    session: Session, town: Path
) -> None:
    user = find_user(session, "tuvan")
    assert user is not None
    own = select(Seeker).where(Seeker.responsible_id == user.id)
    files = session.scalars(own).all()
    assert files
    assert 0 < len(stuck_among(files)) < len(files)
    states = {data.state(TODAY) for one in files for data in dossier(session, one).values()}
    assert states == set(PaperState)
    people = [one.person_id for one in files]
    given = session.scalars(select(Consent).where(Consent.person_id.in_(people))).all()
    told = [one for one in given if one.way is not Way.ONLINE]
    assert told
    assert all(one.evidence and one.recorded_by_id == user.id for one in told)


def test_orders_are_filled_by_the_people_in_them_and_show_every_state(
    session: Session, town: Path
) -> None:
    assert unbalanced(session) == []
    placements = session.scalars(select(Placement)).all()
    assert any(one.counts_to_headcount for one in placements)
    for one in placements:  # whoever left a place late keeps it counted
        late = one.vacancy_id is not None and one.ended_on is not None and not is_early(one)
        assert not late or one.counts_to_headcount
    states = set(session.scalars(select(Vacancy.state)))
    assert {VacancyState.OPEN, VacancyState.FILLED} <= states
    assert session.scalars(select(RecruitmentSheet)).all()
    assert session.scalars(select(VacancyChange)).first() is not None
    closed = select(Vacancy).where(Vacancy.state == VacancyState.CLOSED)
    assert all(one.close_reason for one in session.scalars(closed))


def test_the_year_of_introductions_keeps_the_table_and_its_days(
    session: Session, town: Path
) -> None:
    rows = session.scalars(select(Referral)).all()
    told: dict[int, list[ReferralEvent]] = {}
    for event in session.scalars(select(ReferralEvent).order_by(ReferralEvent.id)):
        told.setdefault(event.referral_id, []).append(event)
    assert len(rows) > 100
    assert set(told) == {row.id for row in rows}
    reachable = {(state, step.verb, step.end) for step in TABLE for state in step.start}
    for row in rows:
        events = told[row.id]
        assert [one.at for one in events] == sorted(one.at for one in events)
        assert events[-1].at <= dt.datetime.combine(TODAY, dt.time(8), clock.LOCAL)
        assert events[-1].after is row.state
        assert events[0].verb in ("ask", "draft")
        for before, event in pairwise(events):
            assert event.before is before.after
            assert (event.before, event.verb, event.after) in reachable, (row.id, event.verb)
    states = {row.state for row in rows}
    assert {"hired", "rejected", "no-show", "withdrawn", "no-answer", "sent"} <= states
    hired = {row.placement_id for row in rows if row.state == "hired"}
    counted = select(Placement.id).where(
        Placement.ended_on.is_(None), Placement.vacancy_id.is_not(None),
        Placement.started_on >= dt.date(2026, 1, 1),
    )  # fmt: skip
    assert hired == set(session.scalars(counted))
