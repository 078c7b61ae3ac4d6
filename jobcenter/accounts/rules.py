"""Signing in and out, and the life of an account."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from sqlalchemy import case, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role, SignInOutcome
from jobcenter.accounts.models import GuessCounter, LoginSession, SignIn, User
from jobcenter.accounts.queries import find_session, find_user, hash_token, login_form
from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


class WrongSignIn(Refused):
    """Login or password is wrong; the answer never says which."""

    def __init__(self) -> None:
        super().__init__(N_("Tên đăng nhập hoặc mật khẩu chưa đúng."))


class WrongPassword(Refused):
    """The password typed again by who is signed in is not theirs."""

    def __init__(self) -> None:
        super().__init__(N_("Mật khẩu hiện tại chưa đúng."), field="current")


class TooManyTries(Refused):
    """The throttle is closed for this account from this address."""

    def __init__(self, seconds: int, *, is_first: bool = False) -> None:
        self.is_first = is_first  # of this window: the one that the history shows
        super().__init__(
            N_("Thử quá nhiều lần. Đợi %(seconds)s giây rồi thử lại."), seconds=seconds
        )


def count_guess(session: Session, *, login: str, address: str, tries: int, seconds: int) -> None:
    """Count one try by an atomic statement; refuse when the window already holds `tries`.

    The bucket is account and address together, so that nobody can lock another person out.
    """
    raw = f"{login_form(login)}\0{address}"
    bucket = hashlib.sha256(raw.encode()).hexdigest()
    window = int(clock.now().timestamp()) // seconds
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    statement = insert(GuessCounter).values(bucket=bucket, window=window, tries=1)
    same = GuessCounter.window == window
    used = session.execute(
        statement.on_conflict_do_update(
            index_elements=[GuessCounter.bucket],
            set_={"window": window, "tries": case((same, GuessCounter.tries + 1), else_=1)},
        ).returning(GuessCounter.tries)
    ).scalar_one()
    if used > tries:
        left = seconds - int(clock.now().timestamp()) % seconds
        raise TooManyTries(left, is_first=used == tries + 1)


def note_sign_in(
    session: Session, *, user: User | None, outcome: SignInOutcome, address: str, browser: str
) -> None:
    """Add one line to the sign-in history; an unknown login leaves the account empty."""
    session.add(
        SignIn(
            user_id=user.id if user is not None else None,
            outcome=outcome,
            address=address[:45],
            browser=vietnamese.clean_line(browser)[:200],
        )
    )
    session.flush()


def check_password(hasher: PasswordHasher, user: User | None, password: str, dummy: str) -> User:
    """Return `user` when the password is theirs; an unknown user costs the same time.

    No database transaction may be open here: a hash takes a tenth of a second.
    """
    stored = user.password_hash if user is not None else dummy
    try:
        hasher.verify(stored, vietnamese.nfc(password))
    except Argon2Error:
        raise WrongSignIn from None
    if user is None or not user.is_active:
        raise WrongSignIn
    return user


def start_session(
    session: Session, *, user: User, hours: int, browser: str, address: str = ""
) -> str:
    """Open a session for `user` and return its token (256 bits), which is not kept here."""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            token_hash=hash_token(token),
            user_id=user.id,
            epoch=user.epoch,
            expires_at=clock.now() + dt.timedelta(hours=hours),
            browser=browser[:200],
            address=address[:45],
        )
    )
    actor = Actor(user_id=user.id, name=user.name, role=user.role)
    record(session, by=actor, action="sign-in", kind="user", subject_id=user.id)
    session.flush()
    return token


def end_session(session: Session, *, token: str, by: Actor) -> None:
    """End one session for good; a copied cookie is worth nothing afterwards."""
    row = find_session(session, token)
    if row is not None:
        row.ended_at = clock.now()
        record(session, by=by, action="sign-out", kind="user", subject_id=row.user_id)
        session.flush()


def end_sessions(session: Session, *, user_id: int) -> None:
    """End every session of an account, without reading it: what it may do has changed."""
    session.execute(
        update(User)
        .where(User.id == user_id)
        .values(epoch=User.epoch + 1, version=User.version + 1)
        .execution_options(synchronize_session="fetch")
    )


def add_user(
    session: Session, *, login: str, name: str, role: Role, password_hash: str, by: Actor
) -> User:
    """Create an account; `password_hash` is made beforehand, outside the transaction."""
    plain = login_form(login)
    if not plain:
        raise Refused(N_("Cần tên đăng nhập."), field="login")
    if find_user(session, plain) is not None:
        raise Refused(N_("Tên đăng nhập này đã có người dùng."), field="login")
    user = User(login=plain, name=name, role=role, password_hash=password_hash)
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:  # two people chose the same login at the same moment
        raise Refused(N_("Tên đăng nhập này đã có người dùng."), field="login") from None
    record(session, by=by, action="add-user", kind="user", subject_id=user.id, role=role.value)
    return user


def change_user(
    session: Session, *, user: User, name: str, role: Role, version: int, by: Actor
) -> None:
    """Change name or role; a new role ends every session the account has."""
    hold(session, user, version)
    if role != user.role:
        if by.user_id == user.id:
            raise Refused(N_("Không tự đổi vai trò của mình."), field="role")
        user.epoch += 1
    before = user.role
    user.name, user.role = name, role
    session.flush()
    record(
        session, by=by, action="change-user", kind="user", subject_id=user.id,
        role=role.value, role_before=before.value,
    )  # fmt: skip


def block_user(session: Session, *, user: User, reason: str, version: int, by: Actor) -> None:
    """Close an account at once: every session it has ends."""
    hold(session, user, version)
    if by.user_id == user.id:
        raise Refused(N_("Không tự khoá tài khoản của mình."))
    if not reason:
        raise Refused(N_("Ghi lý do khoá."), field="reason")
    if not user.is_active:
        raise Refused(N_("Tài khoản này đã khoá rồi."))
    user.is_active = False
    user.epoch += 1
    session.flush()
    record(
        session, by=by, action="block-user", kind="user", subject_id=user.id, reason=reason
    )  # fmt: skip


def unblock_user(session: Session, *, user: User, version: int, by: Actor) -> None:
    """Open a blocked account again; its old sessions stay dead."""
    hold(session, user, version)
    if user.is_active:
        raise Refused(N_("Tài khoản này đang mở."))
    user.is_active = True
    session.flush()
    record(session, by=by, action="unblock-user", kind="user", subject_id=user.id)


# Shape alone: whether an address exists shows when mail comes back.
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")


def change_own(
    session: Session, *, user: User, name: str, locale: str, email: str, version: int | None,
    by: Actor,
) -> None:  # fmt: skip
    """Change one's own name, language and the address that mail goes to ("" for none)."""
    if email and not EMAIL.fullmatch(email):
        raise Refused(N_("Email viết như ten@cơ-quan.vn."), field="email")
    hold(session, user, version)
    user.name, user.locale, user.email = name, locale, email or None
    session.flush()
    record(session, by=by, action="change-own-account", kind="user", subject_id=user.id)


def set_password(session: Session, *, user: User, password_hash: str, by: Actor) -> None:
    """Set a password; every session of the account ends."""
    user.password_hash = password_hash
    user.epoch += 1
    session.flush()
    record(session, by=by, action="set-password", kind="user", subject_id=user.id)
