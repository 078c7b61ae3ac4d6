"""The two units by date: what they are called, who signs, how numbers are written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.catalogue import units
from jobcenter.catalogue.choices import Unit
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import NotAllowed, Refused

BY = system("test", EVERYTHING)
D = dt.date


def renamed(session: Session, day: dt.date, name: str) -> None:
    data = units.ProfileData(
        valid_from=day, name_vi=name, name_en="Centre", superior_vi="Ban Quản lý",
        superior_en="Authority", place="Hải Phòng", phone="0225 3 000 111", source="quyết định thử",
    )  # fmt: skip
    units.set_profile(session, unit=Unit.CENTRE, data=data, by=BY)


def test_the_centre_bore_three_names_and_each_day_has_its_own(session: Session) -> None:
    names = [units.unit_at(session, Unit.CENTRE, D(year, 6, 1)).name_vi for year in (1999, 2010,
             2016, 2026)]  # fmt: skip
    assert names[0] == names[1]
    assert len(set(names)) == 3
    assert names[3] == "Trung tâm Dịch vụ việc làm Khu kinh tế"
    assert all(one.source for one in units.profiles(session, Unit.CENTRE))


def test_a_new_name_counts_from_its_day_and_not_before(session: Session) -> None:
    renamed(session, D(2027, 3, 1), "Trung tâm Việc làm Hải Phòng")
    assert units.unit_at(session, Unit.CENTRE, D(2027, 2, 28)).name_vi.endswith("Khu kinh tế")
    found = units.unit_at(session, Unit.CENTRE, D(2027, 3, 1))
    assert (found.name_vi, found.phone) == ("Trung tâm Việc làm Hải Phòng", "0225 3 000 111")
    renamed(session, D(2027, 3, 1), "Trung tâm Việc làm thành phố")  # a correction of that day
    assert units.unit_at(session, Unit.CENTRE, D(2027, 3, 1)).name_vi.endswith("thành phố")
    with pytest.raises(NotAllowed):
        units.set_profile(
            session, unit=Unit.CENTRE, by=system("x", frozenset()),
            data=units.ProfileData(valid_from=D(2027, 1, 1), name_vi="a", name_en="a",
                                   superior_vi="a", superior_en="a", place="a"),
        )  # fmt: skip


def test_who_signs_changes_by_day_in_the_order_of_rank(session: Session) -> None:
    def add(name: str, position: int, day: dt.date) -> Any:
        units.add_signatory(
            session, unit=Unit.SCHOOL, title_vi="Hiệu trưởng", title_en="Rector", name=name,
            position=position, valid_from=day, by=BY,
        )  # fmt: skip

    add("Lê Văn Phó", 2, D(2026, 1, 1))
    add("Đỗ Thị Trưởng", 1, D(2026, 1, 1))
    first = next(s for s in units.signatories(session, Unit.SCHOOL) if s.position == 1)
    units.end_signatory(session, signatory=first, last_day=D(2026, 6, 30), version=None, by=BY)
    add("Trần Văn Mới", 1, D(2026, 7, 1))

    def signing(day: dt.date) -> list[str]:
        return [one.name for one in units.unit_at(session, Unit.SCHOOL, day).signers]

    assert signing(D(2025, 12, 31)) == []
    assert signing(D(2026, 6, 30)) == ["Đỗ Thị Trưởng", "Lê Văn Phó"]
    assert signing(D(2026, 7, 1)) == ["Trần Văn Mới", "Lê Văn Phó"]
    with pytest.raises(Refused, match="trước ngày bắt đầu"):
        units.end_signatory(session, signatory=first, last_day=D(2025, 1, 1), version=None, by=BY)


def test_numbers_are_written_as_the_day_says(session: Session) -> None:
    def number(day: dt.date) -> str:
        return units.file_number(session, "seeker-file", number=7, on=day)

    given: dict[str, Any] = {"unit": Unit.CENTRE, "paper": "seeker-file", "source": "", "by": BY}
    units.set_format(
        session, pattern="{number}/{year}/HS", width=4, valid_from=D(2027, 1, 1), **given
    )
    assert number(D(2026, 12, 31)) == "HS-2026-00007"
    assert number(D(2027, 1, 1)) == "0007/2027/HS"
    for pattern, width in (
        ("{number}/HS", 4), ("{year}/HS", 4), ("{number}{number}{year}", 4), ("", 4),
        ("{number}/{year}/{x}", 4), ("{number}-{year}-" + "x" * 12, 4), ("{number}-{year}", 9),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            units.set_format(
                session, pattern=pattern, width=width, valid_from=D(2028, 1, 1), **given
            )
        assert refused.value.field == "pattern", pattern
