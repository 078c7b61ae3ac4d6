"""Odd input over every address and form, as each role: a clear answer, never a crash.

A seeded sample here; `python -m tests.proof` runs 20,000 inputs on both databases.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from flask import Flask

from jobcenter.accounts.choices import Role
from tests.building.test_access import address, routes
from tests.support.client import Client

pytestmark = pytest.mark.building
SEED = int(os.environ.get("JOBCENTER_SEED", "1"))
COUNT = int(os.environ.get("JOBCENTER_FUZZ", "240"))
ODD = (
    "", " ", "0", "-1", "99999999999999999999", "2147483648", "9223372036854775808", "1e309", "NaN",
    "\x00", "a\x00b", "\u202eabc", "e\u0301\u0323" * 30, "đ" * 5_000, "x" * 100_000, "%", "_%",
    "'", '"',
    "<script>alert(1)</script>", "{{7*7}}", "=1+1", "|", "a|b", "../../etc/passwd", "31/02/2026",
    "01/01/0001", "31/12/9999", "2026-01-01", "yes", "no", "\r\n", "Nguyễn", "１２３",
    "0912345678", "031098001234", "true", "[]", "{}", "null", "\ud800", "/\\evil", "office", "thcs",
)  # fmt: skip


def pick(draw: random.Random) -> str:
    return "".join(draw.choice(ODD) for _ in range(draw.choice((1, 1, 1, 2))))


def names(page: Any) -> list[str]:
    found = page.find_all(["input", "select", "textarea"]) if page else []
    return sorted({str(f["name"]) for f in found if f.get("name") and f["name"] != "csrf_token"})


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_odd_input_never_crashes(
    app: Flask, client: Client, make_user: Any, make_enterprise: Any, make_seeker: Any,
    make_vacancy: Any, make_visit: Any, role: str,
) -> None:  # fmt: skip
    draw = random.Random(f"{SEED}-{role}")
    firm, seeker = make_enterprise(), make_seeker()
    vacancy = make_vacancy(enterprise=firm)
    user = make_user(
        role,
        enterprise=firm if role == Role.ENTERPRISE_USER else None,
        person=seeker.person if role == Role.SEEKER else None,
    )
    client.sign_in_as(user)
    keys = [firm.key, seeker.key, vacancy.key, make_visit().key]
    rules = [r for r in routes(app) if r.endpoint != "public.sign_out"]
    crashed = []
    for _ in range(COUNT // len(Role)):
        rule = draw.choice(rules)
        path = address(app, rule, {name: draw.choice(keys) for name in rule.arguments})
        known = [*names(client.page), "text", "page", "size", "sort", "state", "next", "to"]
        values = {draw.choice(known): pick(draw) for _ in range(draw.randint(1, 6))}
        values = {k: v.encode("utf-8", "ignore").decode() for k, v in values.items()}
        if "POST" in (rule.methods or ()) and draw.random() < 0.6:
            response = client.post(path, values)
        else:
            response = client.get(path, query_string=values)
        if response.status_code >= 500:
            crashed.append((path, values, response.status_code))
    assert not crashed, crashed[:3]
