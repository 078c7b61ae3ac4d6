"""One way into the register: the same person, however written, is one record."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.people.entry import LooksLike, find_or_write
from jobcenter.people.models import Person
from jobcenter.people.rules import Identity

Make = Callable[..., Any]
BY = Actor(user_id=None, name="Trần Thu Hà", role="counsellor")
DUC = Identity(
    full_name="Đỗ Văn Đức",
    birth_date=dt.date(1988, 10, 3),
    phone="0372 345 678",
    id_number="031088001234",
    old_id_number="142856703",
)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Person)) or 0


def test_what_is_missing_is_filled_and_what_is_known_stays(session: Session) -> None:
    first = find_or_write(session, identity=Identity(full_name="DO VAN DUC", birth_year=1988,
                          id_number="031088001234"), by=BY)  # fmt: skip
    again = find_or_write(session, identity=replace(DUC, email="duc@vidu.example"), by=BY)
    assert (first.is_new, again.is_new, again.person) == (True, False, first.person)
    assert set(again.filled) == {"full_name", "birth_date", "phone", "old_id_number", "email"}
    assert again.kept == ()
    assert first.person.full_name == "Đỗ Văn Đức"
    other = find_or_write(session, identity=replace(DUC, full_name="Đỗ Văn Đạt", email="x@y.z",
                          birth_date=dt.date(1989, 1, 1)), by=BY)  # fmt: skip
    assert (other.filled, other.kept) == ((), ("birth_date", "email", "full_name"))
    actions = session.scalars(select(LedgerEntry.action)).all()
    assert actions == ["fill-person"]


def test_nine_digits_in_the_place_of_the_id_are_the_old_number(session: Session) -> None:
    first = find_or_write(session, identity=replace(DUC, phone=None, id_number="１42 856 703",
                          old_id_number=None), by=BY)  # fmt: skip
    assert (first.person.id_number, first.person.old_id_number) == (None, "142856703")
    again = find_or_write(session, identity=DUC, by=BY)
    assert again.person is first.person
    assert first.person.id_number == "031088001234"


def test_who_is_in_doubt_is_asked_about(session: Session) -> None:
    first = find_or_write(session, identity=replace(DUC, id_number=None, phone=None), by=BY)
    alike = Identity(full_name="Đỗ Văn Đúc", birth_date=dt.date(1988, 10, 3))
    with pytest.raises(LooksLike) as asked:
        find_or_write(session, identity=alike, by=BY)
    assert asked.value.people == [first.person.id]
    assert find_or_write(session, identity=alike, by=BY, same=first.person.id).person.id == (
        first.person.id
    )
    assert find_or_write(session, identity=alike, by=BY, others=[first.person.id]).is_new
    with pytest.raises(Refused):
        find_or_write(session, identity=Identity(full_name=" "), by=BY)


def wide(text: str) -> str:
    """Return digits as an East Asian keyboard gives them."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() and c.isascii() else c for c in text)


FORMS = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
SPACES = st.sampled_from([" ", "  ", "\t", "\u00a0", "\u3000", " \u200b"])
CASES = st.sampled_from([str, str.upper, str.lower, str.title])
NUMBERS = st.sampled_from([str, wide, lambda n: f" {n[:3]} {n[3:6]}.{n[6:]} "])
PHONES = st.sampled_from(
    ["0372345678", "+84 372 345 678", "84372345678", "0167.234.5678", "0167-234-5678",
     "+84 167 234 5678", "0084372345678", "０３７２３４５６７８", "(037) 2345678"]
)  # fmt: skip


@st.composite
def writings(draw: st.DrawFn) -> Identity:
    """Return one way of writing the same man down: never without a sign that it is he."""
    name = draw(CASES)(DUC.full_name)
    name = name.replace("Đ", draw(st.sampled_from("ĐÐƉ"))) if draw(st.booleans()) else name
    name = vietnamese.fold(name) if draw(st.integers(0, 4)) == 0 else name
    name = draw(SPACES).join(unicodedata.normalize(draw(FORMS), name).split(" "))
    has = draw(st.sampled_from(["both", "new", "old", "old-as-new", "none"]))
    new = draw(NUMBERS)(DUC.old_id_number if has == "old-as-new" else DUC.id_number)
    return Identity(
        full_name=draw(st.sampled_from(["", " "])) + name + draw(st.sampled_from(["", "\u00a0"])),
        birth_date=DUC.birth_date,
        phone=draw(PHONES) if has == "none" or draw(st.booleans()) else None,
        id_number=new if has in ("both", "new", "old-as-new") else None,
        old_id_number=draw(NUMBERS)(DUC.old_id_number) if has in ("both", "old") else None,
    )


@given(st.lists(writings(), min_size=2, max_size=6))
@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_one_man_is_one_record_however_he_is_written(
    session: Session, told: list[Identity]
) -> None:
    """Whoever is not surely he is asked about, and a human says that it is he: never two."""
    session.execute(delete(Person))
    for identity in told:
        try:
            find_or_write(session, identity=identity, by=BY)
        except LooksLike as asked:
            find_or_write(session, identity=identity, by=BY, same=asked.people[0])
    assert count(session) == 1
    session.rollback()
