"""Plans with steps, appointments without a clash, and who stays without a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.accounts.models import User
from jobcenter.advising import appointments, consultations, counts, plans
from jobcenter.advising.choices import NO_CONTACT, AppointmentState, Doer
from jobcenter.advising.consultations import Advised, Told
from jobcenter.advising.models import ActionPlan, Appointment
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, Refused, Stale
from jobcenter.kernel.moves import MoveRefused
from jobcenter.notices.models import Notice
from jobcenter.people import merging
from jobcenter.people.models import Person
from jobcenter.seekers.choices import FileState
from jobcenter.settings import rules as settings
from tests.support.together import together

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today()
DAY = dt.timedelta(days=1)
NINE = dt.time(9)


def acting(user: User, **more: Any) -> Actor:
    return Actor(user.id, user.name, user.role, RIGHTS[user.role], **more)


def test_a_plan_goes_from_goal_to_end(session: Session, make_seeker: Make) -> None:
    seeker = make_seeker()
    plan = plans.open_plan(session, person=seeker.person, goal="Làm may ca ngày", by=BY)
    with pytest.raises(Refused, match="Đang có một kế hoạch"):
        plans.open_plan(session, person=seeker.person, goal="Khác", by=BY)
    add = {"session": session, "plan": plan, "by": BY}
    late = plans.add_step(what="Khám sức khoẻ", due_on=TODAY + DAY, doer=Doer.PERSON, **add)
    plans.add_step(what="Gửi hồ sơ", due_on=None, doer=Doer.CENTRE, **add)
    first = plans.add_step(what="Mang bằng nghề", due_on=TODAY, doer=Doer.PERSON, **add)
    assert [step.what for step in plan.steps] == ["Mang bằng nghề", "Khám sức khoẻ", "Gửi hồ sơ"]
    for wrong in (TODAY - DAY, TODAY + 400 * DAY):
        with pytest.raises(Refused):
            plans.add_step(what="x", due_on=wrong, doer=Doer.PERSON, **add)
    plans.end_step(session, step=first, is_done=True, by=BY)
    plans.end_step(session, step=first, is_done=False, by=BY)
    assert first.is_done is True
    version = plan.version
    plans.change_goal(session, plan=plan, goal="Làm may gần nhà", by=BY, version=version)
    with pytest.raises(Stale):
        plans.change_goal(session, plan=plan, goal="x", by=BY, version=version)
    plans.close_plan(session, plan=plan, is_reached=True, by=BY)
    session.refresh(late)
    assert (plan.closed_on, plan.is_reached, late.is_done) == (TODAY, True, False)
    with pytest.raises(Refused, match="đã kết thúc"):
        plans.end_step(session, step=plans.add_step(what="y", due_on=None, doer=Doer.PERSON, **add),
                       is_done=True, by=BY)  # fmt: skip
    again = plans.open_plan(session, person=seeker.person, goal="Học hàn", by=BY)
    assert [one.id for one in plans.plans_of(session, BY, [seeker.person_id])] == [
        again.id, plan.id,
    ]  # fmt: skip


def engine_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def test_a_person_has_one_open_plan_under_whichever_file_and_whoever_is_quicker(
    app: Flask, session: Session, make_seeker: Make
) -> None:
    stays, goes = make_seeker(), make_seeker()
    plans.open_plan(session, person=goes.person, goal="Làm may", by=BY)
    merging.merge(session, survivor=stays.person, loser=goes.person, take=(), by=BY)
    with pytest.raises(Refused):
        plans.open_plan(session, person=stays.person, goal="Làm may", by=BY)
    other = make_seeker()
    person_id = other.person_id
    session.commit()

    def act(own: Session) -> None:
        person = own.get_one(Person, person_id)
        plans.open_plan(own, person=person, goal="Làm hàn", by=BY)

    answers = together(engine_of(app), [act] * 4)
    assert sum(one is None for one in answers) == 1, answers
    assert all(one is None or isinstance(one, Refused) for one in answers), answers
    found = select(ActionPlan).where(ActionPlan.person_id == person_id)
    assert len(session.scalars(found).all()) == 1


def test_due_steps_follow_who_is_responsible_now(
    session: Session, make_seeker: Make, make_user: Make
) -> None:
    mine, other = make_user(), make_user()
    seeker = make_seeker(responsible_id=mine.id)
    with clock.frozen(clock.now() - 10 * DAY):
        plan = plans.open_plan(session, person=seeker.person, goal="Làm may", by=acting(mine))
        for days, what in ((3, "Quá hạn"), (10, "Hôm nay"), (11, "Mai")):
            plans.add_step(
                session, plan=plan, what=what, due_on=plan.opened_on + days * DAY,
                doer=Doer.PERSON, by=BY,
            )  # fmt: skip
    due = plans.due_steps(session, user_id=mine.id, until=TODAY)
    assert [(one.step.what, one.days_late) for one in due] == [("Quá hạn", 7), ("Hôm nay", 0)]
    assert plans.open_plans(session) == {mine.id: 1}
    seeker.responsible_id = other.id
    session.flush()
    assert plans.due_steps(session, user_id=mine.id, until=TODAY) == []
    assert len(plans.due_steps(session, user_id=other.id, until=TODAY + DAY)) == 3


def book(session: Session, seeker: Any, user: User, **more: Any) -> Appointment:
    given = {"day": TODAY + DAY, "time": NINE, "channel": "in-person", "by": BY}
    return appointments.book(session, person=seeker.person, user_id=user.id, **given | more)


def test_appointments_do_not_clash_and_end_once(
    session: Session, make_seeker: Make, make_user: Make
) -> None:
    user, other, seeker = make_user(), make_user(), make_seeker()
    row = book(session, seeker, user, minutes=45)
    book(session, seeker, other)
    book(session, seeker, user, time=dt.time(9, 45))
    for clash in (dt.time(9), dt.time(9, 44), dt.time(8, 40)):
        with pytest.raises(Refused, match="đã có hẹn") as refused:
            book(session, seeker, user, time=clash)
        assert refused.value.field == "time"
    for wrong in ({"day": TODAY - DAY}, {"day": TODAY + 500 * DAY}, {"minutes": 1},
                  {"channel": "telepathy"}):  # fmt: skip
        with pytest.raises(Refused):
            book(session, seeker, user, **{"time": dt.time(15)} | wrong)
    appointments.move(session, appointment=row, verb="cancel", by=BY)
    with pytest.raises(MoveRefused):
        appointments.move(session, appointment=row, verb="keep", by=BY)
    book(session, seeker, user)
    days = appointments.of_days(session, BY, TODAY, TODAY + DAY, user_id=user.id)
    assert [f"{clock.local(one.starts_at):%H:%M}" for one in days] == ["09:00", "09:45"]
    with clock.frozen(clock.now() + 3 * DAY):
        assert len(appointments.forgotten(session, BY, user.id)) == 2


def test_of_many_who_book_one_time_one_gets_it(
    app: Flask, session: Session, make_seeker: Make, make_user: Make
) -> None:
    user, seeker = make_user(), make_seeker()
    person_id, user_id = seeker.person_id, user.id
    session.commit()

    def act(own: Session) -> None:
        person = own.get_one(Person, person_id)
        appointments.book(
            own, person=person, user_id=user_id, day=TODAY + DAY, time=NINE, channel="phone", by=BY
        )

    answers = together(engine_of(app), [act] * 6)
    assert sum(one is None for one in answers) == 1, answers
    assert all(one is None or isinstance(one, Refused) for one in answers), answers


def test_the_person_is_told_at_once_and_the_day_before_each_once(
    session: Session, make_seeker: Make, make_user: Make
) -> None:
    user, seeker = make_user(), make_seeker()
    row = book(session, seeker, user, phone="0225 3842 111")
    silent = book(session, seeker, user, day=TODAY + 3 * DAY)
    for _n in range(2):
        appointments.remind(session, today=TODAY, phone="0225 3842 111")
    keys = session.scalars(select(Notice.effect_key).order_by(Notice.id)).all()
    assert keys == [f"appointment/{row.id}", f"appointment-near/{row.id}"]
    appointments.move(session, appointment=silent, verb="cancel", by=BY)
    assert appointments.remind(session, today=TODAY + 2 * DAY, phone="1") == 0
    told = session.scalars(select(Notice)).first()
    assert told is not None
    assert told.params["time"] == "09:00"


def test_a_person_reads_their_own_and_nobody_elses(
    session: Session, make_seeker: Make, make_user: Make
) -> None:
    mine, theirs = make_seeker(), make_seeker()
    account = make_user(Role.SEEKER, person=mine.person)
    actor = acting(account, person_id=mine.person_id)
    counsellor = make_user()
    own = book(session, mine, counsellor)
    other = book(session, theirs, counsellor, time=dt.time(11))
    assert appointments.one(session, own.key, actor) is own
    with pytest.raises(Missing):
        appointments.one(session, other.key, actor)
    plan = plans.open_plan(session, person=theirs.person, goal="Làm may", by=BY)
    with pytest.raises(Missing):
        plans.one(session, plan.key, actor)
    assert plans.plans_of(session, actor, [theirs.person_id]) == []
    assert own.state is AppointmentState.BOOKED


def test_an_open_file_without_a_word_is_stuck_after_the_days_of_the_setting(
    session: Session, make_seeker: Make, make_user: Make
) -> None:
    user = make_user()
    old = {"responsible_id": user.id, "registered_on": TODAY - 60 * DAY}
    silent, spoken, placed = (make_seeker(**old) for _n in range(3))
    make_seeker(responsible_id=user.id, registered_on=TODAY)
    twin = make_seeker()
    placed.state = FileState.PLACED
    who = [Advised(person=twin.person)]
    consultations.write(session, told=Told(day=TODAY - 5 * DAY, channel="phone"), people=who, by=BY)
    who = [Advised(person=silent.person)]
    consultations.write(
        session, told=Told(day=TODAY - 30 * DAY, channel="phone"), people=who, by=BY
    )
    merging.merge(session, survivor=spoken.person, loser=twin.person, take=(), by=BY)
    rows, total = counts.without_contact(session, BY, user_id=user.id, limit=5)
    assert ([(one.seeker.id, one.days) for one in rows], total) == ([(silent.id, 30)], 1)
    settings.change(session, of=NO_CONTACT, text="3", valid_from=TODAY, by=BY)
    rows, total = counts.without_contact(session, BY, user_id=user.id, limit=5)
    assert [(one.seeker.id, one.days) for one in rows] == [(silent.id, 30), (spoken.id, 5)]
