"""Hiring and leaving on the desks: staff name a file, a firm names a masked code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.matching.queries import code_for_firm
from jobcenter.people.choices import Purpose
from jobcenter.people.models import Consent
from jobcenter.placements.models import Placement
from jobcenter.referrals import rules as referrals
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)


@pytest.fixture
def staff(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


def test_staff_hire_by_the_number_of_the_file_and_write_an_early_leaver(
    staff: Client, session: Session, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, seeker = make_vacancy(headcount=1), make_seeker()
    path = f"/counsellor/vacancies/{vacancy.key}/hires"
    for wrong in ({"seeker": "HS-1999-00001"}, {"seeker": ""}, {"started_on": "31/02/2026"}):
        assert staff.submit(path, {"seeker": seeker.number} | wrong).status_code == 422
    assert session.scalars(select(Placement)).all() == []
    staff.get(path)
    page = staff.page
    sent = {"seeker": seeker.number, "started_on": f"{clock.today():%d/%m/%Y}"}
    assert staff.send(path, sent).status_code == 302
    staff.page = page
    assert staff.send(path, sent).status_code == 302  # the same form once more: nothing more
    session.expire_all()
    placement = session.scalars(select(Placement)).one()
    assert session.get_one(Vacancy, vacancy.id).state is VacancyState.FILLED
    assert session.get_one(Seeker, seeker.id).state is FileState.PLACED
    assert seeker.person.full_name in staff.get(path).text
    assert staff.submit(path, {"seeker": make_seeker().number}).status_code == 422
    end = f"/placements/{placement.key}/end"
    before = placement.started_on - dt.timedelta(days=1)
    answer = staff.submit(path, {"ended_on": f"{before:%d/%m/%Y}"}, action=end)
    assert answer.status_code == 422
    assert "Ngày nghỉ phải từ ngày bắt đầu" in answer.text
    answer = staff.submit(path, {"reason": "quit"}, action=end)
    assert answer.status_code == 302
    assert "Chỗ này trống lại" in staff.get(path).text
    session.expire_all()
    assert session.get_one(Vacancy, vacancy.id).state is VacancyState.OPEN
    history = staff.get(f"/counsellor/vacancies/{vacancy.key}/history").text
    assert "Đã nhận: 1 → 0" in history
    assert "Đã đủ người → Đang tuyển" in history


def test_a_firm_hires_who_waits_by_code_and_reads_a_name_when_staff_confirmed(
    client: Client, session: Session, make_user: Make, make_enterprise: Make, make_vacancy: Make,
    make_seeker: Make,
) -> None:  # fmt: skip
    firm = make_enterprise()
    vacancy = make_vacancy(enterprise=firm, headcount=5)
    waiting, gone, stranger = (
        make_seeker(person={"full_name": name})
        for name in ("Bùi Thị Hạnh", "Vũ Kim Oanh", "Đỗ Thị Quyên")
    )
    for seeker in (waiting, gone):
        referrals.ask(session, vacancy=vacancy, seeker=seeker, by=BY)
    for consent in session.scalars(select(Consent).where(Consent.person_id == gone.person_id)):
        consent.withdrawn_at = clock.now() if consent.purpose is Purpose.PUBLISH else None
    boss, staff = make_user("enterprise-user", enterprise=firm), make_user("counsellor")
    client.sign_in_as(boss)
    path = f"/enterprise/vacancies/{vacancy.key}/hires"
    code = code_for_firm(waiting, firm.id)
    page = client.get(path).text
    assert code in page
    assert "Bùi Thị Hạnh" not in page
    for hidden in (gone, stranger):
        assert code_for_firm(hidden, firm.id) not in page
        for typed in (code_for_firm(hidden, firm.id), hidden.number):
            assert client.submit(path, {"seeker": typed}).status_code == 422
    assert client.submit(path, {"seeker": code}).status_code == 302
    page = client.get(path).text
    assert "Chờ trung tâm xác nhận" in page
    assert "Bùi Thị Hạnh" not in page
    session.expire_all()
    placement = session.scalars(select(Placement)).one()
    assert session.get_one(Vacancy, vacancy.id).filled == 1
    assert session.get_one(Seeker, waiting.id).state is FileState.LOOKING
    client.sign_in_as(staff)
    back = f"/counsellor/vacancies/{vacancy.key}/hires"
    answer = client.submit(back, {}, action=f"/placements/{placement.key}/confirm")
    assert answer.status_code == 302
    assert session.scalars(select(Seeker.state).where(Seeker.id == waiting.id)).one() == "placed"
    client.sign_in_as(boss)
    assert "Bùi Thị Hạnh" in client.get(path).text


def test_a_firm_meets_nothing_of_another_firms_hires(
    client: Client, session: Session, make_user: Make, make_enterprise: Make, make_vacancy: Make,
    make_seeker: Make,
) -> None:  # fmt: skip
    from_elsewhere = make_vacancy(headcount=5)
    client.sign_in_as(make_user("counsellor"))
    client.submit(
        f"/counsellor/vacancies/{from_elsewhere.key}/hires", {"seeker": make_seeker().number}
    )
    placement = session.scalars(select(Placement)).one()
    client.sign_in_as(make_user("enterprise-user", enterprise=make_enterprise()))
    client.get("/enterprise/vacancies")
    assert client.get(f"/enterprise/vacancies/{from_elsewhere.key}/hires").status_code == 404
    answer = client.post(f"/enterprise/placements/{placement.key}/end", {"reason": "quit"})
    assert answer.status_code == 404
    answer = client.post(f"/counsellor/placements/{placement.key}/confirm")
    assert answer.status_code == 403
