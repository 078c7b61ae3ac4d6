"""Planted values are seen where they may be and nowhere else; a sight is all that a GET writes.

`ANYWHERE` and `AT_HOME` are the policy in words: which columns a role meets at all, of everybody
or of its own world alone (its firm, its person, its account). A page that shows more fails here:
either it is mended, or the policy changes and somebody has read it.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.audit.models import Sight
from tests.support.client import Client
from tests.support.crawl import LINK, crawl, fields_with_keys
from tests.support.objects import FIELDS
from tests.support.realm import Marker, Realm, readable
from tests.support.untouched import changed, unread

pytestmark = pytest.mark.building
ANONYMOUS = "anonymous"
LEAST = 200

ACCOUNT = {"user.name", "user.login", "user.email"}
FIRM = {"contact.*", "firm_request.*", "firm_request_step.*", "vacancy.contact_*",
        "recruitment_sheet.contact_*", "vacancy_change.actor", "standing_change.by_name",
        }  # fmt: skip
FILE = {"person.*", "seeker.*", "wish.*", "experience.*", "qualification.*", "skill_certificate.*",
        "language_skill.*", "dossier_item.*", "consent.*"}  # fmt: skip
CASEWORK = {"set_aside.note", "visit.*", "referral.*", "referral_event.*", "call.*", "reply.*",
            "placement.*", "placement_check.*", "consultation.*", "action_plan.*", "plan_step.*",
            "appointment.*", "data_request.*", "enrolment.note", "enrolment.end_reason",
            "import_batch.owner"}  # fmt: skip
SCHOOL_BOOKS = {"trainer.*", "attendance.*"}
# Of everybody. Sensitive columns never by a pattern of these: see SENSITIVE.
ANYWHERE: dict[str, set[str]] = {
    ANONYMOUS: set(),
    Role.ADMINISTRATOR: ACCOUNT | {"invitation.*", "declared_interest.*", "notice.error"},
    Role.MANAGER: ACCOUNT
    | FIRM
    | FILE
    | CASEWORK
    | SCHOOL_BOOKS
    | {"declared_interest.*", "retention_due.why"},
    Role.COUNSELLOR: ACCOUNT
    | FIRM
    | FILE
    | CASEWORK
    # a link for answers is made for a contact of the firm
    | {"invitation.*", "declared_interest.*", "trainer.*", "answer_link.contact_*"},
    # whom the school calls about a place: a firm's people, no logins, no requests to sign up
    Role.SCHOOL_STAFF: {
        "contact.*",
        "vacancy.contact_*",
        "recruitment_sheet.contact_*",
        "standing_change.by_name",
        "vacancy_change.actor",
        "user.name",
        "person.full_name",  # learners, and whoever applies at the school's desk
        "person.phone",
        "enrolment.*",
        *SCHOOL_BOOKS,
    },
    Role.TEACHER: {"trainer.name", "attendance.reason"},
    # what a masked line tells: the job somebody had and their certificates, no person
    Role.ENTERPRISE_USER: {"experience.position", "skill_certificate.name"},
    Role.SEEKER: set(),
}
# Of one's own world alone.
AT_HOME: dict[str, set[str]] = {
    Role.ENTERPRISE_USER: ACCOUNT
    | FIRM
    | {
        "invitation.*",
        "placement.*",
        "referral.firm_note",
        "referral.interview_place",
        "referral_event.slot_place",
        "enrolment.job_title",
        "import_batch.owner",
    },
    Role.SEEKER: FILE
    | {
        "referral.interview_place",
        "action_plan.goal",
        "plan_step.what",
        "appointment.*",
        "data_request.outcome",
    },
    Role.COUNSELLOR: {"draft.title", "login_session.browser"},
}
# Sensitive data: this role, behind a stated purpose.
SENSITIVE = {
    Role.COUNSELLOR: re.compile(r"/seekers/[^/]+/sensitive\?(.*&)?purpose="),
    Role.SCHOOL_STAFF: re.compile(r"/school/enrolments/[^/]+\?(.*&)?purpose="),
}
# On this page alone: the workers that a firm sends to a class, the account of a trainer.
THERE = {
    (Role.ENTERPRISE_USER, "person.full_name"): re.compile(r"/enterprise/classes/"),
    (Role.SEEKER, "user.name"): re.compile(r"/me/(plan|appointments/)"),
    (Role.SCHOOL_STAFF, "user.login"): re.compile(r"/school/trainers/"),
}
# Whoever sees one of these sees a person.
OF_A_PERSON = frozenset(one.partition(".")[0] for one in FILE - {"consent.*"}) | {"target_group"}


@pytest.mark.parametrize("role", [ANONYMOUS, *[role.value for role in Role]])
def test_planted_values_are_seen_where_they_may_be_and_logged(
    app: Flask, client: Client, session: Session, realm: Realm, role: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    assert len(realm.markers) >= LEAST
    assert len({one.text for one in realm.markers}) == len(realm.markers)
    caplog.set_level(logging.DEBUG)
    account = None if role == ANONYMOUS else realm.account(role)
    if account is not None:
        client.sign_in_as(account)
    before = unread(session)
    leaks, unlogged, in_addresses, broken, unknown = set(), set(), set(), set(), set()
    last, opened = 0, 0
    for path, response in crawl(app, client, realm):
        text, opened = readable(response), opened + (response.status_code == 200)
        if response.status_code >= 500:
            broken.add((path, response.status_code))
        addresses = " ".join([response.headers.get("Location", ""), *LINK.findall(text)])
        found = [one for one in realm.markers if shown(one, text, path)]
        leaks |= {
            (one.column, one.world, path) for one in found if not allowed(one, role, account, path)
        }
        in_addresses |= {(one.column, path) for one in found if shown(one, addresses, path)}
        if response.mimetype == "text/html":
            unknown |= set(fields_with_keys(app, text, path)) - set(FIELDS)
        if account is not None and response.status_code == 200:
            seen, last = sights_since(session, account.id, last)
            people = {one.person_id for one in found if one.table in OF_A_PERSON}
            own = realm.worlds["a"].rows["person"].id if role == Role.SEEKER else None
            unlogged |= {(path, person) for person in people - seen - {own}}
    assert opened >= 2
    assert changed(before, unread(session)) == [], f"{role}: a GET wrote"
    assert not broken, f"{role}: crashed: {sorted(broken)[:5]}"
    assert not leaks, f"{role} saw what it may not: {where(leaks)}"
    assert not in_addresses, (
        f"in addresses, which logs and histories keep: {sorted(in_addresses)[:8]}"
    )
    assert not unknown, (
        f"records named by fields: declare them in tests/support/objects.py: {unknown}"
    )
    assert not unlogged, (
        f"{role}: people shown without a sight; call saw(...) of desks/sights.py: "
        f"{sorted({path for path, _person in unlogged})[:8]}"
    )
    written = "\n".join(record.getMessage() for record in caplog.records)
    assert not [one.column for one in realm.markers if one.text in written], "in the logs"


def where(leaks: set[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Name each column once for each front of an address."""
    return sorted(
        {(column, re.sub(r"[0-9a-f-]{36}|[?].*", "*", path)) for column, _w, path in leaks}
    )


def shown(marker: Marker, text: str, path: str) -> bool:
    """Say whether a text shows a marker that the question did not hold itself."""
    return any(look in text for look in marker.looks) and not any(
        look in path for look in marker.looks
    )


def allowed(marker: Marker, role: str, account: Any, path: str) -> bool:
    """Say whether a role may see a marker at this address."""
    if marker.kind == "sensitive":
        place = SENSITIVE.get(Role(role)) if role != ANONYMOUS else None
        return place is not None and bool(place.search(path))
    if fits(marker.column, ANYWHERE[role]):
        return True
    there = THERE.get((role, marker.column))
    if there is not None and there.match(path):
        return role != Role.ENTERPRISE_USER or marker.world == "a"
    if account is not None and marker.user_id == account.id:
        return marker.column in ACCOUNT
    return marker.world == "a" and fits(marker.column, AT_HOME.get(role, set()))


def fits(column: str, patterns: set[str]) -> bool:
    return any(re.fullmatch(one.replace(".", r"\.").replace("*", ".*"), column) for one in patterns)


def sights_since(session: Session, user_id: int, last: int) -> tuple[set[int], int]:
    """Return whom an account saw after a row of the log, and the newest row."""
    found = session.execute(
        select(Sight.id, Sight.person_id).where(Sight.user_id == user_id, Sight.id > last)
    ).all()
    session.commit()
    return {person for _number, person in found}, max([last, *(n for n, _person in found)])
