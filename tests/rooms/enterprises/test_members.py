"""Users of a firm: never without an administrator, whoever acts, and whoever acts at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts import invitations
from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Right, Role
from jobcenter.accounts.invitations import InvitationData
from jobcenter.accounts.models import Invitation, User
from jobcenter.accounts.queries import find_session, invitation_of
from jobcenter.accounts.rules import start_session
from jobcenter.enterprises import members, queries
from jobcenter.enterprises.models import Enterprise, Member
from jobcenter.kernel.actor import NOBODY, Actor, system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from tests.support.together import together

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
WHO = InvitationData(name="Vũ Kim Oanh", role=Role.ENTERPRISE_USER)


@pytest.fixture
def firm(make_enterprise: Make) -> Enterprise:
    return make_enterprise()


@pytest.fixture
def join(session: Session, make_user: Make, firm: Enterprise) -> Make:
    """join(is_admin) -> a user of the firm and the actor behind them."""

    def make(*, is_admin: bool) -> Any:
        user = make_user(Role.ENTERPRISE_USER)
        session.add(Member(user_id=user.id, enterprise_id=firm.id, is_admin=is_admin))
        session.flush()
        return user

    return make


def actor(user: User, firm: Enterprise, *, is_admin: bool = True) -> Actor:
    rights = RIGHTS[Role.ENTERPRISE_USER] - (set() if is_admin else {Right.OWN_FIRM_USERS})
    return Actor(user.id, user.name, user.role.value, frozenset(rights), enterprise_id=firm.id)


def admins(session: Session, firm: Enterprise) -> int:
    found = select(func.count()).select_from(Member)
    return session.scalar(found.where(Member.enterprise_id == firm.id, Member.is_admin)) or 0


def test_the_first_member_administers_and_nobody_acts_for_two_or_from_the_centre(
    session: Session, firm: Enterprise, make_enterprise: Make, make_user: Make
) -> None:
    user, second = make_user(Role.ENTERPRISE_USER), make_user(Role.ENTERPRISE_USER)
    for who in (user, second):
        members.add_member(session, enterprise=firm, user_id=who.id, is_admin=False, by=BY)
    assert session.get_one(Member, user.id).is_admin
    assert not session.get_one(Member, second.id).is_admin
    members.add_member(session, enterprise=firm, user_id=second.id, is_admin=True, by=BY)
    assert session.get_one(Member, second.id).is_admin
    other, staff = make_enterprise(), make_user(Role.COUNSELLOR)
    for where, who_id in ((other, user.id), (firm, staff.id), (firm, 0)):
        with pytest.raises(Refused):
            members.add_member(session, enterprise=where, user_id=who_id, is_admin=False, by=BY)


def test_the_last_administrator_stays(session: Session, firm: Enterprise, join: Make) -> None:
    boss, user = join(is_admin=True), join(is_admin=False)
    for by in (actor(boss, firm), BY):
        with pytest.raises(Refused, match="ít nhất một quản trị"):
            members.remove(session, enterprise=firm, user_id=boss.id, by=by)
        with pytest.raises(Refused, match="ít nhất một quản trị"):
            members.set_administrator(
                session, enterprise=firm, user_id=boss.id, is_admin=False, by=by
            )
    members.set_administrator(
        session, enterprise=firm, user_id=user.id, is_admin=True, by=actor(boss, firm)
    )
    members.remove(session, enterprise=firm, user_id=boss.id, by=actor(boss, firm))
    assert [u.id for u, _m in queries.members(session, firm)] == [user.id]


def test_an_administrator_who_cannot_sign_in_does_not_count(
    session: Session, firm: Enterprise, join: Make
) -> None:
    boss, blocked = join(is_admin=True), join(is_admin=True)
    blocked.is_active = False
    session.flush()
    with pytest.raises(Refused):
        members.remove(session, enterprise=firm, user_id=boss.id, by=BY)
    members.remove(session, enterprise=firm, user_id=blocked.id, by=BY)


def test_a_removed_users_sessions_end_and_so_do_those_of_a_changed_role(
    session: Session, firm: Enterprise, join: Make
) -> None:
    boss, user, third = join(is_admin=True), join(is_admin=False), join(is_admin=False)
    tokens = {
        who.id: start_session(session, user=who, hours=1, browser="") for who in (user, third)
    }
    by = actor(boss, firm)
    members.remove(session, enterprise=firm, user_id=user.id, by=by)
    members.set_administrator(session, enterprise=firm, user_id=third.id, is_admin=True, by=by)
    assert [find_session(session, token) for token in tokens.values()] == [None, None]
    with pytest.raises(Missing):
        members.remove(session, enterprise=firm, user_id=user.id, by=by)


def test_only_the_firms_administrator_and_the_centre_manage_its_users(
    session: Session, firm: Enterprise, join: Make, make_enterprise: Make, make_user: Make
) -> None:
    boss, user = join(is_admin=True), join(is_admin=False)
    stranger = actor(make_user(Role.ENTERPRISE_USER), make_enterprise())
    for by in (actor(user, firm, is_admin=False), stranger, NOBODY):
        with pytest.raises(NotAllowed):
            members.remove(session, enterprise=firm, user_id=boss.id, by=by)
        with pytest.raises(NotAllowed):
            members.set_administrator(
                session, enterprise=firm, user_id=user.id, is_admin=True, by=by
            )
        with pytest.raises(NotAllowed):
            members.invite(session, enterprise=firm, data=WHO, is_admin=False, days=1, by=by)
        with pytest.raises(NotAllowed):
            members.add_member(session, enterprise=firm, user_id=user.id, is_admin=True, by=by)
    # a plain user leaves alone
    members.remove(session, enterprise=firm, user_id=user.id, by=actor(user, firm, is_admin=False))
    above = Actor(
        boss.id, "", "enterprise-user", RIGHTS[Role.ENTERPRISE_USER], enterprise_id=firm.id + 1,
        branch_ids=frozenset({firm.id}),
    )  # fmt: skip
    members.invite(session, enterprise=firm, data=WHO, is_admin=False, days=1, by=above)


def test_an_invited_person_joins_the_firm_and_a_removed_inviters_links_die(
    session: Session, firm: Enterprise, join: Make
) -> None:
    boss, second = join(is_admin=True), join(is_admin=True)
    by = actor(boss, firm)
    staff = InvitationData(name="A", role=Role.COUNSELLOR)
    with pytest.raises(NotAllowed):
        members.invite(session, enterprise=firm, data=staff, is_admin=False, days=1, by=by)
    one, token = members.invite(session, enterprise=firm, data=WHO, is_admin=True, days=7, by=by)
    late, _token = members.invite(session, enterprise=firm, data=WHO, is_admin=True, days=7, by=by)
    user = invitations.accept(
        session, invitation=invitation_of(session, token), token=token, login="oanh",
        password_hash="-",
    )  # fmt: skip
    members.join_invited(session, invitation=one, user=user)
    assert session.get_one(Member, user.id).is_admin
    assert [i.id for i, _to in queries.invitations(session, firm)] == [late.id]
    members.remove(session, enterprise=firm, user_id=boss.id, by=actor(second, firm))
    assert queries.invitations(session, firm) == []
    assert session.get_one(Invitation, late.id, populate_existing=True).revoked_at is not None


@pytest.mark.parametrize("verb", ["remove", "demote", "leave"])
def test_two_administrators_at_once_leave_one(
    app: Flask, session: Session, firm: Enterprise, join: Make, verb: str
) -> None:
    pair = [join(is_admin=True), join(is_admin=True)]
    join(is_admin=False)
    session.commit()
    with app.app_context():
        engine = db.engine

    def act(by: User, target: User) -> Callable[[Session], None]:
        def run(own: Session) -> None:
            there = own.get_one(Enterprise, firm.id)
            own.scalars(select(Member)).all()  # read before the lock, as a page does
            if verb == "demote":
                members.set_administrator(
                    own, enterprise=there, user_id=target.id, is_admin=False, by=actor(by, firm)
                )
            else:
                members.remove(own, enterprise=there, user_id=target.id, by=actor(by, firm))

        return run

    one, other = pair
    targets = (one, other) if verb == "leave" else (other, one)
    answers = together(engine, [act(one, targets[0]), act(other, targets[1])])
    assert len([a for a in answers if isinstance(a, Refused)]) == 1, answers
    assert answers.count(None) == 1
    session.expire_all()
    assert admins(session, firm) == 1
