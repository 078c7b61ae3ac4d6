"""Users, their sessions, their tries to sign in, and the counter that throttles guesses."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from jobcenter.accounts.choices import InvitationState, Role, SignInOutcome
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.db import Base, Id, Keyed, Line, Sealed, UtcDateTime, Versioned, choice
from jobcenter.kernel.privacy import (
    BASIC,
    BLANKED,
    DELETED,
    PLAIN,
    RANDOM,
    SENSITIVE,
    blank_to,
    erased_by,
)


class User(Keyed, Versioned, Base):
    """An account. `login` is folded, so case and accents do not matter when signing in."""

    __tablename__ = "user"
    __table_args__ = ({"info": BLANKED},)

    login: Mapped[str] = mapped_column(String(80), unique=True, info=BASIC | blank_to(RANDOM))
    name: Mapped[str] = mapped_column(Line(120), info=BASIC | blank_to("(đã xoá)"))
    folded: Mapped[str] = mapped_column(String(400), default="", server_default="", info=BASIC)
    role: Mapped[Role] = mapped_column(choice(Role, "role_known"), info=PLAIN)
    password_hash: Mapped[str] = mapped_column(String(200), info=SENSITIVE | blank_to("-"))
    is_active: Mapped[bool] = mapped_column(default=True, info=PLAIN)
    email: Mapped[str | None] = mapped_column(Line(120), info=BASIC)
    epoch: Mapped[int] = mapped_column(Integer, default=1)
    locale: Mapped[str] = mapped_column(String(5), default="vi", info=PLAIN)
    # The second factor counts from `totp_since` on; `totp_step` is the last step whose code was
    # used, so that no code works twice.
    totp_secret: Mapped[str | None] = mapped_column(Sealed("user.totp_secret"), info=SENSITIVE)
    totp_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    totp_step: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0", info=PLAIN)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        """Keep the folded name beside the name, for searching without marks."""
        self.folded = vietnamese.fold(name)[:400]
        return name


class RecoveryCode(Base):
    """A code that stands in for the second factor, once; printed, never stored as it is."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"), {"info": SENSITIVE | DELETED})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class LoginSession(Base):
    """One signed-in browser; the token itself is known to the browser alone.

    `awaits_code` is a door half open: the password was right, the second factor is still to come.
    `proved_at` is when the password was last typed, `acted_at` when a form was last sent.
    """

    __tablename__ = "login_session"
    __table_args__ = (
        CheckConstraint("expires_at > started_at", name="ends_after_start"),
        {"info": DELETED},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[uuid.UUID] = mapped_column(Uuid, default=uuid.uuid4, unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SENSITIVE)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    epoch: Mapped[int]
    awaits_code: Mapped[bool] = mapped_column(default=False, info=PLAIN)
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    proved_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    acted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    browser: Mapped[str] = mapped_column(Line(200), default="", info=BASIC)
    address: Mapped[str] = mapped_column(String(45), default="", info=BASIC)

    user: Mapped[User] = relationship()


class SignIn(Base):
    """One try to sign in. `user_id` is empty for a login that nobody has.

    What was typed then is not kept: people type their password into the wrong box.
    """

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_user_id", "user_id", "id"), {"info": BASIC | DELETED})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[SignInOutcome] = mapped_column(choice(SignInOutcome, "outcome_known"))
    address: Mapped[str] = mapped_column(String(45), default="")
    browser: Mapped[str] = mapped_column(Line(200), default="")

    user: Mapped[User | None] = relationship()


class SetupCode(Base):
    """The code that the first administrator proves themselves with; one row, used once."""

    __tablename__ = "setup_code"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class GuessCounter(Base):
    """Sign-in tries of one account from one address in the present window."""

    __tablename__ = "guess_counter"

    bucket: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[int]
    tries: Mapped[int]


class Invitation(Keyed, Versioned, Base):
    """A way in for one new account; the token is known to its link alone."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("expires_at > sent_at", name="ends_after_sent"),
        CheckConstraint(
            "(accepted_at IS NULL) = (accepted_user_id IS NULL)", name="accepted_by_somebody"
        ),
        CheckConstraint(
            "accepted_at IS NULL OR revoked_at IS NULL", name="accepted_or_revoked_not_both"
        ),
        {"info": BASIC | erased_by(BLANKED, "accepted_user_id")},
    )

    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=blank_to(RANDOM))
    role: Mapped[Role] = mapped_column(choice(Role, "role_known"))
    name: Mapped[str] = mapped_column(Line(120))
    login_hint: Mapped[str] = mapped_column(Line(80), default="")
    email: Mapped[str] = mapped_column(Line(120), default="")
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    invited_by: Mapped[str] = mapped_column(Line(120))
    sent_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    accepted_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    @property
    def state(self) -> InvitationState:
        """Return where the invitation stands now."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        is_over = self.expires_at <= clock.now()
        return InvitationState.EXPIRED if is_over else InvitationState.WAITING
