"""Workforce by date: corrected without losing what stood before, added up to any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.enterprises import rules, workforce
from jobcenter.enterprises.models import Enterprise, WorkforceFigure
from jobcenter.enterprises.rules import EnterpriseData
from jobcenter.enterprises.workforce import FigureData
from jobcenter.kernel import clock
from jobcenter.kernel.actor import NOBODY, Actor, system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from tests.support.together import together

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
DAY = dt.date(2020, 12, 31)
DATA = FigureData(as_of=DAY, vietnamese=1200, foreign=30, female=800, source="report")


def write(session: Session, firm: Enterprise, **changes: Any) -> WorkforceFigure:
    return workforce.write_figure(session, enterprise=firm, data=replace(DATA, **changes), by=BY)


def test_a_correction_keeps_what_stood_before(session: Session, make_enterprise: Make) -> None:
    firm = make_enterprise()
    first = write(session, firm)
    assert write(session, firm) is first  # said twice is said once
    second = write(session, firm, vietnamese=1210, note="Sửa lỗi gõ")
    old, new = workforce.figures(session, firm)[::-1]
    assert (old.id, new.id) == (first.id, second.id)
    assert old.replaced_at is not None
    assert workforce.latest(session, firm) is new
    workforce.withdraw_figure(session, enterprise=firm, key=new.key, why="Nhầm công ty", by=BY)
    assert workforce.latest(session, firm) is None
    assert workforce.figures(session, firm)[0].replaced_why == "Nhầm công ty"
    with pytest.raises(Missing):
        workforce.withdraw_figure(session, enterprise=firm, key=new.key, why="x", by=BY)
    third = write(session, firm)
    with pytest.raises(Refused):
        workforce.withdraw_figure(session, enterprise=firm, key=third.key, why=" ", by=BY)
    other = make_enterprise()
    with pytest.raises(Missing):
        workforce.withdraw_figure(session, enterprise=other, key=third.key, why="x", by=BY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"as_of": clock.today() + dt.timedelta(days=2)}, "as_of"),
        ({"vietnamese": -1}, "vietnamese"),
        ({"foreign": 10**9}, "foreign"), ({"female": 1231}, "female"), ({"source": ""}, "source"),
        ({"source": "rumour"}, "source"), ({"as_of": dt.date(1900, 1, 1)}, "as_of"),
    ],
)  # fmt: skip
def test_impossible_figures_are_refused_at_their_field(
    session: Session, make_enterprise: Make, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        write(session, make_enterprise(), **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("total", "band"),
    [(0, "under-10"), (9, "under-10"), (10, "10-50"), (50, "10-50"), (51, "51-100"),
     (100, "51-100"), (101, "101-300"), (300, "101-300"), (301, "301-500"), (500, "301-500"),
     (501, "501-1000"), (1000, "501-1000"), (1001, "over-1000")],
)  # fmt: skip
def test_the_band_of_a_number(total: int, band: str) -> None:
    assert workforce.size_band(total) == band


def test_the_size_band_follows_the_latest_figure_and_no_form(
    session: Session, make_enterprise: Make
) -> None:
    firm = make_enterprise(size_band="under-10", tax_number="0201234567")
    write(session, firm)
    assert firm.size_band == "over-1000"
    write(session, firm, as_of=DAY - dt.timedelta(days=365), vietnamese=40, female=None)
    assert firm.size_band == "over-1000"
    last = write(session, firm, as_of=dt.date(2025, 6, 30), vietnamese=60, female=10)
    assert firm.size_band == "51-100"
    data = EnterpriseData(name=firm.name, tax_number="0201234567", size_band="501-1000")
    rules.change(session, enterprise=firm, data=data, version=None, by=BY)
    assert firm.size_band == "51-100"
    workforce.withdraw_figure(session, enterprise=firm, key=last.key, why="x", by=BY)
    assert firm.size_band == "over-1000"


def test_the_zone_is_added_up_to_a_day_from_each_firms_last_figure(
    session: Session, make_enterprise: Make
) -> None:
    one, two = make_enterprise(park_code="nomura"), make_enterprise(park_code="nomura")
    branch = make_enterprise(park_code="vsip", parent_id=one.id)
    make_enterprise(park_code="vsip")  # says nothing
    outside = make_enterprise()
    write(session, one, as_of=dt.date(2019, 12, 31), vietnamese=1000, foreign=10, female=None)
    write(session, one, vietnamese=1100, foreign=11, female=600)
    write(session, one, as_of=dt.date(2021, 6, 30), vietnamese=5000)
    write(session, two, as_of=dt.date(2018, 6, 30), vietnamese=200, foreign=0, female=None)
    write(session, branch, vietnamese=50, foreign=1, female=20)
    wrong = write(session, outside, vietnamese=9999)
    workforce.withdraw_figure(session, enterprise=outside, key=wrong.key, why="x", by=BY)
    total = workforce.zone_total(session, on=DAY)
    assert (total.vietnamese, total.foreign, total.total) == (1350, 12, 1362)
    assert (total.female, total.firms_with_female) == (620, 2)
    assert (total.firms, total.firms_without) == (3, 2)
    assert total.oldest == dt.date(2018, 6, 30)
    parts = dict(workforce.zone_by_park(session, on=DAY))
    assert parts["nomura"].vietnamese == 1300
    assert (parts["vsip"].vietnamese, parts["vsip"].firms_without) == (50, 1)
    assert parts[None].firms == 0
    assert workforce.zone_total(session, on=dt.date(2000, 1, 1)).total == 0
    assert workforce.zone_total(session, on=dt.date(2021, 6, 30)).vietnamese == 5250


def test_a_firms_own_people_keep_its_figures_and_no_others(
    session: Session, make_enterprise: Make, make_user: Make
) -> None:
    firm, other = make_enterprise(), make_enterprise()
    user = make_user(Role.ENTERPRISE_USER, enterprise=firm)
    by = Actor(user.id, "", "enterprise-user", RIGHTS[Role.ENTERPRISE_USER], enterprise_id=firm.id)
    figure = workforce.write_figure(session, enterprise=firm, data=DATA, by=by)
    for who, where in ((by, other), (NOBODY, firm), (replace(by, rights=frozenset()), firm)):
        with pytest.raises(NotAllowed):
            workforce.write_figure(session, enterprise=where, data=DATA, by=who)
        with pytest.raises(NotAllowed):
            workforce.withdraw_figure(session, enterprise=where, key=figure.key, why="x", by=who)


def test_two_figures_of_one_day_at_once_leave_one_current(
    app: Flask, session: Session, make_enterprise: Make
) -> None:
    firm = make_enterprise()
    session.commit()
    with app.app_context():
        engine = db.engine

    def act(count: int) -> Callable[[Session], int]:
        def run(own: Session) -> int:
            there = own.get_one(Enterprise, firm.id)
            return write(own, there, vietnamese=count, female=None).id

        return run

    answers = together(engine, [act(n) for n in (100, 200, 300)])
    assert all(isinstance(a, int) for a in answers), answers
    rows = session.scalars(select(WorkforceFigure)).all()
    assert len(rows) == 3
    assert len([row for row in rows if row.replaced_at is None]) == 1
