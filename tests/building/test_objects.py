"""Others' objects: in the path, in the query, in the body; for every route and every role.

Each argument of each address is asked for with one's own record, another's, one that is merged
away and one that never was. Another's looks like one that never was, to the letter.
"""

from __future__ import annotations

import ast
import re
import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.config import ROOT
from jobcenter.kernel.db import Base
from tests.building.test_access import may
from tests.support.client import Client
from tests.support.crawl import address, routes, send
from tests.support.objects import FIELDS, NOT_OBJECTS, arguments
from tests.support.realm import Realm
from tests.support.untouched import changed, unread

pytestmark = pytest.mark.building
# Belongs to one account alone, whatever rights others hold.
PRIVATE = frozenset({"login_session", "job", "draft"})
# The administrator looks after everybody's jobs (their files stay the owner's).
SEES_ALL = frozenset({(Role.ADMINISTRATOR.value, "job")})
# Two keys in one address that need not belong together.
UNRELATED = frozenset({("vacancy", "seeker"), ("seeker", "seeker")})
# What was typed into a merged file is shown with the file that stands (nothing is written).
TAKES_MERGED = frozenset({"counsellor.edit_seeker", "counsellor.seeker_sensitive"})
# Open to a role by its policy, and this record of the realm still is not theirs: why, in words.
NOT_THEIRS = {
    ("teacher", "training_class"): "no trainer of the realm signs in with the teacher's account",
    ("teacher", "class_session"): "no trainer of the realm signs in with the teacher's account",
    ("school-staff", "paper"): "the realm's paper is about a person, whom the school does not see",
    ("counsellor", "referral"): "the realm's counsellor has declared an interest in that firm",
    ("seeker", "training_class"): "a firm ordered the class of the realm for its own workers",
    ("school-staff", "import_batch"): "the realm's batch brings in what the school does not",
    ("counsellor", "complaint"): "the realm's counsellor has declared an interest in that firm",
}
# There only with more than a row: a file with findings, a figure that changed since.
WANTS_MORE = frozenset({"imports.marked_file", "manager.report_changes"})
# How a field carries a key, where it is more than the key.
CARRIED = {"line": "{key}:1"}
OUTSIDERS = (Role.ENTERPRISE_USER.value, Role.SEEKER.value)
VOLATILE = re.compile(r'[0-9a-f]{8}-[0-9a-f-]{27}|value="[^"]{40,}"|\?v=\w+')


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_anothers_object_looks_like_none(
    app: Flask, client: Client, session: Session, realm: Realm, role: str
) -> None:
    client.sign_in_as(realm.account(role))
    merge_away(session, realm)
    before = unread(session)
    wrong, tried = [], 0
    for rule, method, name, kind in parameters(app, role):
        tried += 1
        own = realm.worlds["a"].keys
        absent = ask(app, client, rule, method, own, name, uuid.uuid4())
        # a form may be refused for what it lacks before anybody looks for the record
        if absent[0] not in ((404,) if method == "GET" else (404, 422)):
            wrong.append(("absent", method, rule.rule, name, absent[0]))
        is_private = kind in PRIVATE and (role, kind) not in SEES_ALL
        if role in OUTSIDERS or is_private or must_belong(rule, name):
            other = ask(app, client, rule, method, own, name, realm.worlds["b"].keys[kind])
            if other != absent:
                wrong.append(("another's", method, rule.rule, name, other[0]))
        if kind == "seeker":
            merged = ask(app, client, rule, method, own, name, realm.worlds["c"].keys[kind])
            takes = (200, 409, 422) if rule.endpoint in TAKES_MERGED else ()
            if merged[0] not in (404, 301, 302, 303, 308, *takes):
                wrong.append(("merged", method, rule.rule, name, merged[0]))
    assert not wrong, f"{role}: {wrong[:8]}"
    if role not in (Role.SEEKER, Role.SCHOOL_STAFF, Role.TEACHER):
        assert tried >= 10
    after = unread(session)
    assert changed(before, after) == []


def merge_away(session: Session, realm: Realm) -> None:
    """Let the person of world c be the one of world b."""
    gone, stays = (realm.worlds[name].rows["person"] for name in "cb")
    gone.merged_into_id = stays.id
    session.commit()


def parameters(app: Flask, role: str) -> list[tuple[Any, str, str, str]]:
    """Return (rule, method, argument, kind) of every key in an address that a role may use."""
    return [
        (rule, method, name, kind)
        for rule in routes(app)
        if may(app, rule.endpoint, role)
        for name, kind, is_key in arguments(rule)
        if is_key
        for method in sorted({"GET", "POST"} & (rule.methods or set()))
    ]


def must_belong(rule: Any, name: str) -> bool:
    """Say whether a key must belong to the one before it in the address."""
    keys = [(one, kind) for one, kind, is_key in arguments(rule) if is_key]
    place = [one for one, _kind in keys].index(name)
    if place == 0:
        return False
    return (keys[place - 1][1], keys[place][1]) not in UNRELATED


def ask(
    app: Flask, client: Client, rule: Any, method: str, own: dict[str, Any], name: str, key: Any
) -> tuple[int, str]:
    """Return status and words of the answer, with one key replaced."""
    given = {one: own[kind] if is_key else kind for one, kind, is_key in arguments(rule)}
    path = address(app, rule, given | {name: key})
    data = {"csrf_token": client.csrf()} if method == "POST" else None
    answer = send(client, path, method, data=data)
    if answer.status_code != 404:
        return answer.status_code, ""
    return 404, VOLATILE.sub("*", answer.text.replace(str(key), "*"))


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_ones_own_object_is_there(app: Flask, client: Client, realm: Realm, role: str) -> None:
    """Or the test above would prove nothing."""
    client.sign_in_as(realm.account(role))
    missing = []
    for rule, method, name, kind in parameters(app, role):
        is_theirs = kind not in PRIVATE or role == Role.COUNSELLOR
        is_theirs = is_theirs and rule.endpoint not in WANTS_MORE
        if method == "GET" and is_theirs and (role, kind) not in NOT_THEIRS:
            path = address(app, rule, realm.worlds["a"].keys)
            status = send(client, path).status_code
            if status == 404:
                missing.append((rule.rule, name))
    assert not missing, f"{role}: not found though it is theirs (tests/support/realm.py): {missing}"


def test_every_field_that_names_a_record_is_declared() -> None:
    """Fields and parameters whose name is that of a record, as the desks read them."""
    tables = {t.name for t in Base.metadata.sorted_tables if "key" in t.c}
    suspect = re.compile(rf"({'|'.join(sorted(tables))}|\w+_key|\w+_id|key|id)s?")
    known = {name for _endpoint, name in FIELDS} | NOT_OBJECTS
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted(ROOT.glob("jobcenter/desks/**/*.py"))
        for name in names_read(ast.parse(path.read_text()))
        if suspect.fullmatch(name) and name not in known
    }
    assert not found, f"declare in tests/support/objects.py (FIELDS or NOT_OBJECTS): {found}"


def names_read(tree: ast.AST) -> set[str]:
    """Return the names that a module reads of a request, and the fields of its forms."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = ast.unparse(node.func.value)
            if of.endswith(("request.form", "request.args")) and node.args:
                found.add(str(getattr(node.args[0], "value", "")))
        elif isinstance(node, ast.ClassDef) and "Form" in node.name:
            found |= {
                target.id
                for line in node.body
                if isinstance(line, ast.Assign)
                for target in line.targets
                if isinstance(target, ast.Name)
            }
    return found


@pytest.mark.parametrize(("endpoint", "field"), sorted(FIELDS))
def test_a_field_never_takes_anothers_record_or_none(
    app: Flask, client: Client, session: Session, realm: Realm, endpoint: str, field: str
) -> None:
    """Whoever may use the form: another's record and one that never was change nothing."""
    rule = next(rule for rule in routes(app) if rule.endpoint == endpoint)
    kind = FIELDS[endpoint, field]
    for role in (role.value for role in Role):
        if not may(app, endpoint, role):
            continue
        client.sign_in_as(realm.account(role))
        shape = CARRIED.get(field, "{key}")
        keys = [shape.format(key=uuid.uuid4()), "x" * 50, "\x00"]
        if kind in PRIVATE or role in OUTSIDERS:
            keys.append(shape.format(key=realm.worlds["b"].keys[kind]))
        path = address(app, rule, realm.worlds["a"].keys)
        before = unread(session)
        for key in keys:
            if "POST" in (rule.methods or ()):
                data = {"csrf_token": client.csrf(), field: key}
                assert send(client, path, "POST", data=data).status_code < 500
            if "GET" in (rule.methods or ()):
                assert send(client, path, query_string={field: key}).status_code < 500
        after = unread(session)
        assert changed(before, after) == []
