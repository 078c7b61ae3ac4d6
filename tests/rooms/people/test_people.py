"""Finding people by any part of a name or number; consents are given and withdrawn, not edited."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.kernel.actor import Actor
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.models import Consent, Person
from jobcenter.people.queries import agreed, conditions
from jobcenter.people.rules import give_consent, withdraw_consent

Make = Callable[..., Any]
BY = Actor(user_id=None, name="Trần Thu Hà", role="counsellor")


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Đào Thị Ánh", True),
        ("anh dao", True),
        (unicodedata.normalize("NFD", "Ánh Đào"), True),
        ("  THI   anh ", True),
        ("nh", False),
        ("0912 345 678", True),
        ("345678", True),
        ("+84912345678", True),
        ("031195001234", True),
        ("142 856 703", True),
        ("142856704", False),
        ("1234", True),
        ("1235", False),
        ("%", False),
        ("_", False),
        ("", True),
    ],
)
def test_a_person_is_found(session: Session, make_person: Make, text: str, is_found: bool) -> None:
    person = make_person(
        full_name="Đào Thị Ánh",
        phone="+84912345678",
        id_number="031195001234",
        old_id_number="142856703",
    )
    found = session.scalars(select(Person).where(*conditions(session, text))).all()
    assert found == ([person] if is_found else [])


def test_a_yes_given_twice_is_one_and_its_end_is_kept(session: Session, make_person: Make) -> None:
    person = make_person(consents=())
    for _time in range(2):
        give_consent(
            session, person=person, purpose=Purpose.PUBLISH, way=Way.PHONE, evidence="9:05", by=BY
        )
    assert agreed(session, person.id) == {Purpose.PUBLISH}
    for _time in range(2):
        withdraw_consent(session, person=person, purpose=Purpose.PUBLISH, by=BY)
    assert agreed(session, person.id) == frozenset()
    give_consent(session, person=person, purpose=Purpose.PUBLISH, way=Way.PHONE, evidence="", by=BY)
    rows = session.scalars(select(Consent).order_by(Consent.id)).all()
    assert [row.withdrawn_at is None for row in rows] == [False, True]
    assert rows[0].evidence == "9:05"


def test_nothing_readable_of_an_id_lies_in_the_database(
    session: Session, make_person: Make
) -> None:
    make_person(id_number="031195001234", old_id_number="142856703", ethnicity="Tày")
    session.commit()
    read = "SELECT id_number, ethnicity, old_id_number FROM person"
    raw = session.connection().exec_driver_sql(read).one()
    assert b"142856703" not in bytes(raw[2])
    assert b"031195001234" not in bytes(raw[0])
    assert "Tày".encode() not in bytes(raw[1])
