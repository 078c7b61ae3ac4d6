"""Each promise, broken by hand, is found; a healthy register breaks none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.courses.models import TrainingClass
from jobcenter.enterprises.models import Member
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.models import SeriesCounter
from jobcenter.papers.choices import PaperState, Unit
from jobcenter.papers.models import Paper
from jobcenter.people.choices import Way
from jobcenter.people.models import Person
from jobcenter.referrals import rules as referrals
from jobcenter.referrals.models import Referral
from jobcenter.seekers.models import Seeker
from jobcenter.upkeep import checks
from jobcenter.vacancies.models import Vacancy
from jobcenter.work.choices import JobState
from jobcenter.work.models import Job, JobFile

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)


def broken(session: Session, tmp_path: Path) -> dict[str, tuple[str, ...]]:
    session.commit()  # the seals are read on a connection of their own
    found = checks.run(session, tmp_path / "seal-heads.json")
    assert [one.code for one in found] == [one.code for one in checks.CHECKS]
    assert all((one.count > 0) == bool(one.rows) for one in found)
    return {one.code: one.rows for one in found if one.count}


def test_a_healthy_register_keeps_every_promise(
    session: Session, tmp_path: Path, make_seeker: Make, make_vacancy: Make, make_class: Make
) -> None:
    make_seeker()
    make_vacancy()
    make_class()
    session.execute(update(SeriesCounter).values(last=99_999))
    session.add_all(
        SeriesCounter(series=series, year=year, last=99_999)
        for series in ("HS", "YC")
        for year in {int(n[3:7]) for n in session.scalars(select(Seeker.number))}
        | {int(n[3:7]) for n in session.scalars(select(Vacancy.number))}
        if session.get(SeriesCounter, (series, year)) is None
    )
    assert broken(session, tmp_path) == {}


def headcount(session: Session, make: dict[str, Make]) -> str:
    vacancy = make["vacancy"](headcount=5)
    session.execute(update(Vacancy).where(Vacancy.id == vacancy.id).values(filled=2))
    return "headcounts"


def seats(session: Session, make: dict[str, Make]) -> str:
    course = make["class"](places=30)
    session.execute(update(TrainingClass).where(TrainingClass.id == course.id).values(taken=3))
    return "seats"


def paper_gap(session: Session, make: dict[str, Make]) -> str:
    for number in (1, 3):
        session.add(
            Paper(
                unit=Unit.CENTRE, kind="consent", state=PaperState.CANCELLED, year=2026,
                number=number, shown=f"{number}/ĐY", code=f"{number:012d}", title="Phiếu",
                issued_on=clock.today(), subject_kind="person", subject_id=1, content={},
            )
        )  # fmt: skip
    return "paper-numbers"


def file_number(session: Session, make: dict[str, Make]) -> str:
    make["seeker"](number="HS-2031-00001")
    return "file-numbers"


def merge_circle(session: Session, make: dict[str, Make]) -> str:
    one, two = make["person"](), make["person"]()
    session.flush()
    for person, to in ((one, two), (two, one)):
        session.execute(update(Person).where(Person.id == person.id).values(merged_into_id=to.id))
    return "merges"


def referral(session: Session, make: dict[str, Make]) -> Referral:
    seeker, vacancy = make["seeker"](), make["vacancy"]()
    session.flush()
    referrals.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    return session.scalars(select(Referral)).one()


def lost_step(session: Session, make: dict[str, Make]) -> str:
    found = referral(session, make)
    session.execute(update(Referral).where(Referral.id == found.id).values(state="proposed"))
    return "referral-events"


def unanswered_sight(session: Session, make: dict[str, Make]) -> str:
    firm, user, seeker = make["enterprise"](), make["user"](Role.ENTERPRISE_USER), make["seeker"]()
    session.flush()
    session.merge(Member(user_id=user.id, enterprise_id=firm.id))
    session.add(
        Sight(user_id=user.id, person_id=seeker.person_id, look=Look.FILE, fields="full_name",
              purpose="")
    )  # fmt: skip
    return "sights"


def file_of_nothing(session: Session, make: dict[str, Make]) -> str:
    job = Job(kind="export", title="Xuất tệp", state=JobState.FAILED)
    session.add(job)
    session.flush()
    session.add(JobFile(job_id=job.id, name="a.csv", kind="text/csv", body=b"a"))
    return "files"


@pytest.mark.parametrize(
    "spoil",
    [headcount, seats, paper_gap, file_number, merge_circle, lost_step, unanswered_sight,
     file_of_nothing],
)  # fmt: skip
def test_a_broken_promise_is_found_and_named(
    session: Session, tmp_path: Path, spoil: Callable[..., str], make_user: Make,
    make_seeker: Make, make_vacancy: Make, make_class: Make, make_person: Make,
    make_enterprise: Make,
) -> None:  # fmt: skip
    make = {
        "seeker": make_seeker, "vacancy": make_vacancy, "class": make_class, "user": make_user,
        "person": make_person, "enterprise": make_enterprise,
    }  # fmt: skip
    code = spoil(session, make)
    found = broken(session, tmp_path)
    assert found[code]
    assert set(found) <= {code, "file-numbers"}, "the factories' numbers come from no counter"
    assert checks.run(session, tmp_path / "x", only=code)[0].count == len(found[code])


def test_a_log_that_lost_its_end_is_found(session: Session, tmp_path: Path) -> None:
    heads = tmp_path / "seal-heads.json"
    heads.write_text(json.dumps({"ledger_entry": {"seal": 7, "mac": "0" * 64}}))
    found = {one.code: one.rows for one in checks.run(session, heads, only="seals")}
    assert "cut-off" in found["seals"][0]


def test_a_firm_that_was_told_yes_may_have_looked(
    session: Session, tmp_path: Path, make_user: Make, make_seeker: Make, make_vacancy: Make
) -> None:
    seeker, vacancy = make_seeker(), make_vacancy()
    user = make_user(Role.ENTERPRISE_USER, enterprise=vacancy.enterprise)
    row = referrals.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    looked = Sight(user_id=user.id, person_id=seeker.person_id, look=Look.FILE,
                   fields="full_name", purpose="")  # fmt: skip
    session.add(looked)
    session.flush()
    assert checks.run(session, tmp_path / "x", only="sights")[0].rows == (f"sight {looked.id}",)
    row.agreed_at, row.agreed_way = looked.at - dt.timedelta(hours=1), Way.COUNTER
    session.flush()
    assert checks.run(session, tmp_path / "x", only="sights")[0].count == 0
