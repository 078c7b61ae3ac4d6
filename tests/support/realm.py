"""Several small worlds with a row in every table about a person or a firm, each value a marker.

A world is a firm with its users and a vacancy, a person with a file and an account, and whatever
hangs on them. Tables that come later get their rows by themselves: from the columns, the foreign
keys and the worlds' own rows. Where a CHECK wants more than that, `SPECIAL` says it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import itertools
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from types import SimpleNamespace
from typing import Any, Protocol

import pytest
from docx import Document
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Time,
    Uuid,
    select,
)
from sqlalchemy import Enum as EnumType
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.models import LoginSession
from jobcenter.accounts.rules import start_session
from jobcenter.certificates.models import Certificate
from jobcenter.documents import rules as documents
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import (
    Base,
    Codes,
    Line,
    Prose,
    Sealed,
    SealedBytes,
    SealedData,
    UtcDateTime,
)
from jobcenter.kernel.privacy import declared, personal_tables
from jobcenter.people.choices import Purpose
from jobcenter.people.likeness import blind_id, blind_old_id, blind_tail
from jobcenter.people.rules import search_text

# Written by the machine itself, or made by the factories with what hangs on them.
SKIP = frozenset({
    "ledger_entry", "sight", "seal", "match_change", "match_document", "login_session", "sign_in",
    "recovery_code", "paper", "seeker_merge", "counter_seat",
    "certificate", "certificate_event",
})  # fmt: skip
# The office has these once, whoever the worlds are.
ONE_FOR_ALL = frozenset({"signatory", "office_form", "setting_value", "consent_text"})
BY = system("tests", EVERYTHING)
COUNT = itertools.count(1)


@dataclass
class World:
    """The rows of one world, by table; `home` gives the account of each role that belongs to it."""

    name: str
    rows: dict[str, Any] = field(default_factory=dict)
    spare: Any = None  # a person who was merged into the world's own
    home: dict[str, Any] = field(default_factory=dict)

    @property
    def keys(self) -> dict[str, uuid.UUID]:
        """Return the key of each row that has one."""
        return {name: row.key for name, row in self.rows.items() if hasattr(row, "key")}


@dataclass(frozen=True)
class Marker:
    """One planted value: where it stands and how a page may write it."""

    text: str
    column: str
    kind: str
    world: str
    person_id: int | None
    user_id: int | None
    looks: tuple[str, ...]

    @property
    def table(self) -> str:
        """Return the table that the marker stands in."""
        return self.column.partition(".")[0]


@dataclass
class Realm:
    """All worlds, the staff, and what was planted."""

    worlds: dict[str, World]
    staff: dict[str, Any]
    markers: list[Marker]

    def account(self, role: str, world: str = "a") -> Any:
        """Return the account of a role: of the staff, or at home in a world."""
        return self.staff.get(role) or self.worlds[world].home[role]


# What a table needs beyond its columns' types, given the world so far.
SPECIAL: dict[str, Callable[[World], dict[str, Any]]] = {
    "notice": lambda _world: {"user_id": None, "template": "job-ended", "address": None,
                              "params": {"title": "x", "message": "x"}},
    "invitation": lambda _world: {"accepted_at": None, "accepted_user_id": None,
                                  "revoked_at": None,
                                  "expires_at": clock.now() + dt.timedelta(days=3)},
    "firm_request": lambda world: {"state": "waiting", "user_id": world.home["guest"].id,
                                   "tax_number": "0201999999"},
    "answer_link": lambda _world: {"answered_at": None, "revoked_at": None,
                                   "made_at": clock.now(),
                                   "expires_at": clock.now() + dt.timedelta(days=3)},
    "job": lambda _world: {"kind": "rebuild-index"},
    "report": lambda _world: {"code": "2020-12", "edition": next(COUNT) + 1_000, "state": "draft",
                              "submitted_at": None, "definitions": "1"},
    "published_figure": lambda _world: {"code": "zone-parks", "value": 11},
    "import_batch": lambda _world: {
        "kind": "workforce", "state": "checked", "apart": [], "job_key": None, "total": 1,
        "good": 0, "bad": 1, "doubtful": 0, "known": 0,
        "cells": {"sheet": "", "is_1904": False, "rows": [["Tính đến ngày"], ["31/10/2026"]]},
        "findings": {"head": 0, "fields": {"0": "as_of"}, "unread": [],
                     "rows": [[2, "bad", [], []]]},
    },
    "job_file": lambda _world: {"name": "a.pdf", "kind": "text/plain"},
    "draft": lambda world: {"kind": "intake", "user_id": world.home["owner"].id,
                            "payload": {"full_name": "x"}},
    "wording_flag": lambda _world: {"field": "description", "approved_at": None,
                                    "approved_by_id": None},
    "experience": lambda _world: {"ended_on": None},
    "reply": lambda _world: {"question": "pay"},
    "workforce_figure": lambda _world: {"female": None, "source": "report"},
    "office_form": lambda _world: {"kind": "consent-sheet", "body": word_file()},
    "declared_interest": lambda world: {"user_id": world.home["owner"].id},
    "placement": lambda _world: {"counts_to_headcount": True},
    "person_merge": lambda world: {"survivor_id": world.rows["person"].id,
                                   "loser_id": world.spare.id},
    "suspected_pair": lambda world: {"first_id": world.rows["person"].id,
                                     "second_id": world.spare.id},
    "recommendation": lambda _world: {"audience": "enterprise"},
    "data_request": lambda _world: {"asked": "erase", "state": "open", "ended_at": None,
                                    "ground": None},
    "breach_step": lambda _world: {"verb": "report-breach"},
    "report_step": lambda _world: {"verb": "draft"},
    "erasure": lambda _world: {"request_id": None, "hashes": [], "counts": {}, "traces": None},
    "qualification": lambda _world: {"level": "so-cap"},
    # asked for by the firm, which sees it masked, and known to the person
    "referral": lambda _world: {"state": "asked", "asked_at": clock.now(), "placement_id": None,
                                "valid_to": clock.today()},
    "target_group": lambda _world: {"code": "HN"},
    "plan_target": lambda world: {"year": 2030 + ord(world.name[-1])},
    "programme": lambda _world: {"type": "so-cap-1", "least_age": 15},
    "curriculum": lambda _world: {"valid_from": dt.date(2020, 1, 1)},
    "training_class": lambda _world: {"state": "enrolling", "places": 30,
                                      "starts_at": dt.time(18), "ends_at": dt.time(20)},
    "class_session": lambda _world: {"starts_at": dt.time(18), "ends_at": dt.time(20),
                                     "cancel_reason": ""},
    "enrolment": lambda _world: {"state": "applied", "holds_seat": False, "preference": 1},
    "training_room": lambda _world: {"seats": 30},
    "mark": lambda _world: {"kind": "regular"},
    "blank": lambda world: {"serial": f"{world.name}1"},
    "payment_sheet": lambda _world: {"first_day": clock.today()},
    "safety_record": lambda _world: {"safety_group": 1, "is_refresher": False},
    "result": lambda _world: {"grade": "good", "is_passed": True},
    "inbox_line": lambda world: {"user_id": world.home["owner"].id},
}  # fmt: skip


def word_file() -> bytes:
    """Return a form as an office might have uploaded it."""
    form, out = Document(), io.BytesIO()
    form.add_paragraph("PHIẾU")
    form.save(out)
    return out.getvalue()


class Makers(Protocol):
    """The factories that a realm is made with."""

    session: Session
    user: Callable[..., Any]
    enterprise: Callable[..., Any]
    seeker: Callable[..., Any]
    vacancy: Callable[..., Any]
    visit: Callable[..., Any]


@pytest.fixture
def makers(
    session: Session, make_user: Any, make_enterprise: Any, make_seeker: Any, make_vacancy: Any,
    make_visit: Any,
) -> Any:  # fmt: skip
    """The factories, together."""
    return SimpleNamespace(
        session=session, user=make_user, enterprise=make_enterprise, seeker=make_seeker,
        vacancy=make_vacancy, visit=make_visit,
    )  # fmt: skip


@pytest.fixture
def realm(app: Flask, makers: Makers) -> Realm:
    """Worlds a, b and c, one account for each role of the staff, every text a marker."""
    return build(makers)


def build(make: Makers) -> Realm:
    """Make the worlds and plant the markers."""
    staff = {
        role.value: make.user(role)
        for role in Role
        if role not in (Role.ENTERPRISE_USER, Role.SEEKER)
    }
    made, office = Realm({}, staff, []), World("office")
    for name in "abc":
        world = made.worlds[name] = found(make, name, staff)
        fill(make.session, world)
        world.rows["vacancy"].filled = 1  # by the placement
        for account in world.home.values():
            if account not in staff.values():
                plant(made, world, account)
        for table, row in world.rows.items():
            if table not in ONE_FOR_ALL and row not in world.home.values():
                plant(made, world, row)
        derive(world.rows["person"])
        make.session.flush()
        world.rows["paper"] = documents.consent_sheet(
            make.session, seeker=world.rows["seeker"], by=BY
        )
        world.rows["certificate"] = Certificate(
            enrolment_id=world.rows["enrolment"].id, award="certificate",
            paper_id=world.rows["paper"].id, issued_on=clock.today(),
        )  # fmt: skip
        make.session.add(world.rows["certificate"])
    office.rows["person"] = made.worlds["a"].rows["person"]
    for account in staff.values():
        plant(made, office, account)
    make.session.commit()
    return made


def found(make: Makers, name: str, staff: dict[str, Any]) -> World:
    """Begin a world: a firm with its users and a vacancy, a person with a file and an account."""
    firm = make.enterprise()
    seeker = make.seeker(
        consents=tuple(Purpose), job="Công nhân may", certificates=("Thẻ an toàn điện",)
    )
    world = World(name, spare=make.seeker(person={"merged_into_id": seeker.person_id}).person)
    world.home = {
        Role.ENTERPRISE_USER.value: make.user(Role.ENTERPRISE_USER, enterprise=firm),
        Role.SEEKER.value: make.user(Role.SEEKER, person=seeker.person),
        "clerk": make.user(Role.ENTERPRISE_USER, enterprise=firm, is_admin=False),
        "guest": make.user(Role.ENTERPRISE_USER),
        # what belongs to one account alone is the counsellor's in the first world
        "owner": staff[Role.COUNSELLOR.value] if name == "a" else make.user(Role.COUNSELLOR),
    }
    world.rows = {
        "enterprise": firm, "person": seeker.person, "seeker": seeker,
        "vacancy": make.vacancy(enterprise=firm, certificates=("Thẻ an toàn điện",)),
        "user": world.home[Role.ENTERPRISE_USER.value], "visit": make.visit(person=seeker.person),
    }  # fmt: skip
    start_session(make.session, user=world.home["owner"], hours=1, browser="x")
    of_owner = select(LoginSession).where(LoginSession.user_id == world.home["owner"].id)
    world.rows["login_session"] = make.session.scalars(of_owner).first()
    return world


def fill(session: Session, world: World) -> None:
    """Add a row of each table that hangs on a person, a firm or a vacancy and has none yet."""
    rooms = Base.metadata.sorted_tables
    classes = {m.local_table.name: m.class_ for m in Base.registry.mappers}
    wanted = personal_tables(Base.metadata) | {t.name for t in rooms if "key" in t.c}
    for table in rooms:
        hangs = any(belongs(key, world) for key in table.foreign_keys)
        if table.name in world.rows or table.name in SKIP or not (hangs or table.name in wanted):
            continue
        there = already(session, classes[table.name], world)
        if there is not None:
            world.rows[table.name] = there
            continue
        if table.name in ONE_FOR_ALL:
            world.rows[table.name] = session.scalars(select(classes[table.name]).limit(1)).first()
            if world.rows[table.name] is not None:
                continue
        values = {c.name: value_of(session, c, world) for c in table.columns}
        values |= SPECIAL.get(table.name, lambda _world: {})(world)
        row = classes[table.name](**{k: v for k, v in values.items() if v is not None})
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError as error:
            pytest.fail(f"tests/support/realm.py, SPECIAL: {table.name} needs more: {error.orig}")
        world.rows[table.name] = row


def belongs(key: Any, world: World) -> bool:
    """Say whether a foreign key makes a row this world's; being written by somebody does not."""
    target = key.column.table.name
    return target in world.rows and (target != "user" or key.parent.name in ("user_id", "owner_id"))


def already(session: Session, kind: Any, world: World) -> Any:
    """Return a row that the factories made with the world's own, if there is one."""
    for key in kind.__table__.foreign_keys:
        target = world.rows.get(key.column.table.name)
        if belongs(key, world) and key.column.table is not kind.__table__:
            found = session.scalars(
                select(kind).where(key.parent == getattr(target, key.column.name)).limit(1)
            ).first()
            if found is not None:
                return found
    return None


def value_of(session: Session, column: Column[Any], world: World) -> Any:
    """Return a believable value; None leaves the column to its default."""
    for key in column.foreign_keys:
        target = key.column.table
        if target is column.table:
            return None
        if target.name == "user":
            return world.home["owner"].id
        if target.name in world.rows:
            return getattr(world.rows[target.name], key.column.name)
        if target.name in SKIP:
            return None
        return session.scalar(select(key.column).order_by(key.column).limit(1))
    if column.primary_key and column.name == "id":
        return None
    if column.nullable or column.default is not None or column.server_default is not None:
        return None
    return by_type(column)


def by_type(column: Column[Any]) -> Any:
    kind = column.type
    simple: list[tuple[Any, Callable[[], Any]]] = [
        (EnumType, lambda: first(kind)),
        (Boolean, lambda: False),
        (Codes, tuple),
        (SealedData, dict),
        (Sealed, lambda: "x"),
        (UtcDateTime, clock.now),
        (Date, clock.today),
        (Time, lambda: dt.time(17 if column.name.startswith("ends") else 7)),
        (Uuid, uuid.uuid4),
        (JSON, dict),
        (LargeBinary | SealedBytes, lambda: b"x"),
        (Float, lambda: 1.0),
        (Integer, lambda: 1),
    ]
    if isinstance(kind, Integer) and "year" in column.name:
        return clock.today().year
    for known, make in simple:
        if isinstance(kind, known):
            return make()
    if column.name.endswith(("hash", "blind")):
        return hashlib.sha256(str(next(COUNT)).encode()).hexdigest()
    return f"x{next(COUNT)}"


def first(kind: Any) -> Any:
    known: type[Enum] | None = kind.enum_class
    return next(iter(known)) if known else kind.enums[0]


# A CHECK, or what the program reads in them, leaves no room for a marker.
UNPLANTED = frozenset(
    {"notice.address", "consultation.name", "consultation.phone", "complaint.name"}
)
DIGITS = {"phone": "+849{:08d}", "id_number": "0310985{:05d}", "old_id_number": "0319{:05d}",
          "social_insurance_number": "77{:08d}", "height_cm": "77{:05d}",
          "weight_kg": "78{:05d}", "contact_phone": "+849{:08d}"}  # fmt: skip


def plant(realm: Realm, world: World, row: Any) -> None:
    """Put a marker into every text of a row that says something of a person."""
    table: Table = type(row).__table__
    for column in table.columns:
        kind = declared(column)
        if kind not in ("basic", "sensitive") or not _takes_text(column):
            continue
        text = marker_text(column, next(COUNT) + 10_000)
        if isinstance(column.type, SealedData):
            setattr(row, column.name, dict(getattr(row, column.name) or {}) | {"title": text})
        else:
            setattr(row, column.name, text)
        realm.markers.append(
            Marker(
                text, f"{table.name}.{column.name}", kind, world.name, world.rows["person"].id,
                row.id if table.name == "user" else None, looks(text),
            )
        )  # fmt: skip


def _takes_text(column: Column[Any]) -> bool:
    if column.foreign_keys or f"{column.table.name}.{column.name}" in UNPLANTED:
        return False
    if column.name in ("search", "sort", "folded", "code", "content"):
        return False
    if column.table.name == "seeker" and column.name == "number":
        return False
    if isinstance(column.type, Line | Prose | Sealed):
        return True
    return isinstance(column.type, String) and column.name in (*DIGITS, "email", "login")


def marker_text(column: Column[Any], number: int) -> str:
    """Return a value that stands nowhere else, in the shape that the column wants."""
    if column.name in DIGITS:
        return DIGITS[column.name].format(number)
    if column.name == "totp_secret":  # what base32 can hold
        return "ZQSECRET" * 3 + "XYZ" + "".join("ABCDEFGHIJ"[int(digit)] for digit in str(number))
    text = f"zq{number}k"
    return f"{text}@mau.vn" if "email" in column.name else text


def looks(text: str) -> tuple[str, ...]:
    """Return how a page may write a marker: as it is, or as people read a phone number."""
    if not text.startswith("+84"):
        return (text,)
    return (text, "0" + text[3:], vietnamese.show_phone(text), text.replace("+", "%2B"))


def derive(person: Any) -> None:
    """Keep what is made of other columns true to them."""
    person.search, person.sort = (
        search_text(person.full_name),
        vietnamese.sort_key(person.full_name),
    )
    person.id_number_blind = blind_id(person.id_number)
    person.id_tail_blind = blind_tail(person.id_number)
    person.old_id_blind = blind_old_id(person.old_id_number)


def readable(response: Any) -> str:
    """Return everything that an answer says: text, the parts of an office file, a PDF's words."""
    raw: bytes = response.get_data()
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return "\n".join(archive.read(n).decode("utf-8", "ignore") for n in archive.namelist())
    if raw[:5] == b"%PDF-":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    return raw.decode("utf-8", "ignore")
