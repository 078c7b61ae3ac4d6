"""The very first administrator of an empty installation, without any default password.

A one-time code, printed where the server is started, proves that whoever fills the form holds the
machine. The row of the code is what two people at the same moment compete for: one of them wins.
"""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import SetupCode, User
from jobcenter.accounts.queries import hash_token
from jobcenter.accounts.rules import add_user
from jobcenter.audit.rules import record
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike
LENGTH = 16
LASTS = dt.timedelta(hours=24)
_ROW = 1


def is_empty(session: Session) -> bool:
    """Say whether nobody has an account yet."""
    return session.scalar(select(User.id).limit(1)) is None


def new_code(session: Session, *, by: Actor) -> str:
    """Return a fresh code in groups of four; the one before it is worth nothing.

    Refused once anybody has an account: then an administrator invites.
    """
    if not is_empty(session):
        raise Refused(N_("Đã có tài khoản. Người quản trị mời người khác vào."))
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    row = session.get(SetupCode, _ROW) or SetupCode(id=_ROW)
    row.code_hash, row.expires_at, row.used_at = hash_token(code), clock.now() + LASTS, None
    session.add(row)
    session.flush()
    record(session, by=by, action="new-setup-code", kind="user", subject_id=None)
    return "-".join(code[n : n + 4] for n in range(0, LENGTH, 4))


def make_first(
    session: Session, *, code: str, login: str, name: str, locale: str, password_hash: str
) -> User:
    """Use the code up and make the first administrator; `password_hash` is made beforehand."""
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    won = session.scalar(
        update(SetupCode)
        .where(
            SetupCode.id == _ROW,
            SetupCode.code_hash == hash_token(plain),
            SetupCode.used_at.is_(None),
            SetupCode.expires_at > clock.now(),
        )
        .values(used_at=clock.now())
        .returning(SetupCode.id)
        .execution_options(synchronize_session=False)
    )
    if not is_empty(session):
        raise Missing  # somebody was quicker: the page is gone
    if won is None:
        raise Refused(
            N_("Mã cài đặt không đúng hoặc đã hết hạn. Lấy mã mới bằng lệnh flask setup-code."),
            field="code",
        )
    by = Actor(user_id=None, name=name, role=Role.ADMINISTRATOR.value)
    user = add_user(
        session, login=login, name=name, role=Role.ADMINISTRATOR, password_hash=password_hash, by=by
    )
    user.locale = locale
    session.flush()
    record(session, by=by, action="set-up", kind="user", subject_id=user.id)
    return user
