"""Calendar, wages by region, old place names, synonyms and target groups: by date, editable."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.catalogue import occupations, queries, registers
from jobcenter.catalogue import register_queries as held
from jobcenter.catalogue.choices import DayKind
from jobcenter.catalogue.models import Occupation, Park
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import NotAllowed, Refused

BY = system("test", EVERYTHING)
D = dt.date


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (D(2026, 3, 2), 0, D(2026, 3, 2)),
        (D(2026, 3, 7), 0, D(2026, 3, 9)),  # a Saturday
        (D(2026, 3, 6), 1, D(2026, 3, 9)),  # over a weekend
        (D(2025, 12, 31), 1, D(2026, 1, 5)),  # New Year, then the swapped Friday, then a weekend
        (D(2025, 12, 31), 5, D(2026, 1, 9)),
        (D(2025, 12, 31), 6, D(2026, 1, 10)),  # the Saturday that makes up for it
        (D(2026, 2, 13), 1, D(2026, 2, 23)),  # Tết Bính Ngọ
        (D(2026, 2, 14), 2, D(2026, 2, 24)),
        (D(2027, 2, 4), 1, D(2027, 2, 12)),  # Tết Đinh Mùi with its days in lieu
        (D(2026, 4, 24), 1, D(2026, 4, 28)),  # Hung Kings' Day on a Sunday: Monday is off
        (D(2026, 4, 29), 1, D(2026, 5, 4)),
        (D(2026, 8, 21), 1, D(2026, 8, 22)),
        (D(2026, 8, 28), 1, D(2026, 9, 3)),
        (D(2026, 12, 30), 2, D(2027, 1, 4)),
    ],
)
def test_working_days_skip_holidays_and_count_made_up_days(
    session: Session, start: D, count: int, end: D
) -> None:
    found = queries.working_days_after(session, start, count)
    assert found == end
    assert queries.is_working_day(session, found)
    if count:
        assert queries.working_days_between(session, start, found) == count


def test_counting_agrees_with_a_slow_twin_for_three_years(session: Session) -> None:
    special = {
        row.day: row.kind
        for year in (2025, 2026, 2027)
        for row in held.calendar_days(session, year)
    }
    opens = [
        day
        for n in range(3 * 365)
        if (day := D(2025, 1, 1) + dt.timedelta(days=n))
        and (special.get(day) == DayKind.WORKING or (day.weekday() < 5 and day not in special))
    ]
    assert 735 <= len(opens) <= 765
    for place in range(0, len(opens) - 30, 17):
        assert queries.working_days_after(session, opens[place], 30) == opens[place + 30]


def test_an_announced_day_counts_at_once_and_can_be_given_back(session: Session) -> None:
    friday = D(2027, 9, 10)
    assert queries.is_working_day(session, friday)
    told: dict[str, Any] = {"name_vi": "Nghỉ", "name_en": "Off", "source": "Thông báo", "by": BY}
    registers.set_day(session, day=friday, kind="off", **told)
    assert not queries.is_working_day(session, friday)
    assert queries.working_days_after(session, D(2027, 9, 9), 1) == D(2027, 9, 13)
    registers.set_day(session, day=friday, kind="ordinary", **told)
    assert queries.is_working_day(session, friday)
    with pytest.raises(Refused, match="cuối tuần"):
        registers.set_day(session, day=friday, kind="working", **told)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("huyện An Dương", {"Phường An Dương", "Phường An Phong", "Phường An Hải"}),
        ("huyen thuy nguyen", {"Phường Thuỷ Nguyên", "Xã Việt Khê", "Phường Nam Triệu"}),
        ("thị xã Kinh Môn", {"Phường Kinh Môn", "Phường Nhị Chiểu", "Xã Nam An Phụ"}),
        ("xã An Hồng", set()),
        ("An Hồng", {"Phường Hồng An"}),
        ("Lai Cách", {"Phường Tứ Minh", "Phường Việt Hoà"}),
    ],
)
def test_old_names_lead_to_the_communes_of_today(
    session: Session, typed: str, names: set[str]
) -> None:
    assert names <= {one.full_name for one in queries.find_commune(session, typed)}


def test_every_commune_of_hai_phong_has_its_old_district_and_a_wage_region(
    session: Session,
) -> None:
    for one in held.communes_at_home(session):
        assert one.aliases, one.full_name
        assert queries.region_of_commune(session, one.code, on=D(2026, 6, 1)), one.full_name


def test_an_alias_is_found_at_once_and_survives_the_next_shipped_file(session: Session) -> None:
    place = held.one_commune(session, "11560")
    aliases = [*place.aliases, "Núi Đèo"]
    registers.change_commune(session, commune=place, aliases=aliases, version=None, by=BY)
    assert [one.code for one in queries.find_commune(session, "nui deo")] == ["11560"]
    assert queries.read_commune(session, "Núi Đèo", field="x") == "11560"
    with pytest.raises(Refused, match="390"):
        registers.change_commune(
            session, commune=place, aliases=["x" * 60] * 3 + [str(n) * 50 for n in range(9)],
            version=None, by=BY,
        )  # fmt: skip


def test_wages_follow_park_commune_and_date(session: Session) -> None:
    chi_linh, bach_long_vi, city = "10546", "11948", "11560"

    def floor(day: D, park: str | None, commune: str | None) -> int | None:
        found = queries.wage_floor(session, park=park, commune=commune, on=day)
        return found.monthly if found else None

    assert floor(D(2025, 12, 31), None, chi_linh) == 4_410_000
    assert floor(D(2026, 1, 1), None, chi_linh) == 5_310_000
    assert floor(D(2026, 1, 1), None, bach_long_vi) == 4_730_000
    assert floor(D(2026, 1, 1), "vsip", bach_long_vi) == 5_310_000
    assert floor(D(2026, 1, 1), None, None) is None
    assert floor(D(2020, 1, 1), None, city) is None
    # a park across regions takes the highest; its own region goes before all
    park = session.get(Park, "phu-thai")
    given: dict[str, Any] = {
        "name_vi": park.name_vi, "name_en": park.name_en, "aliases": park.aliases, "zone": "",
        "state": "operating", "note": "", "wage_region": None,
    }  # fmt: skip
    data = registers.ParkData(communes=(bach_long_vi, city), **given)
    registers.change_park(session, park=park, data=data, version=None, by=BY)
    assert floor(D(2026, 6, 1), "phu-thai", None) == 5_310_000
    data = registers.ParkData(communes=(city,), **given | {"wage_region": 3})
    registers.change_park(session, park=park, data=data, version=None, by=BY)
    assert floor(D(2026, 6, 1), "phu-thai", None) == 4_140_000


def test_a_decree_is_written_whole_and_old_days_keep_old_figures(session: Session) -> None:
    new = registers.WageData(
        valid_from=D(2027, 7, 1),
        monthly={1: 5_700_000, 2: 5_080_000, 3: 4_450_000, 4: 3_980_000},
        hourly={1: 27_400, 2: 24_400, 3: 21_400, 4: 19_100},
        source="nghị định thử",
    )
    registers.set_wages(session, data=new, by=BY)
    assert queries.minimum_wage(session, region=1, on=D(2027, 6, 30)) == 5_310_000
    assert queries.minimum_wage(session, region=1, on=D(2027, 7, 1)) == 5_700_000
    odd = registers.WageData(
        valid_from=D(2028, 1, 1), monthly={**new.monthly, 3: 6_000_000}, hourly=new.hourly,
        source="x",
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        registers.set_wages(session, data=odd, by=BY)
    assert refused.value.field == "monthly_3"
    with pytest.raises(NotAllowed):
        registers.set_wages(session, data=new, by=system("x", frozenset()))


def test_target_groups_say_what_they_mean_by_date(session: Session) -> None:
    rule = queries.target_group_rule(session, "HN", on=D(2026, 1, 1))
    assert rule is not None
    assert (rule.on_form, rule.support, rule.support_special, rule.survey) == (
        "with", 3_000_000, 4_000_000, "yes",
    )  # fmt: skip
    assert queries.target_group_rule(session, "HN", on=D(2015, 1, 1)) is None
    data = registers.GroupData(
        valid_from=D(2027, 1, 1), on_form="own", support=5_000_000, support_special=None,
        survey="yes", note="", source="quyết định thử",
    )  # fmt: skip
    registers.set_target_group(session, code="HN", data=data, by=BY)
    assert queries.target_group_rule(session, "HN", on=D(2026, 12, 31)).support == 3_000_000
    assert queries.target_group_rule(session, "HN", on=D(2027, 1, 1)).support == 5_000_000


def test_a_phrase_leads_to_one_occupation_and_can_be_switched_off(session: Session) -> None:
    sewing = session.get(Occupation, "8153")
    welding = session.get(Occupation, "7212")
    registers.add_synonym(session, occupation=sewing, phrase="Thợ chạy chuyền", by=BY)
    assert [f.code for f in occupations.suggest(session, "tho chay chuyen")] == ["8153"]
    with pytest.raises(Refused, match="8153"):
        registers.add_synonym(session, occupation=welding, phrase="thợ CHẠY chuyền", by=BY)
    registers.switch_synonym(session, code="8153", phrase="Thợ chạy chuyền", on=False, by=BY)
    assert occupations.suggest(session, "tho chay chuyen") == []
    registers.add_synonym(session, occupation=welding, phrase="thợ chạy chuyền", by=BY)
    assert [f.code for f in occupations.suggest(session, "tho chay chuyen")] == ["7212"]


def test_every_occupation_has_an_english_name_and_a_way_down(session: Session) -> None:
    path, within = occupations.branch(session, "815")
    assert [one.code for one in path] == ["8", "81"]
    assert {one.code for one in within} >= {"8151", "8153", "8156"}
    assert len(occupations.branch(session, "")[1]) == 10
    assert session.query(Occupation).filter(Occupation.name_en == "").count() == 0
