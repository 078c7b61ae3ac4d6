"""The second factor: a code from the person's phone (TOTP, RFC 6238), and codes on paper.

A code works once: the step it belongs to is remembered by a conditional UPDATE, so that of two
tries with one code one is refused, whichever process they reach. Recovery codes have 79 random
bits, so a plain hash keeps them; each works once too. Turning the factor on, off or anew ends
every session of the account.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from jobcenter.accounts.models import RecoveryCode, User
from jobcenter.audit.rules import record
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

ISSUER = "Việc làm KKT Hải Phòng"
STEP_SECONDS = 30
CODES, LETTERS = 10, 16
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class WrongCode(Refused):
    """Neither a code of now nor an unused recovery code."""

    def __init__(self) -> None:
        super().__init__(
            N_("Mã chưa đúng, đã dùng hoặc đã hết hạn. Đợi mã mới trên điện thoại."), field="code"
        )


def begin(session: Session, *, user: User) -> None:
    """Make a new secret, which counts for nothing until a code of it is shown."""
    if user.totp_since is not None:
        raise Refused(N_("Tài khoản này đã có mã xác thực."))
    user.totp_secret = pyotp.random_base32()
    session.flush()


def address(user: User) -> str:
    """Return what the QR code tells the phone."""
    secret = user.totp_secret or ""
    return str(pyotp.TOTP(secret).provisioning_uri(name=user.login, issuer_name=ISSUER))


def confirm(session: Session, *, user: User, code: str, by: Actor) -> list[str]:
    """Turn the factor on once the phone shows the right code; return the recovery codes."""
    if user.totp_since is not None or user.totp_secret is None:
        raise Refused(N_("Bắt đầu lại từ đầu: tạo mã QR mới."))
    _use_step(session, user, vietnamese.digits(code))
    user.totp_since = clock.now()
    user.epoch += 1
    session.flush()
    record(session, by=by, action="factor-on", kind="user", subject_id=user.id)
    return _draw_codes(session, user)


def use(session: Session, *, user: User, code: str, by: Actor) -> None:
    """Accept a code of the phone or a recovery code, each once; refuse anything else."""
    plain = vietnamese.fold(code)
    number = vietnamese.digits(plain)
    if len(number) == 6 and not any(letter.isalpha() for letter in plain):
        _use_step(session, user, number)
        return
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_hash == _hash(user.id, plain),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if getattr(used, "rowcount", 0) != 1:
        raise WrongCode
    record(session, by=by, action="recovery-code-used", kind="user", subject_id=user.id)


def new_codes(session: Session, *, user: User, by: Actor) -> list[str]:
    """Replace the recovery codes; the old ones are worth nothing from now on."""
    if user.totp_since is None:
        raise Refused(N_("Chưa bật mã xác thực."))
    record(session, by=by, action="recovery-codes-new", kind="user", subject_id=user.id)
    return _draw_codes(session, user)


def codes_left(session: Session, user: User) -> int:
    """Return how many recovery codes are unused."""
    found = select(func.count()).where(
        RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(found) or 0


def remove(session: Session, *, user: User, by: Actor) -> None:
    """Turn the factor off: by the person where it is free to them, or by an administrator.

    An administrator does it for a lost phone; where the factor is required the next sign-in
    leads to setting it up anew.
    """
    user.totp_secret = user.totp_since = None
    user.epoch += 1
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.flush()
    record(session, by=by, action="factor-off", kind="user", subject_id=user.id)


def _use_step(session: Session, user: User, code: str) -> None:
    """Find the step (now, one before, one after) with this code and take it, if still free."""
    now = int(clock.now().timestamp()) // STEP_SECONDS
    maker = pyotp.TOTP(user.totp_secret or "")
    steps = [
        step
        for step in (now, now - 1, now + 1)
        if hmac.compare_digest(str(maker.generate_otp(step)), code)
    ]
    if not steps:
        raise WrongCode
    taken = session.execute(
        update(User)
        .where(User.id == user.id, User.totp_step < steps[0])
        .values(totp_step=steps[0])
        .execution_options(synchronize_session=False)
    )
    if getattr(taken, "rowcount", 0) != 1:
        raise WrongCode


def _draw_codes(session: Session, user: User) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(CODES)]
    session.add_all(RecoveryCode(user_id=user.id, code_hash=_hash(user.id, one)) for one in codes)
    session.flush()
    return ["-".join(one[i : i + 4] for i in range(0, LETTERS, 4)) for one in codes]


def _hash(user_id: int, code: str) -> str:
    plain = "".join(letter for letter in code if letter in ALPHABET)
    return hashlib.sha256(f"{user_id}\0{plain}".encode()).hexdigest()
