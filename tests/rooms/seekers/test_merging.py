"""Two files become one and two again: nothing is lost, nothing moved, and nobody is overlooked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Moved, Refused, Stale
from jobcenter.kernel.paging import Slice
from jobcenter.people import merging as people
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.likeness import Traits
from jobcenter.people.lookalikes import lookalikes
from jobcenter.people.models import Person, PersonMerge
from jobcenter.people.queries import agreed, identities, person_of_account
from jobcenter.people.rules import Identity, give_consent, withdraw_consent, write_identity
from jobcenter.seekers import merging, queries
from jobcenter.seekers.choices import FileState, Side
from jobcenter.seekers.models import Seeker, SeekerMerge
from jobcenter.seekers.queries import SeekerFilter

Make = Callable[..., Any]
BY = Actor(user_id=None, name="Trần Thu Hà", role="counsellor")
STAFF = Actor(user_id=None, name="", role="counsellor", rights=frozenset({"seekers.read"}))


def merge(session: Session, survivor: Seeker, loser: Seeker, **picks: str) -> SeekerMerge:
    return merging.merge(
        session,
        survivor=survivor,
        loser=loser,
        picks={name: Side(side) for name, side in picks.items()},
        seen=merging.stamp(survivor, loser),
        by=BY,
    )


def undo(session: Session, made: SeekerMerge) -> list[str]:
    left = merging.undo(session, made=made, by=BY)
    session.expire_all()
    return left


def state(session: Session, seeker: Seeker) -> dict[str, Any]:
    """Return everything that a file and its person hold, but versions and moments."""
    session.flush()
    session.expire_all()
    skipped = {"version", "changed_at", "created_at"}
    told = {
        f"{row.__tablename__}.{column.key}": getattr(row, column.key)
        for row in (seeker, seeker.person)
        for column in row.__table__.columns
        if column.key not in skipped
    }
    return told | {name: set(merging.rows_of(seeker, name)) for name in merging.LISTS}


@pytest.fixture
def two(make_seeker: Make) -> tuple[Seeker, Seeker]:
    """A file of last year, and one opened this year under another spelling."""
    old = make_seeker(
        person={
            "full_name": "NGUYEN THI HUONG", "id_number": None, "old_id_number": "142856703",
            "birth_date": None, "birth_year": 1995, "phone": "+84372345678",
            "email": "huong@vidu.example",
        },
        job="May áo", certificates=("Lái xe nâng",), general_education="thcs", pay_min=7_000_000,
        shifts=None, skills=None, wish="May công nghiệp", number="HS-2025-00007",
    )  # fmt: skip
    new = make_seeker(
        person={
            "full_name": "Nguyễn Thị Hương", "id_number": "031195001234",
            "birth_date": dt.date(1995, 2, 14), "birth_year": 1995, "phone": "+84912345678",
        },
        job="Đóng gói", certificates=("Lái xe nâng",), general_education="thpt",
        pay_min=8_000_000, wish="Đóng gói", number="HS-2026-00019",
    )  # fmt: skip
    return old, new


ALL = {"full_name": "take", "birth": "take", "id_number": "take", "phone": "take",
       "pay_min": "take", "general_education": "take", "shifts": "take", "skills": "take",
       "wishes": "take", "experiences": "both", "certificates": "both"}  # fmt: skip


def test_the_chosen_values_stay_and_the_undoing_brings_all_back(
    session: Session, two: tuple[Seeker, Seeker]
) -> None:
    old, new = two
    before = state(session, old), state(session, new)
    made = merge(session, old, new, **ALL)
    session.commit()
    assert old.person.full_name == "Nguyễn Thị Hương"
    assert (old.person.id_number, old.person.old_id_number) == ("031195001234", "142856703")
    assert old.person.email == "huong@vidu.example"
    assert old.pay_min == 8_000_000
    assert [wish.title for wish in old.wishes] == ["Đóng gói"]
    assert {job.position for job in old.experiences} == {"May áo", "Đóng gói"}
    assert [one.name for one in old.certificates] == ["Lái xe nâng"]
    assert new.person.merged_into_id == old.person_id
    assert undo(session, made) == []
    assert (state(session, old), state(session, new)) == before
    with pytest.raises(Refused):
        merging.undo(session, made=made, by=BY)


def test_the_undoing_leaves_what_was_changed_since_and_says_so(
    session: Session, two: tuple[Seeker, Seeker]
) -> None:
    old, new = two
    made = merge(session, old, new, **ALL)
    old.pay_min = 9_000_000
    old.person.phone = "+84987654321"
    old.wishes[0].title = "Kiểm hàng"
    session.flush()
    assert undo(session, made) == ["pay_min", "phone", "wishes"]
    assert (old.pay_min, old.person.phone) == (9_000_000, "+84987654321")
    assert old.person.full_name == "NGUYEN THI HUONG"
    assert (old.person.id_number, new.person.id_number_blind is not None) == (None, True)


def test_one_is_shown_and_both_are_found(session: Session, two: tuple[Seeker, Seeker]) -> None:
    old, new = two
    made = merge(session, old, new)

    def found(text: str) -> list[Seeker]:
        window = Slice(1, 20)
        return list(queries.listed(session, STAFF, SeekerFilter(text=text), window).items)

    asked = ("huong", "912345678", "031195001234", "142856703", "1234", "HS-2026-00019",
             "hs 2025-7", "")  # fmt: skip
    assert [found(text) for text in asked] == [[old]] * len(asked)
    assert queries.counted(session, STAFF)[FileState.LOOKING] == 1
    assert set(session.scalars(queries.shareable())) == {old.id}
    assert queries.by_number(session, "HS-2026-00019", STAFF) is old
    with pytest.raises(Moved) as moved:
        queries.one(session, new.key, STAFF)
    assert (moved.value.new, moved.value.params["number"]) == (old.key, "HS-2026-00019")
    with pytest.raises(Missing):  # nobody without the right learns that there was a merge
        queries.one(session, new.key, BY)
    typed = Traits(full_name="Đỗ Văn An", id_number="031195001234")
    assert [one.person_id for one in lookalikes(session, typed)] == [old.person_id]
    undo(session, made)
    assert found("HS-2026-00019") == [new]
    assert set(found("huong")) == {old, new}


def test_the_account_of_either_opens_the_file_that_stays(
    session: Session, two: tuple[Seeker, Seeker], make_user: Make
) -> None:
    old, new = two
    user = make_user("seeker", person=new.person)
    made = merge(session, old, new)
    assert person_of_account(session, user.id) == old.person_id
    undo(session, made)
    assert person_of_account(session, user.id) == new.person_id


def test_a_no_of_either_record_wins_and_a_new_yes_counts(
    session: Session, two: tuple[Seeker, Seeker]
) -> None:
    old, new = two
    withdraw_consent(session, person=new.person, purpose=Purpose.PUBLISH, by=BY)
    withdraw_consent(session, person=old.person, purpose=Purpose.INTRODUCE, by=BY)
    give_consent(session, person=new.person, purpose=Purpose.KEEP, way=Way.PHONE, evidence="",
                 by=BY)  # fmt: skip
    before = agreed(session, old.person_id), agreed(session, new.person_id)
    assert people.conflicting(session, old.person, new.person) == {
        Purpose.PUBLISH, Purpose.INTRODUCE,
    }  # fmt: skip
    made = merge(session, old, new)
    assert agreed(session, old.person_id) == {Purpose.REGISTER, Purpose.KEEP}
    assert old.id not in set(session.scalars(queries.shown()))
    with clock.frozen(clock.now() + dt.timedelta(seconds=1)):
        give_consent(session, person=old.person, purpose=Purpose.PUBLISH, way=Way.COUNTER,
                     evidence="", by=BY)  # fmt: skip
        assert old.id in set(session.scalars(queries.shown()))
        # the no that is said after the merge outlives its undoing
        withdraw_consent(session, person=old.person, purpose=Purpose.INTRODUCE, by=BY)
        withdraw_consent(session, person=old.person, purpose=Purpose.KEEP, by=BY)
    undo(session, made)
    assert agreed(session, old.person_id) == before[0]
    assert agreed(session, new.person_id) == {Purpose.REGISTER}


def test_three_records_are_one_in_any_order_and_never_a_circle(
    session: Session, two: tuple[Seeker, Seeker], make_seeker: Make
) -> None:
    (a, b), c = two, make_seeker(person={"full_name": "Nguyễn Hương"}, pay_min=6_000_000)
    before = [state(session, one) for one in (a, b, c)]
    first = merge(session, b, a, pay_min="take", phone="take")
    second = merge(session, c, b, pay_min="take", phone="take", id_number="take")
    assert identities(session, a.person_id) == (c.person_id, a.person_id, b.person_id)
    assert queries.files_of(session, a) == (c.id, *sorted((a.id, b.id)))
    assert queries.by_number(session, a.number, STAFF) is c
    assert c.pay_min == 7_000_000
    for survivor, loser in ((a, c), (c, a), (b, c), (c, c)):
        with pytest.raises(Refused):
            merge(session, survivor, loser)
    with pytest.raises(Refused, match="lần gộp sau"):
        merging.undo(session, made=first, by=BY)
    undo(session, second)
    undo(session, first)
    assert [state(session, one) for one in (a, b, c)] == before


def test_two_merges_into_one_file_are_undone_in_either_order(
    session: Session, two: tuple[Seeker, Seeker], make_seeker: Make
) -> None:
    (a, b), c = two, make_seeker(person={"full_name": "Nguyễn Hương"}, pay_min=6_000_000)
    before = [state(session, one) for one in (a, b, c)]
    for order in ((0, 1), (1, 0)):
        made = [
            merge(session, a, b, pay_min="take", phone="take", wishes="take"),
            merge(session, a, c, pay_min="take", phone="take", wishes="take"),
        ]
        for n in order:
            assert undo(session, made[n]) == []
        assert [state(session, one) for one in (a, b, c)] == before


def test_the_id_of_a_merged_record_stays_one_persons(
    session: Session, two: tuple[Seeker, Seeker], make_person: Make
) -> None:
    old, new = two
    made = merge(session, old, new)  # the ID stays on the record that went
    other = make_person(full_name="Đỗ Văn An")
    with pytest.raises(Refused):
        write_identity(session, other, _identity(other, id_number="031195001234"))
    session.refresh(other)
    write_identity(session, old.person, _identity(old.person, id_number="031195001234"))
    session.flush()
    assert old.person.id_number_blind is not None
    with pytest.raises(Refused, match="đang giữ số CCCD"):
        merging.undo(session, made=made, by=BY)
    session.rollback()


def _identity(person: Person, **changes: Any) -> Any:
    names = people.PARTS
    columns = [name for part in names for name in names[part]]
    return Identity(**{name: getattr(person, name) for name in columns} | changes)


def test_what_was_compared_must_still_stand(session: Session, two: tuple[Seeker, Seeker]) -> None:
    old, new = two
    seen = merging.stamp(old, new)
    new.person.phone = "+84987654321"
    session.flush()
    with pytest.raises(Stale):
        merging.merge(session, survivor=old, loser=new, picks={}, seen=seen, by=BY)
    assert session.scalars(select(PersonMerge)).all() == []


def test_sensitive_data_come_over_only_with_a_yes(
    session: Session, two: tuple[Seeker, Seeker]
) -> None:
    old, new = two
    new.health, new.person.ethnicity = "Tốt", "Tày"
    session.flush()
    assert "sensitive" not in {part.name for part in merging.parts(session, old, new)}
    made = merge(session, old, new, sensitive="take")
    assert (old.health, old.person.ethnicity) == (None, None)
    undo(session, made)
    give_consent(session, person=new.person, purpose=Purpose.SENSITIVE, way=Way.PAPER,
                 evidence="", by=BY)  # fmt: skip
    assert "sensitive" in {part.name for part in merging.parts(session, old, new)}
    made = merge(session, old, new, sensitive="take")
    assert (old.health, old.person.ethnicity) == ("Tốt", "Tày")
    undo(session, made)
    assert (old.health, old.person.ethnicity) == (None, None)


def test_the_fuller_or_newer_value_is_proposed(
    session: Session, two: tuple[Seeker, Seeker]
) -> None:
    old, new = two
    new.changed_at = clock.now() + dt.timedelta(hours=1)
    session.flush()
    told = {part.name: part.preset.value for part in merging.parts(session, old, new)}
    assert told["full_name"] == "take"  # with its marks
    assert told["birth"] == "take"  # a day, not the year alone
    assert told["id_number"] == "take"
    assert told["old_id_number"] == "keep"
    assert told["pay_min"] == "take"  # the newer
    assert told["experiences"] == "both"
    assert "ethnicity" not in told
    assert next(p for p in merging.parts(session, old, new) if p.name == "state").is_same
