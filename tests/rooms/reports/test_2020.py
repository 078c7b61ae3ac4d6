"""The published year 2020, counted from the demo's records; a wrong or missing event shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from jobcenter.advising.models import Consultation
from jobcenter.courses.models import PlanTarget, Programme, TrainingClass
from jobcenter.courses.queries import targets
from jobcenter.demo import load as demo
from jobcenter.enrolments.models import Enrolment
from jobcenter.enrolments.queries import plan_of, unbalanced
from jobcenter.kernel.db import Base
from jobcenter.placements.models import Placement
from jobcenter.placements.queries import unbalanced as unbalanced_vacancies
from jobcenter.referrals.choices import Verb
from jobcenter.referrals.models import ReferralEvent
from jobcenter.reports import counting, periods
from jobcenter.vacancies.models import Vacancy

TODAY = dt.date(2026, 11, 23)
YEAR = periods.read("2020")


@pytest.fixture
def town(session: Session, tmp_path: Path) -> Session:
    demo.load(
        session, seed=1, today=TODAY, instance=tmp_path, seekers=20, enterprises=6, vacancies=12,
        with_2020=True,
    )  # fmt: skip
    return session


def figures(session: Session, code: str = "2020") -> dict[str, Any]:
    found = counting.figures(session, periods.read(code), today=TODAY)
    return counting.as_data(periods.read(code), found.values())["indicators"]


def check_published(town: Session) -> None:
    found = figures(town)
    period = {code: one["period"] for code, one in found.items()}
    assert period["intake"] == period["intake_short"] + 356 + 75 == 450
    assert (period["intake_short"], period["intake_elementary"]) == (19, 356)
    assert period["intake_partner"] == 75
    assert (period["intake_plan"], period["intake_plan_percent"]) == (460, 97.8)
    assert found["intake"]["plan"] == 460
    assert (period["safety_trainees"], period["safety_enterprises"]) == (143, 2)
    assert 3_800 < period["consultations"] < 3_900
    assert 2_560 < period["referrals"] < 2_600
    assert period["referrals"] > period["persons_referred"]
    order = ("persons_referred", "persons_attended_selection", "persons_placed")
    assert [period[code] for code in order] == sorted((period[c] for c in order), reverse=True)
    assert all(one["period"] == one["year_to_date"] for one in found.values())
    assert 0 < period["placed_after_training"] < period["completed"] < 450
    assert 0 < period["openings_left"] < period["openings"]
    assert period["employers_recruiting"] > 0
    assert period["job_sessions"] == 14
    assert found["consultations"]["unit"] == "lượt"
    # the school's own page says the same, and the counts that rows keep are true
    of_school = plan_of(town, 2020)
    assert sum(line.taken_in for line in of_school if line.counts) == 450
    assert unbalanced(town) == []
    assert unbalanced_vacancies(town) == []


def check_parts(town: Session) -> None:
    year = figures(town)
    quarters = [figures(town, f"2020-Q{n}") for n in range(1, 5)]
    december = figures(town, "2020-12")
    for code in ("consultations", "referrals", "intake", "openings", "safety_trainees", "classes"):
        assert sum(one[code]["period"] for one in quarters) == year[code]["period"], code
    for code, one in december.items():
        assert one["year_to_date"] == quarters[3][code]["year_to_date"], code
    assert (
        sum(one["persons_advised"]["period"] for one in quarters)
        > (year["persons_advised"]["period"])
    )


def first(table: type[Base], **equal: Any) -> Any:
    return select(func.min(table.id)).filter_by(**equal).scalar_subquery()  # type: ignore[attr-defined]


def in_2020(table: type[Base]) -> Any:
    day = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
    return select(func.min(table.id)).where(table.day.between(*day)).scalar_subquery()  # type: ignore[attr-defined]


def a_class(of: str) -> Any:
    rows = select(func.min(TrainingClass.id)).join(Programme)
    in_that_year = TrainingClass.starts_on.between(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    return rows.where(Programme.type == of, in_that_year).scalar_subquery()


WRONGS: dict[str, tuple[Callable[[], Any], str, int]] = {
    "a consultation is missing": (
        lambda: delete(Consultation).where(Consultation.id == in_2020(Consultation)),
        "consultations", -1,
    ),
    "a consultation was of the next year": (
        lambda: update(Consultation)
        .where(Consultation.id == in_2020(Consultation)).values(day=dt.date(2021, 1, 1)),
        "consultations", -1,
    ),
    "a letter was never sent": (
        lambda: delete(ReferralEvent)
        .where(
            ReferralEvent.id
            == select(func.min(ReferralEvent.id))
            .where(ReferralEvent.verb == Verb.SEND.value)
            .where(ReferralEvent.at < dt.datetime(2020, 12, 31, tzinfo=dt.UTC))
            .scalar_subquery()
        ),
        "referrals", -1,
    ),
    "a learner is missing": (
        lambda: delete(Enrolment)
        .where(Enrolment.id == select(func.min(Enrolment.id))
               .where(Enrolment.class_id == a_class("under-3-months")).scalar_subquery()),
        "intake_short", -1,
    ),
    "a class was of another year": (
        lambda: update(TrainingClass)
        .where(TrainingClass.id == a_class("partner")).values(starts_on=dt.date(2021, 1, 1)),
        "intake", -75,
    ),
    "a target is missing": (
        lambda: delete(PlanTarget).where(PlanTarget.type == "partner", PlanTarget.year == 2020),
        "intake_plan", -80,
    ),
    "a hire never was": (
        lambda: update(Placement)
        .where(Placement.id == select(func.min(Placement.id))
               .where(Placement.started_on < dt.date(2020, 12, 1), Placement.vacancy_id > 0)
               .scalar_subquery())
        .values(ended_on=Placement.started_on, end_reason="never-came"),
        "persons_placed", -1,
    ),
    "a vacancy asked for one more": (
        lambda: update(Vacancy)
        .where(Vacancy.id == select(func.min(Vacancy.id))
               .where(Vacancy.registered_on < dt.date(2021, 1, 1)).scalar_subquery())
        .values(headcount=Vacancy.headcount + 1),
        "openings", 1,
    ),
}  # fmt: skip


def check_wrongs(town: Session) -> None:
    assert targets(town, 2020)
    for what, (statement, code, change) in WRONGS.items():
        before = figures(town)[code]["period"]
        with town.begin_nested() as nested:
            town.execute(statement().execution_options(synchronize_session=False))
            assert figures(town)[code]["period"] == before + change, what
            nested.rollback()
        town.expire_all()


def test_2020_is_counted_from_records_and_a_wrong_or_missing_one_shows(town: Session) -> None:
    """One town serves all three: writing it is what takes the time."""
    check_published(town)
    check_parts(town)
    check_wrongs(town)
