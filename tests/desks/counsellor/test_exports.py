"""Lists leave as files with what the page shows, no more; the sight of each person is written."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import uuid
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.models import LoginSession
from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.enterprises.choices import Standing
from jobcenter.enterprises.queries import EnterpriseFilter
from jobcenter.exchange import lists
from jobcenter.exchange.long_lists import packed, unpacked
from jobcenter.jobs.worker import run_job
from jobcenter.kernel import clock
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.queries import SeekerFilter
from jobcenter.vacancies.queries import VacancyFilter
from jobcenter.work.models import Job
from tests.support.client import Client


def proved(client: Client, session: Session) -> None:
    for row in session.scalars(select(LoginSession)):
        row.proved_at = clock.now()
    session.commit()


def first_column(body: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    return [str(row[0].value) for row in sheet.iter_rows(min_row=2)]


def test_the_register_leaves_as_it_is_filtered(
    client: Client, session: Session, make_user: Any, make_seeker: Any
) -> None:
    one = make_seeker(person={"full_name": "Đỗ Thị Quyên", "id_number": "031198004321"})
    make_seeker(person={"full_name": "Trần Văn Chiến"})
    client.sign_in_as(make_user("counsellor"))
    proved(client, session)
    body = client.get("/counsellor/seekers/export.xlsx?text=do+thi+quyen")
    assert body.status_code == 200
    assert first_column(body.data) == [one.number]
    assert b"031198004321" not in body.data
    legal = client.get("/counsellor/seekers/export.csv?kind=registration&text=quyen")
    read = list(csv.reader(io.StringIO(legal.data.decode("utf-8-sig"))))
    assert len(read) == 2
    assert "031198004321" in read[1]
    assert [name[:2] for name in read[0][1:]] == sorted(name[:2] for name in read[0][1:])
    seen = session.scalars(select(Sight.person_id).where(Sight.look == Look.EXPORT)).all()
    assert set(seen) == {one.person_id}


def test_the_password_is_asked_again_before_people_leave(
    client: Client, session: Session, make_user: Any, make_seeker: Any
) -> None:
    make_seeker()
    client.sign_in_as(make_user("counsellor"))
    for row in session.scalars(select(LoginSession)):
        row.proved_at = row.started_at = clock.now().replace(year=2020)
    session.commit()
    answer = client.get("/counsellor/seekers/export.xlsx")
    assert answer.status_code == 302
    assert "/account/confirm" in answer.location


def test_firms_and_vacancies_leave_too_and_odd_addresses_do_not_break(
    client: Client, session: Session, make_user: Any, make_vacancy: Any
) -> None:
    vacancy = make_vacancy(title="=HYPERLINK(1)", headcount=40)
    client.sign_in_as(make_user("school-staff"))
    assert first_column(client.get("/counsellor/vacancies/export.xlsx").data) == [vacancy.number]
    assert vacancy.enterprise.name in first_column(
        client.get("/counsellor/enterprises/export.xlsx").data
    )
    assert client.get("/counsellor/vacancies/export.pdf").status_code == 404
    assert client.get("/counsellor/vacancies?form=x&_external=1&endpoint=y").status_code == 200
    assert client.get("/counsellor/seekers/export.xlsx").status_code == 403
    client.sign_in_as(make_user("counsellor"))
    assert client.get("/counsellor/vacancies?form=x&endpoint=y&%00=1").status_code == 200


def test_a_list_too_long_to_wait_for_is_made_by_the_worker(
    app: Flask, client: Client, session: Session, make_user: Any, make_seeker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    seekers = [make_seeker(state="looking") for _n in range(5)]
    make_seeker(state="closed")
    monkeypatch.setattr(lists, "MOST_ROWS", 3)
    monkeypatch.setattr(lists, "CHUNK", 2)
    client.sign_in_as(make_user("counsellor"))
    proved(client, session)
    for form, kind in (("xlsx", ""), ("csv", "&kind=registration")):
        path = f"/counsellor/seekers/export.{form}?state=looking{kind}"
        assert "5\u00a0dòng" in client.get(path).get_data(as_text=True)
        assert session.scalar(select(Job.id).where(Job.ended_at.is_(None))) is None
        answer = client.send(path, {}, action="/export")
        assert answer.status_code == 303
        key = session.scalars(select(Job.key).order_by(Job.id.desc())).first()
        assert key is not None
        session.commit()
        run_job(app, key)
        told = client.get(answer.headers["Location"]).get_data(as_text=True)
        assert "Tệp có 5 dòng" in told
        body = client.get(f"/work/{key}/file").data
        if form == "xlsx":
            assert sorted(first_column(body)) == sorted(one.number for one in seekers)
        else:
            assert len(list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))) == 6
    seen = session.scalars(select(Sight).where(Sight.look == Look.EXPORT)).all()
    assert {one.person_id for one in seen} == {one.person_id for one in seekers}
    assert {one.fields for one in seen} == {"", "id_number"}


def test_every_filter_of_a_long_list_is_kept_as_it_was() -> None:
    wanted = [
        SeekerFilter(text="lan", state=FileState.LOOKING, available_by=dt.date(2026, 12, 1)),
        VacancyFilter(enterprise=uuid.uuid4(), round=(dt.date(2026, 11, 1), 2), due=True),
        EnterpriseFilter(standing=Standing.APPROVED, park="nomura"),
    ]
    for one in wanted:
        told = json.loads(json.dumps(packed(one)))
        assert unpacked(type(one), told) == one
