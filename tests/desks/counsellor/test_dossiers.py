"""The dossier on the counsellor's desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.seekers.choices import Paper, PaperState
from jobcenter.seekers.dossier import dossier
from tests.support.client import Client

Make = Callable[..., Any]


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def test_papers_are_written_in_one_act_and_told_beside_the_vacancies(
    desk: Client, session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    seeker = make_seeker(job="May áo")
    make_vacancy(certificates=("Thẻ an toàn điện",))
    path = f"/counsellor/seekers/{seeker.key}/dossier"
    desk.get(path)
    assert "Chưa hỏi" in text(desk)
    assert "Thẻ an toàn điện" in text(desk)
    values = {
        "cv_has": "yes",
        "health-check_has": "yes",
        "health-check_dated_on": "1/3/2020",
        "photos_has": "no",
        "photos_note": "hẹn mang thứ Hai",
    }
    assert desk.submit(f"{path}/edit", values).status_code == 302
    session.expire_all()
    papers = dossier(session, seeker)
    assert papers[Paper.CV].state(papers[Paper.HEALTH_CHECK].dated_on) is PaperState.HAVE
    desk.get(path)
    assert "Hết hạn" in text(desk)
    assert "hẹn mang thứ Hai" in text(desk)
    desk.get(f"/counsellor/seekers/{seeker.key}")
    assert "Ghi hồ sơ xin việc" in text(desk)


def test_wrong_dates_are_said_at_their_field_and_two_editors_merge(
    desk: Client, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker().key}/dossier/edit"
    values = {"cv_has": "yes", "cv_dated_on": "1/3/2024", "cv_valid_to": "1/2/2024"}
    assert desk.submit(path, values).status_code == 422
    assert desk.page is not None
    assert desk.page.find(id="cv_valid_to-error")
    desk.get(path)
    opened = desk.page
    assert desk.send(path, {"cv_has": "yes", "cv_note": "bản in"}).status_code == 302
    desk.page = opened
    assert desk.send(path, {"cv_note": "viết tay", "photos_has": "no"}).status_code == 409
    assert "Sơ yếu lý lịch, CV: Ghi chú" in text(desk)
    assert desk.send(path, {"pick-cv_note": "mine"}).status_code == 302
    desk.get(path.removesuffix("/edit"))
    assert "viết tay" in text(desk)


def test_managers_read_the_dossier_alone(
    client: Client, make_user: Make, make_seeker: Make
) -> None:
    path = f"/counsellor/seekers/{make_seeker().key}/dossier"
    client.sign_in_as(make_user("manager"))
    assert client.get(path).status_code == 200
    assert client.get(f"{path}/edit").status_code == 403
