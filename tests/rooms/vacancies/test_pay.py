"""Pay under the regional minimum is refused, with figure, region and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.catalogue.models import CommuneRegion, MinimumWage, Park
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import Refused
from jobcenter.vacancies import rules
from jobcenter.vacancies.data import VacancyData

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
NOW = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
DATA = VacancyData(title="Công nhân may", commune_code="11560")
FIRST = "Thấp hơn lương tối thiểu vùng I: 5.310.000 đ, áp dụng từ 01/01/2026"


def refused(session: Session, **given: Any) -> str:
    """Return what the rules say when a vacancy with this is written down; "" when it passes."""
    firm = given.pop("enterprise", None)
    told: list[Refused] = []
    try:
        with clock.frozen(NOW), session.begin_nested():
            rules.draft(session, data=replace(DATA, **given), enterprise=firm, by=BY)
    except Refused as refusal:
        told.append(refusal)
    assert {one.field for one in told} <= {"pay_min"}
    return "".join(map(str, told))


def test_monthly_and_hourly_pay_are_compared_with_the_figure_and_the_day(session: Session) -> None:
    assert refused(session, pay_min=5_309_999) == FIRST
    assert refused(session, pay_max=5_000_000) == FIRST
    assert refused(session, pay_min=5_310_000) == ""
    hourly = "Thấp hơn lương tối thiểu vùng I: 25.500 đ một giờ, áp dụng từ 01/01/2026"
    assert refused(session, pay_min=25_499, pay_kind="hour") == hourly
    assert refused(session, pay_min=25_499, pay_kind="hour", mode="part-time") == hourly
    assert refused(session, pay_min=25_500, pay_kind="hour") == ""
    daily = "Thấp hơn lương tối thiểu vùng I: 204.000 đ một ngày 8 giờ, áp dụng từ 01/01/2026"
    assert refused(session, pay_min=203_999, pay_kind="day") == daily
    assert refused(session, pay_min=204_000, pay_kind="day") == ""
    assert refused(session, pay_min=120_000, pay_kind="day", mode="part-time") == ""


@pytest.mark.parametrize(
    "given", [{"mode": "part-time"}, {"shift": "part-time"}, {"pay_kind": "commission"}]
)
def test_what_is_no_full_month_is_not_compared(session: Session, given: dict[str, Any]) -> None:
    assert refused(session, pay_min=1_000_000, **given) == ""


def test_the_region_follows_the_place(session: Session, make_enterprise: Make) -> None:
    second = "vùng II: 4.730.000 đ"
    assert refused(session, pay_min=4_800_000, commune_code="11948") == ""  # Bạch Long Vĩ
    assert second in refused(session, pay_min=4_700_000, commune_code="11948")
    away = make_enterprise(commune_code="11948")
    assert refused(session, pay_min=4_800_000, commune_code=None, enterprise=away) == ""


def test_a_park_across_regions_takes_the_highest(session: Session) -> None:
    park = Park(code="two", name_vi="KCN Hai Vùng", name_en="", communes=("11948", "11560"))
    session.add(park)
    session.flush()
    assert refused(session, pay_min=5_000_000, commune_code="11948", park_code="two") == FIRST
    park.wage_region = 2
    session.flush()
    assert refused(session, pay_min=5_000_000, commune_code=None, park_code="two") == ""


def test_an_unknown_place_is_compared_with_the_highest_region_and_said_so(
    session: Session,
) -> None:
    told = refused(session, pay_min=5_000_000, commune_code=None)
    assert told.startswith(FIRST)
    assert "Chưa rõ vùng" in told
    session.query(CommuneRegion).filter_by(commune_code="11948").delete()
    assert "Chưa rõ vùng" in refused(session, pay_min=5_000_000, commune_code="11948")


def test_the_figure_is_that_of_the_day_the_job_starts(session: Session) -> None:
    day = dt.date(2027, 1, 1)
    session.add(MinimumWage(region=1, valid_from=day, monthly=5_700_000, hourly=27_400))
    session.flush()
    assert refused(session, pay_min=5_400_000) == ""
    assert refused(session, pay_min=5_400_000, start_on=dt.date(2026, 12, 31)) == ""
    told = refused(session, pay_min=5_400_000, start_on=day)
    assert told == "Thấp hơn lương tối thiểu vùng I: 5.700.000 đ, áp dụng từ 01/01/2027"
