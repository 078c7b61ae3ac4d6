"""Two counters at the same moment: one new person is one record, and a merge is made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.people.entry import find_or_write
from jobcenter.people.models import Person, PersonMerge
from jobcenter.people.rules import Identity
from jobcenter.seekers import merging
from jobcenter.seekers.models import Seeker
from tests.support.together import together

Make = Callable[..., Any]
BY = Actor(user_id=None, name="Trần Thu Hà", role="counsellor")
BORN = dt.date(1988, 10, 3)


@pytest.mark.parametrize(
    "told",
    [
        # by the ID, one with a wrong name; by the old number; by name, birth date and phone
        [Identity(full_name="Đỗ Văn Đức", id_number="031088001234"),
         Identity(full_name="DO VAN DUC", id_number="031 088 001 234", birth_year=1988),
         Identity(full_name="Đỗ Đức", id_number="０３１０８８００１２３４")],
        [Identity(full_name="Đỗ Văn Đức", old_id_number="142856703", birth_date=BORN),
         Identity(full_name="Đỗ Văn Đức", id_number="142856703", birth_date=BORN)],
        [Identity(full_name="Đỗ Văn Đức", birth_date=BORN, phone="0372345678"),
         Identity(full_name="đỗ  văn đức", birth_date=BORN, phone="0167 234 5678")] * 2,
    ],
)  # fmt: skip
def test_one_new_person_at_several_counters_is_one_record(
    session: Session, told: list[Identity]
) -> None:
    session.commit()

    def write(identity: Identity) -> Callable[[Session], tuple[int, bool]]:
        def act(own: Session) -> tuple[int, bool]:
            found = find_or_write(own, identity=identity, by=BY)
            return found.person.id, found.is_new

        return act

    answers = together(session.get_bind(), [write(identity) for identity in told])
    assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert len({person for person, _is_new in answers}) == 1
    assert sorted(is_new for _person, is_new in answers) == [False] * (len(told) - 1) + [True]


@pytest.mark.parametrize("ways", [(0, 1, 0), (0, 1, 2)])
def test_two_files_are_merged_once_and_never_into_a_circle(
    session: Session, make_seeker: Make, ways: tuple[int, ...]
) -> None:
    """The same two, this way or that, by several at once; and one of them with a third."""
    files = [make_seeker() for _n in range(3)]
    session.commit()
    ids = [file.id for file in files]

    def act(first: int, second: int) -> Callable[[Session], int]:
        def merge(own: Session) -> int:
            survivor, loser = own.get_one(Seeker, ids[first]), own.get_one(Seeker, ids[second])
            seen = merging.stamp(survivor, loser)
            made = merging.merge(
                own, survivor=survivor, loser=loser, picks={}, seen=seen, by=BY
            )  # fmt: skip
            return made.id

        return merge

    pairs = [(ways[n], ways[(n + 1) % len(ways)]) for n in range(len(ways))]
    acts = [act(*pair) for pair in pairs if pair[0] != pair[1]]
    answers = together(session.get_bind(), acts * 2)
    session.expire_all()
    done = [one for one in answers if isinstance(one, int)]
    assert done
    assert all(isinstance(one, int | Refused) for one in answers), answers
    merged = session.scalars(select(Person).where(Person.merged_into_id.is_not(None))).all()
    assert len(merged) == len(done)
    assert session.scalar(select(func.count()).select_from(PersonMerge)) == len(done)
    standing = set(session.scalars(select(Person.id).where(Person.merged_into_id.is_(None))))
    for person in merged:
        steps, at = 0, person
        while at.merged_into_id is not None:
            at, steps = session.get_one(Person, at.merged_into_id), steps + 1
            assert steps < len(files), "a circle"
        assert at.id in standing
