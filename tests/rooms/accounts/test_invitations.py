"""An invitation makes one account or none."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts import invitations
from jobcenter.accounts.choices import EVERYTHING, RIGHTS, InvitationState, Role
from jobcenter.accounts.invitations import InvitationData, InvitationOver
from jobcenter.accounts.models import Invitation, User
from jobcenter.accounts.queries import invitation_of
from jobcenter.audit.models import LedgerEntry
from jobcenter.kernel import clock
from jobcenter.kernel.actor import NOBODY, Actor, system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from tests.support.together import together

BY = system("tests", EVERYTHING)
DATA = InvitationData(name="Lê Minh Đức", role=Role.COUNSELLOR, login_hint="Đức LM")


def accept(session: Session, token: str, login: str = "duclm") -> User:
    return invitations.accept(
        session, invitation=invitation_of(session, token), token=token, login=login,
        password_hash="-",
    )  # fmt: skip


def test_an_invited_person_gets_the_account_they_were_invited_to(session: Session) -> None:
    invitation, token = invitations.invite(session, data=DATA, days=7, by=BY)
    assert invitation.login_hint == "duclm"
    assert token not in invitation.token_hash
    assert invitation.state is InvitationState.WAITING
    user = accept(session, token, "Duc.LM")
    assert (user.login, user.name, user.role) == ("duc.lm", "Lê Minh Đức", Role.COUNSELLOR)
    assert invitation.state is InvitationState.ACCEPTED
    assert invitation.accepted_user_id == user.id
    done = session.scalars(select(LedgerEntry.action).order_by(LedgerEntry.id)).all()
    assert done == ["invite", "add-user", "accept"]


def test_a_link_works_once_and_not_after_its_end_or_when_taken_back(session: Session) -> None:
    _used, used = invitations.invite(session, data=DATA, days=7, by=BY)
    accept(session, used)
    old, late = invitations.invite(session, data=DATA, days=7, by=BY)
    taken, back = invitations.invite(session, data=DATA, days=7, by=BY)
    invitations.revoke(session, invitation=taken, by=BY)
    invitations.revoke(session, invitation=taken, by=BY)  # said twice is said once
    with clock.frozen(old.expires_at):
        assert old.state is InvitationState.EXPIRED
        for token, state in (
            (used, InvitationState.ACCEPTED),
            (late, InvitationState.EXPIRED),
            (back, InvitationState.REVOKED),
        ):
            with pytest.raises(InvitationOver) as over:
                accept(session, token, "other")
            assert over.value.state is state
    with pytest.raises(Missing):
        accept(session, "guessed")
    assert session.scalar(select(func.count()).select_from(User)) == 1


def test_sending_again_makes_the_old_link_worthless(session: Session) -> None:
    invitation, first = invitations.invite(session, data=DATA, days=7, by=BY)
    with clock.frozen(invitation.expires_at + dt.timedelta(days=1)):
        second = invitations.resend(session, invitation=invitation, days=7, by=BY)
        assert invitation.state is InvitationState.WAITING
        with pytest.raises(Missing):
            accept(session, first)
        accept(session, second)
        with pytest.raises(InvitationOver):
            invitations.resend(session, invitation=invitation, days=7, by=BY)
        with pytest.raises(InvitationOver):
            invitations.revoke(session, invitation=invitation, by=BY)


def test_a_taken_login_is_said_and_the_invitation_keeps(session: Session, make_user: Any) -> None:
    make_user(login="duclm")
    invitation, token = invitations.invite(session, data=DATA, days=7, by=BY)
    with pytest.raises(Refused) as refused:
        accept(session, token)
    assert refused.value.field == "login"
    assert invitation.state is InvitationState.WAITING
    with pytest.raises(Refused):
        invitations.invite(session, data=InvitationData(name=" ", role=Role.MANAGER), days=7, by=BY)


def test_who_may_invite_whom(session: Session) -> None:
    def may(by: Actor, role: Role) -> bool:
        data = InvitationData(name="A", role=role)
        try:
            invitations.invite(session, data=data, days=1, by=by)
        except NotAllowed:
            return False
        return True

    actors = {role: Actor(None, "x", role.value, RIGHTS[role]) for role in Role}
    for role in Role:
        assert may(actors[Role.ADMINISTRATOR], role)
        assert not may(actors[Role.SEEKER], role)
        assert not may(actors[Role.MANAGER], role)
        assert not may(NOBODY, role)
        for inviter in (Role.COUNSELLOR, Role.ENTERPRISE_USER):
            assert may(actors[inviter], role) is (role is Role.ENTERPRISE_USER)


def test_two_people_with_one_link_make_one_account(app: Flask, session: Session) -> None:
    _invitation, token = invitations.invite(session, data=DATA, days=7, by=BY)
    session.commit()
    with app.app_context():
        engine = db.engine
    answers = together(engine, [lambda s, n=n: accept(s, token, f"duc{n}").login for n in range(4)])
    assert len([a for a in answers if isinstance(a, str)]) == 1
    assert len([a for a in answers if isinstance(a, InvitationOver)]) == 3
    assert session.scalar(select(func.count()).select_from(User)) == 1
    session.expire_all()
    assert session.scalars(select(Invitation.accepted_user_id)).one() is not None


def test_taking_back_and_taking_up_at_once_have_one_outcome(app: Flask, session: Session) -> None:
    invitation, token = invitations.invite(session, data=DATA, days=7, by=BY)
    session.commit()
    with app.app_context():
        engine = db.engine
    answers = together(
        engine,
        [
            lambda s: accept(s, token).login,
            lambda s: invitations.revoke(s, invitation=s.get(Invitation, invitation.id), by=BY),
        ],
    )
    refused = [a for a in answers if isinstance(a, InvitationOver)]
    assert len(refused) == 1, answers
    session.expire_all()
    users = session.scalar(select(func.count()).select_from(User))
    assert users == (1 if invitation.accepted_at else 0)
    assert (invitation.accepted_at is None) != (invitation.revoked_at is None)
