"""Inviting somebody to an account of their own: a link that works once, for some days.

Whoever invites has checked more than the role where more is to check: a firm's administrator
invites to that firm alone (`enterprises.members`).
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import InvitationState, Right, Role
from jobcenter.accounts.models import Invitation, User
from jobcenter.accounts.queries import hash_token, login_form
from jobcenter.accounts.rules import add_user
from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.words import N_

# What a link that no longer works says; the reader cannot do more than ask for a new one.
WHY_NOT = {
    InvitationState.ACCEPTED: N_("Lời mời này đã được nhận. Đăng nhập bằng tài khoản đã chọn."),
    InvitationState.EXPIRED: N_("Lời mời đã hết hạn. Nhờ người mời gửi lại."),
    InvitationState.REVOKED: N_("Lời mời đã được thu hồi. Hỏi người mời nếu cần."),
}


class InvitationOver(Refused):
    """The link was right once; it cannot make an account any more."""

    def __init__(self, state: InvitationState) -> None:
        super().__init__(WHY_NOT[state])
        self.state = state


@dataclass(frozen=True, kw_only=True)
class InvitationData:
    """Who is invited to what; the login is a proposal, the address is for the mail."""

    name: str
    role: Role
    login_hint: str = ""
    email: str = ""


def invite(
    session: Session, *, data: InvitationData, days: int, by: Actor
) -> tuple[Invitation, str]:
    """Invite somebody and return the invitation with its token, which is not kept here."""
    _require_inviter(by, data.role)
    name = vietnamese.clean_line(data.name)
    if not name:
        raise Refused(N_("Cần họ tên người được mời."), field="name")
    token = secrets.token_urlsafe(32)
    now = clock.now()
    invitation = Invitation(
        token_hash=hash_token(token),
        role=data.role,
        name=name,
        login_hint=login_form(data.login_hint),
        email=vietnamese.clean_line(data.email),
        invited_by_id=by.user_id,
        invited_by=by.name or by.role,
        sent_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    session.add(invitation)
    session.flush()
    record(
        session, by=by, action="invite", kind="invitation", subject_id=invitation.id,
        role=data.role.value,
    )  # fmt: skip
    return invitation, token


def resend(session: Session, *, invitation: Invitation, days: int, by: Actor) -> str:
    """Give the invitation a new link and return its token; the old link is worth nothing."""
    _require_inviter(by, invitation.role)
    if invitation.state in (InvitationState.ACCEPTED, InvitationState.REVOKED):
        raise InvitationOver(invitation.state)
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_token(token)
    invitation.sent_at = clock.now()
    invitation.expires_at = clock.now() + dt.timedelta(days=days)
    session.flush()
    record(session, by=by, action="resend", kind="invitation", subject_id=invitation.id)
    return token


def revoke(session: Session, *, invitation: Invitation, by: Actor) -> None:
    """Take an invitation back; one already revoked stays so, one already used is told."""
    _require_inviter(by, invitation.role)
    now = clock.now()
    revoked = session.scalar(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=now, changed_at=now, version=Invitation.version + 1)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    session.refresh(invitation)
    if revoked is not None:
        record(session, by=by, action="revoke", kind="invitation", subject_id=invitation.id)
    elif invitation.state is InvitationState.ACCEPTED:
        raise InvitationOver(invitation.state)


def require_waiting(invitation: Invitation) -> None:
    """Refuse with the reason when the link can no longer make an account."""
    if invitation.state is not InvitationState.WAITING:
        raise InvitationOver(invitation.state)


def accept(
    session: Session, *, invitation: Invitation, token: str, login: str, password_hash: str
) -> User:
    """Make the account; of two people with the link at the same moment one wins.

    `password_hash` is made beforehand, outside the transaction.
    """
    require_waiting(invitation)
    by = Actor(user_id=None, name=invitation.name, role=invitation.role.value)
    user = add_user(
        session, login=login, name=invitation.name, role=invitation.role,
        password_hash=password_hash, by=by,
    )  # fmt: skip
    now = clock.now()
    won = session.scalar(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.token_hash == hash_token(token),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(
            accepted_at=now, accepted_user_id=user.id, changed_at=now,
            version=Invitation.version + 1,
        )
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    session.refresh(invitation)
    if won is None:
        require_waiting(invitation)
        raise Missing  # still waiting, so it was sent again and this link is of the past
    record(
        session, by=by, action="accept", kind="invitation", subject_id=invitation.id,
        user=user.id,
    )  # fmt: skip
    return user


def _require_inviter(by: Actor, role: Role) -> None:
    """Who manages accounts invites to any role; whoever may bring firms in, to a firm's only."""
    if by.may(Right.USERS_MANAGE):
        return
    may_firm = by.may(Right.ENTERPRISES_WRITE) or by.may(Right.OWN_FIRM)
    if role is not Role.ENTERPRISE_USER or not may_firm:
        raise NotAllowed
