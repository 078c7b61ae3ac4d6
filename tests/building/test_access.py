"""Who may open what: every route, every method, every role, own and others' objects."""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from jobcenter.accounts.choices import CLOSED_RIGHTS, RIGHTS, WAITING_RIGHTS, Role, firm_rights
from jobcenter.desks.access import PUBLIC, SIGNED_IN, policy_of
from tests.support.client import Client

pytestmark = pytest.mark.building
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ANONYMOUS = "anonymous"
# A method that no rule declares is refused before anybody is asked who they are: it is tried by
# nobody and by one role of each run, the declared ones by every role.
EVERY_METHOD = (ANONYMOUS, random.Random(os.environ.get("JOBCENTER_SEED", "1")).choice(list(Role)))
ENDING = ("public.sign_out", "enterprise.leave")
# Where an enterprise's account stands narrows what it may do.
NARROWED = {
    "waiting": WAITING_RIGHTS,
    "of-closed-firm": CLOSED_RIGHTS,
    "firm-user": firm_rights(is_closed=False, is_admin=False),
}


def routes(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            yield rule


def address(app: Flask, rule: Rule, keys: dict[str, Any]) -> str:
    values = {}
    for name, converter in rule._converters.items():
        kind = type(converter).__name__
        values[name] = {
            "UUIDConverter": keys.get(name) or uuid.uuid4(),
            "IntegerConverter": 1,
        }.get(kind, keys[name] if isinstance(keys.get(name), str) else "en")
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def may(app: Flask, endpoint: str, role: str) -> bool:
    policy = policy_of(app, endpoint)
    if policy == PUBLIC:
        return True
    if role == ANONYMOUS:
        return False
    rights = NARROWED[role] if role in NARROWED else RIGHTS[Role(role)]
    return policy == SIGNED_IN or bool(policy & rights)


@pytest.mark.parametrize("role", [ANONYMOUS, *NARROWED, *[role.value for role in Role]])
def test_every_route_obeys_its_policy(
    app: Flask, client: Client, make_user: Any, make_enterprise: Any, make_seeker: Any, role: str
) -> None:
    if role in NARROWED:
        firm = make_enterprise(standing="banned" if role == "of-closed-firm" else "approved")
        firm = None if role == "waiting" else firm
        user = make_user(Role.ENTERPRISE_USER, enterprise=firm, is_admin=role != "firm-user")
        client.sign_in_as(user)
    elif role != ANONYMOUS:
        firm = make_enterprise() if role == Role.ENTERPRISE_USER else None
        person = make_seeker().person if role == Role.SEEKER else None
        client.sign_in_as(make_user(role, enterprise=firm, person=person))
    wrong, token = [], client.csrf()
    for rule in routes(app):
        path = address(app, rule, {})
        for method in METHODS if role in EVERY_METHOD else sorted(rule.methods or ()):
            if method not in METHODS:
                continue  # Flask answers HEAD and OPTIONS by itself
            if rule.endpoint in ENDING and method == "POST" and may(app, rule.endpoint, role):
                continue  # allowed, and would end the test's own session
            data = {"csrf_token": token} if method != "GET" else None
            response = client.open(path, method=method, data=data, look=False)
            expected = allowed_statuses(app, rule, method, role)
            if response.status_code not in expected:
                wrong.append((role, method, rule.rule, response.status_code, sorted(expected)))
    assert not wrong, wrong


def allowed_statuses(app: Flask, rule: Rule, method: str, role: str) -> set[int]:
    if method not in (rule.methods or ()):
        # another rule may serve the same path with this method
        return {403, 404, 405, 302, 200, 422, 400, 303}
    if may(app, rule.endpoint, role):
        return {200, 302, 303, 400, 404, 409, 422}
    return {302} if role == ANONYMOUS else {403}


def test_every_endpoint_declares_a_policy(app: Flask) -> None:
    assert all(policy_of(app, rule.endpoint) is not None for rule in app.url_map.iter_rules())


def test_the_list_of_public_endpoints_is_short_and_known(app: Flask) -> None:
    public = {r.endpoint for r in app.url_map.iter_rules() if policy_of(app, r.endpoint) == PUBLIC}
    assert public == {
        "static", "public.home", "public.sign_in", "public.language", "public.guide",
        "public.health", "public.ready", "public.version", "public.metrics",
        "public.second_step", "public.answer_sheet", "public.review_answer_sheet",
        "public.edit_answer_sheet", "public.send_answer_sheet", "public.confirm",
        "public.confirm_form", "public.invitation", "public.sign_up", "public.signed_up",
        "public.setup", "public.feedback", "public.feedback_thanks", "public.desk_guide",
    }  # fmt: skip


def test_a_firm_meets_404_for_the_objects_of_another(
    app: Flask, client: Client, make_user: Any, make_enterprise: Any, make_vacancy: Any
) -> None:
    own, other = make_enterprise(), make_enterprise()
    mine, theirs = make_vacancy(enterprise=own), make_vacancy(enterprise=other)
    client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=own))
    tried = 0
    for rule in routes(app):
        if not rule.endpoint.startswith("enterprise.") or "key" not in rule.arguments:
            continue
        for method in {"GET", "POST"} & (rule.methods or set()):
            tried += 1
            foreign = client.open(
                address(app, rule, {"key": theirs.key}),
                method=method,
                data={"csrf_token": client.csrf()} if method == "POST" else None,
            )
            assert foreign.status_code == 404, (method, rule.rule, foreign.status_code)
            if method == "GET":
                assert client.get(address(app, rule, {"key": mine.key})).status_code == 200
    assert tried >= 1


@pytest.mark.parametrize("endpoint_prefix", ["counsellor.", "admin.", "manager.", "school."])
def test_staff_desks_are_closed_to_firms_and_seekers(app: Flask, endpoint_prefix: str) -> None:
    for rule in routes(app):
        if rule.endpoint.startswith(endpoint_prefix):
            assert not may(app, rule.endpoint, Role.ENTERPRISE_USER)
            assert not may(app, rule.endpoint, Role.SEEKER)


def test_posts_without_a_token_are_refused(app: Flask, client: Client, make_user: Any) -> None:
    client.sign_in_as(make_user(Role.ADMINISTRATOR))
    for rule in routes(app):
        if "POST" in (rule.methods or ()):
            path = address(app, rule, {})
            assert client.open(path, method="POST", data={}).status_code in (400, 403), path
