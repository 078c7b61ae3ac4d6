"""The outbox, lines inside the system, calls to make, and replies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Id, Keyed, Line, Sealed, SealedData, UtcDateTime, choice
from jobcenter.kernel.privacy import BASIC, DELETED
from jobcenter.notices.choices import CallState, Channel, NoticeState


class Notice(Keyed, Base):
    """One thing to tell one recipient: a user, a person, or an address; `effect_key` is unique."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN address IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_recipient",
        ),
        Index("ix_notice_state_not_before", "state", "not_before"),
        {"info": BASIC | DELETED},
    )

    effect_key: Mapped[str] = mapped_column(String(120), unique=True)
    template: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str | None] = mapped_column(Sealed("notice.address"))
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    params: Mapped[dict[str, Any]] = mapped_column(SealedData("notice.params"))
    href: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[NoticeState] = mapped_column(choice(NoticeState, "state_known"))
    channel: Mapped[Channel | None] = mapped_column(choice(Channel, "channel_known"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    not_before: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(String(60), default="")
    lease_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Line(300), default="")
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    bundled_into_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))


class InboxLine(Base):
    """The notice as a user sees it inside: the key is the notice's, so it stands there once."""

    __tablename__ = "inbox_line"
    __table_args__ = ({"info": DELETED},)

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    read_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    notice: Mapped[Notice] = relationship()


class Call(Keyed, Base):
    """A call that somebody has to make, because no machine reaches the person."""

    __tablename__ = "call"
    __table_args__ = ({"info": BASIC | DELETED},)

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[CallState] = mapped_column(choice(CallState, "state_known"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(Line(300), default="")

    notice: Mapped[Notice] = relationship()


class Reply(Base):
    """What a person answered to a question that was asked; a later answer is another row."""

    __tablename__ = "reply"
    __table_args__ = ({"info": BASIC | DELETED},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    question: Mapped[str] = mapped_column(String(40))
    answer: Mapped[str] = mapped_column(Line(300))
    channel: Mapped[Channel] = mapped_column(choice(Channel, "channel_known"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
