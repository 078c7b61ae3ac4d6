"""Who may be the person typed: why, how surely, in which order; and who is not."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from jobcenter.kernel import vietnamese
from jobcenter.people.choices import Reason, Sex, Strength
from jobcenter.people.likeness import MOST_SLIPS, Traits, compare, near_dates
from jobcenter.people.lookalikes import Lookalike, lookalikes

Make = Callable[..., Any]
HUONG = {
    "full_name": "Nguyễn Thị Thu Hường",
    "birth_date": dt.date(1995, 2, 14),
    "birth_year": 1995,
    "phone": "+84372345678",
    "sex": Sex.FEMALE,
    "id_number": "031195001234",
    "old_id_number": "142856703",
}
BORN = {"birth_date": dt.date(1995, 2, 14)}
PHONE = {"phone": "+84372345678"}


def found(session: Session, **typed: Any) -> list[Lookalike]:
    return lookalikes(session, Traits(**typed))


@pytest.mark.parametrize(
    ("typed", "reasons", "strength"),
    [
        ({"full_name": "Đỗ Văn An", "id_number": "031195001234"}, {Reason.SAME_ID}, 4),
        ({"full_name": "Nguyễn Thị Hường", "old_id_number": "142856703"},
         {Reason.SAME_OLD_ID, Reason.SHORT_NAME}, 3),
        ({"full_name": "Đỗ Văn An", "old_id_number": "142856703"}, {Reason.SAME_OLD_ID}, 2),
        ({"full_name": "Nguyễn Thị Thu Hường", "id_number": "030195001234"},
         {Reason.NAME_AND_TAIL, Reason.NEAR_ID}, 3),
        ({"full_name": "Nguyễn Thị Thu Hường"} | BORN, {Reason.NAME_AND_BIRTH_DATE}, 3),
        ({"full_name": "Nguyễn Thị Thu Hường"} | PHONE, {Reason.NAME_AND_PHONE}, 3),
        ({"full_name": "Hường Nguyễn Thị Thu"} | BORN,
         {Reason.NAME_AND_BIRTH_DATE, Reason.SWAPPED_ORDER}, 3),
        ({"full_name": "nguyen thi thu huong"} | BORN,
         {Reason.NAME_AND_BIRTH_DATE, Reason.UNACCENTED}, 3),
        ({"full_name": "NGUYỄN THỊ THU HƯƠNG"} | BORN,
         {Reason.NAME_AND_BIRTH_DATE, Reason.OTHER_MARKS}, 2),
        ({"full_name": "Nguyễn Thị Thu Hường", "birth_date": dt.date(1985, 2, 14)},
         {Reason.NAME_AND_NEAR_DATE}, 1),
        ({"full_name": "Nguyễn Thị Thu Hường", "birth_date": dt.date(1985, 2, 14),
          "commune": "11560"}, {Reason.NAME_AND_NEAR_DATE}, 2),
        ({"full_name": "Nguyễn Thị Thu Hường", "birth_year": 1995},
         {Reason.NAME_AND_BIRTH_YEAR}, 2),
        ({"full_name": "Nguyễn Thị Thu Hường", "birth_date": dt.date(1995, 11, 30)},
         {Reason.NAME_AND_BIRTH_YEAR}, 1),
        ({"full_name": "Nguyễn Thị Thu Hườg"} | BORN, {Reason.NEAR_NAME_AND_BIRTH_DATE}, 2),
        ({"full_name": "Nguyễn Thị Thu Hừơng"} | BORN, {Reason.NAME_AND_BIRTH_DATE}, 3),
        ({"full_name": "Gnuyễn Thị Thu Hường"} | BORN, {Reason.NEAR_NAME_AND_BIRTH_DATE}, 2),
        ({"full_name": "Hường Ngyễn Thị Thu"} | BORN, {Reason.NEAR_NAME_AND_BIRTH_DATE}, 2),
        ({"full_name": "Nguyễn Thị Hường"} | BORN,
         {Reason.NEAR_NAME_AND_BIRTH_DATE, Reason.SHORT_NAME}, 2),
        ({"full_name": "Nguyễn Thị Thư Hườg"} | PHONE, {Reason.NEAR_NAME_AND_PHONE}, 2),
        ({"full_name": "Nguyễn Thị Thu Hườg", "birth_year": 1995},
         {Reason.NEAR_NAME_AND_BIRTH_YEAR}, 1),
        ({"full_name": "Nguyễn Văn Khoa"} | PHONE, {Reason.SAME_PHONE}, 1),
        ({"full_name": "Nguyễn Thị Thu Hường"}, {Reason.NAME_ALONE}, 1),
        ({"full_name": "Nguyễn Thị Thu Hường", "id_number": "001195887766"} | BORN,
         {Reason.NAME_AND_BIRTH_DATE, Reason.OTHER_ID}, 1),
        ({"full_name": "Nguyễn Thị Thu Hường", "typed_old_prefix": True} | PHONE,
         {Reason.NAME_AND_PHONE, Reason.OLD_PREFIX}, 3),
        ({"full_name": "Nguyễn Thị Thu Hường", "sex": Sex.MALE} | BORN,
         {Reason.NAME_AND_BIRTH_DATE}, 2),
        ({"full_name": "Nguyễn Thị Thu Hường"} | BORN | PHONE,
         {Reason.NAME_AND_BIRTH_DATE, Reason.NAME_AND_PHONE}, 3),
        ({"full_name": "Nguyễn Thị Thu Hường", "birth_year": 1996}, set(), 0),
        ({"full_name": "Trần Thị Thu Hà"} | BORN, set(), 0),
        ({"full_name": "Nguyễn Thị Thu Hườg", "birth_date": dt.date(1995, 11, 30)}, set(), 0),
        ({}, set(), 0),
    ],
    ids=lambda part: vietnamese.fold(str(part.get("full_name"))) if isinstance(part, dict) else "",
)  # fmt: skip
def test_who_is_found_and_why(
    session: Session, make_person: Make, typed: dict[str, Any], reasons: set[Reason], strength: int
) -> None:
    known = make_person(**HUONG)
    make_person(full_name="Phạm Văn Tuấn", birth_date=dt.date(1980, 6, 1), birth_year=1980)
    answers = found(session, **typed)
    assert {reason for one in answers for reason in one.reasons} == reasons
    assert [one.strength for one in answers] == ([strength] if strength else [])
    assert [one.person_id for one in answers] == ([known.id] if strength else [])


def test_the_surest_stands_first_and_five_are_enough(session: Session, make_person: Make) -> None:
    family = [make_person(full_name=f"Nguyễn Văn Nam {n}", **PHONE) for n in "abcdef"]
    namesake = make_person(
        full_name="Nguyễn Thị Thu Hường", birth_date=None, birth_year=1995, phone=None
    )
    same = make_person(**HUONG)
    answers = found(session, **HUONG)
    assert [one.person_id for one in answers[:2]] == [same.id, namesake.id]
    assert len(answers) == 5
    assert {one.person_id for one in answers[2:]} < {person.id for person in family}
    without = lookalikes(session, Traits(**HUONG), but=[same.id])
    assert without[0].person_id == namesake.id


def test_who_was_merged_is_found_and_who_stands_is_named(
    session: Session, make_person: Make
) -> None:
    first, second = make_person(**HUONG), make_person(full_name="Nguyễn Thị Hường", phone=None)
    third = make_person(full_name="Ng. T. Hường", phone=None)
    first.merged_into_id, second.merged_into_id = second.id, third.id
    answers = found(session, full_name="Nguyễn Thị Thu Hường", id_number="031195001234")
    assert [(one.person_id, one.through_id) for one in answers] == [(third.id, first.id)]
    assert lookalikes(session, Traits(**HUONG), but=[third.id]) == []


def test_a_common_name_without_birth_says_nothing(session: Session, make_person: Make) -> None:
    for year in range(1990, 1994):
        make_person(full_name="Nguyễn Văn Hùng", birth_date=None, birth_year=year)
    assert found(session, full_name="Nguyễn Văn Hùng") == []
    assert len(found(session, full_name="Nguyễn Văn Hùng", birth_year=1991)) == 1


NAMES = st.lists(
    st.sampled_from(["Nguyễn", "Thị", "Thu", "Hường", "Đỗ", "Văn", "Đức", "H'Hen", "Niê", "Mỹ"]),
    min_size=2, max_size=5,
).map(" ".join)  # fmt: skip
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2010, 12, 31))


@given(NAMES, DAYS, st.sampled_from(["NFC", "NFD"]), st.booleans(), st.randoms())
def test_one_person_written_in_any_way_is_alike(
    name: str, born: dt.date, form: str, is_bare: bool, draw: Any
) -> None:
    words = name.split()
    draw.shuffle(words)
    other = "  ".join(draw.choice([word, word.upper(), word.lower()]) for word in words)
    other = vietnamese.fold(other) if is_bare else unicodedata.normalize(form, other)
    one = Traits(full_name=name, birth_date=born)
    likeness = compare(one, Traits(full_name=other, birth_date=born))
    assert likeness is not None
    assert likeness.reasons[0] is Reason.NAME_AND_BIRTH_DATE
    assert likeness.strength is Strength.STRONG


@given(NAMES, NAMES, DAYS, DAYS)
def test_likeness_does_not_depend_on_who_came_first(
    name: str, other: str, day: dt.date, other_day: dt.date
) -> None:
    one, two = Traits(full_name=name, birth_date=day), Traits(full_name=other, birth_date=other_day)
    there, back = compare(one, two), compare(two, one)
    assert there == back
    if there is not None:
        assert there.slips <= MOST_SLIPS + 1


@given(DAYS, st.integers(0, 5))
def test_a_slip_in_a_date_is_one_from_both_sides(day: dt.date, place: int) -> None:
    slips = set(near_dates(day))
    assert day not in slips
    assert all(day in set(near_dates(slip)) for slip in list(slips)[: 3 + place])
