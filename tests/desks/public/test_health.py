"""Health, readiness, version and figures: who is answered, and that they are true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import text
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.config import VERSION
from jobcenter.desks import headers
from tests.support.client import Client

Make = Callable[..., Any]
INSIDE = ("/readyz", "/version", "/metrics")


@pytest.mark.parametrize("path", INSIDE)
def test_only_this_machine_is_told_and_nobody_through_a_proxy(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
    for through in ({"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}):
        assert client.get(path, headers=through).status_code == 404
    for address in ("203.0.113.9", "", "not an address"):
        given = {"REMOTE_ADDR": address}
        assert client.get(path, environ_overrides=given).status_code == 404
    assert client.get("/healthz", environ_overrides={"REMOTE_ADDR": "203.0.113.9"}).json == {
        "status": "ok"
    }


def test_work_is_not_sent_to_a_program_with_another_database(
    client: Client, session: Session
) -> None:
    assert client.get("/readyz").json["migrations"] is True
    here = client.get("/version").json
    assert here["version"] == VERSION
    session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "no")
    assert client.get("/version").json["migration"] == "0001"
    session.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": here["migration"]})
    session.commit()


def test_requests_are_counted_by_endpoint(client: Client) -> None:
    def counted() -> float:
        lines = client.get("/metrics").get_data(as_text=True).splitlines()
        name = 'jobcenter_request_seconds_count{endpoint="public.guide",status="200"} '
        return sum(float(line.removeprefix(name)) for line in lines if line.startswith(name))

    before = counted()
    client.get("/help")
    assert counted() == before + 1
    body = client.get("/metrics").get_data(as_text=True)
    assert "jobcenter_jobs_waiting 0.0" in body
    assert "jobcenter_schedules_late " in body


def test_behind_a_proxy_the_visitors_address_is_believed_only_if_told_so(app: Flask) -> None:
    def seen(proxies: int) -> str:
        bare = Flask("bare")
        headers.attach(bare, https=False, proxies=proxies)
        bare.add_url_rule("/", "me", lambda: request.remote_addr)
        given = {"X-Forwarded-For": "198.51.100.7"}
        return bare.test_client().get("/", headers=given).get_data(as_text=True)

    assert seen(0) == "127.0.0.1"
    assert seen(1) == "198.51.100.7"


def test_the_administrator_reads_what_ails_it_and_how_to_mend_it(
    client: Client, make_user: Make
) -> None:
    client.sign_in_as(make_user(Role.ADMINISTRATOR))
    page = client.get("/admin/health").get_data(as_text=True)
    assert "python -m jobcenter work" in page
    assert "Số giấy tờ liền nhau từ 1, không hụt." in page
    client.sign_in_as(make_user(Role.MANAGER))
    assert client.get("/admin/health").status_code == 403
