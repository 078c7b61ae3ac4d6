"""Every finished visit is a consultation; lượt and người are counted apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.advising import consultations, counts, journal, queries, rules, sessions
from jobcenter.advising.choices import Outcome
from jobcenter.advising.consultations import Advised, Told
from jobcenter.advising.models import Consultation
from jobcenter.advising.sessions import SessionData
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Missing, Refused, Stale
from jobcenter.kernel.paging import Slice
from jobcenter.people import merging
from jobcenter.people.models import Person

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today()


@pytest.fixture
def by(session: Session, make_user: Make) -> Actor:
    user = make_user(Role.COUNSELLOR)
    actor = Actor(user_id=user.id, name=user.name, role=user.role, rights=RIGHTS[user.role])
    rules.sit(session, desk=2, by=actor)
    return actor


def told(**more: Any) -> Told:
    return Told(**{"day": TODAY, "channel": "phone", "subjects": ("job",)} | more)


def write(session: Session, *people: Any, **more: Any) -> list[Consultation]:
    who = [Advised(person=one) if isinstance(one, Person) else Advised(name=one) for one in people]
    return consultations.write(session, told=told(**more), people=who, by=BY)


def rows(session: Session) -> list[Consultation]:
    return list(session.scalars(select(Consultation).order_by(Consultation.id)))


def test_a_finished_visit_is_one_consultation_and_one_that_left_is_none(
    session: Session, by: Actor, make_seeker: Make
) -> None:
    seeker = make_seeker()
    rules.take_ticket(session, by=by, person=seeker.person, services=("referral", "job"))
    rules.take_ticket(session, by=by, name="Cô Lan")
    first = rules.call_next(session, by=by)
    assert first is not None
    rules.move(session, visit=first, verb="start", by=by)
    rules.move(session, visit=first, verb="finish", by=by)
    second = rules.call_next(session, by=by)
    assert second is not None
    rules.move(session, visit=second, verb="leave", by=by)
    made = rows(session)
    assert [(r.person_id, r.subjects, r.channel, r.by_id, r.visit_id) for r in made] == [
        (seeker.person_id, ("referral", "job"), "in-person", by.user_id, first.id)
    ]
    assert consultations.of_visit(session, visit=first).id == made[0].id


def test_what_was_told_at_the_end_of_a_visit_stands_in_its_consultation(
    session: Session, by: Actor
) -> None:
    rules.take_ticket(session, by=by, name="Cô Lan")
    visit = rules.call_next(session, by=by)
    assert visit is not None
    note = told(channel="in-person", outcome=Outcome.LACKS_PAPERS, next_step="mang bằng nghề")
    rules.move(session, visit=visit, verb="finish", told=note, by=by)
    (row,) = rows(session)
    assert (row.who, row.outcome, row.next_step) == (
        "Cô Lan", Outcome.LACKS_PAPERS, "mang bằng nghề",
    )  # fmt: skip


def test_the_first_ticket_of_a_day_tells_what_was_left_being_served(
    session: Session, by: Actor
) -> None:
    yesterday = clock.now() - dt.timedelta(days=1)
    with clock.frozen(yesterday):
        for name in ("Cô Lan", "Anh Tùng"):
            rules.take_ticket(session, by=by, name=name)
        visit = rules.call_next(session, by=by)
        assert visit is not None
        rules.move(session, visit=visit, verb="start", by=by)
    rules.take_ticket(session, by=by)
    assert [(row.who, row.day) for row in rows(session)] == [("Cô Lan", visit.day)]


def test_a_walk_in_is_joined_to_a_file_later(
    session: Session, by: Actor, make_seeker: Make
) -> None:
    seeker, other = make_seeker(), make_seeker()
    rules.take_ticket(session, by=by, name="Cô Lan")
    visit = rules.call_next(session, by=by)
    assert visit is not None
    rules.move(session, visit=visit, verb="finish", by=by)
    rules.recognise(session, visit=visit, person=seeker.person, by=by)
    (row,) = rows(session)
    assert (row.person_id, row.name) == (seeker.person_id, "")
    (alone,) = write(session, "Anh Tùng")
    consultations.join(session, consultation=alone, person=seeker.person, by=BY)
    consultations.join(session, consultation=alone, person=seeker.person, by=BY)
    with pytest.raises(Refused, match="người khác"):
        consultations.join(session, consultation=alone, person=other.person, by=BY)
    assert counts.counted(session, TODAY, TODAY) == counts.Count(2, 1, 0)


def test_one_note_to_several_people_is_a_row_each(session: Session, make_seeker: Make) -> None:
    people = [make_seeker().person for _n in range(3)]
    made = write(session, *people, "Chị Hoa", note="Họp nhóm về hợp đồng thử việc")
    assert len(made) == 4
    assert len({row.group_key for row in made}) == 1
    assert made[0].group_key is not None
    assert {row.note for row in made} == {"Họp nhóm về hợp đồng thử việc"}
    with pytest.raises(Refused, match="hai lần"):
        write(session, people[0], people[0])
    with pytest.raises(Refused, match="ít nhất một"):
        write(session)


def test_times_and_people_are_counted_apart_and_merged_files_are_one_person(
    session: Session, make_seeker: Make
) -> None:
    first, twin, other = make_seeker(), make_seeker(), make_seeker()
    write(session, first.person, twin.person, other.person, "Cô Lan", subjects=("job", "referral"))
    write(session, first.person, day=TODAY - dt.timedelta(days=400), channel="in-person")
    assert counts.counted(session, TODAY, TODAY) == counts.Count(4, 3, 1)
    merging.merge(session, survivor=first.person, loser=twin.person, take=(), by=BY)
    assert counts.counted(session, TODAY, TODAY) == counts.Count(4, 2, 1)
    whole = counts.counted(session, TODAY - dt.timedelta(days=500), TODAY)
    assert whole == counts.Count(5, 2, 1)
    subjects = counts.by_subject(session, TODAY, TODAY)
    # an event with two subjects counts once in the whole and in each of the two
    assert subjects["job"] == subjects["referral"] == counts.Count(4, 2, 1)
    assert subjects["vocational"] == counts.Count(0, 0, 0)
    assert "" not in subjects
    channels = counts.by_channel(session, TODAY - dt.timedelta(days=500), TODAY)
    assert {code: one.times for code, one in channels.items()} == {"phone": 4, "in-person": 1}
    last = counts.last_contacts(session, [first.person_id, other.person_id])
    assert set(last.values()) == {TODAY}
    assert journal.of_people(session, BY, [twin.person_id], 9)[0].person_id == twin.person_id


def test_a_struck_row_stays_and_is_not_counted(session: Session, make_seeker: Make) -> None:
    row, other = write(session, make_seeker().person, "Cô Lan")
    with pytest.raises(Refused, match="lý do"):
        consultations.strike(session, consultation=row, because="", by=BY)
    version = row.version
    consultations.strike(session, consultation=row, because="Ghi nhầm người", by=BY)
    consultations.strike(session, consultation=row, because="Lần nữa", by=BY)
    assert row.struck_because == "Ghi nhầm người"
    assert counts.counted(session, TODAY, TODAY) == counts.Count(1, 0, 1)
    with pytest.raises(Refused, match="đã gạch"):
        consultations.change(session, consultation=row, told=told(), by=BY)
    with pytest.raises(Stale):
        consultations.strike(session, consultation=row, because="x", version=version, by=BY)
    consultations.change(session, consultation=other, told=told(note="Đã gọi"), by=BY)
    assert other.note == "Đã gọi"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": TODAY + dt.timedelta(days=1)}, "day"),
        ({"day": dt.date(1999, 12, 31)}, "day"),
        ({"channel": ""}, "channel"),
        ({"channel": "telepathy"}, "channel"),
        ({"subjects": ("job", "nonsense")}, "subjects"),
    ],
)
def test_what_cannot_have_been_is_refused(
    session: Session, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        write(session, "Cô Lan", **wrong)
    assert refused.value.field == field
    assert rows(session) == []


def test_the_database_knows_one_consultation_of_a_visit(session: Session, make_visit: Make) -> None:
    visit = make_visit()
    for _n in range(2):
        session.add(Consultation(day=TODAY, channel="phone", visit_id=visit.id))
    with pytest.raises(IntegrityError):
        session.flush()


def test_only_staff_who_read_files_read_the_journal(
    session: Session, make_user: Make, make_enterprise: Make
) -> None:
    (row,) = write(session, "Cô Lan")
    firm = make_enterprise()
    user = make_user(Role.ENTERPRISE_USER, enterprise=firm)
    stranger = Actor(user.id, user.name, user.role, RIGHTS[user.role], enterprise_id=firm.id)
    assert journal.one(session, row.key, BY).id == row.id
    with pytest.raises(Missing):
        journal.one(session, row.key, stranger)
    page = journal.listed(session, stranger, journal.JournalFilter(), Slice())
    assert (page.total, list(page.items)) == (0, [])


def test_sessions_are_counted_by_kind_and_the_advised_from_rows(
    session: Session, make_seeker: Make
) -> None:
    data = SessionData(
        day=TODAY, kind="mobile", place="Nhà văn hoá X. An Lão", firms=6, openings=240, attended=80
    )
    held = sessions.record_session(session, data=data, by=BY)
    people = [Advised(person=make_seeker().person, subjects=("vocational",)), Advised(name="Hoa")]
    consultations.write(
        session, told=told(channel="mobile"), people=people, job_session=held, by=BY
    )
    (page,) = sessions.listed(session, Slice()).items
    assert (page.row.id, page.advised) == (held.id, 2)
    (one,) = sessions.counted(session, TODAY.replace(month=1, day=1), TODAY)
    assert one == sessions.SessionCount("mobile", 1, 6, 240, 80, 0, 0)
    subjects = counts.by_subject(session, TODAY, TODAY)
    assert (subjects["vocational"].times, subjects["job"].times) == (1, 1)
    for wrong in ({"interviewed": 81}, {"place": ""}, {"kind": "party"}, {"kind": ""},
                  {"interviewed": 3, "preselected": 4}):  # fmt: skip
        with pytest.raises(Refused):
            sessions.change_session(session, row=held, data=_with(data, **wrong), by=BY)
    sessions.change_session(session, row=held, data=_with(data, interviewed=30), by=BY)
    assert held.interviewed == 30


def _with(data: SessionData, **more: Any) -> SessionData:
    return SessionData(**vars(data) | more)


def test_a_slip_is_found_by_what_its_code_holds(session: Session, by: Actor) -> None:
    visit = rules.take_ticket(session, by=by, name="Cô Lan")
    assert queries.find_by_reference(session, f" {visit.reference.lower()} ", by) == visit
    assert queries.find_by_reference(session, "V12345678", by) is None
    assert session.scalar(select(func.count(Consultation.id))) == 0
