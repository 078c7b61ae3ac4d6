"""A job seeker's own list of jobs, on a phone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.matching.models import Recommendation
from tests.support.client import Client


def test_jobs_show_pay_shift_and_why(
    client: Client, session: Session, make_user: Any, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker = make_seeker(job="May công nghiệp")
    make_vacancy(title="Thợ may mẫu")
    make_vacancy(title="Chưa mở", state="draft")
    client.sign_in_as(make_user(Role.SEEKER, person=seeker.person))
    assert client.get("/me/jobs").status_code == 200
    cards = client.page.select(".m-list .m-card")
    assert [card.h2.get_text() for card in cards] == ["Thợ may mẫu"]
    text = cards[0].get_text().replace("\xa0", " ")
    assert "8.500.000 – 11.000.000" in text
    assert "Lương đạt mức bạn muốn" in text
    assert "khoảng 1" in text
    row = session.scalars(select(Recommendation)).one()
    assert (row.audience, row.seeker_id) == ("seeker", seeker.id)


def test_a_file_without_consent_is_told_what_to_do(
    client: Client, make_user: Any, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker = make_seeker(consents=())
    make_vacancy()
    client.sign_in_as(make_user(Role.SEEKER, person=seeker.person))
    client.get("/me/jobs")
    assert not client.page.select(".m-list")
    assert "Mở hồ sơ của tôi" in client.page.get_text()


def test_more_jobs_on_demand(
    client: Client, make_user: Any, make_seeker: Any, make_vacancy: Any, make_enterprise: Any
) -> None:
    seeker, firm = make_seeker(), make_enterprise()
    for _ in range(12):
        make_vacancy(enterprise=firm)
    client.sign_in_as(make_user(Role.SEEKER, person=seeker.person))
    client.get("/me/jobs")
    assert len(client.page.select(".m-list .m-card")) == 10
    client.get("/me/jobs?show=all")
    assert len(client.page.select(".m-list .m-card")) == 12
