"""A form writes what it has: the other columns, sent along, change nothing."""

from __future__ import annotations

import os
import random
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Boolean, Column, Date, Integer, Uuid, delete
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, UtcDateTime
from tests.support.client import Client
from tests.support.crawl import send
from tests.support.postings import PASSWORD, Posting, filled, met_by
from tests.support.realm import Realm
from tests.support.untouched import ASIDE, Deeds, changes, rows_of, untouched

pytestmark = pytest.mark.building
SEED = os.environ.get("JOBCENTER_SEED", "1")
# Of a repeated line these are always tried, of the rest a handful.
KEEN = ("id", "key", "version", "state", "role", "is_admin", "user_id", "person_id", "seeker_id",
        "enterprise_id", "vacancy_id", "created_at", "approved_by_id")  # fmt: skip
HANDFUL = 25
# A field of the form that this page does not show now, and why.
HIDDEN = {("counsellor.edit_enterprise", "size_band"): "follows from the workforce figure"}
# Acts in several transactions, of which each sees what the one before left: tried by itself.
SEVERAL = frozenset({"account.password", "privacy.copy"})
LINE = re.compile(r"(\w+-\d+)-")
# At least so many of a role's forms are saved; the rest is refused for what the realm lacks.
LEAST_SAVED = {
    Role.ADMINISTRATOR: 20, Role.MANAGER: 3, Role.COUNSELLOR: 25, Role.SCHOOL_STAFF: 2,
    Role.TEACHER: 1, Role.ENTERPRISE_USER: 12, Role.SEEKER: 2,
}  # fmt: skip


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_other_columns_sent_along_change_nothing(
    app: Flask, client: Client, session: Session, realm: Realm, role: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    draw = random.Random(f"{SEED}-{role}")
    account = realm.account(role)
    account.password_hash = app.config["HASHER"].hash(PASSWORD)
    client.sign_in_as(account)
    forms = [one for one in met_by(app, client, realm) if one.endpoint not in SEVERAL]
    free_to_act(session, realm)
    before = {
        name: rows_of(session, name) for name in Base.metadata.tables if not ASIDE.match(name)
    }
    own = {"firm": realm.worlds["a"].rows["enterprise"].name, "height_cm": "170"}
    own |= {"weight_kg": "60", "login": "nguoi.mau"}
    names: dict[str, set[str]] = {}
    for endpoint, name in HIDDEN:
        names.setdefault(endpoint, set()).add(name)
    for form in forms:
        names.setdefault(form.endpoint, set()).update(form.names)
    wrong, saved, refused = [], [], []
    with untouched(app, monkeypatch) as deeds, clock.frozen(clock.now()):
        for form in forms:
            sent = next(
                (one for one in ways(form, own) if post(client, form, one, deeds) and deeds.rows),
                None,
            )
            if sent is None:
                refused.append(form.endpoint)
                continue
            saved.append(form.endpoint)
            plain = changes(before, deeds)
            post(client, form, sent + extras(names[form.endpoint], realm, draw), deeds)
            if changes(before, deeds) != plain:
                wrong.append((form.endpoint, differing(plain, changes(before, deeds))))
    assert not wrong, f"{role}: {wrong[:3]}"
    assert len(saved) >= LEAST_SAVED[Role(role)], f"{role}: refused: {refused}"


def free_to_act(session: Session, realm: Realm) -> None:
    """Take back the interest that keeps the counsellor from acting for the firm."""
    if realm.worlds["a"].home["owner"].role == Role.COUNSELLOR:
        interest = realm.worlds["a"].rows["declared_interest"]
        session.execute(delete(type(interest)).where(type(interest).id == interest.id))
    session.commit()


def ways(form: Posting, own: dict[str, str]) -> list[list[tuple[str, str]]]:
    """Return how a form may be sent: filled, with its texts alone, as it is; each button."""
    full = filled(form, **own)
    texts = [(n, v) for n, v in full if form.kinds.get(n) not in ("select", "radio", "checkbox")]
    kept = [(n, v) for n, v in form.sent if form.kinds[n] in ("select", "radio", "checkbox")]
    others = [[*form.sent, button] for button in form.buttons[1:]]
    bare = [(n, v) for n, v in full if n in form.kinds]
    return [full, bare, texts + kept, *others, form.sent + form.buttons[:1]]


def post(client: Client, form: Posting, sent: list[tuple[str, str]], deeds: Deeds) -> bool:
    """Send a form on the records as they were; say whether it was taken."""
    deeds.forget()
    with client.browser.session_transaction() as cookie:
        kept = dict(cookie)
    data: dict[str, Any] = {}
    for name, value in sent:
        data.setdefault(name, []).append(value)
    status = send(client, form.path, "POST", data=data).status_code
    assert status < 500, (form.endpoint, status)
    with client.browser.session_transaction() as cookie:
        cookie.clear()
        cookie.update(kept)
    return status < 400


def extras(names: set[str], realm: Realm, draw: random.Random) -> list[tuple[str, str]]:
    """Return a value for every column of every record that is no field of what posts there."""
    columns: dict[str, list[Column[Any]]] = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            columns.setdefault(column.name, []).append(column)
    found = [(n, value(draw.choice(c), realm)) for n, c in columns.items() if n not in names]
    for line in sorted({match[1] for match in map(LINE.match, names) if match}):
        tried = [*KEEN, *draw.sample(sorted(columns.keys() - set(KEEN)), HANDFUL)]
        found += [
            (f"{line}-{name}", value(draw.choice(columns[name]), realm))
            for name in tried
            if f"{line}-{name}" not in names
        ]
    return found


def value(column: Column[Any], realm: Realm) -> str:
    """Return what the column would take: another's record, another state, a day, a text."""
    kind = column.type
    others = realm.worlds["b"].rows
    for key in column.foreign_keys:
        row = others.get(key.column.table.name)
        return str(getattr(row, key.column.name, 2) if row is not None else 2)
    if isinstance(kind, Uuid):
        return str(getattr(others.get(column.table.name), "key", realm.worlds["b"].keys["seeker"]))
    if isinstance(kind, EnumType):
        return str(kind.enums[-1])
    if isinstance(kind, Boolean):
        return "yes"
    if isinstance(kind, UtcDateTime):
        return "2020-02-01T08:00:00+00:00"
    if isinstance(kind, Date):
        return "01/02/2020"
    return "7" if isinstance(kind, Integer) else "zmx"


def differing(plain: list[Any], more: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return what stands in one list alone, of either."""
    return [one for one in plain if one not in more], [one for one in more if one not in plain]
