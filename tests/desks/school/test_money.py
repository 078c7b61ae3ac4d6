"""The page of a class's money, and its papers as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.tuition import queries
from tests.support.client import Client

Make = Callable[..., Any]


def test_money_of_a_class(
    client: Client, session: Session, make_user: Make, make_class: Make, make_enrolment: Make,
    make_enterprise: Make,
) -> None:  # fmt: skip
    course = make_class(fee=1_500_000, enterprise_id=make_enterprise().id)
    row = make_enrolment(course=course, support_turn=1)
    client.sign_in_as(make_user("school-staff"))
    path = f"/school/classes/{course.key}/money"
    client.get(path)
    sent: dict[str, Any] = {"csrf_token": client.csrf()}

    def post(**values: str) -> int:
        return client.open(path, method="POST", data=sent | values).status_code

    assert post(act="charge", amount="1.500.000") == 303
    fee = {"act": "fee", "learner": str(row.key), "kind": "paid", "receipt": "PT1"}
    for amount in ("", "abc", "9.999.999", "99999999999999999"):
        assert post(amount=amount, **fee) == 422
    assert post(amount="500.000", on="31/02/2026", **fee) == 422
    assert post(amount="500.000", **fee) == 303
    assert queries.accounts(session, [row.id])[row.id].owed == 1_000_000
    assert post(act="invoice", number="HD1", amount="40.000.000") == 303
    assert post(act="terms", **{f"km-{row.key}": "nhiều"}) == 422
    assert post(act="terms", **{f"km-{row.key}": "16"}) == 303
    assert post(act="make") == 422
    assert post(act="hỏng") == 422
    assert "HD1" in client.get("/school/money").get_data(as_text=True)
    client.get(f"/school/classes/{course.key}/papers")
    assert client.page is not None
    files = [str(a["href"]) for a in client.page.select("main .line-list a")]
    assert len(files) == 18
    assert {one.rpartition(".")[2] for one in files} == {"pdf", "xlsx", "docx"}
    for address in files[:4]:
        body = client.get(address).get_data()
        assert body[:4] in (b"%PDF", b"PK\x03\x04")
    assert client.get(files[0].replace("learners", "nothing")).status_code == 404
    assert client.get(files[0].replace(".pdf", ".exe")).status_code == 404
