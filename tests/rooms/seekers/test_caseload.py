"""Whose files are whose: what is stuck, and handing over that two people cannot do twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import RIGHTS, Role
from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.paging import Slice
from jobcenter.seekers.caseload import (
    STUCK_AFTER,
    CaseFilter,
    HandedOver,
    all_keys,
    cases,
    hand_over,
    loads,
    stuck_among,
)
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker
from tests.support.together import together

Make = Callable[..., Any]


def actor(user: Any) -> Actor:
    return Actor(user_id=user.id, name=user.name, role=user.role, rights=RIGHTS[user.role])


@pytest.fixture
def boss(make_user: Make) -> Actor:
    return actor(make_user(Role.MANAGER))


def age(session: Session, seeker: Seeker, days: int) -> None:
    moment = clock.now() - dt.timedelta(days=days)
    session.execute(update(Seeker).where(Seeker.id == seeker.id).values(changed_at=moment))
    session.expire_all()


def test_a_caseload_is_narrowed_by_state_and_by_what_is_stuck(
    session: Session, make_user: Make, make_seeker: Make
) -> None:
    user = make_user()
    mine, states = {}, (*STUCK_AFTER, FileState.PLACED)
    for state in states:
        for days in (0, 6, 8, 13, 15, 29, 31):
            seeker = make_seeker(state=state, responsible_id=user.id)
            age(session, seeker, days)
            mine[seeker.id] = (state, days)
    make_seeker(responsible_id=make_user().id)
    found = cases(session, actor(user), CaseFilter(user.id), Slice(1, 100))
    assert [mine[one.id][1] for one in found.items] == sorted((d for _s, d in mine.values()))[::-1]
    expected = {i for i, (s, d) in mine.items() if d > STUCK_AFTER.get(s, 999)}
    stuck = cases(session, actor(user), CaseFilter(user.id, is_stuck=True), Slice(1, 100))
    assert {one.id for one in stuck.items} == expected == stuck_among(found.items)
    only = cases(session, actor(user), CaseFilter(user.id, FileState.NEW), Slice(1, 100))
    assert {mine[one.id][0] for one in only.items} == {FileState.NEW}


def test_files_go_over_with_a_reason_and_one_line_each(
    session: Session, make_user: Make, make_seeker: Make
) -> None:
    me, colleague = make_user(name="Trần Thu Hà"), make_user(name="Lê Minh Đức")
    files = [make_seeker(responsible_id=me.id) for _n in range(3)]
    before = files[0].version, files[0].changed_at
    done = hand_over(
        session, keys=[one.key for one in files[:2]], from_id=me.id, to=colleague,
        reason="nghỉ phép", by=actor(me),
    )  # fmt: skip
    assert done == HandedOver(moved=2, left=0)
    session.expire_all()
    assert [one.responsible_id for one in files] == [colleague.id, colleague.id, me.id]
    assert (files[0].version, files[0].changed_at) == (before[0] + 1, before[1])
    told = session.scalars(select(LedgerEntry).where(LedgerEntry.action == "hand-over-file")).all()
    assert [entry.subject_id for entry in told] == [files[0].id, files[1].id]
    assert told[0].details == {
        "handed_from": "Trần Thu Hà", "handed_to": "Lê Minh Đức", "reason": "nghỉ phép",
    }  # fmt: skip


def test_what_went_elsewhere_in_the_meantime_is_left(
    session: Session, make_user: Make, make_seeker: Make, boss: Actor
) -> None:
    first, second, third = make_user(), make_user(), make_user()
    keys = [make_seeker(responsible_id=user.id).key for user in (first, second)]
    done = hand_over(session, keys=keys, from_id=first.id, to=third, reason="x", by=boss)
    assert done == HandedOver(moved=1, left=1)


def test_nobodys_files_can_be_taken(session: Session, make_user: Make, make_seeker: Make) -> None:
    me, seeker = make_user(), make_seeker(responsible_id=None)
    taken = {"keys": [seeker.key], "from_id": None, "to": me, "reason": "nhận", "by": actor(me)}
    assert hand_over(session, **taken) == HandedOver(1, 0)
    assert hand_over(session, **taken) == HandedOver(0, 1)


def test_a_counsellor_moves_the_own_files_alone(
    session: Session, make_user: Make, make_seeker: Make
) -> None:
    me, other = make_user(), make_user()
    seeker = make_seeker(responsible_id=other.id)
    for by in (actor(me), actor(make_user(Role.SCHOOL_STAFF))):
        with pytest.raises(NotAllowed):
            hand_over(session, keys=[seeker.key], from_id=other.id, to=me, reason="x", by=by)
        with pytest.raises(NotAllowed):
            cases(session, by, CaseFilter(other.id), Slice())
    with pytest.raises(NotAllowed):
        loads(session, actor(me))


def test_receiver_and_reason_are_checked(
    session: Session, make_user: Make, make_seeker: Make
) -> None:
    me = make_user()
    seeker = make_seeker(responsible_id=me.id)
    gone = make_user(is_active=False)
    for to, reason, field in (
        (None, "x", "to"), (gone, "x", "to"), (make_user(Role.MANAGER), "x", "to"),
        (me, "x", "to"), (make_user(), " \u200b", "reason"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            hand_over(session, keys=[seeker.key], from_id=me.id, to=to, reason=reason, by=actor(me))
        assert refused.value.field == field


def test_who_leads_sees_every_load_of_those_who_left_too(
    session: Session, make_user: Make, make_seeker: Make, boss: Actor
) -> None:
    here, gone = make_user(), make_user(is_active=False)
    make_seeker(responsible_id=None)
    make_seeker(responsible_id=gone.id)
    age(session, make_seeker(responsible_id=here.id), 31)
    make_seeker(responsible_id=here.id, state=FileState.CLOSED)
    found = {load.user.id if load.user else None: (load.open, load.stuck)
             for load in loads(session, boss)}  # fmt: skip
    assert found == {None: (1, 0), gone.id: (1, 0), here.id: (1, 1)}


def test_two_who_hand_over_the_same_files_at_once_move_each_file_once(
    app: Flask, session: Session, make_user: Make, make_seeker: Make, boss: Actor
) -> None:
    me, one, two = make_user(), make_user(), make_user()
    for _n in range(30):
        make_seeker(responsible_id=me.id)
    keys = all_keys(session, boss, CaseFilter(me.id))
    session.commit()
    with app.app_context():
        engine = db.engine

    def act(to: Any) -> Callable[[Session], HandedOver]:
        return lambda mine: hand_over(
            mine, keys=keys, from_id=me.id, to=mine.merge(to, load=True), reason="x", by=boss
        )

    done = together(engine, [act(one), act(two), act(one), act(two)])
    assert sum(answer.moved for answer in done) == len(keys) == 30
    assert sum(answer.left for answer in done) == 90
    session.expire_all()
    assert not all_keys(session, boss, CaseFilter(me.id))
    lines = session.scalars(select(LedgerEntry).where(LedgerEntry.action == "hand-over-file"))
    assert len(lines.all()) == 30
