"""Who is in the register twice, found over the whole of it; and what a human says of it stays."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jobcenter.kernel.actor import Actor
from jobcenter.kernel.paging import Slice
from jobcenter.people.choices import Reason, Strength
from jobcenter.people.likeness import compare
from jobcenter.people.lookalikes import traits_of
from jobcenter.people.models import Person, SuspectedPair
from jobcenter.people.rules import Identity, write_identity
from jobcenter.people.suspects import find_suspects, say_apart
from jobcenter.seekers.duplicates import suspicions

Make = Callable[..., Any]
BY = Actor(user_id=None, name="Trần Thu Hà", role="counsellor")
STAFF = Actor(user_id=None, name="", role="counsellor", rights=frozenset({"seekers.read"}))


def pairs(session: Session) -> set[tuple[int, int]]:
    session.commit()  # the register is read in a transaction of its own
    find_suspects(session)
    rows = session.scalars(select(SuspectedPair).where(SuspectedPair.apart_at.is_(None)))
    return {(row.first_id, row.second_id) for row in rows}


NAMES = ("Nguyễn Thị Thu Hường", "Nguyễn Thị Thu Hương", "Hường Nguyễn Thị Thu", "Nguyen Thi Hưong",
         "Nguyễn Thị Thu Hườg", "Trần Văn Nam", "Trần Văn Năm", "Trân Nam")  # fmt: skip
DAYS = (dt.date(1995, 2, 1), dt.date(1995, 1, 2), dt.date(1985, 2, 1), dt.date(1990, 7, 7), None)
PEOPLE = st.builds(
    Identity,
    full_name=st.sampled_from(NAMES),
    birth_date=st.sampled_from(DAYS),
    birth_year=st.sampled_from((1995, 1990, None)),
    phone=st.sampled_from(("0912345678", "0987654321", None)),
    current_commune=st.sampled_from(("11560", "11557")),
    old_id_number=st.sampled_from(("142856703", None, None, None)),
)


@given(st.lists(PEOPLE, max_size=9))
@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_the_batch_finds_what_comparing_everybody_finds(
    session: Session, told: list[Identity]
) -> None:
    session.execute(delete(SuspectedPair))
    session.execute(delete(Person))
    for identity in told:
        person = Person(full_name=identity.full_name)
        write_identity(session, person, identity)
        session.add(person)
    session.flush()
    people = session.scalars(select(Person).order_by(Person.id)).all()
    everybody = {
        (one.id, other.id)
        for one, other in itertools.combinations(people, 2)
        if is_worth_a_look(one, other)
    }
    assert pairs(session) == everybody
    session.execute(delete(SuspectedPair))
    session.execute(delete(Person))
    session.commit()


def is_worth_a_look(one: Person, other: Person) -> bool:
    """Say whether the pair should be listed: a year alone is shared by too many namesakes."""
    found = compare(traits_of(one), traits_of(other))
    if found is None or found.strength is Strength.WEAK:
        return False
    is_year_alone = found.reasons[0] is Reason.NAME_AND_BIRTH_YEAR
    return not is_year_alone or one.current_commune == other.current_commune


@pytest.fixture
def two(make_seeker: Make) -> tuple[Any, Any]:
    born = {"birth_date": dt.date(1995, 2, 14), "birth_year": 1995}
    return (
        make_seeker(person={"full_name": "Nguyễn Thị Hường"} | born),
        make_seeker(person={"full_name": "NGUYEN THI HUONG"} | born),
    )


def test_a_pair_said_to_be_two_people_is_not_shown_again(
    session: Session, two: tuple[Any, Any]
) -> None:
    assert len(pairs(session)) == 1
    page = suspicions(session, STAFF, Slice(1, 20))
    assert [(row.first, row.second) for row in page.items] == [two]
    assert suspicions(session, BY, Slice(1, 20)).total == 0  # without the right, nobody is seen
    say_apart(session, pair=page.items[0].pair, by=BY)
    say_apart(session, pair=page.items[0].pair, by=BY)
    assert pairs(session) == set()
    assert suspicions(session, STAFF, Slice(1, 20)).total == 0


def test_a_pair_alike_no_more_leaves_and_so_does_a_merged_one(
    session: Session, two: tuple[Any, Any], make_seeker: Make
) -> None:
    assert len(pairs(session)) == 1
    two[1].person.full_name, two[1].person.search = "Đỗ Văn An", " do van an"
    two[1].person.name_key = "an do van"
    assert pairs(session) == set()
    third = make_seeker(
        person={
            "full_name": "Nguyễn Thị Hường",
            "birth_date": dt.date(1995, 2, 14),
            "birth_year": 1995,
        }
    )
    assert pairs(session) == {(two[0].person_id, third.person_id)}
    third.person.merged_into_id = two[0].person_id
    assert pairs(session) == set()
