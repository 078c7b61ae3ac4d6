"""Figures of a period: each leads to the rows it counts, a split adds up, a file says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.advising.models import Consultation
from jobcenter.enterprises.models import DeclaredInterest
from jobcenter.kernel import clock
from jobcenter.placements.models import Placement
from jobcenter.reports.indicators import ALL
from tests.support.client import Client

Make = Callable[..., Any]
NOON = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.frozen(NOON):
        yield


def advise(session: Session, seeker: Any, *days: tuple[int, int], subjects: Any = ("job",)) -> None:
    session.add_all(
        Consultation(
            day=dt.date(2026, *day), person_id=seeker.person_id if seeker else None,
            channel="in-person", subjects=subjects,
        )
        for day in days
    )  # fmt: skip
    session.flush()


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def test_a_figure_leads_to_its_rows_and_a_split_to_its_part(
    client: Client, session: Session, make_user: Make, make_seeker: Make
) -> None:
    woman = make_seeker(person={"full_name": "Đỗ Thị Mơ", "birth_date": dt.date(2003, 1, 2),
                                "birth_year": 2003})  # fmt: skip
    man = make_seeker(person={"full_name": "Vũ Văn Bền", "sex": "male", "birth_date": None,
                              "birth_year": 1970})  # fmt: skip
    advise(session, woman, (11, 1), (11, 2), (10, 31), subjects=("job", "vocational"))
    advise(session, man, (11, 3))
    advise(session, None, (11, 4))
    client.sign_in_as(make_user("manager"))
    client.get("/manager/reports?period=2026-11")
    assert client.page is not None
    row = next(tr for tr in client.page.find_all("tr") if "Lượt tư vấn" in tr.get_text())
    cells = [td.get_text(strip=True) for td in row.find_all("td")]
    assert cells[:3] == ["4", "5", "–"]
    client.get(row.find("a")["href"])
    assert "trong 4 dòng" in text(client).replace("\u00a0", " ")
    assert "Đỗ Thị Mơ" in text(client)
    base = "/manager/reports/indicators/persons_advised?period=2026-11"
    client.get(f"{base}&by=sex")
    assert "Nữ 1" in text(client)
    assert "Nam 1" in text(client)
    client.get(f"{base}&by=age&value=over-40")
    assert "Vũ Văn Bền" in text(client)
    assert "Đỗ Thị Mơ" not in text(client)
    client.get("/manager/reports/indicators/consultations?period=2026-11&by=subject")
    assert "Tư vấn việc làm 4" in text(client)
    assert "Tư vấn học nghề 2" in text(client)
    assert "không cộng các dòng" in text(client)


def test_rows_of_a_firm_that_a_manager_is_tied_to_stay_closed(
    client: Client, session: Session, make_user: Make, make_seeker: Make, make_vacancy: Make
) -> None:
    manager, vacancy = make_user("manager"), make_vacancy()
    seeker = make_seeker(person={"full_name": "Lê Thị Kín"})
    session.add(
        Placement(
            seeker_id=seeker.id, vacancy_id=vacancy.id, enterprise_id=vacancy.enterprise_id,
            started_on=dt.date(2026, 11, 2), counts_to_headcount=True,
        )
    )  # fmt: skip
    vacancy.filled = 1
    client.sign_in_as(manager)
    address = "/manager/reports/indicators/persons_placed?period=2026-11"
    client.get(address)
    assert "Lê Thị Kín" in text(client)
    session.add(
        DeclaredInterest(
            user_id=manager.id, enterprise_id=vacancy.enterprise_id, kind="family",
            declared_by="Vũ Thanh Tùng",
        )
    )  # fmt: skip
    client.get(address)
    assert "Lê Thị Kín" not in text(client)
    assert "Không thuộc quyền xem" in text(client)


def test_every_indicator_has_a_page_definitions_and_stands_in_the_file(
    client: Client, session: Session, make_user: Make, make_enrolment: Make, make_class: Make
) -> None:
    make_enrolment(course=make_class(starts_on=dt.date(2026, 11, 3)))
    client.sign_in_as(make_user("manager"))
    client.get("/manager/reports/definitions")
    for code, one in ALL.items():
        assert one.definition in text(client), code
    for code, one in ALL.items():
        if one.fact is None:
            continue
        for by in (None, *one.dimensions):
            cut = f"&by={by.value}&value=" if by else ""  # the split, and its unknown part
            path = f"/manager/reports/indicators/{code}?period=2026-11{cut}"
            assert client.open(path, method="GET", look=False).status_code == 200, path
    told = client.get("/manager/reports/export.csv?period=2026-11").get_data(as_text=True)
    assert told.count("\r\n") == len(ALL) + 1
    assert client.get("/manager/reports/export.xlsx").status_code == 200
    rows = "/manager/reports/indicators/intake/export.csv?period=2026-11"
    assert client.get(rows).status_code == 200
    for odd in ("?period=2026-13", "?period=%00", "?by=sex&value=x", "?page=9999&scope=x"):
        assert client.get(f"/manager/reports/indicators/intake{odd}").status_code == 200
    assert client.get("/manager/reports/indicators/intake_plan").status_code == 404
