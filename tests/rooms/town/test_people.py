"""The invented town: the same for a seed, valid numbers, believable shares."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.catalogue.queries import lists
from jobcenter.catalogue.rules import DATA
from jobcenter.kernel import vietnamese
from jobcenter.seekers.models import Seeker
from jobcenter.town import load as demo
from jobcenter.town.firms import firms, orders
from jobcenter.town.people import Story, stories
from jobcenter.town.trades import TRADES
from jobcenter.vacancies.models import Vacancy, WordingFlag

TODAY = dt.date(2026, 11, 23)
COMMUNES = {"11560": 3.0, "11581": 2.0, "11680": 1.0, "10903": 1.0, "11411": 1.0, "11629": 1.0}


def people(seed: int = 1, count: int = 400) -> list[Story]:
    made = stories(seed=seed, count=count, today=TODAY, communes=COMMUNES, parks=("vsip", "nomura"))
    return list(made)


def test_the_same_seed_gives_the_same_people() -> None:
    assert people() == people()
    assert people() != people(seed=2)
    assert people(count=50) == people(count=400)[:50]


def test_numbers_are_valid_and_ids_are_nobody_elses() -> None:
    made = people(count=2_000)
    numbers = [story.id_number for story in made if story.id_number]
    assert len(set(numbers)) == len(numbers)
    for story in made:
        assert vietnamese.parse_phone(story.phone) == story.phone
        if story.id_number:
            assert vietnamese.parse_id_number(story.id_number) == story.id_number
            assert not vietnamese.doubt_id_number(
                story.id_number, birth_year=story.birth_year, sex=story.sex
            )


def test_shares_are_believable_and_many_files_incomplete() -> None:
    made = people(count=2_000)
    families = Counter(story.full_name.split()[0] for story in made)
    assert families.most_common(1)[0][0] == "Nguyễn"
    unasked = sum(story.shifts is None for story in made) / len(made)
    shown = sum("publish" in story.consents for story in made) / len(made)
    assert 0.15 < unasked < 0.4
    assert 0.6 < shown < 0.75
    assert all("register" in story.consents for story in made)
    assert all(job.started_on < (job.ended_on or TODAY) for s in made for job in s.jobs)


def test_every_trade_has_a_code_of_the_occupation_list() -> None:
    codes = {line.split(",")[0] for line in (DATA / "occupations.csv").read_text().splitlines()}
    assert {trade.code for trade in TRADES} <= codes


def test_firms_and_orders_hang_together() -> None:
    made = firms(seed=1, count=60, parks={"vsip": "11560", "nomura": "11602"}, communes=COMMUNES)
    assert len({firm.name for firm in made}) == len({firm.tax_number for firm in made}) == 60
    asked = orders(seed=1, firms=made, count=300, today=TODAY)
    assert all(order.pay_min <= order.pay_max for order in asked)
    assert sum(order.field == "" for order in asked) / len(asked) > 0.7


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


def test_a_demo_is_never_mixed_with_people(session: Session, town: Path) -> None:
    with pytest.raises(demo.NotEmpty):
        demo.load(session, seed=1, today=TODAY, instance=town, seekers=1)
