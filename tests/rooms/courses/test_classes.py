"""Programmes, classes and timetables: what is planned holds, sizes warn, places block."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.catalogue.choices import DayKind
from jobcenter.catalogue.models import CalendarDay
from jobcenter.catalogue.rules import touch
from jobcenter.courses import classes, queries, rules, timetable
from jobcenter.courses.choices import CLASS_MOVES, ClassState, RoomKind, SessionKind
from jobcenter.courses.data import ClassData, ModuleData, ProgrammeData, SkillData
from jobcenter.courses.models import ClassSession
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Missing, NotAllowed, Refused, Stale
from jobcenter.kernel.paging import Slice

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
COUNSELLOR = Actor(None, "Hà", "counsellor", RIGHTS[Role.COUNSELLOR])
MONDAY = dt.date(2026, 10, 5)


def data(**changed: Any) -> ClassData:
    return ClassData(
        **{
            "code": "sc-dcn-k12",
            "name": "Sơ cấp Điện công nghiệp K12",
            "starts_on": MONDAY,
            "ends_on": dt.date(2027, 1, 22),
            "places": 30,
            "funding": "self-paid",
            "weekdays": ("4", "0", "2"),
            "starts_at": dt.time(18),
            "ends_at": dt.time(20, 30),
            "session_hours": 3,
        }
        | changed
    )


def test_a_programme_has_a_dated_curriculum_that_classes_keep(session: Session) -> None:
    programme = rules.add_programme(
        session,
        data=ProgrammeData(
            code="sc-han",
            type="so-cap-1",
            name_vi="Hàn",
            skills=[SkillData(name="Hàn MAG", occupation_code="7212")],
        ),
        by=BY,
    )
    modules = [ModuleData(code="MD01", name="Hàn hồ quang", theory_hours=75, practice_hours=225)]
    first = rules.set_curriculum(
        session, programme=programme, valid_from=dt.date(2026, 1, 1), decision="1/QĐ",
        modules=modules, by=BY,
    )  # fmt: skip
    assert (first.hours, first.theory_hours) == (300, 75)
    course = classes.plan(session, programme=programme, data=data(), by=BY)
    assert (course.code, course.weekdays) == ("SC-DCN-K12", ("0", "2", "4"))
    assert course.curriculum_id == first.id
    later = rules.set_curriculum(
        session, programme=programme, valid_from=dt.date(2027, 1, 1), decision="2/QĐ",
        modules=modules, by=BY,
    )  # fmt: skip
    assert course.curriculum_id == first.id != later.id
    with pytest.raises(Refused, match="Đã có lớp"):
        rules.set_curriculum(
            session, programme=programme, valid_from=first.valid_from, decision="3/QĐ",
            modules=modules, by=BY,
        )  # fmt: skip
    assert list(queries.programmes_for(session, ["72123"])) == [programme.id]
    assert list(queries.programmes_for(session, ["8"])) == []
    with pytest.raises(NotAllowed):
        classes.plan(session, programme=programme, data=data(code="x"), by=COUNSELLOR)


def test_rules_of_a_type_carry_dates_and_only_warn(session: Session, make_class: Make) -> None:
    rule = queries.rule_of(session, "so-cap-1", on=MONDAY)
    assert rule is not None
    assert (rule.hours_least, rule.theory_most, rule.pass_mark) == (300, 25, 50)
    assert rule.grades[0] == "90:excellent"
    course = make_class(places=36, taken=0)
    assert [bound for bound, _words in classes.size_warnings(session, course)] == [35, 18]
    assert {bound for bound, _words in classes.curriculum_warnings(session, course)} == {3}
    counting = queries.plan_types(session, 2020)
    assert {"so-cap-1", "under-3-months", "partner"} <= counting
    assert not {f"safety-{n}" for n in range(1, 7)} & counting


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": dt.date(2026, 10, 1)}, "ends_on"),
        ({"ends_on": dt.date(2036, 10, 1)}, "ends_on"),
        ({"places": 0}, "places"),
        ({"places": 501}, "places"),
        ({"ends_at": None}, "ends_at"),
        ({"ends_at": dt.time(17)}, "ends_at"),
        ({"funding": "gold"}, "funding"),
        ({"funding": ""}, "funding"),
        ({"ordered": 20}, "enterprise"),
        ({"enterprise_id": 99_999}, "enterprise"),
        ({"trainer_id": 99_999}, "trainer"),
        ({"commune_code": "00000"}, "commune"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    session: Session, make_programme: Make, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        classes.plan(session, programme=make_programme(), data=data(**changed), by=BY)
    assert refused.value.field == field


def test_a_class_moves_by_its_table_and_its_places_block(
    session: Session, make_class: Make, make_programme: Make
) -> None:
    course = classes.plan(session, programme=make_programme(), data=data(), by=BY)
    with pytest.raises(Refused, match="mã này"):
        classes.plan(session, programme=course.programme, data=data(), by=BY)
    for verb in ("open", "start", "finish", "resume", "finish", "close"):
        classes.move(session, course=course, verb=verb, by=BY)
    assert course.state is ClassState.CLOSED
    with pytest.raises(Refused):
        classes.change(session, course=course, data=data(), version=None, by=BY)
    for verb, (start, _end) in CLASS_MOVES.table.items():
        for state in set(ClassState) - start:
            with pytest.raises(Refused):
                CLASS_MOVES.after(verb, state)
    full = make_class(places=10, taken=8)
    with pytest.raises(Refused) as refused:
        classes.change(
            session, course=full, data=data(code=full.code, places=7), version=None, by=BY
        )
    assert refused.value.field == "places"
    with pytest.raises(Refused, match="Còn 8 người"):
        classes.move(session, course=full, verb="cancel", reason="Ít người", by=BY)
    with pytest.raises(Stale):
        classes.change(session, course=full, data=data(code=full.code), version=99, by=BY)
    empty = make_class()
    with pytest.raises(Refused) as refused:
        classes.move(session, course=empty, verb="cancel", by=BY)
    assert refused.value.field == "reason"
    classes.move(session, course=empty, verb="cancel", reason="Ít người", by=BY)
    assert (empty.state, empty.cancel_reason) == (ClassState.CANCELLED, "Ít người")


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE training_class SET taken = places + 1",
        "UPDATE training_class SET taken = -1",
        "UPDATE training_class SET state = 'cancelled'",
        "UPDATE training_class SET ordered = 5",
        "UPDATE training_class SET ends_on = '2000-01-01'",
        "UPDATE programme SET partner = 'Đại học Luật'",
    ],
)
def test_the_database_says_the_same(session: Session, make_class: Make, wrong: str) -> None:
    make_class()
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(wrong))


def test_a_timetable_is_made_over_the_calendar_and_mended(
    session: Session, make_class: Make
) -> None:
    course = make_class(starts_on=MONDAY, ends_on=dt.date(2027, 1, 22))
    session.add(
        CalendarDay(day=dt.date(2026, 10, 9), kind=DayKind.OFF, name_vi="Nghỉ", name_en="Off")
    )
    touch(session)
    made = timetable.make(session, course=course, by=BY)
    rows = queries.sessions_of(session, course)
    assert made.count == len(rows)
    assert sum(one.hours for one in rows) == course.curriculum.hours == 300
    assert made.skipped[0] == dt.date(2026, 10, 9)
    assert {one.day.weekday() for one in rows} == {0, 2, 4}
    assert not {one.day for one in rows} & set(made.skipped)
    kinds = [one.kind for one in rows]
    assert kinds[:8] == [SessionKind.THEORY] * 7 + [SessionKind.PRACTICE]

    gone = rows[2]
    timetable.cancel(session, course=course, one=gone, reason="Giáo viên ốm", by=BY)
    day = timetable.next_day(session, course)
    assert day > rows[-1].day
    what = timetable.SessionData(
        day=day, starts_at=dt.time(18), ends_at=dt.time(20, 30), kind=gone.kind, hours=gone.hours,
        module_id=gone.module_id,
    )  # fmt: skip
    made_up = timetable.add(session, course=course, data=what, makes_up=gone, by=BY)
    with pytest.raises(Refused, match="đã có buổi học bù"):
        timetable.add(session, course=course, data=what, makes_up=gone, by=BY)
    after = queries.sessions_of(session, course)
    assert sum(one.hours for one in after if one.cancelled_at is None) == 300
    assert gone.id not in timetable.numbered(after)
    assert timetable.numbered(after)[made_up.id] == made.count

    # anew from a day on: what is before it, cancelled or made up stays, the hours still add up
    timetable.make(session, course=course, start=dt.date(2026, 11, 2), by=BY)
    again = queries.sessions_of(session, course)
    assert {gone.id, made_up.id} <= {one.id for one in again}
    assert sum(one.hours for one in again if one.cancelled_at is None) == 300


def test_two_classes_with_one_trainer_or_room_at_one_hour_are_told(
    session: Session, make_class: Make
) -> None:
    trainer = rules.add_trainer(session, name="Ngô Đình Phúc", phone="0912 345 678", by=BY)
    room = rules.add_room(session, name="Xưởng điện 2", kind=RoomKind.WORKSHOP, seats=20, by=BY)
    one = make_class(trainer_id=trainer.id, starts_on=MONDAY)
    two = make_class(trainer_id=trainer.id, room_id=room.id, starts_on=MONDAY, weekdays=("0",))
    for course in (one, two):
        timetable.make(session, course=course, by=BY)
    found = timetable.clashes(session, two)
    assert {(c.what, c.other.course.code) for c in found} == {("trainer", one.code)}
    assert len(found) == len({c.mine.day for c in found}) > 5
    assert [w for _n, w in classes.size_warnings(session, two)][-1].startswith("Phòng chỉ có")
    later = make_class(trainer_id=trainer.id, starts_on=MONDAY, starts_at=dt.time(20, 30),
                       ends_at=dt.time(22))  # fmt: skip
    timetable.make(session, course=later, by=BY)
    assert timetable.clashes(session, later) == []
    row = session.scalars(select(ClassSession).where(ClassSession.class_id == later.id)).first()
    assert row is not None
    with pytest.raises(Refused, match="Cần ghi lý do"):
        timetable.cancel(session, course=later, one=row, reason=" ", by=BY)


def test_who_reads_which_classes(session: Session, make_class: Make, make_enterprise: Make) -> None:
    firm = make_enterprise()
    ours = make_class(enterprise_id=firm.id, contract_number="12/HĐ", ordered=70, places=80)
    open_one, planned = make_class(), make_class(state=ClassState.PLANNED)
    own = Actor(1, "Đức", "enterprise-user", RIGHTS[Role.ENTERPRISE_USER], firm.id)
    seeker = Actor(1, "Hường", "seeker", RIGHTS[Role.SEEKER], person_id=1)
    everything = queries.ClassFilter()
    for actor, wanted in (
        (COUNSELLOR, {ours.id, open_one.id, planned.id}), (own, {ours.id}), (seeker, {open_one.id}),
        (Actor(1, "Tùng", "administrator", RIGHTS[Role.ADMINISTRATOR]), set()),
    ):  # fmt: skip
        page = queries.listed(session, actor, everything, Slice())
        assert {row.id for row in page.items} == wanted
    with pytest.raises(Missing):
        queries.one_class(session, planned.key, seeker)
    found = queries.listed(session, BY, queries.ClassFilter(text="dien cong nghiep"), Slice())
    assert found.total == 3
    target = rules.set_target(session, year=2026, of="so-cap-1", target=300, decision="9/QĐ", by=BY)
    rules.set_target(session, year=2026, of="so-cap-1", target=320, decision="10/QĐ", by=BY)
    assert queries.targets(session, 2026)["so-cap-1"].target == 320
    assert queries.targets(session, 2026)["so-cap-1"].id == target.id
