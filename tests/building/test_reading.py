"""A page with a person's data is a sight; that a GET writes nothing else, `test_markers` tells."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.audit.choices import Look
from jobcenter.audit.models import Sight
from jobcenter.kernel import clock
from tests.support.client import Client
from tests.support.crawl import address, routes
from tests.support.untouched import changed, unread

pytestmark = pytest.mark.building


def test_a_question_for_the_head_alone_writes_nothing(
    app: Flask, client: Client, session: Session, make_user: Any
) -> None:
    client.sign_in_as(make_user(Role.COUNSELLOR))
    before = unread(session)
    for rule in routes(app):
        if "HEAD" in (rule.methods or ()) and not rule.arguments:
            client.open(address(app, rule, {}), method="HEAD", look=False)
    assert changed(before, unread(session)) == []


def test_a_file_opened_and_lists_with_names_are_sights(
    client: Client, session: Session, make_user: Any, make_seeker: Any
) -> None:
    user = make_user(Role.COUNSELLOR)
    one, other = make_seeker(), make_seeker()
    client.sign_in_as(user)
    client.get(f"/counsellor/seekers/{one.key}")
    assert seen(session, user.id) == [(one.person_id, Look.FILE)]
    client.get("/counsellor/seekers")
    assert seen(session, user.id)[1:] == [
        (other.person_id, Look.LIST), (one.person_id, Look.LIST),
    ]  # fmt: skip


def test_the_counter_is_a_sight_of_whoever_is_new_on_it(
    client: Client, session: Session, make_user: Any, make_seeker: Any, make_visit: Any
) -> None:
    user, first, second = make_user(Role.COUNSELLOR), make_seeker(), make_seeker()
    morning = clock.now()
    client.sign_in_as(user)
    make_visit(person=first.person)
    with clock.frozen(morning + dt.timedelta(minutes=1)):
        client.get("/counsellor/day")
        assert client.page is not None
        note = str(client.page.select_one("#counter")["data-note"])  # type: ignore[index]
        make_visit(person=second.person)
        client.get("/counsellor/day", headers={"X-Passive": note})
    assert seen(session, user.id) == [
        (first.person_id, Look.LIST), (second.person_id, Look.LIST),
    ]  # fmt: skip
    client.get("/counsellor/day", headers={"X-Passive": "forged"})
    assert len(seen(session, user.id)) == 4


def test_a_masked_list_is_a_sight_with_the_vacancy_as_its_purpose(
    client: Client, session: Session, make_user: Any, make_seeker: Any, make_enterprise: Any,
    make_vacancy: Any,
) -> None:  # fmt: skip
    firm = make_enterprise()
    vacancy, seeker = make_vacancy(enterprise=firm), make_seeker()
    user = make_user(Role.ENTERPRISE_USER, enterprise=firm)
    client.sign_in_as(user)
    client.get(f"/enterprise/vacancies/{vacancy.key}/candidates")
    assert seen(session, user.id) == [(seeker.person_id, Look.MASKED)]
    assert session.scalars(select(Sight.purpose)).one() == vacancy.number


def test_ones_own_file_is_no_sight(
    client: Client, session: Session, make_user: Any, make_seeker: Any
) -> None:
    seeker = make_seeker()
    client.sign_in_as(make_user(Role.SEEKER, person=seeker.person))
    client.get("/me/file")
    assert session.scalars(select(Sight)).all() == []


def test_a_page_stays_back_when_its_sight_cannot_be_written(
    client: Client, make_user: Any, make_seeker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeker = make_seeker()
    client.sign_in_as(make_user(Role.COUNSELLOR))

    def full_disk(*_args: Any, **_kw: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr("jobcenter.desks.sights.log_sights", full_disk)
    response = client.get(f"/counsellor/seekers/{seeker.key}")
    assert response.status_code == 503
    assert seeker.person.full_name not in response.get_data(as_text=True)


def seen(session: Session, user_id: int) -> list[tuple[int, Look]]:
    found = session.execute(
        select(Sight.person_id, Sight.look).where(Sight.user_id == user_id).order_by(Sight.id)
    )
    return [(person, look) for person, look in found]
