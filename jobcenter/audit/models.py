"""Ledger, sight log and their seals; triggers refuse UPDATE and DELETE on all three."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.audit.choices import Log, Look
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Id, Line, UtcDateTime, choice
from jobcenter.kernel.privacy import BASIC, kept
from jobcenter.kernel.words import N_


class LedgerEntry(Base):
    """One change: who, when, what, on which record. Never holds sensitive values."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index("ix_ledger_entry_subject", "subject_kind", "subject_id", "id"),
        # what the ledger is searched by, each with the number that its pages are cut at
        Index("ix_ledger_entry_user", "user_id", "id"),
        Index("ix_ledger_entry_action", "action", "id"),
        Index("ix_ledger_entry_kind", "subject_kind", "id"),
        Index("ix_ledger_entry_at", "at"),
        {"info": kept(N_("Nhật ký chịu trách nhiệm: tên cán bộ, không có tên người lao động"))},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    user_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(Line(120), info=BASIC)
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Sight(Base):
    """One look at personal data: who saw which fields of whom, for what purpose."""

    __tablename__ = "sight"
    __table_args__ = (
        Index("ix_sight_person_at", "person_id", "at"),
        Index("ix_sight_user_at", "user_id", "at"),
        Index("ix_sight_at", "at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
    user_id: Mapped[int | None]
    person_id: Mapped[int]
    look: Mapped[Look] = mapped_column(choice(Look, "look_known"))
    fields: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(Line(200))


class Seal(Base):
    """A batch of one log under seal: the rows after the seal before, up to `last_id`.

    `sealing` says what each part is for. `columns` are those that the rows had then, so that a
    later column leaves older seals whole.
    """

    __tablename__ = "seal"
    __table_args__ = (
        UniqueConstraint("log", "first_id"),
        CheckConstraint("last_id >= first_id", name="range_in_order"),
        CheckConstraint("rows >= 1", name="rows_at_least_one"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    log: Mapped[Log] = mapped_column(choice(Log, "log_known"))
    first_id: Mapped[int] = mapped_column(BigInteger)
    last_id: Mapped[int] = mapped_column(BigInteger)
    rows: Mapped[int] = mapped_column(Integer)
    columns: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str] = mapped_column(String(64))
    marks: Mapped[bytes] = mapped_column(LargeBinary)
    previous: Mapped[str] = mapped_column(String(64))
    key_number: Mapped[int] = mapped_column(Integer)
    mac: Mapped[str] = mapped_column(String(64))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=clock.now)
