"""Declaring a tie to a firm, what it closes, and who ends it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from tests.support.client import Client


def test_a_declared_tie_closes_the_firm_until_somebody_else_ends_it(
    app: Flask, client: Client, session: Session, make_user: Any, make_enterprise: Any,
    make_vacancy: Any,
) -> None:  # fmt: skip
    firm = make_enterprise(name="Công ty Sao Biển")
    job = make_vacancy(enterprise=firm)
    client.sign_in_as(make_user(Role.COUNSELLOR, login="hatt"))
    page, candidates = (
        f"/counsellor/enterprises/{firm.key}",
        f"/counsellor/vacancies/{job.key}/candidates",
    )
    assert client.get(candidates).status_code == 200
    path = "/counsellor/interests"
    assert client.submit(path, {"firm": "Không có", "kind": "family"}).status_code == 422
    assert client.submit(path, {"firm": firm.name}).status_code == 422
    assert client.submit(path, {"firm": firm.name, "kind": "family"}).status_code == 302
    assert "Sao Biển" in client.get(path).text
    assert "chỉ xem" in client.get(page).text
    assert client.page.find("form", action=f"{page}/standing") is None
    answer = client.post(f"{page}/standing", {"verb": "ban", "reason": "x"})
    assert answer.status_code == 422
    assert "có liên quan" in answer.text
    answer = client.get(candidates)
    assert answer.status_code == 403
    assert "có liên quan" in answer.text
    chief = Client(app, session).sign_in_as(make_user(Role.ADMINISTRATOR, login="chief"))
    assert "hatt" in chief.get("/admin/interests").text
    action = next(f["action"] for f in chief.page.find_all("form") if "/end" in f["action"])
    assert chief.post(action, {"why": ""}).status_code == 422
    assert chief.post(action, {"why": "Người nhà đã nghỉ"}).status_code == 302
    assert client.get(candidates).status_code == 200
    told = {"login": "hatt", "firm": firm.name, "kind": "owns"}
    assert chief.submit("/admin/interests", told).status_code == 302
    assert client.get(candidates).status_code == 403
    assert chief.submit("/admin/interests", told | {"login": "nobody"}).status_code == 422
