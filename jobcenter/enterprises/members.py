"""Who acts for a firm: inviting, joining, leaving, the firm's own administrators.

Every change of a firm's users takes the firm's row first, so that two administrators who remove
each other at the same moment queue, and the second meets the rule. SQLite's writers queue anyway.
"""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from jobcenter.accounts import invitations
from jobcenter.accounts.choices import Right, Role
from jobcenter.accounts.invitations import InvitationData
from jobcenter.accounts.models import Invitation, User
from jobcenter.accounts.rules import end_sessions
from jobcenter.audit.rules import record
from jobcenter.enterprises.checks import require_staff
from jobcenter.enterprises.models import Enterprise, FirmInvitation, Member
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, require_impartial
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.words import N_

LAST_ADMINISTRATOR = N_(
    "Công ty phải còn ít nhất một quản trị. Giao quyền quản trị cho người khác trước."
)


def add_member(
    session: Session, *, enterprise: Enterprise, user_id: int, is_admin: bool, by: Actor
) -> Member:
    """Let an account act for the firm; the first is its administrator. Staff do this."""
    require_staff(by, enterprise)
    return join(session, enterprise=enterprise, user_id=user_id, is_admin=is_admin, by=by)


def join(
    session: Session, *, enterprise: Enterprise, user_id: int, is_admin: bool, by: Actor
) -> Member:
    """Write down that an account acts for the firm, for verbs that checked who may say so.

    Nobody acts for two firms, and staff for none.
    """
    _lock(session, enterprise)
    user = session.get(User, user_id)
    if user is None or user.role is not Role.ENTERPRISE_USER:
        raise Refused(N_("Chỉ tài khoản doanh nghiệp mới gắn được với công ty."), field="login")
    member = session.get(Member, user_id)
    if member is not None and member.enterprise_id != enterprise.id:
        raise Refused(N_("Tài khoản này đã làm việc cho một công ty khác."), field="login")
    if member is None:
        member = Member(user_id=user_id, enterprise_id=enterprise.id, is_admin=False)
        session.add(member)
        end_sessions(session, user_id=user_id)
    if is_admin or not _administrators(session, enterprise):
        member.is_admin = True
    session.flush()
    record(
        session, by=by, action="add-member", kind="enterprise", subject_id=enterprise.id,
        user=user_id, administrator=member.is_admin,
    )  # fmt: skip
    return member


def invite(
    session: Session, *, enterprise: Enterprise, data: InvitationData, is_admin: bool, days: int,
    by: Actor,
) -> tuple[Invitation, str]:  # fmt: skip
    """Invite a person to act for the firm; return the invitation and the token of its link."""
    require_manager(by, enterprise)
    if data.role is not Role.ENTERPRISE_USER:
        raise NotAllowed
    invitation, token = invitations.invite(session, data=data, days=days, by=by)
    session.add(
        FirmInvitation(invitation_id=invitation.id, enterprise_id=enterprise.id, is_admin=is_admin)
    )
    session.flush()
    record(
        session, by=by, action="invite-member", kind="enterprise", subject_id=enterprise.id,
        administrator=is_admin,
    )  # fmt: skip
    return invitation, token


def resend(
    session: Session, *, enterprise: Enterprise, invitation: Invitation, days: int, by: Actor
) -> str:
    """Give an invitation to the firm a new link."""
    require_manager(by, enterprise)
    return invitations.resend(session, invitation=invitation, days=days, by=by)


def revoke(session: Session, *, enterprise: Enterprise, invitation: Invitation, by: Actor) -> None:
    """Take an invitation to the firm back."""
    require_manager(by, enterprise)
    invitations.revoke(session, invitation=invitation, by=by)


def join_invited(session: Session, *, invitation: Invitation, user: User) -> None:
    """Let the new account act for the firm it was invited to; others are invited to no firm."""
    to = session.get(FirmInvitation, invitation.id)
    if to is None:
        return
    enterprise = session.get_one(Enterprise, to.enterprise_id)
    by = Actor(user_id=user.id, name=user.name, role=user.role.value)
    join(session, enterprise=enterprise, user_id=user.id, is_admin=to.is_admin, by=by)


def remove(session: Session, *, enterprise: Enterprise, user_id: int, by: Actor) -> None:
    """Take a user out of the firm, or leave it oneself; every session of theirs ends.

    The last administrator stays until another one is made. What they invited and nobody took up
    is taken back with them.
    """
    is_own = by.user_id == user_id and by.enterprise_id == enterprise.id
    if not is_own:
        require_manager(by, enterprise)
    _lock(session, enterprise)
    member = _member(session, enterprise, user_id)
    _keep_one_administrator(session, enterprise, member)
    session.execute(delete(Member).where(Member.user_id == user_id))
    session.expunge(member)
    _take_back(session, enterprise, user_id)
    end_sessions(session, user_id=user_id)
    record(
        session, by=by, action="leave-firm" if is_own else "remove-member", kind="enterprise",
        subject_id=enterprise.id, user=user_id,
    )  # fmt: skip


def set_administrator(
    session: Session, *, enterprise: Enterprise, user_id: int, is_admin: bool, by: Actor
) -> None:
    """Make a user of the firm its administrator, or a plain user again; their sessions end."""
    require_manager(by, enterprise)
    _lock(session, enterprise)
    member = _member(session, enterprise, user_id)
    if member.is_admin == is_admin:
        return
    if not is_admin:
        _keep_one_administrator(session, enterprise, member)
    member.is_admin = is_admin
    session.flush()
    end_sessions(session, user_id=user_id)
    record(
        session, by=by, kind="enterprise", subject_id=enterprise.id, user=user_id,
        action="make-firm-administrator" if is_admin else "make-firm-user",
    )  # fmt: skip


def require_manager(by: Actor, enterprise: Enterprise) -> None:
    """Refuse who may not manage the firm's users: its administrators may, and the centre."""
    if by.may(Right.ENTERPRISES_WRITE):
        require_impartial(by, enterprise.id)
        return
    if not (by.may(Right.OWN_FIRM_USERS) and by.acts_for(enterprise.id)):
        raise NotAllowed


def _lock(session: Session, enterprise: Enterprise) -> None:
    """Hold the firm's row until the transaction ends."""
    session.execute(select(Enterprise.id).where(Enterprise.id == enterprise.id).with_for_update())


def _member(session: Session, enterprise: Enterprise, user_id: int) -> Member:
    """Return the membership as it is now, whatever this session read before the lock."""
    member = session.scalar(
        select(Member)
        .where(Member.user_id == user_id, Member.enterprise_id == enterprise.id)
        .execution_options(populate_existing=True)
    )
    if member is None:
        raise Missing
    return member


def _administrators(session: Session, enterprise: Enterprise, *, besides: int = 0) -> int:
    """Count the firm's administrators who can sign in."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Member)
            .join(User, User.id == Member.user_id)
            .where(
                Member.enterprise_id == enterprise.id,
                Member.is_admin,
                Member.user_id != besides,
                User.is_active,
            )
        )
        or 0
    )


def _keep_one_administrator(session: Session, enterprise: Enterprise, member: Member) -> None:
    others = _administrators(session, enterprise, besides=member.user_id)
    if member.is_admin and not others:
        raise Refused(LAST_ADMINISTRATOR)


def _take_back(session: Session, enterprise: Enterprise, user_id: int) -> None:
    """Revoke what the user invited to the firm and nobody took up."""
    theirs = select(FirmInvitation.invitation_id).where(
        FirmInvitation.enterprise_id == enterprise.id
    )
    now = clock.now()
    session.execute(
        update(Invitation)
        .where(
            Invitation.id.in_(theirs),
            Invitation.invited_by_id == user_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=now, changed_at=now, version=Invitation.version + 1)
        .execution_options(synchronize_session=False)
    )
