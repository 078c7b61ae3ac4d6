"""Reading accounts and sessions."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from jobcenter.accounts.choices import RIGHTS, Right, Role, SignInOutcome
from jobcenter.accounts.models import Invitation, LoginSession, SignIn, User
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.paging import Page, Slice


def login_form(login: str) -> str:
    """Return how a login is stored: folded and without blanks."""
    return vietnamese.fold(vietnamese.clean_line(login)).replace(" ", "")


def hash_token(token: str) -> str:
    """Return what the database keeps of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_session(session: Session, token: str) -> LoginSession | None:
    """Return the live session behind `token`, or None: ended, expired, blocked or unknown."""
    live = _live_sessions().where(LoginSession.token_hash == hash_token(token))
    return session.scalar(live.where(LoginSession.awaits_code.is_(False)))


def find_half_open(session: Session, token: str) -> LoginSession | None:
    """Return the session behind `token` whose second factor is still to come."""
    live = _live_sessions().where(LoginSession.token_hash == hash_token(token))
    return session.scalar(live.where(LoginSession.awaits_code.is_(True)))


def own_sessions(session: Session, user_id: int) -> Sequence[LoginSession]:
    """Return where an account is signed in now, the latest first."""
    live = _live_sessions().where(
        LoginSession.user_id == user_id, LoginSession.awaits_code.is_(False)
    )
    return session.scalars(live.order_by(LoginSession.id.desc())).all()


def own_session(session: Session, key: uuid.UUID, user_id: int) -> LoginSession:
    """Return one of an account's own sessions, or refuse."""
    mine = _live_sessions().where(LoginSession.key == key, LoginSession.user_id == user_id)
    found = session.scalar(mine)
    if found is None:
        raise Missing
    return found


def _live_sessions() -> Select[LoginSession]:
    return (
        select(LoginSession)
        .join(LoginSession.user)
        .where(
            LoginSession.ended_at.is_(None),
            LoginSession.expires_at > clock.now(),
            LoginSession.epoch == User.epoch,
            User.is_active,
        )
    )


def find_user(session: Session, login: str) -> User | None:
    """Return the account with this login, if there is one."""
    return session.scalar(select(User).where(User.login == login_form(login)))


def user_by_id(session: Session, user_id: int) -> User | None:
    """Return the account with this row number, if there is one."""
    return session.get(User, user_id)


def somebody_else_may(session: Session, right: Right, user_id: int | None) -> bool:
    """Say whether an active account other than this one holds a right."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    other = User.id != user_id if user_id is not None else true()
    found = select(User.id).where(User.role.in_(roles), User.is_active, other)
    return bool(session.scalar(select(found.exists())))


def one_user(session: Session, key: uuid.UUID) -> User:
    """Return the account with this key, or refuse."""
    user = session.scalar(select(User).where(User.key == key))
    if user is None:
        raise Missing
    return user


def users(
    session: Session,
    *,
    text: str = "",
    role: Role | None = None,
    active: bool | None = None,
    window: Slice,
) -> Page[User]:
    """Return the accounts, by login; each word of `text` is looked for in login and name."""
    found = select(User)
    for word in vietnamese.fold(text).split()[:6]:
        within = (column.contains(word, autoescape=True) for column in (User.login, User.folded))
        found = found.where(or_(*within))
    if role is not None:
        found = found.where(User.role == role)
    if active is not None:
        found = found.where(User.is_active == active)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(found.order_by(User.login).limit(window.size).offset(window.offset))
    return Page(rows.all(), window.number, window.size, total)


def invitation_of(session: Session, token: str) -> Invitation:
    """Return the invitation behind a link, in whatever state; an unknown token is missing."""
    found = session.scalar(select(Invitation).where(Invitation.token_hash == hash_token(token)))
    if found is None:
        raise Missing
    return found


def one_invitation(session: Session, key: uuid.UUID) -> Invitation:
    """Return the invitation with this key, or refuse."""
    found = session.scalar(select(Invitation).where(Invitation.key == key))
    if found is None:
        raise Missing
    return found


def invitations(session: Session, *, window: Slice) -> Page[Invitation]:
    """Return every invitation, the last sent first: for who manages all accounts."""
    total = session.scalar(select(func.count()).select_from(Invitation)) or 0
    rows = session.scalars(
        select(Invitation)
        .order_by(Invitation.sent_at.desc(), Invitation.id.desc())
        .limit(window.size)
        .offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def last_sign_ins(session: Session, user_ids: Sequence[int]) -> dict[int, dt.datetime]:
    """Return when each of these accounts was last signed in to; those never used are missing."""
    found = (
        select(SignIn.user_id, func.max(SignIn.id).label("last"))
        .where(SignIn.user_id.in_(user_ids), SignIn.outcome == SignInOutcome.OK)
        .group_by(SignIn.user_id)
        .subquery()
    )
    rows = session.execute(
        select(SignIn.user_id, SignIn.at).join(found, found.c.last == SignIn.id)
    ).all()
    return {user_id: at for user_id, at in rows if user_id is not None}


def sign_ins(
    session: Session, *, user: User | None = None, failed: bool = False, window: Slice
) -> Page[SignIn]:
    """Return the tries to sign in, newest first; of one account, or of everybody."""
    found = select(SignIn).options(joinedload(SignIn.user))
    if user is not None:
        found = found.where(SignIn.user_id == user.id)
    if failed:
        found = found.where(SignIn.outcome != SignInOutcome.OK)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(
        found.order_by(SignIn.id.desc()).limit(window.size).offset(window.offset)
    )
    return Page(rows.all(), window.number, window.size, total)


def idle_since(minutes: int) -> dt.datetime:
    """Return the instant before which an untouched session is idle."""
    return clock.now() - dt.timedelta(minutes=minutes)


def names(session: Session, user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of these accounts."""
    wanted = {one for one in user_ids if one is not None}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}


def by_ids(session: Session, user_ids: Iterable[int | None]) -> dict[int, User]:
    """Return these accounts by their ids."""
    wanted = {one for one in user_ids if one is not None}
    return {user.id: user for user in session.scalars(select(User).where(User.id.in_(wanted)))}
