"""A firm sends its workers to the class it ordered; what cannot be taken is named and stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.enrolments import queries
from jobcenter.enrolments.choices import Source
from jobcenter.enrolments.models import Enrolment
from tests.support.client import Client

Make = Callable[..., Any]


def test_a_firm_sends_a_list_to_its_own_class_alone(
    client: Client, session: Session, make_user: Make, make_enterprise: Make, make_class: Make
) -> None:
    firm = make_enterprise()
    course = make_class(enterprise_id=firm.id, ordered=3, places=3, name="An toàn nhóm 3")
    other = make_class(enterprise_id=make_enterprise().id, name="Lớp của công ty khác")
    client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=firm))
    client.get("/enterprise/classes")
    assert client.page is not None
    assert course.name in client.page.get_text()
    assert other.name not in client.page.get_text()
    assert client.get(f"/enterprise/classes/{other.key}").status_code == 404
    page = f"/enterprise/classes/{course.key}"
    lines = "Trần Hữu An\t14/03/1998\t031098001234\t0912345678\tHàn\nBùi Đức Bình; 31/02/1990\n"
    assert client.submit(page, {"workers": lines}).status_code == 422
    text = client.page.get_text()
    assert "Bùi Đức Bình: Tháng 2 không có ngày 31" in text
    rows = session.scalars(select(Enrolment)).all()
    assert [(r.source, r.enterprise_id, r.job_title, r.state) for r in rows] == [
        (Source.ENTERPRISE, firm.id, "Hàn", "enrolled")
    ]
    assert client.send(page, {"workers": "Bùi Đức Bình; 1990"}).status_code == 303
    client.get(page)
    assert "Bùi Đức Bình" in client.page.get_text()
    assert list(queries.unbalanced(session)) == []
