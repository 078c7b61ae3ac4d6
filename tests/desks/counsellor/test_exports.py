"""Lists leave as files with what the page shows, no more; the sight of each person is written."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.models import LoginSession
from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.kernel import clock
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
