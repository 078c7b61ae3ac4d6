"""A report is drafted, checked and submitted; what is mended later shows as a difference."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.advising.models import Consultation
from jobcenter.courses.models import PlanTarget
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.reports import periods, rules
from jobcenter.reports.choices import FOUR_EYES
from jobcenter.reports.models import PublishedFigure, Report
from jobcenter.reports.rules import PublishedData
from jobcenter.settings import rules as settings
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
YEAR = dt.date(2020, 1, 1), dt.date(2020, 12, 31)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.frozen(dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)):
        yield


def actor_of(user: Any) -> Actor:
    return Actor(user.id, user.name, "manager", RIGHTS[Role.MANAGER])


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True).replace("\u00a0", " ")


def advise(session: Session, seeker: Any, day: dt.date) -> Consultation:
    row = Consultation(day=day, person_id=seeker.person_id, channel="in-person", subjects=("job",))
    session.add(row)
    session.flush()
    return row


def test_a_report_is_frozen_and_later_rows_are_a_difference(
    client: Client, session: Session, make_user: Make, make_seeker: Make, make_class: Make,
    make_programme: Make, make_enrolment: Make,
) -> None:  # fmt: skip
    seeker = make_seeker(person={"full_name": "Đỗ Thị Mơ"}, registered_on=dt.date(2020, 3, 1))
    first = advise(session, seeker, dt.date(2020, 3, 2))
    course = make_class(programme=make_programme(type="under-3-months"), state="closed",
                        starts_on=dt.date(2020, 7, 7))  # fmt: skip
    make_enrolment(course=course)
    session.add(PlanTarget(year=2020, type="under-3-months", target=2))
    for code, value, floor in (("consultations", 3, True), ("zone-vietnamese", 153467, False)):
        told = PublishedData(code=code, first=YEAR[0], last=YEAR[1], value=Decimal(value),
                             source="Bản tin", is_floor=floor)  # fmt: skip
        rules.publish(session, data=told, by=BY)
    client.sign_in_as(make_user("manager", name="Phạm Hồng Minh"))
    client.submit("/manager/reports/frozen", {"period": "2020"}, action="/reports/frozen")
    report = session.scalars(select(Report)).one()
    here = f"/manager/reports/frozen/{report.key}"
    client.get(here)
    assert "Không khác" in text(client)
    assert "trên 3" in text(client)
    for verb in ("check", "submit"):
        client.submit(here, {"verb": verb}, action=f"{here}/move")
    session.refresh(report)
    assert (report.state, report.figures["consultations"][:2]) == ("submitted", [1, 1])
    assert report.figures["intake_plan_percent"][0] == 50.0
    client.get(here)
    assert "Ghi đã nộp, Phạm Hồng Minh" in text(client)
    # afterwards: one consultation more, one struck, the report stays as it was
    advise(session, seeker, dt.date(2020, 12, 31))
    first.struck_at = clock.now()
    advise(session, seeker, dt.date(2020, 6, 1))
    client.get(here)
    assert "Lượt tư vấn 1 2 thêm 2, bớt 1, đổi 0 dòng" in text(client)
    client.get(f"{here}/changes/consultations")
    assert "Đỗ Thị Mơ" in text(client)
    assert f"Dòng số {first.id}" in text(client)
    assert client.get(f"{here}/changes/referrals").status_code == 404
    check_files(client, here)
    # nothing counts a submitted report again
    token = client.csrf()
    page = client.open(f"{here}/move", method="POST", data={"verb": "refresh", "csrf_token": token})
    assert page.status_code == 303
    session.refresh(report)
    assert report.figures["consultations"][0] == 1


def check_files(client: Client, here: str) -> None:
    pdf = client.get(f"{here}/file.pdf").get_data()
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    plain = " ".join(words.split())
    for said in ("đào tạo 01 lớp trình độ dưới 03 tháng với 1 học viên", "đạt 50% chỉ tiêu cả năm",
                 "đã tư vấn cho 1 lượt người", "153.467", "trên 3"):  # fmt: skip
        assert said in plain, said
    word = Document(io.BytesIO(client.get(f"{here}/file.docx").get_data()))
    assert any("đã tư vấn cho 1 lượt người" in p.text for p in word.paragraphs)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{here}/file.xlsx").get_data()))
    cells = {row[0].value: row[2].value for row in book.active.iter_rows(min_row=2)}
    assert cells["Lượt tư vấn"] == 1
    assert client.get(f"{here}/file.exe").status_code == 404


def test_a_period_that_goes_on_cannot_be_checked_and_editions_stand_apart(
    client: Client, session: Session, make_user: Make
) -> None:
    client.sign_in_as(make_user("manager"))
    for _n in range(2):
        client.submit("/manager/reports/frozen", {"period": "2026-11"}, action="/reports/frozen")
    rows = session.scalars(select(Report).order_by(Report.edition)).all()
    assert [row.edition for row in rows] == [1, 2]
    here = f"/manager/reports/frozen/{rows[0].key}"
    client.get(here)
    token = client.csrf()
    client.open(f"{here}/move", method="POST", data={"verb": "check", "csrf_token": token})
    client.get(here)
    assert "Kỳ chưa hết" in text(client)
    session.refresh(rows[0])
    assert rows[0].state == "draft"


def test_who_made_a_report_does_not_check_it_where_there_is_another_manager(
    client: Client, session: Session, make_user: Make
) -> None:
    maker, other = make_user("manager"), make_user("manager")
    client.sign_in_as(maker)
    client.submit("/manager/reports/frozen", {"period": "2020"}, action="/reports/frozen")
    report = session.scalars(select(Report)).one()
    here = f"/manager/reports/frozen/{report.key}"
    client.get(here)
    assert "nhờ một quản lý khác" in text(client)
    assert "Ghi đã kiểm tra" not in text(client)
    data = {"verb": "check", "csrf_token": client.csrf()}
    client.open(f"{here}/move", method="POST", data=data)
    session.refresh(report)
    assert report.state == "draft"
    client.sign_in_as(other)
    client.submit(here, {"verb": "check"}, action=f"{here}/move")
    session.refresh(report)
    assert report.state == "checked"
    client.sign_in_as(maker)  # handing in what another has checked is anybody's
    client.submit(here, {"verb": "submit"}, action=f"{here}/move")
    session.refresh(report)
    assert report.state == "submitted"
    # counted again by the other, it is the other's: the first may check it
    again = rules.draft(session, period=periods.read("2021"), by=actor_of(maker))
    rules.move(session, report=again, verb="refresh", by=actor_of(other))
    session.expire(again)
    assert rules.needs_other(session, again, actor_of(other))
    assert not rules.needs_other(session, again, actor_of(maker))
    settings.change(session, of=FOUR_EYES, text="no", valid_from=dt.date(2026, 1, 1), by=BY)
    assert not rules.needs_other(session, again, actor_of(other))


def test_plans_and_printed_totals_are_kept_beside(
    client: Client, session: Session, make_user: Make
) -> None:
    client.sign_in_as(make_user("manager"))
    told = {"year": "2026", "code": "consultations", "target": "12500"}
    client.submit("/manager/reports/targets?period=2026", told)
    client.get("/manager/reports?period=2026-11")
    assert "12.500" in text(client)
    here = "/manager/reports/printed"
    told = {"code": "zone-fdi-capital", "first": "01/01/2020", "last": "31/12/2020",
            "value": "16.248,858", "source": "Bản tin"}  # fmt: skip
    client.submit(here, told)
    row = session.scalars(select(PublishedFigure)).one()
    assert row.value == Decimal("16248.858")
    assert "16.248,858" in client.get(here).text
    wrong = client.submit(here, told | {"code": "consultations", "value": "nhiều"})
    assert wrong.status_code == 422
    assert "Ghi bằng chữ số" in text(client)
