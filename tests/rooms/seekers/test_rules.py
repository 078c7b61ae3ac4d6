"""Files are opened with consent, changed with every field named, and moved by the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused, Stale
from jobcenter.kernel.moves import MoveRefused
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.entry import LooksLike
from jobcenter.people.likeness import Traits
from jobcenter.people.models import Person
from jobcenter.people.queries import agreed
from jobcenter.people.rules import Identity, give_consent
from jobcenter.seekers import rules
from jobcenter.seekers.choices import FILE_MOVES, FileState
from jobcenter.seekers.duplicates import known_as
from jobcenter.seekers.models import Seeker, Wish
from jobcenter.seekers.queries import QUESTIONS, blank
from jobcenter.seekers.rules import (
    ExperienceData,
    FileData,
    GroupData,
    LanguageData,
    SensitiveData,
    WishData,
)

Make = Callable[..., Any]
BY = Actor(user_id=None, name="Trần Thu Hà", role="counsellor")
HUONG = Identity(full_name="Nguyễn Thị Hương", birth_year=1995, phone="0912 345 678")
FILE = FileData(general_education="thcs", shifts=("office",), wishes=(WishData(title="May"),))


def register(session: Session, **changes: Any) -> Seeker:
    words = {"identity": HUONG, "file": FILE, "consents": {Purpose.REGISTER}, "way": Way.COUNTER}
    return rules.register(session, **words | {"by": BY} | changes)


def test_registering_numbers_agrees_and_tells_the_ledger(session: Session) -> None:
    with clock.frozen(dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)):
        first = register(session, evidence="Phiếu 12")
        second = register(session, identity=replace(HUONG, full_name="Đỗ Văn An"))
    assert [first.number, second.number] == ["HS-2026-00001", "HS-2026-00002"]
    assert first.state is FileState.NEW
    assert first.person.phone == "+84912345678"
    assert agreed(session, first.person_id) == {Purpose.REGISTER}
    actions = session.scalars(select(LedgerEntry.action).order_by(LedgerEntry.id)).all()
    assert actions[:2] == ["give-consent", "register-seeker"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consents": {Purpose.PUBLISH}}, "consents"),
        ({"identity": replace(HUONG, birth_year=2015)}, "birth"),
        ({"identity": replace(HUONG, phone="0912 345 67")}, "phone"),
        ({"identity": replace(HUONG, current_commune="00000")}, "current_commune"),
        ({"identity": replace(HUONG, ethnicity="Tày")}, None),
        ({"file": replace(FILE, general_education="phd")}, "general_education"),
        ({"file": replace(FILE, shifts=("office", "never"))}, "shifts"),
        ({"file": replace(FILE, parks=("atlantis",))}, "parks"),
        ({"file": replace(FILE, wishes=(WishData(title="May", occupation_code="9z"),))}, None),
        ({"file": replace(FILE, wishes=(WishData(title="May"),) * 4)}, None),
        ({"file": replace(FILE, languages=(LanguageData(language="Anh"),) * 2)}, None),
        ({"file": replace(FILE, pay_min=9_000_000, pay_wanted=8_000_000)}, "pay_wanted"),
        (
            {
                "file": replace(
                    FILE,
                    experiences=(
                        ExperienceData(
                            position="May",
                            started_on=dt.date(2022, 5, 1),
                            ended_on=dt.date(2022, 4, 30),
                        ),
                    ),
                )
            },
            None,
        ),
    ],
)
def test_what_cannot_be_written_is_refused_at_its_field(
    session: Session, changes: dict[str, Any], field: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        register(session, **changes)
    assert refused.value.field == field


def test_fifteen_is_counted_to_the_day(session: Session) -> None:
    with clock.frozen(dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)):
        young = replace(HUONG, birth_date=dt.date(2011, 11, 24), birth_year=None)
        with pytest.raises(Refused):
            register(session, identity=young)
        register(session, identity=replace(young, birth_date=dt.date(2011, 11, 23)))


def test_an_id_belongs_to_one_person(session: Session) -> None:
    number = "031195001234"
    register(session, identity=replace(HUONG, id_number=number))
    with pytest.raises(Refused) as refused:
        register(session, identity=replace(HUONG, full_name="Đỗ Văn An", id_number=number))
    assert refused.value.field == "id_number"


def test_a_change_names_its_fields_and_raises_the_version(session: Session) -> None:
    seeker = register(session)
    before = seeker.version
    wishes = (WishData(title="May"), WishData(title="Đóng gói", occupation_code="8153"))
    changed = rules.change(
        session,
        seeker=seeker,
        identity=replace(HUONG, email="huong@example.com"),
        file=replace(FILE, pay_min=8_500_000, wishes=wishes),
        version=before,
        by=BY,
    )
    assert sorted(changed) == ["email", "pay_min", "wishes"]
    assert seeker.version > before
    assert [(w.rank, w.title) for w in seeker.wishes] == [(1, "May"), (2, "Đóng gói")]
    last = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert last is not None
    assert last.details == {"fields": ["email", "pay_min", "wishes"]}


def test_only_a_child_or_the_person_changed_and_still_the_second_editor_is_told(
    session: Session,
) -> None:
    seeker, zalo = register(session), replace(HUONG, zalo="0912345678")
    for identity, file in [
        (zalo, FILE),
        (zalo, replace(FILE, wishes=(WishData(title="Hàn"),))),
    ]:
        seen = seeker.version
        words: dict[str, Any] = {"seeker": seeker, "version": seen, "by": BY}
        rules.change(session, identity=identity, file=file, **words)
        with pytest.raises(Stale):
            rules.change(session, identity=HUONG, file=FILE, **words)


def test_nothing_changed_leaves_no_trace(session: Session) -> None:
    seeker = register(session)
    session.commit()
    seen, lines = seeker.version, len(session.scalars(select(LedgerEntry)).all())
    words: dict[str, Any] = {"identity": HUONG, "file": FILE, "version": seen, "by": BY}
    assert rules.change(session, seeker=seeker, **words) == []
    assert seeker.version == seen
    assert len(session.scalars(select(LedgerEntry)).all()) == lines


def test_replaced_rows_leave_no_orphans(session: Session) -> None:
    seeker = register(session)
    rules.change(session, seeker=seeker, identity=HUONG, file=FileData(), version=None, by=BY)
    assert session.scalars(select(Wish)).all() == []
    assert blank(seeker) == list(QUESTIONS)


def test_sensitive_data_need_their_own_consent_and_stay_out_of_the_ledger(
    session: Session,
) -> None:
    seeker = register(session)
    data = SensitiveData(ethnicity="Tày", height_cm="155", target_groups=(GroupData(code="HN"),))
    words: dict[str, Any] = {"seeker": seeker, "data": data, "version": None, "by": BY}
    with pytest.raises(Refused):
        rules.change_sensitive(session, **words)
    give_consent(
        session, person=seeker.person, purpose=Purpose.SENSITIVE, way=Way.PAPER, evidence="", by=BY
    )
    changed = rules.change_sensitive(session, **words)
    assert sorted(changed) == ["ethnicity", "height_cm", "target_groups"]
    told = [str(entry.details) for entry in session.scalars(select(LedgerEntry))]
    assert not any("Tày" in text or "155" in text or "HN" in text for text in told)
    rules.change(session, seeker=seeker, identity=HUONG, file=FILE, version=None, by=BY)
    assert seeker.person.ethnicity == "Tày"


@pytest.mark.parametrize("state", list(FileState))
@pytest.mark.parametrize("verb", list(FILE_MOVES.table))
def test_a_file_moves_as_the_table_says(
    session: Session, make_seeker: Make, state: FileState, verb: str
) -> None:
    seeker = make_seeker(state=state)
    start, end = FILE_MOVES.table[verb]
    if state in start:
        rules.move(session, seeker=seeker, verb=verb, by=BY)
        assert seeker.state is end
    else:
        with pytest.raises(MoveRefused):
            rules.move(session, seeker=seeker, verb=verb, by=BY)


def test_an_unknown_verb_is_refused(session: Session, make_seeker: Make) -> None:
    with pytest.raises(Refused):
        rules.move(session, seeker=make_seeker(), verb="erase", by=BY)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ({"full_name": "nguyen thi huong", "phone": "+84912345678"}, True),
        ({"full_name": "Nguyễn Thị Hường", "birth_year": 1995}, True),
        ({"full_name": "Nguyễn Thị Hương", "birth_year": 1996}, False),
        ({"full_name": "Trần Văn Ba", "id_number": "031195001234"}, True),
        ({"full_name": "", "id_number": "031195001235"}, False),
    ],
)
def test_lookalikes(session: Session, typed: dict[str, Any], is_found: bool) -> None:
    seeker = register(session, identity=replace(HUONG, id_number="031195001234"))
    staff = Actor(user_id=1, name="", role="counsellor", rights=frozenset({"seekers.read"}))
    found = known_as(session, staff, Traits(**typed))
    assert [one.seeker for one in found] == ([seeker] if is_found else [])
    assert known_as(session, BY, Traits(**typed)) == []  # without the right, nobody is seen


def test_whoever_looks_alike_is_asked_about_before_a_second_file(session: Session) -> None:
    first = register(session, identity=replace(HUONG, birth_date=dt.date(1995, 2, 14)))
    alike = replace(HUONG, full_name="Nguyễn Thị Hường", birth_date=dt.date(1995, 2, 14))
    with pytest.raises(LooksLike) as asked:
        register(session, identity=alike)
    assert asked.value.people == [first.person_id]
    same = replace(alike, phone="+84 912 345 678", full_name="  NGUYEN thi   huong ")
    with pytest.raises(Refused, match=first.number):
        register(session, identity=same)
    second = register(session, identity=alike, others=asked.value.people)
    assert second.person_id != first.person_id
    with pytest.raises(LooksLike):  # without marks it may be either
        register(session, identity=same)


def test_a_known_person_without_a_file_gets_theirs(session: Session, make_person: Make) -> None:
    known = make_person(full_name="Nguyễn Thị Hương", birth_date=None, birth_year=1995)
    with pytest.raises(LooksLike):
        register(session)
    seeker = register(session, same=known.id)
    assert seeker.person is known
    assert session.scalars(select(Person)).all() == [known]


def test_a_refused_registration_leaves_no_person_and_no_gap(session: Session) -> None:
    with pytest.raises(Refused):
        register(session, file=replace(FILE, general_education="phd"))
    session.rollback()
    assert session.scalars(select(Person)).all() == []
    assert register(session).number.endswith("-00001")
